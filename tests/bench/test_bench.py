"""The bench: its arithmetic, and that each measurement runs; how fast things are depends on the machine."""

import json
import time

import pytest

from playground.bench import engine, speed, stacked, step
from playground.bench.figure import Figure, compared, take_turns
from playground.cli.main import main


def test_a_ratio_is_value_over_baseline():
    assert Figure("a", 3.0, "ms", 2.0, "").to_json() == {"value": 3.0, "unit": "ms", "baseline": 2.0, "ratio": 1.5}
    assert Figure("a", 3.0, "ms", None, "").ratio is None and Figure("a", 3.0, "ms", 0.0, "").ratio is None


def test_waiting_does_not_count():
    computing, waiting = take_turns(lambda: sum(range(200_000)), lambda: time.sleep(0.05), rounds=2)
    assert len(computing) == len(waiting) == 2
    assert max(waiting) < 0.02 and min(waiting) < min(computing)


def test_the_ratio_is_the_median_of_the_rounds():
    value, baseline = compared([1.0, 2.0, 9.0], [2.0, 2.0, 3.0])
    assert (value, value / baseline) == (2.0, 1.0)


def test_the_step_is_measured_against_two_loops(monkeypatch):
    monkeypatch.setattr(step, "ROUNDS", 1)
    monkeypatch.setattr(step, "EPOCHS", 1)
    figures = {figure.name: figure for figure in step.measure()}
    assert set(figures) == {"step_vs_bare_loop", "step_vs_tutorial_loop"}
    assert all(figure.value > 0 and figure.ratio > 0 for figure in figures.values())


def test_epochs_and_snapshots_are_measured(monkeypatch):
    monkeypatch.setattr(speed, "ROUNDS", 1)
    monkeypatch.setattr(speed, "ROUND_SECONDS", 0.1)
    monkeypatch.setattr(speed, "SNAPSHOTS", 2)
    assert [figure.value > 0 for figure in (*speed.measure_epochs(), *speed.measure_snapshot())] == [True] * 4


def test_trials_are_measured_together_and_one_by_one(monkeypatch):
    monkeypatch.setattr(stacked, "ROUNDS", 1)
    monkeypatch.setattr(stacked, "EPOCHS", 1)
    monkeypatch.setattr(stacked, "CASES", [(name, fields, 4, goal) for name, fields, _, goal in stacked.CASES])
    figures = list(stacked.measure())
    assert [figure.name for figure in figures] == [name for name, *_ in stacked.CASES]
    assert all(figure.value > 0 and figure.ratio > 0 for figure in figures)


def test_a_process_that_is_gone_has_no_memory():
    assert engine.resident_megabytes(2**30) is None


def test_the_command_writes_a_table_and_json(capsys, monkeypatch):
    measurements = {"one": (lambda: iter([Figure("a", 3.0, "ms", 2.0, "<= 1")]),), "other": ()}
    monkeypatch.setattr("playground.bench.figures.MEASUREMENTS", measurements)
    assert main(["bench"]) == 0
    assert capsys.readouterr().out.splitlines()[1].split() == ["a", "3", "ms", "2", "1.5", "<=", "1"]
    assert main(["bench", "--json", "-"]) == 0
    assert '"ratio": 1.5' in capsys.readouterr().out


def test_a_group_is_measured_alone(capsys, monkeypatch):
    measurements = {name: (lambda name=name: iter([Figure(name, 1.0, "", None, "")]),) for name in ("one", "other")}
    monkeypatch.setattr("playground.bench.figures.MEASUREMENTS", measurements)
    assert main(["bench", "other", "--json", "-"]) == 0
    assert list(json.loads(capsys.readouterr().out)) == ["other"]
    assert main(["bench", "othr"]) == 2
    assert "Did you mean 'other'?" in capsys.readouterr().err


@pytest.mark.slow
def test_the_engine_is_measured(monkeypatch):
    monkeypatch.setattr(engine, "SUBMISSIONS", 1)
    names = [figure.name for figure in engine.measure()]
    assert names[:2] == ["engine_start_to_first_snapshot", "submit_to_first_snapshot"]
