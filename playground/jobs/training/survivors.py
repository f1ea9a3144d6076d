"""Which of several runs the figures are of: those that have not diverged; a mean with lost ones in it says nothing."""

from collections import Counter
from collections.abc import Sequence

from playground.train.ending import DIVERGED, RUNNING


def counts(statuses: Sequence[str]) -> dict[str, int]:
    """Status -> how many runs have it, the most frequent first."""
    return dict(Counter(statuses).most_common())


def survivors(statuses: Sequence[str]) -> list[int]:
    """Numbers of the runs that have not diverged, in their order."""
    return [number for number, status in enumerate(statuses) if status != DIVERGED]


def diverged_words(statuses: Sequence[str], noun: str = "runs") -> str:
    """Such as "4 of 5 runs diverged"; "" where none has."""
    diverged = list(statuses).count(DIVERGED)
    return f"{diverged} of {len(statuses)} {noun} diverged" if diverged else ""


def survivors_sentence(statuses: Sequence[str]) -> str:
    """How many runs diverged, and what figures then are of; "" where none has."""
    words, kept = diverged_words(statuses), survivors(statuses)
    if not words:
        return ""
    if not kept:
        return f"{words}; none ended."
    goes_on = any(statuses[number] == RUNNING for number in kept)
    if len(kept) == 1:
        return f"{words}; figures of the one that {'goes on' if goes_on else 'ended'}."
    return f"{words}; figures of the {len(kept)} that {'go on' if goes_on else 'ended'}."
