"""Time as a process lives it: what it slept through did not happen."""

import time
from collections.abc import Callable


class AwakeClock:
    """Seconds that this process was awake, for a clock that is asked often.

    A laptop that sleeps, a container that is frozen or a process that is stopped goes on where it was: nobody is to be
    blamed for silence that there was no one to hear.

    Args:
        longest: seconds between two questions that still count as awake.
        clock: seconds, never going back.
    """

    def __init__(self, longest: float, clock: Callable[[], float] = time.monotonic):
        self._longest = longest
        self._clock = clock
        self._asked = clock()
        self._awake = 0.0

    def __call__(self) -> float:
        now = self._clock()
        self._awake += min(now - self._asked, self._longest)
        self._asked = now
        return self._awake
