"""Theory of paths against simulations, and the claims that are made of it."""

import math

import numpy as np
import pytest

from playground.catalog import OPTIMIZERS
from playground.config import Config
from playground.train.paths import theory
from playground.train.paths.claims import claims_of, optimum_of
from playground.train.paths.expected import expected_lines, rate_curves
from playground.train.paths.race import Race

LINEAR = [name for name, row in OPTIMIZERS.items() if row.linear]
linear_rows = pytest.mark.parametrize("name", LINEAR)
NUMBERS = {"kappa": 20.0, "angle": 30.0}


class Walked:
    """A path as the claims read it."""

    def __init__(self, surface, numbers, start, steps, **fields):
        race = Race(surface, numbers, start, [Config(**fields)], steps)
        while not race.has_ended:
            race.advance()
        walker = race.walkers[0]
        self.config = walker.config
        self.points, self.values, self.gradients = map(np.array, (walker.points, walker.values, walker.gradients))


def linear_of(name):
    return OPTIMIZERS[name].linear


@linear_rows
@pytest.mark.parametrize("b", [0.0, 0.5, 0.9])
def test_the_stability_limit_is_where_the_rate_is_one(name, b):
    b = b if "momentum" in OPTIMIZERS[name].uses else 0.0
    limit = linear_of(name).limit(b)
    assert theory.rate(linear_of(name), b, limit * 0.9999, [1.0]) < 1
    assert theory.rate(linear_of(name), b, limit * 1.0001, [1.0]) > 1


def test_the_limits_are_those_of_the_lecture():
    at = {name: linear_of(name).limit(0.9) for name in LINEAR}
    assert at == pytest.approx({"sgd": 2, "momentum": 3.8, "nesterov": 3.8 / 2.8})


@linear_rows
@pytest.mark.parametrize("kappa", [2.0, 20.0, 300.0])
def test_no_other_settings_are_faster_than_the_optimum(name, kappa):
    scaled_rate, b, best = linear_of(name).optimum(kappa)
    curvatures = [1.0, kappa]
    assert theory.rate(linear_of(name), b, scaled_rate / kappa, curvatures) == pytest.approx(best, rel=1e-6)
    uses_momentum = "momentum" in OPTIMIZERS[name].uses
    for factor in (0.9, 0.97, 1.03, 1.1):
        assert theory.rate(linear_of(name), b, factor * scaled_rate / kappa, curvatures) >= best - 1e-9
        if uses_momentum:
            assert theory.rate(linear_of(name), min(b * factor, 0.999), scaled_rate / kappa, curvatures) >= best - 1e-9


def test_the_optimal_rates_are_those_of_the_closed_forms():
    assert linear_of("sgd").optimum(100.0)[2] == pytest.approx(99 / 101)
    assert linear_of("momentum").optimum(100.0)[2] == pytest.approx(9 / 11)


@linear_rows
@pytest.mark.parametrize("share", [0.05, 0.5, 1.02])
def test_measured_rates_are_those_of_theory(name, share):
    config = Config(optimizer=name)
    rate = share * linear_of(name).limit(config.momentum) / NUMBERS["kappa"]
    way = Walked("quadratic", NUMBERS, (1, 1), 300, optimizer=name, learning_rate=rate)
    claims = list(claims_of("quadratic", NUMBERS, way))
    assert len(claims) == 2 and all(claim.agrees for claim in claims)


def test_a_claim_rejects_a_path_of_another_optimizer():
    way = Walked("quadratic", NUMBERS, (1, 1), 300, optimizer="sgd", learning_rate=0.02)
    way.config = Config(optimizer="nesterov", learning_rate=0.02)
    assert [claim.agrees for claim in claims_of("quadratic", NUMBERS, way)] == [True, False]
    way.config = Config(optimizer="sgd", learning_rate=0.2)
    assert [claim.agrees for claim in claims_of("quadratic", NUMBERS, way)] == [False, False]


def test_a_start_on_an_axis_moves_along_it_alone():
    assert theory.excited("quadratic", {"kappa": 20.0, "angle": 90.0}, (0.0, 2.0)) == [0]
    assert theory.excited("quadratic", NUMBERS, (1.0, 1.0)) == [0, 1]


