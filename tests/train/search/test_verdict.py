"""The best trial, ranks, and the borders of a space."""

from dataclasses import replace

from playground.train.search.space import parse_space
from playground.train.search.trials import Trial
from playground.train.search.verdict import best_trial, borders, ranks

SPACE = parse_space("learning_rate:1e-4..1:log,activation:relu|tanh")


def scored(rate, loss, accuracy, name="relu"):
    params = {"learning_rate": rate, "activation": name}
    return Trial("grid", 0, params, status="finished", val_loss=loss, val_accuracy=accuracy)


def test_the_best_has_the_highest_accuracy_then_the_lowest_loss():
    trials = [
        scored(0.1, 0.5, 0.9),
        scored(0.2, 0.4, 0.9),
        scored(0.3, 0.1, 0.8),
        Trial("grid", 0, {}, status="diverged"),
    ]
    assert best_trial(trials) is trials[1]
    assert ranks(trials)[:3] == [1, 2, 0] and ranks(trials)[3] != ranks(trials)[3]
    assert best_trial(trials[3:]) is None


def test_trials_that_follow_the_scores_do_not_speak_for_a_border():
    rising = [scored(10 ** (-4 + 0.4 * k + 0.2), 1 - 0.05 * k, 0.5 + 0.05 * k) for k in range(10)]
    crowd = [replace(scored(10 ** (-3.9 + 0.01 * k), 0.1 + 0.01 * k, 0.99), method="tpe") for k in range(20)]
    assert borders(SPACE, [*rising, *crowd]) == borders(SPACE, rising)
    assert borders(SPACE, [*rising, *[replace(trial, method="grid") for trial in crowd]])["learning_rate"] != "high"
    assert borders(SPACE, [replace(trial, method="tpe") for trial in rising])["learning_rate"] == "high"


def test_in_regression_the_lowest_loss_is_best():
    trials = [scored(0.1, 0.5, None), scored(0.2, 0.4, None)]
    assert best_trial(trials) is trials[1]


def test_an_axis_is_judged_on_its_scale_and_a_choice_has_no_border():
    rising = [scored(10 ** (-4 + 0.4 * k + 0.2), 1 - 0.05 * k, 0.5 + 0.05 * k) for k in range(10)]
    assert borders(SPACE, rising) == {"learning_rate": "high", "activation": "none"}
    falling = [scored(10 ** (-0.2 - 0.4 * k), 1 - 0.05 * k, 0.5 + 0.05 * k) for k in range(10)]
    assert borders(SPACE, falling)["learning_rate"] == "low"
