"""A search in parts: the same trials and results, whoever trains them, and after a worker's death."""

import pickle
from collections import Counter

import pytest

from playground.jobs.search import guided as search_guided
from playground.jobs.search import run as search_run
from playground.jobs.search.job import SearchJob
from playground.jobs.search.shares import own_shares, shared_out
from playground.jobs.search.units import units_of
from playground.train.search.space import parse_space
from tests.aids.training import tiny
from tests.jobs.search.searching import after_epochs, in_parts, last

SPACE = parse_space("learning_rate:1e-3..1:log,dropout:0..0.5")
ALL = ("grid", "random", "halving", "tpe")
FOUR = SearchJob(tiny(num_epochs=3), SPACE, ALL, trials=9)
REPEATED = SearchJob(tiny(seed=3), SPACE, trials=25, repeats=7)


def told(snapshot):
    """Everything but how long it took."""
    return [(trial, trial.curve and trial.curve.val_loss.tolist()) for trial in snapshot.trials]


@pytest.fixture(scope="module")
def whole():
    return last(FOUR)


@pytest.mark.parametrize("count", [2, 5])
def test_any_number_of_parts_gives_the_same_trials_to_the_last_bit(whole, count):
    found = in_parts(FOUR, count)
    assert told(found) == told(whole) and len(found.trials) == FOUR.num_trials
    assert (found.status, found.fraction) == ("finished", 1.0)


@pytest.mark.parametrize("job", [FOUR, REPEATED], ids=["methods", "repeats"])
@pytest.mark.parametrize("count", [1, 2, 3, 16])
def test_every_trial_is_in_one_unit_of_one_part(job, count):
    shares = [list(own_shares(job, index, count)) for index in range(count)]
    numbers = [trial.number for own in shares for share in own for unit in share.units for trial in unit.trials]
    assert sorted(numbers) == list(range(job.num_trials))
    assert all(sum(share.weight for share in own) == pytest.approx(1) for own in shares)


def test_the_work_is_shared_out_by_its_cost():
    units = units_of(FOUR, [0])
    loads = [sum(unit.cost for unit in own) for own in shared_out(units, 2)]
    assert max(loads) < sum(loads) - min(unit.cost for unit in units)
    by_count = [units[: len(units) // 2], units[len(units) // 2 :]]  # the wrong variant: halves of the list
    assert max(loads) <= max(sum(unit.cost for unit in own) for own in by_count)


def test_small_repeats_are_planned_together_and_large_ones_alone():
    assert [len(repeats) for repeats in REPEATED.portions] == [2, 2, 2, 1]
    assert [len(repeats) for repeats in SearchJob(tiny(), SPACE, trials=64, repeats=2).portions] == [1, 1]


@pytest.mark.parametrize("epochs", [1, 4, 7, 12, 18])
def test_a_part_goes_on_after_the_death_of_its_worker(whole, epochs):
    part = FOUR.parts(2)[0]
    snapshot = after_epochs(part, epochs)
    rest = pickle.loads(pickle.dumps(part.after(snapshot)))
    ended = {trial.number for trial in snapshot.trials if trial.has_ended}
    assert {trial.number for trial in rest.done} == ended
    first = next(rest.frames())
    assert {trial.number for trial in first.trials} == ended and not first.has_ended
    assert first.seconds == snapshot.seconds  # what it has cost is not forgotten
    over = last(rest)
    assert over.seconds > snapshot.seconds
    joined = FOUR.joined([over, last(FOUR.parts(2)[1])])
    assert told(joined) == told(whole)


def test_what_has_ended_is_not_trained_again(monkeypatch):
    part = SearchJob(tiny(), SPACE, ("random", "tpe"), trials=12).parts(1)[0]
    done = last(part)
    for module in (search_run, search_guided):
        monkeypatch.delattr(module, "TrialGroup")
    assert told(last(part.after(done))) == told(done)


def test_a_part_without_work_ends_at_once_and_spoils_nothing():
    job = SearchJob(tiny(), SPACE, ("random",), trials=4)
    snapshots = [last(part) for part in job.parts(3)]
    assert Counter(len(snapshot.trials) for snapshot in snapshots) == {4: 1, 0: 2}
    assert job.joined(snapshots).status == "finished"


def test_the_slowest_part_says_how_far_the_search_is():
    job = SearchJob(tiny(num_epochs=10), SPACE, trials=36)
    parts = job.parts(2)
    under_way, over = after_epochs(parts[0], 5), last(parts[1])
    joined = job.joined([under_way, over])
    assert (joined.status, joined.fraction) == ("running", under_way.fraction) and 0 < joined.fraction < 1
    assert [trial.number for trial in joined.trials] == sorted(
        trial.number for trial in (*under_way.trials, *over.trials)
    )
    waiting = job.joined([None, over])
    assert (waiting.status, waiting.fraction) == ("running", 0.0)


def test_only_the_whole_search_can_be_refused():
    """A part of refused trials alone says nothing about the others."""
    config = tiny(schedule="cosine", min_lr=0.01)
    job = SearchJob(config, parse_space("learning_rate:1e-4..1e-3:log"), ("grid",), trials=6)
    parts = [last(part) for part in job.parts(2)]
    assert {part.status for part in parts} == {"finished"} and job.joined(parts).status == "refused"
