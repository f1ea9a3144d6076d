"""Pictures of schedules against torch's own classes and the trainer's rates."""

import math
import warnings

import numpy as np
import pytest
import torch
from torch.optim import lr_scheduler

from playground.catalog import SCHEDULES
from playground.catalog.schedules import CUSTOM, PLATEAU, Shape, sampled_points
from playground.charts.byte_message import parse_byte_message
from playground.charts.schedules import pitfalls
from playground.charts.schedules.drawing import TOPS, schedule_drawing_payload
from playground.charts.schedules.lines import DEEPEST, plateau_data, schedule_line, schedules_data
from playground.charts.schedules.plateau import plateau_example
from playground.config import Config
from playground.train.schedule import Schedule

CONFIG = Config.parse({"num_epochs": 24, "step_size": 5, "gamma": 0.3, "min_lr": 0.001, "warmup_fraction": 0.25})


def rates_of(build, calls: int) -> list[float]:
    """Rate before each of the calls of torch's scheduler, from 1."""
    optimizer = torch.optim.SGD([torch.zeros(1)], lr=1.0)
    scheduler, rates = build(optimizer), []
    for _ in range(calls):
        rates.append(optimizer.param_groups[0]["lr"])
        optimizer.step()
        with warnings.catch_warnings():
            warnings.simplefilter("ignore")
            scheduler.step()
    return rates


@pytest.mark.parametrize("name", [name for name in SCHEDULES if name != PLATEAU])
def test_a_line_is_what_the_trainer_follows(name):
    line = schedule_line(CONFIG, name)
    schedule, total = Schedule(CONFIG.replace(schedule=name)), len(line.y)
    assert line.y == pytest.approx([schedule.learning_rate(step, total) for step in range(total)], rel=1e-12)
    assert line.x == pytest.approx(np.arange(total) * 24 / total)


@pytest.mark.parametrize("epochs", [1, 7, 100, 1000])
def test_any_length_of_run_can_be_drawn(epochs):
    frame = schedules_data(CONFIG.replace(num_epochs=epochs), list(SCHEDULES))
    assert frame["name"].nunique() == len(SCHEDULES)
    assert frame["x"].max() < epochs


def test_a_log_axis_ends_far_below_the_learning_rate():
    frame = schedules_data(CONFIG.replace(min_lr=0, warmup_fraction=0), list(SCHEDULES), log_scale=True)
    assert frame["y"].min() >= DEEPEST * CONFIG.learning_rate * 0.999


@pytest.mark.parametrize(("patience", "gamma", "floor"), [(2, 0.3, 0.0), (6, 0.5, 0.2), (1, 0.01, 0.0), (3, 1.0, 0.0)])
def test_the_plateau_example_drops_where_torch_does(patience, gamma, floor):
    losses, factors = plateau_example(Shape(num_epochs=60, step_size=patience, gamma=gamma, floor=floor))
    optimizer = torch.optim.SGD([torch.zeros(1)], lr=1.0)
    if gamma < 1:
        scheduler = lr_scheduler.ReduceLROnPlateau(optimizer, factor=gamma, patience=patience - 1, threshold=0, eps=0)
        scheduler.step(losses[0])
        expected = []
        for loss in losses[1:]:
            expected.append(max(optimizer.param_groups[0]["lr"], floor))
            scheduler.step(loss)
        assert factors == pytest.approx(expected, rel=1e-12)
        assert len(set(factors)) > 2 or floor
    else:
        assert set(factors) == {1.0}
    assert plateau_data(CONFIG)["name"].nunique() == 2


def test_a_schedule_is_sampled_into_points_that_a_config_takes():
    for name, row in SCHEDULES.items():
        if row.factor:
            points = sampled_points(CONFIG, name)
            assert CONFIG.replace(schedule=CUSTOM, schedule_points=points).schedule_points == points
    assert sampled_points(CONFIG.replace(min_lr=0), "linear")[5] == (0.5, 0.5)


@pytest.mark.parametrize(("highest", "top"), [(0.5, 1.25), (1.25, 2.5), (4.9, 5.0), (10.0, 10.0)])
def test_a_point_at_the_top_opens_the_next_height(highest, top):
    message, _ = parse_byte_message(schedule_drawing_payload(((0.0, highest), (1.0, 0.0)), most=20, least=2))
    assert message["top"] == top and top in TOPS
    assert message["points"] == [[0.0, highest], [1.0, 0.0]]


