"""ActivationCostJob: how long each activation takes on this machine."""

from collections.abc import Generator
from dataclasses import dataclass

from playground.catalog import ACTIVATIONS
from playground.catalog.activation_lesson import REFERENCE, lesson_rows
from playground.jobs.activations.curves import NUM_INPUTS
from playground.jobs.job import Snapshot, Turn


@dataclass(frozen=True)
class ActivationCostSnapshot(Snapshot):
    """Nanoseconds for each output, forward and back.

    Args:
        nanoseconds: key of a row -> its time.
        linear: time of a linear unit of NUM_INPUTS inputs.
    """

    nanoseconds: tuple[tuple[str, float], ...] = ()
    linear: float = 0.0

    def against_reference(self, name: str) -> float:
        """Time of a row over that of the reference."""
        times = dict(self.nanoseconds)
        return times[name] / times[REFERENCE]


@dataclass(frozen=True)
class ActivationCostJob:
    """Times every row of the table at once, so that another choice of rows to show does not measure again.

    Args:
        pieces: linear pieces of rows that have several.
    """

    pieces: int = 2

    def frames(self) -> Generator[ActivationCostSnapshot | None, Turn, None]:
        turn = yield ActivationCostSnapshot()
        if turn.stop:
            yield ActivationCostSnapshot("stopped")
            return
        from playground.train.activations.shape import costs  # torch, in the worker only

        rows = lesson_rows(tuple(ACTIVATIONS), slope=0.25, pieces=self.pieces)
        times, linear = costs(rows, NUM_INPUTS)
        named = tuple(zip(ACTIVATIONS, times, strict=True))
        yield ActivationCostSnapshot("finished", fraction=1.0, nanoseconds=named, linear=linear)
