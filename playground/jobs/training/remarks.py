"""Remarks: what a learner has to know to read right numbers of a run rightly."""

import math
from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from typing import Any

from playground.catalog import DATASETS, PREPROCESSING
from playground.catalog.augmentations import augmentation_remark
from playground.catalog.schedules import schedule_remark
from playground.config import Config
from playground.objective import parts_in_training
from playground.rules import num_kept, num_training_samples, split_sizes, unused_fields
from playground.spec import listed, number_text

CLEARLY = 0.02  # of an accuracy: less is no surprise
SAMPLES_A_DIRECTION = 3  # digits: with fewer, whitening costs 8 % of accuracy and more; from there on 3 %
USUAL_MEMORY = 0.1  # of the run, for an average that has left the first weights behind


@dataclass(frozen=True)
class SeenRun:
    """What a remark looks at.

    Args:
        num_steps: updates of the run: those made where it has ended, else those planned.
        scores: train_loss, val_loss, train_accuracy and val_accuracy at the end; empty before.
    """

    config: Config
    num_steps: int
    scores: Mapping[str, float] = field(default_factory=dict)

    @classmethod
    def planned(cls, config: Config) -> "SeenRun":
        return cls(config, config.num_epochs * max(num_training_samples(config) // config.batch_size, 1))

    @classmethod
    def of_result(cls, result: Mapping[str, Any]) -> "SeenRun":
        """Of what `train --json` prints, of one run or of several seeds."""
        one = result["runs"][0] if "runs" in result else result
        scores = result["mean"] if "runs" in result else result["final"]
        known = {name: value for name, value in scores.items() if value is not None}
        return cls(Config.parse(result["config"]), int(one["history"]["step"][-1]), known)

    def is_better_in_validation(self) -> bool:
        """By accuracy, clearly; by loss for a regression."""
        accuracies = [self.scores.get(f"{split}_accuracy", math.nan) for split in ("val", "train")]
        if not any(map(math.isnan, accuracies)):
            return accuracies[0] - accuracies[1] > CLEARLY
        return self.scores.get("val_loss", math.nan) < self.scores.get("train_loss", math.nan)


@dataclass(frozen=True)
class Remark:
    """Args:
    is_due: whether it has to be said of a run.
    sentence: what is said.
    source: where to read more.
    """

    name: str
    is_due: Callable[[SeenRun], bool]
    sentence: Callable[[SeenRun], str]
    source: str


def _memory(run: SeenRun) -> float:
    return 1 / (1 - run.config.ema_decay)


def _averages_too_long(run: SeenRun) -> bool:
    return bool(run.config.ema_decay) and _memory(run) > run.num_steps


def _say_averaging(run: SeenRun) -> str:
    first = run.config.ema_decay ** max(run.num_steps - 1, 0)
    steps = run.num_steps
    better = (
        f"try {1 - 1 / (USUAL_MEMORY * steps):.2g}, or train longer" if USUAL_MEMORY * steps > 2 else "train longer"
    )
    return (
        f"Averaging with {number_text(run.config.ema_decay)} remembers about {_memory(run):,.0f} steps, and the run "
        f"has {steps:,}: {first:.0%} of what is measured are still the weights of the first step. "
        f"{better.capitalize()}."
    )


def _directions(config: Config) -> int:
    """That whitening keeps, as far as the inputs go."""
    return config.num_components or DATASETS[config.dataset].num_inputs or len(config.features)


def _whitens_noise(run: SeenRun) -> bool:
    config = run.config
    if not PREPROCESSING[config.preprocessing].has_epsilon:
        return False
    return num_training_samples(config) < SAMPLES_A_DIRECTION * _directions(config)


def _say_whitening(run: SeenRun) -> str:
    samples, directions = num_training_samples(run.config), _directions(run.config)
    return (
        f"Whitening stretches all {directions} directions to one size, and {samples} training samples hardly show how "
        "large the small ones are: new samples land far outside. Take at least "
        f"{SAMPLES_A_DIRECTION * directions} samples, fewer components, or standardize."
    )


def _has_wrong_labels(run: SeenRun) -> bool:
    return bool(run.config.label_noise) and "label_noise" not in unused_fields(run.config)


def _say_label_noise(run: SeenRun) -> str:
    noise, (train, val) = run.config.label_noise, (run.scores[f"{split}_accuracy"] for split in ("train", "val"))
    return (
        f"Validation ({val:.0%}) is better than training ({train:.0%}) because {noise:.0%} of the training labels are "
        f"wrong, and no others: who knew every true class would have {1 - noise:.0%} in training."
    )


def _say_not_by_regularization(run: SeenRun) -> str:
    config = run.config
    num_val = sum(split_sizes(num_kept(config), config.train_fraction)) - num_training_samples(config)
    parts = listed(parts_in_training(config))
    accuracy = run.scores.get("val_accuracy")
    if accuracy is None:
        chance = f"The split of {num_val} validation samples is."
    else:
        error = math.sqrt(accuracy * (1 - accuracy) / num_val)
        chance = f"Chance is: {num_val} validation samples tell an accuracy to about {error:.1%} either way."
    return (
        f"Validation is better than training, but not through {parts}: both are measured without, where other tools "
        f"show the loss of the batches as training loss. {chance}"
    )


REMARKS = (
    Remark(
        name="averaging",
        is_due=_averages_too_long,
        sentence=_say_averaging,
        source="Polyak and Juditsky, Acceleration of stochastic approximation by averaging, 1992",
    ),
    Remark(
        name="whitening",
        is_due=_whitens_noise,
        sentence=_say_whitening,
        source="Marchenko and Pastur, Distribution of eigenvalues for some sets of random matrices, 1967",
    ),
    Remark(
        name="augmentation",
        is_due=lambda run: bool(augmentation_remark(run.config)),
        sentence=lambda run: augmentation_remark(run.config),
        source="CS231n notes, Neural networks part 2",
    ),
    Remark(
        name="schedule",
        is_due=lambda run: bool(schedule_remark(run.config)),
        sentence=lambda run: schedule_remark(run.config),
        source="Loshchilov and Hutter, SGDR: stochastic gradient descent with warm restarts, 2016, arXiv:1608.03983",
    ),
    Remark(
        name="label noise",
        is_due=lambda run: _has_wrong_labels(run) and run.is_better_in_validation() and "val_accuracy" in run.scores,
        sentence=_say_label_noise,
        source="Zhang et al., Understanding deep learning requires rethinking generalization, 2016, arXiv:1611.03530",
    ),
    Remark(
        name="better validation",
        is_due=lambda run: (
            run.is_better_in_validation() and not _has_wrong_labels(run) and bool(parts_in_training(run.config))
        ),
        sentence=_say_not_by_regularization,
        source="Keras FAQ, Why is my training loss much higher than my testing loss",
    ),
)


def remarks(run: SeenRun) -> list[str]:
    """All that has to be said of a run, in the order of the table."""
    return [remark.sentence(run) for remark in REMARKS if remark.is_due(run)]
