"""Range test: the rate it suggests against rates that are known to be good."""

import math

import numpy as np
import pytest
import torch

from playground.config import Config
from playground.train.schedules.learning_rate_finder import TOO_HIGH, LearningRateFinder, smooth, suggestion
from playground.train.trainer import Trainer
from tests.aids.training import tiny, trained

WITHIN = 10  # the factor that a suggestion may be off
LINE = tiny(dataset="plane", hidden_sizes=(), optimizer="sgd", batch_size=20_000, num_samples=400)


def finished(config: Config, low: float = 1e-6, high: float = 10.0, num_updates: int = 150) -> LearningRateFinder:
    test = LearningRateFinder(config, low, high, num_updates)
    while not test.has_ended:
        test.advance()
    return test


def suggested(config: Config) -> float:
    test = finished(config)
    return suggestion(np.array(test.rates), np.array(test.losses)).learning_rate


def best_rates_on_a_line(config: Config) -> tuple[float, float]:
    """The rate that is best for gradient descent on a quadratic, and the limit of stability, from the curvature."""
    X = Trainer(config).data.train.X.double()
    inputs = torch.cat([X, torch.ones(len(X), 1)], dim=1)
    curvatures = torch.linalg.eigvalsh(2 * inputs.T @ inputs / len(X))
    return float(2 / (curvatures[0] + curvatures[-1])), float(2 / curvatures[-1])


@pytest.mark.parametrize("seed", range(5))
def test_on_a_quadratic_the_rate_is_near_the_best_and_below_the_limit(seed):
    config = LINE.replace(seed=seed)
    best, limit = best_rates_on_a_line(config)
    assert best / WITHIN < suggested(config) < limit


def test_on_the_spiral_the_rate_is_near_the_best_of_a_sweep():
    config = Config.parse({"num_epochs": 6, "optimizer": "sgd", "device": "cpu"})
    losses = {rate: trained(config.replace(learning_rate=rate)).recorder.history for rate in (1e-4, 1e-2, 1e-1, 3.0)}
    lowest = {rate: min(history.column("train_loss")) for rate, history in losses.items()}
    best = min(lowest, key=lowest.get)
    assert best in (1e-2, 1e-1)
    assert best / WITHIN / 3 < suggested(config) < best * WITHIN
    assert trained(config.replace(learning_rate=suggested(config))).recorder.history.last("train_loss") < lowest[1e-4]


def test_the_last_rate_is_no_suggestion():
    """A known wrong variant: taking the rate at which the test broke off."""
    assert finished(LINE).rates[-1] > best_rates_on_a_line(LINE)[1]


def test_single_batches_without_smoothing_are_no_suggestion():
    """A known wrong variant: the steepest step of a raw curve falls anywhere; the smoothed one stays."""
    rates = np.geomspace(1e-6, 10, 150)
    clean = 1 - 0.8 / (1 + (1e-2 / rates) ** 2) + (rates / 1.0) ** 2
    raw, smoothed = [], []
    for seed in range(20):
        losses = clean + 0.05 * np.random.default_rng(seed).standard_normal(150)
        raw.append(math.log10(rates[np.gradient(losses, np.log(rates))[:110].argmin()]))
        smoothed.append(math.log10(suggestion(rates, losses).steepest))
    assert np.ptp(raw) > 3
    assert np.abs(np.array(smoothed) + 2).max() < 0.6


def test_the_marks_of_a_curve_worked_by_hand():
    rates = np.geomspace(1e-6, 10, 701)  # 100 a decade
    exponent = np.log10(rates)
    losses = 1 - 0.8 / (1 + np.exp(-4 * (exponent + 3))) + 10.0 ** (4 * exponent)
    read = suggestion(rates, losses)
    assert read.steepest == pytest.approx(1e-3, rel=0.1)
    bottom = losses < losses.min() + 0.1 * (1 - losses.min())
    assert read.lowest == pytest.approx(rates[bottom][-1], rel=0.3)  # smoothing spreads the steep rise
    assert (read.low, read.high) == (read.steepest, read.lowest / 10)
    assert read.learning_rate == pytest.approx(read.high, rel=0.05)


@pytest.mark.parametrize("losses", [np.ones(50), np.linspace(1, 3, 50), np.r_[1, 1, np.nan], np.r_[np.nan, 1, 1, 1]])
def test_a_loss_that_never_falls_suggests_nothing(losses):
    read = suggestion(np.geomspace(1e-6, 10, len(losses)), losses)
    assert read.learning_rate is read.low is read.lowest is None
    assert len(read.smoothed) == len(losses)


def test_the_rate_rises_by_one_factor_from_low_to_high():
    test = finished(tiny(learning_rate=5, schedule="cosine"), 1e-5, 1e-3, 21)
    assert test.rates == pytest.approx(np.geomspace(1e-5, 1e-3, 21))


def test_it_stops_once_the_loss_has_gone_too_far():
    test = finished(LINE)
    assert len(test.rates) < 150
    assert test.losses[-1] > TOO_HIGH * min(test.losses)
    assert all(loss <= TOO_HIGH * min(test.losses[: k + 1]) for k, loss in enumerate(test.losses[:-1]))


def test_the_first_loss_is_that_of_the_untrained_network():
    config = tiny(dropout=0.5, normalization="batch")
    assert finished(config).losses[0] == pytest.approx(trained(config).recorder.history.column("train_loss")[0])


WINE = {"dataset": "wine", "normalization": "batch", "preprocessing": "none"}


def test_the_warming_of_running_averages_is_no_learning():
    """On raw inputs they bring the loss down from 108 whatever the rate: from 1e-8 to 1e-6, nothing is learned."""
    test = finished(Config.parse(WINE), 1e-8, 1e-6, 60)
    rates, losses = np.array(test.rates), np.array(test.losses)
    assert len(rates) == 60 and losses[0] < 3
    assert suggestion(rates, losses).learning_rate is None
    warming = np.geomspace(108, 2, 60)  # the known wrong variant
    assert suggestion(rates, warming).learning_rate is not None


def test_with_batch_normalization_the_rate_is_one_that_learns():
    config = Config.parse(WINE)
    rate = suggested(config)
    assert 1e-3 < rate < 0.5
    history = trained(config.replace(learning_rate=rate, num_epochs=5)).recorder.history.column("train_loss")
    assert min(history) < 0.5 * history[0]


def test_smoothing_keeps_a_line_and_its_place():
    values = np.linspace(2, 5, 60)
    assert smooth(values, 2)[10:-10] == pytest.approx(values[10:-10])
    assert smooth(np.ones(4), 3) == pytest.approx(1)
