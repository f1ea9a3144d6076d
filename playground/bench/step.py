"""A training step with everything recorded, against loops that record nothing."""

from collections.abc import Callable, Iterator
from itertools import pairwise

import torch
from torch import nn
from torch.utils.data import DataLoader, TensorDataset

from playground.bench.figure import Figure, compared, take_turns
from playground.catalog import ACTIVATIONS
from playground.config import Config
from playground.data.prepared import Data
from playground.registry import resolve
from playground.train.trainer import Trainer

CONFIG = Config(
    num_samples=500, train_fraction=0.5, hidden_sizes=(8, 8), activation="tanh", batch_size=10, num_epochs=10_000
)
EPOCHS, ROUNDS = 4, 80
MICROSECONDS = 1e6


def measure() -> Iterator[Figure]:
    """The step of Trainer against the barest loop and the usual one."""
    trainer = Trainer(CONFIG)
    steps = EPOCHS * trainer.batches.per_epoch
    ours, barest, tutorial = take_turns(
        recorded(trainer, EPOCHS), bare(trainer.data), usual(trainer.data), rounds=ROUNDS
    )
    for name, theirs, goal in (
        ("step_vs_bare_loop", barest, "<= 1.15 times"),
        ("step_vs_tutorial_loop", tutorial, "<= 0.6 times"),
    ):
        value, baseline = (MICROSECONDS * seconds / steps for seconds in compared(ours, theirs))
        yield Figure(name, value, "us", baseline, goal)


def recorded(trainer: Trainer, num_epochs: int) -> Callable[[], None]:
    """Some epochs of the Trainer, with evaluation, history and probes.

    Each ends with its losses, so that nothing is under way on a GPU any more.
    """

    def run() -> None:
        with trainer.own_randomness():
            for _ in range(num_epochs * trainer.batches.per_epoch):
                trainer.advance()

    return run


def bare(data: Data) -> Callable[[], None]:
    """The barest loop: shuffle, forward, backward, fused step; nothing is kept."""
    network, loss = _network(data), nn.CrossEntropyLoss()
    optimizer = torch.optim.Adam(network.parameters(), lr=CONFIG.learning_rate, fused=True)
    X, y = data.train.X, data.train.y

    def run() -> None:
        for _ in range(EPOCHS):
            order = torch.randperm(len(X))
            shuffled_X, shuffled_y = X[order], y[order]
            for start in range(0, len(X) // CONFIG.batch_size * CONFIG.batch_size, CONFIG.batch_size):
                end = start + CONFIG.batch_size
                optimizer.zero_grad()
                loss(network(shuffled_X[start:end]), shuffled_y[start:end]).backward()
                optimizer.step()

    return run


def usual(data: Data) -> Callable[[], None]:
    """The loop of tutorials: a DataLoader, the optimizer as it comes, loss.item() in every step."""
    network, loss = _network(data), nn.CrossEntropyLoss()
    optimizer = torch.optim.Adam(network.parameters(), lr=CONFIG.learning_rate)
    samples = TensorDataset(data.train.X, data.train.y)
    loader = DataLoader(samples, batch_size=CONFIG.batch_size, shuffle=True, drop_last=True)

    def run() -> None:
        for _ in range(EPOCHS):
            total = 0.0
            for X, y in loader:
                optimizer.zero_grad()
                batch_loss = loss(network(X), y)
                batch_loss.backward()
                optimizer.step()
                total += batch_loss.item()

    return run


def _network(data: Data) -> nn.Sequential:
    sizes = (data.num_inputs, *CONFIG.hidden_sizes)
    activation = resolve(ACTIVATIONS[CONFIG.activation].target)
    hidden = [module for pair in pairwise(sizes) for module in (nn.Linear(*pair), activation())]
    return nn.Sequential(*hidden, nn.Linear(sizes[-1], data.num_outputs))
