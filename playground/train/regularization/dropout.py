"""What dropout does: its masks, its outputs in training, and what evaluation makes of them."""

from collections.abc import Iterator
from contextlib import contextmanager

import torch
from torch import Tensor, nn

from playground.config import Config
from playground.nn.network import Network
from playground.train.trainer import RUNNING, Trainer

DROPOUT = (nn.Dropout, nn.AlphaDropout)


def dropouts(network: Network) -> list[nn.Module]:
    return [module for module in network.modules() if isinstance(module, DROPOUT)]


def drawn_masks(network: Network, sizes: tuple[int, ...]) -> list[list[bool]]:
    """Which units of each hidden layer one sample keeps in one step, by the modules that train."""
    network.train()
    return [
        (module(torch.ones(1, size)) != 0)[0].tolist() for module, size in zip(dropouts(network), sizes, strict=True)
    ]


@torch.no_grad()
def masked_probabilities(network: Network, X: Tensor) -> Tensor:
    """(N, C) probabilities in training mode, a new mask for each sample."""
    network.train()
    return network(X).softmax(1)


@torch.no_grad()
def scaled_probabilities(network: Network, X: Tensor) -> Tensor:
    """(N, C) probabilities in evaluation mode: all units act, as large as they are on average in training."""
    network.eval()
    return network(X).softmax(1)


@torch.no_grad()
def unscaled_probabilities(network: Network, X: Tensor) -> Tensor:
    """(N, C) what evaluation would say had training not divided by the share kept: all units, 1 / (1 - p) too large."""
    network.eval()
    with _enlarged(network):
        return network(X).softmax(1)


@contextmanager
def _enlarged(network: Network) -> Iterator[None]:
    handles = [
        module.register_forward_hook(lambda module, _, output: output / (1 - module.p)) for module in dropouts(network)
    ]
    try:
        yield
    finally:
        for handle in handles:
            handle.remove()


class MaskAverage:
    """The mean of the probabilities of many masks, and how far it is from weight scaling.

    Source: Srivastava et al., Dropout, 2014, section 7.5; Gal and Ghahramani, Dropout as a
        Bayesian approximation, 2016.
    """

    def __init__(self, network: Network, X: Tensor, y: Tensor):
        self._network, self._X, self._y = network, X, y
        self.scaled, self.unscaled = scaled_probabilities(network, X), unscaled_probabilities(network, X)
        self._sum = torch.zeros_like(self.scaled)
        self.count = 0
        self.single_accuracies: list[float] = []

    def add(self) -> Tensor:
        """One more mask for every sample; returns its (N, C) probabilities."""
        found = masked_probabilities(self._network, self._X)
        self._sum += found
        self.count += 1
        self.single_accuracies.append(self.accuracy(found))
        return found

    @property
    def mean(self) -> Tensor:
        return self._sum / self.count

    def difference(self, probabilities: Tensor) -> float:
        """Mean absolute difference between these (N, C) probabilities and the mean over the masks."""
        return (probabilities - self.mean).abs().mean().item()

    def accuracy(self, probabilities: Tensor) -> float:
        return (probabilities.argmax(1) == self._y).double().mean().item()


class DropoutStudy:
    """Trains a classifier, then averages its answers over masks; each `advance` is an update or a mask.

    Args:
        num_samples: of the validation split, at most.
        num_shown: of them whose single answers are kept.
    """

    def __init__(self, config: Config, *, num_masks: int, num_samples: int, num_shown: int):
        self.trainer = Trainer(config)
        self._num_masks, self._num_samples, self._num_shown = num_masks, num_samples, num_shown
        self.average: MaskAverage | None = None
        self.answers: list[Tensor] = []  # probability of the true class, (num_shown,) each
        self.differences: list[float] = []

    @property
    def has_ended(self) -> bool:
        return len(self.answers) == self._num_masks

    @property
    def fraction(self) -> float:
        """Share done, training and masks half of it each."""
        return (self.trainer.step / self.trainer.total_steps + len(self.answers) / self._num_masks) / 2

    def advance(self) -> None:
        with self.trainer.own_randomness():
            if self.trainer.status == RUNNING:
                self.trainer.advance()
                return
            if self.average is None:
                val = self.trainer.data.val
                X, y = val.X[: self._num_samples], val.y[: self._num_samples]
                self.average = MaskAverage(self.trainer.evaluated_network, X, y)
            self.answers.append(self.of_true(self.average.add()))
            self.differences.append(self.average.difference(self.average.scaled))

    @property
    def true(self) -> Tensor:
        """(num_shown,) classes of the samples that are shown."""
        return self.trainer.data.val.y[: self._num_shown]

    def of_true(self, probabilities: Tensor) -> Tensor:
        """(num_shown,) probabilities of the true classes."""
        return probabilities[: self._num_shown].gather(1, self.true[:, None])[:, 0].cpu()
