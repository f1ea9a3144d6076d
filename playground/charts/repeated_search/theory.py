"""What theory says of random trials and of a grid, as curves."""

from collections.abc import Sequence

import altair as alt
import numpy as np
import pandas as pd

from playground.charts import theme
from playground.charts.series import Look, Series, series_chart, series_data
from playground.train.repeated_search.closed_form import chance_of_best, grid_distance, random_distance

MOST_TRIALS, MOST_GRID_TRIALS = 100, 1000
HEIGHT = 300  # pixels
YOURS = "yours"
LEVEL = 0.95
RANDOM_TRIALS = "random"
GRID_COLOURS = (7, 0, 3)  # of the theme; the one over two axes as everywhere
GRIDS = {f"grid {axes}D": axes for axes in (1, 2, 3)}  # name -> number of axes; short enough for a phone


def _share_name(share: float) -> str:
    return f"{100 * share:g}%"


def chance_data(shares: Sequence[float], share: float, trials: int) -> pd.DataFrame:
    """Columns as in `series_data`: the chance that one of n random trials is in the best share, for each share.

    Args:
        share, trials: whose chance is read off, by a line to each axis.
    """
    numbers = np.arange(1, MOST_TRIALS + 1)
    lines = [Series(_share_name(each), numbers, [chance_of_best(each, n) for n in numbers]) for each in shares]
    chance = chance_of_best(share, trials)
    return series_data([*lines, Series(YOURS, [0, trials, trials], [chance, chance, 0])])


def chance_chart(*, shares: tuple[float, ...]) -> alt.LayerChart:
    """Chance against the number of trials; reads the named data `chance`."""
    looks = [Look(_share_name(share), theme.CLASS_COLOURS[number], number) for number, share in enumerate(shares)]
    return series_chart(
        name="chance",
        looks=(*looks, Look(YOURS, theme.MARKER, 1)),
        x_title="Random trials",
        y_title="Chance to hit the best share q (%)",
        x_domain=(0, MOST_TRIALS),
        y_domain=(0, 1),
        number=".0%",
        height=HEIGHT,
    )


def chance_alt() -> str:
    return "Chance that one of n random trials is in the best share of the space, against n, one line a share."


def distance_data(levels: int, axes: int) -> pd.DataFrame:
    """Columns as in `series_data`: mean distance to the optimum on the one axis that matters, against the trials.

    Args:
        levels, axes: of the grid that is set beside as many random trials, by a line from one to the other.
    """
    numbers = np.unique(np.geomspace(1, MOST_GRID_TRIALS, 100).round().astype(int))
    lines = [Series(RANDOM_TRIALS, numbers, [random_distance(n) for n in numbers])]
    for name, of_grid in GRIDS.items():
        values = [k for k in numbers if k**of_grid <= MOST_GRID_TRIALS]
        lines.append(Series(name, [k**of_grid for k in values], [grid_distance(k) for k in values]))
    trials = levels**axes
    yours = Series(YOURS, [trials, trials], [random_distance(trials), grid_distance(levels)])
    return series_data([*lines, yours], log_scale=True)


def distance_chart() -> alt.LayerChart:
    """Falling lines on logarithmic axes; reads the named data `distance`."""
    grids = zip(GRID_COLOURS, GRIDS.items(), strict=True)
    looks = [Look(name, theme.CLASS_COLOURS[colour], axes) for colour, (name, axes) in grids]
    return series_chart(
        name="distance",
        looks=(Look(RANDOM_TRIALS, theme.CLASS_COLOURS[1]), *looks, Look(YOURS, theme.MARKER)),
        x_title="Trials (log)",
        y_title="Mean distance to the optimum (log)",
        x_log=True,
        y_log=True,
        x_domain=(1, MOST_GRID_TRIALS),
        height=HEIGHT,
    )


def distance_alt() -> str:
    return "Mean distance to the optimum against the trials: random falls like 1 / (2 n), a grid over two axes slower."
