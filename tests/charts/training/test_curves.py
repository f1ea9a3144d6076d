import json

import numpy as np
import pytest

from playground.charts import theme
from playground.charts.training import curve_chart, curves, drawn_history
from playground.charts.training.curve_rows import (
    BEST,
    COST,
    EDGE,
    MAX_TIPS,
    MINIBATCH,
    RANGE,
    RATE,
    TRAIN,
    VALIDATION,
    last_epoch,
    step_epochs,
)
from playground.jobs.training.snapshot import TrainingSnapshot
from tests.charts.frames import in_frame
from tests.charts.snapshots import make_snapshot
from tests.charts.specs import spec, walk

loss_data = in_frame(curves.loss_data)
accuracy_data = in_frame(curves.accuracy_data)
learning_rate_data = in_frame(curves.learning_rate_data)


def of(frame, series):
    return frame[frame["series"] == series]


def test_loss_data_has_a_line_for_train_validation_and_single_batches():
    frame = loss_data(make_snapshot(4))
    np.testing.assert_allclose(of(frame, TRAIN)["value"], [1, 1 / 2, 1 / 3, 1 / 4], rtol=1e-6)
    np.testing.assert_allclose(of(frame, VALIDATION)["epoch"], [0, 1, 2, 3])
    np.testing.assert_allclose(of(frame, MINIBATCH)["epoch"], np.arange(41) / 10, rtol=1e-6)


def test_single_batches_are_drawn_first_so_that_they_stay_behind():
    assert loss_data(make_snapshot())["series"].iloc[0] == MINIBATCH


def test_the_best_epoch_is_marked_once():
    assert of(loss_data(make_snapshot(4, best={"epoch": 2.0})), BEST)["epoch"].tolist() == [2]


@pytest.mark.parametrize(("best", "marks"), [(0, 0), (1, 1), (93, 1), (94, 0), (99, 0)])
def test_the_best_epoch_is_marked_once_the_run_has_left_it_by_a_twentieth_and_if_anything_was_learned(best, marks):
    snapshot = make_snapshot(100, num_epochs=100, best={"epoch": float(best)})
    assert len(of(loss_data(snapshot), BEST)) == len(of(accuracy_data(snapshot), BEST)) == marks


@pytest.mark.parametrize("best", [{}, {"epoch": None}, {"epoch": float("nan")}])
def test_no_best_epoch_no_mark(best):
    assert of(loss_data(make_snapshot(best=best)), BEST).empty


def test_all_curves_share_the_ends_of_the_epoch_axis():
    snapshot = make_snapshot(4)
    frames = [loss_data(snapshot), accuracy_data(snapshot), learning_rate_data(snapshot)]
    assert [of(frame, EDGE)["epoch"].tolist() for frame in frames] == [[0, 4]] * 3
    assert all(frame["epoch"].max() == 4 for frame in frames)


def test_values_that_are_not_finite_are_dropped():
    snapshot = make_snapshot(4)
    snapshot.history["train_loss"][:] = [1.0, np.nan, np.inf, 0.5]
    assert of(loss_data(snapshot), TRAIN)["epoch"].tolist() == [0, 3]


def test_log_scale_drops_what_it_cannot_show():
    snapshot = make_snapshot(4)
    snapshot.history["train_loss"][:] = [1.0, 0.0, -1.0, 0.5]
    assert of(loss_data(snapshot, log_scale=True), TRAIN)["value"].tolist() == [1.0, 0.5]
    assert len(of(loss_data(snapshot), TRAIN)) == 4


def test_band_is_mean_minus_and_plus_the_spread():
    snapshot = make_snapshot(4, bands={"train_loss": np.full(4, 0.25)})
    train = of(loss_data(snapshot), TRAIN)
    np.testing.assert_allclose(train["low"], train["value"] - 0.25, rtol=1e-6)
    np.testing.assert_allclose(train["high"], train["value"] + 0.25, rtol=1e-6)
    assert of(loss_data(snapshot), VALIDATION)["low"].isna().all()


def test_band_on_a_log_axis_ends_at_the_lowest_value_shown():
    snapshot = make_snapshot(4, bands={"train_loss": np.full(4, 0.4)})
    assert of(loss_data(snapshot, log_scale=True), TRAIN)["low"].min() == pytest.approx(0.1)
    assert (of(loss_data(snapshot, log_scale=True), TRAIN)["low"] > 0).all()


