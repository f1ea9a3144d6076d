"""Runs, stacks and lessons leave no tensor on the wrong device; see `tests/aids/pretended_gpu.py`."""

import sys

import numpy as np
import pytest
import torch

from playground.jobs.augmentation.gallery import BatchJob, GalleryJob, ShiftedJob
from playground.jobs.job import Turn
from playground.jobs.regularization.dropout import DropoutJob
from playground.jobs.search.job import SearchJob
from playground.jobs.signal.job import SignalJob
from playground.jobs.training.job import TrainJob
from playground.train import trainer
from playground.train.search.space import parse_space
from playground.train.signal import probe as signal
from playground.train.stacked import trainer as stacked_trainer
from tests.aids.pretended_gpu import GPU, pretended_gpu
from tests.aids.training import rows, tiny, trained
from tests.train.stacked.stacks import OWN, configs, trained_together

DIGITS = {"dataset": "digits", "num_epochs": 1}
CONV = {**DIGITS, "architecture": "conv", "conv_channels": (2,)}


@pytest.fixture
def gpu(monkeypatch):
    """Opens the pretended GPU, on which everything is then trained."""

    def open_it():
        for module in (trainer, stacked_trainer, signal):
            monkeypatch.setattr(module, "choose_device", lambda name: GPU)
        optimizers = sys.modules[torch.optim.Optimizer.__module__]  # torch.optim hides it
        monkeypatch.setattr(optimizers, "_get_fused_kernels_supported_devices", lambda: ["cpu", GPU.type])
        return pretended_gpu()

    return open_it


RUNS = {
    "default": {},
    "masks": {"dropout": 0.3, "dropconnect": 0.3, "residual": True, "stochastic_depth": 0.5},
    "mixed images": {**DIGITS, "mixup_alpha": 0.2, "augmentation": "crop"},
    "convolutions": {**CONV, "pooling": "fractional_max"},
    "averaged": {"ema_decay": 0.5, "normalization": "batch"},
    "rare classes": {"imbalance": 3, "class_weights": True, "keep_best": True},
    "noise": {"normalization": "batch", "norm_noise": 0.5},
    "regression": {"dataset": "plane", "grad_clip": 0.05, "l1": 0.01, "weight_decay": 0.1},
}


@pytest.mark.parametrize("fields", RUNS.values(), ids=RUNS)
def test_a_run_is_as_on_the_processor(fields, gpu):
    expected = rows(trained(tiny(**fields)))
    with gpu():
        run = trained(tiny(**fields))
        assert run.data.train.X.device == run.network.layers[0].weights[0].device == GPU
        assert_close(rows(run), expected)


STACKS = {
    "everything of their own": {"own": tuple(OWN)},
    "convolutions": CONV,
    "statistics": {"normalization": "batch", "norm_noise": 0.5, "keep_best": True},
}


@pytest.mark.parametrize("fields", STACKS.values(), ids=STACKS)
def test_a_stack_is_as_on_the_processor(fields, gpu):
    expected = [run.history.to_json() for run in trained_together(configs(**fields))]
    with gpu():
        for run, wanted in zip(trained_together(configs(**fields)), expected, strict=True):
            assert_close(run.history.to_json(), wanted)


def assert_close(found, expected):
    for name, values in expected.items():
        np.testing.assert_allclose(np.array(found[name], float), np.array(values, float), rtol=1e-3, atol=1e-5)


SEARCH = parse_space("learning_rate:1e-3..1e-1:log")
JOBS = {
    "train": TrainJob(tiny(num_seeds=6, class_weights=True, keep_best=True)),
    "search": SearchJob(tiny(num_folds=2), SEARCH, ("random", "halving", "tpe"), trials=4),
    "signal": SignalJob(tiny()),
    "batch": BatchJob(tiny(**DIGITS, augmentation="crop", mixup_alpha=0.2)),
    "gallery": GalleryJob(tiny(**DIGITS), "crop", 0.5),
    "shifted": ShiftedJob(tiny(**DIGITS), ("crop", "shift")),
    "dropout": DropoutJob(tiny(dropout=0.5), (4, 4), 5),
}


@pytest.mark.parametrize("job", JOBS.values(), ids=JOBS)
def test_what_a_job_shows_comes_back_from_the_gpu(job, gpu):
    with gpu():
        frames = job.frames()
        shown = next(frames)
        while shown is None or not shown.has_ended:
            shown = frames.send(Turn(seconds=60))
    assert shown.status == "finished"


def test_a_tensor_on_the_wrong_device_is_noticed(gpu):
    with gpu():
        here, there = torch.ones(3), torch.ones(3).to(GPU)
        assert (there + there).cpu().tolist() == [2.0, 2.0, 2.0]
        with pytest.raises(RuntimeError, match="of the processor and of the GPU"):
            here + there
        with pytest.raises(TypeError, match="to numpy"):
            there.numpy()
