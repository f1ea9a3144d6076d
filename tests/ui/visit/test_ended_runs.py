"""What a run that has ended says against the runs before it."""

import pytest
import streamlit as st

from playground.config import Config
from playground.jobs.training.snapshot import TrainingSnapshot
from playground.ui.visit.ended_runs import MAX_KEPT, ONE_SEED_SAYS_LITTLE, earlier_run, remark, remember

SEVERAL = Config(num_seeds=3)


@pytest.fixture(autouse=True)
def state(monkeypatch):
    monkeypatch.setattr(st, "session_state", {})


def ended(config, status="finished", **extra):
    runs = [{"final": {"val_accuracy": 0.9, "val_loss": 0.1}} for _ in range(config.num_seeds)]
    parts = {"runs": runs} if config.num_seeds > 1 else runs[0]
    return TrainingSnapshot(status, config=config, result={"config": config.model_dump(mode="json"), **parts, **extra})


def test_the_latest_run_of_another_setting_is_compared_with():
    for dropout in (0.1, 0.2, 0.3):
        remember(ended(SEVERAL.replace(dropout=dropout)))
    assert earlier_run(SEVERAL).config.dropout == 0.3
    assert earlier_run(SEVERAL.replace(dropout=0.3)).config.dropout == 0.2


@pytest.mark.parametrize(
    "other",
    [SEVERAL, SEVERAL.replace(seed=7), Config(dropout=0.5), Config(num_seeds=3, dataset="digits")],
    ids=["the same", "other seeds", "one seed", "other data"],
)
def test_what_cannot_be_compared_is_not(other):
    remember(ended(other))
    assert earlier_run(SEVERAL) is None


@pytest.mark.parametrize(
    ("status", "fields", "counts"),
    [
        ("finished", {}, True),
        ("diverged", {}, True),
        ("stopped", {}, False),
        ("stopped", {"early_stopping": 3}, True),
    ],
)
def test_a_run_that_a_person_stopped_does_not_count(status, fields, counts):
    remember(ended(SEVERAL.replace(dropout=0.5, **fields), status))
    assert (earlier_run(SEVERAL) is not None) == counts


def test_a_run_under_way_is_not_kept():
    remember(TrainingSnapshot("running", config=SEVERAL.replace(dropout=0.5)))
    assert earlier_run(SEVERAL) is None


def test_a_run_looked_at_often_is_kept_once_and_old_ones_go():
    for number in range(MAX_KEPT + 1):
        for _ in range(3):
            remember(ended(SEVERAL.replace(dropout=0.01 * number)))
    assert len(st.session_state["ended_runs"]) == MAX_KEPT
    assert earlier_run(SEVERAL.replace(dropout=0.5)).config.dropout == pytest.approx(0.01 * MAX_KEPT)


def test_a_comparison_is_said_where_there_is_one():
    assert remark(ended(SEVERAL, against={"sentence": "More than seed noise."})) == "More than seed noise."
    assert remark(TrainingSnapshot(config=SEVERAL)) == ""


def test_several_seeds_are_advised_only_after_two_settings_of_one():
    first, second = ended(Config()), ended(Config(dropout=0.5))
    remember(first)
    assert remark(first) == ""
    remember(second)
    assert remark(second) == remark(first) == ONE_SEED_SAYS_LITTLE
    assert remark(ended(SEVERAL)) == ""
