import numpy as np
import pytest
import torch
from sklearn.decomposition import PCA

from playground.train.landscape.plane import filter_normalized, pca_plane, random_plane, share_of_variance
from playground.train.optimizer import decayed_weights


@pytest.fixture(params=[(30, 8), (6, 50)], ids=["more points", "more dimensions"])
def paths(request, generator):
    number, size = request.param
    walks = torch.randn(2, number, size, generator=generator, dtype=torch.float64).cumsum(1)
    walks -= walks[:, :1]
    return [walks[0], walks[1]]


def test_pca_directions_are_orthonormal(paths):
    plane = pca_plane(paths, paths[0][-1])
    torch.testing.assert_close(plane.directions @ plane.directions.T, torch.eye(2, dtype=torch.float64))


def test_pca_is_that_of_scikit_learn(paths):
    plane = pca_plane(paths, paths[1][-1])
    reference = PCA(2, svd_solver="full").fit(torch.cat(paths).numpy())
    np.testing.assert_allclose(share_of_variance(paths, plane), reference.explained_variance_ratio_, rtol=1e-10)
    overlap = np.abs(plane.directions.numpy() @ reference.components_.T)
    np.testing.assert_allclose(overlap, np.eye(2), atol=1e-8)


def test_pca_share_without_the_mean_taken_off_is_told_apart(paths):
    away = [path + 10 for path in paths]
    values = np.linalg.svd(torch.cat(away).numpy(), compute_uv=False) ** 2
    shares = share_of_variance(away, pca_plane(away, away[0][-1]))
    assert abs(values[0] / values.sum() - shares[0]) > 0.01
    np.testing.assert_allclose(shares, share_of_variance(paths, pca_plane(paths, paths[0][-1])), rtol=1e-8)


def test_the_start_is_lower_left_of_the_mean(paths):
    plane = pca_plane(paths, paths[0][-1])
    points = torch.cat([plane.project(path) for path in paths])
    assert (points[0] <= points.mean(0)).all()


def test_projection_is_the_nearest_point(paths, generator):
    plane = pca_plane(paths, paths[0][-1])
    inside = torch.randn(4, 2, generator=generator, dtype=torch.float64)
    torch.testing.assert_close(plane.project(plane.at(inside)), inside)
    torch.testing.assert_close(plane.project(plane.centre[None]), torch.zeros(1, 2, dtype=torch.float64))
    vector = paths[1][3]
    miss = vector - plane.at(plane.project(vector[None]))[0]
    torch.testing.assert_close(plane.directions @ miss, torch.zeros(2, dtype=torch.float64))


@pytest.mark.parametrize("number", [2, 5])
def test_paths_that_span_no_plane_still_get_one(number):
    path = torch.outer(torch.arange(number, dtype=torch.float64), torch.tensor([0.0, 3.0, 4.0], dtype=torch.float64))
    plane = pca_plane([path], path[-1])
    torch.testing.assert_close(plane.directions @ plane.directions.T, torch.eye(2, dtype=torch.float64))
    assert share_of_variance([path], plane) == pytest.approx((1.0, 0.0))


def filters(network, vector):
    """Norm of each filter of a vector, and the rest of the vector."""
    weights, norms, others = decayed_weights(network), [], []
    pieces = vector.split([parameter.numel() for parameter in network.parameters()])
    for parameter, piece in zip(network.parameters(), pieces, strict=True):
        if any(parameter is weight for weight in weights):
            norms.append(piece.view(len(parameter), -1).norm(dim=1))
        else:
            others.append(piece)
    return torch.cat(norms), torch.cat(others)


@pytest.mark.parametrize(
    "fields", [{"normalization": "layer"}, {"dataset": "digits", "architecture": "conv", "conv_channels": (2, 3)}]
)
def test_each_filter_is_as_long_as_in_the_weights(fields, make_descent, generator):
    descent = make_descent(**fields)
    network, centre = descent.trainer.network, descent.vectors[0]
    plane = random_plane(network, centre, generator)
    expected, _ = filters(network, centre)
    for direction in plane.directions:
        norms, others = filters(network, direction)
        torch.testing.assert_close(norms, expected)
        assert not others.any(), "biases and gains of normalizations do not move"
    assert not torch.allclose(*plane.directions)


def test_a_direction_scaled_as_a_whole_is_told_apart(make_descent, generator):
    descent = make_descent()
    network, centre = descent.trainer.network, descent.vectors[-1]
    right = filter_normalized(network, centre, generator)
    wrong = torch.randn(len(centre), generator=generator)
    wrong *= right.norm() / wrong.norm()
    assert not torch.allclose(filters(network, wrong)[0], filters(network, centre)[0], rtol=0.05)


def test_weights_of_zero_move_nowhere(make_descent, generator):
    descent = make_descent(initializer="zeros")
    assert not filter_normalized(descent.trainer.network, descent.vectors[0], generator).any()
