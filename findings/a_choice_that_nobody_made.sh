#!/usr/bin/env bash
# streamlit 1.67.0: a select box that the script sets by st.session_state, on a page with st.fragment(run_every=...).
#
# Expected: on_change is for choices. The timer of a fragment chooses nothing, so its message can change no widget.
# Seen: every message of a browser says what all widgets hold as it knows them, the timer's too. One that leaves
# before the answer to the message before has arrived still says the old value. As that differs from what the script
# has set meanwhile, it counts as a new choice: on_change is called and the old value is back, for good. On a quick
# server nobody notices; the slower the answers, the more of what the script sets is undone, and what hangs on the
# callback with it.
#
# Here fields send what a person did, numbered, and playground/ui/fields/hands.py does each act once.
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


def choose():
    st.session_state.choices.append(st.session_state.preset)


def leave_preset():
    st.session_state.preset = "own"


st.session_state.setdefault("choices", [])
st.selectbox("Preset", ["own", "spiral"], key="preset", on_change=choose)
st.checkbox("Noise", key="noise", on_change=leave_preset)
st.fragment(lambda: st.text(f"{st.session_state.preset}, chosen: {st.session_state.choices}"), run_every=1)()
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


def answer(browser, *widgets, **how):
    """What comes to the page for a message with these values: elements by kind, and the fragment with the timer."""
    browser.send(BackMsg(rerun_script={"widget_states": {"widgets": widgets}, **how}).SerializeToString())
    came = {}
    while (message := ForwardMsg.FromString(browser.recv(timeout=60))).WhichOneof("type") != "script_finished":
        element = message.delta.new_element
        came[element.WhichOneof("type")] = element
        came["timer"] = message.auto_rerun.fragment_id or came.get("timer")
    return came


with connect(address, subprotocols=["streamlit"], open_timeout=60, max_size=None) as browser:
    came = answer(browser)
    preset = {"id": came["selectbox"].selectbox.id, "string_value": "spiral"}
    noise = {"id": came["checkbox"].checkbox.id, "bool_value": True}
    said = [
        answer(browser, preset)["text"].text.body,
        answer(browser, preset, noise)["text"].text.body,
        answer(browser, preset, noise, fragment_id=came["timer"], is_auto_rerun=True)["text"].text.body,
    ]
print(f"spiral is chosen: {said[0]}", f"noise is ticked: {said[1]}", f"the timer: {said[2]}", sep="\n")
assert said == ["spiral, chosen: ['spiral']", "own, chosen: ['spiral']", "spiral, chosen: ['spiral', 'spiral']"]
PY
