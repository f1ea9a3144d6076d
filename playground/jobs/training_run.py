"""TrainingRun: the runs of one TrainJob, and what a page sees of them."""

import time
from typing import Any

import numpy as np

from playground.config import Config
from playground.jobs.job import Turn
from playground.jobs.seed_runs import SeedRuns
from playground.jobs.seed_scores import SeedScores
from playground.jobs.survivors import survivors, survivors_sentence
from playground.jobs.taking_turns import running, take_turns
from playground.jobs.training_kept import kept_scores
from playground.jobs.training_pictures import Pictures
from playground.jobs.training_result import seeds_result
from playground.jobs.training_snapshot import MAX_POINTS, TrainingSnapshot
from playground.parsing import ConfigError
from playground.train.history import none_if_missing, thin
from playground.train.trainer import FINISHED, RUNNING

LAYER_COLUMNS = ("update_ratio", "dead", "saturated", "grad_norm")


class TrainingRun:
    """The runs of all seeds, taking turns; the first one is the one whose layers and predictions are shown.

    Args:
        earlier: a run to compare the result with.
    """

    def __init__(self, config: Config, earlier: SeedScores | None = None):
        started = time.perf_counter()
        self.config, self._earlier = config, earlier
        self._seeds = SeedRuns(config)
        self._pictures = Pictures(self._seeds.shown)
        self._training_seconds, self._notice = 0.0, ""
        self._setup_seconds = time.perf_counter() - started

    @property
    def has_ended(self) -> bool:
        return not running(self._seeds.trainers)

    def advance(self, turn: Turn) -> None:
        """Compute for one turn; a turn of a few steps takes them with every run."""
        self._notice = self._seeds.why_in_turn
        if turn.changes:
            self._change(turn.changes)
        groups = [self._seeds.trainers] if turn.max_steps is None else [[each] for each in self._seeds.trainers]
        for group in groups:
            self._training_seconds += take_turns(group, turn)

    def _change(self, changes: Any) -> None:
        try:
            for trainer in running(self._seeds.trainers):
                trainer.change(changes)
            self.config = self.config.replace(**changes)
        except ConfigError as error:
            self._notice = str(error)

    @property
    def _statuses(self) -> tuple[str, ...]:
        return tuple(run.status for run in self._seeds.runs)

    def _status(self) -> tuple[str, str]:
        """Status and message of all trainers together."""
        if not self.has_ended:
            return RUNNING, self._notice
        statuses = self._statuses
        status = statuses[0] if len(set(statuses)) == 1 else FINISHED
        message = self._seeds.shown.message if status != FINISHED else ""
        if len(statuses) > 1:
            message = " ".join(filter(None, [survivors_sentence(statuses), message]))
        return status, message

    def snapshot(self) -> TrainingSnapshot:
        """What a page can show now."""
        for trainer in self._seeds.trainers:
            trainer.flush()
        shown = self._seeds.shown
        status, message = self._status()
        made, done, total = self._seeds.num_updates
        speed = made / self._training_seconds if self._training_seconds else 0.0
        history, bands = self._curves()
        points = shown.recorder.minibatch.thinned(MAX_POINTS).reshape(-1, 3)
        with shown.own_randomness(is_kept=False):
            layers, decision_map, predictions = self._pictures.draw()
            class_accuracies = self._pictures.class_accuracies()
        return TrainingSnapshot(
            status=status,
            message=message,
            fraction=min(done / total, 1.0),
            seconds_left=(total - done) / speed if speed else None,
            config=self.config,
            epoch=shown.epoch,
            num_epochs=self.config.num_epochs,
            step=shown.step,
            total_steps=shown.step + max(shown.total_steps - shown.position, 0),
            steps_per_second=speed,
            seconds=self._training_seconds,
            device=shown.device.type,
            num_parameters=self._pictures.num_parameters,
            history=history,
            bands=bands,
            statuses=self._statuses,
            minibatch={"step": points[:, 0], "loss": points[:, 1], "learning_rate": points[:, 2]},
            best=_best(history) if bands else shown.recorder.history.best(),
            kept=kept_scores(self._seeds) if status != RUNNING else {},
            layers=layers,
            layer_history=self._layer_history(),
            decision_map=decision_map,
            predictions=predictions,
            class_accuracies=class_accuracies,
            result=self._result(status, message) if status != RUNNING else None,
        )

    def _curves(self) -> tuple[dict[str, np.ndarray], dict[str, np.ndarray]]:
        """History of the run, or mean and standard deviation over the seeds, up to the epoch that all have reached.

        Runs that have diverged are left out, unless all have: their losses would be all that a mean shows, and their
        end the end of all curves. The spread of a single run is no number.
        """
        histories = self._seeds.histories
        if len(histories) == 1:
            return histories[0].thinned(MAX_POINTS), {}
        histories = [histories[number] for number in survivors(self._statuses)] or histories
        num_rows = min(len(history) for history in histories)
        rows = thin(num_rows, MAX_POINTS)
        stacked = {
            name: np.array([[history.column(name)[row] for row in rows] for history in histories], dtype=float)
            for name in histories[0].thinned(1)
        }
        with np.errstate(invalid="ignore"):  # losses beyond all numbers have no spread
            return (
                {name: values.mean(axis=0) for name, values in stacked.items()},
                {name: _spread(values) for name, values in stacked.items()},
            )

    def _layer_history(self) -> dict[str, np.ndarray]:
        probes = self._seeds.shown.recorder.layer_history
        rows = thin(len(probes), MAX_POINTS)
        values = {
            name: np.array([[getattr(layer, name) for layer in probes[row]] for row in rows], dtype=float)
            for name in LAYER_COLUMNS
        }
        return {"epoch": np.array(rows, dtype=float), **values}

    def _result(self, status: str, message: str) -> dict[str, Any]:
        seconds = self._setup_seconds + self._training_seconds
        runs = self._seeds.results(seconds, self._training_seconds)
        return runs[0] if len(runs) == 1 else seeds_result(self.config, status, message, runs, seconds, self._earlier)


def _spread(values: np.ndarray) -> np.ndarray:
    return values.std(axis=0, ddof=1) if len(values) > 1 else np.full(values.shape[1:], np.nan)


def _best(means: dict[str, np.ndarray]) -> dict[str, float | None]:
    """The epoch with the lowest mean validation loss among those that are drawn."""
    names = ("epoch", "val_loss", "val_accuracy")
    if not np.isfinite(means["val_loss"]).any():
        return dict.fromkeys(names)
    row = int(np.argmin(np.where(np.isfinite(means["val_loss"]), means["val_loss"], np.inf)))
    return {name: none_if_missing(float(means[name][row])) for name in names}


def warm_up() -> None:
    """Train for a moment, so that the first visitor does not wait for what torch loads on first use."""
    run = TrainingRun(Config())
    run.advance(Turn(max_epochs=1))
    run.snapshot()
