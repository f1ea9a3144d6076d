"""One worker process, which only the engine starts: `python -m playground.engine.workers.worker [MODULE ...]`.

Standard input and output are the engine's private pipes; each carries one pickle after another.
"""

import contextlib
import gc
import logging
import os
import pickle
import pkgutil
import queue
import signal
import sys
import tempfile
import threading
import time
from collections.abc import Callable, Iterator, Sequence
from functools import partial
from pathlib import Path
from typing import BinaryIO

from playground.engine.workers.messages import HEARTBEAT, READY, Report
from playground.engine.workers.run import Run
from playground.engine.workers.turns import Turns
from playground.jobs.job import Snapshot

NICENESS = 10  # pages stay smooth while workers compute
OOM_SCORE = "500"  # of 1000
HEARTBEAT_SECONDS = 0.5
MESSAGES_PER_TURN = 4  # many messages at once must not hold up the jobs under way

log = logging.getLogger(__name__)


def die_with_parent() -> None:
    """Ask Linux to kill this process with the thread that started it, even in the middle of a long turn."""
    if sys.platform == "linux":
        import ctypes

        PR_SET_PDEATHSIG = 1
        ctypes.CDLL(None).prctl(PR_SET_PDEATHSIG, signal.SIGKILL)


def be_first_to_go() -> None:
    """Ask Linux, where memory runs out, to kill a worker before the server."""
    with contextlib.suppress(OSError):
        Path("/proc/self/oom_score_adj").write_text(OOM_SCORE, encoding="ascii")


def name_a_temporary_folder() -> None:
    """On a full disk Python finds none, and torch, which wants to know one, would not load; nothing is put there."""
    try:
        tempfile.gettempdir()
    except FileNotFoundError:
        tempfile.tempdir = os.sep


def take_over_pipes() -> tuple[BinaryIO, BinaryIO]:
    """The engine's pipes, moved away from where `input` and `print` would disturb them; prints go to the log."""
    incoming = os.fdopen(os.dup(0), "rb")
    outgoing = os.fdopen(os.dup(1), "wb")
    with open(os.devnull, "rb") as nothing:
        os.dup2(nothing.fileno(), 0)
    os.dup2(2, 1)
    return incoming, outgoing


def listen(incoming: BinaryIO, inbox: queue.SimpleQueue) -> None:
    """Put each message in the inbox; when no more can come, as when the engine is gone, so is this process."""
    try:
        while True:
            inbox.put(pickle.load(incoming))
    finally:
        os._exit(0)


@contextlib.contextmanager
def without(module: str) -> Iterator[None]:
    """Imports in here take this module for one that is not installed, unless it is loaded; later ones find it."""
    is_loaded = module in sys.modules
    if not is_loaded:
        sys.modules[module] = None  # type: ignore[assignment]
    try:
        yield
    finally:
        if not is_loaded:
            del sys.modules[module]


def preload(names: Sequence[str]) -> None:
    """Import modules ahead of the first job; a `module:function` is called as well. What is missing is only logged."""
    gc.disable()  # hardly anything of what is loaded is garbage: looking through it takes a seventh of the time
    for name in names:
        try:
            with without("pandas"):  # scikit-learn imports it where it is installed: 70 MB that no job uses
                found = pkgutil.resolve_name(name)
            if callable(found):
                found()
        except Exception as error:
            log.warning("could not preload %s: %s", name, error)
    gc.enable()
    gc.collect()
    gc.freeze()  # what is loaded now stays; later collections skip it


class Worker:
    """Reads messages between turns, and reports.

    Args:
        inbox: what the engine says.
        send: passes a message on to the engine.
    """

    def __init__(self, inbox: queue.SimpleQueue, send: Callable[[object], None]):
        self._inbox = inbox
        self._send = send
        self._told = 0.0
        self._turns = Turns(self.report)

    def tell(self, message: object) -> None:
        self._send(message)
        self._told = time.monotonic()

    def report(self, run: Run, status: str, message: str, snapshot: Snapshot | None) -> None:
        """Tell the engine; the snapshot travels as bytes, so that the server need not decode what no page looks at."""
        raw = None if snapshot is None else pickle.dumps(snapshot, pickle.HIGHEST_PROTOCOL)
        step = getattr(snapshot, "step", None)
        self.tell(Report(run.job_id, status, message, run.num_obeyed, step, raw, run.spent, run.seconds_left))

    def serve(self) -> None:
        self.tell(READY)
        while True:
            for _ in range(MESSAGES_PER_TURN):
                try:
                    self.obey(self._inbox.get(timeout=HEARTBEAT_SECONDS if self._turns.is_idle else 0))
                except queue.Empty:
                    break
            self._turns.take_turn()
            if time.monotonic() - self._told >= HEARTBEAT_SECONDS:
                self.tell(HEARTBEAT)

    def obey(self, message: tuple[str, str, object]) -> None:
        name, job_id, argument = message
        match name:
            case "submit" | "submit_paused":
                self._turns.submit(job_id, partial(pickle.loads, argument), is_running=name == "submit")
            case "command":
                self._turns.command(job_id, argument)
            case "rest":
                self._turns.rest(job_id)
            case "wake":
                self._turns.wake(job_id)
            case "free":
                self._turns.free(job_id)


def main() -> None:
    signal.signal(signal.SIGINT, signal.SIG_IGN)  # Ctrl-C is for the server, which then ends its workers
    die_with_parent()
    be_first_to_go()
    name_a_temporary_folder()
    if hasattr(os, "nice"):
        os.nice(NICENESS)
    logging.basicConfig(format="worker %(process)d: %(message)s")
    incoming, outgoing = take_over_pipes()
    inbox: queue.SimpleQueue = queue.SimpleQueue()
    threading.Thread(target=listen, args=(incoming, inbox), daemon=True).start()
    preload(sys.argv[1:])

    def send(message: object) -> None:
        pickle.dump(message, outgoing, pickle.HIGHEST_PROTOCOL)
        outgoing.flush()

    Worker(inbox, send).serve()


if __name__ == "__main__":
    main()
