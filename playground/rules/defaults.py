"""Defaults that follow a choice."""

from collections.abc import Mapping
from typing import Any

from playground.catalog import DATASETS, LOSSES, OPTIMIZERS, SCHEDULES
from playground.catalog.schedules import usual_step_size
from playground.fields import LONGEST_RUN
from playground.registry import Table

DRIVERS = ("dataset", "optimizer", "schedule", "num_epochs", "early_stopping")  # their values decide others' defaults


def chosen_defaults(values: Mapping[str, Any], plain: Mapping[str, Any]) -> dict[str, Any]:
    """Default values that follow from those of the DRIVERS.

    Args:
        plain: the defaults that follow from nothing.
    """
    dataset = _row(DATASETS, values.get("dataset", plain["dataset"]))
    optimizer = _row(OPTIMIZERS, values.get("optimizer", plain["optimizer"]))
    defaults = {**optimizer.defaults, **dataset.defaults}
    if dataset.num_available:
        defaults["num_samples"] = dataset.num_available
    defaults["loss"] = next(name for name, loss in LOSSES.items() if dataset.task in loss.tasks)
    num_epochs = _whole("num_epochs", values, {**plain, **defaults})
    schedule = _row(SCHEDULES, values.get("schedule", plain["schedule"])).name
    defaults["step_size"] = usual_step_size(schedule, min(max(num_epochs, 1), LONGEST_RUN))
    defaults["keep_best"] = _whole("early_stopping", values, {**plain, **defaults}) > 0
    return defaults


def _whole(name: str, values: Mapping[str, Any], usual: Mapping[str, Any]) -> int:
    """The number that came, or the usual one where the field's own check will refuse it."""
    try:
        return int(float(values.get(name, usual[name])))
    except (ValueError, TypeError, OverflowError):
        return usual[name]


def _row(table: Table[Any], name: object) -> Any:
    return table[name] if isinstance(name, str) and name in table else next(iter(table.values()))
