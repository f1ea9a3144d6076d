import pytest

from playground.engine.leases import Leases
from tests.aids.clock import Clock


@pytest.fixture
def clock():
    return Clock()


@pytest.fixture
def leases(clock):
    leases = Leases(pause_after=20, free_after=120, clock=clock)
    leases.renew("a")
    return leases


def test_a_job_looked_at_never_expires(leases, clock):
    for _ in range(100):
        clock.now += 19
        assert leases.expired() == ([], [])
        assert leases.renew("a") is False


def test_an_unseen_job_rests_once_and_is_freed_later(leases, clock):
    clock.now = 20
    assert leases.expired() == (["a"], [])
    assert leases.is_resting("a")
    clock.now = 119
    assert leases.expired() == ([], [])
    clock.now = 120
    assert leases.expired() == ([], ["a"])


def test_a_job_seen_again_is_said_to_have_rested_once(leases, clock):
    clock.now = 21
    leases.expired()
    assert leases.renew("a") is True
    assert leases.renew("a") is False
    assert not leases.is_resting("a")


def test_a_job_never_checked_in_time_is_freed_without_resting(leases, clock):
    clock.now = 500
    assert leases.expired() == ([], ["a"])


def test_a_dropped_job_does_not_expire(leases, clock):
    leases.drop("a")
    clock.now = 500
    assert leases.expired() == ([], [])
