"""What a process slept through did not happen to it."""

from playground.engine.awake import AwakeClock
from playground.engine.leases import Leases
from tests.aids.clock import Clock


def test_time_awake_counts_and_a_sleep_counts_as_one_look():
    wall = Clock(1000.0)
    clock = AwakeClock(1.0, wall)
    for _ in range(10):
        wall.now += 0.5
        clock()
    assert clock() == 5.0
    wall.now += 3600.0
    assert clock() == 6.0


def test_nobodys_lease_ends_while_the_server_sleeps():
    wall = Clock(1000.0)
    leases, naive = Leases(20, 120, AwakeClock(1.0, wall)), Leases(20, 120, wall)
    for each in (leases, naive):
        each.renew("a")
    wall.now += 3600.0
    assert leases.expired() == ([], [])
    assert naive.expired() == ([], ["a"]), "what is to be avoided"
