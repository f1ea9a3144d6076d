"""Defaults that follow a choice."""

from collections.abc import Mapping
from typing import Any

from playground.catalog import DATASETS, LOSSES, OPTIMIZERS, SCHEDULES
from playground.catalog.schedules import usual_step_size
from playground.registry import Table
from playground.rules.limits import LONGEST_RUN

DRIVERS = ("dataset", "optimizer", "schedule", "num_epochs")  # fields whose value decides defaults of others


def chosen_defaults(values: Mapping[str, Any], plain: Mapping[str, Any]) -> dict[str, Any]:
    """Default values that follow from the data set, the optimizer, the schedule and the number of epochs in `values`.

    Args:
        plain: the defaults that follow from nothing.
    """
    dataset = _row(DATASETS, values.get("dataset", plain["dataset"]))
    optimizer = _row(OPTIMIZERS, values.get("optimizer", plain["optimizer"]))
    defaults = {**optimizer.defaults, **dataset.defaults}
    if dataset.num_available:
        defaults["num_samples"] = dataset.num_available
    defaults["loss"] = next(name for name, loss in LOSSES.items() if dataset.task in loss.tasks)
    usual_epochs = defaults.get("num_epochs", plain["num_epochs"])
    try:
        num_epochs = int(float(values.get("num_epochs", usual_epochs)))
    except (ValueError, TypeError, OverflowError):
        num_epochs = usual_epochs  # the field's own check refuses what came
    schedule = _row(SCHEDULES, values.get("schedule", plain["schedule"])).name
    defaults["step_size"] = usual_step_size(schedule, min(max(num_epochs, 1), LONGEST_RUN))
    return defaults


def _row(table: Table[Any], name: object) -> Any:
    return table[name] if isinstance(name, str) and name in table else next(iter(table.values()))
