"""Shares: which units of a search each part trains."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from playground.jobs.search.settings import SearchSettings
from playground.jobs.search.units import Unit, units_of


@dataclass(frozen=True)
class Share:
    """Units that one part trains, and how much of its whole work they are."""

    units: tuple[Unit, ...]
    weight: float


def own_shares(search: SearchSettings, index: int, count: int) -> Iterator[Share]:
    """What one part of `count` trains, portion by portion, planned when it is asked for.

    Portions cost about the same, so they are dealt out in turn; the units of those left over are dealt by their cost.
    """
    every = search.portions
    dealt = len(every) // count * count
    for number in range(index, dealt, count):
        yield Share(tuple(units_of(search, every[number])), count / len(every))
    if dealt < len(every):
        left = [unit for repeats in every[dealt:] for unit in units_of(search, repeats)]
        yield Share(tuple(shared_out(left, count)[index]), 1 - dealt / len(every))


def shared_out(units: Sequence[Unit], count: int) -> list[list[Unit]]:
    """The units in `count` shares, the dearest first to whoever has least; each share keeps their order."""
    loads, owner = [0.0] * count, {}
    for place in sorted(range(len(units)), key=lambda place: -units[place].cost):
        owner[place] = loads.index(min(loads))
        loads[owner[place]] += units[place].cost
    return [[unit for place, unit in enumerate(units) if owner[place] == index] for index in range(count)]
