"""Zooming into the best region, on scores whose shape is known."""

import math
import subprocess
import sys

import numpy as np
import pytest

from playground.fields import LONGEST_RUN, SPECS
from playground.train.search.points import grid_points, random_points
from playground.train.search.space import parse_space
from playground.train.search.trials import Trial
from playground.train.search.zoom import longer, zoom_sentence, zoomed

PLANE = parse_space("learning_rate:1e-4..1:log,dropout:0..0.5")
CHOICES = parse_space("learning_rate:1e-4..1:log,activation:relu|tanh|elu|sigmoid")


def trials(points, loss_of):
    return [
        Trial("random", 0, point, number, "finished", 1, 1, loss)
        if (loss := loss_of(point)) is not None
        else Trial("random", 0, point, number, "diverged")
        for number, point in enumerate(points)
    ]


def bowl(rate, dropout=0.25):
    return lambda p: 1 + (math.log10(p["learning_rate"]) - rate) ** 2 + (p.get("dropout", dropout) - dropout) ** 2


@pytest.mark.parametrize("points", [grid_points(PLANE, 81), random_points(PLANE, 81, 0)], ids=["grid", "random"])
def test_a_third_of_each_axis_is_kept_around_the_best(points):
    rate, dropout = zoomed(PLANE, trials(points, bowl(-2)))
    assert (rate.scale, dropout.scale) == ("log", "linear")
    assert math.log10(rate.high / rate.low) == pytest.approx(4 / 3, abs=0.02)
    assert rate.low < 1e-2 < rate.high and math.log10(rate.low * rate.high) / 2 == pytest.approx(-2, abs=0.35)
    assert dropout.high - dropout.low == pytest.approx(0.5 / 3, abs=0.002)
    assert dropout.low < 0.25 < dropout.high


def test_the_centre_is_found_on_the_scale_of_the_axis():
    """The wrong variant halves the values themselves: 0.5 would be the middle of 1e-4 to 1."""
    (rate,) = zoomed(PLANE[:1], trials(grid_points(PLANE[:1], 27), bowl(-2)))
    assert rate.high < 0.5


@pytest.mark.parametrize(("target", "side"), [(3, "high"), (-7, "low")])
def test_where_scores_rise_up_to_an_end_the_search_goes_beyond(target, side):
    (rate,) = zoomed(PLANE[:1], trials(grid_points(PLANE[:1], 27), bowl(target)))
    if side == "high":
        assert rate.low == pytest.approx(10 ** (-4 / 3), rel=0.01) and rate.high == pytest.approx(
            10 ** (4 / 3), rel=0.01
        )
    else:
        assert rate.low == pytest.approx(10 ** (-16 / 3), rel=0.01) and rate.high == pytest.approx(
            10 ** (-8 / 3), rel=0.01
        )
    assert rate == zoomed(PLANE[:1], trials(grid_points(PLANE[:1], 27), bowl(-2)), {"learning_rate": side})[0]


def test_never_beyond_the_bounds_of_the_field():
    space = parse_space("dropout:0..0.9")
    (dropout,) = zoomed(space, trials(grid_points(space, 27), lambda p: 1 - p["dropout"]))
    assert (dropout.low, dropout.high) == (pytest.approx(0.6), SPECS["dropout"].high)
    (dropout,) = zoomed(space, trials(grid_points(space, 27), lambda p: p["dropout"]))
    assert (dropout.low, dropout.high) == (0, pytest.approx(0.3))


def test_diverged_trials_are_not_the_best():
    lost = trials(random_points(PLANE, 60, 1), lambda p: None if p["learning_rate"] > 1e-2 else bowl(0)(p))
    assert zoomed(PLANE, lost)[0].high < 0.2


def test_choices_of_the_best_third_stay_and_at_least_two():
    points = random_points(CHOICES, 60, 2)
    penalty = {"relu": 0, "tanh": 0.01, "elu": 5, "sigmoid": 9}
    _, activation = zoomed(CHOICES, trials(points, lambda p: bowl(-2)(p) / 100 + penalty[p["activation"]]))
    assert activation.choices == ("relu", "tanh")
    points = [
        {**point, "activation": name} for point, name in zip(points, ["elu", "tanh", "sigmoid"] * 3, strict=False)
    ]
    penalty = {"tanh": 4, "elu": 5, "sigmoid": 0}
    _, activation = zoomed(CHOICES, trials(points, lambda p: bowl(-2)(p) / 100 + penalty[p["activation"]]))
    assert activation.choices == ("tanh", "sigmoid")


