"""Schedules against hand-worked cases and torch's own classes."""

import itertools
import math
import warnings

import pytest
import torch
from torch.optim import lr_scheduler

from playground.catalog import SCHEDULES
from playground.catalog.schedules import Plateau, Shape, schedule_remark
from tests.aids.training import tiny

EPOCHS, STEPS_PER_EPOCH = 12, 5
TOTAL = EPOCHS * STEPS_PER_EPOCH
SHAPE = Shape(num_epochs=EPOCHS, step_size=4, gamma=0.3, floor=0.1)
PURE = {name: row for name, row in SCHEDULES.items() if row.factor}
pure = pytest.mark.parametrize("row", PURE.values(), ids=PURE)

# Row -> step -> factor of a run of 60 steps in 12 epochs, step_size 4 epochs (20 steps), gamma 0.3, floor 0.1.
BY_HAND = {
    "constant": {0: 1, 59: 1},
    "step": {0: 1, 19: 1, 20: 0.3, 39: 0.3, 40: 0.09, 59: 0.09},
    "multistep": {0: 1, 29: 1, 30: 0.3, 44: 0.3, 45: 0.09, 59: 0.09},
    "exponential": {0: 1, 10: math.sqrt(0.3), 20: 0.3, 59: 0.3**2.95},
    "linear": {0: 1, 30: 0.55, 59: 0.1 + 0.9 / 60},
    "cosine": {0: 1, 20: 0.1 + 0.9 * 0.75, 30: 0.55, 40: 0.1 + 0.9 * 0.25},
    "cosine_restarts": {0: 1, 10: 0.55, 19: 0.1 + 0.45 * (1 + math.cos(math.pi * 0.95)), 20: 1, 50: 0.55},
    "inverse_sqrt": {0: 1, 15: 0.5, 40: 1 / 3},
    "one_cycle": {0: 1 / 25, 17: 1, 59: 1 / 250_000},
    "one_over_t": {0: 1, 5: 1 / 1.3, 50: 1 / 4},
    "custom": {0: 1, 30: 1, 45: 0.505, 59: 0.01 + 0.99 / 30},
}

