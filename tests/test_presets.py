"""Each preset shows what its sentence promises."""

from functools import cache
from types import SimpleNamespace

import pytest
import torch

from playground.config import Config
from playground.link import decode, encode
from playground.presets import PRESETS
from playground.train.trainer import DIVERGED, FINISHED
from tests.training import trained

MAX_EPOCHS = 100  # what the sentences speak of shows by then


@cache
def run_of(config: Config) -> SimpleNamespace:
    """History, layer probes and network of a run, cut short where it is long."""
    threads = torch.get_num_threads()
    torch.set_num_threads(1)
    trainer = trained(config.replace(num_epochs=min(config.num_epochs, MAX_EPOCHS)))
    torch.set_num_threads(threads)
    recorder = trainer.recorder
    columns = {name: recorder.history.column(name) for name in ("train_loss", "val_loss", "train_accuracy")}
    weights = [parameter.detach() for parameter in trainer.network.parameters() if parameter.ndim == 2]
    return SimpleNamespace(
        **columns,
        val_accuracy=recorder.history.column("val_accuracy"),
        status=trainer.status,
        step=int(trainer.message.split()[3].rstrip(":")) if trainer.status == DIVERGED else trainer.step,
        layers=recorder.layer_history,
        weights=weights,
    )


def run(name: str, **changes: object) -> SimpleNamespace:
    return run_of(PRESETS[name].config.replace(**changes))


def spiral():
    assert run("spiral").val_accuracy[-1] > 0.95


def linear():
    straight, curved = run("linear"), run("linear", features="x1,x2,x1_squared,x2_squared")
    assert max(straight.val_accuracy) < 0.7
    assert curved.val_accuracy[-1] > 0.95


def case_study():
    assert run("case_study").val_accuracy[-1] > 0.95


def digits():
    assert run("digits").val_accuracy[1] == pytest.approx(0.8, abs=0.05)


def bumps():
    losses = run("bumps").val_loss
    assert losses[-1] < 0.15 < 0.9 < losses[0]  # of the target's variance


def vanishing():
    shown = run("vanishing")
    first, *_, last = shown.layers[-1]
    assert first.grad_norm < last.grad_norm / 100
    assert shown.val_accuracy[-1] < 0.6


def dead_relu():
    dead = [layers[1].dead for layers in run("dead_relu").layers]
    assert dead[-1] == pytest.approx(1 / 3, abs=0.08)
    assert min(dead[2:]) > 0.25


def divergence():
    shown, slower = run("divergence"), run("divergence", learning_rate=0.01)
    assert (shown.status, shown.step < 10) == (DIVERGED, True)
    assert (slower.status, slower.val_loss[-1] < slower.val_loss[0]) == (FINISHED, True)


def symmetry():
    first, second, _ = run("symmetry").weights
    assert torch.allclose(first, first[:1].expand_as(first), atol=1e-4)
    assert torch.allclose(second, second[:1].expand_as(second), atol=1e-4)


def overfitting():
    shown = run("overfitting")
    assert shown.train_accuracy[-1] > 0.98
    assert shown.val_accuracy[-1] < max(shown.val_accuracy) - 0.1


def dropout():
    assert run("dropout").val_accuracy[-1] > run("overfitting").val_accuracy[-1] + 0.1


def batch_norm():
    assert run("batch_norm").val_accuracy[-1] > 0.95
    assert run("batch_norm", normalization="none").val_accuracy[-1] < 0.3


def settling():
    shown = run("settling")
    jumps = max(map(abs, map(float.__sub__, shown.val_accuracy[3:], shown.val_accuracy[2:-1])))
    assert jumps > 0.01
    assert run("settling", schedule="cosine").val_accuracy[-1] > shown.val_accuracy[-1]
    assert run("settling", ema_decay=0.99).val_accuracy[-1] > shown.val_accuracy[-1]


def sparse():
    assert float((run("sparse").weights[0] == 0).float().mean()) == pytest.approx(0.5, abs=0.1)


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
