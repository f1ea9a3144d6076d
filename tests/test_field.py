"""The words of a field's numbers."""

import pytest

from playground.field import number_text


@pytest.mark.parametrize(
    ("value", "text"),
    [(1e-5, "1e-5"), (1e7, "1e7"), (1e-12, "1e-12"), (0.0001, "0.0001"), (3, "3"), (1.23456789e-7, "1.23456789e-7")],
)
def test_a_number_is_short_and_reads_back_as_itself(value, text):
    assert number_text(value) == text and float(text) == value