# Row -> torch's class, called once per update, or once per epoch where a number is an epoch's.
ORACLES = {
    "constant": lambda optimizer: lr_scheduler.LambdaLR(optimizer, lambda step: 1.0),
    "step": lambda optimizer: lr_scheduler.StepLR(optimizer, 4 * STEPS_PER_EPOCH, 0.3),
    "multistep": lambda optimizer: lr_scheduler.MultiStepLR(optimizer, [TOTAL // 2, 3 * TOTAL // 4], 0.3),
    "exponential": lambda optimizer: lr_scheduler.ExponentialLR(optimizer, 0.3 ** (1 / (4 * STEPS_PER_EPOCH))),
    "linear": lambda optimizer: lr_scheduler.LinearLR(optimizer, 1.0, 0.1, TOTAL),
    "cosine": lambda optimizer: lr_scheduler.CosineAnnealingLR(optimizer, TOTAL, 0.1),
    "cosine_restarts": lambda optimizer: lr_scheduler.CosineAnnealingWarmRestarts(
        optimizer, 4 * STEPS_PER_EPOCH, eta_min=0.1
    ),
    "one_cycle": lambda optimizer: lr_scheduler.OneCycleLR(optimizer, 1.0, TOTAL),
}
WITHOUT_ORACLE = {"inverse_sqrt", "one_over_t", "custom"}  # torch has no such class; worked by hand alone


def by_torch(build, num_steps: int = TOTAL) -> list[float]:
    optimizer = torch.optim.SGD([torch.zeros(1)], lr=1.0)
    scheduler = build(optimizer)
    rates = []
    for _ in range(num_steps):
        rates.append(optimizer.param_groups[0]["lr"])
        optimizer.step()
        with warnings.catch_warnings():
            warnings.simplefilter("ignore")  # the last step of a cycle warns that there is none after it
            scheduler.step()
    return rates


def factors(row, shape=SHAPE, total=TOTAL) -> list[float]:
    return [row.factor(step, total, shape) for step in range(total)]


def test_every_schedule_has_a_hand_worked_case_and_an_oracle():
    assert set(BY_HAND) == set(PURE)
    assert set(ORACLES) | WITHOUT_ORACLE == set(PURE)


@pure
def test_factors_of_a_case_worked_by_hand(row):
    expected = BY_HAND[row.name]
    assert {step: row.factor(step, TOTAL, SHAPE) for step in expected} == pytest.approx(expected, rel=1e-12)


@pytest.mark.parametrize("name", ORACLES)
def test_factors_equal_those_of_torch(name):
    assert factors(SCHEDULES[name]) == pytest.approx(by_torch(ORACLES[name]), rel=1e-9, abs=1e-12)


@pure
def test_a_factor_depends_on_its_arguments_alone(row):
    forward = factors(row)
    backward = [row.factor(step, TOTAL, SHAPE) for step in reversed(range(TOTAL))]
    assert forward == backward[::-1]


@pure
@pytest.mark.parametrize("total", [1, 2, 3, 7, 10, 1000])
def test_factors_are_finite_and_within_bounds_for_any_length(row, total):
    for shape in (SHAPE, Shape(num_epochs=1, step_size=10_000, gamma=1e-6, floor=0.0)):
        for factor in factors(row, shape, total):
            assert 0 <= factor <= 1 + 1e-12


@pure
def test_a_schedule_that_does_not_read_a_field_ignores_it(row):
    for field, changed in {
        "step_size": Shape(EPOCHS, 3, 0.3, 0.1),
        "gamma": Shape(EPOCHS, 4, 0.5, 0.1),
        "min_lr": Shape(EPOCHS, 4, 0.3, 0.2),
        "milestones": Shape(EPOCHS, 4, 0.3, 0.1, milestones=(2, 3)),
    }.items():
        assert (factors(row, changed) != factors(row)) == (field in row.uses)


@pytest.mark.parametrize("name", ["cosine", "linear", "step", "multistep", "exponential", "inverse_sqrt", "one_over_t"])
def test_a_decay_never_rises(name):
    values = [SCHEDULES[name].factor(step, TOTAL, SHAPE) for step in range(TOTAL + 1)]
    assert all(later <= earlier for earlier, later in itertools.pairwise(values))


def test_a_cosine_stays_down_after_its_end_where_torch_rises():
    assert SCHEDULES["cosine"].factor(TOTAL + 20, TOTAL, SHAPE) == pytest.approx(0.1)
    assert by_torch(ORACLES["cosine"], TOTAL + 21)[-1] > 0.3


def test_the_inverse_square_root_is_finite_at_the_start():
    assert SCHEDULES["inverse_sqrt"].factor(0, TOTAL, SHAPE) == 1


@pytest.mark.parametrize("steps_per_epoch", [1, 3, 7, 49])
def test_a_drop_falls_exactly_on_the_first_update_of_an_epoch(steps_per_epoch):
    shape = Shape(num_epochs=30, step_size=10, gamma=0.1, floor=0)
    values = factors(SCHEDULES["step"], shape, 30 * steps_per_epoch)
    drops = [step for step in range(1, len(values)) if values[step] != values[step - 1]]
    assert drops == [10 * steps_per_epoch, 20 * steps_per_epoch]


@pytest.mark.parametrize("name", ["step", "multistep"])
@pytest.mark.parametrize("milestones", [(3, 8, 11), (8, 3), (1,), (5, 5), (12,)], ids=str)
def test_milestones_are_those_of_torch(name, milestones):
    shape = Shape(EPOCHS, 4, 0.3, 0.1, milestones=milestones)
    steps = [epoch * STEPS_PER_EPOCH for epoch in milestones]
    expected = by_torch(lambda optimizer: lr_scheduler.MultiStepLR(optimizer, steps, 0.3))
    assert factors(SCHEDULES[name], shape) == pytest.approx(expected, rel=1e-9)


LOSSES = [1.0, 0.9, 0.9, 0.95, 0.91, 0.92, 0.5, 0.6, 0.7, 0.8, 0.9, 1.0, 1.1, float("nan"), 1.2, 1.2, 1.2]


@pytest.mark.parametrize("step_size", [1, 2, 4])
def test_plateaus_are_those_of_torch_that_waits_one_epoch_less_for_any_progress(step_size):
    ours, optimizer = Plateau(Shape(20, step_size, 0.3, 0.0)), torch.optim.SGD([torch.zeros(1)], lr=1.0)
    theirs = lr_scheduler.ReduceLROnPlateau(optimizer, factor=0.3, patience=step_size - 1, threshold=0, eps=0)
    for loss in LOSSES:
        ours.see(loss)
        theirs.step(loss)
        assert ours.factor == pytest.approx(optimizer.param_groups[0]["lr"])


def test_a_loss_that_still_falls_however_little_is_no_plateau():
    ours, optimizer = Plateau(Shape(20, 2, 0.1, 0.0)), torch.optim.SGD([torch.zeros(1)], lr=1.0)
    theirs = lr_scheduler.ReduceLROnPlateau(optimizer, patience=2)
    for epoch in range(10):
        ours.see(1 - 1e-6 * epoch)
        theirs.step(1 - 1e-6 * epoch)
    assert ours.factor == 1 > optimizer.param_groups[0]["lr"], "torch's default threshold cuts"


REMARKS = {
    "cosine_restarts, step_size 10, 31 epochs": "31 epochs are no multiple of the step size 10, so the run ends within "
    "a cycle, at 98% of the learning rate. A step size of 31 ends with a whole one.",
    "cosine_restarts, step_size 9, 32 epochs": "32 epochs are no multiple of the step size 9, so the run ends within "
    "a cycle, at 41% of the learning rate. A step size of 8 ends with a whole one.",
    "cosine_restarts, step_size 31, 31 epochs": "One cycle takes the whole run, so nothing restarts.",
    "cosine_restarts, step_size 8, 32 epochs": "",
    "step, step_size 40, 30 epochs": "The run ends before the first drop, after epoch 40.",
    "plateau, step_size 30, 30 epochs": "The run ends before the first drop, after epoch 30.",
    "exponential, step_size 40, 30 epochs": "",
    "step, step_size 10, 31 epochs": "",
    "cosine, step_size 10, 31 epochs": "",
}


@pytest.mark.parametrize(("chosen", "remark"), REMARKS.items(), ids=REMARKS)
def test_epochs_that_do_what_a_person_may_not_expect_are_told(chosen, remark):
    name, step_size, epochs = chosen.split(", ")
    fields = {"schedule": name, "step_size": step_size.split()[1], "num_epochs": epochs.split()[0]}
    assert schedule_remark(tiny(**fields)) == remark


def test_milestones_beyond_the_end_are_told():
    config = tiny(schedule="step", milestones=(2, 10, 20), num_epochs=10)
    assert schedule_remark(config) == "The run has 10 epochs, so nothing drops after epoch 10 and 20."
    assert schedule_remark(config.replace(milestones=(2, 9))) == ""


@pytest.mark.parametrize("name", SCHEDULES)
def test_the_usual_settings_of_a_schedule_need_no_remark(name):
    assert schedule_remark(tiny(schedule=name, num_epochs=30)) == ""
