"""The sweep over learning rates."""

import pytest

from playground.config import Config
from playground.train.sweep import Sweep


def swept(steps, *optimizers, kappa=20.0):
    configs = [Config(optimizer=name) for name in optimizers]
    sweep = Sweep("quadratic", {"kappa": kappa, "angle": 0.0}, (1.0, 1.0), configs, steps)
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
