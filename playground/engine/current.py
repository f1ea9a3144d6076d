"""The one engine of this process; a module holds it, because any visitor can clear Streamlit's caches."""

import threading

from playground.engine.engine import Engine
from playground.engine.limits import Limits
from playground.engine.workers.kinds import kind_from_environment

PRELOAD = ("torch", "playground.jobs.training.run:warm_up")  # imported by workers ahead of the first click

_lock = threading.Lock()
_engine: Engine | None = None


def start_engine() -> Engine:
    """The engine, started with the limits of the environment when there is none yet.

    Raises:
        ValueError: one sentence, if an environment variable of `limits` or `kinds` has a bad value.
    """
    global _engine
    with _lock:
        if _engine is None:
            engine = Engine(Limits.from_environment(), kind_from_environment(PRELOAD))
            engine.start()
            _engine = engine
        return _engine


def current_engine() -> Engine:
    """The engine for a page; starts it when the server has not."""
    return start_engine()


def stop_engine(*, for_good: bool = False) -> None:
    """End the engine and its workers; nothing happens when there is none.

    Args:
        for_good: the process is ending. A page that still runs gets the stopped engine instead of starting another,
            whose workers would hold the process up.
    """
    global _engine
    with _lock:
        engine = _engine
        if not for_good:
            _engine = None
    if engine is not None:
        engine.stop()
