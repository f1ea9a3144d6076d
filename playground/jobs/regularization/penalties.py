"""PenaltiesJob: one network under ever stronger penalties on its weights."""

from collections.abc import Generator
from dataclasses import dataclass
from typing import TYPE_CHECKING

from playground.config import Config
from playground.jobs.job import Snapshot, Turn
from playground.jobs.steps import take_steps
from playground.jobs.training.snapshot import DecisionMap, LayerHistogram
from playground.parsing import ConfigError

if TYPE_CHECKING:
    from playground.train.regularization.penalties import PenalizedTraining

MOST_RUNS = 40


@dataclass(frozen=True)
class PenalizedRun:
    """One training that has ended.

    Args:
        kind: of the penalty, "l2", "l1", "both" or "subgradient".
        zeros, nearly: share of weights that are exactly 0, and that are at most 0.001 in size.
        norm: Euclidean norm of all weights.
        weights: their histogram; None where one is not finite.
        used_inputs: inputs that still have a weight that is not 0.
        decision_map: for data in the plane, else None.
    """

    kind: str
    strength: float
    status: str
    zeros: float
    nearly: float
    norm: float
    weights: LayerHistogram | None
    used_inputs: int
    train_accuracy: float
    val_accuracy: float
    decision_map: DecisionMap | None


@dataclass(frozen=True)
class PenaltiesSnapshot(Snapshot):
    """Args:
    runs: those that have ended, in the job's order.
    """

    runs: tuple[PenalizedRun, ...] = ()


@dataclass(frozen=True)
class PenaltiesJob:
    """Trains one Config under each kind of penalty at each strength, one after the other.

    Raises:
        ConfigError: when there are none or too many, or the data set has no classes.
    """

    config: Config
    kinds: tuple[str, ...]
    strengths: tuple[float, ...]

    def __post_init__(self):
        number = len(self.kinds) * len(self.strengths)
        if not 1 <= number <= MOST_RUNS:
            raise ConfigError({"strengths": f"must make 1 to {MOST_RUNS} runs, but {number} came."})
        if not self.config.is_classification:
            raise ConfigError({"dataset": f"needs classes, but {self.config.dataset} is regression."})

    def frames(self) -> Generator[PenaltiesSnapshot | None, Turn, None]:
        from playground.train.regularization.penalties import PenalizedTraining  # torch, in the worker only

        tasks = [(kind, strength) for strength in self.strengths for kind in self.kinds]
        turn, runs = (yield PenaltiesSnapshot()), []
        for index, (kind, strength) in enumerate(tasks):
            training = PenalizedTraining(self.config, kind, strength)
            while not training.has_ended and not turn.stop:
                with training.trainer.own_randomness():
                    take_steps(training, turn)
                if training.has_ended:
                    break
                fraction = (index + training.fraction) / len(tasks)
                turn = yield PenaltiesSnapshot(fraction=fraction, runs=tuple(runs)) if turn.wants_snapshot else None
            if turn.stop:
                break
            runs.append(_seen(training, kind, strength))
        status = "stopped" if turn.stop else "finished"
        yield PenaltiesSnapshot(status, fraction=len(runs) / len(tasks), runs=tuple(runs))


def _seen(training: "PenalizedTraining", kind: str, strength: float) -> PenalizedRun:
    import numpy as np
    import torch

    from playground.jobs.training.pictures import Pictures, histogram
    from playground.train.regularization.penalties import NEARLY, share_of_zeros

    trainer, weights = training.trainer, training.weights()
    first = trainer.network.layers[0].weights[0].detach()
    with torch.random.fork_rng(devices=[]):
        _, decision_map, _ = Pictures(trainer).draw()
    return PenalizedRun(
        kind=kind,
        strength=strength,
        status=trainer.status,
        zeros=share_of_zeros(weights),
        nearly=share_of_zeros(weights, NEARLY),
        norm=float(np.linalg.norm(weights)),
        weights=histogram(torch.from_numpy(weights)),
        used_inputs=int((first != 0).any(0).sum()),
        train_accuracy=trainer.recorder.history.last("train_accuracy"),
        val_accuracy=trainer.recorder.history.last("val_accuracy"),
        decision_map=decision_map,
    )
