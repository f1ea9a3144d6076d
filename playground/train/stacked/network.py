"""StackedNetwork: K networks of one shape whose parameters are one tensor."""

from collections.abc import Callable, Iterable, Iterator, Sequence
from contextlib import contextmanager
from copy import deepcopy

import torch
from torch import Tensor, nn

from playground.nn.network import Network
from playground.train.optimizer import decayed_weights
from playground.train.stacked.masks import MaskedModule, Masks, StackedNormNoise
from playground.train.stacked.modules import STACKED, StackedBatchNorm, StackedDropConnect, StackedLinear

# Numbers in a row of parameters come in multiples of this: torch rounds what is left over at the end of a tensor
# differently from what fills a vector register, and with full registers a row never depends on how many rows there are.
FULL_REGISTERS = 64


class StackedNetwork:
    """The chain of modules of an ordinary network, for K networks at once: (K, B, D) -> (K, B, C).

    Args:
        template: an ordinary network of the shape.
        rows: (K, P), each network's parameters as `row_of` lays them out.
        masks: of the K networks.
    """

    def __init__(self, template: Network, rows: Tensor, masks: Masks):
        self._masks = masks
        self._places = _places(template)
        self.num_weights = sum(weight.numel() for weight in decayed_weights(template))
        self.num_parameters = sum(shape.numel() for _, shape in self._places)
        self._chain = nn.ModuleList(_stacked(part) for part in deepcopy(template).parts)
        self._takes_batches = isinstance(self._chain[0], (StackedLinear, StackedDropConnect))
        self._modules = dict(self._chain.named_modules())
        self._masked = [module for module in self._modules.values() if isinstance(module, MaskedModule)]
        for module in self._modules.values():
            if isinstance(module, StackedNormNoise):
                module.masks = masks
        self.has_batch_norm = bool(template.batch_norms)
        self._use(rows)

    def __len__(self) -> int:
        """K, networks."""
        return len(self.flat)

    def __call__(self, X: Tensor) -> Tensor:
        """(K, B, D), which may be one batch expanded -> (K, B, C)."""
        x = self._first_signal(X)
        for module in self._chain:
            x = module(x)
        return x.unflatten(0, (len(self.flat), -1))

    @torch.no_grad()
    def measured(self, blocks: Iterable[Tensor]) -> list[Tensor]:
        """Outputs for blocks (K, B, D) that are a whole split, normalized by its statistics, which the networks keep.

        They must be in evaluation mode. All blocks come through a module before one goes on, since what a
        normalization has to measure is known only then.
        """
        signals = [self._first_signal(X) for X in blocks]
        for module in self._chain:
            for norm in (part for part in module.modules() if isinstance(part, StackedBatchNorm)):
                norm.seen = []
                for x in signals:
                    module(x)
                norm.take()
            for index, x in enumerate(signals):
                signals[index] = module(x)
        return [x.unflatten(0, (len(self.flat), -1)) for x in signals]

    def _first_signal(self, X: Tensor) -> Tensor:
        return X if self._takes_batches else X.flatten(0, 1)

    @contextmanager
    def having(self, parameters: Tensor) -> Iterator[None]:
        """While open, the networks have these parameters (K, P)."""
        own = self.flat.clone()
        self.flat.copy_(parameters)
        try:
            yield
        finally:
            self.flat.copy_(own)

    @property
    def is_training(self) -> bool:
        return self._chain.training

    def train(self, mode: bool = True) -> None:
        self._chain.train(mode)

    def set_dropout(self, shares: Sequence[float]) -> None:
        """Drop units of network k with probability shares[k] from now on; DropConnect keeps its own."""
        for module in self._masked:
            is_connect = hasattr(module, "weight")
            module.set_shares([module.p] * len(self) if is_connect else shares, self._masks, self.flat.device)

    def gradient(self, losses: Tensor) -> Tensor:
        """(K, P) gradient of each network's loss, from losses (K,)."""
        grads = torch.autograd.grad(losses.sum(), self._leaves)
        return torch.cat([*(grad.flatten(1) for grad in grads), self._padding], dim=1)

    def keep(self, rows: Sequence[int]) -> None:
        """Go on with these networks only."""
        self._masks.keep(rows)
        self._use(self.flat[rows])

    def named(self, row: Tensor) -> dict[str, Tensor]:
        """Copies of the numbers (P,) of one network, by their names in an ordinary one."""
        values = row[: self.num_parameters].split([shape.numel() for _, shape in self._places])
        return {name: value.view(shape).clone() for (name, shape), value in zip(self._places, values, strict=True)}

    def statistics_of(self, row: int) -> dict[str, Tensor]:
        """What was measured of one network, by the names of running averages in an ordinary one."""
        return {
            f"parts.{path}.{name}": value
            for path, module in self._modules.items()
            if isinstance(module, StackedBatchNorm)
            for name, value in module.state_of(row).items()
        }

    def _use(self, rows: Tensor) -> None:
        """Make `flat` of the rows, and every module's parameters views into it."""
        num_rows = len(rows)
        self._padding = rows.new_zeros(num_rows, -self.num_parameters % FULL_REGISTERS)
        self.flat = torch.cat([rows[:, : self.num_parameters], self._padding], dim=1)
        start = 0
        self._leaves = []
        for name, shape in self._places:
            leaf = self.flat[:, start : start + shape.numel()].view(num_rows, *shape).detach().requires_grad_()
            path, _, attribute = name.removeprefix("parts.").rpartition(".")
            setattr(self._modules[path], attribute, leaf)
            self._leaves.append(leaf)
            start += shape.numel()


def row_of(network: Network, value: Callable[[Tensor], Tensor] = Tensor.detach) -> Tensor:
    """(P,) parameters of an ordinary network, or a value of each: first the weights that decay, then the others."""
    parameters = dict(network.named_parameters())
    return torch.cat([value(parameters[name]).flatten() for name, _ in _places(network)])


def _places(network: Network) -> list[tuple[str, torch.Size]]:
    """Name and shape of every parameter in the order of a row."""
    names = {id(parameter): name for name, parameter in network.named_parameters()}
    decayed = [names[id(weight)] for weight in decayed_weights(network)]
    shapes = {name: parameter.shape for name, parameter in network.named_parameters()}
    return [(name, shapes[name]) for name in (*decayed, *(name for name in shapes if name not in decayed))]


def _stacked(module: nn.Module) -> nn.Module:
    """The module, or its stacked form, with all modules in it stacked too."""
    if type(module) in STACKED:
        return STACKED[type(module)](module)
    for name, child in module.named_children():
        setattr(module, name, _stacked(child))
    return module
