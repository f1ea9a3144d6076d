"""Batches: the training split in a new order each epoch, augmented and mixed where asked."""

from collections.abc import Iterator
from itertools import islice
from typing import NamedTuple

import numpy as np
import torch
from torch import Tensor

from playground.catalog import DATASETS
from playground.config import Config
from playground.data.augment import change_of
from playground.data.prepared import Data
from playground.seeds import numpy_generator, stream_seed


class Batch(NamedTuple):
    """Inputs X (B, D), targets y, and what mixup mixed in.

    Args:
        mixed_y: targets of the partners; None without mixup.
        share: weight of y in the loss; 1 - share goes to mixed_y.
    """

    X: Tensor
    y: Tensor
    mixed_y: Tensor | None = None
    share: float = 1.0


class Batches:
    """Batches of one run. The order has its own generator, so another batch size changes nothing else."""

    def __init__(self, config: Config, data: Data):
        self.size = config.batch_size
        self._data = data
        self._num_train = len(data.train)
        self._order = torch.Generator().manual_seed(stream_seed(config.seed, "order"))
        self._rng = numpy_generator(config.seed, "pictures")
        self._mixup_alpha = config.mixup_alpha
        self._strength = config.augmentation_strength
        self._image_shape = DATASETS[config.dataset].image_shape
        self._changes = []
        if self._image_shape and config.augmentation:
            mean = data.samples.train_mean.reshape(self._image_shape)
            self._changes = [change_of(name, mean) for name in config.augmentation]

    @property
    def per_epoch(self) -> int:
        """Full batches in one pass; the incomplete last one is left out, unless there is no other."""
        return max(self._num_train // self.size, 1)

    def epoch(self) -> Iterator[Batch]:
        """One pass over the training split in a fresh order."""
        train = self._data.train
        order = torch.randperm(self._num_train, generator=self._order)
        parts = [train.X[order], train.y[order]]
        if self._changes:
            raw = self._data.samples.X[self._data.samples.train]
            parts[0] = torch.from_numpy(raw[order.numpy()].astype(np.float32))
        for X, y in islice(zip(*(part.split(self.size) for part in parts), strict=True), self.per_epoch):
            batch = Batch(self._augmented(X) if self._changes else X, y)
            yield self._mixed(batch) if self._mixup_alpha else batch

    def _augmented(self, raw: Tensor) -> Tensor:
        """Raw images (B, D), changed at random and then preprocessed."""
        images = raw.unflatten(1, (1, *self._image_shape))
        for change in self._changes:
            images = change(images, self._rng, self._strength)
        return self._data.inputs_of(images.flatten(1).numpy()).to(self._data.train.X.device)

    def _mixed(self, batch: Batch) -> Batch:
        """Each sample mixed with a partner of the same batch.

        Source: Zhang et al., mixup, 2017, arXiv:1710.09412.
        """
        share = float(self._rng.beta(self._mixup_alpha, self._mixup_alpha))
        partner = torch.from_numpy(self._rng.permutation(len(batch.X)))
        return Batch(share * batch.X + (1 - share) * batch.X[partner], batch.y, batch.y[partner], share)
