"""The learning rate of each step."""

import pytest

from playground.catalog import SCHEDULES
from playground.catalog.schedules import Shape
from playground.train.schedule import Schedule
from tests.aids.training import rows as rows_of
from tests.aids.training import tiny, trained

TOTAL = 40
rows = pytest.mark.parametrize("name", SCHEDULES)


def rates(total=TOTAL, **fields):
    schedule = Schedule(tiny(learning_rate=0.5, num_epochs=10, **fields))
    return [schedule.learning_rate(step, total) for step in range(total)]


@rows
def test_a_warm_up_rises_in_equal_steps_to_where_the_schedule_starts(name):
    warmed = rates(schedule=name, warmup_fraction=0.25)
    assert warmed[:10] == pytest.approx([0.5 * (step + 1) / 11 for step in range(10)])
    assert warmed[10:] == pytest.approx(rates(schedule=name, total=30))


@rows
def test_the_rate_is_the_factor_times_the_learning_rate(name):
    config = tiny(schedule=name, num_epochs=10)
    shape = Shape(num_epochs=10, step_size=config.step_size, gamma=config.gamma, floor=0)
    factor = SCHEDULES[name].factor or (lambda step, total, shape: 1.0)
    assert rates(schedule=name) == pytest.approx([0.5 * factor(step, TOTAL, shape) for step in range(TOTAL)])


@pytest.mark.parametrize("name", [name for name, row in SCHEDULES.items() if "min_lr" in row.uses and row.factor])
def test_no_rate_is_below_the_lowest(name):
    assert min(rates(schedule=name, min_lr=0.2)) >= 0.2


def test_a_linear_schedule_ends_one_step_above_its_floor():
    values = rates(schedule="linear", min_lr=0.1)
    assert values[0] == 0.5
    assert values[-1] == pytest.approx(0.1 + 0.4 / TOTAL)


@pytest.mark.parametrize("fraction", [0.0, 0.5, 0.9])
@pytest.mark.parametrize("total", [1, 2, 5])
@rows
def test_the_shortest_runs_have_finite_rates(name, total, fraction):
    assert all(0 < rate <= 0.5 for rate in rates(total=total, schedule=name, warmup_fraction=fraction))


def test_a_plateau_falls_when_patience_runs_out_and_stops_at_the_floor():
    config = tiny(schedule="plateau", learning_rate=0.5, gamma=0.1, step_size=2, min_lr=0.01)
    schedule = Schedule(config)
    seen = []
    for _ in range(9):
        seen.append(schedule.learning_rate(0, TOTAL))
        schedule.see_validation_loss(1.0)
    assert seen == pytest.approx([0.5] * 3 + [0.05] * 2 + [0.01] * 4), "the loss before the first update counts"


def test_a_schedule_is_told_the_loss_before_the_first_update_and_that_of_each_epoch_once(monkeypatch):
    told = []
    monkeypatch.setattr(Schedule, "see_validation_loss", lambda self, loss: told.append(loss))
    trainer = trained(tiny(schedule="plateau", num_epochs=4))
    assert len(told) == 5 and told == rows_of(trainer)["val_loss"]


def test_another_learning_rate_keeps_the_place_in_the_schedule():
    schedule = Schedule(tiny(schedule="cosine", learning_rate=0.5, num_epochs=10))
    schedule.follow(tiny(schedule="cosine", learning_rate=0.1, num_epochs=10))
    assert schedule.learning_rate(20, TOTAL) == pytest.approx(0.05)


def test_another_learning_rate_keeps_the_plateaus_seen():
    config = tiny(schedule="plateau", learning_rate=0.5, gamma=0.1, step_size=1)
    schedule = Schedule(config)
    for _ in range(2):
        schedule.see_validation_loss(1.0)
    schedule.follow(config.replace(learning_rate=0.2))
    assert schedule.learning_rate(0, TOTAL) == pytest.approx(0.02)
