import numpy as np

from playground.charts.byte_message import parse_byte_message
from playground.charts.pictures import MAX_PICTURES, sample_pictures_payload, weight_pictures_payload
from playground.jobs.training.snapshot import Predictions


def test_wrong_picture_is_told_without_colour():
    made = Predictions(
        class_names=("zero", "one"),
        images=np.array([[[0, 16]], [[8, 4]]], dtype=np.uint8),
        image_true=np.array([0, 1]),
        image_predicted=np.array([0, 0]),
        image_confidence=np.array([0.9, np.nan]),
    )
    header, arrays = parse_byte_message(sample_pictures_payload(made))
    assert header["captions"] == ["zero", "\u2717 one \u2192 zero"]
    assert header["wrong"] == [False, True]
    assert header["tips"] == ["true zero, predicted zero (90% sure)", "true one, predicted zero (no probability)"]
    assert (header["number"], header["height"], header["width"]) == (2, 1, 2)
    assert arrays["pixels"].tolist() == [0, 255, 127, 63]


def test_weights_share_one_scale_around_zero():
    weights = np.array([[[-2.0, 0.0]], [[1.0, np.nan]]])
    header, arrays = parse_byte_message(weight_pictures_payload(Predictions(first_weights=weights)))
    assert arrays["pixels"].tolist() == [1, 128, 192, 128]
    assert header["limit"] == 2 and header["mode"] == "diverging"


def test_nothing_to_draw_is_an_empty_grid():
    for payload in (sample_pictures_payload(Predictions()), weight_pictures_payload(Predictions())):
        header, arrays = parse_byte_message(payload)
        assert header["number"] == 0 and arrays["pixels"].size == 0


def test_zero_weights_are_drawn_as_zero():
    _, arrays = parse_byte_message(weight_pictures_payload(Predictions(first_weights=np.zeros((1, 2, 2)))))
    assert arrays["pixels"].tolist() == [128] * 4


def test_grid_is_capped():
    header, _ = parse_byte_message(weight_pictures_payload(Predictions(first_weights=np.ones((500, 8, 8)))))
    assert header["number"] == MAX_PICTURES
