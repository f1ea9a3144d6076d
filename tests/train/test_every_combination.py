"""Any combination of choices trains or is refused with a reason."""

import math
import random

import pytest

from playground.catalog import SCHEDULES
from playground.config import Config
from playground.fields import SPECS
from playground.parsing import ConfigError
from playground.train.trainer import DIVERGED, FINISHED, STOPPED
from tests.aids.choices import random_values
from tests.aids.training import TINY, rows, tiny, trained

ENDS = {FINISHED, DIVERGED, STOPPED}
NUM_RANDOM = 150
WITH_IMAGES = {"dataset": "digits", "architecture": "conv", "conv_channels": (2, 4), "batch_size": 10}
PLACES = ({}, WITH_IMAGES, {"dataset": "diabetes"})
ROWS = [
    pytest.param({name: [row] if spec.is_sequence else row}, id=f"{name}={row}")
    for name, spec in SPECS.items()
    if spec.table is not None
    for row in spec.table
]


def attempt(fields):
    """A finished trainer, or None where the combination is refused."""
    try:
        config = tiny(num_epochs=1, **fields)
    except ConfigError as error:
        assert all(problem.endswith(".") for problem in error.problems.values())
        return None
    return trained(config)


@pytest.mark.parametrize("row", ROWS)
def test_every_row_trains_somewhere_and_is_refused_elsewhere(row):
    attempts = [attempt({**others, **row}) for others in PLACES]
    trainers = [trainer for trainer in attempts if trainer]
    assert trainers
    for trainer in trainers:
        assert trainer.status == FINISHED
        assert all(math.isfinite(loss) for loss in rows(trainer)["train_loss"])


def possible(seed: int) -> Config | None:
    """A random Config, small enough to train; None where it is refused."""
    rng = random.Random(seed)
    images = WITH_IMAGES if rng.random() < 0.3 else {}
    drawn = {name: value for name, value in random_values(rng, 0.3).items() if name not in ("num_epochs", "device")}
    drawn["num_samples"] = rng.randint(20, 120)
    drawn["schedule"] = list(SCHEDULES)[seed % len(SCHEDULES)]  # each in its turn, however many fields there are
    try:
        return Config.parse({**TINY, **drawn, **images, "num_seeds": 1})
    except ConfigError:
        return None


COMBINATIONS = [config for seed in range(3 * NUM_RANDOM) if (config := possible(seed))][:NUM_RANDOM]


def test_there_are_enough_random_combinations():
    assert len(COMBINATIONS) == NUM_RANDOM
    assert {config.schedule for config in COMBINATIONS} == set(SCHEDULES)


@pytest.mark.parametrize("config", COMBINATIONS, ids=range(NUM_RANDOM))
def test_a_random_combination_trains(config):
    trainer = trained(config)
    assert trainer.status in ENDS
    if trainer.status != DIVERGED:
        assert all(math.isfinite(loss) for loss in rows(trainer)["train_loss"])


@pytest.mark.parametrize("dataset", SPECS["dataset"].table)
def test_the_fewest_samples_of_every_data_set_train(dataset):
    for train_fraction in (0.1, 0.9):
        for normalization in ("none", "batch"):
            config = Config.parse({"dataset": dataset, "num_samples": 20, "train_fraction": train_fraction,
                                   "normalization": normalization, "num_epochs": 1, "device": "cpu"})  # fmt: skip
            assert trained(config).status == FINISHED
