"""What a worker says to its engine. The other way go tuples (name, job id, argument), see `Worker.obey`."""

from typing import NamedTuple

READY = "ready"  # start-up is over
HEARTBEAT = "alive"  # said between turns when nothing else was


class Report(NamedTuple):
    """News of one job.

    Args:
        num_obeyed: commands that the worker has obeyed so far.
        step: the snapshot's own `step`, None when it has none.
        snapshot: pickled; None: no new one.
        seconds: of computing so far.
        seconds_left: of computing to its end; None while unknown.
    """

    job_id: str
    status: str
    message: str
    num_obeyed: int
    step: int | None
    snapshot: bytes | None
    seconds: float = 0.0
    seconds_left: float | None = None
