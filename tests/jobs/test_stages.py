import pytest

from playground.jobs.stages import Stages


def test_a_guess_holds_until_the_stage_has_begun():
    stages = Stages({"first": 2.0, "second": 6.0})
    assert (stages.fraction, stages.seconds_left) == (0.0, 8.0)
    stages.note("first", 1.0, 0.25)
    assert stages.seconds_left == pytest.approx(3.0 + 6.0)
    assert stages.fraction == pytest.approx(0.1)


def test_the_fraction_never_goes_back():
    stages = Stages({"first": 1.0, "second": 1.0})
    stages.note("first", 1.0, 1.0)
    before = stages.fraction
    stages.note("second", 1.0, 0.01)
    assert stages.fraction == before == 0.5
    stages.note("second", 1.0, 1.0)
    assert (stages.fraction, stages.seconds_left) == (1.0, 0.0)
