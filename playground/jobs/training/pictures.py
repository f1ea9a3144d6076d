"""Pictures: what a network does with the data, at one moment of a run."""

import math
from collections.abc import Sequence

import numpy as np
import torch
from torch import Tensor

from playground.catalog import DATASETS
from playground.catalog.datasets import PLANE
from playground.jobs.training.class_balance import is_told
from playground.jobs.training.snapshot import DecisionMap, Layer, LayerHistogram, Predictions
from playground.train.class_accuracies import class_accuracies
from playground.train.layer_probe import LayerProbe
from playground.train.trainer import Trainer

MAP_SIDE = 64  # cells along each side of the decision map
NUM_BINS = 40
MAX_HISTOGRAM_VALUES = 20_000
MAX_PREDICTIONS = 500
NUM_IMAGES = 24
MAX_FILTERS = 32  # first-layer weights shown as pictures


class Pictures:
    """Draws the network of one trainer; what does not change is made once."""

    def __init__(self, trainer: Trainer):
        self._trainer = trainer
        self._dataset = DATASETS[trainer.config.dataset]
        self.num_parameters = sum(parameter.numel() for parameter in trainer.network.parameters())
        if self._dataset.kind == PLANE:
            axis = np.linspace(-self._dataset.extent, self._dataset.extent, MAP_SIDE)
            grid = np.stack(np.meshgrid(axis, axis), axis=-1).reshape(-1, 2)
            self._map_inputs = trainer.data.inputs_at(grid, trainer.config).to(trainer.device)

    @torch.no_grad()
    def draw(
        self, probes: Sequence[LayerProbe] | None = None
    ) -> tuple[tuple[Layer, ...], DecisionMap | None, Predictions | None]:
        """Layers, the decision map of a plane, and predictions for regression and for data that is no plane.

        Args:
            probes: of this moment; None: those of the last epoch.
        """
        with self._trainer.evaluating() as network:
            with network.tapped() as taps:
                network(self._trainer.data.train.X)
            layers = self._layers(probes or self._trainer.recorder.layers, [output for _, output in taps])
            is_plane = self._dataset.kind == PLANE
            has_answers = not is_plane or self._trainer.data.target_scaler is not None
            return layers, self._decision_map() if is_plane else None, self._predictions() if has_answers else None

    def class_accuracies(self) -> dict[str, float]:
        """Class name -> share of its validation samples that are right; empty where classes are as they came."""
        if not is_told(self._trainer.config):
            return {}
        data = self._trainer.data
        with self._trainer.evaluating() as network:
            return class_accuracies(network, data.val, data.samples.class_names)

    def _layers(self, probes: Sequence[LayerProbe], outputs: list[Tensor]) -> tuple[Layer, ...]:
        layers = []
        for probe, parts, output in zip(probes, self._trainer.network.layers, outputs, strict=True):
            grads = [weight.grad.flatten() for weight in parts.weights if weight.grad is not None]
            layers.append(
                Layer(
                    **vars(probe),
                    activations=histogram(output),
                    gradients=histogram(torch.cat(grads) if grads else None),
                )
            )
        return tuple(layers)

    def _decision_map(self) -> DecisionMap:
        trainer, samples = self._trainer, self._trainer.data.samples
        outputs = trainer.evaluated_network(self._map_inputs).cpu()
        if trainer.data.target_scaler is not None:
            values = trainer.data.target_scaler.inverse_transform(outputs.numpy())[:, 0]
        else:
            values = class_values(outputs).numpy()
        rows = np.concatenate([samples.train, samples.val])
        return DecisionMap(
            extent=self._dataset.extent,
            values=values.reshape(MAP_SIDE, MAP_SIDE).astype(np.float32),
            num_classes=self._dataset.num_classes,
            points=samples.points[rows].astype(np.float32),
            targets=samples.y[rows].astype(np.float32),
            splits=np.repeat(np.array([0, 1], dtype=np.uint8), [len(samples.train), len(samples.val)]),
        )

    def _predictions(self) -> Predictions:
        trainer, data = self._trainer, self._trainer.data
        outputs = trainer.evaluated_network(data.val.X).cpu()
        if data.target_scaler is not None:
            true, predicted = (
                data.target_scaler.inverse_transform(values.numpy())[:MAX_PREDICTIONS, 0]
                for values in (data.val.y.cpu(), outputs)
            )
            return Predictions(true=true, predicted=predicted, unit=self._dataset.unit)
        true, predicted = data.val.y.cpu().numpy(), outputs.argmax(1).numpy()
        confusion = np.zeros((data.num_outputs, data.num_outputs), dtype=int)
        np.add.at(confusion, (true, predicted), 1)
        names = data.samples.class_names
        if self._dataset.image_shape is None:
            return Predictions(class_names=names, confusion=confusion)
        pixels = data.samples.X[data.samples.val][:NUM_IMAGES].reshape(-1, *self._dataset.image_shape)
        return Predictions(
            class_names=names,
            confusion=confusion,
            images=np.rint(255 * pixels).astype(np.uint8),
            image_true=true[:NUM_IMAGES],
            image_predicted=predicted[:NUM_IMAGES],
            image_confidence=outputs.softmax(1).amax(1)[:NUM_IMAGES].numpy(),
            first_weights=self._first_weights(),
        )

    def _first_weights(self) -> np.ndarray | None:
        """(H, height, width) weights of the first layer where they belong to pixels, else None."""
        weight = self._trainer.evaluated_network.layers[0].weights[0].detach().cpu()
        if weight.dim() == 4:
            return weight[:MAX_FILTERS, 0].numpy()
        height, width = self._dataset.image_shape
        if weight.shape[1] != height * width:
            return None
        return weight[:MAX_FILTERS].reshape(-1, height, width).numpy()


def all_finite(layers: Sequence[Layer]) -> bool:
    """Whether there is something to see in every layer."""
    return all(layer.activations is not None and math.isfinite(layer.std) for layer in layers)


def class_values(logits: Tensor) -> Tensor:
    """(N,) probability of class 1 for two classes; for more, the predicted class plus 1 - its probability."""
    probabilities = logits.softmax(1)
    if logits.shape[1] == 2:
        return probabilities[:, 1]
    confidence, predicted = probabilities.max(1)
    return predicted + 1 - confidence


def histogram(values: Tensor | None) -> LayerHistogram | None:
    """Counts in 40 equal bins over the range of the values; None when one is not finite, or there are none.

    In float64: float32 may have fewer than 40 numbers in the range of a saturated layer.
    """
    if values is None:
        return None
    flat = values.flatten()
    flat = flat[:: -(-len(flat) // MAX_HISTOGRAM_VALUES)].cpu().numpy().astype(float)
    if not np.isfinite(flat).all():
        return None
    low, high = flat.min(), flat.max()
    margin = max(0.5, 0.01 * abs(low)) if low == high else 0.0
    counts, edges = np.histogram(flat, bins=NUM_BINS, range=(low - margin, high + margin))
    return LayerHistogram(edges=edges, counts=counts)
