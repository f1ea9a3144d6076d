"""DropoutJob: masks, and what a trained network says with them and without."""

import time
from collections.abc import Generator
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

import numpy as np

from playground.config import Config
from playground.jobs.job import Snapshot, Turn
from playground.parsing import ConfigError

if TYPE_CHECKING:
    from playground.train.regularization.dropout import DropoutStudy

NUM_STEPS = 40  # whose masks can be looked at
NUM_SHOWN = 12  # samples whose outputs are drawn
MOST_SAMPLES = 300  # over which masks are averaged
MOST_MASKS = 500


@dataclass(frozen=True)
class DropoutSnapshot(Snapshot):
    """Args:
    masks: of each of NUM_STEPS steps, of each hidden layer, whether a unit of the drawn network is kept.
    true: (NUM_SHOWN,) classes of the samples that are drawn.
    scaled: (NUM_SHOWN,) probability of the true class in evaluation mode; masked: (K, NUM_SHOWN) of each mask.
    differences: (K,) mean absolute difference over all samples and classes between weight scaling and the mean
        of that many masks.
    scaled_accuracy, averaged_accuracy, single_accuracy: in evaluation mode, of the mean, and of one mask on average.
    unscaled_difference, unscaled_accuracy: had training not divided by the share kept.
    num_samples: averaged over.
    """

    masks: tuple[tuple[tuple[bool, ...], ...], ...] = ()
    true: np.ndarray | None = None
    scaled: np.ndarray | None = None
    masked: np.ndarray | None = None
    differences: tuple[float, ...] = ()
    scaled_accuracy: float = 0.0
    averaged_accuracy: float = 0.0
    single_accuracy: float = 0.0
    unscaled_difference: float = 0.0
    unscaled_accuracy: float = 0.0
    num_samples: int = 0


@dataclass(frozen=True)
class DropoutJob:
    """Trains a classifier, then averages its answers over masks.

    Args:
        config: with dropout.
        sizes: of the hidden layers of the small network that is drawn.
        num_masks: that are averaged.

    Raises:
        ConfigError: naming what is wrong.
    """

    config: Config
    sizes: tuple[int, ...]
    num_masks: int

    def __post_init__(self):
        if not self.config.is_classification:
            raise ConfigError({"dataset": f"needs classes, but {self.config.dataset} is regression."})
        if not self.config.dropout or not self.config.hidden_sizes:
            raise ConfigError({"dropout": "must be above 0, with a hidden layer to act on."})
        if not 1 <= self.num_masks <= MOST_MASKS:
            raise ConfigError({"num_masks": f"must be from 1 to {MOST_MASKS}, but {self.num_masks} came."})

    def frames(self) -> Generator[DropoutSnapshot | None, Turn, None]:
        from playground.train.regularization.dropout import DropoutStudy  # torch, in the worker only

        turn = yield DropoutSnapshot()
        masks = _masks(self.config.replace(hidden_sizes=self.sizes))
        study = DropoutStudy(self.config, num_masks=self.num_masks, num_samples=MOST_SAMPLES, num_shown=NUM_SHOWN)
        while not (study.has_ended or turn.stop):
            deadline = time.perf_counter() + turn.seconds
            while not study.has_ended and time.perf_counter() < deadline:
                study.advance()
            if not study.has_ended:
                turn = yield DropoutSnapshot(fraction=study.fraction, masks=masks) if turn.wants_snapshot else None
        status = "finished" if study.has_ended else "stopped"
        yield DropoutSnapshot(status, fraction=study.fraction, masks=masks, **(_seen(study) if study.answers else {}))


def _masks(config: Config) -> tuple[tuple[tuple[bool, ...], ...], ...]:
    """Of a fresh network with these sizes, from the run's own stream of masks."""
    import torch

    from playground.nn.build import build_network
    from playground.seeds import stream_seed
    from playground.train.regularization.dropout import drawn_masks

    network = build_network(config, 2, 2)
    with torch.random.fork_rng(devices=[]):
        torch.manual_seed(stream_seed(config.seed, "masks"))
        steps = [drawn_masks(network, config.hidden_sizes) for _ in range(NUM_STEPS)]
    return tuple(tuple(tuple(layer) for layer in step) for step in steps)


def _seen(study: "DropoutStudy") -> dict[str, Any]:
    average = study.average
    return {
        "true": study.true.cpu().numpy(),
        "scaled": study.of_true(average.scaled).numpy(),
        "masked": np.stack([answer.numpy() for answer in study.answers]),
        "differences": tuple(study.differences),
        "scaled_accuracy": average.accuracy(average.scaled),
        "averaged_accuracy": average.accuracy(average.mean),
        "single_accuracy": float(np.mean(average.single_accuracies)),
        "unscaled_difference": average.difference(average.unscaled),
        "unscaled_accuracy": average.accuracy(average.unscaled),
        "num_samples": len(average.scaled),
    }
