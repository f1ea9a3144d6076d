"""StackedTrainer: many runs of one shape, all of them one update at a time."""

from collections.abc import Collection, Iterator, Mapping, Sequence
from contextlib import AbstractContextManager, nullcontext
from typing import Any

from playground.config import Config
from playground.data.prepared import Data
from playground.fields import SPECS
from playground.parsing import ConfigError
from playground.train.device import choose_device
from playground.train.ending import FINISHED, RUNNING, STOPPED, if_diverged, stopped_at
from playground.train.history import COST, NO_VALUE
from playground.train.stacked.evaluate import Scores
from playground.train.stacked.padding import padded
from playground.train.stacked.record import Record
from playground.train.stacked.run import StackedRun
from playground.train.stacked.stack import Stack

SPLITS = ("train", "val", "test")


class StackedTrainer:
    """Runs of Configs that `can_stack` lets through, each as the Trainer would make it, up to rounding.

    A network whose run has ended leaves the stack, and the others do not notice.

    Args:
        cut_above: as of a Trainer.

    Raises:
        ConfigError: when the machine cannot run them.
    """

    def __init__(self, configs: Sequence[Config], cut_above: float = 0.0):
        self.device = choose_device(configs[0].device)
        self._stack = Stack(configs, self.device)
        num_parameters = self._stack.network.num_parameters
        self.runs = [StackedRun(config, num_parameters) for config in configs]
        self.live = list(self.runs)  # those that have not ended; their rows come first
        self.step, self.epoch, self._step_in_epoch = 0, 0, 0
        self._record = Record(cut_above)
        self._per_epoch = self._stack.data.batches_per_epoch(configs[0].batch_size)
        self._keep(range(len(self.runs)))
        self._stack.find_gradient()
        self._end_epoch()
        self._updates = self._run()

    @property
    def status(self) -> str:
        """RUNNING as long as one run is."""
        return RUNNING if self.live else FINISHED

    @property
    def total_steps(self) -> int:
        """Updates of a whole run at the present batch size."""
        return self.runs[0].config.num_epochs * self._per_epoch

    @property
    def position(self) -> int:
        """Updates done, counted at the present batch size: where the schedules stand."""
        return self.epoch * self._per_epoch + self._step_in_epoch

    def advance(self) -> None:
        """One update of every network, and at the end of an epoch its evaluation."""
        next(self._updates, None)

    def stop(self, runs: Collection[StackedRun] | None = None, message: str = "") -> None:
        """End these runs now, all that are left where none are named; one that has diverged says so, as a Trainer's."""
        for run, why in zip(self.live, self._stack.troubles_so_far(), strict=False):  # spare networks come last
            if runs is None or any(run is each for each in runs):
                run.status, run.message = if_diverged(why) if why else (STOPPED, message or stopped_at(run.step))
        self._let_go()

    def flush(self) -> None:
        """Nothing waits: the record is as far as the last whole epoch."""

    def own_randomness(self) -> AbstractContextManager[None]:
        """Each network has generators of its own, so that nothing has to be set aside; see Trainer."""
        return nullcontext()

    def rows(self) -> list[dict[str, float]]:
        """Of each run that goes on, as it stands, what `Moment.row` has of a Trainer."""
        with self._stack.evaluating():
            train, val, added = self._stack.scores("train"), self._stack.scores("val"), self._stack.added_costs()
        columns = {
            "train_loss": train.losses,
            "val_loss": val.losses,
            "train_accuracy": train.accuracies,
            "val_accuracy": val.accuracies,
            COST: [loss + more for loss, more in zip(train.losses, added, strict=True)],
        }
        place = {"step": float(self.step), "epoch": self.position / self._per_epoch}
        return [{**place, **{name: values[row] for name, values in columns.items()}} for row in range(len(self.live))]

    def data_of(self, run: StackedRun) -> Data:
        """What a run trained on."""
        return self._stack.data.of(run.config)

    def change(self, fields: Mapping[str, Any]) -> None:
        """Go on with other values of live fields, for every network; a new batch size starts with the next epoch.

        Raises:
            ConfigError: for a bad value, or a field that only a new run can change; nothing is changed then.
        """
        configs = [run.config.replace(**fields) for run in self.live]
        fixed = {name: "cannot change during a run; press Train." for name in fields if not SPECS[name].is_live}
        if fixed:
            raise ConfigError(fixed)
        for run, config in zip(self.live, configs, strict=True):
            run.config = config
        self._stack.follow([*configs, *configs[-1:] * self._num_spare])
        self._find_rates()

    def _run(self) -> Iterator[None]:
        while self.live:
            self._begin_epoch()
            for index, batch in enumerate(self._stack.data.epoch(self._batch_size)):
                is_last = index == self._per_epoch - 1
                self._stack.step(self.step + 1, batch, self._step_rates[index], is_last=is_last)
                self.step, self._step_in_epoch = self.step + 1, index + 1
                for run in self.live:
                    run.step += 1
                if not is_last:
                    yield
                if not self.live:  # stopped in the middle
                    return
            self.epoch, self._step_in_epoch = self.epoch + 1, 0
            self._end_epoch()
            yield

    def _begin_epoch(self) -> None:
        self._batch_size = self.live[0].config.batch_size
        self._per_epoch = self._stack.data.batches_per_epoch(self._batch_size)
        self._step_in_epoch = 0
        self._find_rates()
        self._stack.network.train(True)

    def _find_rates(self) -> None:
        """Learning rates of all updates of this epoch."""
        first = self.epoch * self._per_epoch
        self._epoch_rates = self._stack.rates.of_steps(range(first, first + self._per_epoch), self.total_steps)
        self._step_rates = self._epoch_rates.float().to(self.device).unsqueeze(2).unbind()

    def _end_epoch(self) -> None:
        """Evaluate, record, and see which runs go on."""
        used = self._epoch_rates[-1 if self.step else 0].tolist()
        grad_norms, ratios = self._stack.norms()
        with self._stack.evaluating():
            train, val, added = self._stack.scores("train"), self._stack.scores("val"), self._stack.added_costs()
            troubles = self._stack.troubles(self.step, train.losses, grad_norms)
        norms = grad_norms, ratios if self.step else [NO_VALUE] * len(ratios)
        self._record.end_epoch(self.live, self.epoch, (train, val), used, norms, added, troubles)
        self._stack.see_best([run.history.is_best_last for run in self.live])
        self._stack.rates.see_validation_losses(val.losses[: len(self.live)])
        self._let_go(train=train, val=val)

    def _let_go(self, **known: Scores) -> None:
        """Take the runs that have ended out of the stack, with their final scores.

        Args:
            known: scores on splits that have been taken already.
        """
        ended = [row for row, run in enumerate(self.live) if run.status != RUNNING]
        if not ended:
            return
        with self._stack.evaluating(is_end=True):
            scores = {split: known.get(split) or self._stack.scores(split) for split in SPLITS}
        for row, ending in zip(ended, self._stack.endings(ended), strict=True):
            losses = {f"{split}_loss": score.losses[row] for split, score in scores.items()}
            accuracies = {f"{split}_accuracy": score.accuracies[row] for split, score in scores.items()}
            run = self.live[row]
            run.final, run.ending = losses | accuracies, ending
            if run.config.keep_best:
                run.kept_row = run.history.best_row
                run.final |= run.history.scores(run.kept_row)
        self._keep([row for row, run in enumerate(self.live) if run.status == RUNNING])

    def _keep(self, rows: Sequence[int]) -> None:
        """Go on with these runs only, and spare networks where results would depend on how many there are."""
        self.live = [self.live[row] for row in rows]
        if self.live:
            padded_rows = padded(rows, self.live[0].config, self._stack.data.smallest_split)
            self._stack.keep(padded_rows)
            self._num_spare = len(padded_rows) - len(self.live)
            self._find_rates()
