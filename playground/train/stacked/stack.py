"""Stack: the arithmetic of a stacked training, without its record."""

from collections.abc import Iterator, Sequence
from contextlib import contextmanager, nullcontext

import torch
from torch import Tensor

from playground.config import Config
from playground.data.prepared import Split
from playground.train.overflow import overflowing_gradient, overflowing_layer
from playground.train.stacked.averages import StackedAverages
from playground.train.stacked.best import StackedBest
from playground.train.stacked.cost import added_costs
from playground.train.stacked.data import StackedData
from playground.train.stacked.divergence import StackedDivergence
from playground.train.stacked.evaluate import (
    Scores,
    StackedLoss,
    evaluate_stacked,
    stacked_class_weights,
    start_gradient,
)
from playground.train.stacked.masks import Masks
from playground.train.stacked.network import StackedNetwork
from playground.train.stacked.ordinary import load
from playground.train.stacked.rates import Rates
from playground.train.stacked.run import Ending
from playground.train.stacked.start import gradients_one_by_one, start_rows
from playground.train.stacked.update import StackedUpdate


class Stack:
    """K networks, their data and their optimizer, a row for each in every tensor.

    Args:
        configs: of the K networks.
    """

    def __init__(self, configs: Sequence[Config], device: torch.device):
        self.device, self._configs = device, list(configs)
        self.data, self._loss = StackedData(configs, device), StackedLoss(configs[0])
        self._template, rows = start_rows(configs, self.data)
        self._template.to(device)
        masks = Masks([config.seed for config in configs])
        self.network = StackedNetwork(self._template, rows.to(device), masks)
        self._update = StackedUpdate(configs, self.network.flat, self.network.num_weights)
        self._averages = StackedAverages(configs, self.network.flat)
        self._best = StackedBest(configs)
        self.rates = Rates(configs)
        self._divergence = StackedDivergence(len(configs), device)
        self._parts = (self.data, self.network, self._update, self._averages, self._best, self.rates, self._divergence)
        self.follow(configs)
        self._train_outputs: list[Tensor] = []  # while open for evaluation, where they are known
        self._before, self._gradient = self.network.flat, torch.zeros_like(self.network.flat)

    def find_gradient(self) -> None:
        """The gradient that the record shows of the networks as they start."""
        self.network.train(False)
        if self.network.has_batch_norm:
            self._gradient = gradients_one_by_one(self._configs, self.data, self.network)
        else:
            self._gradient = start_gradient(self.network, self.data, self._loss, self._smoothings, self._class_weights)

    def follow(self, configs: Sequence[Config]) -> None:
        """Go on with other values of live fields."""
        self._configs = list(configs)
        self._smoothings = [config.label_smoothing for config in configs]
        self._class_weights = stacked_class_weights(configs, self.data)
        self._update.follow(configs)
        self.rates.follow(configs)
        self.network.set_dropout([config.dropout for config in configs])

    def keep(self, rows: Sequence[int]) -> None:
        """Go on with these networks only; a row that is named twice becomes two."""
        rows = list(rows)
        for part in self._parts:
            part.keep(rows)
        self._before, self._gradient = self._before[rows], self._gradient[rows]
        self.follow([self._configs[row] for row in rows])

    def step(self, number: int, batch: Split, rates: Tensor, *, is_last: bool) -> None:
        """One update of every network.

        Args:
            number: of the update, from 1.
            batch: X (K, B, D), y (K, B, ...).
            rates: (K, 1) learning rates.
            is_last: whether the record will ask how far this update moved the weights.
        """
        losses = self._loss.means(self.network(batch.X), batch.y, self._smoothings, self._class_weights)
        self._divergence.see_losses(number, losses.detach(), self._overflowing_layer)
        self._gradient = self.network.gradient(losses)
        if is_last:
            self._before = self.network.flat.clone()
        norms = self._update.step(self.network.flat, self._gradient, rates)
        if norms is not None:
            self._divergence.see_norms(number, norms, self._overflowing_gradient)
        if self._averages.is_needed:
            self._averages.update(self.network.flat)

    def troubles(self, step: int, train_losses: Sequence[float], grad_norms: Sequence[float]) -> list[str]:
        """A sentence for each network that has diverged, else ""; call it inside `evaluating`, after an epoch."""
        losses, norms = (torch.tensor(values, device=self.device) for values in (train_losses, grad_norms))
        return self._divergence.see_epoch(step, losses, norms, self._overflowing_layer, self._overflowing_gradient)

    def troubles_so_far(self) -> list[str]:
        """The same within an epoch."""
        return self._divergence.flush()

    def _overflowing_layer(self, row: int) -> str:
        load(self._template, self.network.named(self.network.flat[row]))
        return overflowing_layer(self._template, self.data.of(self._configs[row]).train.X)

    def _overflowing_gradient(self, row: int) -> str:
        for name, grad in self.network.named(self._gradient[row]).items():
            self._template.get_parameter(name).grad = grad
        return overflowing_gradient(self._template)

    @contextmanager
    def evaluating(self, *, is_end: bool = False) -> Iterator[None]:
        """While open, the networks are in evaluation mode, with averaged parameters where asked.

        Batch normalization has the statistics of the training split, as in an ordinary run.

        Args:
            is_end: with those of their best epoch instead, where asked.
        """
        was_training = self.network.is_training
        self.network.train(False)
        best = self._best.in_place_of(self.network) if is_end and any(self._best.is_asked) else nullcontext()
        with self._averages.in_place_of(self.network), best:
            if self.network.has_batch_norm:
                self._train_outputs = self.network.measured(block.X for block in self.data.blocks("train"))
            yield
        self._train_outputs = []
        self.network.train(was_training)

    def see_best(self, is_best: Sequence[bool]) -> None:
        """Remember those of the first networks that are as good as they have ever been."""
        if not any(self._best.is_asked):
            return
        is_best = [*is_best, *[False] * (len(self.network) - len(is_best))]
        after = self.network.flat.clone()
        with self._averages.in_place_of(self.network):
            self._best.see(is_best, self.network.flat, [self._before, after, self._gradient])

    def scores(self, split: str) -> Scores:
        """Loss and accuracy of each network on a split; call it inside `evaluating`."""
        known = self._train_outputs if split == "train" else ()
        return evaluate_stacked(self.network, self.data, split, self._loss, known)

    def added_costs(self) -> list[float]:
        """Cost minus training loss of each network; call it inside `evaluating`."""
        return added_costs(self.network, self.data, self._loss, self._configs, self._class_weights)

    @torch.no_grad()
    def norms(self) -> tuple[list[float], list[float]]:
        """Norm of each network's last gradient, and of its last update of the weights over that of the weights."""
        size = self.network.num_weights
        before = self._before[:, :size]
        moved = (self.network.flat[:, :size] - before).norm(dim=1) / before.norm(dim=1)
        return self._gradient.norm(dim=1).tolist(), moved.tolist()

    def endings(self, rows: Sequence[int]) -> list[Ending]:
        """What is kept of networks that leave."""
        named = self.network.named
        with self.evaluating(is_end=True):
            states = [named(self.network.flat[row]) | self.network.statistics_of(row) for row in rows]
        last = self._before, self.network.flat, self._gradient
        updates = [self._best.update if self._best.is_asked[row] else last for row in rows]
        return [
            Ending(state, *(named(values[row]) for values in update))
            for row, state, update in zip(rows, states, updates, strict=True)
        ]
