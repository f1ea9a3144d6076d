"""RunningStatisticsJob: running statistics against batch statistics while a network trains."""

from collections.abc import Generator
from dataclasses import dataclass
from typing import TYPE_CHECKING

import numpy as np

from playground.catalog import ARCHITECTURES, NORMALIZATIONS
from playground.config import Config
from playground.jobs.job import Snapshot, Turn
from playground.jobs.steps import take_steps
from playground.parsing import ConfigError

if TYPE_CHECKING:
    from playground.train.normalization.running_statistics import RunningStatistics

MOST_STEPS = 3000  # of one run


@dataclass(frozen=True)
class RunningStatisticsSnapshot(Snapshot):
    """One unit so far.

    Args:
        batch_mean, batch_var, running_mean, running_var: (steps,), as Watched of the same file in `train`.
        look_steps, data_mean, data_var: (looks,), over the whole training split.
        loss, accuracy: {"training", "running", "fresh"} -> (looks,), on the validation split, as `Look` says.
        train_loss: {"running", "fresh"} -> (looks,), on the training split; spreads: (looks, L) of each hidden layer.
        num_train: samples of the training split.
        error, biased_error: largest difference between the running variance and the closed form with the batches'
            unbiased, and with their biased, variances; NaN before the end.
    """

    batch_mean: np.ndarray | None = None
    batch_var: np.ndarray | None = None
    running_mean: np.ndarray | None = None
    running_var: np.ndarray | None = None
    look_steps: np.ndarray | None = None
    data_mean: np.ndarray | None = None
    data_var: np.ndarray | None = None
    loss: dict[str, np.ndarray] | None = None
    accuracy: dict[str, np.ndarray] | None = None
    train_loss: dict[str, np.ndarray] | None = None
    spreads: dict[str, np.ndarray] | None = None
    num_train: int = 0
    error: float = float("nan")
    biased_error: float = float("nan")


@dataclass(frozen=True)
class RunningStatisticsJob:
    """Trains a Config and watches one unit's batch normalization.

    Args:
        layer: hidden layer, counted from 1; unit: of it, counted from 1.
        momentum: as torch counts it, in (0, 1].

    Raises:
        ConfigError: naming the field that is wrong.
    """

    config: Config
    layer: int = 1
    unit: int = 1
    momentum: float = 0.1

    def __post_init__(self):
        config = self.config
        if not NORMALIZATIONS[config.normalization].mixes_samples:
            raise ConfigError(
                {"normalization": f"only batch keeps running statistics, but {config.normalization} came."}
            )
        if ARCHITECTURES[config.architecture].needs_images:
            raise ConfigError({"architecture": f"a unit of a dense layer is watched, but {config.architecture} came."})
        if not 1 <= self.layer <= len(config.hidden_sizes):
            most = len(config.hidden_sizes)
            raise ConfigError({"layer": f"must be from 1 to {most}, but {self.layer} came."})
        if not 1 <= self.unit <= config.hidden_sizes[self.layer - 1]:
            most = config.hidden_sizes[self.layer - 1]
            raise ConfigError({"unit": f"must be from 1 to {most}, but {self.unit} came."})
        if not 0 < self.momentum <= 1:
            raise ConfigError({"momentum": f"must be above 0 and at most 1, but {self.momentum:g} came."})
        object.__setattr__(self, "config", config.replace(num_seeds=1))

    def frames(self) -> Generator[RunningStatisticsSnapshot | None, Turn, None]:
        from playground.train.normalization.running_statistics import RunningStatistics  # torch, in the worker only

        turn = yield RunningStatisticsSnapshot()
        run = RunningStatistics(self.config, layer=self.layer - 1, unit=self.unit - 1, momentum=self.momentum)
        status = "running"
        while status == "running":
            take_steps(run, turn)
            has_ended = run.has_ended or run.trainer.step >= MOST_STEPS
            status = run.trainer.status if run.has_ended else "stopped" if turn.stop or has_ended else "running"
            wanted = turn.wants_snapshot or status != "running"
            turn = yield self._snapshot(run, status) if wanted else None

    def _snapshot(self, run: "RunningStatistics", status: str) -> RunningStatisticsSnapshot:
        watched = {name: np.array([float(value) for value in values]) for name, values in vars(run.watched).items()}
        unbiased = watched.pop("unbiased_var")
        looks = run.looks
        judged = {"running": [look.running for look in looks], "fresh": [look.fresh for look in looks]}
        modes = {"training": [look.training_mode for look in looks]}
        modes |= {kind: [one.val for one in seen] for kind, seen in judged.items()}
        return RunningStatisticsSnapshot(
            status=status,
            message=run.trainer.message,
            fraction=1.0 if run.has_ended else run.trainer.step / min(run.trainer.total_steps, MOST_STEPS),
            **watched,
            look_steps=np.array([look.step for look in looks]),
            data_mean=np.array([look.mean for look in looks]),
            data_var=np.array([look.var for look in looks]),
            loss={mode: np.array([one.loss for one in seen]) for mode, seen in modes.items()},
            accuracy={mode: np.array([one.accuracy for one in seen]) for mode, seen in modes.items()},
            train_loss={kind: np.array([one.train.loss for one in seen]) for kind, seen in judged.items()},
            spreads={kind: np.array([one.spreads for one in seen]) for kind, seen in judged.items()},
            num_train=len(run.trainer.data.train),
            error=self._error(watched["running_var"], unbiased, status),
            biased_error=self._error(watched["running_var"], watched["batch_var"], status),
        )

    def _error(self, running: np.ndarray, seen: np.ndarray, status: str) -> float:
        """How far the running variances are from the closed form over what was seen, starting at 1."""
        from playground.train.normalization.running_statistics import moving_average

        if status == "running" or not len(seen):
            return float("nan")
        return float(np.abs(moving_average(seen, 1.0, self.momentum) - running).max())
