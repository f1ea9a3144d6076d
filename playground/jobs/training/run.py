"""TrainingRun: the runs of one TrainJob, and what a page sees of them."""

import time
from typing import Any

from playground.config import Config
from playground.jobs.job import Turn
from playground.jobs.taking_turns import running, take_turns
from playground.jobs.training.curves import LayerCurves, best_of_means, history_curves
from playground.jobs.training.kept import kept_scores
from playground.jobs.training.moments import Moments
from playground.jobs.training.pictures import Pictures, all_finite
from playground.jobs.training.replay import LONGEST_SECONDS, before_divergence, is_finite
from playground.jobs.training.result import seeds_result
from playground.jobs.training.seed_runs import SeedRuns
from playground.jobs.training.seed_scores import SeedScores
from playground.jobs.training.snapshot import MAX_POINTS, TrainingSnapshot
from playground.jobs.training.survivors import survivors_sentence
from playground.parsing import ConfigError
from playground.train.moment import moment_of
from playground.train.trainer import DIVERGED, FINISHED, RUNNING


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
        self._moments = Moments(self._seeds)
        self._layer_curves = LayerCurves()
        self._first_config, self._changes = self._seeds.shown.config, []
        self._last_finite: dict[str, Any] = {}
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
        if turn.max_steps == 1:
            self._moments.watch_next_update()
        groups = [self._seeds.trainers] if turn.max_steps is None else [[each] for each in self._seeds.trainers]
        for group in groups:
            self._training_seconds += take_turns(group, turn)
        if turn.max_steps:
            self._moments.keep()

    def _change(self, changes: Any) -> None:
        try:
            for trainer in running(self._seeds.trainers):
                trainer.change(changes)
            self.config = self.config.replace(**changes)
            self._changes.append((self._seeds.shown.step, changes))
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
        history, bands = history_curves(self._seeds.histories, self._statuses)
        points = shown.recorder.minibatch.thinned(MAX_POINTS).reshape(-1, 3)
        self._layer_curves.follow(shown.recorder.layer_history)
        if status == DIVERGED and shown.recorder.kept_row is None:
            self._replay()
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
            best=best_of_means(history) if bands else shown.recorder.history.best(),
            diverged_at=shown.recorder.trouble_step if status == DIVERGED else None,
            **self._look(status),
            kept=kept_scores(self._seeds) if status != RUNNING else {},
            result=self._result(status, message) if status != RUNNING else None,
        )

    def _look(self, status: str) -> dict[str, Any]:
        """What is seen of the runs as they stand; of one that has diverged, what its last finite step has left."""
        shown = self._seeds.shown
        moment = self._moments.of_shown()
        with shown.own_randomness(is_kept=False):
            layers, decision_map, predictions = self._pictures.draw(moment.layers if moment else None)
            class_accuracies = self._pictures.class_accuracies()
        row, spread = self._moments.present(moment)
        moments, bands = self._moments.kept()
        seen = {
            "moments": moments,
            "moment_bands": bands,
            "present": row,
            "present_band": spread,
            "layers": layers,
            "layers_step": self._layers_step,
            "layer_history": self._layer_curves.columns((moment.row["epoch"], moment.layers) if moment else None),
            "decision_map": decision_map,
            "predictions": predictions,
            "class_accuracies": class_accuracies,
        }
        if status == DIVERGED and shown.recorder.kept_row is None:
            return seen | self._last_finite
        if all_finite(layers):
            self._last_finite = {"layers": layers, "layers_step": shown.step}
        return seen

    @property
    def _layers_step(self) -> int:
        """Of the weights that are shown."""
        shown = self._seeds.shown
        row = shown.recorder.kept_row
        return shown.step if row is None else int(shown.recorder.history.column("step")[row])

    def _replay(self) -> None:
        """See what was there at the last finite step, where that is worth the time."""
        shown = self._seeds.shown
        if shown.recorder.trouble_step is None or self._training_seconds > LONGEST_SECONDS:
            return
        for again in before_divergence(self._first_config, self._changes, shown.recorder.trouble_step):
            moment = moment_of(again)
            with again.own_randomness(is_kept=False):
                layers, *_ = Pictures(again).draw(moment.layers)
            if all_finite(layers) and is_finite(moment.row):
                self._last_finite = {"layers": layers, "layers_step": again.step}
                if len(self._seeds.runs) == 1:
                    self._last_finite["present"] = moment.row

    def _result(self, status: str, message: str) -> dict[str, Any]:
        seconds = self._setup_seconds + self._training_seconds
        runs = self._seeds.results(seconds, self._training_seconds)
        return runs[0] if len(runs) == 1 else seeds_result(self.config, status, message, runs, seconds, self._earlier)


def warm_up() -> None:
    """Train for a moment, so that the first visitor does not wait for what torch loads on first use."""
    run = TrainingRun(Config())
    run.advance(Turn(max_epochs=1))
    run.snapshot()
