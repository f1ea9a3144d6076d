"""What is no finite number ends a run, and says at which step and in which layer."""

import math

import pytest
import torch

from playground.train.divergence import DivergenceWatch
from playground.train.ending import ADVICE
from playground.train.overflow import overflowing_gradient, overflowing_layer
from playground.train.stacked import StackedTrainer
from playground.train.trainer import DIVERGED, Trainer
from tests.aids.training import go_on, tiny, trained
from tests.train.stacked.stacks import go_on as go_on_together

# Weights of standard deviation 1 in ten layers of 64: the gradient is longer than float32 can square.
TOO_LONG = {
    "dataset": "plane",
    "loss": "mse",
    "initializer": "large_normal",
    "hidden_sizes": (64,) * 10,
    "activation": "identity",
    "optimizer": "sgd",
    "learning_rate": 0.01,
    "num_epochs": 3,
}


def ended(config):
    """Status, step and message of the run by each trainer."""
    stacked = StackedTrainer([config, config])
    go_on_together(stacked)
    return [(run.status, run.step, run.message) for run in (trained(config), *stacked.runs)]


@pytest.mark.parametrize("grad_clip", [0, 1])
def test_a_gradient_too_long_to_be_measured_is_divergence_in_every_trainer(grad_clip):
    config = tiny(**TOO_LONG, grad_clip=grad_clip, num_samples=1000)
    first, *others = ended(config)
    assert first[0] == DIVERGED and "the gradient is no longer finite. It began in the layer " in first[2]
    assert others == [first] * 2


class Spoiling:
    """A hook that makes what flows through a layer infinite from one step on."""

    def __init__(self, trainer, layer, step):
        self._trainer, self._step = trainer, step
        trainer.network.layers[layer].end.register_forward_hook(self)

    def __call__(self, module, inputs, output):
        return output * math.inf if self._trainer.step >= self._step else output


@pytest.mark.parametrize("layer", [0, 1, 2])
def test_the_step_and_the_layer_where_it_began_are_told(layer):
    trainer = Trainer(tiny(activation="tanh"))  # its own layers never make an infinite number of a finite one
    Spoiling(trainer, layer, step=2)
    go_on(trainer)
    name = trainer.network.layers[layer].name
    said = f"Diverged at step 3: the loss is no longer finite. It began in the layer {name}. {ADVICE}"
    assert (trainer.status, trainer.message) == (DIVERGED, said)
    assert trainer.step == 4  # it ends with its epoch


def test_a_clipped_gradient_that_overflows_once_is_remembered():
    """The wrong variant: clipping makes it 0, so that every loss stays finite and the run would go on."""
    trainer = Trainer(tiny(grad_clip=1.0, num_epochs=5))
    weight = trainer.network.layers[1].weights[0]
    weight.register_hook(lambda grad: grad * 1e30 if trainer.step == 1 else grad)
    go_on(trainer)
    assert trainer.status == DIVERGED and trainer.epoch == 1
    said = "Diverged at step 2: the gradient is no longer finite. It began in the layer hidden 2."
    assert trainer.message == f"{said} {ADVICE}"
    assert all(math.isfinite(loss) for loss in trainer.recorder.history.column("train_loss"))


def test_a_stack_names_step_and_layer_of_each_network_of_its_own():
    config = tiny(grad_clip=1.0, activation="identity")
    stacked = StackedTrainer([config, config.replace(seed=1), config.replace(seed=2)])
    go_on_together(stacked, 1)
    with torch.no_grad():
        stacked._stack.network.flat[1, 0] = math.inf  # the first weight of the first layer
    go_on_together(stacked)
    statuses = [run.status for run in stacked.runs]
    assert statuses == ["finished", DIVERGED, "finished"]
    assert "Diverged at step 2: " in stacked.runs[1].message and "the layer hidden 1." in stacked.runs[1].message


def test_a_device_that_is_not_held_up_tells_the_step_alone():
    network = trained(tiny()).network
    watch = DivergenceWatch(network, torch.zeros(1, 2, device="meta"))
    watch.see_epoch(0, 0.7, 1.0)
    for step, (loss, norm) in enumerate([(0.5, 1.0), (0.6, math.inf), (math.nan, math.nan)], start=1):
        watch.see_loss(step, torch.tensor(loss))
        watch.see_norm(step, torch.tensor(norm))
    assert watch.flush() == "Diverged at step 2: the gradient is no longer finite."


def test_a_loss_a_thousand_times_the_first_has_diverged():
    watch = DivergenceWatch(trained(tiny()).network, torch.zeros(1, 2))
    watch.see_epoch(0, 2.0, 1.0)
    watch.see_loss(1, torch.tensor(2000.0))
    assert watch.flush() == ""
    watch.see_loss(2, torch.tensor(2001.0))
    assert watch.flush() == "Diverged at step 2: the loss grew to 2e+03."


def test_where_all_layers_are_finite_it_began_behind_the_last():
    trainer = trained(tiny())
    assert overflowing_layer(trainer.network, trainer.data.train.X) == "output"


def test_a_gradient_that_only_overflows_as_a_whole_is_named_after_its_longest_part():
    trainer = trained(tiny())
    for scale, layer in zip((1.0, 3.0, 2.0), trainer.network.layers, strict=True):
        layer.weights[0].grad = torch.full_like(layer.weights[0], scale)
    longest = max(trainer.network.layers, key=lambda layer: layer.weights[0].grad.norm().item())
    assert overflowing_gradient(trainer.network) == longest.name
