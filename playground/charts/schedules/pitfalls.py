"""Where a learning rate goes wrong in code: what was written beside what was meant."""

import math
from collections.abc import Callable
from dataclasses import dataclass

import altair as alt
import numpy as np
import pandas as pd

from playground.catalog import SCHEDULES
from playground.catalog.schedules import Shape
from playground.charts.named_lines import NamedLine, named_line_chart, named_line_data

EPOCHS, UPDATES = 30, 16  # of the example run, and in each of its epochs
SHAPE = Shape(num_epochs=EPOCHS, step_size=10, gamma=0.1, floor=0.0)
HEIGHT = 190  # pixels
WRITTEN, MEANT = 0, 1  # looks: solid orange, dashed blue

Factor = Callable[[float], float]


@dataclass(frozen=True, kw_only=True)
class Pitfall:
    """One trap.

    Args:
        title: what happens.
        sentence: why, and the way out.
        code: both.
        written, meant: name -> epoch -> factor on the learning rate (NaN: none).
        per_update: whether the rate changes with each update, or once an epoch.
        epochs: that the picture shows.
        source: title and where to find it.
    """

    title: str
    sentence: str
    code: str
    written: dict[str, Factor]
    meant: dict[str, Factor]
    per_update: bool
    source: str
    epochs: int = EPOCHS


def cosine_of_torch(epoch: float, period: int = 10) -> float:
    """Factor of torch's CosineAnnealingLR(T_max=period)."""
    return (1 + math.cos(math.pi * epoch / period)) / 2


def inverse_root(epoch: float) -> float:
    """1 / sqrt(t) as notes print it; t = 0 has no value."""
    return 1 / math.sqrt(epoch) if epoch else math.nan


def linear_of_torch(epoch: float) -> float:
    """Factor of torch's LinearLR with its defaults."""
    return 1 / 3 + 2 / 3 * min(epoch, 5) / 5


def constant_of_torch(epoch: float) -> float:
    """Factor of torch's ConstantLR with its defaults."""
    return 1 / 3 if epoch < 5 else 1.0


def step_per_update(epoch: float) -> float:
    """StepLR(10, 0.1) that is called after every update."""
    return 0.1 ** (round(epoch * UPDATES) // 10)


def _meant(name: str) -> Factor:
    factor = SCHEDULES[name].factor
    return lambda epoch: factor(round(epoch * UPDATES), EPOCHS * UPDATES, SHAPE)


def plateau_of_torch(epoch: float, patience: int) -> float:
    """Factor of torch's ReduceLROnPlateau in an epoch counted from 0, where the loss of each is the same."""
    return 0.1 ** (max(math.floor(epoch) - 1, 0) // (patience + 1))


PITFALLS = (
    Pitfall(
        title="A cosine goes back up",
        sentence="Past its T_max torch's cosine climbs again: with T_max=10, epoch 20 trains at the full rate. "
        "Give it the length of the whole run; this app's cosine stays down.",
        code="# written\nCosineAnnealingLR(optimizer, T_max=10)\n# meant\nCosineAnnealingLR(optimizer, T_max=30)",
        written={"T_max=10": cosine_of_torch},
        meant={"T_max=30": lambda epoch: cosine_of_torch(epoch, EPOCHS)},
        per_update=False,
        source="torch.optim.lr_scheduler.CosineAnnealingLR; SGDR, arXiv:1608.03983",
    ),
    Pitfall(
        title="1/√t has no value at 0",
        sentence="The first update has t = 0, so LambdaLR raises ZeroDivisionError before training starts, and just "
        "after 0 the rate is far too high. Count from 1.",
        code="# written\nLambdaLR(optimizer, lambda t: t**-0.5)\n# meant\nLambdaLR(optimizer, lambda t: (1 + t)**-0.5)",
        written={"1/√t": inverse_root},
        meant={"1/√(1+t)": lambda epoch: inverse_root(1 + epoch)},
        per_update=True,
        source="torch.optim.lr_scheduler.LambdaLR; Attention is all you need, arXiv:1706.03762",
        epochs=5,
    ),
    Pitfall(
        title="Epochs counted as updates",
        sentence=f"A step of 10 epochs, but scheduler.step() stands inside the loop over batches: with {UPDATES} "
        "updates an epoch, the rate is gone before the first epoch is over.",
        code="scheduler = StepLR(optimizer, step_size=10)\n# meant after each epoch, written after each update\n"
        "scheduler.step()",
        written={"each update": step_per_update},
        meant={"each epoch": _meant("step")},
        per_update=True,
        source="torch.optim, How to adjust learning rate",
    ),
    Pitfall(
        title="Linear and constant rise",
        sentence="With their defaults LinearLR and ConstantLR are warm-ups: they start at a third of the rate and "
        "reach it after 5 calls. A linear decay needs its factors and its length.",
        code="# written\nLinearLR(optimizer)\n# meant\nLinearLR(optimizer, 1.0, 0.0, 30)",
        written={"LinearLR": linear_of_torch, "ConstantLR": constant_of_torch},
        meant={"linear decay": lambda epoch: 1 - epoch / EPOCHS},
        per_update=False,
        source="torch.optim.lr_scheduler.LinearLR and ConstantLR",
    ),
    Pitfall(
        title="Patience waits one longer",
        sentence="With patience=3 torch cuts after the fourth epoch without progress, and progress is a loss lower by "
        "a share of 1e-4: one that still creeps down is cut too. In this app the third such epoch cuts, as with early "
        "stopping, and any lower loss is progress.",
        code="# written\nReduceLROnPlateau(optimizer, patience=3)\n"
        "# meant\nReduceLROnPlateau(optimizer, patience=2, threshold=0)",
        written={"patience=3": lambda epoch: plateau_of_torch(epoch, 3)},
        meant={"patience=2": lambda epoch: plateau_of_torch(epoch, 2)},
        per_update=False,
        source="torch.optim.lr_scheduler.ReduceLROnPlateau",
        epochs=12,
    ),
)


def pitfall_data(pitfall: Pitfall) -> pd.DataFrame:
    """What was written (solid) and what was meant (dashed); columns as in `named_line_data`."""
    epochs = np.arange(pitfall.epochs * UPDATES) / UPDATES
    at = epochs if pitfall.per_update else np.floor(epochs)
    looks = [(factor, name, 2 * k) for k, (name, factor) in enumerate(pitfall.written.items())]
    looks += [(factor, name, MEANT) for name, factor in pitfall.meant.items()]
    lines = [NamedLine(name, look, epochs, np.array([factor(t) for t in at])) for factor, name, look in looks]
    return named_line_data(lines, height=HEIGHT)


def pitfall_chart() -> alt.LayerChart:
    """Factor on the learning rate against the epoch; reads the named data `pitfall`."""
    return named_line_chart(name="pitfall", x_title="Epoch", y_title="Rate / first rate", height=HEIGHT)


def pitfall_alt(pitfall: Pitfall) -> str:
    written, meant = (", ".join(names) for names in (pitfall.written, pitfall.meant))
    return f"Learning rate over {pitfall.epochs} epochs, as written ({written}) and as meant ({meant})."
