#!/usr/bin/env bash
# streamlit 1.67.0: settings as STREAMLIT_... variables, where the server is not started by `streamlit run`.
#
# Expected: what the docstrings of st.App.run and of get_config_options say: configuration comes from config.toml, and
# over it from environment variables such as STREAMLIT_SERVER_PORT, however the process was started.
# Seen: the variables are options of the command line tool. A st.App under uvicorn, `python app.py`, a test or a
# notebook reads config.toml and passes over the variables without a word; a container whose limits are set by them
# runs with the defaults. The few options that count as secrets are the exception and are read everywhere, so that one
# variable of a pair counts and the other does not.
#
# Here all settings are in .streamlit/config.toml, and the Makefile and the image start `streamlit run app.py`.
set -euo pipefail
folder=$(mktemp -d)
trap 'rm -rf "$folder"' EXIT
python3 -m venv "$folder/venv"
"$folder/venv/bin/python" -m pip install --quiet --disable-pip-version-check streamlit==1.67.0

cd "$folder"
export HOME="$folder" # whose own settings would count too
cat > setting.py <<'PY'
import streamlit as st

print("uploads up to", st.get_option("server.maxUploadSize"), "MB, secret", st.get_option("server.cookieSecret"))
PY
export STREAMLIT_SERVER_MAX_UPLOAD_SIZE=7 STREAMLIT_SERVER_COOKIE_SECRET=knock

by_command=$(venv/bin/streamlit config show | grep --extended-regexp '^maxUploadSize')
echo "streamlit config show: $by_command"
[[ $by_command == "maxUploadSize = 7" ]]

by_python=$(venv/bin/python setting.py)
echo "python: $by_python"
[[ $by_python == "uploads up to 200 MB, secret knock" ]]

mkdir .streamlit
printf '[server]\nmaxUploadSize = 5\n' > .streamlit/config.toml
by_file=$(venv/bin/python setting.py)
echo "python, with a file: $by_file"
[[ $by_file == "uploads up to 5 MB, secret knock" ]]
