"""What the pictures of the lesson on preprocessing are made of."""

import numpy as np
import pytest

from playground.charts.byte_message import parse_byte_message
from playground.charts.preprocessing import clouds, digit_directions, leak, least_squares
from playground.jobs.job import Turn
from playground.jobs.preprocessing.before_after import GOAL, BeforeAfterJob
from playground.jobs.preprocessing.digit_directions import DigitDirectionsJob, DigitDirectionsSnapshot
from playground.jobs.preprocessing.leak import LeakSnapshot


def last(job):
    frames = job.frames()
    next(frames)
    return frames.send(Turn(seconds=60))


@pytest.fixture(scope="module")
def sides():
    return last(BeforeAfterJob()).sides


@pytest.fixture(scope="module")
def digits():
    return last(DigitDirectionsJob())


def test_a_cloud_is_its_samples_its_outline_and_its_mean(sides):
    data = clouds.cloud_data(sides[0])
    assert data["part"].value_counts().to_dict() == {"sample": 200, "ellipse": 73, "mean": 1}
    np.testing.assert_allclose(data.loc[data["part"] == "mean", ["x", "y"]].to_numpy()[0], sides[0].middle)


def test_a_picture_holds_all_of_a_cloud(sides):
    for side in sides:
        half = clouds.half_width(side)
        places = np.vstack([side.points, side.ellipse])
        assert np.abs(places[:, 1]).max() < half < 4 * np.abs(places).max()
        assert np.abs(places[:, 0]).max() < clouds.ASPECT * half


def test_cells_hold_the_covariance_and_no_rounding(sides):
    before, after = map(clouds.covariance_data, sides)
    np.testing.assert_allclose(before["value"], sides[0].covariance.ravel())
    assert before["share"].abs().max() == 1
    np.testing.assert_allclose(after["value"], [1, 0, 0, 1], atol=1e-4)
    assert (after["value"][1:3] == 0).all()


def test_paths_lead_from_one_to_zero(sides):
    data = least_squares.descent_path_data(sides)
    starts = data[data["order"] == 0]
    np.testing.assert_allclose(starts[["x", "y"]], 1)
    end = data[data["kind"] == clouds.AFTER].iloc[-1]
    assert (abs(end["x"]), abs(end["y"])) == pytest.approx((0, 0), abs=1e-2)


def test_losses_fall_to_the_goal_and_fit_a_log_axis(sides):
    data = least_squares.descent_loss_data(sides)
    assert (data["loss"] >= least_squares.LOWEST).all() and (data.groupby("kind")["loss"].min() <= GOAL).all()
    for _, line in data.groupby(["kind", "what"]):
        assert line["loss"].iloc[0] == 1 and (np.diff(line["loss"]) <= 0).all()


def test_nothing_seen_gives_empty_tables():
    assert least_squares.descent_path_data(()).empty and least_squares.descent_loss_data(()).empty
    assert leak.leak_data(LeakSnapshot()).empty
    assert digit_directions.whitened_data(DigitDirectionsSnapshot()).empty


def test_shares_add_up_and_the_kept_one_is_marked(digits):
    data = digit_directions.share_data(digits, 10)
    assert data["share"].iloc[[0, -1]].tolist() == pytest.approx([0, 1])
    assert data[data["is_kept"]]["direction"].tolist() == [10]
    assert data["share"][2] == pytest.approx(digits.shares[:2].sum())


def test_pictures_keep_their_values():
    header, arrays = parse_byte_message(digit_directions.grey_payload(np.array([[[0.0, 1.0], [0.5, 2.0]]]), alt="a"))
    assert arrays["pixels"].tolist() == [0, 255, 128, 255] and header["mode"] == "grey"
    header, arrays = parse_byte_message(
        digit_directions.diverging_payload(np.array([[[-2.0, 0.0], [1.0, 2.0]]]), alt="a")
    )
    assert arrays["pixels"].tolist() == [1, 128, 192, 255] and header["limit"] == 2


def test_directions_carry_their_share(digits):
    header, _ = parse_byte_message(digit_directions.direction_payload(digits))
    assert header["number"] == 16 and header["captions"][0] == f"{digits.shares[0]:.1%}"


def test_whitened_deviations_are_drawn_with_epsilon_and_without(digits):
    data = digit_directions.whitened_data(digits)
    raw = data[(data["series"] == digit_directions.RAW) & (data["kind"] == "measured")]
    np.testing.assert_allclose(raw["value"], digits.raw)


def test_a_row_of_splits_has_its_mean_and_one_deviation_to_either_side():
    values = np.array([[0.5, 0.5, 0.7, 0.4], [0.6, 0.5, 0.9, 0.6]])
    data = leak.leak_data(LeakSnapshot(accuracies=values))
    assert (data["part"] == "split").sum() == 8
    row = data[(data["part"] == "mean") & (data["kind"] == leak.LEAKY)].iloc[0]
    spread = values[:, 2].std(ddof=1)
    assert (row["accuracy"], row["low"], row["high"]) == pytest.approx((0.8, 0.8 - spread, 0.8 + spread))
    assert data["shift"].abs().max() <= 1
    assert set(leak.ORDER) == set(leak.KINDS) == set(data["kind"])
