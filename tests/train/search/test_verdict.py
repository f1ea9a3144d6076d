"""Plans of trials, the best one, and the borders of a space."""

from playground.train.search.space import parse_space
from playground.train.search.trials import Trial, plan_repeat
from playground.train.search.verdict import best_trial, borders, ranks
from tests.training import tiny

SPACE = parse_space("learning_rate:1e-4..1:log,activation:relu|tanh")


def scored(rate, loss, accuracy, name="relu"):
    return Trial("grid", 0, {"learning_rate": rate, "activation": name}, "finished", loss, accuracy)


def test_a_repeat_has_as_many_random_trials_as_its_grid():
    plan = plan_repeat(SPACE, "both", 11, seed=0, repeat=2)
    assert [trial.method for trial in plan] == ["grid", "random"] * 10
    assert {trial.repeat for trial in plan} == {2} and {trial.status for trial in plan} == {"waiting"}
    assert len(plan_repeat(SPACE, "random", 11, seed=0, repeat=0)) == 11
    assert len(plan_repeat(SPACE, "grid", 11, seed=0, repeat=0)) == 10


def test_repeats_differ_in_random_points_and_seeds_and_not_in_the_grid():
    first, second = (plan_repeat(SPACE, "both", 8, seed=5, repeat=repeat) for repeat in (0, 1))
    params = [{trial.method: trial.params for trial in plan} for plan in (first, second)]
    assert params[0]["grid"] == params[1]["grid"] and params[0]["random"] != params[1]["random"]
    base = tiny(seed=5, num_seeds=3)
    assert [plan[0].config(base).seed for plan in (first, second)] == [5, 6]
    assert first[0].config(base).num_seeds == 1
    assert second[1].config(base).learning_rate == second[1].params["learning_rate"]


def test_the_best_has_the_highest_accuracy_then_the_lowest_loss():
    trials = [scored(0.1, 0.5, 0.9), scored(0.2, 0.4, 0.9), scored(0.3, 0.1, 0.8), Trial("grid", 0, {}, "diverged")]
    assert best_trial(trials) is trials[1]
    assert ranks(trials)[:3] == [1, 2, 0] and ranks(trials)[3] != ranks(trials)[3]
    assert best_trial(trials[3:]) is None


def test_in_regression_the_lowest_loss_is_best():
    trials = [scored(0.1, 0.5, None), scored(0.2, 0.4, None)]
    assert best_trial(trials) is trials[1]


def test_an_axis_is_judged_on_its_scale_and_a_choice_has_no_border():
    rising = [scored(10 ** (-4 + 0.4 * k + 0.2), 1 - 0.05 * k, 0.5 + 0.05 * k) for k in range(10)]
    assert borders(SPACE, rising) == {"learning_rate": "high", "activation": "none"}
    falling = [scored(10 ** (-0.2 - 0.4 * k), 1 - 0.05 * k, 0.5 + 0.05 * k) for k in range(10)]
    assert borders(SPACE, falling)["learning_rate"] == "low"