def test_a_line_has_at_most_500_points_and_keeps_its_ends_and_its_spikes():
    snapshot = make_snapshot(1200, steps_an_epoch=3)
    snapshot.minibatch["loss"][1_001] = snapshot.history["val_loss"][777] = 9
    frame = loss_data(snapshot)
    for series in (TRAIN, VALIDATION, MINIBATCH):
        assert theme.MAX_POINTS / 2 < len(of(frame, series)) <= theme.MAX_POINTS
    assert of(frame, TRAIN)["epoch"].iloc[[0, -1]].tolist() == [0, 1199]
    assert of(frame, MINIBATCH)["value"].max() == of(frame, VALIDATION)["value"].max() == 9
    assert frame["tip"].sum() == 2 * MAX_TIPS


def test_accuracy_data_is_a_share():
    frame = accuracy_data(make_snapshot(2))
    np.testing.assert_allclose(of(frame, TRAIN)["value"], [0.5, 0.75])
    np.testing.assert_allclose(of(frame, VALIDATION)["value"], [0.4, 0.7])


def test_regression_has_no_accuracy_rows():
    snapshot = make_snapshot(3)
    del snapshot.history["train_accuracy"], snapshot.history["val_accuracy"]
    snapshot.history["train_accuracy"] = np.full(3, np.nan)
    snapshot.history["val_accuracy"] = np.full(3, np.nan)
    assert set(accuracy_data(snapshot)["series"]) == {EDGE}


def test_learning_rate_follows_the_steps_and_else_the_epochs():
    snapshot = make_snapshot(3)
    assert len(of(learning_rate_data(snapshot), RATE)) == 31
    without = make_snapshot(3, minibatch={})
    assert of(learning_rate_data(without), RATE)["epoch"].tolist() == [0, 1, 2]


def test_where_seeds_differ_in_their_learning_rate_it_has_a_band_that_ends_at_zero():
    spread = np.array([0.0, 0.001, 1.0, 1.0])
    snapshot = make_snapshot(4, bands={"learning_rate": spread, "train_loss": np.full(4, 0.1)})
    rates, shown = snapshot.history["learning_rate"], of(learning_rate_data(snapshot), RATE)
    np.testing.assert_allclose(shown["value"], rates, rtol=1e-6)
    np.testing.assert_allclose(shown["high"], rates + spread, rtol=1e-6)
    np.testing.assert_allclose(shown["low"], np.maximum(rates - spread, 0), rtol=1e-5)


def test_where_all_seeds_have_the_same_learning_rate_every_step_is_shown():
    snapshot = make_snapshot(4, bands={"learning_rate": np.zeros(4)})
    assert len(of(learning_rate_data(snapshot), RATE)) == len(snapshot.minibatch["step"]) > 4


@pytest.mark.parametrize("data", [loss_data, accuracy_data, learning_rate_data])
def test_empty_snapshot_gives_only_the_ends_of_an_axis(data):
    frame = data(TrainingSnapshot())
    assert frame["series"].tolist() == [EDGE, EDGE]
    assert frame["epoch"].tolist() == [0, 1]


def test_step_epochs_follow_a_batch_size_that_changed():
    snapshot = make_snapshot(3, num_epochs=4, total_steps=60)
    snapshot.history["step"][:] = [0, 10, 30]
    assert step_epochs(snapshot, [0, 5, 20, 30, 45]).tolist() == [0, 0.5, 1.5, 2, 3]


def test_last_epoch_is_one_before_anything_happened():
    assert last_epoch(TrainingSnapshot()) == 1


def test_train_validation_and_cost_differ_in_more_than_colour():
    dashes = [curve_chart.LOOKS[series][1] for series in (TRAIN, VALIDATION, COST)]
    assert len(set(dashes)) == len(dashes)


def test_unit_of_the_loss_is_in_the_title():
    assert '"Loss (mg/dl)"' in curves.loss_chart(unit="mg/dl").to_json()


