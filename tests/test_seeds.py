"""One seed, several independent streams."""

import numpy as np
import pytest

from playground.seeds import STREAMS, numpy_generator, stream_seed


def test_every_stream_of_every_seed_is_its_own():
    seeds = {stream_seed(seed, stream) for seed in range(200) for stream in STREAMS}
    assert len(seeds) == 200 * len(STREAMS)


def test_a_seed_in_a_link_gives_what_it_has_always_given():
    """NumPy promises these numbers for good; they change with the order of the streams, and with how they are mixed."""
    assert {stream: stream_seed(7, stream) for stream in STREAMS} == {
        "data": 2083679832,
        "split": 369571992,
        "labels": 1009178997,
        "weights": 3466196061,
        "order": 3335713882,
        "masks": 1002604896,
        "pictures": 924414274,
        "search": 1750529956,
    }


@pytest.mark.parametrize("seed", [0, 1, 2**31 - 1])
@pytest.mark.parametrize("stream", STREAMS)
def test_a_stream_is_the_same_every_time_and_fits_a_generator_of_torch(seed, stream):
    assert stream_seed(seed, stream) == stream_seed(seed, stream)
    assert 0 <= stream_seed(seed, stream) < 2**32
    assert np.array_equal(numpy_generator(seed, stream).random(5), numpy_generator(seed, stream).random(5))


def test_streams_of_neighbouring_seeds_are_not_correlated():
    draws = np.stack([numpy_generator(seed, "data").standard_normal(2000) for seed in range(10)])
    correlations = np.corrcoef(draws) - np.eye(10)
    assert np.abs(correlations).max() < 0.1


def test_an_unknown_stream_is_refused():
    with pytest.raises(ValueError, match="not in"):
        stream_seed(0, "no such stream")
