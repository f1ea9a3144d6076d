#!/usr/bin/env bash
# streamlit 1.67.0: st.components.v2.component with a script of one line.
#
# Expected: a script is a script. `js` takes "Raw JavaScript" or a path; what begins with `export default` and holds
# spaces and braces is no path, and html="a/b.html" is taken as it is.
# Seen: whether js and css are paths is told by single characters. One line with a division, an array, a comment or a
# star is looked for as a file: an error asks for a pyproject.toml and an asset_dir. The same script in two lines is a
# script, but a line break at its end does not count. So a script that works breaks as it is shortened, minified, or
# given a comment.
#
# Here playground/ui/canvas.py leaves the line breaks in what it shortens.
set -euo pipefail
folder=$(mktemp -d)
trap 'rm -rf "$folder"' EXIT
python3 -m venv "$folder/venv"
"$folder/venv/bin/python" -m pip install --quiet --disable-pip-version-check streamlit==1.67.0
"$folder/venv/bin/python" - <<'PY'
from itertools import count

import streamlit as st
from streamlit.errors import StreamlitAPIException

names = (f"component {number}" for number in count())


def is_taken(**parts):
    try:
        st.components.v2.component(next(names), **parts)
    except StreamlitAPIException as error:
        assert "asset_dir" in str(error)
        outcome = "looked for as a file"
    else:
        outcome = "taken"
    print(f"{parts}: {outcome}")
    return outcome == "taken"


START = "export default ({ parentElement }) => { parentElement.textContent = "

assert is_taken(js=START + "3 }")
assert not is_taken(js=START + "6 / 2 }")
assert not is_taken(js=START + "[3] }")
assert not is_taken(js=START + "3 } // half of six")
assert not is_taken(js=START + "6 / 2 }\n")
assert is_taken(js=START + "\n6 / 2 }")
assert is_taken(css="p { width: 50% }")
assert not is_taken(css="p { width: calc(100% / 2) }")
assert not is_taken(css="* { margin: 0 }")
assert is_taken(html="halves/a.html")
PY
