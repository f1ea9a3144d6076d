"""Which runs can be compared, what they are called, and what the comparison finds."""

import json

import pytest
from scipy import stats

from playground.config import Config
from playground.jobs.training.seed_scores import (
    SeedScores,
    against,
    differing,
    is_another_setting,
    names,
    why_not_comparable,
)
from tests.jobs.turns import last_snapshot

SEVERAL = Config(num_seeds=5)
REGRESSION = Config(dataset="plane", num_seeds=3)


def final(accuracy=0.9, loss=0.1):
    return {"final": {"val_accuracy": accuracy, "val_loss": loss}}


def result(config=SEVERAL, **parts):
    return {"config": config.model_dump(mode="json"), **parts}


def test_scores_are_the_final_ones_of_each_seed():
    runs = [final(0.5), final(0.75), final(accuracy=0.5, loss=None)]  # the last one diverged
    assert SeedScores.of_result(result(runs=runs)).scores == (0.5, 0.75, None)
    assert SeedScores.of_result(result(REGRESSION, runs=[final(None, 2.5)])).scores == (2.5,)
    assert SeedScores.of_result(result(Config(), **final(0.5))).scores == (0.5,)


@pytest.mark.parametrize(
    "bad",
    [
        [],
        "text",
        {},
        {"config": 5},
        {"config": {"no_such_field": 1}},
        result(),
        result(runs=5),
        result(runs=[5]),
        result(runs=[{}]),
        result(runs=[final("high")]),
        result(runs=[final(True)]),
    ],
    ids=lambda bad: json.dumps(bad)[-40:],
)
def test_what_is_no_result_is_refused(bad):
    with pytest.raises(ValueError):
        SeedScores.of_result(bad)


@pytest.mark.parametrize(
    ("before", "config", "words"),
    [
        ({}, {}, "The settings must differ"),
        ({}, {"optimizer": "sgd", "learning_rate": 0.01}, ""),
        ({}, {"seed": 5}, ""),
        ({"num_seeds": 1}, {"dropout": 0.5}, "The earlier run must be of several seeds"),
        ({}, {"dropout": 0.5, "num_seeds": 1}, "This run must be of several seeds"),
        ({}, {"dataset": "digits"}, "The data sets must be the same, but these are Digits (8 x 8) and Spiral."),
        ({"dataset": "plane"}, {"dataset": "plane", "loss": "huber"}, "The losses must be the same"),
        ({}, {"loss": "hinge"}, ""),  # accuracy is the same measure under every loss
    ],
    ids=str,
)
def test_only_runs_that_tell_something_are_compared(before, config, words):
    before, config = (Config.parse({"num_seeds": 5, **fields}) for fields in (before, config))
    found = why_not_comparable(SeedScores(before, (0.5,) * before.num_seeds), config)
    assert found.startswith(words) and bool(found) == bool(words)


def test_fields_without_effect_do_not_tell_runs_apart():
    assert differing(SEVERAL, SEVERAL.replace(beta2=0.5, gamma=0.1)) == ["beta2"]  # a constant rate has no gamma
    assert differing(SEVERAL, SEVERAL.replace(seed=3, device="cpu", num_seeds=9)) == ["seed"]
    assert differing(SEVERAL, SEVERAL.replace(seed=3, dropout=0.5)) == ["dropout"]


def test_chance_alone_is_no_other_setting():
    assert not is_another_setting(SEVERAL, SEVERAL.replace(seed=3, num_seeds=9))
    assert is_another_setting(SEVERAL, SEVERAL.replace(dropout=0.5))
    assert not is_another_setting(SEVERAL, Config(dataset="digits"))


@pytest.mark.parametrize(
    ("fields", "expected"),
    [
        ({"dropout": 0.5}, ("dropout 0", "dropout 0.5")),
        ({"residual": True}, ("residual connections off", "residual connections on")),
        ({"weight_decay": 1e-4}, ("weight decay (L2) 0", "weight decay (L2) 0.0001")),
        ({"l1": 0.1, "activation": "tanh"}, ("activation ELU and L1 0", "activation Tanh and L1 0.1")),
        ({"hidden_sizes": ()}, ("hidden layers 16,16", "hidden layers none")),
        ({"seed": 7}, ("seed 0", "seed 7")),
        ({"l1": 0.1, "dropout": 0.1, "batch_size": 20, "noise": 0.3}, ("the settings before", "these settings")),
    ],
    ids=str,
)
def test_settings_are_called_by_what_differs(fields, expected):
    config = Config(num_seeds=5, hidden_sizes=(16, 16), activation="elu")
    assert names(config, config.replace(**fields)) == expected


def test_the_comparison_is_welchs_test_of_the_final_scores():
    first, second = (0.90, 0.93, 0.91, 0.92), (0.95, 0.94, 0.97)
    found = against(SeedScores(SEVERAL, first), SeedScores(SEVERAL.replace(dropout=0.5), second))
    assert found["p_value"] == pytest.approx(stats.ttest_ind(second, first, equal_var=False).pvalue)
    assert found["p_value"] != pytest.approx(stats.ttest_ind(second, first).pvalue)  # which takes equal spreads
    assert (found["score"], found["fields"]) == ("val_accuracy", ["dropout"])
    assert "percentage points higher with dropout 0.5 than with dropout 0 " in found["sentence"]


def test_in_regression_losses_are_compared_in_their_unit():
    second = SeedScores(REGRESSION.replace(learning_rate=1.0), (0.9, 0.8, 0.85))
    found = against(SeedScores(REGRESSION, (0.1, 0.2, 0.15)), second)
    assert found["score"] == "val_loss"
    assert "validation loss is 0.7 (squared error) higher with learning rate 1 than" in found["sentence"]


def test_a_run_of_several_seeds_is_compared_with_an_earlier_one():
    config = Config(num_samples=60, num_epochs=2, hidden_sizes=(4,), num_seeds=3)
    earlier = SeedScores.of_result(last_snapshot(config).result)
    later = last_snapshot(config.replace(batch_size=2), earlier).result
    scores = [run["final"]["val_accuracy"] for run in later["runs"]]
    expected = stats.ttest_ind(scores, earlier.scores, equal_var=False)
    assert later["against"]["p_value"] == pytest.approx(expected.pvalue)
    assert "against" not in last_snapshot(config, earlier).result
    assert "against" not in last_snapshot(config.replace(batch_size=2, num_seeds=1), earlier).result
