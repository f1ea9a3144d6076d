"""Losses: functions (outputs (N, C), targets, label_smoothing, reduction) -> scalar mean over the samples.

Targets are class indices (N,), or values (N, 1) for regression. With the reduction "none" comes the loss of each
sample, (N,); then there may be more dimensions in front, as of K networks, (K, N, C).
"""

from collections.abc import Callable

import torch
from torch import Tensor
from torch.nn import functional as F

from playground.catalog import LOSSES
from playground.registry import resolve

Loss = Callable[..., Tensor]


def cross_entropy(logits: Tensor, targets: Tensor, label_smoothing: float = 0.0, reduction: str = "mean") -> Tensor:
    if reduction == "mean":
        return F.cross_entropy(logits, targets, label_smoothing=label_smoothing)
    log_shares = logits.mT.contiguous().log_softmax(-2)  # (..., C, N): much faster than along a few neighbours
    loss = -log_shares.gather(-2, targets.unsqueeze(-2)).squeeze(-2)
    return torch.lerp(loss, -log_shares.mean(-2), label_smoothing) if label_smoothing else loss


def hinge(scores: Tensor, targets: Tensor, label_smoothing: float = 0.0, reduction: str = "mean") -> Tensor:
    """Sum over the wrong classes of max(0, s_j - s_y + 1), as in CS231n; torch's own divides it by C."""
    num_classes = scores.shape[-1]
    loss = F.multi_margin_loss(scores.reshape(-1, num_classes), targets.flatten(), reduction=reduction) * num_classes
    return loss if reduction == "mean" else loss.view(targets.shape)


def mse(outputs: Tensor, targets: Tensor, label_smoothing: float = 0.0, reduction: str = "mean") -> Tensor:
    loss = F.mse_loss(outputs, _as_values(outputs, targets), reduction=reduction)
    return loss if reduction == "mean" else loss.mean(-1)


def huber(outputs: Tensor, targets: Tensor, label_smoothing: float = 0.0, reduction: str = "mean") -> Tensor:
    loss = F.huber_loss(outputs, _as_values(outputs, targets), reduction=reduction)
    return loss if reduction == "mean" else loss.mean(-1)


def _as_values(outputs: Tensor, targets: Tensor) -> Tensor:
    """Regression targets as they are, class indices as one-hot rows."""
    if targets.is_floating_point():
        return targets
    return F.one_hot(targets, outputs.shape[-1]).to(outputs.dtype)


def build_loss(name: str) -> Loss:
    """The loss function of that name: (outputs, targets, label_smoothing=0) -> scalar."""
    return resolve(LOSSES[name].target)


def accuracy(logits: Tensor, targets: Tensor) -> float:
    """Share of samples whose largest logit is the target class.

    Args:
        logits: (N, C), before softmax.
        targets: (N,), class indices in [0, C).

    Raises:
        ValueError: if N is 0.
    """
    if not len(targets):
        raise ValueError("accuracy needs at least one sample, but none came.")
    return (logits.argmax(1) == targets).sum().item() / len(targets)
