"""Batches: order, augmentation and mixup."""

import numpy as np
import pytest
import torch

from playground.data.prepared import prepare
from playground.train.batches import Batches
from playground.train.trainer import Trainer
from tests.aids.training import tiny


def batches_of(**fields):
    config = tiny(**fields)
    data = prepare(config)
    return Batches(config, data), data.train


def as_rows(X):
    return sorted(map(tuple, X.tolist()))


def test_an_epoch_shows_every_sample_once_in_a_new_order():
    batches, train = batches_of()
    first, second = (torch.cat([batch.X for batch in batches.epoch()]) for _ in range(2))
    assert as_rows(first) == as_rows(second) == as_rows(train.X)
    assert not torch.equal(first, second)


def test_inputs_keep_their_targets():
    batches, train = batches_of()
    target = {tuple(x): y for x, y in zip(train.X.tolist(), train.y.tolist(), strict=True)}
    for batch in batches.epoch():
        assert [target[tuple(x)] for x in batch.X.tolist()] == batch.y.tolist()


@pytest.mark.parametrize(("size", "sizes"), [(1, [1] * 20), (7, [7, 7]), (20, [20]), (21, [20]), (20_000, [20])])
def test_batches_are_full_unless_there_is_but_one(size, sizes):
    batches, _ = batches_of(batch_size=size)
    assert [len(batch.X) for batch in batches.epoch()] == sizes
    assert batches.per_epoch == len(sizes)


def test_the_order_is_the_same_for_every_batch_size():
    orders = [torch.cat([batch.X for batch in batches_of(batch_size=size)[0].epoch()]) for size in (1, 4, 20)]
    assert torch.equal(orders[0], orders[1]) and torch.equal(orders[0], orders[2])


def test_augmented_images_are_new_in_every_epoch_and_preprocessed_afterwards():
    config = tiny(dataset="digits", augmentation="flip", preprocessing="standardize")
    data = prepare(config)
    batches = Batches(config, data)
    raw = data.samples.X[data.samples.train].reshape(-1, 8, 8)
    candidates = torch.cat([data.inputs_of(images.reshape(-1, 64)) for images in (raw, raw[:, :, ::-1])])
    epochs = [torch.cat([batch.X for batch in batches.epoch()]) for _ in range(2)]
    assert as_rows(epochs[0]) != as_rows(epochs[1])
    chosen = torch.cdist(epochs[0], candidates).argmin(1)
    torch.testing.assert_close(epochs[0], candidates[chosen], atol=1e-4, rtol=0)
    assert (chosen < 20).any() and (chosen >= 20).any()


def test_the_training_split_itself_is_never_augmented():
    trainer = Trainer(tiny(dataset="digits", augmentation="shift,cutout"))
    before = trainer.data.train.X.clone()
    list(trainer.batches.epoch())
    assert torch.equal(trainer.data.train.X, before)


def test_mixup_mixes_inputs_and_names_both_targets():
    batches, train = batches_of(mixup_alpha=1.0)
    known = {tuple(x): y for x, y in zip(train.X.double().tolist(), train.y.tolist(), strict=True)}
    plain = list(batches_of()[0].epoch())
    for batch, unmixed in zip(batches.epoch(), plain, strict=True):
        assert torch.equal(batch.y, unmixed.y)
        partners = (batch.X - batch.share * unmixed.X) / (1 - batch.share)
        for partner, y in zip(partners.double().tolist(), batch.mixed_y.tolist(), strict=True):
            nearest = min(known, key=lambda x: np.abs(np.subtract(x, partner)).max())
            np.testing.assert_allclose(nearest, partner, atol=1e-3)
            assert known[nearest] == y


@pytest.mark.parametrize(("alpha", "expected"), [(1.0, 0.25), (0.2, 0.1015)])
def test_the_smaller_share_of_mixup_has_the_mean_of_its_beta_distribution(alpha, expected):
    batches, _ = batches_of(mixup_alpha=alpha, batch_size=1)
    shares = [batch.share for _ in range(200) for batch in batches.epoch()]
    assert np.minimum(shares, np.subtract(1, shares)).mean() == pytest.approx(expected, abs=0.01)


@pytest.mark.parametrize("fields", [{}, {"label_smoothing": 0.2}, {"loss": "hinge"}, {"dataset": "plane"}], ids=str)
def test_the_loss_of_a_mixed_batch_is_the_mix_of_both_losses(fields):
    trainer = Trainer(tiny(mixup_alpha=1.0, **fields))
    batch = next(Batches(trainer.config, trainer.data).epoch())
    outputs = trainer.network(batch.X)
    smoothing = trainer.config.label_smoothing
    expected = batch.share * trainer.loss(outputs, batch.y, smoothing)
    expected = expected + (1 - batch.share) * trainer.loss(outputs, batch.mixed_y, smoothing)
    with trainer.own_randomness():
        trainer.advance()
    trainer.flush()
    assert trainer.recorder.minibatch.thinned(10)[0, 1] == pytest.approx(expected.item(), rel=1e-6)


def test_mixing_one_hot_targets_is_the_same_as_mixing_cross_entropies():
    logits = torch.randn(5, 3, generator=torch.Generator().manual_seed(0))
    y, mixed_y, share = torch.tensor([0, 1, 2, 0, 1]), torch.tensor([2, 2, 0, 0, 1]), 0.3
    hot = torch.nn.functional.one_hot
    soft = torch.nn.functional.cross_entropy(logits, share * hot(y, 3).float() + (1 - share) * hot(mixed_y, 3).float())
    cross_entropy = torch.nn.functional.cross_entropy
    torch.testing.assert_close(share * cross_entropy(logits, y) + (1 - share) * cross_entropy(logits, mixed_y), soft)
