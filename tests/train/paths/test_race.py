"""Paths of torch's optimizers against NumPy and against closed forms."""

import math

import numpy as np
import pytest

from playground.catalog import OPTIMIZERS
from playground.config import Config
from playground.train.paths.race import Race
from tests.train.paths import numpy_surfaces
from tests.train.test_optimizer import RULES

rows = pytest.mark.parametrize("name", OPTIMIZERS)
RAVINE = {"kappa": 20.0, "angle": 30.0}
# surface, its numbers, start, and how much of each optimizer's usual learning rate it bears
GROUNDS = [("quadratic", RAVINE, (1.0, -0.5), 0.5), ("rosenbrock", {}, (-1.2, 1.0), 0.01)]
grounds = pytest.mark.parametrize(("surface", "numbers", "start", "share"), GROUNDS, ids=["quadratic", "rosenbrock"])


def walked(surface, numbers, start, steps, **fields):
    race = Race(surface, numbers, start, [Config(**fields)], steps)
    while not race.has_ended:
        race.advance()
    return race.walkers[0]


def usual(name, share=1.0):
    config = Config(optimizer=name)
    return {"learning_rate": share * config.learning_rate, "momentum": config.momentum, "beta2": config.beta2}


def gap(walker, by_hand):
    points, values = by_hand
    return max(np.abs(np.array(walker.points) - points).max(), np.abs(np.array(walker.values) - values).max())


@rows
@grounds
def test_a_path_of_100_steps_is_that_of_the_formula(name, surface, numbers, start, share):
    fields = usual(name, share)
    walker = walked(surface, numbers, start, 100, optimizer=name, **fields)
    ground = getattr(numpy_surfaces, surface)
    assert gap(walker, numpy_surfaces.walk(ground, start, 100, name, **fields, **numbers)) < 1e-10


def rmsprop_from_one(w, g, t, m, lr, rho, b2):
    m["s"] = b2 * m.get("s", 1) + (1 - b2) * g**2
    return w - lr * g / (np.sqrt(m["s"]) + 1e-8)


def adam_without_correction(w, g, t, m, lr, rho, b2):
    m["m"] = rho * m.get("m", 0) + (1 - rho) * g
    m["s"] = b2 * m.get("s", 0) + (1 - b2) * g**2
    return w - lr * m["m"] / (np.sqrt(m["s"]) + 1e-8)


def momentum_with_dampening(w, g, t, m, lr, rho, b2):
    m["v"] = rho * m.get("v", 0) + (1 - rho) * g
    return w - lr * m["v"]


def sgd_of_half_the_gradient(w, g, t, m, lr, rho, b2):
    return w - lr * g / 2


WRONG = {
    "sgd": sgd_of_half_the_gradient,
    "momentum": momentum_with_dampening,
    "nesterov": RULES["momentum"],
    "adagrad": RULES["rmsprop"],
    "rmsprop": rmsprop_from_one,
    "adadelta": rmsprop_from_one,
    "adam": adam_without_correction,
    "adamw": adam_without_correction,
}


@rows
@grounds
def test_the_comparison_rejects_a_wrong_rule(name, surface, numbers, start, share):
    fields = usual(name, share)
    walker = walked(surface, numbers, start, 100, optimizer=name, **fields)
    ground = getattr(numpy_surfaces, surface)
    assert gap(walker, numpy_surfaces.walk(ground, start, 100, name, rule=WRONG[name], **fields, **numbers)) > 1e-8


def test_the_schedule_is_that_of_training_with_one_step_an_epoch():
    walker = walked("quadratic", RAVINE, (1, 1), 10, optimizer="sgd", learning_rate=0.05, schedule="linear")
    assert walker.learning_rates == pytest.approx([0.05 * (1 - t / 10) for t in range(10)])
    by_hand = numpy_surfaces.walk(
        numpy_surfaces.quadratic, (1, 1), 10, "sgd", learning_rate=lambda t: 0.05 * (1 - t / 10), **RAVINE
    )
    assert gap(walker, by_hand) < 1e-12


@rows
def test_memory_is_what_the_formula_holds(name):
    fields = usual(name, 0.5)
    walker = walked("quadratic", RAVINE, (1, 1), 5, optimizer=name, **fields)
    memory, point = {}, np.array([1.0, 1.0])
    for t in range(1, 6):
        gradient = numpy_surfaces.quadratic(point, **RAVINE)[1]
        point = RULES[name](point, gradient, t, memory, fields["learning_rate"], fields["momentum"], fields["beta2"])
        for symbol, held in walker.memory.items():
            np.testing.assert_allclose(held[t], memory[symbol], rtol=0, atol=1e-12)
    assert set(memory) == set(walker.memory)


