"""What `python -m playground train --json` prints of a run."""

import statistics
from dataclasses import asdict
from typing import Any

import torch

from playground.config import Config
from playground.train.history import none_if_missing
from playground.train.trainer import Trainer


def run_result(trainer: Trainer, seconds: float, training_seconds: float) -> dict[str, Any]:
    """The result of one run; values that do not exist or are not finite are None.

    Args:
        seconds: from the start, data and network included.
        training_seconds: of the updates and their recording alone.
    """
    recorder = trainer.recorder
    return {
        "config": trainer.config.model_dump(mode="json"),
        "status": trainer.status,
        "message": trainer.message,
        "num_parameters": sum(parameter.numel() for parameter in trainer.network.parameters()),
        "history": recorder.history.to_json(),
        "final": final_scores(trainer),
        "best": recorder.history.best(),
        "layers": [
            {name: none_if_missing(v) if isinstance(v, float) else v for name, v in asdict(probe).items()}
            for probe in recorder.layer_history[-1]
        ],
        "seconds": seconds,
        "steps_per_second": trainer.step / training_seconds if training_seconds else 0.0,
    }


def final_scores(trainer: Trainer) -> dict[str, float | None]:
    """Loss and accuracy on the three splits, with the weights of the end."""
    network = trainer.evaluated_network
    with trainer.own_randomness(), torch.random.fork_rng(devices=[]):
        network.eval()
        return {name: none_if_missing(value) for name, value in trainer.recorder.final(network).items()}


def seeds_result(
    config: Config, status: str, trainers: list[Trainer], seconds: float, training_seconds: float
) -> dict[str, Any]:
    """The results of runs from several seeds, with mean and standard deviation of their final scores."""
    runs = [run_result(trainer, seconds / len(trainers), training_seconds / len(trainers)) for trainer in trainers]
    scores = {name: [run["final"][name] for run in runs] for name in runs[0]["final"]}
    known = {name: [v for v in values if v is not None] for name, values in scores.items()}
    return {
        "config": config.model_dump(mode="json"),
        "status": status,
        "num_parameters": runs[0]["num_parameters"],
        "runs": runs,
        "mean": {name: statistics.fmean(values) if values else None for name, values in known.items()},
        "std": {name: statistics.stdev(values) if len(values) > 1 else None for name, values in known.items()},
        "seconds": seconds,
        "steps_per_second": sum(trainer.step for trainer in trainers) / training_seconds if training_seconds else 0.0,
    }
