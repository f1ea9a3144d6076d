"""train_stacked: many Configs trained to the end, together where that is possible."""

import math
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field

from playground.config import Config
from playground.train.ending import RUNNING
from playground.train.history import History
from playground.train.stacked.chunks import Chunk, plan_chunks
from playground.train.stacked.group import Run, group_of


@dataclass(frozen=True)
class TrialResult:
    """How one run went.

    Args:
        final: loss and accuracy on the three splits at the end; NaN: none.
    """

    config: Config
    status: str
    message: str
    history: History
    final: dict[str, float]


@dataclass(frozen=True)
class Progress:
    """How far all runs are together.

    Args:
        fraction: share of all updates, in [0, 1].
        finished: results that have come since the last Progress, by their number in the list of Configs.
    """

    fraction: float
    finished: dict[int, TrialResult] = field(default_factory=dict)


def train_stacked(configs: Sequence[Config], chunks: Sequence[Chunk] | None = None) -> Iterator[Progress]:
    """Train all Configs; yields after each epoch of each chunk, and can be left at any time.

    Other chunks give the same results but for rounding; see `padding`.

    Args:
        chunks: of `plan_chunks`; None: all of them, planned here.
    """
    chunks = plan_chunks(configs) if chunks is None else chunks
    total = sum(len(chunk.numbers) * configs[chunk.numbers[0]].num_epochs for chunk in chunks)
    before = 0
    for chunk in chunks:
        own = [configs[number] for number in chunk.numbers]
        share = len(own) * own[0].num_epochs
        group = group_of(own, is_stacked=chunk.is_stacked)
        reported: set[int] = set()
        while True:
            ended = [index for index, run in enumerate(group.runs) if run.status != RUNNING and index not in reported]
            reported.update(ended)
            finished = {chunk.numbers[index]: _result(group.runs[index]) for index in ended}
            yield Progress((before + share * group.fraction) / total, finished)
            if len(reported) == len(own):
                break
            group.advance(math.inf)
        before += share


def _result(run: Run) -> TrialResult:
    return TrialResult(run.config, run.status, run.message, run.history, run.final)
