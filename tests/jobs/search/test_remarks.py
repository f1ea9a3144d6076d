"""What is said of trials that were lost, and of those that are the same training."""

from dataclasses import replace

import pytest

from playground.charts.search.table import trial_export, trial_table
from playground.jobs.search.job import SearchJob
from playground.jobs.search.remarks import lost_folds_words, lost_sentence, same_sentence
from playground.jobs.search.result import search_result
from playground.train.search.space import parse_space
from playground.train.search.trials import Trial
from tests.aids.training import rows, tiny, trained
from tests.jobs.search.searching import last

RATES = SearchJob(tiny(), parse_space("learning_rate:0.1..1e5:log"), trials=4)
OPTIMIZERS = "momentum:0.5..0.95,optimizer:sgd|adam"
CONDITION = "momentum@optimizer=adam:0.5..0.95,optimizer:sgd|adam"


def ended(*statuses, loss=None):
    return [
        Trial("grid", 0, {}, n, status, val_loss=loss if status == "finished" else None)
        for n, status in enumerate(statuses)
    ]


@pytest.mark.parametrize(
    ("statuses", "words"),
    [
        (["finished"], ""),
        (["running", "waiting", "finished"], ""),
        (["diverged", "finished", "cut"], "Of 3 trials that have ended, 1 diverged and 1 was cut; they have no score."),
        (
            ["diverged"] * 2,
            "No trial has a score: of 2, 2 diverged. Try learning rates below 0.1, gradient clipping or",
        ),
        (["cut"] * 2, "Or let losses grow more before a trial is cut: above 3 times its start it is."),
        (["refused"] * 2, "2 were refused, since their values do not go together. Choose values that go together."),
    ],
)
def test_lost_trials_are_counted_by_how_they_ended(statuses, words):
    found = lost_sentence(RATES, ended(*statuses, loss=1.0))
    assert words in found and bool(words) == bool(found)


def test_a_lost_fold_spoils_its_trial_and_that_is_said():
    folded = replace(RATES, config=tiny(num_folds=5))
    assert "A trial is lost with the first of its 5 folds." in lost_sentence(
        folded, ended("diverged", "finished", loss=1.0)
    )
    trial = replace(ended("diverged")[0], lost_folds=1)
    assert lost_folds_words(trial, 5) == "1 of 5 folds diverged, and a mean of the others would flatter it"


@pytest.fixture(scope="module")
def hopeless():
    """Rates at which every network of every processor is lost at once."""
    job = SearchJob(tiny(optimizer="sgd", num_epochs=3), parse_space("learning_rate:1e5..1e7:log"), trials=3)
    return search_result(job, last(job))


def test_a_search_without_a_score_says_why_and_what_to_try(hopeless):
    assert hopeless["best"] == {"grid": None, "random": None}
    (sentence,) = hopeless["remarks"]
    assert sentence.startswith("No trial has a score: of 6, ") and "Try learning rates below 100000" in sentence
    assert sum(hopeless["statuses"].values()) == 6 and "finished" not in hopeless["statuses"]


@pytest.fixture(scope="module")
def same():
    job = SearchJob(tiny(optimizer="sgd"), parse_space(OPTIMIZERS), trials=9)
    return job, last(job)


def test_equal_trainings_are_trained_once_and_shared(same):
    job, snapshot = same
    sgd = [trial for trial in snapshot.trials if trial.params["optimizer"] == "sgd"]
    (leader,) = [trial for trial in sgd if trial.same_as is None]
    assert len(sgd) > 4 and {trial.same_as for trial in sgd if trial is not leader} == {leader.number}
    alone = rows(trained(leader.config(job.config)))
    for trial in sgd:
        assert (trial.val_loss, trial.status) == (leader.val_loss, "finished")
        assert trial.val_loss == pytest.approx(min(alone["val_loss"]), rel=1e-3)
    assert len({trial.number for trial in snapshot.trials}) == len(snapshot.trials) == 16


def test_the_result_says_how_many_are_the_same_and_what_to_do(same):
    found = search_result(*same)
    assert found["same_training"]["grid"] == 4
    assert found["trainings"] == sum(trial.same_as is None for trial in same[1].trials)
    assert found["remarks"][0].startswith("4 of 8 grid trials and ") and "SGD has no momentum." in found["remarks"][0]
    assert "momentum@optimizer=adam:0.5..0.95 tries other values instead." in found["remarks"]


def test_the_table_and_its_export_name_the_trial(same):
    job, snapshot = same
    table = trial_table(snapshot.trials, job.space, is_share=True, has_folds=False)
    exported = trial_export(snapshot.trials, job.space)
    copies = [trial for trial in snapshot.trials if trial.same_as is not None]
    assert list(table["Same as trial"].dropna()) == [trial.same_as + 1 for trial in copies]
    assert list(exported["same_as"].dropna()) == [trial.same_as for trial in copies]


@pytest.mark.parametrize("method", ["halving", "tpe"])
def test_methods_that_choose_share_equal_trainings_too(method):
    if method == "tpe":
        pytest.importorskip("optuna")
    job = SearchJob(tiny(optimizer="sgd", num_epochs=9), parse_space(CONDITION), (method,), trials=12, cut_above=0)
    trials = last(job).trials
    assert len(trials) == job.num_trials and all(trial.has_ended for trial in trials)
    sgd = [trial for trial in trials if "momentum" not in trial.params]
    assert len(sgd) > 1 and len({trial.val_loss for trial in sgd}) == 1
    assert sum(trial.same_as is None for trial in sgd) == 1 and len({trial.status for trial in sgd}) == 1


def test_counts_of_several_methods_are_one_sentence():
    assert same_sentence(()) == ""
    assert same_sentence((("grid", 4, 8), ("tpe", 2, 9)), ("SGD has no momentum.",)) == (
        "4 of 8 grid trials and 2 of 9 TPE trials are the same training as another, which is trained once. "
        "SGD has no momentum."
    )
