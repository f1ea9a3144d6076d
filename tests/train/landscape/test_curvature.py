import numpy as np
import pytest
import torch

from playground.train.landscape.curvature import TOLERANCE, PowerIteration
from playground.train.landscape.path_curvature import PathCurvature


def largest(matrices, generator):
    """What the power iteration finds for symmetric matrices (K, P, P)."""
    start = torch.randn(matrices.shape[:2], generator=generator, dtype=matrices.dtype)
    power = PowerIteration(lambda directions: torch.einsum("kij,kj->ki", matrices, directions), start)
    while not power.has_ended:
        power.advance()
    return power.values


@pytest.mark.parametrize(
    "values",
    [[3.0, 1.0, 0.5, 0.1], [2.0, 1.0, -1.5, 0.0], [1.0, -4.0, 0.2, 0.0], [-1.0, -3.0, -2.0, -2.5], [0.0] * 4],
    ids=str,
)
def test_the_most_positive_eigenvalue_is_found(values, generator):
    turn = torch.linalg.qr(torch.randn(4, 4, generator=generator, dtype=torch.float64)).Q
    matrix = turn @ torch.diag(torch.tensor(values, dtype=torch.float64)) @ turn.T
    assert largest(matrix[None], generator).item() == pytest.approx(max(values), abs=2e-3)


def test_rows_do_not_mix(generator):
    matrices = torch.stack([torch.diag(torch.tensor([1.0, 0.2, size])) for size in (5.0, -7.0, 0.5)])
    assert largest(matrices, generator).tolist() == pytest.approx([5.0, 1.0, 1.0], rel=TOLERANCE**2 * 10)


def test_the_eigenvalue_largest_in_size_is_told_apart(generator):
    matrix = torch.diag(torch.tensor([1.0, -4.0, 0.2]))
    plain = torch.randn(3, generator=generator)
    for _ in range(100):
        plain = matrix @ plain / plain.norm()
    wrong = (plain @ matrix @ plain / (plain @ plain)).item()
    assert wrong == pytest.approx(-4.0, abs=1e-3)
    assert largest(matrix[None], generator).item() == pytest.approx(1.0, abs=1e-3)


@pytest.mark.parametrize("fields", [{"hidden_sizes": (3,)}, {"hidden_sizes": (3, 3), "activation": "tanh"}], ids=str)
def test_largest_eigenvalue_is_that_of_the_whole_hessian(fields, make_descent, make_loss):
    descent = make_descent(**fields)
    loss = make_loss(descent)
    curvature = PathCurvature(descent, loss, max_points=3)
    while curvature.share < 1:
        curvature.advance()
    for row, value in zip((0, 4, 8), curvature.values, strict=True):
        hessian = torch.autograd.functional.hessian(loss.of, descent.vectors[row])
        assert value == pytest.approx(torch.linalg.eigvalsh(hessian.double())[-1].item(), rel=5e-3)


def test_products_with_the_hessian_are_those_of_the_whole_hessian(make_descent, make_loss, generator):
    descent = make_descent(hidden_sizes=(3,))
    loss, vectors = make_loss(descent), descent.vectors[[0, -1]]
    directions = torch.randn(vectors.shape, generator=generator)
    found = loss.hessian_products(vectors, directions)
    for vector, direction, product in zip(vectors, directions, found, strict=True):
        hessian = torch.autograd.functional.hessian(loss.of, vector)
        torch.testing.assert_close(product, hessian @ direction, atol=1e-4, rtol=1e-4)


@pytest.mark.parametrize(
    ("optimizer", "numerator"), [("sgd", 2.0), ("momentum", 3.6), ("nesterov", 3.6 / 2.6), ("adam", np.nan)]
)
def test_limit_follows_the_learning_rate(optimizer, numerator, make_descent, make_loss):
    descent = make_descent(optimizer=optimizer, momentum=0.8, learning_rate=0.05, schedule="linear")
    curvature = PathCurvature(descent, make_loss(descent), max_points=2)
    rates = [descent.learning_rates[0], descent.learning_rates[-1]]
    np.testing.assert_allclose(curvature.limits, numerator / np.array(rates))
    assert rates[0] == 0.05 > rates[1]


def test_a_loss_without_second_derivative_raises(make_descent, make_loss):
    curvature = PathCurvature(descent := make_descent(loss="hinge"), make_loss(descent), max_points=2)
    with pytest.raises(RuntimeError):
        curvature.advance()