def test_too_short_a_path_has_no_rate():
    assert theory.measured_rate(0.5 ** np.arange(5)) is None
    assert theory.measured_rate(np.zeros(50)) is None
    assert theory.measured_rate(0.5 ** np.arange(50.0)) == pytest.approx(0.5)


def test_noise_of_sgd_has_the_variance_of_the_formula():
    rate, h = 0.1, 3.0
    assert theory.noise_variance(linear_of("sgd"), 0.0, rate, h) == pytest.approx(rate / (h * (2 - rate * h)))
    b = 0.8
    heavy = rate * (1 + b) / (h * (1 - b) * (2 * (1 + b) - rate * h))
    assert theory.noise_variance(linear_of("momentum"), b, rate, h) == pytest.approx(heavy, rel=1e-6)
    assert theory.noise_variance(linear_of("sgd"), 0.0, 1.0, h) == math.inf


@linear_rows
def test_the_ball_of_noise_is_as_large_as_theory_says_and_averaging_shrinks_it(name):
    numbers = {"kappa": 10.0, "angle": 0.0, "noise": 0.5, "seed": 1}
    way = Walked("noisy_quadratic", numbers, (1, 1), 4000, optimizer=name, learning_rate=0.03)
    ball, average = [claim for claim in claims_of("noisy_quadratic", numbers, way) if claim.agrees is not None]
    assert ball.measured == pytest.approx(ball.expected, rel=0.15)
    assert average.measured < ball.measured / 20
    assert ball.agrees and average.agrees


@linear_rows
def test_escape_from_the_saddle_takes_the_steps_of_the_recurrence(name):
    way = Walked("saddle", {}, (1, 1e-3), 600, optimizer=name, learning_rate=0.01)
    (claim,) = [claim for claim in claims_of("saddle", {}, way) if "steps" in claim.quantity]
    assert claim.expected == claim.measured and claim.agrees


@pytest.mark.parametrize("name", OPTIMIZERS)
def test_steps_on_a_plane_are_as_long_as_theory_says(name):
    way = Walked("plane", {"slope": 2.0}, (0, 0), 50, optimizer=name, learning_rate=0.5)
    claims = list(claims_of("plane", {"slope": 2.0}, way))
    assert [claim.agrees for claim in claims] == ([True, True] if OPTIMIZERS[name].slope_step else [])
    lengths = expected_lines("plane", {"slope": 2.0}, [way]).lengths
    if name in lengths:
        np.testing.assert_allclose(np.linalg.norm(np.diff(way.points, axis=0), axis=1), lengths[name], rtol=1e-5)


def test_nothing_is_claimed_where_the_learning_rate_moves():
    assert theory.is_plain(Config())
    assert not theory.is_plain(Config(schedule="cosine")) and not theory.is_plain(Config(warmup_fraction=0.1))
    way = Walked("quadratic", NUMBERS, (1, 1), 50, optimizer="sgd", learning_rate=0.02, schedule="cosine")
    assert list(claims_of("quadratic", NUMBERS, way)) == []
    assert expected_lines("quadratic", NUMBERS, [way]).values == {}


def test_rate_curves_cross_one_at_the_limit():
    learning_rates, rates = rate_curves("quadratic", NUMBERS, [Config(optimizer="momentum")])["momentum"]
    crossing = learning_rates[rates < 1].max()
    assert crossing == pytest.approx(3.8 / 20, rel=0.05)
    assert rate_curves("rosenbrock", {}, [Config(optimizer="momentum")]) == {}


def test_only_linear_optimizers_have_a_best_setting():
    assert optimum_of(Config(optimizer="adam"), (1.0, 20.0)) is None
    config, rate = optimum_of(Config(optimizer="sgd"), (1.0, 20.0))
    assert (config.learning_rate, rate) == (pytest.approx(2 / 21), pytest.approx(19 / 21))
    assert optimum_of(Config(optimizer="sgd"), (2.0, -2.0)) is None
