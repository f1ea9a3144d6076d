import numpy as np
import pytest

from playground.charts import theme
from playground.charts.byte_message import parse_byte_message
from playground.charts.decision_map import CONFIDENCES, FULL, MAX_MAP_POINTS, NO_ANSWER, UNKNOWN, decision_map_payload
from playground.jobs.training.snapshot import DecisionMap


def make_map(values, num_classes, *, points=((1.0, -2.0),), targets=(1.0,), splits=(0,)):
    return DecisionMap(
        extent=6.0,
        values=np.asarray(values, dtype=np.float32),
        num_classes=num_classes,
        points=np.asarray(points, dtype=np.float32),
        targets=np.asarray(targets, dtype=np.float32),
        splits=np.asarray(splits, dtype=np.uint8),
    )


def test_two_classes_keep_the_probability():
    values = np.array([[0.0, 0.25], [0.5, 1.0]])
    header, arrays = parse_byte_message(decision_map_payload(make_map(values, 2)))
    assert header["kind"] == "two" and header["size"] == 2
    np.testing.assert_allclose(arrays["values"] / FULL, values.ravel(), atol=1e-4)


def test_more_classes_keep_the_class_and_the_confidence():
    values = np.array([[0.0, 1.25], [2.0, 2.999]])
    header, arrays = parse_byte_message(decision_map_payload(make_map(values, 3)))
    assert header["kind"] == "many"
    assert (arrays["values"] // CONFIDENCES).tolist() == [0, 1, 2, 2]
    np.testing.assert_allclose(arrays["values"] % CONFIDENCES / CONFIDENCES, [0, 0.25, 0, 0.999], atol=1e-3)


def test_regression_is_scaled_by_the_targets_so_that_the_scale_does_not_move():
    values = np.array([[-4.0, -2.0], [0.0, 9.0]])
    header, arrays = parse_byte_message(decision_map_payload(make_map(values, 0, targets=(-4.0,))))
    assert (header["kind"], header["limit"]) == ("regression", 4.0)
    np.testing.assert_allclose((2.0 * arrays["values"] / FULL - 1) * 4, [-4, -2, 0, 4], atol=1e-3)


@pytest.mark.parametrize("num_classes", [0, 2, 3])
def test_value_that_is_not_finite_has_a_code_of_its_own(num_classes):
    _, arrays = parse_byte_message(decision_map_payload(make_map([[np.nan, np.inf], [0.5, 0.5]], num_classes)))
    assert (arrays["values"] == UNKNOWN).tolist() == [True, True, False, False]


def test_points_travel_with_their_targets_and_splits():
    points, targets, splits = [[1, 2], [np.nan, 0], [3, 4]], [0, 1, 1], [0, 0, 1]
    made = make_map(np.zeros((2, 2)), 2, points=points, targets=targets, splits=splits)
    _, arrays = parse_byte_message(decision_map_payload(made))
    assert arrays["points"].tolist() == [1, 2, 3, 4]
    assert arrays["targets"].tolist() == [0, 1] and arrays["splits"].tolist() == [0, 1]


def test_no_points_and_many_points():
    none = make_map(np.zeros((2, 2)), 0, points=np.empty((0, 2)), targets=(), splits=())
    assert parse_byte_message(decision_map_payload(none))[0]["limit"] == 1
    many = make_map(np.zeros((2, 2)), 2, points=np.zeros((9000, 2)), targets=np.zeros(9000), splits=np.zeros(9000))
    assert len(parse_byte_message(decision_map_payload(many))[1]["targets"]) == MAX_MAP_POINTS


@pytest.mark.parametrize("num_classes", [2, 3, 10])
def test_colours_shapes_and_labels_come_from_the_theme(num_classes):
    header, _ = parse_byte_message(decision_map_payload(make_map(np.zeros((2, 2)), num_classes)))
    assert header["colours"] == list(theme.CLASS_COLOURS[:num_classes])
    assert header["shapes"] == list(theme.CLASS_SHAPES[:num_classes])
    assert len(header["labels"]) == num_classes


def test_a_map_of_64_by_64_stays_small():
    points = np.zeros((500, 2))
    made = make_map(np.zeros((64, 64)), 2, points=points, targets=np.zeros(500), splits=np.zeros(500))
    assert len(decision_map_payload(made)) < 16_000


@pytest.mark.parametrize(("values", "words"), [([[np.nan, np.inf]], NO_ANSWER), ([[np.nan, 0.5]], "")])
def test_a_map_without_any_answer_says_so(values, words):
    header, _ = parse_byte_message(decision_map_payload(make_map(np.array(values), 2)))
    assert header["words"] == words
    assert (NO_ANSWER in header["alt"]) == bool(words)
