"""Data: what a network trains on, preprocessed with statistics of the training split only."""

from dataclasses import dataclass

import numpy as np
import torch
from sklearn.base import TransformerMixin
from sklearn.preprocessing import StandardScaler
from torch import Tensor

from playground.catalog import DATASETS, PREPROCESSING
from playground.catalog.losses import CLASSIFICATION
from playground.config import Config
from playground.data.features import plane_inputs
from playground.data.samples import Samples, load_samples
from playground.registry import resolve


@dataclass(frozen=True)
class Split:
    """Inputs X (N, D) float32 and targets y: (N,) int64 classes, or (N, 1) float32 with unit variance in training."""

    X: Tensor
    y: Tensor

    def __len__(self) -> int:
        return len(self.X)

    def to(self, device: torch.device) -> "Split":
        return Split(self.X.to(device), self.y.to(device))


@dataclass(frozen=True)
class Data:
    """The three splits of one run, and what leads back to the samples.

    Args:
        samples: before preprocessing.
        preprocessor: fitted on the training split; (N, D) -> (N, D').
        target_scaler: fitted on the training targets of a regression, else None.
        num_outputs: classes, or 1 for regression.
    """

    train: Split
    val: Split
    test: Split
    samples: Samples
    preprocessor: TransformerMixin
    target_scaler: StandardScaler | None
    num_outputs: int

    @property
    def num_inputs(self) -> int:
        return self.train.X.shape[1]

    def inputs_of(self, X: np.ndarray) -> Tensor:
        """(N, D') what the network sees of raw inputs X (N, D)."""
        return torch.from_numpy(np.ascontiguousarray(self.preprocessor.transform(X), dtype=np.float32))

    def inputs_at(self, points: np.ndarray, config: Config) -> Tensor:
        """(N, D') what the network sees of points (N, 2) of the plane."""
        return self.inputs_of(plane_inputs(points, config.features))


def build_preprocessor(config: Config, **changes: object) -> TransformerMixin:
    """The chosen preprocessing, not yet fitted.

    Args:
        changes: arguments of the target that replace the row's, such as epsilon.
    """
    row = PREPROCESSING[config.preprocessing]
    kept = {"n_components": config.num_components or None} if row.reduces else {}
    return resolve(row.target)(**{**row.arguments, **kept, **changes})


def prepare(config: Config, device: torch.device | None = None) -> Data:
    """Splits of the chosen data set on the device."""
    device = device or torch.device("cpu")
    samples = load_samples(config)
    preprocessor = build_preprocessor(config).fit(samples.X[samples.train])
    is_classification = DATASETS[config.dataset].task == CLASSIFICATION
    target_scaler = None if is_classification else StandardScaler().fit(samples.y[samples.train, None])

    def part(rows: np.ndarray) -> Split:
        X = torch.from_numpy(np.ascontiguousarray(preprocessor.transform(samples.X[rows]), dtype=np.float32))
        if target_scaler is None:
            return Split(X, torch.from_numpy(samples.y[rows])).to(device)
        y = target_scaler.transform(samples.y[rows, None]).astype(np.float32)
        return Split(X, torch.from_numpy(y)).to(device)

    return Data(
        train=part(samples.train),
        val=part(samples.val),
        test=part(samples.test),
        samples=samples,
        preprocessor=preprocessor,
        target_scaler=target_scaler,
        num_outputs=len(samples.class_names) or 1,
    )