def steps_to(walker, share=1e-6):
    sizes = np.linalg.norm(walker.points, axis=1)
    return int(np.flatnonzero(sizes <= share * sizes[0])[0])


SPREADS = [4.0, 25.0, 100.0, 400.0]


@pytest.mark.parametrize("kappa", SPREADS)
def test_gradient_descent_at_its_best_takes_the_steps_of_the_closed_form(kappa):
    expected = math.ceil(math.log(1e-6) / math.log((kappa - 1) / (kappa + 1)))
    rate = 2 / (1 + kappa)
    walker = walked(
        "quadratic", {"kappa": kappa, "angle": 0.0}, (1, 1), expected + 50, optimizer="sgd", learning_rate=rate
    )
    sizes = np.linalg.norm(walker.points, axis=1)
    np.testing.assert_allclose(sizes[1:50] / sizes[:49], (kappa - 1) / (kappa + 1), rtol=1e-12)
    assert steps_to(walker) == expected


@pytest.mark.parametrize("kappa", SPREADS)
def test_momentum_at_its_best_follows_its_double_root(kappa):
    r, root = (math.sqrt(kappa) - 1) / (math.sqrt(kappa) + 1), math.sqrt(kappa)
    fields = {"learning_rate": (2 / (root + 1)) ** 2, "momentum": r * r}
    walker = walked("quadratic", {"kappa": kappa, "angle": 0.0}, (1, 1), 500, optimizer="momentum", **fields)
    t = np.arange(501)
    for axis, (h, sign) in enumerate(((1.0, 1), (kappa, -1))):
        first = 1 - fields["learning_rate"] * h  # where the first step, without velocity, leads
        closed = (1 + (first / (sign * r) - 1) * t) * (sign * r) ** t.astype(float)
        np.testing.assert_allclose(np.array(walker.points)[:, axis], closed, rtol=1e-6, atol=1e-7)


def test_momentum_needs_far_fewer_steps_across_a_ravine():  # EXPERIMENTS, row 23a
    numbers, root = {"kappa": 100.0, "angle": 0.0}, 10
    plain = walked("quadratic", numbers, (1, 1), 1000, optimizer="sgd", learning_rate=2 / 101)
    heavy = walked(
        "quadratic", numbers, (1, 1), 1000, optimizer="momentum",
        learning_rate=(2 / (root + 1)) ** 2, momentum=((root - 1) / (root + 1)) ** 2,
    )  # fmt: skip
    assert (steps_to(plain), steps_to(heavy)) == (691, 93)


LIMITS = {
    "sgd": lambda b: 2,
    "momentum": lambda b: 2 + 2 * b,
    "nesterov": lambda b: (2 + 2 * b) / (1 + 2 * b),
}
MOMENTA = (0.3, 0.9)
linear_rows = pytest.mark.parametrize("name", [name for name, row in OPTIMIZERS.items() if row.linear])


def growths(cases, kappa=10.0, steps=2000):
    """Case -> how many times farther its path is at its end, all from one start on the steep axis.

    Args:
        cases: optimizer, momentum, and the learning rate as a share of the limit.
    """
    configs = [
        Config(optimizer=name, learning_rate=share * LIMITS[name](b) / kappa, momentum=b) for name, b, share in cases
    ]
    race = Race("quadratic", {"kappa": kappa, "angle": 0.0}, (0, 1), configs, steps)
    while not race.has_ended:
        race.advance()
    return {case: abs(walker.points[-1][1]) for case, walker in zip(cases, race.walkers, strict=True)}


@pytest.fixture(scope="module")
def around_the_limits():
    return growths([(name, b, share) for name in LIMITS for b in MOMENTA for share in (0.99, 1.01)])


@linear_rows
@pytest.mark.parametrize("b", MOMENTA)
def test_either_side_of_the_stability_limit(around_the_limits, name, b):
    assert around_the_limits[name, b, 0.99] < 0.1
    assert around_the_limits[name, b, 1.01] > 10


def test_the_limit_of_momentum_is_not_that_of_nesterov():
    assert LIMITS["nesterov"](0.9) < LIMITS["sgd"](0.9) < LIMITS["momentum"](0.9)
    beyond = LIMITS["momentum"](0.9) / LIMITS["nesterov"](0.9)
    case = ("nesterov", 0.9, 0.9 * beyond)
    assert growths([case], steps=200)[case] > 1e6  # stable for momentum, not here


