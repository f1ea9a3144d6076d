"""Runs of which some diverged: the figures are of the others, and that is said."""

import statistics

import numpy as np
import pytest

from playground.jobs.job import Turn
from playground.jobs.training.run import TrainingRun
from playground.jobs.training.seed_scores import SeedScores
from playground.jobs.training.survivors import counts, survivors, survivors_sentence
from tests.aids.training import tiny
from tests.jobs.turns import LONG, last_snapshot

ENDED, LOST, GOES_ON = "finished", "diverged", "running"


@pytest.mark.parametrize(
    ("statuses", "sentence"),
    [
        ([ENDED] * 3, ""),
        ([LOST, LOST, ENDED, LOST, LOST], "4 of 5 runs diverged; figures of the one that ended."),
        ([ENDED, LOST, "stopped"], "1 of 3 runs diverged; figures of the 2 that ended."),
        ([GOES_ON, LOST, GOES_ON], "1 of 3 runs diverged; figures of the 2 that go on."),
        ([GOES_ON, LOST, LOST], "2 of 3 runs diverged; figures of the one that goes on."),
        ([LOST] * 3, "3 of 3 runs diverged; none ended."),
    ],
)
def test_the_sentence_says_whose_figures_they_are(statuses, sentence):
    assert survivors_sentence(statuses) == sentence


def test_runs_are_counted_by_how_they_ended():
    assert counts([LOST, ENDED, LOST]) == {LOST: 2, ENDED: 1}
    assert survivors([LOST, ENDED, LOST, "stopped"]) == [1, 3]


def lost_run(*numbers, count=5):
    """A run of several seeds of which some have diverged, whatever the processor makes of their numbers."""
    run = TrainingRun(tiny(num_seeds=count))
    run.advance(Turn(seconds=LONG, max_epochs=1))
    for number in numbers:
        run._seeds.runs[number].status = LOST
    return run


def ended(run):
    while not run.has_ended:
        run.advance(Turn(seconds=LONG))
    return run.snapshot()


@pytest.fixture(scope="module")
def mixed():
    """The last snapshot of five runs, of which the second and the fourth diverged with finite losses."""
    run = lost_run()
    while not run.has_ended:
        run.advance(Turn(seconds=LONG))
    for number in (1, 3):
        run._seeds.runs[number].status = LOST
    return run.snapshot()


def test_the_mean_is_of_the_runs_that_ended(mixed):
    finals = [run["final"] for run in mixed.result["runs"]]
    kept = [finals[number]["val_loss"] for number in (0, 2, 4)]
    assert mixed.result["mean"]["val_loss"] == pytest.approx(statistics.fmean(kept))
    assert mixed.result["std"]["val_loss"] == pytest.approx(statistics.stdev(kept))
    every = statistics.fmean(final["val_loss"] for final in finals)
    assert mixed.result["mean"]["val_loss"] != pytest.approx(every)  # the wrong variant: a lost loss may be finite


def test_result_and_snapshot_say_so(mixed):
    assert mixed.status == mixed.result["status"] == "finished"
    assert mixed.message == mixed.result["message"] == "2 of 5 runs diverged; figures of the 3 that ended."
    assert mixed.result["statuses"] == {ENDED: 3, LOST: 2}
    assert mixed.statuses == (ENDED, LOST, ENDED, LOST, ENDED)


def test_a_lost_seed_has_no_score_to_compare_even_where_its_loss_is_finite(mixed):
    assert [score is None for score in SeedScores.of_result(mixed.result).scores] == [False, True, False, True, False]


def test_curves_are_of_the_runs_that_have_not_diverged(mixed):
    histories = [run["history"]["val_loss"] for run in mixed.result["runs"]]
    kept = np.array([histories[number] for number in (0, 2, 4)])
    np.testing.assert_allclose(mixed.history["val_loss"], kept.mean(0))
    np.testing.assert_allclose(mixed.bands["val_loss"], kept.std(0, ddof=1))


def test_a_run_that_diverges_early_does_not_end_the_curves_of_the_others():
    run = lost_run(0)
    seen = run.snapshot()
    assert seen.status == GOES_ON and survivors_sentence(seen.statuses).endswith("figures of the 4 that go on.")
    assert ended(run).history["epoch"][-1] == run.config.num_epochs > 1


def test_a_single_survivor_has_figures_and_no_spread():
    last = ended(lost_run(0, 1, count=3))
    assert np.isnan(last.bands["val_loss"]).all() and np.isfinite(last.history["val_loss"]).all()
    assert last.result["mean"]["val_loss"] == last.result["runs"][2]["final"]["val_loss"]
    assert last.result["std"]["val_loss"] is None


def test_where_all_diverged_there_is_no_mean():
    """At this rate every loss is far beyond what any processor could make of it."""
    config = tiny(num_seeds=3, learning_rate=1e6, optimizer="sgd", activation="relu", num_epochs=30)
    last = last_snapshot(config)
    assert last.result["statuses"] == {LOST: 3} and last.status == LOST
    assert last.result["mean"]["val_loss"] is None
    assert last.message.startswith("3 of 3 runs diverged; none ended. Diverged at step")
