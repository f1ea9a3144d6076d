"""What a snapshot says of the weights that came back."""

import math

import pytest

from playground.jobs.job import Turn
from tests.aids.training import rows, tiny, trained
from tests.jobs.turns import LONG, last_snapshot, snapshots

RESTLESS = {"learning_rate": 0.3, "num_epochs": 8, "label_noise": 0.2}
SCORES = ("train_loss", "val_loss", "train_accuracy", "val_accuracy")


def test_the_last_snapshot_has_the_scores_of_the_best_epoch_and_no_earlier_one_has():
    seen = snapshots(tiny(**RESTLESS, keep_best=True), Turn(seconds=LONG, max_epochs=2))
    last, history = seen[-1], rows(trained(tiny(**RESTLESS)))
    best = min(range(9), key=history["val_loss"].__getitem__)
    assert best < 8
    assert [each.kept for each in seen[:-1]] == [{}] * (len(seen) - 1)
    assert last.layers_step == history["step"][best]
    assert last.kept == {"epoch": best, **{name: history[name][best] for name in SCORES}}
    assert last.result["kept_epoch"] == best
    assert {name: last.result["final"][name] for name in SCORES} == {name: last.kept[name] for name in SCORES}


def test_without_it_nothing_comes_back():
    last = last_snapshot(tiny(**RESTLESS))
    assert last.kept == {} and last.result["kept_epoch"] is None


def test_of_several_runs_each_has_its_own_best_epoch():
    last = last_snapshot(tiny(**RESTLESS, keep_best=True, num_seeds=6))  # the first alone, the others stacked
    assert math.isnan(last.kept["epoch"])
    for name in SCORES:
        assert last.kept[name] == pytest.approx(last.result["mean"][name], rel=1e-9)
    for run in last.result["runs"]:
        assert run["kept_epoch"] == run["best"]["epoch"]
        assert run["final"]["val_loss"] == run["best"]["val_loss"]


def test_runs_that_diverged_count_for_nothing_unless_all_have():
    wild = {"optimizer": "sgd", "learning_rate": 1e6, "keep_best": True, "num_seeds": 2}
    last = last_snapshot(tiny(**wild))
    assert last.status == "diverged"
    assert last.kept["val_loss"] == pytest.approx(sum(run["best"]["val_loss"] for run in last.result["runs"]) / 2)


def test_class_accuracies_are_there_where_classes_are_made_unequal():
    assert last_snapshot(tiny()).class_accuracies == {}
    for fields in ({"imbalance": 3}, {"class_weights": True}):
        last = last_snapshot(tiny(**fields))
        assert list(last.class_accuracies) == ["0", "1"]
        assert list(last.class_accuracies.values()) == pytest.approx(
            list(last.result["class_accuracies"]["val"].values())
        )
