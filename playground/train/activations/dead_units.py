"""WatchedTraining: a run whose hidden units are looked at after every epoch."""

import time
from typing import Any

import numpy as np
import torch
from torch import Tensor

from playground.catalog import DATASETS
from playground.catalog.datasets import PLANE
from playground.config import Config
from playground.train.probes import highest_of_each
from playground.train.trainer import RUNNING, Trainer


class WatchedTraining:
    """One training, its silent units counted before it and after every epoch.

    Args:
        bias: where the bias of every hidden unit starts.
    """

    def __init__(self, config: Config, bias: float):
        self._trainer = Trainer(config)
        self._layers = self._trainer.network.layers[:-1]
        for layer in self._layers:
            torch.nn.init.constant_(layer.affines[0].bias, bias)
        self._epochs: list[int] = []
        self._silent: list[float | None] = []
        self._look()

    @property
    def epoch(self) -> int:
        return self._trainer.epoch

    @property
    def has_ended(self) -> bool:
        return self._trainer.status != RUNNING

    @property
    def fraction(self) -> float:
        return 1.0 if self.has_ended else self._trainer.position / self._trainer.total_steps

    @property
    def num_units(self) -> int:
        return sum(len(layer.affines[0].bias) for layer in self._layers)

    def advance(self, deadline: float) -> None:
        """Updates up to the end of the epoch or the deadline."""
        trainer, epoch = self._trainer, self._trainer.epoch
        with trainer.own_randomness():
            while not self.has_ended and trainer.epoch == epoch and time.perf_counter() < deadline:
                trainer.advance()
        if trainer.epoch > epoch:
            trainer.flush()
            self._look()

    def cloud(self) -> tuple[np.ndarray | None, np.ndarray | None]:
        """(N, 2) training inputs and (N,) their targets, where the network sees the plane itself."""
        train = self._trainer.data.train
        if not self._is_plane():
            return None, None
        return train.X.cpu().numpy(), train.y.flatten().cpu().numpy()

    def seen(self) -> dict[str, Any]:
        """Fields of a DeadUnitsRun, without its name."""
        last = self._trainer.recorder.history.last
        accuracies = {name: last(name) for name in ("train_accuracy", "val_accuracy")}
        return {
            "epochs": tuple(self._epochs),
            "silent": tuple(self._silent),
            "stuck": self._stuck() if self._silent[-1] is not None else None,
            **{name: None if np.isnan(value) else value for name, value in accuracies.items()},
            "status": self._trainer.status,
            "message": self._trainer.message,
            "units": self._first_units(),
            "is_silent": self._is_silent[0].cpu().numpy(),
        }

    def _is_plane(self) -> bool:
        return DATASETS[self._trainer.config.dataset].kind == PLANE and self._trainer.data.num_inputs == 2

    def _first_units(self) -> np.ndarray:
        if not self._is_plane():
            return np.empty((0, 3))
        affine = self._layers[0].affines[0]
        return torch.cat([affine.weight, affine.bias[:, None]], dim=1).detach().cpu().numpy().astype(float)

    @torch.no_grad()
    def _look(self) -> None:
        """Note which units (or filters) are not above 0 for any sample of the whole training set."""
        network = self._trainer.network.eval()
        with network.tapped() as taps:
            outputs = network(self._trainer.data.train.X)
        self._is_silent: list[Tensor] = [highest_of_each(before) <= 0 for before, _ in taps[:-1]]
        share = torch.cat(self._is_silent).double().mean().item()
        self._epochs.append(self._trainer.epoch)
        # After a NaN every comparison is false, so the share would read 0.
        self._silent.append(share if outputs.isfinite().all() else None)

    def _stuck(self) -> float | None:
        """Share of hidden units that the loss over the whole training set gives no gradient at all."""
        trainer = self._trainer
        network = trainer.network.eval()
        loss = trainer.loss(network(trainer.data.train.X), trainer.data.train.y)
        affines = [layer.affines[0] for layer in self._layers]
        parameters = [parameter for affine in affines for parameter in (affine.weight, affine.bias)]
        gradients = torch.autograd.grad(loss, parameters)
        if not all(gradient.isfinite().all() for gradient in gradients):
            return None
        pairs = zip(gradients[::2], gradients[1::2], strict=True)
        stuck = torch.cat([(weight == 0).all(1) & (bias == 0) for weight, bias in pairs])
        return stuck.double().mean().item()
