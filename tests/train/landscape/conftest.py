"""A small run for the tests of its landscape."""

import pytest
import torch

from playground.train.landscape.descent import Descent
from playground.train.landscape.flat import FlatLoss
from tests.aids.training import tiny

NUM_STEPS = 8


def descend(**fields: object) -> Descent:
    """A descent that has ended."""
    descent = Descent(tiny(num_epochs=10, **fields), num_steps=NUM_STEPS, max_points=NUM_STEPS + 1)
    while not descent.has_ended:
        descent.advance()
    return descent


def loss_of(descent: Descent) -> FlatLoss:
    return FlatLoss(descent.trainer.network, descent.trainer.data.train, descent.trainer.loss)


@pytest.fixture
def make_descent():
    return descend


@pytest.fixture
def make_loss():
    return loss_of


@pytest.fixture
def generator() -> torch.Generator:
    return torch.Generator().manual_seed(7)
