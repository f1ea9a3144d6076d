"""Which trials each method gets, and in which order."""

from playground.train.search.plan import counts, plan_repeat
from playground.train.search.space import parse_space
from tests.aids.training import tiny

SPACE = parse_space("learning_rate:1e-4..1:log,activation:relu|tanh")
BOTH = ("grid", "random")


def plan(methods, trials, seed=0, repeat=0, num_epochs=9):
    return plan_repeat(SPACE, methods, trials, num_epochs, seed, repeat)


def test_a_repeat_has_as_many_random_trials_as_its_grid():
    trials = plan(BOTH, 11, repeat=2)
    assert [trial.method for trial in trials] == ["grid", "random"] * 10
    assert {trial.repeat for trial in trials} == {2} and {trial.status for trial in trials} == {"waiting"}
    assert [trial.number for trial in trials] == list(range(40, 60))
    assert len(plan(("random",), 11)) == 11 and len(plan(("grid",), 11)) == 10


def test_repeats_differ_in_random_points_and_seeds_and_not_in_the_grid():
    plans = [plan(BOTH, 8, seed=5, repeat=repeat) for repeat in (0, 1)]
    params = [{trial.method: trial.params for trial in trials} for trials in plans]
    assert params[0]["grid"] == params[1]["grid"] and params[0]["random"] != params[1]["random"]
    base = tiny(seed=5, num_seeds=3)
    assert [trials[0].config(base).seed for trials in plans] == [5, 6]
    assert plans[0][0].config(base).num_seeds == 1
    assert plans[1][1].config(base).learning_rate == plans[1][1].params["learning_rate"]


def test_successive_halving_starts_more_trials_and_begins_with_the_random_ones():
    trials = plan(("random", "halving"), 9)
    own = {method: [trial.params for trial in trials if trial.method == method] for method in ("random", "halving")}
    assert counts(SPACE, ("random", "halving"), 9, 9) == {"random": 9, "halving": len(own["halving"])}
    assert len(own["random"]) == 9 < len(own["halving"]) and own["halving"][:9] == own["random"]


def test_trials_of_tpe_have_no_values_yet():
    trials = plan(("grid", "tpe"), 4)
    assert [trial.method for trial in trials] == ["grid", "tpe"] * 4
    assert all(bool(trial.params) == (trial.method == "grid") for trial in trials)
