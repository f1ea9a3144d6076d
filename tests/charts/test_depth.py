import math

import pytest

from playground.charts.depth import MEASURED, THEORY, Series, depth_data
from playground.charts.initialization import signal, symmetry
from playground.jobs.initialization.symmetry import UnitDifferences
from playground.jobs.signal.snapshot import Backward, LayerTheory, SignalSnapshot
from tests.charts.snapshots import make_layer


def values(frame, kind, series=None):
    rows = frame[(frame["kind"] == kind) & (True if series is None else frame["series"] == series)]
    return dict(zip(rows["depth"], rows["value"], strict=True))


def make_signal(*stds):
    names = [f"hidden {number}" for number in range(1, len(stds) + 1)]
    return SignalSnapshot(
        layers=tuple(make_layer(name, mean=0.5, std=std) for name, std in zip(names, stds, strict=True)),
        backward=tuple(Backward(name, 0.0, 10 * std, None) for name, std in zip(names, stds, strict=True)),
        theory=tuple(LayerTheory(name, 0.4, 2 * std, 3 * std) for name, std in zip(names, stds, strict=True)),
    )


def test_measured_and_theory_stand_at_their_layer():
    frame = depth_data([Series("a", [1.0, 100.0], [2.0, 3.0])], log_scale=True)
    assert values(frame, MEASURED) == {1: 1, 2: 100} and values(frame, THEORY) == {1: 2, 2: 3}


@pytest.mark.parametrize("bad", [math.nan, math.inf, None, 0.0, -1.0])
def test_what_a_log_axis_cannot_show_is_left_out(bad):
    assert values(depth_data([Series("a", [bad, 5.0])], log_scale=True), MEASURED) == {2: 5}


def test_a_linear_axis_shows_zero_and_below():
    assert values(depth_data([Series("a", [0.0, -1.0])], log_scale=False), MEASURED) == {1: 0, 2: -1}


def test_what_hardly_changes_gets_a_decade_of_room():
    room = depth_data([Series("a", [2.0, 2.1])], log_scale=True).query("kind == 'room'")["value"].tolist()
    assert room[1] / room[0] == pytest.approx(10) and room[0] * room[1] == pytest.approx(2.0 * 2.1)
    wide = depth_data([Series("a", [1.0, 50.0])], log_scale=True).query("kind == 'room'")["value"].tolist()
    assert wide == pytest.approx([1, 50])


def test_no_layers_no_rows():
    assert depth_data([Series("a", [])], log_scale=True).empty
    assert signal.std_data(SignalSnapshot()).empty and signal.mean_data(SignalSnapshot()).empty
    assert not len(signal.backward_data(SignalSnapshot())) and symmetry.difference_data([], []).empty


def test_numbers_of_a_signal():
    found = make_signal(1.0, 20.0)
    assert values(signal.std_data(found), MEASURED) == {1: 1, 2: 20}
    assert values(signal.std_data(found), THEORY) == {1: 2, 2: 40}
    assert values(signal.gradient_std_data(found), MEASURED) == {1: 10, 2: 200}
    assert values(signal.gradient_std_data(found), THEORY) == {1: 3, 2: 60}
    assert values(signal.mean_data(found), THEORY) == {1: 0.4, 2: 0.4}
    assert signal.mean_data(found).query("kind == 'room'")["value"].tolist() == [-20, 20]
    assert values(signal.share_data(found), MEASURED, signal.DEAD) == {1: 0.25, 2: 0.25}
    assert values(signal.cases_data({"x": found}), MEASURED, "x") == {1: 1, 2: 20}


def test_the_mean_square_is_mean_and_deviation_squared_and_blocks_count_from_0():
    frame = signal.squares_data([make_signal(1.0, 20.0), make_signal(1.0, 1.0)])
    assert values(frame, MEASURED, signal.WITHOUT) == {0: 1.25, 1: 400.25}
    assert values(frame, MEASURED, signal.WITH) == {0: 1.25, 1: 1.25}
    assert values(frame, THEORY, signal.WITHOUT)[0] == pytest.approx(0.16 + 4)


def test_heights_are_square_roots_of_counts():
    frame = signal.forward_data(make_signal(1.0)).to_pandas()
    assert (1 - frame["top"]).tolist()[:2] == pytest.approx([0.9 * (1 / 3) ** 0.5, 0.9])  # counts 1 and 3


def test_differences_keep_their_exact_zeros_and_at_most_500_steps():
    runs = [UnitDifferences("zeros", tuple(range(2000)), (0.0,) * 2000), UnitDifferences("other", (0,), (math.nan,))]
    frame = symmetry.difference_data(runs, ["Zeros", "Other"])
    assert set(frame["run"]) == {"Zeros"} and (frame["difference"] == 0).all()
    assert 100 < len(frame) <= 500 and (frame["step"].iloc[0], frame["step"].iloc[-1]) == (0, 1999)
