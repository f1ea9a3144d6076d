"""One seed, several independent streams."""

import numpy as np
import pytest

from playground.seeds import STREAMS, numpy_generator, stream_seed


def test_every_stream_of_every_seed_is_its_own():
    seeds = {stream_seed(seed, stream) for seed in range(200) for stream in STREAMS}
    assert len(seeds) == 200 * len(STREAMS)


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
