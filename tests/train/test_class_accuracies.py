"""Accuracy class by class, against scikit-learn."""

import math

import numpy as np
import pytest
from sklearn.metrics import balanced_accuracy_score, recall_score

from playground.jobs.training.class_balance import balance_sentence, is_told
from playground.jobs.training.result import run_result
from playground.train.class_accuracies import class_accuracies
from tests.aids.training import tiny, trained

RARE = {"dataset": "digits", "num_samples": 600, "imbalance": 15, "num_epochs": 4, "learning_rate": 0.003}


@pytest.fixture(scope="module")
def trainer():
    trainer = trained(tiny(**RARE))
    trainer.network.eval()
    return trainer


def test_the_accuracy_of_a_class_is_its_recall(trainer):
    val, names = trainer.data.val, trainer.data.samples.class_names
    true, predicted = val.y.numpy(), trainer.network(val.X).argmax(1).numpy()
    found = class_accuracies(trainer.network, val, names)
    labels = np.arange(10)
    expected = recall_score(true, predicted, labels=labels, average=None, zero_division=np.nan)
    assert list(found) == list(names)
    assert list(found.values()) == pytest.approx(expected.tolist(), nan_ok=True)
    balanced = balanced_accuracy_score(true, predicted)
    assert f" {balanced:.1%};" in balance_sentence(found, "validation")
    assert abs(balanced - np.mean(true == predicted)) > 0.1  # or plain accuracy would have done


def test_a_result_has_the_accuracies_of_both_splits_that_check_the_network(trainer):
    found = run_result(trainer, 1, 1)["class_accuracies"]
    for name in ("val", "test"):
        split = getattr(trainer.data, name)
        shares = class_accuracies(trainer.network, split, trainer.data.samples.class_names)
        assert found[name] == {each: None if math.isnan(share) else share for each, share in shares.items()}


def test_a_regression_has_none():
    trainer = trained(tiny(dataset="plane"))
    assert run_result(trainer, 1, 1)["class_accuracies"] is None
    assert not is_told(tiny(dataset="plane", class_weights=True))


def test_the_sentence_names_the_lowest_class_and_leaves_out_what_has_no_samples():
    assert balance_sentence({"a": 1.0, "b": 0.5, "c": None, "d": math.nan}, "test") == (
        "Balanced test accuracy, where each class counts the same: 75.0%; lowest: 50.0% of class b."
    )
    assert balance_sentence({}, "test") == balance_sentence({"a": math.nan}, "test") == ""
