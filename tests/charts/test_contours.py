import numpy as np
import pytest

from playground.charts.contours import FULL, LOWEST_SHARE, MOST_LEVELS, UNKNOWN, LogScale


def test_codes_are_even_in_the_logarithm():
    scale = LogScale(0.01, 100.0)
    assert scale.codes(np.array([0.01, 1.0, 100.0, 1e9, 0.0])).tolist() == [0, FULL // 2, FULL, FULL, 0]


def test_values_that_are_not_finite_have_a_code_of_their_own():
    assert LogScale(1, 2).codes(np.array([np.nan, np.inf, -np.inf])).tolist() == [UNKNOWN] * 3


@pytest.mark.parametrize("span", [1.05, 1.5, 4, 30, 1e3, 1e6])
def test_levels_are_one_factor_apart_and_inside(span):
    scale = LogScale(0.3, 0.3 * span)
    levels, factor = scale.levels()
    np.testing.assert_allclose(levels[1:] / levels[:-1], factor)
    assert len(levels) <= MOST_LEVELS + 1
    assert ((levels > scale.low * (1 - 1e-9)) & (levels < scale.high * (1 + 1e-9))).all()


def test_a_scale_bears_zeros_flat_surfaces_and_nothing_at_all():
    assert LogScale.of(np.array([0.0, 2.0])).low == 2 * LOWEST_SHARE
    flat = LogScale.of(np.full(4, 3.0))
    assert flat.low < 3 < flat.high
    for scale in (LogScale.of(), LogScale.of(np.array([np.nan])), LogScale.of(np.zeros(3))):
        assert 0 < scale.low < scale.high
