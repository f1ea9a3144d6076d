"""How often pages look at what moves: twice a second, and less often where very many look at once."""

from playground.engine import current_engine

LOOK_SECONDS = 0.5
SLOWEST_SECONDS = 4.0
LEASE_SECONDS = 8.0  # what stands still is looked at too, so that it is not taken for left
# Of all pages together: one core draws them all, and with more to draw than it can every page would stand still.
LOOKS_A_SECOND = 80
CALM = 1 / 3  # of those allowed: at a half, where the next quicker pace is full, pages would change theirs all the time


def pace(every: float = LOOK_SECONDS, now: float | None = None) -> float:
    """Seconds from one look to the next.

    Args:
        every: what is right while few look.
        now: the pace so far, which stays while it is about right.
    """
    num_running, now = current_engine().num_running, now or every
    while num_running > LOOKS_A_SECOND * now and now < SLOWEST_SECONDS:
        now *= 2
    while num_running < CALM * LOOKS_A_SECOND * now and now > every:
        now /= 2
    return now
