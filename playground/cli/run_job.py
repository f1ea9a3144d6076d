"""A job of the command line, in this process or on an engine."""

import os
import threading
import time
from contextlib import nullcontext
from dataclasses import replace

from playground.cli.interruption import noted_interruption
from playground.cli.progress import erased_at_the_end, is_watched, show
from playground.cli.threads import use_one_core
from playground.engine.demands import configs_of
from playground.engine.workers.kinds import DEFAULT as LOCAL
from playground.engine.workers.kinds import VARIABLE as ENGINE_VARIABLE
from playground.jobs.job import Job, Snapshot, Turn
from playground.jobs.time_left import TimeLeft
from playground.train.gpu_driver import ASKED_FOR, has_driver, no_gpu

TURN_SECONDS = 0.25
QUIET_TURN_SECONDS = 1.0  # nobody is watching


def run_job(job: Job, *, on_engine: bool = False, can_stop: bool = False) -> Snapshot:
    """The last snapshot of a job, run from its first frame.

    Args:
        on_engine: use all cores, where the job is divided and long enough to wait for workers to start; else it runs in
            this process. Where PLAYGROUND_ENGINE names an engine, every job runs there.
        can_stop: what there is at Ctrl-C is worth having: the job then ends as stopped. Else Ctrl-C ends the command.

    Raises:
        ConfigError: at once, if a GPU is asked for where none can be.
    """
    engine = os.environ.get(ENGINE_VARIABLE, "").strip()
    if engine in ("", LOCAL):
        _refuse_missing_gpu(job)
    with noted_interruption() if can_stop else nullcontext(threading.Event()) as stop:
        if on_engine or engine:
            from playground.cli.on_engine import run_on_engine

            return run_on_engine(job, stop)
        return run_here(job, stop)


def _refuse_missing_gpu(job: Job) -> None:
    if any(config.device == ASKED_FOR for config in configs_of(job)) and not has_driver():
        raise no_gpu()


def run_here(job: Job, stop: threading.Event) -> Snapshot:
    """The last snapshot of a job, run in this process.

    Args:
        stop: asks to end it with what there is.
    """
    use_one_core()
    watched = is_watched()
    turn = Turn(seconds=TURN_SECONDS if watched else QUIET_TURN_SECONDS, wants_snapshot=watched)
    time_left, started = TimeLeft(), time.perf_counter()
    frames = job.frames()
    snapshot = next(frames)
    with erased_at_the_end(watched):
        while not (snapshot and snapshot.has_ended):
            if watched:
                show(snapshot.fraction, time_left.after(time.perf_counter() - started, snapshot))
            snapshot = frames.send(replace(turn, stop=stop.is_set()))
    return snapshot
