"""CompareSnapshot: what a page sees of Configs that are trained side by side."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Any

import numpy as np

from playground.jobs.job import Snapshot


@dataclass(frozen=True)
class ComparedRun:
    """One of the runs.

    Args:
        status, message: as of a training run.
        history: column -> (rows,), as TrainingSnapshot has it.
        rates: {"epoch", "learning_rate"} -> (rows,), of single updates.
        final: loss and accuracy on the three splits; empty before the end.
    """

    name: str
    status: str
    message: str
    history: dict[str, np.ndarray]
    rates: dict[str, np.ndarray]
    final: Mapping[str, float | None] = field(default_factory=dict)


@dataclass(frozen=True)
class CompareSnapshot(Snapshot):
    """All runs at one moment, in the job's order; its status is "finished" also when single runs diverged.

    Args:
        result: {"runs": [...], "seconds"}, each run as `train --json` prints it, with its name; only at the end.
    """

    runs: tuple[ComparedRun, ...] = ()
    result: dict[str, Any] | None = None