@pytest.mark.parametrize(
    ("build", "arguments", "end"),
    [(curves.loss_chart, {"unit": "nats"}, "top"), (curves.accuracy_chart, {}, "bottom")],
)
def test_the_best_epoch_is_named_where_learning_takes_no_line(build, arguments, end):
    (label,) = (node for node in walk(spec(build, **arguments)) if node.get("type") == "text")
    assert label["baseline"] == end


MOMENT = {"step": 15.0, "epoch": 1.5, "train_loss": 0.4, "val_loss": 0.6, "train_accuracy": 0.8, "val_accuracy": 0.7}


def test_what_was_measured_in_the_middle_of_an_epoch_is_a_point_of_every_line():
    moments = {name: np.array([value]) for name, value in MOMENT.items()}
    present = MOMENT | {"step": 35.0, "epoch": 3.5, "val_accuracy": 0.9}
    snapshot = make_snapshot(4, moments=moments, present=present)
    assert of(loss_data(snapshot), TRAIN)["epoch"].tolist() == [0, 1, 1.5, 2, 3, 3.5]
    assert of(loss_data(snapshot), VALIDATION)["value"].iloc[2] == np.float32(0.6)
    assert of(accuracy_data(snapshot), VALIDATION)["value"].iloc[-1] == np.float32(0.9)
    newest = loss_data(snapshot).query("now")
    assert newest["series"].tolist() == [TRAIN, VALIDATION] and (newest["epoch"] == 3.5).all()


def test_a_present_that_was_kept_as_well_is_one_point():
    moments = {name: np.array([value]) for name, value in MOMENT.items()}
    assert len(of(loss_data(make_snapshot(4, moments=moments, present=MOMENT)), TRAIN)) == 5


def test_a_run_that_has_diverged_is_drawn_up_to_there():
    snapshot = make_snapshot(2, diverged_at=4, present=MOMENT | {"step": 3.0, "epoch": 0.3, "train_loss": 5e3})
    snapshot.history["train_loss"][1] = 8e27  # the rest of the epoch
    snapshot.minibatch.update(step=np.arange(1, 5), loss=np.array([1.0, 50.0, 2e3, 8.39e4]), learning_rate=np.ones(4))
    frame = loss_data(snapshot, log_scale=True)
    assert of(frame, TRAIN)["epoch"].tolist() == [0, np.float32(0.3)]
    assert frame["value"].max() == of(frame, RANGE)["value"].item() == np.float32(8.39e4), "what the message says"
    assert drawn_history.latest(snapshot, "train_loss") == 5e3
    assert last_epoch(snapshot) == pytest.approx(0.4), "the axis as well, so that the way up has room"


def test_figures_are_the_newest_numbers_that_there_are():
    snapshot = make_snapshot(3)
    snapshot.history["train_loss"][:] = [1.0, 0.5, np.inf]
    assert drawn_history.latest(snapshot, "train_loss") == 0.5
    assert np.isnan(drawn_history.latest(TrainingSnapshot(), "train_loss"))


def test_the_cost_is_drawn_where_it_is_asked_for():
    snapshot = make_snapshot(3)
    snapshot.history["cost"] = snapshot.history["train_loss"] + 0.5
    np.testing.assert_allclose(of(loss_data(snapshot, has_cost=True), COST)["value"], [1.5, 1, 5 / 6], rtol=1e-6)
    assert of(loss_data(snapshot), COST).empty
    assert COST in json.dumps(spec(curves.loss_chart, unit="nats", has_cost=True)["layer"])
    assert "cost" in curves.loss_alt(unit="nats", has_cost=True) and "cost" not in curves.loss_alt(unit="nats")


def test_single_batches_have_no_say_in_the_range_of_the_axis():
    (faint,) = (
        layer
        for layer in spec(curves.loss_chart, unit="nats")["layer"]
        if layer["mark"].get("opacity") == 0.4 and layer["mark"]["type"] == "line"
    )
    assert "value" in faint["encoding"]["y"] and faint["mark"]["clip"]


def test_the_legend_and_the_alternative_say_what_a_single_batch_contains():
    text = "one batch, with mixup"
    assert text in json.dumps(spec(curves.loss_chart, unit="nats", batch=text))
    assert text in curves.loss_alt(unit="nats", batch=text)
