"""SignalProbe: what flows forward and back through a network that has not been trained."""

import math
from dataclasses import dataclass
from functools import cached_property

import torch
from torch import Tensor

from playground.catalog import DATASETS
from playground.catalog.activations import activation_of
from playground.config import Config
from playground.data.prepared import Split, prepare
from playground.nn.build import build_network
from playground.nn.initialize import initialize
from playground.nn.losses import build_training_loss
from playground.seeds import stream_seed
from playground.train.device import choose_device
from playground.train.layer_probe import LayerProbe
from playground.train.probes import Tap, highest_of_each, slope_shares
from playground.train.signal.theory import Expected, expected_layers

LSUV_SAMPLES = 256  # what LSUV looks at
MAX_KEPT = 20_000  # output values of each layer that a histogram is drawn of


@dataclass
class _Flow:
    """Statistics of one layer's outputs, or of their gradients, over the samples seen so far."""

    count: int = 0
    mean: float = 0.0
    squares: float = 0.0  # sum of squared distances from the mean
    saturated: Tensor | None = None
    highest: Tensor | None = None  # (H,) highest pre-activation of each unit or filter
    kept: Tensor | None = None

    def see(self, output: Tensor) -> None:
        """Merge another chunk's mean and variance.

        Source: Chan et al., Algorithms for computing the sample variance, 1983.
        """
        variance, mean = (value.item() for value in torch.var_mean(output.double(), correction=0))
        total = self.count + output.numel()
        shift = mean - self.mean
        self.squares += variance * output.numel() + shift**2 * self.count * output.numel() / total
        self.mean += shift * output.numel() / total
        self.count = total
        if self.kept is None:
            self.kept = output.flatten()[:: -(-output.numel() // MAX_KEPT)].clone()

    @property
    def std(self) -> float:
        return math.sqrt(self.squares / self.count) if self.count else math.nan


class SignalProbe:
    """One pass forward and back through a fresh network, a chunk of samples at a time, as its first step would see it.

    Args:
        config: of the network; in training mode, so batch normalization uses the samples' own statistics.
        num_samples: at most so many.
        num_inputs: of standard normal inputs with random targets; None: the training data.
        chunk_size: samples in one chunk.
        has_backward: whether there is a pass back; without one, gradients are NaN or None.
    """

    def __init__(
        self,
        config: Config,
        *,
        num_samples: int,
        num_inputs: int | None,
        chunk_size: int,
        has_backward: bool = True,
    ):
        device = choose_device(config.device)
        self._config, self._is_normal, self._has_backward = config, num_inputs is not None, has_backward
        self._split, num_outputs = _samples(config, num_samples, num_inputs, device)
        self.network = build_network(config, self._split.X.shape[1], num_outputs)
        weights = torch.Generator().manual_seed(stream_seed(config.seed, "weights"))
        initialize(self.network, config, weights, self._split.X[:LSUV_SAMPLES].cpu())
        self.network.to(device).train()
        self._loss, self._smoothing = build_training_loss(config, self._split.y, num_outputs), config.label_smoothing
        self._activation = activation_of(config)
        self._chunk_size = chunk_size
        self._layers = self.network.layers[:-1]  # hidden ones
        self._flows = [_Flow() for _ in self._layers]
        self._backs = [_Flow() for _ in self._layers]
        self._mask_seed = stream_seed(config.seed, "masks")
        self.num_seen = 0

    @property
    def num_samples(self) -> int:
        return len(self._split)

    @property
    def has_ended(self) -> bool:
        return self.num_seen == self.num_samples

    def advance(self) -> None:
        """One chunk, forward and back; gradients add up to those of the mean over all samples."""
        chunk = slice(self.num_seen, min(self.num_seen + self._chunk_size, self.num_samples))
        X, y = self._split.X[chunk], self._split.y[chunk]
        share = len(X) / self.num_samples
        with (
            torch.set_grad_enabled(self._has_backward),
            torch.random.fork_rng(devices=[]),
            self.network.tapped() as taps,
        ):
            torch.manual_seed(self._mask_seed + chunk.start)
            outputs = self.network(X)
        if self._has_backward:
            for _, output in taps:
                output.retain_grad()
            (self._loss(outputs, y, self._smoothing) * share).backward()
        with torch.no_grad():
            for flow, back, tap in zip(self._flows, self._backs, taps, strict=False):  # the output layer's comes last
                self._see(flow, tap, share)
                if self._has_backward:
                    back.see(tap[1].grad * self.num_samples)  # of the sum over the samples, whatever their number
        self.num_seen = chunk.stop

    def _see(self, flow: _Flow, tap: Tap, share: float) -> None:
        before, output = tap
        flow.see(output)
        saturated = slope_shares(before, self._activation, torch.full((), math.nan))[1] * share
        flow.saturated = saturated if flow.saturated is None else flow.saturated + saturated
        highest = highest_of_each(before)
        flow.highest = highest if flow.highest is None else torch.maximum(flow.highest, highest)

    @cached_property
    def expected(self) -> list[Expected]:
        """What infinite-width theory says of each hidden layer."""
        return expected_layers(self.network, self._config, None if self._is_normal else self._split.X)

    def gradients(self) -> list[tuple[float, float, Tensor | None]]:
        """(mean, standard deviation, some values) of the loss gradient of each hidden layer's outputs.

        The loss is the sum over the samples, so that the gradient is each sample's own.
        """
        return [(back.mean, back.std, back.kept) for back in self._backs]

    def layers(self) -> list[tuple[LayerProbe, Tensor, Tensor | None]]:
        """(probe, some output values, gradient of the weights) of each hidden layer, first one first."""
        return [
            (
                self._probe(layer.name, flow, _grad_norm(layer.weights)),
                flow.kept,
                torch.cat([weight.grad.flatten() for weight in layer.weights]) if self._has_backward else None,
            )
            for layer, flow in zip(self._layers, self._flows, strict=True)
        ]

    def _probe(self, name: str, flow: _Flow, grad_norm: Tensor) -> LayerProbe:
        dead = slope_shares(flow.highest[None], self._activation, torch.full((), math.nan))[0]
        is_finite = math.isfinite(flow.mean)
        dead_share, saturated = (
            value.item() if is_finite and not value.isnan() else None for value in (dead, flow.saturated)
        )
        return LayerProbe(
            name=name,
            mean=flow.mean,
            std=flow.std,
            dead=dead_share,
            saturated=saturated,
            grad_norm=grad_norm.item(),
            update_ratio=None,
        )


def _grad_norm(weights: list[Tensor]) -> Tensor:
    """Euclidean norm of the gradients of a layer's weights, in float64: the squares of vanishing ones would be 0."""
    if any(weight.grad is None for weight in weights):
        return torch.full((), math.nan)
    return torch.cat([weight.grad.double().flatten() for weight in weights]).norm()


def _samples(config: Config, num_samples: int, num_inputs: int | None, device: torch.device) -> tuple[Split, int]:
    """Inputs and targets, and how many outputs they need."""
    if num_inputs is None:
        data = prepare(config, device)
        return Split(data.train.X[:num_samples], data.train.y[:num_samples]), data.num_outputs
    inputs = torch.Generator().manual_seed(stream_seed(config.seed, "data"))
    targets = torch.Generator().manual_seed(stream_seed(config.seed, "labels"))
    X = torch.randn(num_samples, num_inputs, generator=inputs)
    num_classes = DATASETS[config.dataset].num_classes
    if num_classes:
        y = torch.randint(num_classes, (num_samples,), generator=targets)
    else:
        y = torch.randn(num_samples, 1, generator=targets)
    return Split(X, y).to(device), num_classes or 1
