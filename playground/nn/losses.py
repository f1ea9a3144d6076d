"""Losses: functions (outputs (N, C), targets, label_smoothing, reduction) -> scalar mean over the samples.

Targets are class indices (N,), or values (N, 1) for regression. With the reduction "none" comes the loss of each
sample, (N,); then there may be more dimensions in front, as of K networks, (K, N, C).
"""

from collections.abc import Callable

import torch
from torch import Tensor
from torch.nn import functional as F

from playground.catalog import LOSSES
from playground.config import Config
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


def build_training_loss(config: Config, targets: Tensor, num_classes: int) -> Loss:
    """What updates make small: the loss of the Config, with class weights where it asks for them.

    Args:
        targets: (N,) of the training split.
    """
    loss, weights = build_loss(config.loss), class_weights(config, targets, num_classes)
    if weights is None:
        return loss

    def weighted(outputs: Tensor, targets: Tensor, label_smoothing: float = 0.0) -> Tensor:
        return weighted_mean(loss(outputs, targets, label_smoothing, reduction="none"), targets, weights)

    return weighted


def class_weights(config: Config, targets: Tensor, num_classes: int) -> Tensor | None:
    """(C,) N / (C n_c) for a class of n_c of the N training samples; None where samples weigh the same.

    A class without samples counts for nothing, as in scikit-learn's "balanced"; the mean over the samples is 1.
    """
    if not config.class_weights or targets.is_floating_point():
        return None
    counts = targets.bincount(minlength=num_classes)
    return torch.where(counts > 0, len(targets) / ((counts > 0).sum() * counts.clamp(min=1)), 0.0)


def weighted_mean(losses: Tensor, targets: Tensor, weights: Tensor) -> Tensor:
    """Mean over the last dimension of losses (..., N), each times the weight of its sample's class.

    Torch's own class weights do two things that are wrong here. They divide by the sum of the weights in the batch, so
    that in a batch of one class, as every batch of one sample is, they do nothing. And with label smoothing they weigh
    each class of the smoothed target instead of the sample, which pulls all answers to the rare class.

    Args:
        weights: (C,), or (K, C) for targets (K, N).
    """
    return (losses * (weights[targets] if weights.dim() == 1 else weights.gather(1, targets))).mean(-1)


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
