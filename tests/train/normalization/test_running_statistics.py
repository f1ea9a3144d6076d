"""RunningStatistics against NumPy and the closed form of a moving average."""

import numpy as np
import pytest

from playground.catalog.normalization_lesson import RUNNING_CASES
from playground.config import Config
from playground.train.normalization.running_statistics import RunningStatistics, moving_average
from playground.train.trainer import Trainer
from tests.aids.training import rows, tiny, trained

CONFIG = tiny(normalization="batch", num_samples=80, batch_size=5, num_epochs=3)
MOMENTUM = 0.2


def watch(config=CONFIG, **more):
    run = RunningStatistics(config, **{"layer": 0, "unit": 1, "momentum": MOMENTUM, **more})
    while not run.has_ended:
        run.advance()
    return run


@pytest.fixture(scope="module")
def run():
    return watch()


def values(run, name):
    return np.array([float(value) for value in getattr(run.watched, name)])


def test_moving_average_is_the_loop():
    seen, expected, average = np.random.default_rng(0).normal(size=50), [], 1.0
    for value in seen:
        average = 0.9 * average + 0.1 * value
        expected.append(average)
    np.testing.assert_allclose(moving_average(seen, 1.0, 0.1), expected)
    assert not np.allclose(moving_average(seen, 1.0, 0.9), expected), "the lecture's momentum must be turned round"


def test_the_running_mean_averages_the_batch_means(run):
    expected = moving_average(values(run, "batch_mean"), 0.0, MOMENTUM)
    np.testing.assert_allclose(values(run, "running_mean"), expected, atol=1e-6)


def test_the_running_variance_averages_unbiased_variances(run):
    unbiased, biased = values(run, "unbiased_var"), values(run, "batch_var")
    np.testing.assert_allclose(unbiased, biased * 5 / 4, rtol=1e-5)
    running = values(run, "running_var")
    np.testing.assert_allclose(running, moving_average(unbiased, 1.0, MOMENTUM), rtol=1e-5)
    assert not np.allclose(running, moving_average(biased, 1.0, MOMENTUM), rtol=0.01), "biased ones must be rejected"


def test_batch_statistics_are_those_of_numpy():
    run = RunningStatistics(CONFIG, layer=0, unit=1, momentum=MOMENTUM)
    W = run.trainer.network.parts[0].weight[1].detach().numpy().copy()
    order = next(iter(Trainer(CONFIG).batches.epoch()))
    run.advance()
    unit = order.X.numpy() @ W
    assert values(run, "batch_mean")[0] == pytest.approx(unit.mean(), rel=1e-4, abs=1e-6)
    assert values(run, "batch_var")[0] == pytest.approx(unit.var(), rel=1e-4)


def test_a_look_takes_the_whole_training_split(run):
    W = run.trainer.network.parts[0].weight[1].detach().numpy()
    unit = run.trainer.data.train.X.numpy() @ W
    assert run.looks[-1].mean == pytest.approx(unit.mean(), rel=1e-4, abs=1e-6)
    assert run.looks[-1].var == pytest.approx(unit.var(), rel=1e-4)
    assert run.looks[-1].step == run.trainer.step


def test_fresh_statistics_are_the_history_of_the_run(run):
    history, first, last = run.trainer.recorder.history, run.looks[0], run.looks[-1]
    assert first.fresh.train.loss == pytest.approx(history.column("train_loss")[0], rel=1e-5)
    assert last.fresh.train.loss == pytest.approx(history.last("train_loss"), rel=1e-5)
    assert last.fresh.val.loss == pytest.approx(history.last("val_loss"), rel=1e-5)
    assert last.fresh.spreads == pytest.approx([layer.std for layer in run.trainer.recorder.layer_history[-1][:2]])
    for other in (last.training_mode, last.running.val):
        assert other.loss != pytest.approx(last.fresh.val.loss, rel=1e-6)


# Where it is looked; training losses by running averages and by fresh statistics, and spreads of the hidden layers.
CASES = {
    "deep": (0, (3106, 8.88), ([1.31, 7.09, 41.1, 265], [0.58, 0.58, 0.59, 0.59])),
    "raw": (0, (108, 1.45), None),
    "whole": (-1, (0.988, 0.552), None),
}


@pytest.mark.parametrize("case", CASES)
def test_running_averages_are_far_from_fresh_statistics(case):
    place, losses, spreads = CASES[case]
    run = RunningStatistics(Config.parse(RUNNING_CASES[case][1]), layer=0, unit=0, momentum=0.1)
    while place and not run.has_ended:
        run.advance()
    look = run.looks[place]
    assert (look.running.train.loss, look.fresh.train.loss) == pytest.approx(losses, rel=0.05)
    if spreads:
        assert look.running.spreads == pytest.approx(spreads[0], rel=0.05)
        assert look.fresh.spreads == pytest.approx(spreads[1], rel=0.05)


def test_looking_changes_nothing():
    assert rows(watch(momentum=0.1).trainer) == rows(trained(CONFIG))


def test_every_update_is_seen_once(run):
    assert len(run.watched.batch_mean) == run.trainer.step == run.trainer.total_steps
