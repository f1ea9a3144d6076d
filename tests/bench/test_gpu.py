"""The figures of a GPU: that each measurement runs, here with the processor in the GPU's place."""

import json

import pytest
import torch

from playground.bench import gpu, stacked
from playground.bench.figures import measure
from playground.cli.main import main
from tests.aids.devices import needs_gpu


@pytest.fixture
def short(monkeypatch):
    for module, name, value in (
        (gpu, "EPOCHS", 1),
        (gpu, "ROUNDS", 1),
        (gpu, "NUM_TRIALS", 4),
        (stacked, "EPOCHS", 1),
        (gpu, "STEPS", [(name, config.replace(hidden_sizes=(8,)), goal) for name, config, goal in gpu.STEPS]),
    ):
        monkeypatch.setattr(module, name, value)


def test_without_a_gpu_there_is_a_sentence_and_no_figure(capsys, monkeypatch):
    monkeypatch.setattr(torch.cuda, "is_available", lambda: False)
    assert main(["bench", "gpu", "--json", "-"]) == 0
    written = capsys.readouterr()
    assert json.loads(written.out) == {}
    assert written.err == "gpu: left out, because this machine has no GPU.\n"


def test_steps_and_trials_are_measured(short):
    figures = {figure.name: figure for figure in gpu.measure_times("cpu")}
    assert list(figures) == ["gpu_step_small", "gpu_step_large", "gpu_trial_2x8x8x2_of_4"]
    assert all(figure.value > 0 and figure.ratio > 0 for figure in figures.values())


@needs_gpu
def test_everything_is_measured_on_a_gpu(short):
    figures = {figure.name: figure for figure in measure(["gpu"])}
    assert list(figures)[-1] == "gpu_memory_after_a_run"
    assert figures["gpu_memory_after_a_run"].value <= figures["gpu_memory_after_a_run"].baseline
