"""What augmentations do to digits, and to a network that has only seen digits as they are."""

from dataclasses import dataclass
from functools import lru_cache

import numpy as np
import torch
from torch import Tensor

from playground.catalog import DATASETS
from playground.config import Config
from playground.data.augment import change_of
from playground.nn.fresh_statistics import by_the_batch
from playground.seeds import numpy_generator
from playground.train.batches import Batch, Batches
from playground.train.trainer import RUNNING, Trainer


@lru_cache(maxsize=8)
def reader(config: Config) -> Trainer:
    """A trained network; a worker keeps the last ones."""
    trainer = Trainer(config)
    with trainer.own_randomness():
        while trainer.status == RUNNING:
            trainer.advance()
    return trainer


def images_of_test(trainer: Trainer) -> tuple[Tensor, Tensor]:
    """(N, 1, height, width) pixels in [0, 1] of the test split as they came, and their classes (N,)."""
    samples = trainer.data.samples
    shape = DATASETS[trainer.config.dataset].image_shape
    pixels = samples.X[samples.test].reshape(-1, 1, *shape).astype(np.float32)
    return torch.from_numpy(pixels), torch.from_numpy(samples.y[samples.test])


def changed(trainer: Trainer, images: Tensor, name: str, strength: float, seed: int) -> Tensor:
    """The images under one augmentation as the trainer's run would have it, drawn from the seed alone."""
    mean = trainer.data.samples.train_mean.reshape(images.shape[2:])
    return change_of(name, mean)(images, numpy_generator(seed, "pictures"), strength)


@torch.no_grad()
def read(trainer: Trainer, images: Tensor) -> Tensor:
    """(N, C) probabilities of the classes of raw images."""
    with trainer.evaluating() as network:
        return network(trainer.data.inputs_of(images.flatten(1).numpy()).to(trainer.device)).softmax(1).cpu()


def share_right(trainer: Trainer, images: Tensor, y: Tensor) -> float:
    return (read(trainer, images).argmax(1) == y).double().mean().item()


@dataclass(frozen=True)
class MixedBatch:
    """The first batch of a run.

    Args:
        before, after: (B, height, width) pixels as they came, and as the network gets them.
        y, mixed_y: (B,) classes of each image and of its partner.
        share: of the image itself.
        targets: (B, C) what the loss pulls the probabilities towards.
        loss, target_loss: as training computes it for a fresh network, and cross-entropy with these targets.
    """

    before: np.ndarray
    after: np.ndarray
    y: np.ndarray
    mixed_y: np.ndarray
    share: float
    targets: np.ndarray
    loss: float
    target_loss: float


def target_vectors(y: Tensor, mixed_y: Tensor, share: float, smoothing: float, num_classes: int) -> Tensor:
    """(B, C): one-hot classes, smoothed to (1 - s) onehot + s / C, then mixed."""
    one_hot = (torch.nn.functional.one_hot(some, num_classes).double() for some in (y, mixed_y))
    smoothed = [(1 - smoothing) * hot + smoothing / num_classes for hot in one_hot]
    return share * smoothed[0] + (1 - share) * smoothed[1]


def first_batch(config: Config) -> MixedBatch:
    """The first batch of a run of this Config, whose preprocessing must be none."""
    trainer = Trainer(config)
    plain = Batches(config.replace(augmentation=(), mixup_alpha=0), trainer.data)
    before, batch = next(plain.epoch()), next(Batches(config, trainer.data).epoch())
    shape = DATASETS[config.dataset].image_shape
    mixed_y = batch.y if batch.mixed_y is None else batch.mixed_y
    network = trainer.network.eval()
    with by_the_batch(network):
        logits = network(batch.X).detach()
    targets = target_vectors(batch.y, mixed_y, batch.share, config.label_smoothing, trainer.data.num_outputs)
    return MixedBatch(
        before=before.X.cpu().numpy().reshape(-1, *shape),
        after=batch.X.cpu().numpy().reshape(-1, *shape),
        y=batch.y.cpu().numpy(),
        mixed_y=mixed_y.cpu().numpy(),
        share=batch.share,
        targets=targets.cpu().numpy(),
        loss=_trained_loss(trainer, logits, batch),
        target_loss=-(targets * logits.double().log_softmax(1)).sum(1).mean().item(),
    )


def _trained_loss(trainer: Trainer, logits: Tensor, batch: Batch) -> float:
    loss = trainer.loss(logits, batch.y, trainer.config.label_smoothing)
    if batch.mixed_y is not None:
        mixed = trainer.loss(logits, batch.mixed_y, trainer.config.label_smoothing)
        loss = batch.share * loss + (1 - batch.share) * mixed
    return loss.item()
