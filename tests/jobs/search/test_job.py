"""SearchJob: every trial as it would be alone, in any portions."""

import pickle
import time
from dataclasses import replace

import pytest

from playground.jobs.job import Turn
from playground.jobs.search import settings
from playground.jobs.search.job import SearchJob
from playground.jobs.search.result import search_result
from playground.parsing import ConfigError
from playground.train.search.axis import Axis
from playground.train.search.space import parse_space
from tests.aids.training import rows, tiny, trained
from tests.jobs.turns import snapshots_of

SPACE = parse_space("learning_rate:1e-3..1:log,dropout:0..0.5")
WILD = parse_space("learning_rate:1e-5..1e7:log")
OVERFITTING = tiny(num_epochs=12, hidden_sizes=(16,), label_noise=0.3)
ALL_AT_ONCE = Turn(seconds=60)


def result(job):
    return search_result(job, snapshots_of(job)[-1])


def untimed(found):
    return {name: found[name] for name in ("trials", "best", "border")}


SCORES = ("val_loss", "val_accuracy", "best_epoch")
KEYS = [
    *("trials", "best", "statuses", "same_training", "trainings", "border", "flat", "remarks"),
    *("seconds", "trials_per_second"),
]


def test_the_result_has_its_shape():
    found = result(SearchJob(tiny(), SPACE, trials=4))
    assert list(found) == KEYS
    assert [trial["method"] for trial in found["trials"]] == ["grid", "random"] * 4
    for trial in found["trials"]:
        assert list(trial) == ["number", "method", "repeat", "params", "status", *SCORES]
        assert list(trial["params"]) == ["learning_rate", "dropout"] and trial["status"] == "finished"
    for method in ("grid", "random"):
        own = [trial for trial in found["trials"] if trial["method"] == method]
        assert found["best"][method] == max(own, key=lambda trial: (trial["val_accuracy"], -trial["val_loss"]))
    assert list(found["border"]) == ["learning_rate", "dropout"]
    assert found["trials_per_second"] == pytest.approx(8 / found["seconds"])


def test_each_trial_scores_at_its_best_epoch_what_it_scores_alone():
    job = SearchJob(OVERFITTING, SPACE[:1], ("random",), trials=5)
    best_epochs = set()
    for trial in result(job)["trials"]:
        alone = rows(trained(OVERFITTING.replace(**trial["params"])))
        epoch = min(range(len(alone["epoch"])), key=lambda epoch: alone["val_loss"][epoch])
        assert trial["best_epoch"] == epoch
        assert trial["val_loss"] == pytest.approx(alone["val_loss"][epoch], rel=1e-4)
        assert trial["val_accuracy"] == pytest.approx(alone["val_accuracy"][epoch])
        best_epochs.add(epoch)
    assert min(best_epochs) < OVERFITTING.num_epochs  # else the score of the last epoch, the wrong one, would pass


def test_what_cannot_be_stacked_is_trained_one_by_one_and_says_so():
    last = snapshots_of(SearchJob(tiny(mixup_alpha=0.3), SPACE, ("random",), trials=2))[-1]
    assert last.status == "finished" and last.message.startswith("Trials are trained one after another. mixup_alpha: ")
    alone = [trained(tiny(mixup_alpha=0.3, **trial.params)) for trial in last.trials]
    assert [trial.val_loss for trial in last.trials] == [each.recorder.history.best()["val_loss"] for each in alone]


def test_equal_jobs_give_equal_trials_in_any_portions_and_turns(monkeypatch):
    job = SearchJob(tiny(seed=3), SPACE, trials=4, repeats=3)
    first = untimed(result(job))
    assert untimed(search_result(job, snapshots_of(job, Turn(seconds=0))[-1])) == first
    monkeypatch.setattr(settings, "ENOUGH_AT_ONCE", 8)
    assert untimed(result(job)) == first
    assert untimed(result(SearchJob(tiny(seed=4), SPACE, trials=4, repeats=3))) != first


