"""How long a job in the queue will wait."""

from collections.abc import Sequence
from statistics import fmean


def seconds_until_place(place: int, lefts: Sequence[float]) -> float | None:
    """Seconds until the job at this place of the queue has its turn.

    Args:
        place: 1 for the next.
        lefts: seconds that each of the jobs under way has left, of those that tell.

    Returns:
        None when no job tells. With more jobs ahead than places, each of those ahead counts for twice the mean of what
        the jobs under way have left: whoever looks at a job finds it midway on average.
    """
    if not lefts:
        return None
    rounds, index = divmod(place - 1, len(lefts))
    return sorted(lefts)[index] + rounds * 2 * fmean(lefts)
