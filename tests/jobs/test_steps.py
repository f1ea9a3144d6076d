"""Jobs of many short steps: as far as a turn allows, and a snapshot where one is wanted or the end has come."""

from itertools import count

import pytest

from playground.jobs import steps
from playground.jobs.job import Snapshot, Turn
from playground.jobs.steps import frames_of_steps, take_steps


class Walk:
    """So many steps."""

    def __init__(self, num_steps: int):
        self.num_steps, self.step = num_steps, 0

    @property
    def has_ended(self) -> bool:
        return self.step == self.num_steps

    def advance(self) -> None:
        self.step += 1


@pytest.fixture(autouse=True)
def ticking(monkeypatch):
    """Each look at the clock is a second later."""
    monkeypatch.setattr(steps.time, "perf_counter", count().__next__)


@pytest.mark.parametrize(("turn", "taken"), [
    (Turn(seconds=100), 9), (Turn(seconds=100, max_steps=4), 4), (Turn(seconds=100, max_steps=0), 0),
    (Turn(seconds=5), 4), (Turn(seconds=0), 0), (Turn(seconds=100, stop=True), 0),
], ids=str)  # fmt: skip
def test_a_turn_limits_the_steps(turn, taken):
    walk = Walk(9)
    take_steps(walk, turn)
    assert walk.step == taken


def test_frames_come_when_they_are_wanted_and_at_the_end():
    walk, one = Walk(3), {"seconds": 100.0, "max_steps": 1}
    frames = frames_of_steps(walk, Turn(**one), lambda status: Snapshot(status, fraction=walk.step / walk.num_steps))
    assert next(frames) == Snapshot("running", fraction=1 / 3)
    assert frames.send(Turn(**one, wants_snapshot=False)) is None
    assert frames.send(Turn(**one, wants_snapshot=False)) == Snapshot("finished", fraction=1.0)
    assert next(frames, None) is None


def test_a_stop_ends_it_where_it_is():
    walk = Walk(3)
    frames = frames_of_steps(walk, Turn(seconds=100, max_steps=1), Snapshot)
    next(frames)
    assert frames.send(Turn(seconds=100, stop=True)).status == "stopped" and walk.step == 1
    assert next(frames, None) is None
