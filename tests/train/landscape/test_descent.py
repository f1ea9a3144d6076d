import pytest
import torch

from playground.train.landscape.descent import Descent
from playground.train.trainer import Trainer
from tests.aids.training import go_on, tiny


def test_all_start_from_the_same_weights(make_descent):
    starts = [make_descent(optimizer=name).vectors[0] for name in ("sgd", "momentum", "adam")]
    assert all(torch.equal(start, starts[0]) for start in starts)


def test_all_see_the_same_batches():
    seen = {}
    for name in ("sgd", "adam"):
        descent = Descent(tiny(num_epochs=10, optimizer=name), num_steps=6, max_points=7)
        network, batches = descent.trainer.network, []
        network.register_forward_pre_hook(
            lambda module, inputs, batches=batches: batches.append(inputs[0].clone()) if module.training else None
        )
        while not descent.has_ended:
            descent.advance()
        seen[name] = torch.stack(batches)
    assert len(seen["sgd"]) == 6 and torch.equal(seen["sgd"], seen["adam"])


def test_a_descent_is_the_run_of_the_trainer_itself():
    config = tiny(num_epochs=2, dropout=0.3)
    trainer, descent = Trainer(config), Descent(config, num_steps=8, max_points=3)
    go_on(trainer)
    while not descent.has_ended:
        descent.advance()
    assert descent.steps == [0, 4, 8]
    assert descent.losses == pytest.approx([trainer.recorder.history.column("train_loss")[row] for row in range(3)])
    assert torch.equal(descent.vectors[-1], torch.nn.utils.parameters_to_vector(trainer.network.parameters()))


def test_the_first_and_the_last_point_are_kept():
    descent = Descent(tiny(num_epochs=10), num_steps=7, max_points=4)
    while not descent.has_ended:
        descent.advance()
    assert descent.steps == [0, 3, 6, 7]
    assert descent.vectors.shape == (4, sum(p.numel() for p in descent.trainer.network.parameters()))


def test_a_plateau_schedule_still_sees_the_validation_loss():
    config = tiny(num_epochs=10, batch_size=20, schedule="plateau", step_size=1, learning_rate=5.0, optimizer="sgd")
    descent = Descent(config, num_steps=10, max_points=11)
    while not descent.has_ended:
        descent.advance()
    assert descent.learning_rates[-1] < descent.learning_rates[0]


def test_a_run_that_diverges_says_so():
    descent = Descent(tiny(num_epochs=10, optimizer="momentum", learning_rate=1e6), num_steps=40, max_points=41)
    while not descent.has_ended:
        descent.advance()
    assert descent.has_diverged
