"""A trial's scores from the histories of its networks, against NumPy."""

import numpy as np
import pytest

from playground.train.history import COLUMNS, History
from playground.train.search.scores import scored, status_of
from playground.train.search.trials import MAX_ROWS, Trial

NAN, INF = float("nan"), float("inf")
TRIAL = Trial("grid", 2, {"learning_rate": 0.1}, number=7)


def history(val_losses, val_accuracies=None, train_losses=None):
    made = History()
    accuracies = val_accuracies or [NAN] * len(val_losses)
    for epoch, (loss, accuracy) in enumerate(zip(val_losses, accuracies, strict=True)):
        row = dict.fromkeys(COLUMNS, 0.0) | {"epoch": epoch, "val_loss": loss, "val_accuracy": accuracy}
        made.append(**row | {"train_loss": (train_losses or val_losses)[epoch]})
    return made


def test_a_trial_scores_at_its_best_epoch_and_not_at_its_last():
    found = scored(TRIAL, "finished", [history([3, 1, 2, 1], [0.1, 0.5, 0.9, 0.7])])
    assert (found.status, found.num_epochs, found.number, found.repeat) == ("finished", 3, 7, 2)
    assert (found.best_epoch, found.val_loss, found.val_accuracy) == (1, 1, 0.5)  # the first of equals
    assert found.val_loss_std is found.val_accuracy_std is None


def test_folds_are_averaged_before_the_best_epoch_is_looked_for():
    losses = [[5.0, 1.0, 3.0], [5.0, 6.0, 3.0], [5.0, 5.0, 2.0]]
    accuracies = [[0.1, 0.9, 0.5], [0.1, 0.3, 0.7], [0.1, 0.2, 0.9]]
    found = scored(TRIAL, "running", [history(*pair) for pair in zip(losses, accuracies, strict=True)])
    assert (found.status, found.best_epoch) == ("running", 2)
    assert found.val_loss == pytest.approx(np.mean(losses, axis=0)[2])
    assert found.val_accuracy == pytest.approx(np.mean(accuracies, axis=0)[2])
    assert found.val_loss_std == pytest.approx(np.std(losses, axis=0, ddof=1)[2])
    assert found.val_accuracy_std == pytest.approx(np.std(accuracies, axis=0, ddof=1)[2])
    own_best = np.mean([min(fold) for fold in losses])  # the wrong variant: each fold at an epoch of its own
    assert found.val_loss > own_best
    np.testing.assert_allclose(found.curve.val_loss, np.mean(losses, axis=0), rtol=1e-6)


def test_epochs_that_one_fold_does_not_have_are_left_out():
    found = scored(TRIAL, "stopped", [history([3, 2, 1]), history([3, 2])])
    assert (found.num_epochs, found.best_epoch, len(found.curve.epoch)) == (2, 1, 2)


@pytest.mark.parametrize("status", ["diverged", "cut"])
def test_a_spoiled_trial_has_a_curve_and_no_score(status):
    found = scored(TRIAL, status, [history([1, 0.5, INF], train_losses=[1.0, 1e300, NAN])])
    assert (found.status, found.score, found.best_epoch, found.val_loss) == (status, None, None, None)
    assert np.isnan(found.curve.train_loss[1:]).all() and np.isnan(found.curve.val_loss[2])


def test_without_a_number_there_is_no_score():
    assert scored(TRIAL, "finished", [history([NAN, INF])]).score is None
    assert scored(TRIAL, "finished", [history([NAN, 2.0])]).best_epoch == 1


def test_regression_has_losses_alone():
    found = scored(TRIAL, "finished", [history([2, 1]), history([2, 2])])
    assert (found.val_loss, found.val_accuracy, found.val_accuracy_std) == (1.5, None, None)


def test_a_long_curve_is_thinned_and_the_best_epoch_is_not():
    losses = np.abs(np.arange(1001) - 501.0) + 1
    found = scored(TRIAL, "finished", [history(losses.tolist())])
    assert (found.best_epoch, found.val_loss) == (501, 1)
    assert len(found.curve.epoch) <= MAX_ROWS and (found.curve.epoch[0], found.curve.epoch[-1]) == (0, 1000)
    assert found.curve.val_loss.min() == 1 and found.curve.val_loss.max() == 502
    assert found.curve.val_loss.dtype == found.curve.epoch.dtype == np.float32
    assert scored(TRIAL, "finished", [history([1.0])], keep_curve=False).curve is None


@pytest.mark.parametrize(("statuses", "expected"), [
    (["finished"], "finished"), (["finished", "running"], "running"), (["stopped", "finished"], "stopped"),
    (["running", "cut"], "cut"), (["cut", "diverged", "running"], "diverged"), (["stopped", "running"], "running"),
])  # fmt: skip
def test_a_trial_is_as_its_worst_fold(statuses, expected):
    assert status_of(statuses) == expected
