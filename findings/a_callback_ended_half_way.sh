#!/usr/bin/env bash
# streamlit 1.67.0: an on_click callback that uses st.session_state twice, and a second press in between.
#
# Expected: a new message interrupts the drawing of the page, between two elements. A callback runs to its end first,
# as it is called before the page is drawn; at the latest runner.fastReruns = false makes the second press wait.
# Seen: each use of st.session_state, reading included, looks whether a message has come, and ends whatever is running
# by an exception, a callback too. That exception is taken for a st.rerun() of the callback's own, so nothing is shown
# or logged; the rest of the callback is never run. Of two presses both take, and only the second one gives. An
# `except Exception` in the callback does not see it.
#
# Here playground/ui/serving/undisturbed.py lets callbacks end.
set -euo pipefail
folder=$(mktemp -d)
trap 'rm -rf "$folder"' EXIT
python3 -m venv "$folder/venv"
"$folder/venv/bin/python" -m pip install --quiet --disable-pip-version-check \
    streamlit==1.67.0 starlette==1.10.0 uvicorn==0.54.0 websockets==17.4
cd "$folder"
mkdir .streamlit
printf '[runner]\nfastReruns = false\n[logger]\nlevel = "error"\n' > .streamlit/config.toml
printf 'import threading\n\ntaken, go_on = threading.Semaphore(0), threading.Event()\n' > moments.py
cat > page.py <<'PY'
import moments
import streamlit as st


def move():
    st.session_state.taken += 1
    moments.taken.release()
    moments.go_on.wait()  # in the place of some slow work
    st.session_state.given += 1


st.session_state.setdefault("taken", 0)
st.session_state.setdefault("given", 0)
st.button("Move", on_click=move)
st.write(f"taken {st.session_state.taken}, given {st.session_state.given}")
PY
venv/bin/python - <<'PY'
import socket
import threading

import moments
import streamlit as st
import uvicorn
from streamlit.proto.BackMsg_pb2 import BackMsg
from streamlit.proto.ForwardMsg_pb2 import ForwardMsg
from websockets.sync.client import connect

listening = socket.create_server(("127.0.0.1", 0))
server = uvicorn.Server(uvicorn.Config(st.App("page.py"), log_level="error"))
threading.Thread(target=server.run, kwargs={"sockets": [listening]}, daemon=True).start()
address = f"ws://127.0.0.1:{listening.getsockname()[1]}/_stcore/stream"


def send(browser, *widgets):
    browser.send(BackMsg(rerun_script={"widget_states": {"widgets": widgets}}).SerializeToString())


def look(browser):
    """The button and the text of the next page; "" for what is not drawn because the page is drawn once more."""
    button = text = ""
    while (message := ForwardMsg.FromString(browser.recv(timeout=60))).WhichOneof("type") != "script_finished":
        button = message.delta.new_element.button.id or button
        text = message.delta.new_element.markdown.body or text
    return button, text


def tab():
    return connect(address, subprotocols=["streamlit"], open_timeout=60, max_size=None)


with tab() as browser, tab() as other:
    send(browser)
    press = {"id": look(browser)[0], "trigger_value": True}
    send(browser, press)
    moments.taken.acquire()
    send(browser, press)  # while the first one is at work
    send(other)
    look(other)  # so the server has read what came before
    moments.go_on.set()
    moments.taken.acquire()
    while "taken 2" not in (text := look(browser)[1]):
        pass
print("after two presses:", text)
assert text == "taken 2, given 1"
PY
