#!/usr/bin/env bash
# altair 6.3.0: `with alt.theme.enable(...)` in one thread, while another thread makes a chart.
#
# Expected: the theme holds inside the with block, that is for the code that runs in it, as decimal.localcontext and
# numpy.errstate do it: other threads keep theirs.
# Seen: the theme is one for the process. Another thread's chart takes it as long as the block is open, and where two
# blocks overlap, the first to end takes the second one's theme away in mid-block and the last to end puts back a
# theme that nobody asked for any more: it stays for good. A web server whose sessions are threads draws charts in
# themes that depend on who else is there.
#
# Here playground/ui/chart.py lets one thread at a time make a chart.
set -euo pipefail
folder=$(mktemp -d)
trap 'rm -rf "$folder"' EXIT
python3 -m venv "$folder/venv"
"$folder/venv/bin/python" -m pip install --quiet --disable-pip-version-check altair==6.3.0
"$folder/venv/bin/python" - <<'PY'
from threading import Event, Thread

import altair as alt

opened, close = Event(), Event()
seen = {}


def background():
    return alt.Chart(alt.NamedData("rows")).mark_point().to_dict().get("config", {}).get("background", "white")


@alt.theme.register("black", enable=False)
def black():
    return alt.theme.ThemeConfig({"config": {"background": "black"}})


@alt.theme.register("red", enable=False)
def red():
    return alt.theme.ThemeConfig({"config": {"background": "red"}})


def other_thread():
    with alt.theme.enable("black"):
        opened.set()
        close.wait()


def start():
    opened.clear()
    close.clear()
    thread = Thread(target=other_thread)
    thread.start()
    opened.wait()
    return thread


def end(thread):
    close.set()
    thread.join()


thread = start()
print("no theme here, black in another thread:", background())
assert background() == "black"
end(thread)
assert background() == "white"

thread = start()
with alt.theme.enable("red"):
    print("red here, black in another thread:", background())
    assert background() == "red"
    end(thread)
    print("still in the block, the other thread's has ended:", background())
    assert background() == "white"
print("after both blocks:", background())
assert background() == "black"
PY
