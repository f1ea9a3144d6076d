"""What a repeated search says in sentences."""

import numpy as np
import pytest

from playground.catalog import RESPONSE_SURFACES
from playground.charts.repeated_search.best import best_scores_data
from playground.jobs.repeated_search.job import SurfaceSearchJob
from playground.jobs.repeated_search.snapshot import RepeatedSnapshot
from playground.train.repeated_search.verdict import verdict
from playground.ui.repeated_search.theory import distance_sentences
from playground.ui.repeated_search.words import size_line, theory_sentence, theory_table, verdict_sentences

OPEN = next(row.name for row in RESPONSE_SURFACES.values() if row.weight is None and not row.is_target)
TARGET = next(row.name for row in RESPONSE_SURFACES.values() if row.is_target)


def said(random, grid, **how) -> str:
    return " ".join(verdict_sentences(verdict(grid, random), **how))


def test_how_often_with_an_interval_and_how_often_not():
    random = np.repeat([0.7, 0.4, 0.5], [69, 30, 1])
    text = said(random, np.full(100, 0.5))
    assert "better in 69 of 100 repeats (95% interval 59 to 77%), the grid in 30, and in 1 both were equal." in text
    assert "0.11 higher on average; the median difference is +0.2 (95% interval +0.2 to +0.2)." in text
    assert "Ties aside, random won 70% (95% interval 60 to 78%). So random is better more often than not" in text


def test_ties_are_named_only_where_there_are_any():
    text = said(np.full(30, 0.7), np.full(30, 0.5))
    assert "the grid in 0." in text and "equal" not in text and "Ties" not in text
    assert text.endswith("So random is better more often than not here.")


@pytest.mark.parametrize(("wins", "end"), [
    (3, "So the grid is better more often than not here."),
    (10, "so many repeats do not say which of the two is better more often."),
    (19, "and still loses: one comparison proves nothing."),
])  # fmt: skip
def test_what_the_repeats_are_enough_to_say(wins, end):
    assert said(np.repeat([0.6, 0.4], [wins, 20 - wins]), np.full(20, 0.5)).endswith(end)


def test_accuracies_differ_by_percentage_points():
    assert "3.0 percentage points lower on average; the median difference is −3.0" in said(
        np.full(20, 0.87), np.full(20, 0.9), is_share=True
    )


def test_a_mean_and_a_median_that_disagree_are_explained():
    text = said(np.repeat([0.52, 0.1], [16, 4]), np.full(20, 0.5))
    assert "a few large losses outweigh many small gains" in text
    assert "a few large gains outweigh many losses" in said(np.repeat([0.48, 0.9], [16, 4]), np.full(20, 0.5))


def test_repeats_without_a_score_are_counted_and_not_passed_over():
    text = said([0.5, 0.6, np.nan, 0.7], [0.4, np.nan, np.nan, 0.6])
    assert "All trials diverged or were cut: of the grid in 2 and random in 1 of 4 repeats." in text
    assert "means and medians are of the others" in text and "diverged" not in said([0.5], [0.4])
    words = set(best_scores_data(np.array([0.4, np.nan, 0.6]), np.array([0.5, 0.5, 0.5]), is_share=True)["text"])
    assert {"Grid: median 50.0% of 2 of 3", "Random: median 50.0%"} <= words


def test_little_is_said_of_little():
    assert said([], []) == "No repeat is complete yet."
    assert said([0.5], [0.5]).endswith("Nothing speaks for either of the two.")
    assert "95% interval +" not in said([0.6] * 5, [0.5] * 5)


def test_the_size_of_both_is_the_same():
    assert size_line((3, 3)) == "The grid: 3 × 3 = 9 trials. Random: 9 trials."
    assert size_line((7,)) == "The grid: 7 trials. Random: 7 trials."


def table(job: SurfaceSearchJob, grid, random) -> str:
    seen = RepeatedSnapshot(grid=np.array(grid), random=np.array(random), verdict=verdict(grid, random))
    return theory_table(job, RESPONSE_SURFACES[job.surface], seen)


def test_theory_stands_beside_what_was_measured():
    text = table(SurfaceSearchJob(), [0.9, 0.92], [0.95, 0.91])
    assert "| Distance to the optimum, grid | 0.0833 | 0.0900 ± 0.0100 |" in text
    assert "| Distance to the optimum, random | 0.0545 | 0.0700 ± 0.0200 |" in text
    assert "| Random better | 0.6873 | 0.500 ± 0.354 |" in text


def test_hits_of_a_target_stand_beside_their_chances():
    text = table(SurfaceSearchJob(surface=TARGET, weight=0), [0, 0, 0, 1], [1, 0, 0, 1])
    assert "| Hits of the target, random | 0.3698 | 0.5000" in text and "| Random better | 0.3114 | 0.250" in text


@pytest.mark.parametrize(("job", "sentence"), [
    (SurfaceSearchJob(surface=OPEN, weight=0.5), "No closed form holds here"),
    (SurfaceSearchJob(moves=False), "No theory here"),
])  # fmt: skip
def test_where_no_theory_holds_none_is_shown(job, sentence):
    assert theory_sentence(job, RESPONSE_SURFACES[job.surface]).startswith(sentence)
    assert table(job, [0.9, 0.9], [0.9, 0.8]).count("| – |") == 3


def test_the_calculator_of_distances():
    assert distance_sentences(3, 2)[:3] == [
        "Grid of 3 × 3: mean distance 1 / (4 · 3) = 0.0833 on the axis that matters.",
        "Random, 9 trials: (9 + 3) / (2 · 10 · 11) = 0.0545.",
        "Random comes closer in 68.7% of all cases, the grid in 31.3%.",
    ]
