"""Shares: which units of a search each part trains."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from playground.jobs.search import SearchJob
from playground.jobs.search_units import Unit, folds_of, units_of

ENOUGH_AT_ONCE = 64  # networks planned together; more gain nothing, and would keep small repeats waiting


@dataclass(frozen=True)
class Share:
    """Units that one part trains, and how much of its whole work they are."""

    units: tuple[Unit, ...]
    weight: float


def portions(job: SearchJob) -> list[range]:
    """Repeats that are planned together, since a few trials alone would not fill a stack."""
    networks = job.num_trials // job.repeats * len(folds_of(job.config))
    at_once = -(-ENOUGH_AT_ONCE // networks)
    return [range(first, min(first + at_once, job.repeats)) for first in range(0, job.repeats, at_once)]


def own_shares(job: SearchJob, index: int, count: int) -> Iterator[Share]:
    """What one part of `count` trains, portion by portion, planned when it is asked for.

    Portions cost about the same, so they are dealt out in turn; the units of those left over are dealt by their cost.
    """
    every = portions(job)
    dealt = len(every) // count * count
    for number in range(index, dealt, count):
        yield Share(tuple(units_of(job, every[number])), count / len(every))
    if dealt < len(every):
        left = [unit for repeats in every[dealt:] for unit in units_of(job, repeats)]
        yield Share(tuple(shared_out(left, count)[index]), 1 - dealt / len(every))


def shared_out(units: Sequence[Unit], count: int) -> list[list[Unit]]:
    """The units in `count` shares, the dearest first to whoever has least; each share keeps their order."""
    loads, owner = [0.0] * count, {}
    for place in sorted(range(len(units)), key=lambda place: -units[place].cost):
        owner[place] = loads.index(min(loads))
        loads[owner[place]] += units[place].cost
    return [[unit for place, unit in enumerate(units) if owner[place] == index] for index in range(count)]
