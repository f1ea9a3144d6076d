import pytest

from playground.ui import pace as module
from playground.ui.pace import LEASE_SECONDS, LOOK_SECONDS, LOOKS_A_SECOND, SLOWEST_SECONDS, pace


@pytest.fixture
def running(monkeypatch):
    """Makes it look as if so many jobs were running."""

    class Engine:
        num_running = 0

    monkeypatch.setattr(module, "current_engine", lambda: Engine)

    def say(number):
        Engine.num_running = number

    return say


@pytest.mark.parametrize("number", [0, 1, 30, 40, 41, 80, 128, 300])
def test_all_pages_together_look_only_so_often(running, number):
    running(number)
    assert LOOK_SECONDS <= pace() <= SLOWEST_SECONDS
    assert number / pace() <= LOOKS_A_SECOND


def test_a_class_of_forty_is_looked_at_twice_a_second_and_a_lecture_hall_once(running):
    running(40)
    assert pace() == LOOK_SECONDS
    running(80)
    assert pace() == 1.0


@pytest.mark.parametrize("number", range(0, 400, 7))
def test_a_page_that_was_just_drawn_keeps_its_pace(running, number):
    running(number)
    assert pace(now=pace()) == pace()


def test_the_pace_stays_when_a_few_come_and_go(running):
    running(45)
    slow = pace()
    running(30)
    assert slow == pace(now=slow) == 1.0
    running(20)
    assert pace(now=slow) == LOOK_SECONDS


def test_the_slowest_page_keeps_its_lease(running):
    running(100_000)
    assert pace() == SLOWEST_SECONDS < LEASE_SECONDS


def test_what_is_looked_at_seldom_or_more_often_keeps_its_own_pace_while_few_look(running):
    running(10)
    assert (pace(LEASE_SECONDS), pace(0.3), pace(0.3, 0.6)) == (LEASE_SECONDS, 0.3, 0.3)
    running(128)
    assert (pace(LEASE_SECONDS), pace(0.3)) == (LEASE_SECONDS, 2.4)
