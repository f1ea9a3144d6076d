"""How long a job still takes, against hand-worked cases."""

from playground.jobs.job import Snapshot
from playground.jobs.time_left import TimeLeft


def told(*seen):
    """What is left after each of these (seconds, fraction)."""
    time_left = TimeLeft()
    return [time_left.after(seconds, Snapshot(fraction=fraction)) for seconds, fraction in seen]


def test_the_rest_takes_as_long_for_its_share_as_what_was_done():
    assert told((0.0, 0.0), (1.0, 0.25), (2.0, 0.5), (3.5, 0.875), (4.0, 1.0)) == [None, None, 2.0, 0.5, 0.0]


def test_what_came_before_the_first_fraction_is_not_done_again():
    """The plain proportion of all seconds, 12 / 0.5 * 0.5, is the known wrong variant."""
    assert told((10.0, 0.0), (11.0, 0.25), (12.0, 0.5)) == [None, None, 2.0]


def test_what_an_earlier_run_of_a_part_has_done_took_no_time_in_this_one():
    assert told((1.0, 0.75), (2.0, 0.875)) == [None, 1.0]


def test_without_progress_nothing_is_known():
    assert told((1.0, 0.25), (2.0, 0.25)) == [None, None]


def test_a_job_that_knows_better_is_believed():
    assert TimeLeft().after(1.0, Snapshot(fraction=0.5, seconds_left=7.0)) == 7.0
