"""What the numbers of a loss landscape say, in sentences."""

import numpy as np

from playground.catalog import ACTIVATIONS, ARCHITECTURES, DATASETS, OPTIMIZERS
from playground.config import Config
from playground.jobs.landscape.job import LandscapeJob
from playground.jobs.landscape.settings import PCA, WHOLE
from playground.jobs.landscape.snapshot import LandscapeSnapshot, RunPath

LAST_SHARE = 0.25  # of a path, over which the curvature is compared with the limit
AT_EDGE = (0.8, 1.3)  # curvature over limit that counts as standing at it


def setting_sentence(job: LandscapeJob) -> str:
    """Which data and which network this is, and how it is trained."""
    config = job.configs[0]
    sizes = ", ".join(map(str, config.hidden_sizes)) or "none"
    batches = "all training samples at once" if job.batches == WHOLE else f"batches of {config.batch_size}"
    return (
        f"From the Train page: {DATASETS[config.dataset].label}, {ARCHITECTURES[config.architecture].label.lower()}, "
        f"hidden layers {sizes}, {ACTIVATIONS[config.activation].label}; trained with {batches}."
    )


def landscape_sentences(job: LandscapeJob, snapshot: LandscapeSnapshot) -> list[str]:
    """One sentence for each thing that the picture shows or hides; none before there is a plane."""
    if not snapshot.window:
        return []
    return [_plane_sentence(job, snapshot), *_hidden_sentence(snapshot), *_curvature_sentences(job, snapshot)]


def _plane_sentence(job: LandscapeJob, snapshot: LandscapeSnapshot) -> str:
    share, number = sum(snapshot.shares), snapshot.num_parameters
    if job.plane == PCA:
        return (
            f"The plane holds **{share:.0%}** of the movement of all paths through {number:,} dimensions "
            f"({snapshot.shares[0]:.0%} + {snapshot.shares[1]:.0%}); the rest goes on out of sight, so steps look "
            "shorter than they are."
        )
    return (
        f"Two random directions hold only **{share:.1%}** of the movement of all paths through {number:,} dimensions, "
        "so every path looks as if it hardly moved. Look at the shape of the valley instead: 1 along an axis turns "
        "each filter by its own length."
    )


def _hidden_sentence(snapshot: LandscapeSnapshot) -> list[str]:
    centre = next(run for run in snapshot.runs if run.optimizer == snapshot.centre)
    first = f"The plane goes through {_label(centre)}'s end, where the loss is {centre.losses[-1]:.3g}."
    others = [run for run in snapshot.runs if run.plane_losses is not None and run is not centre]
    if not others:
        return [first]
    far = max(others, key=lambda run: abs(np.log(max(run.plane_losses[-1], 1e-9) / max(run.losses[-1], 1e-9))))
    return [
        f"{first} Other paths run beside it: {_label(far)} ends at {far.losses[-1]:.3g}, but the map says "
        f"{far.plane_losses[-1]:.3g} there. A hill on the map need not be a hill that the optimizer climbed."
    ]


def _curvature_sentences(job: LandscapeJob, snapshot: LandscapeSnapshot) -> list[str]:
    sentences = []
    for run in snapshot.runs:
        count = max(int(len(run.curvatures) * LAST_SHARE), 1)
        curvature, limit = (float(np.median(values[-count:])) if len(values) else np.nan
                            for values in (run.curvatures, run.limits))  # fmt: skip
        if np.isfinite(curvature) and np.isfinite(limit):
            sentences.append(_edge_sentence(run, curvature, limit))
    if sentences and job.batches != WHOLE:
        sentences.append("These limits are exact for full batches on a quadratic; the noise of minibatches keeps "
                         "the curvature lower.")  # fmt: skip
    return sentences


def _edge_sentence(run: RunPath, curvature: float, limit: float) -> str:
    figures = f"{_label(run)}: curvature {curvature:.3g} at the end, limit {limit:.3g}"
    ratio = curvature / limit
    if ratio < AT_EDGE[0]:
        return f"{figures}. It has room: a step along the sharpest direction still shrinks."
    if ratio <= AT_EDGE[1]:
        return f"{figures}. It stands at the edge of stability: the step bounces, and that keeps the curvature there."
    return f"{figures}. It is past the limit: along the sharpest direction each step overshoots by more."


def _label(run: RunPath) -> str:
    return OPTIMIZERS[run.optimizer].label


def ends_table(snapshot: LandscapeSnapshot) -> dict[str, list[object]]:
    """Column -> one entry for each run: how it ended, and what the map says there."""
    return {
        "Optimizer": [_label(run) for run in snapshot.runs],
        "Learning rate": [run.learning_rate for run in snapshot.runs],
        "State": [run.status for run in snapshot.runs],
        "Loss at the end": [float(run.losses[-1]) for run in snapshot.runs],
        "Loss on the map there": [None if run.plane_losses is None else float(run.plane_losses[-1])
                                  for run in snapshot.runs],
    }  # fmt: skip


def best_config(job: LandscapeJob, snapshot: LandscapeSnapshot) -> Config:
    """The Config of the run that the plane goes through; of the first one before that is known."""
    names = list(job.optimizers)
    return job.configs[names.index(snapshot.centre) if snapshot.centre in names else 0]
