"""Network: a chain of modules whose hidden layers can be looked into."""

from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass

from torch import Tensor, nn
from torch.nn.modules.batchnorm import _BatchNorm


@dataclass(frozen=True)
class LayerParts:
    """One layer of a network, as probes and initializers see it.

    Args:
        name: "hidden 1", ..., "output".
        affines: linear or convolution modules whose weights belong to the layer, in the order of the signal.
        activation: module whose input is the pre-activation; None for the output layer.
        end: module whose output is the layer's.
    """

    name: str
    affines: tuple[nn.Module, ...]
    activation: nn.Module | None
    end: nn.Module

    @property
    def weights(self) -> list[Tensor]:
        return [affine.weight for affine in self.affines]


class Network(nn.Module):
    """A chain of modules: inputs (N, D) -> outputs (N, C).

    Args:
        parts: the modules in order.
        layers: what probes look at, first hidden layer first, the output last.
        branch_ends: affine modules that end a residual branch.

    Attributes:
        batch_norms: its batch normalizations, in the order of the signal.
    """

    def __init__(self, parts: list[nn.Module], layers: list[LayerParts], branch_ends: list[nn.Module]):
        super().__init__()
        self.parts = nn.ModuleList(parts)
        self.layers = layers
        self.branch_ends = branch_ends
        self._inner_modules = list(self.modules())[1:]
        self.batch_norms = [module for module in self._inner_modules if isinstance(module, _BatchNorm)]
        self.set_dropout(None)

    def train(self, mode: bool = True) -> "Network":
        """As in torch, without its slow way to set an attribute: this happens twice in each epoch."""
        for module in (self, *self._inner_modules):
            vars(module)["training"] = mode
        return self

    def set_dropout(self, p: float | None) -> None:
        """Drop hidden units with probability p from now on; None keeps what the modules have."""
        for module in self.modules():
            if isinstance(module, (nn.Dropout, nn.AlphaDropout)):
                module.p = module.p if p is None else p
        # Dropout with p = 0 costs as much as with p > 0, so it is left out of the chain.
        self._chain = [part for part in self.parts if getattr(part, "p", 1) != 0]

    def forward(self, x: Tensor) -> Tensor:
        for part in self._chain:
            x = part(x)
        return x

    @contextmanager
    def tapped(self) -> Iterator[list[tuple[Tensor | None, Tensor]]]:
        """While open, each forward pass fills the list with (pre-activation, output) of every layer."""
        taps: list[list[Tensor | None]] = [[None, None] for _ in self.layers]
        handles = []
        for tap, layer in zip(taps, self.layers, strict=True):
            if layer.activation is not None:
                handles.append(layer.activation.register_forward_hook(_keep_input(tap)))
            handles.append(layer.end.register_forward_hook(_keep_output(tap)))
        try:
            yield taps  # type: ignore[misc]
        finally:
            for handle in handles:
                handle.remove()


def _keep_input(tap: list[Tensor | None]):
    def hook(module: nn.Module, inputs: tuple[Tensor, ...], output: Tensor) -> None:
        tap[0] = inputs[0]

    return hook


def _keep_output(tap: list[Tensor | None]):
    def hook(module: nn.Module, inputs: tuple[Tensor, ...], output: Tensor) -> None:
        tap[1] = output

    return hook
