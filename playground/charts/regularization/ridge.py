"""Ridge regression: how descent comes to the closed form, and how coefficients shrink."""

import altair as alt
import numpy as np
import pandas as pd

from playground.charts.named_lines import NamedLine, named_line_chart, named_line_data
from playground.charts.series import Look, Series, series_chart, series_data
from playground.charts.theme import GRADIENTS
from playground.jobs.regularization.ridge import PATH, RidgeSnapshot

HEIGHT = 320
DIFFERENCE = "Largest difference (log)"


def descent_data(seen: RidgeSnapshot) -> pd.DataFrame:
    """Columns as in `series_data`: largest difference from the closed form against the step."""
    return series_data([Series(DIFFERENCE, range(len(seen.differences)), seen.differences)], log_scale=True)


def descent_chart() -> alt.LayerChart:
    """A falling line on a logarithmic axis; reads the named data `descent`."""
    return series_chart(
        name="descent",
        looks=(Look(DIFFERENCE, GRADIENTS),),
        x_title="Step",
        y_title=DIFFERENCE,
        y_log=True,
        height=HEIGHT,
    )


def descent_alt() -> str:
    return "Largest difference between gradient descent's coefficients and the closed form against the step."


def ridge_path_data(seen: RidgeSnapshot) -> pd.DataFrame:
    """Columns as in `named_line_data`: each coefficient of the closed form against log10 of the strength."""
    lines = [
        NamedLine(name, index, np.log10(PATH), seen.path[:, index])
        for index, name in enumerate(seen.inputs if seen.path is not None else ())
    ]
    return named_line_data(lines, height=HEIGHT)


def ridge_path_chart() -> alt.LayerChart:
    """One named line an input; reads the named data `ridge_path`."""
    return named_line_chart(
        name="ridge_path", x_title="Strength (power of ten)", y_title="Coefficient", height=HEIGHT, room="bmi"
    )


def ridge_path_alt() -> str:
    return "Coefficients of ridge regression against the strength, one line an input: they shrink, and none stops at 0."


def ridge_table(seen: RidgeSnapshot) -> pd.DataFrame:
    """Columns Input, Closed form, Gradient descent, Difference; the intercept last."""
    if seen.exact is None:
        return pd.DataFrame(columns=["Input", "Closed form", "Gradient descent", "Difference"])
    return pd.DataFrame(
        {
            "Input": [*seen.inputs, "intercept"],
            "Closed form": seen.exact,
            "Gradient descent": seen.found,
            "Difference": seen.found - seen.exact,
        }
    )
