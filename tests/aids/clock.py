"""A clock that stands until it is set."""


class Clock:
    """Seconds, as `time.monotonic` tells them.

    Args:
        now: what it shows; set it to go on.
    """

    def __init__(self, now: float = 0.0):
        self.now = now

    def __call__(self) -> float:
        return self.now
