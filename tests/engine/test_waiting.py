"""The estimate of a wait in the queue, against hand-worked cases."""

import pytest

from playground.engine.waiting import seconds_until_place


@pytest.mark.parametrize(
    ("place", "lefts", "seconds"),
    [
        (1, [30.0, 10.0, 20.0], 10.0),
        (3, [30.0, 10.0, 20.0], 30.0),
        (4, [30.0, 10.0, 20.0], 10.0 + 40.0),
        (8, [30.0, 10.0, 20.0], 20.0 + 2 * 40.0),
        (2, [5.0], 5.0 + 10.0),
        (1, [], None),
    ],
)
def test_each_place_waits_for_as_many_ends(place, lefts, seconds):
    assert seconds_until_place(place, lefts) == seconds
