"""What the Train page sees of a run."""

from dataclasses import dataclass, field

import numpy as np

from playground.config import Config
from playground.jobs.job import Snapshot
from playground.train.layer_probe import LayerProbe

MAX_POINTS = 500  # of a line that is drawn
MAX_ROWS = 4 * MAX_POINTS  # of a history, four lines of which keep every spike


@dataclass(frozen=True)
class LayerHistogram:
    """Histogram of one layer.

    Args:
        edges: (bins + 1,), in the unit of the value.
        counts: (bins,).
    """

    edges: np.ndarray
    counts: np.ndarray


@dataclass(frozen=True)
class Layer(LayerProbe):
    """What flows through one layer: activations over the training split, gradients of the last update.

    Args:
        activations, gradients: histograms; None when the values are not finite.
    """

    activations: LayerHistogram | None
    gradients: LayerHistogram | None


@dataclass(frozen=True)
class DecisionMap:
    """The network's answer over the plane of a 2-D data set.

    Args:
        extent: the map covers [-extent, extent] in x1 and x2.
        values: (R, R) float32, row 0 at x2 = -extent. Two classes: probability of class 1. More classes: class index
            plus 1 - its probability. Regression: predicted target in its own unit.
        num_classes: 0 for regression.
        points: (N, 2) float32, x1 and x2 of the samples.
        targets: (N,) float32, class indices or target values.
        splits: (N,) uint8, 0 training, 1 validation.
    """

    extent: float
    values: np.ndarray
    num_classes: int
    points: np.ndarray
    targets: np.ndarray
    splits: np.ndarray


@dataclass(frozen=True)
class Predictions:
    """Validation predictions for data that has no plane to draw.

    Args:
        class_names: empty for regression.
        confusion: (C, C) counts on the validation split, row true, column predicted; None for regression.
        true, predicted: (N,) target values in their own unit, regression only, at most 500.
        images: (M, height, width) uint8 sample pictures, or None.
        image_true, image_predicted: (M,) class indices; image_confidence: (M,) probability of the predicted class.
        first_weights: (H, height, width) float32 first-layer weights as pictures, or None.
        unit: what the target is measured in.
    """

    class_names: tuple[str, ...] = ()
    confusion: np.ndarray | None = None
    true: np.ndarray | None = None
    predicted: np.ndarray | None = None
    images: np.ndarray | None = None
    image_true: np.ndarray | None = None
    image_predicted: np.ndarray | None = None
    image_confidence: np.ndarray | None = None
    first_weights: np.ndarray | None = None
    unit: str = ""


@dataclass(frozen=True)
class TrainingSnapshot(Snapshot):
    """One moment of a training run.

    Args:
        config: of the run, with what was changed on the way.
        epoch, num_epochs, step, total_steps: where the run is; one epoch is one pass over the training split.
        steps_per_second: measured over the computing time of the run, waiting excluded.
        seconds: computing time so far.
        device: "cpu" or "cuda".
        history: column -> (rows,) float64, at most MAX_ROWS rows with the first and the last; columns step, epoch,
            train_loss, val_loss, train_accuracy, val_accuracy, learning_rate, grad_norm, update_ratio (NaN: no value)
            and cost (train_loss with what the objective adds to it).
        bands: column -> (rows,) standard deviation over seeds; empty with one seed.
        statuses: of the runs of all seeds, in their order; curves and bands leave out those that have diverged.
        minibatch: {"step", "loss", "learning_rate"} -> (rows,), the live curve of single updates.
        best: {"epoch", "val_loss", "val_accuracy"} of the epoch with the lowest validation loss so far, over seeds its
            mean.
        kept: once a run with keep_best has ended, the scores of the weights that figures, answers and layers show:
            "epoch" (NaN over seeds, where each run has its own), and losses and accuracies, over seeds their means.
        moments: what was measured after single steps in the middle of an epoch: step, epoch (a fraction), losses,
            accuracies and cost, (rows,) each; moment_bands: their spread, as bands.
        present: the same of this moment, where history has no row of it: in the middle of an epoch, or at the last
            finite step of a run that has diverged; present_band: its spread.
        diverged_at: step at which the run diverged; None for any other.
        layers: first layer first; layers_step: the step that they are of.
        layer_history: {"epoch", "update_ratio"} -> (R, L), each layer with epochs of its own (NaN: no more rows).
        class_accuracies: class name -> share of its validation samples that are right (NaN: it has none), of the first
            run; empty where classes are as they came.
        result: what `train --json` prints; only in the snapshot that ends the run.
    """

    config: Config = field(default_factory=Config)
    epoch: int = 0
    num_epochs: int = 0
    step: int = 0
    total_steps: int = 0
    steps_per_second: float = 0.0
    seconds: float = 0.0
    device: str = "cpu"
    num_parameters: int = 0
    history: dict[str, np.ndarray] = field(default_factory=dict)
    bands: dict[str, np.ndarray] = field(default_factory=dict)
    statuses: tuple[str, ...] = ()
    minibatch: dict[str, np.ndarray] = field(default_factory=dict)
    best: dict[str, float | None] = field(default_factory=dict)
    kept: dict[str, float] = field(default_factory=dict)
    moments: dict[str, np.ndarray] = field(default_factory=dict)
    moment_bands: dict[str, np.ndarray] = field(default_factory=dict)
    present: dict[str, float] = field(default_factory=dict)
    present_band: dict[str, float] = field(default_factory=dict)
    diverged_at: int | None = None
    layers: tuple[Layer, ...] = ()
    layers_step: int = 0
    layer_history: dict[str, np.ndarray] = field(default_factory=dict)
    decision_map: DecisionMap | None = None
    predictions: Predictions | None = None
    class_accuracies: dict[str, float] = field(default_factory=dict)
    result: dict[str, object] | None = None