def test_a_repeat_is_the_search_from_the_next_seed():
    both = result(SearchJob(tiny(seed=3), SPACE, trials=4, repeats=2))["trials"]
    alone = result(SearchJob(tiny(seed=4), SPACE, trials=4))["trials"]
    assert [trial["repeat"] for trial in both] == [0] * 8 + [1] * 8
    assert [{**trial, "repeat": 0, "number": trial["number"] - 8} for trial in both[8:]] == alone


def test_diverged_trials_have_no_score_and_end_nothing():
    config = tiny(optimizer="sgd", activation="relu", num_epochs=5)
    job = SearchJob(config, WILD, ("grid",), trials=4)
    last = snapshots_of(job)[-1]
    found = search_result(job, last)
    trials = found["trials"]
    assert last.status == "finished"
    assert [trial["status"] for trial in trials] == ["finished"] * 2 + ["diverged"] * 2
    assert all((trial["val_loss"] is None) == (trial["status"] == "diverged") for trial in trials)
    assert trials[-1]["val_accuracy"] is None
    assert found["best"]["grid"]["status"] == "finished" and found["best"]["random"] is None
    assert last.trials[-1].curve is not None  # how it went wrong can be looked at


def test_a_search_in_which_all_diverge_has_no_best():
    wild = (Axis("learning_rate", 1e5, 1e6),)
    found = result(SearchJob(tiny(optimizer="sgd", activation="relu"), wild, ("grid",), 5))
    assert found["best"] == {"grid": None, "random": None} and found["border"] == {"learning_rate": "none"}


def test_regression_has_losses_alone():
    found = result(SearchJob(tiny(dataset="plane"), SPACE, trials=4))
    assert {trial["val_accuracy"] for trial in found["trials"]} == {None}
    assert found["best"]["grid"]["val_loss"] == min(
        trial["val_loss"] for trial in found["trials"] if trial["method"] == "grid"
    )


def test_rising_scores_name_the_upper_border_and_good_rates_none():
    config = tiny(dataset="gauss", num_samples=200, num_epochs=4)
    assert result(SearchJob(config, parse_space("learning_rate:1e-6..3e-4:log"), trials=20))["border"] == {
        "learning_rate": "high"
    }
    wide = SearchJob(config.replace(optimizer="sgd"), parse_space("learning_rate:1e-5..1e5:log"), trials=20)
    assert result(wide)["border"] == {"learning_rate": "none"}


def test_a_stopped_search_keeps_the_trials_that_ended_and_those_under_way():
    job = SearchJob(tiny(num_epochs=30), SPACE, trials=40, repeats=4)
    frames = job.frames()
    assert (next(frames).trials, job.num_trials) == ((), 288)
    snapshot = frames.send(Turn(seconds=60, max_epochs=70))
    assert snapshot.status == "running" and 0 < snapshot.fraction < 1
    ended = tuple(trial for trial in snapshot.trials if trial.has_ended)
    assert 0 < len(ended) < len(snapshot.trials) < snapshot.num_trials == 288
    last = frames.send(Turn(stop=True))
    stopped = tuple(trial if trial in ended else replace(trial, status="stopped") for trial in snapshot.trials)
    assert (last.status, last.trials, last.fraction) == ("stopped", stopped, snapshot.fraction)
    assert [list(trial.curve.val_loss) for trial in last.trials] == [list(t.curve.val_loss) for t in snapshot.trials]
    found = search_result(job, last)
    assert len(found["trials"]) == len(stopped) and found["best"]["grid"]
    assert next(frames, None) is None


