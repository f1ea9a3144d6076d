#!/usr/bin/env bash
# streamlit 1.67.0: st.cache_data over a function that is made inside another one and uses a variable of it.
#
# Expected: each made function is one of its own and has a cache of its own, as with functools.lru_cache; or the value
# that it closes over is part of the key, as its source is.
# Seen: all that were made by one line share a cache, which is found by module, name and source; what the function
# closes over counts for nothing. The second one returns what the first one has computed, with its variable, and says
# nothing. st.cache_resource does the same.
#
# Here playground/ui/chart.py caches by functools.lru_cache, and the function that builds is one of the arguments.
set -euo pipefail
folder=$(mktemp -d)
trap 'rm -rf "$folder"' EXIT
python3 -m venv "$folder/venv"
"$folder/venv/bin/python" -m pip install --quiet --disable-pip-version-check streamlit==1.67.0
cd "$folder"
cat > page.py <<'PY'
import functools

import streamlit as st


def times(factor, cache):
    @cache
    def product(number):
        return factor * number

    return product


for name, cache in (("cache_data", st.cache_data), ("cache_resource", st.cache_resource), ("lru", functools.lru_cache)):
    double, triple = times(2, cache), times(3, cache)
    st.write(f"{name} {double(10)} {triple(10)}")
PY
venv/bin/python - <<'PY'
from streamlit.testing.v1 import AppTest

test = AppTest.from_file("page.py").run()
assert not test.exception
said = [element.value for element in test.markdown]
print(*said, sep="\n")
assert said == ["cache_data 20 20", "cache_resource 20 20", "lru 20 30"]
PY
