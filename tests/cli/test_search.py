"""`search` on the command line."""

import json
from collections import Counter
from dataclasses import replace

import pytest

from playground.cli.main import main

TINY = ["num_samples=40", "hidden_sizes=4", "device=cpu"]
SPACE = "space=learning_rate:1e-3..1:log,dropout:0..0.5"


def search(capsys, *argv, epochs=2):
    assert main(["search", *TINY, f"num_epochs={epochs}", *argv, "--json", "-"]) == 0
    output = capsys.readouterr()
    return json.loads(output.out), output.err


def test_trials_of_both_methods_come_out_and_come_again(capsys):
    found, errors = search(capsys, SPACE, "trials=4", "repeats=2")
    assert {"trials", "best", "border", "seconds", "trials_per_second"} <= set(found) and errors == ""
    assert len(found["trials"]) == 16 and {trial["method"] for trial in found["trials"]} == {"grid", "random"}
    again, _ = search(capsys, SPACE, "trials=4", "repeats=2")
    assert again["trials"] == found["trials"]


def test_twenty_five_trials_of_each_method_unless_said_otherwise(capsys):
    found, _ = search(capsys, SPACE)
    assert [trial["method"] for trial in found["trials"]].count("grid") == 25 == len(found["trials"]) / 2


@pytest.mark.parametrize("method", ["grid", "random"])
def test_one_method_alone(capsys, method):
    found, _ = search(capsys, SPACE, "trials=4", f"method={method}")
    assert {trial["method"] for trial in found["trials"]} == {method}
    assert [name for name, best in found["best"].items() if best] == [method]


def test_all_methods_side_by_side(capsys):
    found, errors = search(capsys, SPACE, "trials=4", "method=tpe,halving,grid,random", epochs=3)
    counts = Counter(trial["method"] for trial in found["trials"])
    assert dict(counts) == {"grid": 4, "random": 4, "halving": 8, "tpe": 4} and errors == ""
    assert list(found["best"]) == ["grid", "random", "halving", "tpe"] and all(found["best"].values())


def test_trials_can_be_cross_validated(capsys):
    found, errors = search(capsys, SPACE, "trials=4", "method=random", "num_folds=3", "fold=1")
    assert all(trial["val_loss_std"] > 0 <= trial["val_accuracy_std"] for trial in found["trials"])
    assert errors == "fold: given, but without effect. Each trial is trained once for each fold.\n"


def test_trials_can_be_cut_early_or_not(capsys):
    wild = ["space=learning_rate:0.5..4", "optimizer=sgd", "activation=relu", "trials=3", "method=grid"]
    found, _ = search(capsys, *wild, "cut_above=1.01", epochs=6)
    whole, _ = search(capsys, *wild, "cut_above=0", epochs=6)
    assert "cut" in {trial["status"] for trial in found["trials"]}
    assert "cut" not in {trial["status"] for trial in whole["trials"]}
    assert all((trial["best_epoch"] is None) == (trial["status"] == "cut") for trial in found["trials"])


@pytest.mark.parametrize(("fields", "is_large"), [
    ({}, False), ({"trials": 1000}, False), ({"trials": 1000, "repeats": 8}, True), ({"num_epochs": 1000}, True),
    ({"trials": 1000, "num_folds": 10}, True),
], ids=str)  # fmt: skip
def test_a_large_search_asks_for_all_cores(capsys, monkeypatch, fields, is_large):
    asked = []

    def run_job(job, *, on_engine, can_stop):
        asked.append((on_engine, can_stop))
        return replace(next(job.frames()), status="finished")

    monkeypatch.setattr("playground.cli.run_job.run_job", run_job)
    settings = {"num_epochs": 2, "batch_size": 10, "method": "random"} | fields
    assert main(["search", *TINY, SPACE, *(f"{name}={value}" for name, value in settings.items())]) == 0
    assert asked == [(is_large, True)]


def test_the_help_says_what_both_is(capsys):
    assert main(["search", "--help"]) == 0
    assert "both is grid,random." in " ".join(capsys.readouterr().out.split())


def test_a_grid_that_cannot_take_all_trials_says_so(capsys):
    found, errors = search(capsys, SPACE, "trials=5")
    assert len(found["trials"]) == 8
    assert errors == "trials: a grid of 2 x 2 takes 4 of the 5, and random gets as many.\n"


def test_a_diverged_trial_is_null_and_a_result(capsys):
    found, _ = search(capsys, "space=learning_rate:1e5..1e6:log", "optimizer=sgd", "activation=relu", "trials=2")
    assert {trial["status"] for trial in found["trials"]} == {"diverged"}
    assert {(trial["val_loss"], trial["val_accuracy"]) for trial in found["trials"]} == {(None, None)}
    assert found["best"] == {"grid": None, "random": None}


def test_what_has_no_effect_is_named(capsys):
    argv = ["space=momentum:0..0.9", "optimizer=sgd", "momentum=0.5", "num_seeds=3", "gamma=0.5", "trials=1"]
    _, errors = search(capsys, *argv)
    assert [line.split(",")[0] for line in errors.splitlines()] == [
        *("momentum: searched", "gamma: given", "num_seeds: given", "momentum: given")
    ]
    for method in ("both", "tpe"):
        _, errors = search(capsys, "space=optimizer:sgd|momentum", "momentum=0.5", "trials=2", f"method={method}")
        assert errors == ""


def test_a_person_reads_the_best_of_each_method(capsys):
    assert main(["search", *TINY, "num_epochs=2", SPACE, "trials=4"]) == 0
    lines = capsys.readouterr().out.splitlines()
    assert lines[0].split() == ["best", "trials", "no", "score", "val_loss", "val_accuracy", "learning_rate", "dropout"]
    assert [line.split()[:3] for line in lines[1:3]] == [["grid", "4", "0"], ["random", "4", "0"]]
    assert lines[-1].startswith("8 trials, ")


REFUSED = {
    "space": [],
    "space ": ["space="],
    "learning_rate": ["space=learning_rate:1..0.1"],
    "weight_decay": ["space=weight_decay:0..1:log"],
    "lerning_rate": ["space=lerning_rate:0.1..1"],
    "hidden_sizes": ["space=hidden_sizes:1..8"],
    "trials": [SPACE, "trials=0"],
    "trials ": [SPACE, "trials=1000000000"],
    "repeats": [SPACE, "repeats=0"],
    "method": [SPACE, "method=gird"],
    "method ": [SPACE, "method="],
    "cut_above": [SPACE, "cut_above=-1"],
    "fold": [SPACE, "num_folds=3", "fold=3"],
    "activation": [SPACE, "activation=elo"],
    "bogus": [SPACE, "bogus=1"],
    "min_lr": ["space=learning_rate:1e-4..1e-3:log", "schedule=cosine", "min_lr=0.005"],
}


@pytest.mark.parametrize("field", REFUSED)
def test_bad_input_is_one_line_that_names_the_field(capsys, field):
    assert main(["search", *REFUSED[field]]) == 2
    output = capsys.readouterr()
    assert output.out == "" and len(output.err.splitlines()) == 1
    assert output.err.startswith(f"{field.strip()}: ")


def test_the_way_out_is_named(capsys):
    main(["search", SPACE, "trials=0"])
    assert capsys.readouterr().err == "trials: must be a whole number from 1 to 1000, but '0' came.\n"
    main(["search", "--help"])
    text = capsys.readouterr().out
    assert "trials=25" in text and "method=both" in text and "LOW..HIGH" in text
