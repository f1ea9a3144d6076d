"""Each preset shows what its sentence promises, from several seeds and far from where a processor could decide it."""

from collections.abc import Sequence
from functools import cache

import numpy as np
import pytest
import torch

from playground.catalog import INITIALIZERS
from playground.catalog.initializers import Fan
from playground.config import Config
from playground.data.prepared import Data, prepare
from playground.link import decode, encode
from playground.presets import PRESETS
from playground.train.layer_probe import LayerProbe
from playground.train.stacked import StackedRun, StackedTrainer
from playground.train.stacked.ordinary import layers_of, ordinary_network
from playground.train.trainer import DIVERGED, FINISHED

SEEDS = range(4)
NOISY = [PRESETS[name].config.replace(num_epochs=30) for name in ("overfitting", "dropout")]


@cache
def stack(*configs: Config) -> list[list[StackedRun]]:
    """Runs of each Config from each of SEEDS, all of them one stack."""
    threads = torch.get_num_threads()
    torch.set_num_threads(1)
    trainer = StackedTrainer([config.replace(seed=seed) for config in configs for seed in SEEDS])
    while trainer.live:
        trainer.advance()
    torch.set_num_threads(threads)
    return [trainer.runs[start : start + len(SEEDS)] for start in range(0, len(trainer.runs), len(SEEDS))]


def runs(name: str, status: str = FINISHED, **changes: object) -> list[StackedRun]:
    """The preset from each of SEEDS; what its sentence speaks of mostly shows in fewer epochs than it has."""
    (found,) = stack(PRESETS[name].config.replace(**changes))
    assert [run.status for run in found] == [status] * len(SEEDS)
    return found


def accuracies_beside(*configs: Config) -> list[np.ndarray]:
    """Validation accuracies (runs, epochs + 1) of each, trained together."""
    found = stack(*configs)
    assert {run.status for each in found for run in each} == {FINISHED}
    return [columns("val_accuracy", each) for each in found]


def columns(name: str, found: Sequence[StackedRun]) -> np.ndarray:
    """(runs, epochs + 1)."""
    return np.array([run.history.column(name) for run in found])


def val_accuracies(name: str, **changes: object) -> np.ndarray:
    return columns("val_accuracy", runs(name, **changes))


@cache
def data_of(config: Config) -> Data:
    return prepare(config)


def layers(found: Sequence[StackedRun]) -> list[list[LayerProbe]]:
    return [layers_of(run, data_of(run.config)) for run in found]


def weights(run: StackedRun) -> list[torch.Tensor]:
    network = ordinary_network(run, data_of(run.config))
    return [weight.detach() for layer in network.layers for weight in layer.weights]


def spiral():
    best = val_accuracies("spiral", num_epochs=40).max(axis=1)
    assert best.mean() > 0.9 and best.min() > 0.8


def linear():
    assert val_accuracies("linear", num_epochs=10).max() < 0.75
    assert val_accuracies("linear", num_epochs=10, features="x1,x2,x1_squared,x2_squared")[:, -1].min() > 0.95


def case_study():
    assert val_accuracies("case_study", num_epochs=25).max(axis=1).min() > 0.88


def digits():
    first = val_accuracies("digits", num_epochs=1)[:, 1]
    assert 0.75 < first.mean() < 0.92 and first.min() > 0.7


def bumps():
    losses = columns("val_loss", runs("bumps", num_epochs=15))  # in the target's variance
    assert (losses[:, -1] < 0.5).all() and (losses[:, 0] > 1).all()


def vanishing():
    found = runs("vanishing", num_epochs=5)
    for first, *_, last in layers(found):
        assert first.grad_norm < last.grad_norm / 300
    assert columns("train_loss", found)[:, 1:].min() > 0.65, "ln 2 is a guess"
    assert columns("val_accuracy", found).max() < 0.6


