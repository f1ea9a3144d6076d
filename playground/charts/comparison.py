"""Several runs side by side: one named line a run."""

from collections.abc import Collection, Mapping

import altair as alt
import pandas as pd

from playground.charts.named_lines import NamedLine, named_line_chart, named_line_data
from playground.jobs.comparison.snapshot import CompareSnapshot

HEIGHT = 300  # pixels
RATE_HEIGHT = 220


def compare_data(
    snapshot: CompareSnapshot, column: str, *, looks: Mapping[str, int] | None = None, log_scale: bool = False
) -> pd.DataFrame:
    """One column of the history of each run after its first epoch; columns as in `named_line_data`.

    The fall from the untrained network would flatten all that follows.

    Args:
        looks: name of a run -> its colour and dash; None: in their order.
    """
    lines = [
        NamedLine(run.name, _look(run.name, index, looks), run.history["epoch"][1:], run.history[column][1:])
        for index, run in enumerate(snapshot.runs)
    ]
    return named_line_data(lines, log_scale=log_scale, zero=False, height=HEIGHT)


def compare_chart(*, title: str, is_share: bool = False, log_scale: bool = False, room: str = "") -> alt.LayerChart:
    """A value against the epoch, one named line a run; reads the named data `compare`.

    Args:
        is_share: the value is a share, shown in percent.
        room: the longest name.
    """
    numbers = {"number": ".1%", "axis_number": ".0%"} if is_share else {}
    arguments = {"x_title": "Epoch", "y_title": title, "log_scale": log_scale, "zero": False, "room": room}
    return named_line_chart(name="compare", height=HEIGHT, **arguments, **numbers)


def compare_alt(*, title: str) -> str:
    return f"{title} against the epoch, one line a run, named at its right end."


def compare_rates_data(
    snapshot: CompareSnapshot, names: Collection[str], *, looks: Mapping[str, int] | None = None
) -> pd.DataFrame:
    """Learning rate of the updates of some runs; columns as in `named_line_data`."""
    lines = [
        NamedLine(run.name, _look(run.name, index, looks), run.rates["epoch"], run.rates["learning_rate"])
        for index, run in enumerate(snapshot.runs)
        if run.name in names
    ]
    return named_line_data(lines, height=RATE_HEIGHT)


def compare_rates_chart(*, room: str = "") -> alt.LayerChart:
    """Learning rate against the epoch, one named line a run; reads the named data `compare_rates`."""
    return named_line_chart(
        name="compare_rates",
        x_title="Epoch",
        y_title="Learning rate",
        height=RATE_HEIGHT,
        room=room,
    )


def compare_rates_alt() -> str:
    return "Learning rate against the epoch, one line a run, named at its right end."


def compare_table(snapshot: CompareSnapshot) -> pd.DataFrame:
    """What is left at the end: columns Run, Training loss, Validation loss, Validation accuracy, in the job's order."""
    rows = [
        {
            "Run": run.name,
            "Training loss": run.history["train_loss"][-1],
            "Validation loss": run.history["val_loss"][-1],
            "Validation accuracy": run.history["val_accuracy"][-1],
        }
        for run in snapshot.runs
    ]
    return pd.DataFrame(rows, columns=["Run", "Training loss", "Validation loss", "Validation accuracy"])


def _look(name: str, index: int, looks: Mapping[str, int] | None) -> int:
    return index if looks is None else looks[name]
