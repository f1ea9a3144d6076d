"""SurfaceSearchJob: the same comparison many times, in turns."""

import numpy as np
import pytest

from playground.catalog import RESPONSE_SURFACES
from playground.jobs.job import Turn
from playground.jobs.repeated_search.job import PORTION, SURFACE_SPECS, SurfaceSearchJob
from playground.parsing import ConfigError
from playground.train.repeated_search.closed_form import chance_random_closer
from playground.train.repeated_search.verdict import verdict
from tests.jobs.turns import LONG


def last(job):
    frames = job.frames()
    next(frames)
    return frames.send(Turn(seconds=LONG))


@pytest.mark.parametrize("surface", RESPONSE_SURFACES)
def test_every_surface_is_searched_as_often_as_asked(surface):
    seen = last(SurfaceSearchJob(surface=surface, dimensions=3, trials=30, repeats=120))
    assert seen.status == "finished" and seen.fraction == 1
    assert len(seen.grid) == len(seen.random) == seen.verdict.num_repeats == 120
    assert seen.verdict == verdict(seen.grid, seen.random)
    assert len(seen.shown.grid) == len(seen.shown.random) == len(seen.shown.grid_scores) == 27


def test_the_result_does_not_depend_on_the_turns():
    job = SurfaceSearchJob(repeats=3 * PORTION - 1)
    frames = job.frames()
    assert len(next(frames).grid) == 0
    first = frames.send(Turn(seconds=0))
    assert (len(first.grid), first.status) == (PORTION, "running")
    assert frames.send(Turn(seconds=0, wants_snapshot=False)) is None
    end = frames.send(Turn(seconds=0))
    assert end.status == "finished" and next(frames, None) is None
    whole = last(job)
    np.testing.assert_array_equal(end.random, whole.random)
    np.testing.assert_array_equal(first.grid, whole.grid[:PORTION])


def test_what_was_found_stays_when_it_is_stopped():
    frames = SurfaceSearchJob(repeats=5000).frames()
    next(frames)
    frames.send(Turn(seconds=0))
    end = frames.send(Turn(stop=True))
    assert end.status == "stopped" and end.verdict.num_repeats == PORTION


def test_more_repeats_begin_with_the_same_ones_and_another_seed_is_another_draw():
    few, many, other = (last(SurfaceSearchJob(repeats=n, seed=seed)) for n, seed in ((20, 0), (60, 0), (20, 500)))
    np.testing.assert_array_equal(few.random, many.random[:20])
    assert not np.any(few.random == other.random)


def test_random_loses_about_three_times_in_ten_where_one_axis_matters():
    seen, expected = last(SurfaceSearchJob(repeats=2000)), SurfaceSearchJob().predicted
    assert expected.random_wins == chance_random_closer(3, 9)
    assert seen.verdict.share_low - 0.01 < expected.random_wins < seen.verdict.share_high + 0.01
    assert seen.verdict.grid_wins / 2000 == pytest.approx(0.31, abs=0.035)


def test_the_optimum_that_is_shown_is_the_one_that_was_searched():
    shown = last(SurfaceSearchJob(repeats=20)).shown
    low, high = shown.optimum
    assert low == high
    np.testing.assert_allclose(shown.random_scores, 1 - np.abs(shown.random[:, 0] - low))
    target = last(SurfaceSearchJob(surface="target_box", weight=0, share=0.2, repeats=20)).shown
    inside = (target.random[:, 0] >= target.optimum[0]) & (target.random[:, 0] <= target.optimum[1])
    assert target.optimum[1] - target.optimum[0] == pytest.approx(0.2)
    np.testing.assert_array_equal(target.random_scores, inside)


def test_nothing_is_predicted_of_an_optimum_that_stays():
    assert SurfaceSearchJob(moves=False).predicted is None
    assert len(set(last(SurfaceSearchJob(moves=False)).grid)) == 1


def test_a_weight_counts_only_where_the_surface_leaves_it_open():
    assert SurfaceSearchJob(weight=0.3) == SurfaceSearchJob(weight=0.9)
    assert SurfaceSearchJob(surface="weighted_axes", weight=0.3) != SurfaceSearchJob(
        surface="weighted_axes", weight=0.9
    )


@pytest.mark.parametrize(("name", "value"), [
    ("surface", "bowl"), ("dimensions", 5), ("dimensions", 0), ("trials", 3), ("trials", 1e9), ("weight", 1.5),
    ("weight", float("nan")), ("share", 0), ("repeats", 0), ("repeats", 2.5), ("moves", "maybe"), ("seed", -1),
    ("seed", 2**31 - 1),
])  # fmt: skip
def test_bad_values_are_refused_by_name(name, value):
    with pytest.raises(ConfigError) as caught:
        SurfaceSearchJob.parse({name: value})
    assert list(caught.value.problems) == [name]


def test_text_is_taken_as_from_a_form():
    values = {name: str(getattr(SurfaceSearchJob(), name)) for name in SURFACE_SPECS}
    assert SurfaceSearchJob.parse(values) == SurfaceSearchJob()
