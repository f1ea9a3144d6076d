"""Numbers of log axes, by the expression that Chromium evaluates for each of them."""

import pytest

from playground.charts import theme

# Vega's words for what JavaScript has under other names; a number's format does not matter here.
EVALUATE = """([expression, low, high, length, values]) => values.filter(value => new Function(
  'datum', 'domain', 'width', 'height', 'indexof', 'round', 'pow', 'floor', 'log', 'LN10', 'format',
  `return ${expression}`,
)({value}, () => [low, high], length, length, (list, item) => list.indexOf(item),
  Math.round, Math.pow, Math.floor, Math.log, Math.LN10, String) !== '')"""
DECADE = [0.1, 0.2, 0.3, 0.4, 0.5, 0.6, 0.7, 0.8, 0.9, 1.0]


@pytest.mark.parametrize(
    ("channel", "low", "high", "length", "ticks", "shown"),
    [
        ("x", 1e-6, 1.0, 290, DECADE, [0.1, 1.0]),  # a phone: a power of ten each
        ("x", 1e-3, 1.0, 600, DECADE, [0.1, 0.2, 0.5, 1.0]),
        ("x", 0.1, 1.0, 290, DECADE, [0.1, 0.2, 0.3, 0.5, 0.7, 1.0]),
        ("y", 1e-6, 1.0, 200, DECADE, [0.1, 1.0]),
        ("y", 0.01, 1.0, 200, DECADE, [0.1, 0.2, 0.3, 0.5, 0.7, 1.0]),
        ("x", 0.12, 0.19, 290, [0.125, 0.15, 0.175], [0.125, 0.15, 0.175]),  # no tick at a whole number of a decade
    ],
)
def test_a_log_axis_has_the_numbers_that_have_room(page, channel, low, high, length, ticks, shown):
    assert page.evaluate(EVALUATE, [theme.log_label(channel), low, high, length, ticks]) == shown
