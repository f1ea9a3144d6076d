"""StackedData: what each network trains on, and the batches of one epoch for all of them."""

from collections.abc import Iterator, Sequence

import torch
from torch import Tensor

from playground.config import Config
from playground.data.prepared import Data, Split, prepare
from playground.fields import SPECS
from playground.seeds import stream_seed
from playground.spec import DATA

DATA_FIELDS = ("seed", *(name for name, spec in SPECS.items() if spec.group == DATA))

MOST_SAMPLES = 512  # of each network in one pass of an evaluation


def data_key(config: Config) -> tuple[object, ...]:
    """Equal for Configs that train on the same samples."""
    return tuple(getattr(config, name) for name in DATA_FIELDS)


class StackedData:
    """Splits of U different data sets, and which of them each of K networks has.

    Networks with one seed share one data set and one order of batches.

    Args:
        configs: of the K networks; all data sets have the same shape.
    """

    def __init__(self, configs: Sequence[Config], device: torch.device):
        keys = [data_key(config) for config in configs]
        self._sets = {key: prepare(config, device) for key, config in dict(zip(keys, configs, strict=True)).items()}
        numbers = {key: number for number, key in enumerate(self._sets)}
        self._set_of = torch.tensor([numbers[key] for key in keys])
        seeds = list(dict.fromkeys(config.seed for config in configs))
        self._orders = [torch.Generator().manual_seed(stream_seed(seed, "order")) for seed in seeds]
        self._order_of = torch.tensor([seeds.index(config.seed) for config in configs])
        self.num_inputs, self.num_outputs = self.first.num_inputs, self.first.num_outputs
        self._is_common = len(self._sets) == len(seeds) == 1
        self._device = device
        self._epoch_rows = torch.empty(0, len(configs), 0, dtype=torch.int64)  # (S, K, B) samples of the present epoch
        self.splits = {name: self._joined(name) for name in ("train", "val", "test")}

    @property
    def first(self) -> Data:
        """Of the first network."""
        return next(iter(self._sets.values()))

    @property
    def num_train(self) -> int:
        return len(self.first.train)

    @property
    def smallest_split(self) -> int:
        return min(len(getattr(self.first, name)) for name in ("train", "val", "test"))

    def of(self, config: Config) -> Data:
        """The data of one network."""
        return self._sets[data_key(config)]

    def keep(self, rows: Sequence[int]) -> None:
        """Go on with these networks only."""
        self._set_of, self._order_of = self._set_of[rows], self._order_of[rows]
        self._epoch_rows = self._epoch_rows[:, rows]

    def batches_per_epoch(self, batch_size: int) -> int:
        """Full batches in one pass; the incomplete last one is left out, unless there is no other."""
        return max(self.num_train // batch_size, 1)

    def epoch(self, batch_size: int) -> Iterator[Split]:
        """Batches of one pass, X (K, B, D) and y (K, B, ...), in each network's own fresh order.

        K may shrink on the way.
        """
        size, steps = min(batch_size, self.num_train), self.batches_per_epoch(batch_size)
        orders = torch.stack([torch.randperm(self.num_train, generator=generator) for generator in self._orders])
        rows = orders[self._order_of] + self.num_train * self._set_of.unsqueeze(1)
        rows = rows[:, : steps * size].unflatten(1, (steps, size)).transpose(0, 1)
        self._epoch_rows = rows.contiguous().to(self._device)
        for step in range(steps):  # gathered step by step: a whole epoch would not stay in the cache
            yield self._gathered(self.splits["train"], self._epoch_rows[step])

    def blocks(self, name: str) -> Iterator[Split]:
        """A split of all networks, X (K, N', D) and y (K, N', ...), in blocks whose signals stay in the cache.

        Their size does not depend on K: a product of matrices may round differently with more rows.
        """
        num_samples = len(getattr(self.first, name))
        starts = num_samples * self._set_of.unsqueeze(1)
        for block in torch.arange(num_samples).tensor_split(-(-num_samples // MOST_SAMPLES)):
            yield self._gathered(self.splits[name], (starts + block).to(self._device))

    def _gathered(self, split: Split, rows: Tensor) -> Split:
        """Samples (K, B, D) and targets (K, B, ...) of these rows (K, B); one copy of samples that all have."""
        if not self._is_common:
            return Split(split.X[rows], split.y[rows])
        X, y = split.X[rows[0]], split.y[rows[0]]
        return Split(X.expand(len(rows), *X.shape), y.expand(len(rows), *y.shape))

    def _joined(self, name: str) -> Split:
        """One split of all data sets, (U * N, D)."""
        parts: list[Split] = [getattr(data, name) for data in self._sets.values()]
        return Split(torch.cat([part.X for part in parts]), torch.cat([part.y for part in parts]))
