"""Successive halving, TPE and cross-validation in a search, against the same trainings by hand."""

from collections import Counter

import numpy as np
import pytest

from playground.jobs.job import Turn
from playground.jobs.search import units as search_units
from playground.jobs.search.job import SearchJob
from playground.jobs.search.result import search_result
from playground.parsing import ConfigError
from playground.train.search.halving import rungs
from playground.train.search.space import parse_space
from playground.train.search.trials import Trial
from tests.aids.training import rows, tiny, trained
from tests.jobs.search.searching import after_epochs, last
from tests.jobs.turns import snapshots_of

SPACE = parse_space("learning_rate:1e-3..1:log,dropout:0..0.5")
BASE = tiny(num_epochs=9)


def histories(trials, base):
    """What each trial's networks make when nobody stops them, trained one by one."""
    return {trial.number: rows(trained(trial.config(base))) for trial in trials}


@pytest.fixture(scope="module")
def halved():
    return last(SearchJob(BASE, SPACE, ("halving",), trials=4, cut_above=0))


def test_the_best_third_goes_on_at_each_rung(halved):
    alone, going_on = histories(halved.trials, BASE), list(halved.trials)
    steps = rungs(4, BASE.num_epochs)
    assert [(rung.trials, rung.epochs) for rung in steps] == [(17, 1), (5, 3), (1, 9)]
    for rung, later in zip(steps, [*steps[1:], None], strict=True):
        assert len(going_on) == rung.trials
        if later is None:
            assert all((trial.status, trial.num_epochs) == ("finished", rung.epochs) for trial in going_on)
            continue
        best = sorted(going_on, key=lambda trial: score_at(alone[trial.number], rung.epochs), reverse=True)
        going_on, out = best[: later.trials], best[later.trials :]
        assert all((trial.status, trial.num_epochs) == ("stopped", rung.epochs) for trial in out)
        assert all(trial.num_epochs > rung.epochs for trial in going_on)


def score_at(history, epochs):
    """Accuracy, then loss, at the best epoch so far."""
    losses = history["val_loss"][: epochs + 1]
    best = int(np.argmin(losses))
    return round(history["val_accuracy"][best], 6), -losses[best]


def test_no_more_epochs_than_the_budget_and_nothing_is_trained_again(halved):
    assert sum(trial.num_epochs for trial in halved.trials) == 17 * 1 + 5 * 2 + 1 * 6 <= 4 * BASE.num_epochs
    finished = next(trial for trial in halved.trials if trial.status == "finished")
    alone = rows(trained(finished.config(BASE)))
    assert finished.curve.val_loss == pytest.approx(alone["val_loss"], rel=1e-3)


def test_halving_tells_how_far_it_is():
    job = SearchJob(BASE, SPACE, ("halving",), trials=9)
    frames = [after_epochs(job, epochs) for epochs in (1, 2, 4, 6, 9)]
    fractions = [snapshot.fraction for snapshot in frames]
    assert fractions == sorted(set(fractions)) and fractions[0] > 0 and fractions[-1] < 1
    assert {trial.status for trial in frames[0].trials} == {"running"}


def test_trials_that_are_lost_do_not_go_on():
    wild = parse_space("learning_rate:1e-4..1e7:log")
    snapshot = last(SearchJob(tiny(optimizer="sgd", activation="relu", num_epochs=9), wild, ("halving",), trials=9))
    lost = [trial for trial in snapshot.trials if trial.status in ("diverged", "cut")]
    assert lost and all(trial.score is None for trial in lost)
    assert Counter(trial.status for trial in snapshot.trials)["finished"] == 3


def test_progress_never_goes_back_when_trials_of_one_stack_are_lost():
    wild = parse_space("learning_rate:1e-4..1e4:log")
    job = SearchJob(tiny(optimizer="sgd", activation="relu", num_epochs=20), wild, ("halving",), trials=16)
    seen = snapshots_of(job, Turn(seconds=60, max_epochs=1))
    assert sum(trial.status in ("diverged", "cut") for trial in seen[-1].trials) > 10
    fractions = [snapshot.fraction for snapshot in seen]
    assert fractions == sorted(fractions) and len(set(fractions)) > 20


def test_what_decides_how_long_a_trial_trains_is_not_searched_by_halving_too():
    space = parse_space("learning_rate:1e-3..1:log,num_epochs:3..30")
    with pytest.raises(ConfigError, match=r"^num_epochs: cannot be searched by successive halving, .*\. Leave out one"):
        SearchJob(BASE, space, ("random", "halving"))
    trials = last(SearchJob(BASE, space, ("random", "tpe"), trials=3, cut_above=0)).trials
    assert [trial.num_epochs for trial in trials] == [trial.params["num_epochs"] for trial in trials]


