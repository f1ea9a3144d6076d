#!/usr/bin/env bash
# streamlit 1.67.0: what the server keeps of a visitor who has left, with server.disconnectedSessionTTL = 1.
#
# Expected: a session without a connection is kept for a second, for one who comes back, and is then given up with all
# that is in its session_state; at night, when all have left, the server has nothing left of the day.
# Seen: time alone gives up nothing. The store looks at the clock when another session comes into it, that is when the
# next visitor leaves, and not even when one arrives. So the state of those who left last, which may be all of a class
# that has ended at once, stays in memory through any pause, however short the time to live.
#
# Here app.py (_forget_sessions) has the store look at the clock every minute.
set -euo pipefail
folder=$(mktemp -d)
trap 'rm -rf "$folder"' EXIT
python3 -m venv "$folder/venv"
"$folder/venv/bin/python" -m pip install --quiet --disable-pip-version-check \
    streamlit==1.67.0 starlette==1.10.0 uvicorn==0.54.0 websockets==17.4
cd "$folder"
mkdir .streamlit
printf '[server]\ndisconnectedSessionTTL = 1\n[logger]\nlevel = "error"\n' > .streamlit/config.toml
cat > belongings.py <<'PY'
import weakref


class Belongings:
    everybodys = weakref.WeakSet()

    def __init__(self):
        self.everybodys.add(self)
PY
cat > page.py <<'PY'
import streamlit as st
from belongings import Belongings

if "belongings" not in st.session_state:
    st.session_state.belongings = Belongings()
PY
venv/bin/python - <<'PY'
import gc
import socket
import threading
import time

import streamlit as st
import uvicorn
from belongings import Belongings
from streamlit.proto.BackMsg_pb2 import BackMsg
from streamlit.proto.ForwardMsg_pb2 import ForwardMsg
from websockets.sync.client import connect

listening = socket.create_server(("127.0.0.1", 0))
server = uvicorn.Server(uvicorn.Config(st.App("page.py"), log_level="error"))
threading.Thread(target=server.run, kwargs={"sockets": [listening]}, daemon=True).start()
address = f"ws://127.0.0.1:{listening.getsockname()[1]}/_stcore/stream"


def visit():
    """Open the page, look at it, and leave."""
    with connect(address, subprotocols=["streamlit"], open_timeout=60, max_size=None) as browser:
        browser.send(BackMsg(rerun_script={}).SerializeToString())
        while ForwardMsg.FromString(browser.recv(timeout=60)).WhichOneof("type") != "script_finished":
            pass
        seen = kept()
    time.sleep(4)  # seconds, four times what a session may live
    return seen, kept()


def kept():
    gc.collect()
    return len(Belongings.everybodys)


for visitor, expected in (("first", (1, 1)), ("second", (2, 1)), ("third", (2, 1))):
    during, after = visit()
    print(f"{visitor} visitor: sessions in memory: {during} during the visit, {after} four seconds after it")
    assert (during, after) == expected
PY
