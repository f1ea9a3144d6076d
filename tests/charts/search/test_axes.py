"""Ticks and words along an axis of a search."""

import pytest

from playground.charts.search.axes import MOST_TICKS, axis_ticks, axis_title, spoken, value_text
from playground.train.search.axis import Axis
from playground.train.search.space import parse_space


def ticks(text: str) -> list[str]:
    return [words for _, words in axis_ticks(*parse_space(text))]


def test_a_log_axis_has_a_tick_at_each_power_of_ten_evenly_spread():
    shares = [share for share, _ in axis_ticks(*parse_space("learning_rate:1e-4..1:log"))]
    assert shares == pytest.approx([0, 0.25, 0.5, 0.75, 1])
    assert ticks("learning_rate:1e-4..1:log") == ["0.0001", "0.001", "0.01", "0.1", "1"]


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("learning_rate:0.002..0.4:log", ["0.003", "0.01", "0.03", "0.1", "0.3"]),
        ("learning_rate:0.02..0.1:log", ["0.02", "0.05", "0.1"]),
        ("learning_rate:0.02..0.045:log", ["0.02", "0.03", "0.04"]),
        ("dropout:0..0.6", ["0", "0.1", "0.2", "0.3", "0.4", "0.5", "0.6"]),
        ("dropout:0.05..0.5", ["0.1", "0.2", "0.3", "0.4", "0.5"]),
        ("batch_size:8..128", ["20", "40", "60", "80", "100", "120"]),
        ("activation:relu|tanh", ["ReLU", "Tanh"]),
        ("learning_rate:0.021..0.024:log", ["0.021", "0.024"]),
        ("num_groups:2..4", ["2", "3", "4"]),
    ],
)
def test_ticks_are_round_numbers_or_names(text, expected):
    assert ticks(text) == expected


@pytest.mark.parametrize(
    "text", ["learning_rate:1e-8..1e7:log", "num_samples:20..20000", "noise:0..3", "noise:0.1..3:log"]
)
def test_ticks_are_few_and_on_the_axis(text):
    shares = [share for share, _ in axis_ticks(*parse_space(text))]
    assert 2 <= len(shares) <= MOST_TICKS + 1
    assert all(-1e-9 <= share <= 1 + 1e-9 for share in shares)


def test_a_title_says_the_unit_and_the_scale_in_one_bracket():
    titles = [axis_title(axis) for axis in parse_space("weight_decay:1e-6..1:log,batch_size:8..64,dropout:0..0.5")]
    assert titles == ["Weight decay (L2, log)", "Batch size (samples)", "Dropout (share)"]
    assert spoken(*parse_space("weight_decay:1e-6..1")) == "weight decay (L2)"
    assert axis_title(Axis("activation", choices=("relu", "elu"))) == "Activation"


def test_values_are_short_and_choices_have_their_label():
    assert value_text("learning_rate", 0.0123456) == "0.0123"
    assert value_text("weight_decay", 1.2345e-06) == "1.23e-6"
    assert value_text("batch_size", 128) == "128"
    assert value_text("activation", "relu") == "ReLU"
