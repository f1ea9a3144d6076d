"""Thirty sessions at once, and one alone, against the same on an app with Streamlit's default settings.

The visitors are those of `tests/load`, in a process of their own, which shares the cores with the server.
"""

import json
import subprocess
import sys
import time
from collections.abc import Iterator

from playground.bench.engine import resident_megabytes
from playground.bench.figure import Figure
from playground.bench.server import Server, is_alive, running
from playground.config import Config
from playground.engine.workers.process import PROJECT_FOLDER
from playground.link import PARAMETER, encode

APP, DEFAULTS = PROJECT_FOLDER / "app.py", PROJECT_FOLDER / "tests" / "load" / "defaults.py"
SESSIONS, SECONDS, BASELINE_SECONDS = 30, 60.0, 20.0
ALONE_SECONDS = 10.0
# Nobody's run ends while it is watched.
LINK = f"?{PARAMETER}={encode(Config(num_epochs=10_000))}"
PRESS = ("--press", "train")
LAYERS = ("--switch", "view=Layers")
CHANGES = (*LAYERS, "--field", "learning_rate=0.003")
# A server keeps the session of a closed tab for two minutes; here it is to let go sooner.
FORGET = ("--server.disconnectedSessionTTL", "5")
FREED, PATIENCE = 1.1, 200.0  # memory afterwards, as a share of before; seconds to wait for it


def measure_frame() -> Iterator[Figure]:
    """Computing time of the server for one live frame of one session, and the wait from the press to the curve."""
    if not has_visitors():
        return
    with running(DEFAULTS) as server:
        usual = play(server, 1, ALONE_SECONDS)["server_cpu"]["per_frame"]
    with running(APP) as server:
        learning = play(server, 1, ALONE_SECONDS, LINK, *PRESS)
        layers = play(server, 1, ALONE_SECONDS, LINK, *PRESS, *LAYERS, "--early")
    yield Figure("frame_cpu_learning", learning["server_cpu"]["per_frame"], "ms", usual, "<= 12 ms")
    yield Figure("frame_cpu_layers", layers["server_cpu"]["per_frame"], "ms", usual, "<= 12 ms")
    yield Figure("click_to_first_step", layers["first_step"]["median"] / 1000, "s", None, "<= 1.0 s")


def measure_class() -> Iterator[Figure]:
    """What thirty sessions see that train at once, and what they leave behind."""
    if not has_visitors():
        return
    with running(DEFAULTS) as server:
        usual = play(server, SESSIONS, BASELINE_SECONDS)
    with running(APP, *FORGET) as server:
        play(server, 2, 1.0, LINK, *PRESS, *CHANGES, "--early")  # first visitors make the server load what stays
        before, workers = resident_megabytes(server.pid), server.children
        ours = play(server, SESSIONS, SECONDS, LINK, *PRESS, *CHANGES)
        after = memory_afterwards(server, before)
        errors = ours["errors"] + lines_of_trouble(server)
        num_replaced = len(set(workers) - set(server.children))
    orphans = sum(map(is_alive, workers))
    yield _compared("class_frames_slowest", ours, usual, "frames_per_second", "min", "1/s", ">= 1 of 2 asked for")
    yield _compared("class_latency_p95", ours, usual, "latency", "p95", "ms", "<= 300 ms")
    yield _compared("class_frame_cpu", ours, usual, "server_cpu", "per_frame", "ms", "<= 12 ms on idle cores")
    yield Figure("class_steps_slowest", ours["steps"]["min_share"], "of mean", None, ">= 0.5")
    yield Figure("class_steps_fastest", ours["steps"]["max_share"], "of mean", None, "<= 2")
    yield Figure("class_errors", len(errors), "", None, "0")
    yield Figure("class_memory_after", after, "MB", before, "<= 1.1 times before")
    yield Figure("class_workers_lost", num_replaced + orphans, "", None, "0 replaced, 0 left over")
    yield Figure("class_client_cpu", ours["client_cpu"], "cores", None, "small: it shares the cores")


def _compared(name: str, ours: dict, usual: dict, group: str, key: str, unit: str, goal: str) -> Figure:
    return Figure(name, ours[group][key], unit, usual[group][key], goal)


def has_visitors() -> bool:
    """Whether the visitors are here; an installed app comes without its tests, and then says so."""
    if not DEFAULTS.exists():
        print("frame, load: left out, because the visitors are in tests/load, which is not here.", file=sys.stderr)
    return DEFAULTS.exists()


def play(server: Server, num_sessions: int, seconds: float, query: str = "", *options: str) -> dict:
    """The report of a class that visits the server.

    Raises:
        RuntimeError: if the class could not be played.
    """
    command = [sys.executable, "-m", "tests.load", server.url + query, str(server.pid), *options]
    command += ["--sessions", str(num_sessions), "--seconds", str(seconds)]
    done = subprocess.run(command, cwd=PROJECT_FOLDER, capture_output=True, text=True)
    if done.returncode:
        raise RuntimeError(f"the class could not be played: {done.stderr.strip().splitlines()[-1:]}")
    return json.loads(done.stdout)


def memory_afterwards(server: Server, before: float) -> float:
    """Megabytes of the server once it has let go of the class, or when patience is over."""
    deadline = time.monotonic() + PATIENCE
    while (now := resident_megabytes(server.pid)) > FREED * before and time.monotonic() < deadline:
        time.sleep(1.0)
    return now


def lines_of_trouble(server: Server) -> list[str]:
    lines = server.log.read_text(encoding="utf-8").splitlines()
    return [line for line in lines if "Traceback" in line or "ERROR" in line]
