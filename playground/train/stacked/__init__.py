"""Many networks of one shape, trained together as one stacked network.

It exists because a step of a small network takes as long as one of sixty: the time goes into calling torch, not into
the arithmetic. A signal between two modules is (K * B, ...), the samples of K networks one network after another, so
that every module without parameters serves as it is; those with parameters have a stacked form in `modules`. The
parameters of all networks are one tensor (K, P), on which torch.optim takes one step for all.
"""

from playground.train.stacked.chunks import Chunk, plan_chunks
from playground.train.stacked.run import StackedRun
from playground.train.stacked.stackable import can_stack
from playground.train.stacked.train import Progress, TrialResult, train_stacked
from playground.train.stacked.trainer import StackedTrainer

__all__ = [
    "Chunk",
    "Progress",
    "StackedRun",
    "StackedTrainer",
    "TrialResult",
    "can_stack",
    "plan_chunks",
    "train_stacked",
]
