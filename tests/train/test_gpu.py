"""What holds on the processor holds on a GPU as well: repeatable runs, runs that take turns, stacks, and memory."""

import json

import numpy as np
import pytest
import torch

from playground.engine.workers.memory import is_out_of_memory, release_gpu
from playground.train.stacked import plan_chunks, train_stacked
from playground.train.trainer import RUNNING, Trainer
from tests.aids.devices import needs_gpu
from tests.aids.training import go_on, rows, tiny, trained
from tests.train.stacked.stacks import TOLERANCE, assert_all_same, configs

pytestmark = needs_gpu

CONV = {"dataset": "digits", "architecture": "conv", "conv_channels": (2, 4)}
RANDOM = {
    "dropout": {"dropout": 0.5},
    "dropconnect": {"dropconnect": 0.5},
    "stochastic depth": {"residual": True, "stochastic_depth": 0.8},
    "mixup": {"mixup_alpha": 1.0},
    "convolutions": {**CONV, "dropout": 0.3},
}
random_runs = pytest.mark.parametrize("fields", RANDOM.values(), ids=RANDOM)

# Nothing here draws masks: a GPU's are others than the processor's, and others than a stack's.
PLAIN = {
    "default": {},
    "convolutions": {**CONV, "optimizer": "sgd"},
    "batch normalization": {"normalization": "batch", "optimizer": "sgd"},
    "averaged": {"ema_decay": 0.5},
    "clipped and decayed": {"grad_clip": 0.05, "weight_decay": 0.1, "l1": 0.01},
    "regression": {"dataset": "plane"},
}
plain_runs = pytest.mark.parametrize("fields", PLAIN.values(), ids=PLAIN)


def history(trainer):
    return json.dumps(rows(trainer))


@plain_runs
def test_a_run_is_as_on_the_processor(fields):
    on_gpu, on_processor = (rows(trained(tiny(device=device, **fields))) for device in ("cuda", "cpu"))
    for name, values in on_processor.items():
        found, expected = (np.array(numbers, float) for numbers in (on_gpu[name], values))
        np.testing.assert_allclose(found, expected, rtol=1e-3, atol=1e-4, err_msg=name)


@random_runs
def test_equal_configs_give_byte_identical_histories(fields):
    first = history(trained(tiny(device="cuda", **fields)))
    torch.manual_seed(99)
    assert history(trained(tiny(device="cuda", **fields))) == first
    assert history(trained(tiny(device="cuda", seed=1, **fields))) != first


@random_runs
def test_runs_that_take_turns_equal_runs_one_after_the_other(fields):
    own = [tiny(device="cuda", seed=seed, **fields) for seed in (0, 1)]
    expected = [history(trained(config)) for config in own]
    trainers = [Trainer(config) for config in own]
    while any(trainer.status == RUNNING for trainer in trainers):
        for trainer, num_steps in zip(trainers, (1, 2), strict=True):
            go_on(trainer, num_steps)
            torch.rand(3, device="cuda")  # somebody else in the same process
    assert [history(trainer) for trainer in trainers] == expected


@random_runs
def test_a_run_leaves_the_generators_of_others_alone(fields):
    trainer = Trainer(tiny(device="cuda", **fields))
    states = torch.get_rng_state(), torch.cuda.get_rng_state()
    go_on(trainer)
    assert torch.equal(torch.get_rng_state(), states[0]) and torch.equal(torch.cuda.get_rng_state(), states[1])


@plain_runs
def test_a_stacked_network_is_as_its_ordinary_run(fields):
    assert_all_same(configs(device="cuda", **fields))


def test_the_size_of_a_stack_changes_results_by_rounding_alone():
    many = [tiny(device="cuda", seed=seed % 5, learning_rate=1e-3 * (seed + 1), dropout=0.2) for seed in range(40)]
    assert len(plan_chunks(many)) == 1
    np.testing.assert_allclose(results(many[:9]) + results(many[9:]), results(many), **TOLERANCE)


def results(many):
    """(K, epochs) validation losses."""
    found = {}
    for progress in train_stacked(many):
        found |= progress.finished
    return [found[number].history.column("val_loss") for number in range(len(many))]


def test_an_ended_run_leaves_no_memory_behind():
    held = []
    for _ in range(3):
        trained(tiny(device="cuda", hidden_sizes=(500, 500)))
        release_gpu()
        held.append(torch.cuda.memory_reserved())
    assert held[2] <= held[1]


def test_memory_that_runs_out_is_understood():
    with pytest.raises(torch.OutOfMemoryError) as caught:
        torch.empty(2**45, dtype=torch.uint8, device="cuda")
    assert is_out_of_memory(caught.value)