def lengths(name, steps=100, slope=1.0, **fields):
    walker = walked("plane", {"slope": slope}, (0, 0), steps, **{"optimizer": name, "learning_rate": 1.0, **fields})
    return -np.diff(np.array(walker.points)[:, 0])


def test_adagrad_steps_shrink_with_the_root_of_time():  # EXPERIMENTS, row 26
    np.testing.assert_allclose(lengths("adagrad"), 1 / np.sqrt(np.arange(1, 101)), rtol=1e-9)
    assert lengths("adagrad")[99] == pytest.approx(0.1, abs=1e-9)


def test_rmsprop_starts_with_ten_learning_rates_and_does_not_stall():
    steps = lengths("rmsprop", steps=2000)
    assert steps[0] == pytest.approx(10, abs=1e-6)
    assert steps[-1] == pytest.approx(1, abs=1e-6)
    assert lengths("rmsprop")[99] > 1  # where AdaGrad is at 0.1


def test_adam_steps_one_learning_rate_whatever_the_scale_of_the_gradient():
    for slope in (1e-3, 1.0, 1e6):
        np.testing.assert_allclose(lengths("adam", slope=slope), 1.0, rtol=2e-5)
    np.testing.assert_allclose(lengths("sgd", slope=1e6), 1e6)  # which plain descent does not


def test_momentum_builds_up_to_ten_times_the_reach():
    t = np.arange(1, 101)
    np.testing.assert_allclose(lengths("momentum"), (1 - 0.9**t) / 0.1, rtol=1e-12)
    np.testing.assert_allclose(lengths("nesterov"), 1 + 0.9 * (1 - 0.9**t) / 0.1, rtol=1e-12)


def test_epsilon_stands_outside_the_root():
    step = lengths("rmsprop", steps=1, slope=1e-9, beta2=0.99)[0]
    assert step == pytest.approx(1e-9 / (1e-10 + 1e-8), rel=1e-9)  # inside it would be 1e-5


def test_nesterov_is_momentum_seen_from_ahead():
    fields = {"learning_rate": 0.02, "momentum": 0.9}
    walker = walked("quadratic", RAVINE, (1, 1), 50, optimizer="nesterov", **fields)
    held = np.array(walker.memory["v"])
    plain = np.array(walker.points) + fields["learning_rate"] * fields["momentum"] * held
    gradients = np.array(walker.gradients)  # taken at the point ahead
    for t in range(50):
        velocity = fields["momentum"] * held[t] + gradients[t]
        np.testing.assert_allclose(plain[t + 1], plain[t] - fields["learning_rate"] * velocity, atol=1e-14)


@pytest.mark.parametrize(("name", "expected"), [("adagrad", 1263), ("rmsprop", 17)])
def test_escape_from_the_saddle(name, expected):  # EXPERIMENTS, row 26
    walker = walked("saddle", {}, (1, 1e-3), 1500, optimizer=name, learning_rate=0.01)
    away = np.flatnonzero(np.abs(np.array(walker.points)[:, 1]) > 1)
    assert away[0] == expected


def test_sgd_leaves_the_saddle_as_the_closed_form_says():
    walker = walked("saddle", {}, (1, 1e-3), 400, optimizer="sgd", learning_rate=0.01)
    np.testing.assert_allclose(np.array(walker.points)[:, 1], 1e-3 * 1.02 ** np.arange(401), rtol=1e-12)


def test_beyond_the_range_of_floats_a_path_ends():
    walker = walked("quadratic", {"kappa": 100.0, "angle": 0.0}, (1, 1), 1000, optimizer="sgd", learning_rate=1.0)
    assert walker.status == "diverged"
    assert len(walker.points) == len(walker.values) == len(walker.learning_rates) + 1 < 100
    assert np.isfinite(walker.points).all() and not math.isfinite(walker.values[-1])


def test_equal_seeds_draw_equal_minibatches_and_all_optimizers_share_them():
    numbers = {"kappa": 5.0, "angle": 0.0, "noise": 0.5, "seed": 3}
    fields = {"optimizer": "sgd", "learning_rate": 0.05}
    alone = walked("noisy_quadratic", numbers, (1, 1), 20, **fields)
    together = Race("noisy_quadratic", numbers, (1, 1), [Config(**fields), Config(optimizer="adam")], 20)
    while not together.has_ended:
        together.advance()
    assert together.walkers[0].points == alone.points
    noise = [np.array(w.gradients) - np.array(w.points) * [1, 5] for w in together.walkers]
    np.testing.assert_allclose(noise[0], noise[1], atol=1e-12)
    other = walked("noisy_quadratic", {**numbers, "seed": 4}, (1, 1), 20, **fields)
    assert other.points != alone.points
