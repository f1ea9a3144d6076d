"""NormalizationSweepJob: one field over many values, with several normalizations side by side."""

from collections.abc import Generator, Iterator
from dataclasses import dataclass, replace

from playground.config import Config
from playground.fields import SPECS
from playground.jobs.job import Snapshot, Turn
from playground.parsing import ConfigError

MOST_RUNS = 80
REFUSED = "refused"


@dataclass(frozen=True)
class SweptRun:
    """One run.

    Args:
        normalization: key of its row.
        value: of the swept field.
        status: "waiting", "running", REFUSED, or how the run ended.
        message: why it was refused or diverged.
        epoch: passes done.
        train_accuracy, val_accuracy, train_loss: after the last of them; None before the first, when the run was
            refused or stopped before, and where they are not finite.
        running_accuracy: of a run that has ended with batch normalization: val_accuracy by its running averages.
    """

    normalization: str
    value: float
    status: str = "waiting"
    message: str = ""
    epoch: int = 0
    train_accuracy: float | None = None
    val_accuracy: float | None = None
    train_loss: float | None = None
    running_accuracy: float | None = None

    @property
    def has_result(self) -> bool:
        return self.status in ("finished", "diverged")


@dataclass(frozen=True)
class NormalizationSweepSnapshot(Snapshot):
    """Args:
    runs: all of the job, in the order in which they are trained.
    """

    runs: tuple[SweptRun, ...] = ()


@dataclass(frozen=True)
class NormalizationSweepJob:
    """Trains every pair of a value and a normalization, one after the other: all normalizations of a value, then on.

    Args:
        config: of what is the same in all runs.
        field: of the Config that is swept.
        values: of it, all different.
        normalizations: keys of their rows, all different.
        scales_rate: multiply the learning rate by batch size / the Config's batch size, so that a sample moves the
            weights as far in small batches as in large ones.

    Raises:
        ConfigError: for a value that no normalization takes, or when there are none or too many runs.
    """

    config: Config
    field: str
    values: tuple[float, ...]
    normalizations: tuple[str, ...]
    scales_rate: bool = False

    def __post_init__(self):
        number = len(self.values) * len(self.normalizations)
        if not 1 <= number <= MOST_RUNS:
            raise ConfigError({self.field: f"must be 1 to {MOST_RUNS} runs to compare, but {number} came."})
        for values in (self.values, self.normalizations):
            if len(set(values)) != len(values):
                raise ConfigError({self.field: "must be values and normalizations that are all different."})
        if all(self._refusal(name, self.values[0]) for name in self.normalizations):
            self.config_of(self.normalizations[0], self.values[0])

    def config_of(self, normalization: str, value: float) -> Config:
        """What one run trains.

        Raises:
            ConfigError: where this cannot be trained.
        """
        fields = {self.field: value, "normalization": normalization, "num_seeds": 1}
        if self.scales_rate:
            share = fields.get("batch_size", self.config.batch_size) / self.config.batch_size
            fields["learning_rate"] = self.config.learning_rate * share
        return self.config.replace(**fields)

    def trainable(self, normalization: str, value: float) -> Config | None:
        """What one run trains; None where it cannot be trained."""
        return None if self._refusal(normalization, value) else self.config_of(normalization, value)

    def _refusal(self, normalization: str, value: float) -> str:
        """Why one run cannot be trained; "" where it can."""
        try:
            self.config_of(normalization, value)
        except ConfigError as error:
            return " ".join(f"{SPECS[name].label}: {problem}" for name, problem in error.problems.items())
        return ""

    def _first_look(self) -> Iterator[SweptRun]:
        for value in self.values:
            for name in self.normalizations:
                refusal = self._refusal(name, value)
                yield SweptRun(name, value, REFUSED, refusal) if refusal else SweptRun(name, value)

    def frames(self) -> Generator[NormalizationSweepSnapshot | None, Turn, None]:
        runs = list(self._first_look())
        turn = yield NormalizationSweepSnapshot(runs=tuple(runs))
        waiting = [index for index, run in enumerate(runs) if run.status != REFUSED]
        work = [self._updates(runs[index]) for index in waiting]
        status = "running"
        for place, index in enumerate(waiting):
            training = _Training(self.config_of(runs[index].normalization, runs[index].value))
            while not training.has_ended and status == "running":
                training.advance(0 if turn.stop else turn.seconds)
                runs[index] = training.seen(runs[index])
                is_last = training.has_ended and place == len(waiting) - 1
                status = "finished" if is_last else "stopped" if turn.stop else "running"
                done = sum(work[:place]) + work[place] * training.fraction
                fraction = min(done / sum(work), 1.0)
                wanted = turn.wants_snapshot or status != "running"
                turn = yield NormalizationSweepSnapshot(status, fraction=fraction, runs=tuple(runs)) if wanted else None
            if status != "running":
                return

    def _updates(self, run: SweptRun) -> float:
        """About how many updates a run takes, in units that all runs share."""
        config = self.config_of(run.normalization, run.value)
        return config.num_epochs * max(config.num_samples * config.train_fraction // config.batch_size, 1)


class _Training:
    """One run of the sweep."""

    def __init__(self, config: Config):
        from playground.train.trainer import Trainer  # torch, in the worker only

        self._trainer = Trainer(config)

    @property
    def has_ended(self) -> bool:
        return self._trainer.status != "running"

    @property
    def fraction(self) -> float:
        return 1.0 if self.has_ended else self._trainer.step / self._trainer.total_steps

    def advance(self, seconds: float) -> None:
        from playground.jobs.taking_turns import take_turn

        take_turn(self._trainer, seconds)

    def seen(self, run: SweptRun) -> SweptRun:
        from playground.train.history import none_if_missing

        trainer = self._trainer
        names = ("train_accuracy", "val_accuracy", "train_loss") if trainer.epoch else ()
        values = {name: none_if_missing(trainer.recorder.history.last(name)) for name in names}
        values["running_accuracy"] = self._running_accuracy() if self.has_ended else None
        return replace(run, status=trainer.status, message=trainer.message, epoch=trainer.epoch, **values)

    def _running_accuracy(self) -> float | None:
        from playground.train.evaluate import evaluate
        from playground.train.history import none_if_missing

        trainer = self._trainer
        if not trainer.network.batch_norms:
            return None
        return none_if_missing(evaluate(trainer.network.eval(), trainer.data.val, trainer.loss).accuracy)
