import time

import numpy as np
import pytest
import torch

from playground.config import Config
from playground.train.landscape.descent import Descent
from playground.train.landscape.flat import FlatLoss
from playground.train.landscape.plane import pca_plane, random_plane
from playground.train.landscape.surface import Surface, Window, grid_strides


@pytest.mark.parametrize("resolution", [11, 21, 41, 81, 101])
def test_grids_reach_from_edge_to_edge_and_end_at_every_point(resolution):
    strides = grid_strides(resolution)
    assert strides[-1] == 1 and all((resolution - 1) % stride == 0 for stride in strides)


def test_window_is_a_square_around_all_points():
    window = Window.around(np.array([[0.0, 0.0], [4.0, 1.0]]), margin=0.25)
    assert (window.left, window.bottom, window.side) == (-1.0, -2.5, 6.0)
    points = window.grid(3)
    assert points[0, 0].tolist() == [-1.0, -2.5] and points[2, 1].tolist() == [2.0, 3.5]


def test_window_around_one_point_has_a_side():
    assert Window.around(np.zeros((3, 2)), margin=0.15).side == 1.0


@pytest.mark.parametrize("fields", [{}, {"normalization": "batch"}, {"loss": "hinge"}], ids=str)
def test_every_point_is_the_loss_of_its_own_weights(fields, make_descent, make_loss, generator):
    descent = make_descent(**fields)
    loss = make_loss(descent)
    plane = random_plane(descent.trainer.network, descent.vectors[-1], generator)
    surface = Surface(loss, plane, Window(-1, -1, 2), 11)
    while not surface.has_ended:
        surface.advance()
    values = surface.finest()
    centre, x, y = descent.vectors[-1], *plane.directions
    for row, column in ((0, 0), (3, 8), (10, 4)):
        vector = centre + (-1 + 0.2 * column) * x + (-1 + 0.2 * row) * y
        assert values[row, column] == pytest.approx(loss.of(vector).item(), abs=1e-5)
    assert values[5, 5] == pytest.approx(descent.losses[-1], abs=1e-5), "the centre is the end of the path"


def test_a_coarse_grid_comes_first_and_keeps_its_values(make_descent, make_loss):
    descent = make_descent()
    plane = pca_plane([descent.vectors], descent.vectors[-1])
    surface = Surface(make_loss(descent), plane, Window(-1, -1, 2), 9)
    assert surface.finest() is None
    sizes, coarse = [], None
    while not surface.has_ended:
        surface.advance()
        if surface.finest() is not None:
            coarse = surface.finest() if coarse is None else coarse
            sizes.append(len(surface.finest()))
    assert sorted(set(sizes)) == [2, 3, 5, 9] and sizes == sorted(sizes)
    np.testing.assert_array_equal(surface.finest()[::8, ::8], coarse)


def test_a_surface_equals_the_loop_over_its_points_and_takes_no_longer():
    config = Config.parse({"hidden_sizes": (8, 8), "num_epochs": 1, "device": "cpu"})
    descent = Descent(config, num_steps=40, max_points=41)
    while not descent.has_ended:
        descent.advance()
    network, data = descent.trainer.network, descent.trainer.data.train
    plane = pca_plane([descent.vectors], descent.vectors[-1])
    window = Window.around(plane.project(descent.vectors).numpy(), margin=0.15)
    surface = Surface(FlatLoss(network, data, descent.trainer.loss), plane, window, 41)
    started = time.process_time()
    while not surface.has_ended:
        surface.advance()
    seconds = time.process_time() - started
    network.eval()
    expected, started = [], time.process_time()
    with torch.no_grad():
        for point in window.grid(41).reshape(-1, 2)[::7]:
            torch.nn.utils.vector_to_parameters(plane.at(point[None])[0], network.parameters())
            expected.append(descent.trainer.loss(network(data.X), data.y).item())
    assert seconds < 7 * (time.process_time() - started)  # of a seventh of the points
    np.testing.assert_allclose(surface.finest().ravel()[::7], expected, atol=1e-5, rtol=1e-5)
