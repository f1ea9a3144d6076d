"""Penalties as the lesson trains them, and ridge regression."""

import numpy as np
import pytest
import torch
from sklearn.linear_model import Ridge

from playground.catalog.regularization_lesson import RIDGE_START
from playground.config import Config
from playground.jobs.regularization.ridge import RidgeJob
from playground.train.regularization.penalties import (
    PenalizedTraining,
    add_subgradient,
    share_of_zeros,
)
from playground.train.regularization.ridge import LinearDescent, closed_form
from tests.aids.training import linear_unit, tiny, trained

STRENGTHS = pytest.mark.parametrize("strength", [0.0, 0.1, 10.0, 1000.0])
X = np.random.default_rng(0).standard_normal((60, 5)) @ np.diag([1, 2, 0.1, 3, 1]) + 4
Y = X @ [1.0, 0, -2, 0.5, 0] + 3 + np.random.default_rng(1).standard_normal(60)


def finished(kind, strength, **fields):
    training = PenalizedTraining(tiny(num_samples=100, num_epochs=20, learning_rate=0.05, **fields), kind, strength)
    with training.trainer.own_randomness():
        while not training.has_ended:
            training.advance()
    return training


@STRENGTHS
def test_the_closed_form_is_scikit_learns(strength):
    theta, intercept = closed_form(X, Y, strength)
    oracle = Ridge(alpha=strength, solver="svd").fit(X, Y)
    np.testing.assert_allclose(theta, oracle.coef_, atol=1e-9)
    assert intercept == pytest.approx(oracle.intercept_, abs=1e-9)


def test_a_closed_form_that_also_shrinks_the_intercept_is_rejected():
    ones = np.column_stack([X, np.ones(len(X))])
    wrong = np.linalg.solve(ones.T @ ones + 10 * np.eye(6), ones.T @ Y)
    assert abs(wrong[-1] - closed_form(X, Y, 10.0)[1]) > 0.1


@pytest.mark.parametrize("strength", [0.0, 10.0, 100.0])
def test_descent_comes_to_scikit_learns_ridge(strength):
    descent = LinearDescent(RidgeJob(Config.parse({**RIDGE_START, "learning_rate": 0.2}), strength, 1).trained)
    for _ in range(6000):
        descent.advance()
    X, y = descent.samples
    oracle = Ridge(alpha=strength, solver="svd").fit(X, y)
    np.testing.assert_allclose(descent.coefficients()[:-1], oracle.coef_, atol=1e-6)
    assert descent.coefficients()[-1] == pytest.approx(oracle.intercept_, abs=1e-6)
    if strength:
        for wrong in (strength / 2, strength * len(X) / 2):  # without torch's factor, and without the mean
            assert np.abs(closed_form(X, y, wrong)[0] - oracle.coef_).max() > 1e-3


def test_train_itself_comes_to_ridge():
    job = RidgeJob(Config.parse({**RIDGE_START, "learning_rate": 0.2, "num_epochs": 1500}), 100.0, 1)
    trainer = trained(job.trained)
    X, y = (values.double().numpy() for values in (trainer.data.train.X, trainer.data.train.y))
    weight = trainer.network.layers[-1].affines[0].weight.detach().numpy()[0]
    np.testing.assert_allclose(weight, Ridge(alpha=100.0).fit(X, y[:, 0]).coef_, atol=1e-4)


def test_l1_and_both_make_exact_zeros_and_l2_and_the_subgradient_none():
    shares = {kind: share_of_zeros(finished(kind, 0.05).weights()) for kind in ("l1", "both", "l2", "subgradient")}
    assert shares["l1"] > 0.1 and shares["both"] > 0.1
    assert shares["l2"] == shares["subgradient"] == 0


def test_one_step_of_the_subgradient_is_the_loss_gradient_plus_strength_times_sign():
    fields = {"learning_rate": 0.05, "num_epochs": 1}
    plain, penalized = (PenalizedTraining(linear_unit(**fields), "subgradient", some) for some in (0.0, 0.3))
    start = penalized.weights()
    for training in (plain, penalized):
        with training.trainer.own_randomness():
            training.advance()
    np.testing.assert_allclose(penalized.weights(), plain.weights() - 0.05 * 0.3 * np.sign(start), atol=1e-7)


def test_the_subgradient_is_added_once():
    weight = torch.tensor([2.0, -1.0, 0.0], requires_grad=True)
    weight.grad = torch.tensor([1.0, 1.0, 1.0])
    add_subgradient([weight], 0.5)
    assert weight.grad.tolist() == [1.5, 0.5, 1.0]


def test_without_a_penalty_all_kinds_are_one_run():
    runs = [finished(kind, 0.0).weights() for kind in ("l1", "l2", "both", "subgradient")]
    assert all(np.array_equal(runs[0], run) for run in runs)


@pytest.mark.parametrize(("below", "share"), [(0.0, 0.25), (0.001, 0.5), (1.0, 1.0)])
def test_share_of_zeros(below, share):
    assert share_of_zeros(np.array([0.0, 0.001, -0.5, 1.0]), below) == share
