"""What the canvases of paths are sent."""

import json

import numpy as np
import pytest

from playground.catalog import OPTIMIZERS, SURFACES
from playground.charts.byte_message import parse_byte_message
from playground.charts.paths.picture import paths_payload, step_lengths, value_domain
from playground.config import Config
from playground.jobs.paths.job import Path, PathsSnapshot
from playground.jobs.paths.settings import PathSettings
from playground.train.paths.expected import Expected

LINE = np.linspace([1.0, 1.0], [0.0, 0.0], 5)


def path(name="sgd", points=LINE, values=None, status="finished", **fields):
    values = np.linspace(1, 0.1, len(points)) if values is None else np.array(values)
    held = {symbol: np.ones_like(points) for symbol in OPTIMIZERS[name].memory}
    return Path(
        Config.parse({"optimizer": name, **fields}), status, points, values, 2 * points,
        np.full(len(points) - 1, 0.1), held,
    )  # fmt: skip


def snapshot(*paths, surface="quadratic", **fields):
    names = tuple(one.config.optimizer for one in paths) or ("sgd",)
    settings = PathSettings.parse({"surface": surface, "optimizers": names, "steps": 4})
    grid = np.linspace(0, 9, 9).reshape(3, 3)
    return PathsSnapshot(
        "finished", settings=settings, paths=paths, window=settings.window(), grid=grid, **fields
    )  # fmt: skip


def test_payload_holds_the_surface_and_every_path():
    expected = Expected({"sgd": np.arange(5.0)}, {})
    header, arrays = parse_byte_message(paths_payload(snapshot(path(), path("adam"), expected=expected)))
    assert (header["size"], header["left"], header["side"], header["steps"]) == (3, -1.5, 3.0, 4)
    assert [one["label"] for one in header["paths"]] == ["SGD", "Adam"]
    np.testing.assert_array_equal(arrays["points_0"].reshape(-1, 2), LINE.astype(np.float32))
    assert {"memory_m_1", "memory_s_1"} <= set(arrays) and "memory_m_0" not in arrays
    assert arrays["expected_values_0"].tolist() == [0, 1, 2, 3, 4] and not arrays["expected_values_1"].size
    assert header["paths"][1]["corrected"]["m̂"] == ["m", 0.9]
    assert "SGD ends at (0, 0) with value 0.1" in header["alt"]


@pytest.mark.parametrize("name", OPTIMIZERS)
def test_every_place_of_a_rule_is_filled(name):
    row = OPTIMIZERS[name]
    known = {"x", "x+", "g", "η", "d", "ρ", "ε", *row.memory, *row.corrected}
    known |= {"β₁", "β₂", "1-β₁", "1-β₂", "1-β₁ᵗ", "1-β₂ᵗ"}
    known |= {f"{symbol}-" for symbol in row.memory}
    places = {part.split("}")[0] for _, filled in row.rule for part in filled.split("{")[1:]}
    assert places <= known and {"x", "x+", "η"} <= places
    assert {source for source, _ in row.corrected.values()} <= set(row.memory)


def test_the_rule_of_a_path_that_overflows_stops_at_its_last_finite_step():
    doubling = np.array([[10.0**power, -(10.0**power)] for power in (0, 12, 24, 36, 48)])
    gone = np.array([[1.0, 1.0], [1e200, 1.0], [np.inf, -np.inf]])
    paths = (path(points=doubling, status="diverged"), path("momentum", points=gone, status="diverged"), path())
    header, _ = parse_byte_message(paths_payload(snapshot(*paths)))
    assert [one["finite"] for one in header["paths"]] == [3, 0, 4] and header["paths"][0]["last"] == 4


def test_a_diverging_path_is_cut_for_the_axis_and_fits_a_float32():
    points = np.array([[1.0, 1.0], [1e200, 0.0]])
    header, arrays = parse_byte_message(
        paths_payload(snapshot(path(points=points, values=[1.0, np.inf], status="diverged")))
    )
    assert np.isfinite(arrays["points_0"]).all() and np.isfinite(arrays["values_0"]).all()
    assert header["value_domain"][1] == 3.0
    assert "diverges after 1 steps" in header["alt"]
    json.dumps(header, allow_nan=False)


def test_values_at_a_minimum_leave_the_axis_a_range():
    low, high = value_domain(snapshot(path(values=[1.0, 0.5, 0.1, 0.0, 1e-30])))
    assert low == 0.1 and high == 3.0
    assert value_domain(snapshot()) == [1e-3, 1.0]


@pytest.mark.parametrize("surface", [row.name for row in SURFACES.values() if row.lowest is None])
def test_without_a_minimum_the_axis_is_that_of_the_picture(surface):
    low, high = value_domain(snapshot(path(values=[1.0, 0.5, 0.1, -1e9, -1e12]), surface=surface))
    assert (low, high) == (0.0, 1.0)


def test_step_lengths_are_distances():
    assert step_lengths(path()) == pytest.approx([np.hypot(0.25, 0.25)] * 4)
