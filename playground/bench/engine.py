"""The local engine with one worker: how long a person waits, and how much memory a worker takes."""

import statistics
import time
from collections.abc import Iterator
from pathlib import Path

from playground.bench.figure import Figure
from playground.config import Config
from playground.engine import Engine, Limits, LocalWorkers
from playground.engine.current import PRELOAD
from playground.jobs.training.job import TrainJob

SUBMISSIONS = 7
PATIENCE = 60.0  # seconds
POLL_SECONDS = 0.002
KILOBYTES_PER_MEGABYTE = 1024


def measure() -> Iterator[Figure]:
    """From submitting a run to its first snapshot, with a cold and a warm worker; then the worker's memory."""
    engine = Engine(Limits(workers=1), LocalWorkers(PRELOAD))
    started = time.perf_counter()
    engine.start()
    try:
        first_snapshot(engine)
        cold = time.perf_counter() - started
        warm = statistics.median(first_snapshot(engine) for _ in range(SUBMISSIONS))
        yield Figure("engine_start_to_first_snapshot", cold, "s", None, "once, before the first visitor")
        yield Figure("submit_to_first_snapshot", warm, "s", None, "<= 1.0 s from click to curve")
        for pid in engine.worker_pids:
            if (memory := resident_megabytes(pid)) is not None:
                yield Figure("worker_memory", memory, "MB", None, "<= 400 MB")
    finally:
        engine.stop()


def first_snapshot(engine: Engine) -> float:
    """Seconds from submitting a run of the default Config to its first snapshot.

    Raises:
        RuntimeError: if none comes.
    """
    started = time.perf_counter()
    job_id = engine.submit(TrainJob(Config()), owner="bench")
    try:
        while (view := engine.view(job_id)).snapshot is None:
            if time.perf_counter() - started > PATIENCE or view.status in ("failed", "lost"):
                raise RuntimeError(f"no snapshot came from the worker: {view.status} {view.message}")
            time.sleep(POLL_SECONDS)
        return time.perf_counter() - started
    finally:
        engine.free(job_id)


def resident_megabytes(pid: int) -> float | None:
    """Memory of a process, where the system tells (Linux)."""
    try:
        lines = Path(f"/proc/{pid}/status").read_text(encoding="ascii").splitlines()
    except OSError:
        return None
    sizes = [line.split()[1] for line in lines if line.startswith("VmRSS:")]
    return int(sizes[0]) / KILOBYTES_PER_MEGABYTE if sizes else None
