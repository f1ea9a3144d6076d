import copy

import pytest
import torch

from playground.catalog import ACTIVATIONS, LOSSES, NORMALIZATIONS
from playground.nn.fresh_statistics import evaluating

TOLERANCE = 1e-5


def plain_losses(descent, vectors):
    """The same by hand: put the weights into the network, one after the other, and evaluate."""
    network, train = copy.deepcopy(descent.trainer.network), descent.trainer.data.train
    losses = []
    for vector in vectors:
        torch.nn.utils.vector_to_parameters(vector, network.parameters())
        with torch.no_grad(), evaluating(network, train.X):
            losses.append(descent.trainer.loss(network(train.X), train.y))
    return torch.stack(losses)


def around(descent, generator, number=5):
    end = descent.vectors[-1]
    return end + 0.3 * torch.randn(number, len(end), generator=generator)


@pytest.mark.parametrize("activation", ACTIVATIONS)
def test_many_losses_are_those_of_a_plain_loop(activation, make_descent, make_loss, generator):
    descent = make_descent(activation=activation)
    vectors, loss = around(descent, generator), make_loss(descent)
    assert loss.is_batched
    torch.testing.assert_close(loss.many(vectors), plain_losses(descent, vectors), atol=TOLERANCE, rtol=TOLERANCE)


@pytest.mark.parametrize("normalization", NORMALIZATIONS)
def test_normalization_and_dropout_are_in_evaluation_mode(normalization, make_descent, make_loss, generator):
    descent = make_descent(normalization=normalization, dropout=0.5, residual=True, stochastic_depth=0.5)
    vectors = around(descent, generator)
    expected = plain_losses(descent, vectors)
    torch.testing.assert_close(make_loss(descent).many(vectors), expected, atol=TOLERANCE, rtol=TOLERANCE)


@pytest.mark.parametrize(
    ("fields", "is_training"),
    [({"dropout": 0.5}, True), ({"normalization": "batch"}, False)],
    ids=["units are dropped", "running averages"],
)
def test_a_surface_of_the_network_as_it_is_is_told_apart(fields, is_training, make_descent, generator):
    descent = make_descent(**fields)
    vectors = around(descent, generator)
    wrong = copy.deepcopy(descent.trainer.network).train(is_training)
    torch.nn.utils.vector_to_parameters(vectors[0], wrong.parameters())
    with torch.random.fork_rng(devices=[]):
        value = descent.trainer.loss(wrong(descent.trainer.data.train.X), descent.trainer.data.train.y)
    assert abs(value - plain_losses(descent, vectors)[0]) > 100 * TOLERANCE


@pytest.mark.parametrize("loss", [name for name, row in LOSSES.items() if "classification" in row.tasks])
def test_every_loss_is_that_of_a_plain_loop(loss, make_descent, make_loss, generator):
    descent = make_descent(loss=loss)
    vectors = around(descent, generator)
    expected = plain_losses(descent, vectors)
    torch.testing.assert_close(make_loss(descent).many(vectors), expected, atol=TOLERANCE, rtol=TOLERANCE)


def test_a_loss_without_a_batching_rule_goes_point_by_point(make_descent, make_loss):
    loss = make_loss(make_descent(loss="hinge"))
    assert not loss.is_batched and loss.at_once == 1


def test_a_layer_that_draws_in_evaluation_draws_the_same_everywhere(make_descent, make_loss):
    fields = {"dataset": "digits", "architecture": "conv", "pooling": "fractional_max", "conv_channels": (2,)}
    descent = make_descent(**fields)
    loss = make_loss(descent)
    assert not loss.is_batched
    first, second = loss.many(descent.vectors[-1].expand(2, -1)).tolist()
    assert first == second


def test_every_point_of_a_path_has_the_loss_of_its_run(make_descent, make_loss):
    descent = make_descent(normalization="batch", batch_size=10)
    assert make_loss(descent).many(descent.vectors).tolist() == pytest.approx(descent.losses, abs=TOLERANCE)


def test_the_network_goes_on_as_it_was(make_descent, make_loss):
    descent = make_descent()
    network = descent.trainer.network.train()
    loss = make_loss(descent)
    loss.many(descent.vectors[:2] + 1)
    assert network.training and all(parameter.requires_grad for parameter in network.parameters())
    assert torch.equal(torch.nn.utils.parameters_to_vector(network.parameters()), descent.vectors[-1])
