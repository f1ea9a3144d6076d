"""A GPU that a job asks for and the machine has not."""

import pytest
import torch

from playground.cli import on_engine, run_job
from playground.cli.arguments import UsageError
from playground.cli.main import main
from playground.jobs.activations.dead_units import DeadUnitsJob
from playground.jobs.augmentation.gallery import BatchJob, GalleryJob, ShiftedJob
from playground.jobs.comparison.job import CompareJob
from playground.jobs.initialization.symmetry import SymmetryJob
from playground.jobs.job import Turn
from playground.jobs.landscape.job import LandscapeJob
from playground.jobs.normalization.running_statistics import RunningStatisticsJob
from playground.jobs.regularization.dropout import DropoutJob
from playground.jobs.regularization.penalties import PenaltiesJob
from playground.jobs.schedules.learning_rate_finder import LearningRateFinderJob
from playground.jobs.search.job import SearchJob
from playground.jobs.signal.job import SignalJob
from playground.jobs.training.job import TrainJob
from playground.parsing import ConfigError
from playground.train.search.space import parse_space
from tests.aids.training import tiny

SENTENCE = "device: cuda needs a GPU, but this machine has none. Use auto or cpu."
CONFIG, DIGITS = tiny(device="cuda"), tiny(device="cuda", dataset="digits")
JOBS = {
    "train": TrainJob(CONFIG),
    "seeds": TrainJob(CONFIG.replace(num_seeds=6)),
    "compare": CompareJob((("a", CONFIG), ("b", CONFIG.replace(dropout=0.3)))),
    "search": SearchJob(CONFIG, parse_space("learning_rate:1e-3..1e-1:log"), trials=6),
    "signal": SignalJob(CONFIG),
    "range test": LearningRateFinderJob(CONFIG),
    "landscape": LandscapeJob(CONFIG),
    "statistics": RunningStatisticsJob(CONFIG.replace(normalization="batch")),
    "symmetry": SymmetryJob(CONFIG, ("zeros",)),
    "penalties": PenaltiesJob(CONFIG, ("l2",), (0.01,)),
    "dead units": DeadUnitsJob((("a", CONFIG.replace(activation="relu"), 0.0),)),
    "dropout": DropoutJob(CONFIG.replace(dropout=0.5), (4, 4), 5),
    "batch": BatchJob(DIGITS),
    "gallery": GalleryJob(DIGITS, "crop", 0.5),
    "shifted": ShiftedJob(DIGITS, ("crop",)),
}


@pytest.fixture(autouse=True)
def no_gpu(monkeypatch):
    monkeypatch.setattr(torch.cuda, "is_available", lambda: False)


@pytest.mark.parametrize("job", JOBS.values(), ids=JOBS)
def test_every_job_refuses_it_in_one_sentence(job):
    frames = job.frames()
    with pytest.raises(ConfigError) as refused:
        next(frames)
        frames.send(Turn(seconds=60))
    assert str(refused.value) == SENTENCE


@pytest.mark.parametrize("words", [["train"], ["train", "num_seeds=3"], ["signal"]], ids=" ".join)
def test_a_command_refuses_it_in_one_line(words, capsys, monkeypatch):
    monkeypatch.setattr(run_job, "has_driver", lambda: True)  # torch says no
    assert main([*words, "device=cuda"]) == 2
    assert capsys.readouterr().err == f"{SENTENCE}\n"


@pytest.mark.parametrize("engine", ["", "local"])
@pytest.mark.parametrize("words", [["train"], ["signal"], ["search", "space=dropout:0..0.5"]], ids=" ".join)
def test_without_a_driver_neither_torch_nor_workers_are_asked(words, engine, capsys, monkeypatch):
    monkeypatch.setenv("PLAYGROUND_ENGINE", engine)
    monkeypatch.setattr(run_job, "has_driver", lambda: False)
    monkeypatch.setattr(run_job, "run_here", None)
    monkeypatch.setattr(on_engine, "run_on_engine", None)
    assert main([*words, "device=cuda"]) == 2
    assert capsys.readouterr().err == f"{SENTENCE}\n"


def test_the_machines_of_a_cluster_are_not_judged_by_this_one(capsys, monkeypatch):
    monkeypatch.setenv("PLAYGROUND_ENGINE", "ray")
    monkeypatch.setattr(run_job, "has_driver", lambda: False)

    def run_on_engine(job, stop):
        raise UsageError("The cluster was asked.")

    monkeypatch.setattr(on_engine, "run_on_engine", run_on_engine)
    assert main(["train", "device=cuda"]) == 2
    assert capsys.readouterr().err == "The cluster was asked.\n"
