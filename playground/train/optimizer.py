"""The optimizer of a Config, and live changes to it."""

from typing import Any

import torch
from torch import Tensor

from playground.catalog import OPTIMIZERS
from playground.config import Config
from playground.nn.network import Network
from playground.registry import resolve
from playground.train.compiler import leave_out_compiler

CLIP_EPSILON = 1e-6  # torch.nn.utils.clip_grad_norm_'s own

leave_out_compiler({resolve(row.target) for row in OPTIMIZERS.values()})


def decayed_weights(network: Network) -> list[Tensor]:
    """Weights of linear and convolution modules: all that weight decay and L1 act on."""
    return [weight for layer in network.layers for weight in layer.weights]


def build_optimizer(network: Network, config: Config) -> torch.optim.Optimizer:
    """The chosen class of torch.optim, over one group, or two where only some parameters decay."""
    row = OPTIMIZERS[config.optimizer]
    decayed = decayed_weights(network)
    spared = [p for p in network.parameters() if not any(p is weight for weight in decayed)]
    group = {"params": [*decayed, *spared], "num_decayed": len(decayed)}
    # A skipped residual block has no gradients, and torch's fused SGD cannot start with only some of them.
    skips_blocks = any(getattr(module, "skip", 0) for module in network.modules())
    form = {"foreach": False} if skips_blocks else fastest_form(config)
    optimizer = resolve(row.target)([group], **group_settings(config), **form)
    set_groups(optimizer, config)
    return optimizer


def fastest_form(config: Config) -> dict[str, bool]:
    """Which of torch's forms of the optimizer to take for few parameters: the fused one, else the plain one."""
    return {"fused": True} if OPTIMIZERS[config.optimizer].has_fused else {"foreach": False}


def group_settings(config: Config) -> dict[str, Any]:
    """What every parameter group holds: learning rate, momentum and the rest of the optimizer's own."""
    return {"lr": config.learning_rate, **OPTIMIZERS[config.optimizer].arguments(config)}


def set_groups(optimizer: torch.optim.Optimizer, config: Config) -> None:
    """Make a running optimizer follow the Config; its memory of past gradients stays.

    With weight decay there is a group with it and one without (biases, gains, PReLU slopes); without, one for all,
    because each group costs the step a call of its own.
    """
    settings = {**optimizer.param_groups[0], **group_settings(config), "weight_decay": 0.0}
    parameters = [parameter for group in optimizer.param_groups for parameter in group["params"]]
    if not config.weight_decay:
        optimizer.param_groups = [{**settings, "params": parameters}]
        return
    decayed, spared = parameters[: settings["num_decayed"]], parameters[settings["num_decayed"] :]
    optimizer.param_groups = [
        {**settings, "params": decayed, "weight_decay": config.weight_decay},
        {**settings, "params": spared},
    ]


@torch.no_grad()
def unclip(parameters: list[Tensor], norm: Tensor, longest: float) -> None:
    """Undo torch.nn.utils.clip_grad_norm_ after the update: the record shows the loss's own gradient.

    Args:
        norm: of all gradients together, before they were clipped.
        longest: that was let through.
    """
    grads = [parameter.grad for parameter in parameters if parameter.grad is not None]
    torch._foreach_mul_(grads, ((norm + CLIP_EPSILON) / longest).clamp_(min=1))


@torch.no_grad()
def shrink_towards_zero(weights: list[Tensor], threshold: float) -> None:
    """Proximal step of L1: w <- sign(w) max(|w| - threshold, 0), so that exact zeros appear.

    The threshold is learning rate times L1 strength, also behind adaptive optimizers.

    Source: Parikh and Boyd, Proximal algorithms, 2014.
    """
    for weight in weights:
        torch.nn.functional.softshrink(weight, threshold, out=weight)
