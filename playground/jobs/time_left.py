"""TimeLeft: how long a job still takes."""

from playground.jobs.job import Snapshot


class TimeLeft:
    """What a job's snapshots say, else the rest at its speed so far.

    The speed is measured from the first snapshot that has a fraction: before it come torch, the data, and what an
    earlier run of a part has done, none of which takes as long again.
    """

    def __init__(self):
        self._first: tuple[float, float] | None = None  # fraction, seconds

    def after(self, seconds: float, snapshot: Snapshot) -> float | None:
        """Seconds to the end, in the kind of seconds that came in; None while unknown.

        Args:
            seconds: from the start to this snapshot.
        """
        if snapshot.seconds_left is not None or not snapshot.fraction:
            return snapshot.seconds_left
        fraction, start = self._first = self._first or (snapshot.fraction, seconds)
        done = snapshot.fraction - fraction
        return (seconds - start) * (1 - snapshot.fraction) / done if done > 0 else None
