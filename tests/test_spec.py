"""The words of a field, within sentences."""

import pytest

from playground.fields import SPECS
from playground.spec import listed, number_text


@pytest.mark.parametrize(
    ("value", "text"),
    [(1e-5, "1e-5"), (1e7, "1e7"), (1e-12, "1e-12"), (0.0001, "0.0001"), (3, "3"), (1.23456789e-7, "1.23456789e-7")],
)
def test_a_number_is_short_and_reads_back_as_itself(value, text):
    assert number_text(value) == text and float(text) == value


def test_a_label_within_a_sentence_keeps_the_capitals_of_a_name():
    fields = ("learning_rate", "weight_decay", "l1", "dropconnect")
    assert [SPECS[name].spoken for name in fields] == ["learning rate", "weight decay (L2)", "L1", "DropConnect"]


@pytest.mark.parametrize("name", SPECS)
def test_a_label_begins_with_a_capital_and_its_help_is_sentences(name):
    spec = SPECS[name]
    assert spec.label[0] == spec.label[0].upper() and spec.label == spec.label.strip()
    assert spec.help[0] == spec.help[0].upper() and spec.help.endswith(".")


@pytest.mark.parametrize(("words", "text"), [("a", "a"), ("ab", "a and b"), ("abc", "a, b and c")])
def test_words_are_listed(words, text):
    assert listed(list(words)) == text
