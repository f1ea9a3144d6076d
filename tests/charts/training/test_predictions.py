import numpy as np
import pytest

from playground.charts.training import predictions
from playground.jobs.training.snapshot import Predictions
from tests.charts.frames import in_frame

confusion_data, truth_data = in_frame(predictions.confusion_data), in_frame(predictions.truth_data)


def test_confusion_data_by_hand():
    frame = confusion_data(Predictions(class_names=("a", "b"), confusion=np.array([[3, 1], [0, 0]])))
    assert frame["true"].tolist() == ["a", "a", "b", "b"]
    assert frame["predicted"].tolist() == ["a", "b", "a", "b"]
    assert frame["count"].tolist() == [3, 1, 0, 0]
    assert frame["share"].tolist() == [
        0.75,
        0.25,
        0,
        0,
    ]  # a class without samples has no shares, not a division by zero
    assert frame["on_diagonal"].tolist() == [True, False, False, True]


@pytest.mark.parametrize("number", [2, 10])
def test_confusion_data_has_every_pair_of_classes(number):
    names = tuple(str(index) for index in range(number))
    frame = confusion_data(Predictions(class_names=names, confusion=np.eye(number)))
    assert len(frame) == number**2


def test_truth_data_holds_the_samples_and_the_diagonal():
    frame = truth_data(Predictions(true=np.array([1.0, 3.0]), predicted=np.array([2.0, 5.0])))
    assert frame["kind"].tolist() == ["sample", "sample", "diagonal", "diagonal"]
    assert frame.loc[frame["kind"] == "diagonal", ["true", "predicted"]].to_numpy().tolist() == [[1, 1], [5, 5]]


def test_truth_data_drops_what_is_not_finite_and_keeps_500():
    true = np.arange(1000.0)
    predicted = np.where(true == 0, np.nan, true)
    frame = truth_data(Predictions(true=true, predicted=predicted))
    samples = frame[frame["kind"] == "sample"]
    assert len(samples) == 500 and samples["true"].min() == 1


def test_nothing_predicted_gives_no_rows():
    assert confusion_data(Predictions()).empty
    assert truth_data(Predictions()).empty


def test_unit_is_on_both_axes():
    text = predictions.truth_chart(unit="mg/dl").to_json()
    assert '"True (mg/dl)"' in text and '"Predicted (mg/dl)"' in text
