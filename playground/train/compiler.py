"""torch's compiler, which nothing here uses and which torch loads with the first optimizer.

An optimizer tells it to keep away from what it does, and for that loads it whole: two seconds and 70 MB in each worker.
There is no public way to ask for less.
"""

from collections.abc import Iterable

import torch
from torch.optim import Optimizer

SPARED = ("add_param_group", "zero_grad")  # which keep the compiler away


def leave_out_compiler(optimizers: Iterable[type[Optimizer]]) -> None:
    """From now on, optimizers of these classes do not load the compiler.

    Their steps can then not be differentiated, which torch allows only where `differentiable` asks for it.
    """
    for name in SPARED:
        method = getattr(Optimizer, name)
        method = getattr(method, "__wrapped__", method)
        method.__dynamo_disable = method  # what torch asks for first, and otherwise makes with the compiler
    for optimizer in optimizers:
        step = optimizer.step
        optimizer.step = torch.no_grad()(getattr(step, "__wrapped__", step))  # type: ignore[method-assign]
