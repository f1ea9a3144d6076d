#!/usr/bin/env bash
# streamlit 1.67.0: one message of a browser in which a component of st.components.v2 has changed and a button is
# pressed.
#
# Expected: callbacks in the order of the message or of the page. Both say the component first: a person has drawn
# something in it and then pressed the button below.
# Seen: the button's on_click is called first, then the component's on_..._change, whichever comes first on the page
# or in the message: all ordinary widgets come before all components. Yet the button's callback already finds the
# component's new value in st.session_state, so that what depends on the value is right and what depends on the
# callback is one step behind. Between ordinary widgets the order is that of the message.
#
# Here playground/ui/fields/hands.py (take_hands) is called by whoever looks at what a component may have changed.
set -euo pipefail
folder=$(mktemp -d)
trap 'rm -rf "$folder"' EXIT
python3 -m venv "$folder/venv"
"$folder/venv/bin/python" -m pip install --quiet --disable-pip-version-check \
    streamlit==1.67.0 starlette==1.10.0 uvicorn==0.54.0 websockets==17.4
cd "$folder"
mkdir .streamlit
printf '[logger]\nlevel = "error"\n' > .streamlit/config.toml
cat > page.py <<'PY'
import streamlit as st


def called(name):
    st.session_state.calls.append(f"{name} ({st.session_state.canvas.points} points)")


st.session_state.setdefault("calls", [])
canvas = st.components.v2.component("canvas", js="export default function () {}")
canvas(key="canvas", on_points_change=lambda: called("component"))
st.checkbox("Grid", on_change=called, args=("checkbox",))
st.button("Send", on_click=called, args=("button",))
st.text(", ".join(st.session_state.calls))
PY
venv/bin/python - <<'PY'
import socket
import threading

import streamlit as st
import uvicorn
from streamlit.proto.BackMsg_pb2 import BackMsg
from streamlit.proto.ForwardMsg_pb2 import ForwardMsg
from websockets.sync.client import connect

listening = socket.create_server(("127.0.0.1", 0))
server = uvicorn.Server(uvicorn.Config(st.App("page.py"), log_level="error"))
threading.Thread(target=server.run, kwargs={"sockets": [listening]}, daemon=True).start()
address = f"ws://127.0.0.1:{listening.getsockname()[1]}/_stcore/stream"


def page(*widgets):
    """Elements, by kind, that answer a message with these values from a browser that has just come."""
    browser.send(BackMsg(rerun_script={"widget_states": {"widgets": widgets}}).SerializeToString())
    came = {}
    while (message := ForwardMsg.FromString(browser.recv(timeout=60))).WhichOneof("type") != "script_finished":
        element = message.delta.new_element
        came[element.WhichOneof("type")] = element
    return came


with connect(address, subprotocols=["streamlit"], open_timeout=60, max_size=None) as browser:
    came = page()
    canvas = {"id": came["bidi_component"].bidi_component.id, "json_value": '{"points": 3}'}
    grid = {"id": came["checkbox"].checkbox.id, "bool_value": True}
    send = {"id": came["button"].button.id, "trigger_value": True}
    said = page(canvas, grid, send)["text"].text.body
print("in the message: component, checkbox, button")
print("called:", said)
assert said == "checkbox (3 points), button (3 points), component (3 points)"
PY
