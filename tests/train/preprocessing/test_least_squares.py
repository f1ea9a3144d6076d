"""Descent on least squares: its closed form against a loop, NumPy, and the promise of the condition number."""

import numpy as np
import pytest

from playground.train.preprocessing.least_squares import LeastSquares, predicted_rate, predicted_steps

RNG = np.random.default_rng(0)
X = RNG.standard_normal((60, 3)) @ np.diag([3.0, 1.0, 0.4]) + [2.0, 0.0, -1.0]
Y = X @ [1.0, -2.0, 0.5] + 3 + 0.1 * RNG.standard_normal(60)
SHARES = [0.2, 0.5, 0.9]


def loop(learning_rate, steps):
    """Losses above the smallest one, by w <- w - rate A^T (A w - y) / N, as shares of the first."""
    A, w, losses = np.column_stack([X, np.ones(60)]), np.zeros(4), []
    best = np.mean((A @ np.linalg.lstsq(A, Y, rcond=None)[0] - Y) ** 2) / 2
    for _ in range(steps + 1):
        losses.append(np.mean((A @ w - Y) ** 2) / 2 - best)
        w = w - learning_rate * A.T @ (A @ w - Y) / 60
    return np.array(losses) / losses[0]


def test_curvatures_are_those_of_the_second_moments_with_a_bias():
    A = np.column_stack([X, np.ones(60)])
    eigenvalues = np.linalg.eigvalsh(A.T @ A / 60)
    np.testing.assert_allclose(LeastSquares(X, Y).curvatures, eigenvalues[::-1])
    assert LeastSquares(X, Y).condition == pytest.approx(np.linalg.cond(A) ** 2)


def test_a_covariance_instead_of_second_moments_is_rejected():
    eigenvalues = np.linalg.eigvalsh(np.cov(X.T, ddof=0))
    assert LeastSquares(X, Y).condition > 2 * eigenvalues[-1] / eigenvalues[0]


@pytest.mark.parametrize("share", SHARES)
def test_losses_are_those_of_the_loop(share):
    problem = LeastSquares(X, Y)
    rate = problem.learning_rate(share)
    np.testing.assert_allclose(problem.losses(rate, np.arange(50)), loop(rate, 49), rtol=1e-6, atol=1e-12)


@pytest.mark.parametrize("share", SHARES)
def test_steps_are_counted_as_the_loop_counts_them(share):
    problem = LeastSquares(X, Y)
    rate = problem.learning_rate(share)
    losses = loop(rate, 3000)
    for goal in (0.5, 1e-2, 1e-4):
        assert problem.steps_until(goal, rate) == np.argmax(losses <= goal)


@pytest.mark.parametrize("share", SHARES)
def test_the_condition_number_promises_enough_steps(share):
    problem = LeastSquares(X, Y)
    rate = problem.learning_rate(share)
    steps = problem.steps_until(1e-4, rate)
    assert steps <= predicted_steps(problem.condition, share, 1e-4)
    at = np.arange(200)
    assert (problem.losses(rate, at) <= predicted_rate(problem.condition, share) ** (2 * at) * (1 + 1e-9)).all()
    wrong = predicted_rate(problem.condition**0.5, share) ** (2 * at)  # singular values instead of their squares
    assert share == SHARES[-1] or not (problem.losses(rate, at) <= wrong).all()


def test_the_promise_is_kept_exactly_for_the_worst_start():
    problem = LeastSquares(X, Y)
    w = -problem.directions[-1]  # the best neuron lies in the flattest direction
    worst = LeastSquares(X, np.column_stack([X, np.ones(60)]) @ w)
    rate = worst.learning_rate(0.3)
    assert worst.steps_until(1e-4, rate) == predicted_steps(worst.condition, 0.3, 1e-4)


def test_the_best_rate_is_that_of_the_textbook():
    condition = 9.0
    share = condition / (condition + 1)  # 2 / (largest + smallest curvature)
    assert predicted_rate(condition, share) == pytest.approx((condition - 1) / (condition + 1))


def test_the_path_is_walked_and_ends_at_the_goal():
    problem = LeastSquares(X, Y)
    rate = problem.learning_rate(0.9)
    path = problem.descend(rate, 400)
    assert path[0].tolist() == pytest.approx([1, 1])
    factors = 1 - rate * problem.curvatures[[0, -1]]
    np.testing.assert_allclose(path, factors ** np.arange(401)[:, None], atol=1e-8)
    assert path[1, 0] == pytest.approx(-0.8), "it zig-zags"


def test_the_path_passes_directions_over_in_which_there_is_nothing_to_learn():
    centred = X - X.mean(axis=0)
    problem = LeastSquares(centred, centred[:, 0])  # the bias is right from the start
    path = problem.descend(problem.learning_rate(0.5), 3)
    np.testing.assert_allclose(path[0], 1)
    assert np.isfinite(path).all() and (np.abs(path) <= 1 + 1e-12).all()


def test_what_the_best_neuron_leaves_is_what_lstsq_leaves():
    A = np.column_stack([X, np.ones(60)])
    residual = Y - A @ np.linalg.lstsq(A, Y, rcond=None)[0]
    assert LeastSquares(X, Y).unexplained == pytest.approx(residual @ residual / (Y @ Y))
    assert LeastSquares(X, X @ [1.0, 1, 1]).unexplained == pytest.approx(0, abs=1e-12)


def test_empty_inputs_do_not_count():
    wide = np.column_stack([X, np.zeros(60), X[:, 0]])
    assert LeastSquares(wide, Y).unexplained == pytest.approx(LeastSquares(X, Y).unexplained)
    assert len(LeastSquares(wide, Y).curvatures) == 4


def test_a_problem_of_one_curvature_takes_one_step():
    assert predicted_steps(1.0, 0.5, 1e-4) == 1
    assert predicted_steps(1e30, 0.5, 1e-4) is None
