"""StackedRun: one network's record in a stacked training."""

from dataclasses import dataclass, field

from torch import Tensor

from playground.config import Config
from playground.train.ending import RUNNING
from playground.train.history import History

Parameters = dict[str, Tensor]  # by their names in an ordinary network


@dataclass
class StackedRun:
    """What one network leaves behind; as an ordinary run's, without the points of single updates.

    Args:
        config: as changed on the way.
        status, message: as a Trainer's.
        step: updates done.
        final: loss and accuracy on the three splits (NaN: none), once the run has ended.
        ending: the network and its last update, once the run has ended.
        kept_row: as a Recorder's.
    """

    config: Config
    num_parameters: int
    status: str = RUNNING
    message: str = ""
    step: int = 0
    history: History = field(default_factory=History)
    final: dict[str, float] = field(default_factory=dict)
    ending: "Ending | None" = None
    kept_row: int | None = None


@dataclass(frozen=True)
class Ending:
    """A network at its end.

    Args:
        state: what was evaluated: parameters, averaged where asked, and statistics of batch normalization.
        before, after, gradient: of the last update.
    """

    state: Parameters
    before: Parameters
    after: Parameters
    gradient: Parameters
