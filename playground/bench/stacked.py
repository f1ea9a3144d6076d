"""Trials of a search trained together, against the same trials one after another."""

from collections.abc import Iterator, Sequence

import numpy as np

from playground.bench.figure import Figure, compared, take_turns
from playground.config import Config
from playground.train.stacked import train_stacked
from playground.train.trainer import RUNNING, Trainer

EPOCHS, ROUNDS = 5, 3
BASELINE_SHARE = 4  # every fourth trial is trained alone; all take equally long
MILLISECONDS = 1000

PLANE = {"hidden_sizes": (8, 8), "batch_size": 10}
DIGITS = {"dataset": "digits", "hidden_sizes": (32,), "batch_size": 64}
LARGE = {"dataset": "digits", "hidden_sizes": (64, 64), "batch_size": 64}  # about as large as what is still stacked
CASES = (
    ("trial_2x8x8x2_of_64", PLANE, 64, "<= 1/8 of one by one"),
    ("trial_64x32x10_of_64", DIGITS, 64, "<= 1/4 of one by one"),
    ("trial_64x64x64x10_of_4", LARGE, 4, "never slower"),
)


def measure() -> Iterator[Figure]:
    """Time of one trial of many, data and networks included."""
    for name, fields, count, goal in CASES:
        configs = trials(fields, count)
        few = configs[::BASELINE_SHARE]
        ours, theirs = take_turns(lambda all_=configs: together(all_), lambda few=few: one_by_one(few), rounds=ROUNDS)
        value, baseline = compared([t / count for t in ours], [t / len(few) for t in theirs])
        yield Figure(name, MILLISECONDS * value, "ms", MILLISECONDS * baseline, goal)


def trials(fields: dict[str, object], count: int) -> list[Config]:
    """Configs over a range of learning rates and weight decays, none of which diverges."""
    rates, decays = np.geomspace(1e-4, 1e-2, count), np.geomspace(1e-2, 1e-6, count)
    return [
        Config(**fields, num_epochs=EPOCHS, learning_rate=float(rate), weight_decay=float(decay), device="cpu")
        for rate, decay in zip(rates, decays, strict=True)
    ]


def together(configs: Sequence[Config]) -> None:
    for _ in train_stacked(configs):
        pass


def one_by_one(configs: Sequence[Config]) -> None:
    """Trainers, with final scores, as the same search without stacks would do."""
    for config in configs:
        trainer = Trainer(config)
        with trainer.own_randomness():
            while trainer.status == RUNNING:
                trainer.advance()
        with trainer.evaluating() as network:
            trainer.recorder.final(network)
