"""SymmetryJob: row 3 of the experiments. Units that start equal stay equal; that is no vanishing gradient."""

import pytest
import torch

from playground.catalog import INITIALIZERS
from playground.catalog.signal_cases import SYMMETRY_BREAKER, SYMMETRY_START
from playground.config import Config
from playground.jobs.initialization.symmetry import SymmetryJob, largest_difference
from playground.jobs.job import Turn
from playground.train.trainer import Trainer
from tests.aids.training import go_on, tiny

NAMES = ("zeros", "constant", SYMMETRY_BREAKER)
ROUNDING = 1e-6


def last(job):
    frames = job.frames()
    next(frames)
    while not (snapshot := frames.send(Turn(seconds=60))).has_ended:
        pass
    return snapshot


@pytest.fixture(scope="module", params=["relu", "tanh"])
def found(request):
    job = SymmetryJob(Config.parse({**SYMMETRY_START, "activation": request.param}), NAMES)
    return request.param, {run.initializer: run for run in last(job).runs}


def test_equal_units_stay_equal_and_random_ones_differ(found):
    _, runs = found
    for name, rounding in zip(NAMES[:2], (0, ROUNDING), strict=True):  # no arithmetic promises more than that
        assert max(runs[name].differences) <= rounding
        assert runs[name].val_accuracy < 0.2
    assert min(runs[SYMMETRY_BREAKER].differences) > 0.1
    assert runs[SYMMETRY_BREAKER].val_accuracy > 0.8


def test_a_gradient_flows_between_equal_weights_so_it_has_not_vanished(found):
    _, runs = found
    assert runs["constant"].grad_norm > 0.01
    assert runs["zeros"].grad_norm == 0


def test_every_update_is_noted(found):
    for run in found[1].values():
        assert run.steps == tuple(range(5 * 21 + 1)) and len(run.differences) == len(run.steps)


def test_the_rows_that_draw_nothing_are_the_symmetric_ones():
    assert [name for name, row in INITIALIZERS.items() if not row.draws] == ["zeros", "constant"]


def test_one_unit_that_differs_is_seen_and_differing_inputs_are_not():
    trainer = Trainer(tiny(initializer="constant", activation="tanh", optimizer="sgd", learning_rate=0.1))
    go_on(trainer)
    weight = trainer.network.layers[0].weights[0]
    assert largest_difference(trainer) <= ROUNDING
    assert (weight.amax(1) - weight.amin(1)).max() > 1e-3, "the wrong axis would call equal units different"
    with torch.no_grad():
        weight[1, 0] += 0.25
    assert largest_difference(trainer) == pytest.approx(0.25, abs=ROUNDING)


def test_runs_come_one_after_the_other_and_a_stop_keeps_them():
    job = SymmetryJob(tiny(), NAMES)
    frames = job.frames()
    assert [run.steps for run in next(frames).runs] == [(), (), ()]
    first = frames.send(Turn(seconds=60))
    assert (first.status, first.fraction) == ("running", pytest.approx(1 / 3))
    assert [len(run.steps) for run in first.runs] == [9, 0, 0]
    assert frames.send(Turn(seconds=60, wants_snapshot=False)) is None
    stopped = frames.send(Turn(stop=True))
    assert stopped.status == "stopped" and len(stopped.runs[1].steps) == 9
    with pytest.raises(StopIteration):
        frames.send(Turn())
