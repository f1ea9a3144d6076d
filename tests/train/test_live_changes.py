"""Changes to a run under way."""

import json

import pytest

from playground.fields import SPECS
from playground.parsing import ConfigError
from playground.train.trainer import FINISHED, Trainer
from tests.aids.training import go_on, rows, tiny, trained

LIVE = {"learning_rate": 0.5, "momentum": 0.1, "weight_decay": 0.5, "dropout": 0.5, "batch_size": 10}
BAD = [{"learning_rate": "x"}, {"dropout": 2}, {"learning_rate": -1}, {"optimizer": "sgd"}, {"hidden_sizes": (3,)},
       {"no_such_field": 1}, {"batch_size": 1}, {"learning_rate": 0.5, "seed": 3}]  # fmt: skip


def as_text(trainer):
    return json.dumps(rows(trainer))


def test_the_live_fields_are_those_tested():
    assert set(LIVE) == {name for name, spec in SPECS.items() if spec.is_live}


@pytest.mark.parametrize(("name", "value"), LIVE.items(), ids=LIVE)
def test_a_live_field_acts_on_the_running_network(name, value):
    unchanged, changed = Trainer(tiny(num_epochs=4)), Trainer(tiny(num_epochs=4))
    for trainer in (unchanged, changed):
        go_on(trainer, 6)
    changed.change({name: value})
    assert rows(changed) == rows(unchanged)
    for trainer in (unchanged, changed):
        go_on(trainer)
    before, after = rows(unchanged), rows(changed)
    assert after["train_loss"][:2] == before["train_loss"][:2]
    assert after["train_loss"][3] != before["train_loss"][3]
    assert changed.status == FINISHED and changed.epoch == 4


@pytest.mark.parametrize("fields", BAD, ids=str)
def test_a_refused_change_does_no_harm(fields):
    config = tiny(normalization="batch")
    expected = as_text(trained(config))
    trainer = Trainer(config)
    go_on(trainer, 3)
    with pytest.raises(ConfigError):
        trainer.change(fields)
    assert trainer.config == config
    go_on(trainer)
    assert as_text(trainer) == expected


def test_a_new_batch_size_begins_with_the_next_epoch():
    trainer = Trainer(tiny(num_epochs=3))
    go_on(trainer, 2)
    trainer.change({"batch_size": 10})
    go_on(trainer)
    assert rows(trainer)["step"] == [0, 4, 6, 8]


def test_weight_decay_can_be_switched_on_and_off_again():
    """Biases are spared, and the memory of Adam stays with its own parameters."""
    trainer = Trainer(tiny(num_epochs=4))
    go_on(trainer, 3)
    memory = {id(p): trainer.optimizer.state[p]["exp_avg"].clone() for p in trainer.network.parameters()}
    for decay in (0.3, 0.0, 0.2):
        trainer.change({"weight_decay": decay})
        for parameter in trainer.network.parameters():
            assert (trainer.optimizer.state[parameter]["exp_avg"] == memory[id(parameter)]).all()
    decayed = {id(p) for group in trainer.optimizer.param_groups if group["weight_decay"] for p in group["params"]}
    assert decayed == {id(layer.weights[0]) for layer in trainer.network.layers}
    go_on(trainer)
    assert trainer.status == FINISHED