EPOCHS = range(pitfalls.EPOCHS)


def factors_of(name: str) -> dict[str, list[float]]:
    pitfall = next(pitfall for pitfall in pitfalls.PITFALLS if pitfall.title == name)
    lines = pitfall.written | pitfall.meant
    return {line: [factor(epoch) for epoch in EPOCHS] for line, factor in lines.items()}


def test_torchs_cosine_goes_back_up():
    lines = factors_of("A cosine goes back up")
    assert lines["T_max=10"] == pytest.approx(rates_of(lambda o: lr_scheduler.CosineAnnealingLR(o, 10), 30), abs=1e-12)
    assert lines["T_max=30"] == pytest.approx(rates_of(lambda o: lr_scheduler.CosineAnnealingLR(o, 30), 30), abs=1e-12)
    assert lines["T_max=10"][20] == pytest.approx(1.0)
    assert SCHEDULES["cosine"].factor(20, 10, pitfalls.SHAPE) == 0


def test_the_inverse_root_raises_before_the_first_step():
    with pytest.raises(ZeroDivisionError):
        lr_scheduler.LambdaLR(torch.optim.SGD([torch.zeros(1)], lr=1.0), lambda t: t**-0.5)
    lines = factors_of("1/√t has no value at 0")
    assert math.isnan(lines["1/√t"][0])
    assert lines["1/√t"][1:] == pytest.approx([1 / math.sqrt(epoch) for epoch in EPOCHS[1:]])
    expected = rates_of(lambda o: lr_scheduler.LambdaLR(o, lambda t: (1 + t) ** -0.5), 30)
    assert lines["1/√(1+t)"] == pytest.approx(expected)


def test_a_step_for_each_update_is_gone_before_the_first_epoch_is_over():
    pitfall = pitfalls.PITFALLS[2]
    updates = pitfalls.EPOCHS * pitfalls.UPDATES
    expected = rates_of(lambda o: lr_scheduler.StepLR(o, 10, 0.1), updates)
    each_update, each_epoch = pitfall.written["each update"], pitfall.meant["each epoch"]
    assert [each_update(k / pitfalls.UPDATES) for k in range(updates)] == pytest.approx(expected, abs=1e-15)
    assert [each_epoch(epoch) for epoch in EPOCHS] == pytest.approx(
        rates_of(lambda o: lr_scheduler.StepLR(o, 10, 0.1), 30)
    )
    assert each_update(1) < 0.2 < each_epoch(1)


def test_linear_and_constant_are_warm_ups_by_default():
    lines = factors_of("Linear and constant rise")
    assert lines["LinearLR"] == pytest.approx(rates_of(lr_scheduler.LinearLR, 30))
    assert lines["ConstantLR"] == pytest.approx(rates_of(lr_scheduler.ConstantLR, 30))
    meant = rates_of(lambda o: lr_scheduler.LinearLR(o, 1.0, 0.0, 30), 30)
    assert lines["linear decay"] == pytest.approx(meant)
    assert lines["LinearLR"][0] < lines["LinearLR"][-1]


def test_torch_waits_for_one_epoch_more_than_its_patience_says():
    pitfall = next(pitfall for pitfall in pitfalls.PITFALLS if "ReduceLROnPlateau" in pitfall.code)
    for factors, patience in ((pitfall.written["patience=3"], 3), (pitfall.meant["patience=2"], 2)):
        optimizer = torch.optim.SGD([torch.zeros(1)], lr=1.0)
        scheduler = lr_scheduler.ReduceLROnPlateau(optimizer, patience=patience)
        for epoch in range(pitfall.epochs):
            assert factors(epoch) == pytest.approx(optimizer.param_groups[0]["lr"])
            scheduler.step(1.0)
    assert next(epoch for epoch in range(12) if pitfall.meant["patience=2"](epoch) < 1) == 1 + 3, "after three without"


@pytest.mark.parametrize("pitfall", pitfalls.PITFALLS, ids=lambda pitfall: pitfall.title)
def test_every_pitfall_is_drawn_beside_what_was_meant(pitfall):
    frame = pitfalls.pitfall_data(pitfall)
    assert set(frame["name"]) == {*pitfall.written, *pitfall.meant}
    assert frame["look"].nunique() == frame["name"].nunique()
    assert pitfall.sentence.endswith(".") and pitfall.source
