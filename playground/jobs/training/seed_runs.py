"""The runs of one Config from several seeds: the first as an ordinary run, the others stacked where that is faster."""

from collections.abc import Sequence
from typing import Any

from playground.config import Config
from playground.jobs.training.result import run_result, stacked_run_result
from playground.train.history import History
from playground.train.stacked import StackedRun, StackedTrainer, plan_chunks
from playground.train.trainer import Trainer


class SeedRuns:
    """What takes turns, and what each run has to show.

    Attributes:
        shown: the trainer of the first seed, whose layers and predictions are shown.
        trainers: all that take turns; a StackedTrainer advances many runs at once.
        why_in_turn: why not all runs are trained together, in a sentence; "" where they are, or are too few for it.
    """

    def __init__(self, config: Config):
        first, *others = (config.replace(seed=config.seed + k, num_seeds=1) for k in range(config.num_seeds))
        self.shown = Trainer(first)
        chunks = plan_chunks(others)
        self.trainers: list[Trainer | StackedTrainer] = [self.shown]
        for chunk in chunks:
            configs = [others[number] for number in chunk.numbers]
            self.trainers.append(StackedTrainer(configs) if chunk.is_stacked else Trainer(configs[0]))
        reason = next((chunk.reason for chunk in chunks if chunk.reason), "")
        self.why_in_turn = reason and f"The {config.num_seeds} runs are trained one after another. {reason}"

    @property
    def runs(self) -> Sequence[Trainer | StackedRun]:
        """In the order of their seeds."""
        return [run for trainer in self.trainers for run in _runs_of(trainer)]

    @property
    def histories(self) -> list[History]:
        return [run.history if isinstance(run, StackedRun) else run.recorder.history for run in self.runs]

    @property
    def kept_rows(self) -> list[int | None]:
        """Of each history, the row whose weights came back when the run ended."""
        return [run.kept_row if isinstance(run, StackedRun) else run.recorder.kept_row for run in self.runs]

    @property
    def num_updates(self) -> tuple[int, int, int]:
        """Of all runs: updates made, where they stand in their schedules, and where these end."""
        rows = [(t.position, t.total_steps, len(_runs_of(t))) for t in self.trainers]
        made = sum(run.step for run in self.runs)
        return made, sum(position * count for position, _, count in rows), sum(total * n for _, total, n in rows)

    def results(self, seconds: float, training_seconds: float) -> list[dict[str, Any]]:
        """What `train --json` prints of each run, the seconds shared out evenly; all must have ended."""
        share = seconds / len(self.runs), training_seconds / len(self.runs)
        return [
            stacked_run_result(run, trainer.data_of(run), *share)
            if isinstance(trainer, StackedTrainer)
            else run_result(run, *share)
            for trainer in self.trainers
            for run in _runs_of(trainer)
        ]


def _runs_of(trainer: Trainer | StackedTrainer) -> Sequence[Trainer | StackedRun]:
    return trainer.runs if isinstance(trainer, StackedTrainer) else [trainer]
