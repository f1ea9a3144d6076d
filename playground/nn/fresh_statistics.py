"""Batch normalization outside of training: by the statistics of all training samples, with the weights of the moment.

The running averages of training are for a network that is done: before the first update they are 0 and 1 whatever flows
through the network, and later they lag behind its weights. So no evaluation here reads them; training keeps them up.

Source: Wu and Johnson, Rethinking "Batch" in BatchNorm, 2021, arXiv:2105.07576, section 3 (PreciseBN).
"""

from collections.abc import Iterator
from contextlib import contextmanager

import torch
from torch import Tensor, nn

from playground.nn.network import Network


@contextmanager
def evaluating(network: Network, X: Tensor) -> Iterator[Network]:
    """While open, the network is in evaluation mode and normalizes by the statistics of X (N, D).

    Afterwards its mode and its running averages are as they were. No random numbers are drawn.
    """
    was_training = network.training
    network.eval()
    with running_averages_kept(network):
        if network.batch_norms:
            with torch.random.fork_rng(devices=[X.device] if X.is_cuda else []):  # fractional pooling draws here too
                measured(network, X)
        try:
            yield network
        finally:
            network.train(was_training)


@torch.no_grad()
def measured(network: Network, X: Tensor) -> Tensor:
    """Outputs for X (N, D), normalized by statistics of X, which the network keeps; it must be in evaluation mode.

    Call it inside `running_averages_kept`.
    """
    handles = [norm.register_forward_pre_hook(_measure) for norm in network.batch_norms]
    try:
        return network(X)
    finally:
        for handle in handles:
            handle.remove()


def _measure(norm: nn.Module, inputs: tuple[Tensor, ...]) -> None:
    norm.running_mean, norm.running_var = mean_and_variance(inputs[0])


def mean_and_variance(x: Tensor) -> tuple[Tensor, Tensor]:
    """(C,) mean and variance, divided by their number, of each unit of (N, C) or each channel of (N, C, ...)."""
    return torch.batch_norm_update_stats(x, None, None, 0.0)  # takes a twentieth of the time of torch.var_mean


@contextmanager
def by_the_batch(network: Network) -> Iterator[None]:
    """While open, the network normalizes by the batch that it is given, also in evaluation mode, as training does."""
    with running_averages_kept(network):
        drop_running_averages(network)
        yield


def drop_running_averages(network: Network) -> None:
    """Let the network normalize by the batch that it is given, whatever its mode."""
    for norm in network.batch_norms:
        norm.running_mean = norm.running_var = None


@contextmanager
def running_averages_kept(network: Network) -> Iterator[None]:
    """While open, batch normalizations may hold other statistics; afterwards they have those of training again."""
    kept = [(norm, norm.running_mean, norm.running_var) for norm in network.batch_norms]
    try:
        yield
    finally:
        for norm, mean, variance in kept:
            norm.running_mean, norm.running_var = mean, variance
