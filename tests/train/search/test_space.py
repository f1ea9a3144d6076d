"""The space of a search, from text to checked axes."""

import math

import numpy as np
import pytest

from playground.fields import SPECS
from playground.parsing import ConfigError
from playground.train.search.axis import Axis
from playground.train.search.space import NOT_SEARCHED, SEARCHABLE, checked_space, parse_space


def test_ranges_and_choices_are_read():
    text = "learning_rate:1e-4..1:log, dropout:0..0.5,activation:relu|tanh|elu,batch_size:8..128:linear"
    assert parse_space(text) == (
        Axis("learning_rate", 1e-4, 1, "log"),
        Axis("dropout", 0, 0.5),
        Axis("activation", choices=("relu", "tanh", "elu")),
        Axis("batch_size", 8, 128),
    )  # fmt: skip


def test_a_share_of_a_log_axis_is_a_share_of_its_logarithm():
    axis = Axis("learning_rate", 1e-4, 1, "log")
    for share in (0, 0.1, 0.25, 0.5, 0.999):
        assert axis.value_at(share) == pytest.approx(10 ** (-4 + 4 * share), rel=1e-12)
        assert axis.share_of(axis.value_at(share)) == pytest.approx(share, abs=1e-12)


def test_each_whole_number_has_an_equal_part():
    """The wrong variant, rounding between the ends of the range, gives the first and the last half a part."""
    axis = Axis("batch_size", 3, 11)
    values = [axis.value_at((share + 0.5) / 900) for share in range(900)]
    assert {type(value) for value in values} == {int}
    assert [values.count(number) for number in range(2, 13)] == [0, *[100] * 9, 0]
    wrong = [round(3 + 8 * (share + 0.5) / 900) for share in range(900)]
    assert wrong.count(3) == wrong.count(11) < 60


def test_a_whole_number_on_a_log_axis_has_a_part_as_long_as_its_logarithm():
    axis = Axis("batch_size", 1, 4, "log")
    values = [axis.value_at((share + 0.5) / 1000) for share in range(1000)]
    lengths = np.diff(np.log([0.5, 1.5, 2.5, 3.5, 4.5]))
    assert [values.count(number) for number in (1, 2, 3, 4)] == pytest.approx(1000 * lengths / lengths.sum(), abs=1)


def test_each_choice_has_an_equal_part():
    axis = Axis("activation", choices=("relu", "tanh", "elu"))
    assert [axis.value_at(share) for share in (0, 0.33, 0.34, 0.66, 0.67, 0.999)] == [
        *("relu", "relu", "tanh", "tanh", "elu", "elu")
    ]
    assert axis.share_of("tanh") == 0.5


def test_every_number_and_every_choice_of_one_can_be_searched():
    plain = {name for name, spec in SPECS.items() if not spec.is_sequence and spec.rule != "must be true or false"}
    assert set(SEARCHABLE) == plain - set(NOT_SEARCHED)
    assert {"seed", "num_seeds", "num_folds", "fold", "test_shift", "device"} == set(NOT_SEARCHED)


@pytest.mark.parametrize("field", SEARCHABLE)
def test_the_whole_of_a_field_is_a_space(field):
    spec = SPECS[field]
    choices = "|".join(spec.choices or spec.table or ())
    text = choices or f"{spec.low}..{spec.high}"
    if not choices or "|" in choices:
        assert parse_space(f"{field}:{text}")[0].field == field


REFUSED = {
    "learning_rate:1..0.1": ("learning_rate: ", "rises", "1..0.1"),
    "learning_rate:1..1": ("learning_rate: ", "rises", "1..1"),
    "weight_decay:0..1:log": ("weight_decay: ", "above 0", "0..1"),
    "learning_rate:0..1:log": ("learning_rate: ", "from 1e-8", "'0'"),
    "learning_rate:-1..1:log": ("learning_rate: ", "from 1e-8", "'-1'"),
    "dropout:0..1.5": ("dropout: ", "from 0 to 0.95", "'1.5'"),
    "learning_rate:nan..1": ("learning_rate: ", "'nan'"),
    "learning_rate:low..1": ("learning_rate: ", "'low'"),
    "batch_size:1.5..8": ("batch_size: ", "whole number", "'1.5'"),
    "learning_rate:1e-4..1:logg": ("learning_rate: ", "linear or log", "'logg'"),
    "learning_rate": ("learning_rate: ", "LOW..HIGH"),
    "learning_rate:1e-4": ("learning_rate: ", "LOW..HIGH"),
    "learning_rate:1e-4..1:log:9": ("learning_rate: ", "LOW..HIGH"),
    "lerning_rate:1e-4..1": ("lerning_rate: ", "Did you mean 'learning_rate'?"),
    "hidden_sizes:1..8": ("hidden_sizes: ", "neither a number nor a choice", "Known: "),
    "residual:true|false": ("residual: ", "neither a number nor a choice"),
    "seed:0..9": ("seed: ", "not what is tried"),
    "activation:relu|elo": ("activation: ", "'elo'", "Did you mean 'elu'?"),
    "activation:relu": ("activation: ", "two or more", "'relu'"),
    "activation:relu|relu": ("activation: ", "different", "'relu|relu'"),
    "activation:relu|tanh:log": ("activation: ", "identity|sigmoid"),
    "dropout:0..0.5,dropout:0..0.1": ("dropout: ", "twice"),
    "": ("space: ", "1 to 4"),
    "dropout:0..0.5,": ("space: ", "1 to 4"),
    "dropout:0..0.5,l1:0..1,momentum:0..0.9,noise:0..1,gamma:0.1..1": ("space: ", "1 to 4", "5"),
}


@pytest.mark.parametrize("text", REFUSED)
def test_a_bad_space_is_refused_in_one_line(text):
    with pytest.raises(ConfigError) as error:
        parse_space(text)
    message = str(error.value)
    assert message.startswith(REFUSED[text][0]) and "\n" not in message
    assert not [word for word in REFUSED[text] if word not in message]


@pytest.mark.parametrize("axis", [
    Axis("dropout", 0.5, 0.1), Axis("dropout", 0, 0.5, "log"), Axis("dropout", 0, math.inf), Axis("activation", 0, 1),
    Axis("dropout", choices=("a", "b")),
])  # fmt: skip
def test_axes_made_by_hand_are_checked_as_well(axis):
    with pytest.raises(ConfigError, match=f"^{axis.field}: "):
        checked_space([axis])
