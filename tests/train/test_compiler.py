"""Optimizers without torch's compiler."""

import sys

import pytest
import torch

from playground.catalog import OPTIMIZERS
from playground.train.trainer import Trainer
from tests.aids.training import tiny


@pytest.mark.parametrize("optimizer", OPTIMIZERS)
def test_a_training_does_without_the_compiler(monkeypatch, optimizer):
    monkeypatch.setitem(sys.modules, "torch._dynamo", None)  # cannot be imported
    trainer = Trainer(tiny(optimizer=optimizer))
    before = [parameter.clone() for parameter in trainer.network.parameters()]
    for _ in range(2):
        trainer.advance()
    moved = [not torch.equal(old, new) for old, new in zip(before, trainer.network.parameters(), strict=True)]
    assert any(moved) and torch.is_grad_enabled()
    assert all(parameter.grad_fn is None for parameter in trainer.network.parameters())
