"""What DropConnect does to a weight matrix and stochastic depth to a stack of blocks, by the modules that train."""

import numpy as np
import torch

from playground.config import Config
from playground.nn.build import build_network
from playground.nn.layers import DropConnectLinear, ResidualBlock
from playground.seeds import stream_seed


def seeded(seed: int, stream: str) -> None:
    torch.manual_seed(stream_seed(seed, stream))


class WeightMasks:
    """A DropConnect layer of (units, units) weights and one input, both standard normal.

    Source: Wan et al., Regularization of neural networks using DropConnect, 2013, section 3.2.
    """

    def __init__(self, units: int, p: float, seed: int):
        self.p, self._seed = p, seed
        with torch.random.fork_rng(devices=[]):
            seeded(seed, "weights")
            self._layer = DropConnectLinear(units, units, p=p, bias=False).double()
            torch.nn.init.normal_(self._layer.weight, std=units**-0.5)
            self.input = torch.randn(units).double()

    @property
    def weight(self) -> np.ndarray:
        """(units, units), as evaluation has it."""
        return self._layer.weight.detach().numpy()

    @torch.no_grad()
    def drawn(self, number: int) -> np.ndarray:
        """(number, units, units) weights as training has them in so many steps: the identity shows them."""
        return self._outputs(torch.eye(self._layer.in_features).double(), number).swapaxes(1, 2)

    @torch.no_grad()
    def outputs(self, number: int) -> np.ndarray:
        """(number, units) outputs for the one input in training."""
        return self._outputs(self.input[None], number)[:, 0]

    def _outputs(self, X: torch.Tensor, number: int) -> np.ndarray:
        self._layer.train()
        with torch.random.fork_rng(devices=[]):
            seeded(self._seed, "masks")
            return torch.stack([self._layer(X) for _ in range(number)]).numpy()

    @property
    def evaluated(self) -> np.ndarray:
        """(units,) outputs in evaluation."""
        return self.weight @ self.input.numpy()

    @property
    def std(self) -> np.ndarray:
        """(units,) standard deviation over all masks: sqrt(p / (1 - p) sum w^2 v^2)."""
        return np.sqrt(self.p / (1 - self.p) * self.weight**2 @ self.input.numpy() ** 2)


def blocks_of(config: Config) -> list[ResidualBlock]:
    """The residual blocks of the network that the Config describes, first block first."""
    network = build_network(config, config.hidden_sizes[0], 2)
    return [part for part in network.parts if isinstance(part, ResidualBlock)]


@torch.no_grad()
def acting_blocks(blocks: list[ResidualBlock], steps: int, seed: int) -> np.ndarray:
    """(steps, blocks) whether a block's branch acts in a step of training: the identity is told from the rest."""
    with torch.random.fork_rng(devices=[]):
        seeded(seed, "masks")
        x = torch.ones(1, blocks[0].branch[-1].out_features)
        for block in blocks:
            block.train()
            torch.nn.init.zeros_(block.branch[-1].weight)
            torch.nn.init.ones_(block.branch[-1].bias)
        return np.array([[not torch.equal(block(x), x) for block in blocks] for _ in range(steps)])


@torch.no_grad()
def evaluated_share(block: ResidualBlock) -> float:
    """What evaluation multiplies a block's branch by."""
    block.eval()
    torch.nn.init.zeros_(block.branch[-1].weight)
    torch.nn.init.ones_(block.branch[-1].bias)
    x = torch.zeros(1, block.branch[-1].out_features)
    return block(x)[0, 0].item()