def test_whole_numbers_stay_whole_and_a_range_too_narrow_to_cut_stays():
    space = parse_space("batch_size:4..64:log,step_size:1..2")
    batch_size, step_size = zoomed(space, trials(random_points(space, 40, 0), lambda p: abs(p["batch_size"] - 16) + 1))
    assert isinstance(batch_size.low, int) and batch_size.low < 16 < batch_size.high < 64
    assert step_size == space[1]


def test_it_can_be_zoomed_again_and_again():
    space = PLANE[:1]
    for _ in range(12):
        space = zoomed(space, trials(random_points(space, 30, 0), bowl(-2)))
    assert 0.0095 < space[0].low < space[0].high < 0.0105


def test_without_a_score_the_space_stays():
    assert zoomed(PLANE, trials(random_points(PLANE, 9, 0), lambda _: None)) == PLANE
    assert zoomed(PLANE, []) == PLANE


def test_the_next_stage_trains_longer():
    assert (longer(5), longer(LONGEST_RUN)) == (15, LONGEST_RUN)


def test_the_sentence_says_what_was_done():
    after = parse_space("learning_rate:0.05..20:log,activation:relu|tanh")
    assert zoom_sentence("Search 2", CHOICES, after, 15) == (
        "Search 2 goes beyond the upper end of learning rate to between 0.05 and 20, keeps ReLU and Tanh of activation "
        "and trains 15 epochs."
    )
    assert zoom_sentence("Search 3", PLANE, (parse_space("learning_rate:1e-5..0.1:log")[0], PLANE[1]), 15) == (
        "Search 3 goes beyond the lower end of learning rate to between 1e-5 and 0.1 and trains 15 epochs."
    )
    assert zoom_sentence("Search 2", PLANE, (parse_space("learning_rate:0.01..0.1:log")[0], PLANE[1]), 15) == (
        "Search 2 narrows learning rate to between 0.01 and 0.1 and trains 15 epochs."
    )


def test_a_page_that_knows_the_borders_loads_no_scipy():
    code = (
        "import sys\nfrom playground.train.search.zoom import zoomed\n"
        "from playground.train.search.space import parse_space\nfrom playground.train.search.trials import Trial\n"
        "space = parse_space('dropout:0..0.5')\n"
        "trials = [Trial('grid', 0, {'dropout': n / 20}, n, 'finished', 1, 1, 1 + n) for n in range(9)]\n"
        "assert zoomed(space, trials, {}) != space\n"
        "assert not {'scipy', 'torch', 'sklearn'} & set(sys.modules)\n"
    )
    assert subprocess.run([sys.executable, "-c", code], timeout=60).returncode == 0


def test_the_middle_of_the_best_few_is_taken_and_not_the_luckiest():
    (rate,) = PLANE[:1]
    points = [{"learning_rate": rate.value_at(share)} for share in (0.05, *np.linspace(0.65, 0.75, 8))]
    found = zoomed(PLANE[:1], trials(points, lambda p: 0.5 if p["learning_rate"] < 1e-3 else bowl(-1.2)(p)))
    assert found[0].low > 1e-2


def of_methods(*rows):
    """Trials of two methods: method, share of the axis, accuracy, loss."""
    axis = parse_space("weight_decay:1e-6..0.1:log")
    return axis, [
        Trial(method, 0, {"weight_decay": axis[0].value_at(share)}, number, "finished", 1, 1, loss, accuracy)
        for number, (method, share, accuracy, loss) in enumerate(rows)
    ]


NEAR = [("grid", 0.05 + 0.02 * k, 0.98, 0.2) for k in range(6)]


@pytest.mark.parametrize("end", ["none", "low"])
def test_the_best_of_another_method_is_held_when_chance_alone_put_it_behind(end):
    """98.7% against 98.4% of 450 samples: one standard error is 0.5%."""
    space, trials = of_methods(("grid", 0.06, 0.987, 0.04), ("random", 0.71, 0.984, 0.1), *NEAR)
    (axis,) = zoomed(space, trials, {"weight_decay": end}, num_val=450)
    assert axis.low <= trials[0].params["weight_decay"] and trials[1].params["weight_decay"] <= axis.high
    (axis,) = zoomed(space, trials, {"weight_decay": end})  # of so many that nothing is chance
    assert axis.high < trials[1].params["weight_decay"]


def test_a_method_that_is_plainly_behind_is_not_held():
    space, trials = of_methods(("grid", 0.06, 0.987, 0.04), ("random", 0.71, 0.93, 0.1), *NEAR)
    (axis,) = zoomed(space, trials, {}, num_val=450)
    assert axis.high < trials[1].params["weight_decay"]
