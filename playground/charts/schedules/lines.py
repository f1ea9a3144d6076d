"""Every schedule over the run, as the learning rate of each update."""

import math
from collections.abc import Sequence

import altair as alt
import numpy as np
import pandas as pd

from playground.catalog import SCHEDULES
from playground.catalog.schedules import Shape, warmed_up
from playground.charts.named_lines import NamedLine, named_line_chart, named_line_data
from playground.charts.schedules.plateau import plateau_example
from playground.config import Config

LEAST_POINTS = 400  # of a line: a run of few epochs is drawn with several updates in each
DEEPEST = 1e-5  # of the learning rate: what the log axis shows at most below it
SMALL = 200  # pixels


def schedule_line(config: Config, name: str) -> NamedLine:
    """Learning rate against the epoch of one schedule, with the Config's other fields.

    A schedule that waits for plateaus is drawn for the example of `plateau.plateau_example`.
    """
    row, shape = SCHEDULES[name], Shape.of(config)
    per_epoch = math.ceil(LEAST_POINTS / config.num_epochs)
    total = per_epoch * config.num_epochs
    steps = range(total)
    if row.factor is None:
        waiting = plateau_example(shape)[1]
        factors = [
            warmed_up(step, total, config.warmup_fraction, lambda *_, k=step // per_epoch: waiting[k]) for step in steps
        ]
    else:
        factors = [
            warmed_up(step, total, config.warmup_fraction, lambda step, total: row.factor(step, total, shape))
            for step in steps
        ]
    look = list(SCHEDULES).index(name)
    return NamedLine(row.label, look, np.arange(total) / per_epoch, config.learning_rate * np.array(factors))


def schedules_data(config: Config, names: Sequence[str], *, log_scale: bool = False) -> pd.DataFrame:
    """Lines of several schedules; columns as in `named_line_data`."""
    lines = [schedule_line(config, name) for name in names]
    if log_scale:
        lowest = DEEPEST * config.learning_rate
        lines = [NamedLine(line.name, line.look, line.x, np.where(line.y < lowest, np.nan, line.y)) for line in lines]
    return named_line_data(lines, log_scale=log_scale)


def schedules_chart(*, log_scale: bool = False) -> alt.LayerChart:
    """Learning rate against the epoch, one named line a schedule; reads the named data `schedules`."""
    title = "Learning rate (log)" if log_scale else "Learning rate"
    return named_line_chart(name="schedules", x_title="Epoch", y_title=title, log_scale=log_scale)


def schedules_alt() -> str:
    return "Learning rate against the epoch, one line for each chosen schedule, named at its right end."


def plateau_data(config: Config) -> pd.DataFrame:
    """The example's validation loss and the factor that it brings about; columns as in `named_line_data`."""
    losses, factors = plateau_example(Shape.of(config))
    ends = np.arange(1, config.num_epochs + 1)
    edges = np.stack([ends - 1, ends], axis=1).ravel()  # a factor holds from one end of its epoch to the other
    lines = [
        NamedLine("validation loss", 1, np.arange(config.num_epochs + 1), losses),
        NamedLine("rate / first rate", 0, edges, factors.repeat(2)),
    ]
    return named_line_data(lines, height=SMALL)


def plateau_chart() -> alt.LayerChart:
    """Validation loss and the factor on the rate against the epoch; reads the named data `plateau`."""
    return named_line_chart(name="plateau", x_title="Epoch", y_title="Loss, and rate / first rate", height=SMALL)


def plateau_alt() -> str:
    return "An example validation loss that falls, stops falling and falls again after each drop of the learning rate."
