"""Charts of the lessons on regularization and augmentation: their numbers."""

import numpy as np
import pytest

from playground.charts.augmentation import gallery
from playground.charts.regularization import dropout, penalties, random_parts, ridge
from playground.jobs.augmentation.gallery import BatchSnapshot, GallerySnapshot, ShiftedRun, ShiftedSnapshot
from playground.jobs.regularization.dropout import DropoutSnapshot
from playground.jobs.regularization.penalties import PenalizedRun, PenaltiesSnapshot
from playground.jobs.regularization.random_parts import DepthSnapshot, WeightMasksSnapshot
from playground.jobs.regularization.ridge import RidgeSnapshot
from playground.jobs.training.snapshot import LayerHistogram
from tests.charts.specs import spec, walk

EMPTY = {
    "zeros": penalties.penalty_data(PenaltiesSnapshot(), column="zeros"),
    "weights": penalties.weights_data(PenaltiesSnapshot(), "l1", ()).to_pandas(),
    "descent": ridge.descent_data(RidgeSnapshot()),
    "ridge_path": ridge.ridge_path_data(RidgeSnapshot()),
    "dropout_network": dropout.network_data([]).iloc[:0],
    "dropout_outputs": dropout.output_data(DropoutSnapshot()),
    "dropout_averaging": dropout.averaging_data(DropoutSnapshot()),
    "weight_matrix": random_parts.matrix_data(WeightMasksSnapshot(), 1),
    "moments": random_parts.moment_data(WeightMasksSnapshot()),
    "survival": random_parts.survival_data(DepthSnapshot()),
    "acting": random_parts.acting_data(DepthSnapshot()),
    "strengths": gallery.strength_data(GallerySnapshot()),
    "targets": gallery.target_data(BatchSnapshot()),
    "shifted": gallery.shifted_data(ShiftedSnapshot()),
}


@pytest.mark.parametrize("name", EMPTY)
def test_before_the_first_snapshot_a_chart_has_no_rows(name):
    assert EMPTY[name].empty


def run(kind, strength, zeros):
    histogram = LayerHistogram(edges=np.array([-1.0, 0, 1]), counts=np.array([1, 3]))
    return PenalizedRun(kind, strength, "finished", zeros, zeros, 1.0, histogram, 7, 0.9, 0.8, None)


def test_strength_0_has_no_place_on_a_logarithmic_axis():
    seen = PenaltiesSnapshot(runs=(run("l1", 0.0, 0.0), run("l1", 0.1, 0.4), run("subgradient", 0.1, 0.0)))
    rows = penalties.penalty_data(seen, column="zeros")
    assert rows[["series", "x", "y"]].to_numpy().tolist() == [["L1", 0.1, 0.4], ["L1 by subgradient", 0.1, 0.0]]
    names = penalties.weights_data(seen, "l1", (0.0, 0.1, 0.3))["layer"]
    assert names.combine_chunks().dictionary.to_pylist() == ["0", "0.1", "0.3"]


def test_a_dropped_unit_loses_all_its_lines():
    rows = dropout.network_data([[True, False, True], [True]])
    units, lines = rows[rows.kind == "unit"], rows[rows.kind == "line"]
    assert units.state.tolist().count("dropped") == 1 and len(units) == 2 + 3 + 1 + 2
    assert len(lines) == 2 * 3 + 3 + 2 and lines.state.tolist().count("dropped") == 2 + 1


def test_outputs_hold_every_mask_their_mean_and_evaluation():
    seen = DropoutSnapshot(true=np.array([3, 5]), scaled=np.array([0.5, 0.9]), masked=np.array([[0.2, 1], [0.4, 0.8]]))
    rows = dropout.output_data(seen).set_index(["what", "sample"]).probability
    assert rows["mean of masks"].tolist() == pytest.approx([0.3, 0.9])
    assert rows["evaluation"].tolist() == [0.5, 0.9] and len(rows["one mask"]) == 4


def test_a_dropped_weight_is_missing_and_step_0_has_them_all():
    seen = WeightMasksSnapshot(weight=np.array([[1.0, 2.0]]), drawn=np.array([[[0.0, 4.0]]]))
    assert random_parts.matrix_data(seen, 0).weight.tolist() == [1, 2]
    drawn = random_parts.matrix_data(seen, 1).weight
    assert np.isnan(drawn[0]) and drawn[1] == 4


def test_the_normal_density_is_the_textbooks():
    outputs = np.random.default_rng(0).standard_normal(20_000) * 2 + 1
    rows = random_parts.moment_data(
        WeightMasksSnapshot(weight=np.ones((1, 1)), outputs=outputs, evaluated=1.0, std=2.0)
    )
    measured, normal = (rows[rows.series == name].y.to_numpy() for name in ("Measured", "Normal with these moments"))
    assert normal.max() == pytest.approx(1 / (2 * np.sqrt(2 * np.pi)), rel=0.01)
    np.testing.assert_allclose(measured, normal, atol=0.015)


def test_both_tests_of_each_training_have_a_bar():
    rows = gallery.shifted_data(ShiftedSnapshot(runs=(ShiftedRun("", 0.9, 0.4), ShiftedRun("shift", 0.8, 0.7))))
    assert rows.trained.tolist() == ["None", "None", "Translation", "Translation"]
    assert rows.accuracy.tolist() == [0.9, 0.4, 0.8, 0.7]


def test_a_weight_of_0_looks_like_the_page_in_either_theme():
    (cells,) = (node for node in walk(spec(random_parts.matrix_chart)) if "opacity" in node.get("encoding", {}))
    assert cells["encoding"]["opacity"]["scale"]["zero"] and "scale" not in cells["encoding"]["color"]


def test_faint_dots_have_a_strong_entry_in_the_legend():
    encoded = [node for node in walk(spec(dropout.output_chart)) if node.get("field") == "what" and "scale" in node]
    assert encoded and all(one["legend"]["symbolOpacity"] == 1 for one in encoded)
