"""What a page sees of a tensor before and after each normalization."""

from dataclasses import dataclass

import numpy as np

from playground.jobs.job import Snapshot


@dataclass(frozen=True)
class Moments:
    """Mean, standard deviation (ddof 0), and the averages of the third and fourth power of the standard scores."""

    mean: float
    std: float
    skew: float
    kurtosis: float


@dataclass(frozen=True)
class Identities:
    """Largest differences between modules, as `nn.normalized_tensor.Identities` says."""

    one_group: float
    each_channel: float
    last_axis: float


@dataclass(frozen=True)
class TensorUnder:
    """The tensor under one normalization.

    Args:
        name: key of its row.
        after: (N, C, side, side) float64.
        shares: (N, C) bool: the channels of samples all of whose cells share a mean with the chosen cell.
        num_cells: how many these are.
        epsilon: under the root.
        cells_before, cells_after: (num_cells,) their values.
        moments_before, moments_after: of these values.
        gain, shift: of the chosen cell.
        chosen_before, chosen_after: value of the chosen cell.
        error: largest difference between the whole tensor after and before.
        error_of_sample: the same over the sample of the chosen cell.
    """

    name: str
    after: np.ndarray
    shares: np.ndarray
    num_cells: int
    epsilon: float
    cells_before: np.ndarray
    cells_after: np.ndarray
    moments_before: Moments
    moments_after: Moments
    gain: float
    shift: float
    chosen_before: float
    chosen_after: float
    error: float
    error_of_sample: float


@dataclass(frozen=True)
class NormalizedTensorSnapshot(Snapshot):
    """Args:
    values: (N, C, side, side) float64, before.
    kinds: the tensor under each normalization.
    identities: None before the end.
    """

    values: np.ndarray | None = None
    kinds: tuple[TensorUnder, ...] = ()
    identities: Identities | None = None
