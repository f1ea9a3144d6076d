"""train_stacked: many Configs trained to the end, together where that is possible."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field

import torch

from playground.config import Config
from playground.train.ending import RUNNING
from playground.train.history import History
from playground.train.stacked.chunks import Chunk, plan_chunks
from playground.train.stacked.trainer import StackedTrainer
from playground.train.trainer import Trainer


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
        for fraction, results in _stacked(own) if chunk.is_stacked else _alone(own[0]):
            finished = {chunk.numbers[index]: result for index, result in results.items()}
            yield Progress((before + share * fraction) / total, finished)
        before += share


def _stacked(configs: Sequence[Config]) -> Iterator[tuple[float, dict[int, TrialResult]]]:
    trainer = StackedTrainer(configs)
    reported: set[int] = set()
    while True:
        fresh = {
            index: TrialResult(run.config, run.status, run.message, run.history, run.final)
            for index, run in enumerate(trainer.runs)
            if run.status != RUNNING and index not in reported
        }
        reported |= fresh.keys()
        yield (trainer.epoch / configs[0].num_epochs if trainer.live else 1.0), fresh
        if not trainer.live:
            return
        epoch = trainer.epoch
        while trainer.live and trainer.epoch == epoch:
            trainer.advance()


def _alone(config: Config) -> Iterator[tuple[float, dict[int, TrialResult]]]:
    trainer = Trainer(config)
    while trainer.status == RUNNING:
        yield trainer.epoch / config.num_epochs, {}
        epoch = trainer.epoch
        with trainer.own_randomness():
            while trainer.status == RUNNING and trainer.epoch == epoch:
                trainer.advance()
    network = trainer.evaluated_network
    with trainer.own_randomness(), torch.random.fork_rng(devices=[]):
        network.eval()
        final = trainer.recorder.final(network)
    yield 1.0, {0: TrialResult(trainer.config, trainer.status, trainer.message, trainer.recorder.history, final)}
