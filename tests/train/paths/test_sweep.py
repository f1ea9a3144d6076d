"""The sweep over learning rates."""

import pytest

from playground.catalog import OPTIMIZERS
from playground.config import Config
from playground.train.paths.sweep import OneByOne, Packs, Sweep, can_pack


def swept(steps, *optimizers, kappa=20.0):
    configs = [Config(optimizer=name) for name in optimizers]
    sweep = Sweep(("quadratic", {"kappa": kappa, "angle": 0.0}, (1.0, 1.0)), configs, steps)
    fractions = []
    while not sweep.has_ended:
        sweep.advance()
        fractions.append(sweep.fraction)
    assert fractions == sorted(fractions) and fractions[-1] == 1
    return sweep.best()


def test_the_best_rate_of_gradient_descent_is_that_of_theory():
    (best,) = swept(60, "sgd")
    assert best == pytest.approx(2 / 21, rel=0.1)


def test_each_optimizer_has_its_own_best_rate():
    plain, adaptive = swept(20, "sgd", "adagrad")
    assert adaptive > 2 * plain


@pytest.mark.parametrize("name", OPTIMIZERS)
def test_rates_in_one_pack_end_where_they_end_one_by_one(name):
    config, rates = Config(optimizer=name, schedule="cosine"), [[0.0003, 0.001, 0.002]]
    task = ("rosenbrock", {}, (-1.2, 1.0))
    ends = []
    for kind in (Packs, OneByOne):
        tried = kind(task, [config], rates, 60)
        while not tried.has_ended:
            tried.advance()
        ends.append(tried.last_values()[0])
    assert ends[0] == pytest.approx(ends[1], rel=1e-9)
    assert len(set(ends[0])) == 3


def test_a_schedule_that_waits_for_plateaus_is_tried_one_by_one():
    assert can_pack(Config()) and not can_pack(Config(schedule="plateau")) and not can_pack(Config(min_lr=0.001))
    sweep = Sweep(("quadratic", {"kappa": 9.0, "angle": 0.0}, (1, 1)), [Config(schedule="plateau")], 5)
    while not sweep.has_ended:
        sweep.advance()
    assert sweep.best()[0] > 0.01


def test_noise_is_the_same_for_every_rate():
    numbers = {"kappa": 9.0, "angle": 0.0, "noise": 1.0, "seed": 2}
    tried = Packs(("noisy_quadratic", numbers, (1, 1)), [Config(optimizer="sgd")] * 2, [[0.01, 0.02], [0.01]], 10)
    while not tried.has_ended:
        tried.advance()
    (first, _), (same,) = tried.last_values()
    assert first == same
