"""Rungs of successive halving, against tables worked by hand."""

from itertools import pairwise

import pytest

from playground.train.search.halving import Rung, epochs_in_all, rungs, survivors
from playground.train.search.trials import Trial

# Trials, epochs of a run, and the rungs: (trials, epochs that each has had).
BY_HAND = [
    # 81 epochs: 35 x 1 + 11 x 2 + 3 x 6 = 75; 36 x 1 + 12 x 2 + 4 x 6 = 84 would be too many.
    (9, 9, [(35, 1), (11, 3), (3, 9)]),
    # 125 epochs: 41 x 2 + 13 x 3 = 121; 42 x 2 + 14 x 3 = 126 would be too many.
    (25, 5, [(41, 2), (13, 5)]),
    # 675 epochs: 98 x 3 + 32 x 6 + 10 x 18 = 666; 99 x 3 + 33 x 6 + 11 x 18 = 693 would be too many.
    (25, 27, [(98, 3), (32, 9), (10, 27)]),
    # 8 epochs: 4 x 1 + 1 x 3 = 7; 5 x 1 + 1 x 3 = 8.
    (2, 4, [(5, 1), (1, 4)]),
    # Runs too short to be cut, and one trial, which there is no other to compare with.
    (25, 2, [(25, 2)]),
    (1, 300, [(1, 300)]),
]


@pytest.mark.parametrize(("trials", "num_epochs", "expected"), BY_HAND)
def test_rungs_are_those_worked_by_hand(trials, num_epochs, expected):
    assert [(rung.trials, rung.epochs) for rung in rungs(trials, num_epochs)] == expected


@pytest.mark.parametrize("trials", [1, 2, 3, 9, 25, 81, 100, 1000])
@pytest.mark.parametrize("num_epochs", [1, 2, 3, 5, 9, 10, 30, 300, 10_000])
def test_the_budget_is_kept_and_one_more_trial_would_break_it(trials, num_epochs):
    found, budget = rungs(trials, num_epochs), trials * num_epochs
    assert epochs_in_all(found) <= budget and found[-1].epochs == num_epochs and found[-1].trials >= 1
    assert all(later.trials == rung.trials // 3 for rung, later in pairwise(found))
    assert all(later.epochs > rung.epochs for rung, later in pairwise(found))
    more = [Rung((found[0].trials + 1) // 3**number, rung.epochs) for number, rung in enumerate(found)]
    assert epochs_in_all(more) > budget


def test_epochs_count_once_for_trials_that_go_on():
    steps = [Rung(9, 1), Rung(3, 3), Rung(1, 9)]
    assert epochs_in_all(steps) == 9 * 1 + 3 * 2 + 1 * 6
    assert sum(rung.trials * rung.epochs for rung in steps) == 27  # what starting again at each rung would take


def scored(number, accuracy, loss):
    return Trial("halving", 0, {}, number, "running", 1, 1, loss, accuracy)


def test_the_best_survive_by_accuracy_then_loss_then_number():
    trials = [scored(0, 0.5, 0.2), scored(1, 0.9, 0.9), scored(2, 0.9, 0.3), scored(3, 0.9, 0.9), scored(4, None, None)]
    for order in (trials, trials[::-1]):  # trials in training come chunk by chunk
        assert [trial.number for trial in survivors(order, 3)] == [2, 1, 3]
    assert [trial.number for trial in survivors(trials, 9)] == [2, 1, 3, 0]  # without a score there is nothing to rank
