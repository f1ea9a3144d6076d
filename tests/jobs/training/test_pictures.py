"""What a snapshot shows of the network."""

import numpy as np
import pytest
import torch

from playground.catalog import DATASETS
from playground.catalog.datasets import IMAGE, PLANE
from playground.catalog.losses import REGRESSION
from playground.config import Config
from playground.jobs.training.pictures import MAP_SIDE, class_values, histogram
from playground.train.trainer import Trainer
from tests.aids.training import tiny, trained
from tests.jobs.turns import last_snapshot

datasets = pytest.mark.parametrize("row", DATASETS.values(), ids=DATASETS)


def shown(**fields):
    return last_snapshot(tiny(**fields))


@datasets
def test_a_plane_has_a_map_and_other_data_has_predictions(row):
    snapshot = shown(dataset=row.name)
    assert (snapshot.decision_map is not None) == (row.kind == PLANE)
    assert (snapshot.predictions is not None) == (row.kind != PLANE or row.task == REGRESSION)
    if snapshot.predictions:
        assert (snapshot.predictions.confusion is None) == (row.task == REGRESSION)
        assert (snapshot.predictions.images is not None) == (row.kind == IMAGE)


@pytest.mark.parametrize("row", [row for row in DATASETS.values() if row.kind == PLANE], ids=lambda row: row.name)
def test_a_map_is_the_network_over_the_plane_bottom_row_first(row):
    config = tiny(dataset=row.name)
    decision_map, trainer = last_snapshot(config).decision_map, trained(config)
    axis = np.linspace(-row.extent, row.extent, MAP_SIDE)
    for i, j in ((0, 0), (0, MAP_SIDE - 1), (10, 40)):
        outputs = trainer.network(trainer.data.inputs_at(np.array([[axis[j], axis[i]]]), config)).detach()
        if row.task == REGRESSION:
            expected = trainer.data.target_scaler.inverse_transform(outputs.numpy()).item()
        else:
            expected = class_values(outputs).item()
        assert decision_map.values[i, j] == pytest.approx(expected, abs=1e-5)
    assert len(decision_map.points) == len(decision_map.targets) == len(decision_map.splits) == 30
    assert (decision_map.splits == 0).sum() == 20


def test_the_value_of_two_classes_is_the_probability_of_the_second():
    logits = torch.tensor([[0.0, 0.0], [0.0, 2.0]])
    assert class_values(logits).tolist() == pytest.approx([0.5, 1 / (1 + np.exp(-2))])


def test_the_value_of_more_classes_is_the_class_and_how_unsure_it_is():
    logits = torch.tensor([[9.0, 0.0, 0.0], [0.0, 0.0, 1.0]])
    sure = np.exp(1) / (np.exp(1) + 2)
    assert class_values(logits).tolist() == pytest.approx([2 / (np.exp(9) + 2), 2 + 1 - sure], abs=1e-5)


def test_a_confusion_matrix_counts_true_by_row_and_predicted_by_column():
    config = tiny(dataset="wine", num_samples=100)
    confusion, trainer = last_snapshot(config).predictions.confusion, trained(config)
    predicted = trainer.network(trainer.data.val.X).argmax(1).tolist()
    expected = np.zeros((3, 3))
    for true, guess in zip(trainer.data.val.y.tolist(), predicted, strict=True):
        expected[true, guess] += 1
    assert np.array_equal(confusion, expected)


def test_predicted_values_are_in_the_unit_of_the_data():
    snapshot = shown(dataset="diabetes", num_samples=200)
    samples = Trainer(tiny(dataset="diabetes", num_samples=200)).data.samples
    np.testing.assert_allclose(snapshot.predictions.true, samples.y[samples.val], rtol=1e-4)
    assert snapshot.predictions.unit == DATASETS["diabetes"].unit


@pytest.mark.parametrize("fields", [{}, {"augmentation": "shift"}, {"preprocessing": "standardize"}], ids=str)
def test_pictures_are_the_digits_as_they_were_drawn(fields):
    config = tiny(dataset="digits", **fields)
    predictions, samples = last_snapshot(config).predictions, Trainer(config).data.samples
    count = len(predictions.images)
    drawn = samples.X[samples.val][:count].reshape(-1, 8, 8)
    np.testing.assert_array_equal(np.rint(predictions.images * (16 / 255)), 16 * drawn)
    np.testing.assert_array_equal(predictions.image_true, samples.y[samples.val][:count])
    assert ((predictions.image_confidence >= 0.1) & (predictions.image_confidence <= 1)).all()


@pytest.mark.parametrize(("fields", "shape"), [
    ({}, (4, 8, 8)),
    ({"architecture": "conv", "conv_channels": (3,)}, (3, 3, 3)),
    ({"activation": "maxout"}, (8, 8, 8)),
    ({"preprocessing": "pca", "num_components": 10}, None),
])  # fmt: skip
def test_first_weights_are_pictures_where_they_belong_to_pixels(fields, shape):
    weights = shown(dataset="digits", **fields).predictions.first_weights
    assert (weights.shape if weights is not None else None) == shape


def test_layers_have_histograms_of_all_that_flows():
    snapshot = shown()
    assert [layer.name for layer in snapshot.layers] == ["hidden 1", "hidden 2", "output"]
    assert [layer.activations.counts.sum() for layer in snapshot.layers] == [20 * 4, 20 * 4, 20 * 2]
    assert [layer.gradients.counts.sum() for layer in snapshot.layers] == [2 * 4, 4 * 4, 4 * 2]
    assert snapshot.layer_history["epoch"].tolist() == [[1] * 3, [2] * 3], "before the first update there is none"
    assert snapshot.layer_history["update_ratio"].shape == (2, 3)


def test_a_histogram_of_nearly_equal_values_can_be_drawn():
    values = torch.tensor([1.0, 1.0]).nextafter(torch.tensor([2.0, 0.0]))
    assert histogram(values).counts.sum() == 2
    assert histogram(torch.full((5,), 3e38)).counts.sum() == 5


@pytest.mark.parametrize("bad", [float("nan"), float("inf")])
def test_a_histogram_of_what_is_no_number_is_none(bad):
    assert histogram(torch.tensor([1.0, bad])) is None


def test_the_pictures_are_those_of_the_averaged_network():
    averaged = shown(ema_decay=0.99, num_epochs=3).decision_map.values
    assert not np.array_equal(averaged, shown(num_epochs=3).decision_map.values)


@datasets
def test_a_full_snapshot_of_every_data_set_is_small(row):
    snapshot = last_snapshot(Config.parse({"dataset": row.name, "num_epochs": 1, "device": "cpu"}))
    arrays = [value for part in (snapshot.history, snapshot.minibatch) for value in part.values()]
    assert max(len(array) for array in arrays) <= 500
