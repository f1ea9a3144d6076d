"""A job of the command line on an engine: one worker for each core, or what PLAYGROUND_ENGINE names."""

import math
import threading
import time
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import replace

from playground.cli.arguments import UsageError
from playground.cli.progress import erased_at_the_end, is_watched, show
from playground.engine import Command, Engine, Limits, View
from playground.engine.record import UNFINISHED
from playground.engine.workers.kinds import kind_from_environment
from playground.jobs.job import Job, Snapshot
from playground.train.ending import STOPPED

LOOK_SECONDS = 0.1
PRELOAD = ("torch",)  # a worker's first turn may not take as long as a cold disk needs for it
# The command line asks for itself alone: nothing of what keeps a class from overloading a server.
NO_LIMITS = dict.fromkeys(
    ("pause_after", "free_after", "max_seconds", "max_parameters", "max_layers", "max_samples", "max_epochs"), math.inf
)


def run_on_engine(job: Job, stop: threading.Event) -> Snapshot:
    """The last snapshot of a job, run by workers from its first frame.

    Args:
        stop: asks to end it with what there is.

    Raises:
        KeyboardInterrupt: if it was stopped before there was anything.
        UsageError: if the job turns its input down, or the environment names no engine.
        RuntimeError: if the job fails, or its workers are killed.
    """
    with started_engine() as engine:
        watched = is_watched()
        job_id, is_stopping = engine.submit(job, owner="command line"), False
        with erased_at_the_end(watched):
            while (view := engine.view(job_id)).status in UNFINISHED:
                if watched and view.snapshot is not None:
                    show(view.snapshot.fraction, view.left)
                if stop.is_set() and not is_stopping:
                    engine.command(job_id, Command.stop())
                    is_stopping = True
                time.sleep(LOOK_SECONDS)
    return last_snapshot(view)


@contextmanager
def started_engine() -> Iterator[Engine]:
    """An engine that is stopped at the end, whatever happens."""
    try:
        engine = Engine(replace(Limits.from_environment(), **NO_LIMITS), kind_from_environment(PRELOAD))
        engine.start()
    except ValueError as error:
        raise UsageError(str(error)) from error
    try:
        yield engine
    finally:
        engine.stop()


def last_snapshot(view: View) -> Snapshot:
    """What a job ended with, or the error that it would have raised in this process."""
    if view.snapshot is not None and view.snapshot.has_ended:
        return view.snapshot
    if view.status == STOPPED:
        raise KeyboardInterrupt
    raise UsageError(view.message) if view.status == "refused" else RuntimeError(view.message)
