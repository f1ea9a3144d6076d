"""What the lesson on dropout says, against all masks there are."""

import itertools

import pytest
import torch

from playground.jobs.regularization.stopping import early_stopping
from playground.nn.build import build_network
from playground.train.regularization.dropout import (
    MaskAverage,
    drawn_masks,
    dropouts,
    scaled_probabilities,
    unscaled_probabilities,
)
from tests.aids.training import rows, tiny, trained

RATES = pytest.mark.parametrize("p", [0.2, 0.5, 0.8])


def network_of(p, sizes=(6,)):
    network = build_network(tiny(hidden_sizes=sizes, dropout=p, activation="relu"), 2, 2)
    network.set_dropout(p)
    with torch.random.fork_rng(devices=[]):
        torch.manual_seed(0)
        for layer in network.layers:
            torch.nn.init.normal_(layer.weights[0], std=0.5)
    return network


X = torch.randn(5, 2, generator=torch.Generator().manual_seed(1))
Y = torch.tensor([0, 1, 0, 1, 1])


@RATES
def test_weight_scaling_is_the_exact_mean_of_the_logits_over_all_masks(p):
    network = network_of(p).eval()
    hidden, output = (layer.affines[0] for layer in network.layers)
    h = torch.relu(hidden(X))
    expected = torch.zeros(5, 2)
    for mask in itertools.product([0.0, 1.0], repeat=6):
        kept = sum(mask)
        chance = (1 - p) ** kept * p ** (6 - kept)
        expected += chance * output(h * torch.tensor(mask) / (1 - p))
    torch.testing.assert_close(network(X), expected, atol=1e-5, rtol=1e-4)
    torch.testing.assert_close(scaled_probabilities(network, X), expected.softmax(1), atol=1e-5, rtol=1e-4)
    unscaled = unscaled_probabilities(network, X)  # dropout that never divides
    torch.testing.assert_close(unscaled, output(h / (1 - p)).softmax(1))
    assert (unscaled - expected.softmax(1)).abs().max() > 0.01


@RATES
def test_the_mean_over_masks_is_the_mean_of_their_probabilities(p):
    network = network_of(p)
    hidden, output = (layer.affines[0] for layer in network.layers)
    exact = torch.zeros(5, 2)
    for mask in itertools.product([0.0, 1.0], repeat=6):
        chance = (1 - p) ** sum(mask) * p ** (6 - sum(mask))
        exact += chance * output(torch.relu(hidden(X)) * torch.tensor(mask) / (1 - p)).softmax(1).detach()
    average = MaskAverage(network, X, Y)
    with torch.random.fork_rng(devices=[]):
        torch.manual_seed(0)
        for _ in range(3000):
            average.add()
    torch.testing.assert_close(average.mean, exact, atol=0.03, rtol=0)
    assert average.difference(average.scaled) == pytest.approx((average.scaled - exact).abs().mean().item(), abs=0.02)
    assert average.difference(average.mean) == 0


def test_drawn_masks_keep_the_right_share_and_are_new_each_time():
    network = network_of(0.25, sizes=(400, 400))
    with torch.random.fork_rng(devices=[]):
        torch.manual_seed(0)
        first, second = (drawn_masks(network, (400, 400)) for _ in range(2))
    assert first != second and first[0] != first[1]
    assert sum(map(sum, first)) / 800 == pytest.approx(0.75, abs=0.06)


def test_each_hidden_layer_has_one_dropout():
    assert [module.p for module in dropouts(network_of(0.3, sizes=(4, 5)))] == [0.3, 0.3]


@pytest.mark.parametrize("patience", [1, 2, 5, 100])
def test_early_stopping_read_from_a_history_is_where_the_run_itself_stops(patience):
    fields = {"num_samples": 60, "label_noise": 0.3, "learning_rate": 0.05, "num_epochs": 30}
    long, short = trained(tiny(**fields)), trained(tiny(early_stopping=patience, **fields))
    found = early_stopping(rows(long)["val_loss"], patience)
    assert found.stop == short.epoch
    assert found.kept == short.recorder.history.best()["epoch"]
    assert found.best == long.recorder.history.best()["epoch"]
    assert found.saved == pytest.approx(1 - short.epoch / 30)


@pytest.mark.parametrize(
    ("losses", "patience", "expected"),
    [
        ([3, 2, 1, 2, 3], 2, (2, 4, 2, 4)),
        ([3, 2, 3, 3, 1], 2, (4, 3, 1, 4)),  # it misses the later, better epoch
        ([3, 2, 2, 2, 2], 3, (1, 4, 1, 4)),  # equal is not better
        ([2, float("nan"), 1], 5, (2, 2, 2, 2)),
    ],
)
def test_early_stopping_by_hand(losses, patience, expected):
    found = early_stopping(losses, patience)
    assert (found.best, found.stop, found.kept, found.last) == expected