def test_halving_chooses_among_random_trials_of_the_same_search():
    snapshot = last(SearchJob(tiny(num_epochs=3), SPACE, ("random", "halving"), trials=4))
    own = {method: [dict(t.params) for t in snapshot.trials if t.method == method] for method in ("random", "halving")}
    assert own["halving"][:4] == own["random"]


def test_tpe_searches_and_its_best_is_printed():
    job = SearchJob(tiny(seed=2), SPACE, ("tpe",), trials=20, cut_above=0)
    snapshot = last(job)
    assert len({trial.params["learning_rate"] for trial in snapshot.trials}) == 20
    for trial in snapshot.trials[::7]:
        alone = trained(trial.config(job.config)).recorder.history.best()
        assert trial.val_loss == pytest.approx(alone["val_loss"], rel=1e-3)
    found = search_result(job, snapshot)
    assert list(found["best"]) == ["grid", "random", "tpe"] and found["best"]["grid"] is None
    assert found["best"]["tpe"]["val_accuracy"] == max(trial["val_accuracy"] for trial in found["trials"])


def test_values_of_tpe_that_do_not_go_together_are_refused_and_the_search_goes_on():
    config = tiny(schedule="cosine", min_lr=0.01)
    snapshot = last(SearchJob(config, SPACE[:1], ("tpe",), trials=20))
    statuses = Counter(trial.status for trial in snapshot.trials)
    assert set(statuses) == {"refused", "finished"} and statuses["finished"] > statuses["refused"]
    assert all((trial.status == "refused") == (trial.params["learning_rate"] < 0.01) for trial in snapshot.trials)
    assert "min_lr" in snapshot.message


FOLDED = tiny(num_samples=60, num_epochs=5, num_folds=3, hidden_sizes=(8,))


@pytest.fixture(scope="module")
def cross_validated():
    return last(SearchJob(FOLDED, SPACE[:1], ("random",), trials=5))


def test_a_trial_scores_the_mean_over_its_folds(cross_validated):
    for trial in cross_validated.trials:
        folds = [rows(trained(trial.config(FOLDED).replace(fold=fold))) for fold in range(3)]
        losses, accuracies = (np.array([fold[name] for fold in folds]) for name in ("val_loss", "val_accuracy"))
        best = int(losses.mean(axis=0).argmin())
        assert trial.best_epoch == best
        assert trial.val_loss == pytest.approx(losses[:, best].mean(), rel=1e-4)
        assert trial.val_accuracy == pytest.approx(accuracies[:, best].mean())
        assert trial.val_loss_std == pytest.approx(losses[:, best].std(ddof=1), rel=1e-3)
        assert trial.val_accuracy_std == pytest.approx(accuracies[:, best].std(ddof=1))


def test_the_spread_is_printed_where_there_is_one(cross_validated):
    found = search_result(SearchJob(FOLDED, SPACE[:1], ("random",), trials=5), cross_validated)
    assert list(found["trials"][0])[-2:] == ["val_loss_std", "val_accuracy_std"]


def test_the_folds_of_a_trial_share_a_stack():
    units = search_units.units_of(SearchJob(tiny(num_folds=10), SPACE, trials=25), [0])
    assert {len(unit.trials) for unit in units} <= {2, 3} and all(unit.is_stacked for unit in units)
    few = search_units.units_of(SearchJob(tiny(num_folds=4), SPACE, ("random",), trials=1), [0])
    assert few[0].is_stacked


def test_what_cannot_be_stacked_is_cross_validated_one_by_one():
    base = FOLDED.replace(mixup_alpha=0.3, num_epochs=2)
    trial = last(SearchJob(base, SPACE[:1], ("random",), trials=1)).trials[0]
    folds = [trained(trial.config(base).replace(fold=fold)).recorder.history.last("val_loss") for fold in range(3)]
    assert trial.curve.val_loss[-1] == pytest.approx(np.mean(folds))


def test_a_fold_that_is_lost_takes_its_trial_with_it():
    wild = parse_space("learning_rate:1e5..1e6:log")
    snapshot = last(SearchJob(FOLDED.replace(optimizer="sgd", activation="relu"), wild, ("random",), trials=3))
    assert all(trial.score is None and trial.status in ("diverged", "cut") for trial in snapshot.trials)


def test_every_fold_counts_as_a_training():
    SearchJob(tiny(num_folds=10), SPACE, ("random",), trials=1000, repeats=4)
    with pytest.raises(ConfigError, match=r"^repeats: .* 50000 trainings came"):
        SearchJob(tiny(num_folds=10), SPACE, ("random",), trials=1000, repeats=5)


def test_the_fold_of_the_base_means_nothing_in_a_cross_validated_search():
    assert SearchJob(FOLDED.replace(fold=2), SPACE) == SearchJob(FOLDED, SPACE)
    assert isinstance(last(SearchJob(FOLDED, SPACE[:1], ("grid",), trials=1)).trials[0], Trial)