def dead_relu():
    early, late = (np.array([run[1].dead for run in layers(runs("dead_relu", num_epochs=e))]) for e in (2, 8))
    assert early.min() > 0.4 and late.min() > 0.6
    assert (late > early - 0.02).all(), "they do not come back"
    usual = runs("dead_relu", num_epochs=2, learning_rate=0.01)
    assert max(run[1].dead for run in layers(usual)) < 0.1


def divergence():
    found = runs("divergence", status=DIVERGED)
    assert all(int(run.message.split()[3].rstrip(":")) < 10 for run in found)  # "Diverged at step 3: ..."
    losses = columns("val_loss", runs("divergence", learning_rate=0.01, num_epochs=5))
    assert (losses[:, -1] < losses[:, 0]).all()


def symmetry():
    found = runs("symmetry", num_epochs=10)
    for run in found:
        first, second, _ = weights(run)
        assert torch.allclose(first, first[:1].expand_as(first), atol=1e-4)
        assert torch.allclose(second, second[:1].expand_as(second), atol=1e-4)
    assert columns("val_accuracy", found).max() < 0.75


def overfitting():
    found, _ = stack(*NOISY)
    assert columns("train_accuracy", found)[:, -1].min() > 0.95
    accuracies, _ = accuracies_beside(*NOISY)
    assert (accuracies.max(axis=1) - accuracies[:, -1]).mean() > 0.05


def dropout():
    plain, dropped = accuracies_beside(*NOISY)
    assert dropped[:, -1].mean() > plain[:, -1].mean() + 0.05
    assert (dropped.max(axis=1) - dropped[:, -1]).mean() < 0.05


def batch_norm():
    assert val_accuracies("batch_norm", num_epochs=8)[:, -1].min() > 0.9
    assert val_accuracies("batch_norm", num_epochs=4, normalization="none").max() < 0.3
    fan = Fan(fan_in=50, fan_out=50, gain=2**0.5)
    drawn, fitting = (INITIALIZERS[name].variance(fan) ** 0.5 for name in ("small_normal", "kaiming_normal"))
    assert fitting / drawn == pytest.approx(20)


def settling():
    config = PRESETS["settling"].config
    jumping, *settled = accuracies_beside(config, config.replace(schedule="cosine"), config.replace(ema_decay=0.99))
    assert np.abs(np.diff(jumping[:, 3:])).max(axis=1).mean() > 0.01
    assert all(other[:, -1].mean() > jumping[:, -1].mean() + 0.003 for other in settled)


def sparse():
    found = runs("sparse")
    blank = np.array([(weights(run)[0] == 0).double().mean(0).numpy() for run in found])  # (runs, pixels)
    assert blank.mean(axis=1).min() > 0.5
    order = np.argsort(data_of(found[0].config).train.X.var(0).numpy())
    assert blank[:, order[:20]].mean() > blank[:, order[-20:]].mean() + 0.2
    assert columns("val_accuracy", found)[:, -1].min() > 0.85
    assert not any((weights(run)[0] == 0).any() for run in runs("sparse", l1=0, num_epochs=1))


CHECKS = {
    check.__name__: check
    for check in (
        spiral,
        linear,
        case_study,
        digits,
        bumps,
        vanishing,
        dead_relu,
        divergence,
        symmetry,
        overfitting,
        dropout,
        batch_norm,
        sparse,
        settling,
    )
}


@pytest.mark.parametrize("preset", PRESETS.values(), ids=lambda preset: preset.name)
def test_a_preset_shows_what_its_sentence_promises(preset):
    CHECKS[preset.name]()


@pytest.mark.parametrize("preset", PRESETS.values(), ids=lambda preset: preset.name)
def test_a_preset_is_named_said_and_linked(preset):
    assert preset.sees.endswith(".") and len(preset.sees) <= 120, "one line on the page"
    assert "Press" not in preset.sees, "it stays on the page while the network learns, and after"
    assert decode(encode(preset.config)) == (preset.config, {})


def test_presets_differ():
    assert len({preset.config for preset in PRESETS.values()}) == len({preset.label for preset in PRESETS.values()})
    assert len(PRESETS) >= 8
