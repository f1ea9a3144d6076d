"""RunningStatistics against NumPy and the closed form of a moving average."""

import numpy as np
import pytest

from playground.train.running_statistics import RunningStatistics, moving_average
from playground.train.trainer import Trainer
from tests.training import rows, tiny, trained

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


def test_evaluation_mode_is_the_history_of_the_run(run):
    last = run.looks[-1].evaluation_mode
    assert last.loss == pytest.approx(run.trainer.recorder.history.last("val_loss"), rel=1e-5)
    assert run.looks[-1].training_mode.loss != pytest.approx(last.loss, rel=1e-6)


def test_looking_changes_nothing():
    assert rows(watch(momentum=0.1).trainer) == rows(trained(CONFIG))


def test_every_update_is_seen_once(run):
    assert len(run.watched.batch_mean) == run.trainer.step == run.trainer.total_steps
