"""What `python -m playground train --json` prints of a run."""

import statistics
from collections.abc import Sequence
from dataclasses import asdict
from typing import Any

from playground.config import Config
from playground.data.prepared import Data
from playground.jobs.training.seed_scores import SeedScores, against, why_not_comparable
from playground.jobs.training.survivors import counts, survivors
from playground.nn.network import Network
from playground.train.class_accuracies import class_accuracies
from playground.train.history import History, none_if_missing
from playground.train.layer_probe import LayerProbe
from playground.train.stacked import StackedRun
from playground.train.stacked.ordinary import layers_of, ordinary_network
from playground.train.trainer import Trainer

ClassAccuracies = dict[str, dict[str, float | None]]


def run_result(trainer: Trainer, seconds: float, training_seconds: float) -> dict[str, Any]:
    """The result of one run; values that do not exist or are not finite are None.

    Args:
        seconds: from the start, data and network included.
        training_seconds: of the updates and their recording alone.
    """
    return {
        "config": trainer.config.model_dump(mode="json"),
        "status": trainer.status,
        "message": trainer.message,
        "num_parameters": sum(parameter.numel() for parameter in trainer.network.parameters()),
        "history": trainer.recorder.history.to_json(),
        "final": final_scores(trainer),
        "class_accuracies": _class_accuracies_of(trainer),
        "best": trainer.recorder.history.best(),
        "kept_epoch": kept_epoch(trainer.recorder.history, trainer.recorder.kept_row),
        "layers": _layers(trainer.recorder.layers),
        **_times(trainer.step, seconds, training_seconds),
    }


def stacked_run_result(run: StackedRun, data: Data, seconds: float, training_seconds: float) -> dict[str, Any]:
    """The same of a run that was trained together with others and has ended."""
    return {
        "config": run.config.model_dump(mode="json"),
        "status": run.status,
        "message": run.message,
        "num_parameters": run.num_parameters,
        "history": run.history.to_json(),
        "final": {name: none_if_missing(value) for name, value in run.final.items()},
        "class_accuracies": _class_accuracies(ordinary_network(run, data), data),
        "best": run.history.best(),
        "kept_epoch": kept_epoch(run.history, run.kept_row),
        "layers": _layers(layers_of(run, data)),
        **_times(run.step, seconds, training_seconds),
    }


def kept_epoch(history: History, kept_row: int | None) -> int | None:
    """The epoch whose weights the final scores and the layers belong to; None: those of the end."""
    return None if kept_row is None else int(history.column("epoch")[kept_row])


def _layers(probes: Sequence[LayerProbe]) -> list[dict[str, Any]]:
    return [
        {name: none_if_missing(value) if isinstance(value, float) else value for name, value in asdict(probe).items()}
        for probe in probes
    ]


def _times(num_steps: int, seconds: float, training_seconds: float) -> dict[str, float]:
    return {"seconds": seconds, "steps_per_second": num_steps / training_seconds if training_seconds else 0.0}


def final_scores(trainer: Trainer) -> dict[str, float | None]:
    """Loss and accuracy on the three splits, with the weights that a run ends with."""
    with trainer.own_randomness(is_kept=False), trainer.evaluating() as network:
        return {name: none_if_missing(value) for name, value in trainer.recorder.final(network).items()}


def _class_accuracies_of(trainer: Trainer) -> ClassAccuracies | None:
    with trainer.own_randomness(is_kept=False), trainer.evaluating() as network:
        return _class_accuracies(network, trainer.data)


def _class_accuracies(network: Network, data: Data) -> ClassAccuracies | None:
    """Split -> class name -> share of its samples that are right, None for no samples; None for a regression."""
    names = data.samples.class_names
    if not names:
        return None
    found = {name: class_accuracies(network, split, names) for name, split in (("val", data.val), ("test", data.test))}
    return {split: {name: none_if_missing(share) for name, share in shares.items()} for split, shares in found.items()}


def seeds_result(
    config: Config,
    status: str,
    message: str,
    runs: list[dict[str, Any]],
    seconds: float,
    earlier: SeedScores | None = None,
) -> dict[str, Any]:
    """The results of runs from several seeds, with mean and standard deviation of the final scores of those that have
    not diverged.

    Args:
        earlier: a run to compare them with, if that makes sense.
    """
    statuses = [run["status"] for run in runs]
    kept = [runs[number]["final"] for number in survivors(statuses)]
    scores = {name: [final[name] for final in kept] for name in runs[0]["final"]}
    known = {name: [] if None in values else values for name, values in scores.items()}  # not the mean of some
    result = {
        "config": config.model_dump(mode="json"),
        "status": status,
        "message": message,
        "statuses": counts(statuses),
        "num_parameters": runs[0]["num_parameters"],
        "runs": runs,
        "mean": {name: statistics.fmean(values) if values else None for name, values in known.items()},
        "std": {name: statistics.stdev(values) if len(values) > 1 else None for name, values in known.items()},
        "seconds": seconds,
        "steps_per_second": statistics.fmean(run["steps_per_second"] for run in runs),  # each in its share of the time
    }
    if earlier is not None and not why_not_comparable(earlier, config):
        result["against"] = against(earlier, SeedScores.of_result(result))
    return result
