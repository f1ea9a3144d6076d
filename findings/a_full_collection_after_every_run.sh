#!/usr/bin/env bash
# streamlit 1.67.0: what Python's garbage collector does while a small page is run again and again.
#
# Expected: Python collects by itself, the old objects seldom, and not at all after gc.disable(). A page of one line
# makes next to no garbage, so running it costs what its one line costs.
# Seen: after every run, of a page or of a fragment, the server asks for a full collection, which walks over all
# objects of the process, those of other visitors and of every imported module too, while the interpreter stands still
# for all. gc.disable() does not prevent it. A fragment that looks twice a second for each of 30 visitors has 60 of
# them a second. The setting that ends it, runner.postScriptGC, is one that `streamlit config show` does not show.
#
# Here .streamlit/config.toml sets it to false, and app.py collects once a minute.
set -euo pipefail
folder=$(mktemp -d)
trap 'rm -rf "$folder"' EXIT
python3 -m venv "$folder/venv"
"$folder/venv/bin/python" -m pip install --quiet --disable-pip-version-check \
    streamlit==1.67.0 starlette==1.10.0 uvicorn==0.54.0 websockets==17.4
cd "$folder"
mkdir .streamlit
echo 'import streamlit as st; st.text("hello")' > page.py
cat > server.py <<'PY'
import gc
import socket
import sys
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
collected = threading.Semaphore(0)


def notice(phase, facts):
    if phase == "stop" and facts["generation"] == 2:
        collected.release()


def run(browser):
    browser.send(BackMsg(rerun_script={}).SerializeToString())
    while ForwardMsg.FromString(browser.recv(timeout=60)).WhichOneof("type") != "script_finished":
        pass


with connect(address, subprotocols=["streamlit"], open_timeout=60, max_size=None) as browser:
    gc.disable()
    gc.callbacks.append(notice)
    full = 0
    for _ in range(20):
        run(browser)
        full += collected.acquire(timeout=float(sys.argv[1]))
    print(full)
PY
printf '[logger]\nlevel = "error"\n' > .streamlit/config.toml
by_default=$(venv/bin/python server.py 60) # seconds to wait for a collection, which comes after the answer
printf '[runner]\npostScriptGC = false\n' >> .streamlit/config.toml
without=$(venv/bin/python server.py 0.1)
echo "full collections in 20 runs: $by_default by default, $without without postScriptGC"
[[ $by_default -eq 20 && $without -eq 0 ]]
[[ $(venv/bin/streamlit config show) != *postScriptGC\ =* ]]