@pytest.mark.parametrize("method", ["halving", "tpe"])
@pytest.mark.parametrize("count", [1, 2])
def test_every_part_that_is_stopped_keeps_what_it_had_under_way(method, count):
    job = SearchJob(tiny(num_epochs=9), SPACE, ("grid", method), trials=9)
    frames = [part.frames() for part in job.parts(count)]
    for part in frames:
        next(part)
    before = job.joined([part.send(Turn(seconds=60, max_epochs=13 // count)) for part in frames])
    last = job.joined([part.send(Turn(stop=True)) for part in frames])
    under_way = [trial for trial in before.trials if not trial.has_ended]
    assert under_way and last.status == "stopped" and len(last.trials) == len(before.trials)
    kept = {trial.number: trial for trial in last.trials}
    assert [kept[trial.number] for trial in under_way] == [replace(trial, status="stopped") for trial in under_way]
    assert all(trial.has_ended for trial in last.trials)


def test_trials_under_way_show_their_scores_so_far():
    frames = SearchJob(tiny(num_epochs=6), SPACE, trials=4).frames()
    next(frames)
    snapshot = frames.send(Turn(seconds=60, max_epochs=3))
    assert {trial.status for trial in snapshot.trials} == {"running"} and len(snapshot.trials) == 8
    for trial in snapshot.trials:
        assert (trial.num_epochs, list(trial.curve.epoch)) == (3, [0, 1, 2, 3])
        assert trial.val_loss == pytest.approx(min(trial.curve.val_loss)) and trial.best_epoch <= 3


def test_progress_only_grows():
    seen = snapshots_of(SearchJob(tiny(num_epochs=6), SPACE, trials=4, repeats=2), Turn(seconds=0))
    fractions = [snapshot.fraction for snapshot in seen]
    assert fractions == sorted(fractions) and fractions[-1] == 1 and len(set(fractions)) > 4
    counts = [len(snapshot.trials) for snapshot in seen]
    assert counts == sorted(counts) and counts[-1] == 16


def test_a_snapshot_of_a_large_search_is_cheap():
    """The page is live: one with 162 trials costs about what an epoch of 20 samples does, and is sent all the time."""
    frames = SearchJob(tiny(num_epochs=20, batch_size=20), SPACE, trials=81).frames()
    next(frames)
    frames.send(Turn(seconds=60, max_epochs=110, wants_snapshot=False))
    looks = [seconds_of(lambda: pickle.dumps(frames.send(Turn(seconds=0, max_epochs=0)))) for _ in range(9)]
    epoch = Turn(seconds=60, max_epochs=1, wants_snapshot=False)
    epochs = [seconds_of(lambda: frames.send(epoch)) for _ in range(9)]
    assert min(looks) < 4 * min(epochs)


def seconds_of(work):
    """Computing time that it takes."""
    started = time.process_time()
    work()
    return time.process_time() - started


def test_a_turn_that_wants_none_gets_none_until_the_end():
    seen = snapshots_of(SearchJob(tiny(), SPACE, trials=4), Turn(seconds=0, wants_snapshot=False))
    assert seen[0] is not None and seen[1] is None and seen[-1].has_ended


def test_values_that_do_not_go_together_are_refused_trials():
    config = tiny(schedule="cosine", min_lr=0.01)
    last = snapshots_of(SearchJob(config, SPACE[:1], ("grid",), trials=6))[-1]
    assert [trial.status for trial in last.trials] == ["refused"] * 2 + ["finished"] * 4
    assert last.status == "finished" and "min_lr: must not be above" in last.message
    last = snapshots_of(SearchJob(config, (Axis("learning_rate", 1e-4, 1e-3),), ("grid",), trials=6))[-1]
    assert last.status == "refused" and "min_lr" in last.message


def test_a_job_is_comparable_and_can_be_sent():
    job = SearchJob(tiny(num_seeds=4), SPACE)
    assert job == SearchJob(tiny(), parse_space("learning_rate:1e-3..1:log,dropout:0..0.5"))
    assert pickle.loads(pickle.dumps(job)) == job and job != SearchJob(tiny(), SPACE, trials=24)


@pytest.mark.parametrize(("field", "values"), [
    ("trials", {"trials": 0}), ("trials", {"trials": 10**9}), ("trials", {"trials": 2.5}),
    ("repeats", {"repeats": 0}), ("repeats", {"repeats": 201}), ("repeats", {"trials": 1000, "repeats": 200}),
    ("methods", {"methods": "both of them"}), ("methods", {"methods": ()}),
    ("cut_above", {"cut_above": -1}), ("space", {"space": ()}), ("dropout", {"space": (Axis("dropout", 1, 0),)}),
    ("seed", {"config": tiny(seed=2**31 - 1), "repeats": 2}),
], ids=str)  # fmt: skip
def test_a_bad_search_is_refused_with_the_field(field, values):
    with pytest.raises(ConfigError, match=f"^{field}: "):
        SearchJob(**{"config": tiny(), "space": SPACE, **values})
