"""FlatLoss: the training loss as a function of all parameters in one vector, for many vectors at a time."""

import copy
import warnings

import torch
from torch import Tensor
from torch.func import functional_call, grad, vmap

from playground.data.prepared import Split
from playground.nn.fresh_statistics import drop_running_averages
from playground.nn.losses import Loss
from playground.nn.network import Network

CACHED_VALUES = 250_000  # activations computed at once: 1 MB, which a core's cache holds; more at once is slower
MOST_AT_ONCE = 256
RANDOM_SEED = 0  # of layers that draw even in evaluation, such as fractional pooling: the same draw at every point


class FlatLoss:
    """Mean loss over a split, without penalties, label smoothing or class weights, of a network in evaluation mode.

    Batch normalization takes the statistics of the split at each vector; derivatives go through them.

    Args:
        network: copied, so that it may go on training.
        split: N samples.
        loss: as `build_loss` makes it.
    """

    def __init__(self, network: Network, split: Split, loss: Loss):
        self._network = copy.deepcopy(network).eval().requires_grad_(False)
        drop_running_averages(self._network)
        self._split, self._loss = split, loss
        parameters = dict(self._network.named_parameters())
        self._shapes = {name: parameter.shape for name, parameter in parameters.items()}
        self._sizes = [parameter.numel() for parameter in parameters.values()]
        self._buffers = dict(self._network.named_buffers())
        self.num_parameters = sum(self._sizes)
        self.at_once = min(max(CACHED_VALUES // self._num_activations(), 1), MOST_AT_ONCE)
        self.is_batched = self._can_batch()
        if not self.is_batched:
            self.at_once = 1

    def of(self, vector: Tensor) -> Tensor:
        """Loss, a scalar that can be differentiated, at one vector (P,)."""
        pieces = zip(self._shapes.items(), vector.split(self._sizes), strict=True)
        parameters = {name: piece.view(shape) for (name, shape), piece in pieces}
        outputs = functional_call(self._network, (parameters, self._buffers), (self._split.X,))
        return self._loss(outputs, self._split.y)

    def many(self, vectors: Tensor) -> Tensor:
        """Losses (K,) at vectors (K, P); keep K near `at_once`."""
        with torch.no_grad():
            return vmap(self.of)(vectors) if self.is_batched else self._one_by_one(self.of, vectors)

    def hessian_products(self, vectors: Tensor, directions: Tensor) -> Tensor:
        """The Hessian at each of the vectors (K, P) times the direction (K, P) beside it.

        The gradient of (gradient . direction), without the Hessian itself.

        Raises:
            RuntimeError: when torch has no second derivative of the loss.
        Source: Pearlmutter, Fast exact multiplication by the Hessian, 1994.
        """
        if self.is_batched:
            return vmap(self._hessian_product)(vectors, directions)
        return self._one_by_one(self._hessian_product, vectors, directions)

    def _hessian_product(self, vector: Tensor, direction: Tensor) -> Tensor:
        return grad(lambda at: torch.dot(grad(self.of)(at), direction))(vector)

    def _one_by_one(self, function, *columns: Tensor) -> Tensor:
        rows = []
        for row in zip(*columns, strict=True):
            with torch.random.fork_rng(devices=[]):
                torch.manual_seed(RANDOM_SEED)
                rows.append(function(*row))
        return torch.stack(rows)

    @torch.no_grad()
    def _num_activations(self) -> int:
        """Values of all layers for the whole split."""
        with self._network.tapped() as taps:
            self._network(self._split.X)
        return sum(output.numel() for _, output in taps)

    def _can_batch(self) -> bool:
        """Whether vmap knows every operation; it raises for random ones and warns where it would loop itself."""
        first = torch.cat([parameter.flatten() for parameter in self._network.parameters()])
        try:
            with warnings.catch_warnings(), torch.no_grad():
                warnings.simplefilter("error")
                vmap(self.of)(first.expand(2, -1))
        except (RuntimeError, UserWarning):
            return False
        return True
