"""Accuracy class by class: one figure for all samples hides a class that few of them have."""

from collections.abc import Sequence

import torch

from playground.data.prepared import Split
from playground.nn.network import Network


@torch.no_grad()
def class_accuracies(network: Network, split: Split, class_names: Sequence[str]) -> dict[str, float]:
    """Share of each class's samples that are right, NaN for a class without any; the network in evaluation mode."""
    is_right = network(split.X).argmax(1) == split.y
    counts, right = (y.bincount(minlength=len(class_names)) for y in (split.y, split.y[is_right]))
    return dict(zip(class_names, (right.double() / counts).tolist(), strict=True))
