"""`path` on the command line."""

import json

import numpy as np
import pytest

from playground.catalog import OPTIMIZERS, SURFACES
from playground.cli.main import main
from tests.train.paths import numpy_surfaces


def path(capsys, *argv):
    assert main(["path", *argv, "--json", "-"]) == 0
    output = capsys.readouterr()
    return json.loads(output.out), output.err


def refused(capsys, *argv):
    assert main(["path", *argv]) == 2
    output = capsys.readouterr()
    assert output.out == "" and len(output.err.splitlines()) == 1
    return output.err


def test_points_values_and_the_learning_rate_come_out(capsys):
    result, errors = path(
        capsys, "surface=quadratic", "kappa=9", "optimizer=sgd", "learning_rate=0.1", "steps=7", "start=1,-2"
    )
    points, values = numpy_surfaces.walk(
        numpy_surfaces.quadratic, (1, -2), 7, "sgd", learning_rate=0.1, kappa=9.0
    )  # fmt: skip
    np.testing.assert_allclose(result["points"], points, atol=1e-15)
    np.testing.assert_allclose(result["values"], values, atol=1e-15)
    assert result["learning_rate"] == 0.1 and errors == ""


@pytest.mark.parametrize("surface", SURFACES)
def test_every_surface_starts_where_its_row_says(capsys, surface):
    result, errors = path(capsys, f"surface={surface}", "steps=3")
    assert tuple(result["points"][0]) == SURFACES[surface].start
    assert len(result["points"]) == len(result["values"]) == 4 and errors == ""


def test_a_hundred_steps_of_the_default_optimizer_at_its_usual_rate(capsys):
    result, _ = path(capsys, "surface=rosenbrock")
    assert len(result["points"]) == 101 and result["learning_rate"] == 0.01
    for name, row in OPTIMIZERS.items():
        usual = row.defaults.get("learning_rate", 0.01)
        assert path(capsys, "surface=saddle", "steps=1", f"optimizer={name}")[0]["learning_rate"] == usual


def test_what_leaves_the_range_of_floats_is_null_and_said(capsys):
    result, errors = path(capsys, "surface=quadratic", "optimizer=sgd", "learning_rate=1", "steps=1000")
    assert result["values"][-1] is None and len(result["points"]) < 100
    assert result["status"] == "diverged" and "left the range of floats" in errors


def test_a_person_reads_where_it_went(capsys):
    assert main(["path", "surface=saddle", "steps=5"]) == 0
    lines = capsys.readouterr().out.splitlines()
    assert lines[0] == "adam on saddle, learning_rate=0.01: finished"
    assert lines[-1].startswith("last    step 5: x=0.95")


def test_what_has_no_effect_is_named(capsys):
    _, errors = path(
        capsys, "surface=saddle", "steps=1", "optimizer=sgd", "momentum=0.5", "gamma=0.5", "noise=1", "hidden_sizes=4"
    )
    assert sorted(line.split(":")[0] for line in errors.splitlines()) == ["gamma", "hidden_sizes", "momentum", "noise"]
    assert "SGD has no momentum" in errors


REFUSED = {
    "surface": ["surface=quadrtic"],
    "kappa": ["surface=saddle", "kappa=3"],
    "angle": ["surface=quadratic", "angle=north"],
    "steps": ["surface=saddle", "steps=0"],
    "start": ["surface=saddle", "start=1"],
    "optimizer": ["surface=saddle", "optimizer=sdg"],
    "learning_rate": ["surface=saddle", "learning_rate=-1"],
    "min_lr": ["surface=saddle", "schedule=cosine", "min_lr=5"],
    "bogus": ["surface=saddle", "bogus=1"],
}


@pytest.mark.parametrize("field", REFUSED)
def test_bad_input_is_one_line_that_names_the_field(capsys, field):
    assert refused(capsys, *REFUSED[field]).startswith(f"{field}: ")


def test_the_way_out_is_named(capsys):
    assert "Did you mean 'quadratic'?" in refused(capsys, "surface=quadrtic")
    assert "Known: quadratic" in refused(capsys)
    assert "from 1 to 100000" in refused(capsys, "surface=saddle", "steps=100001")


def test_help_lists_every_surface(capsys):
    assert main(["path", "--help"]) == 0
    text = capsys.readouterr().out
    assert all(name in text for name in SURFACES) and "kappa=" in text
