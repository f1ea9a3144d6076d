"""Sentences about what regularization did, made of the numbers of a snapshot."""

import numpy as np

from playground.charts.penalties import LABELS, runs_of
from playground.jobs.penalties import PenaltiesSnapshot
from playground.jobs.ridge import RidgeSnapshot


def penalty_sentences(seen: PenaltiesSnapshot, shown: float) -> list[str]:
    """Exact zeros, accuracy along the path, and what is left at the shown strength."""
    kinds = list(dict.fromkeys(run.kind for run in seen.runs))
    sentences = [_zeros(seen, kind) for kind in kinds]
    runs = runs_of(seen, kinds[0])
    best, first = max(runs, key=lambda run: run.val_accuracy), runs[0]
    sentences.append(
        f"Best validation accuracy of {LABELS[best.kind]}: {best.val_accuracy:.1%} at {best.strength:g}; without a "
        f"penalty {first.val_accuracy:.1%}, with {first.train_accuracy:.1%} on the training labels."
    )
    here = next((run for run in runs if run.strength == shown), None)
    if here is not None:
        sentences.append(
            f"At {shown:g}: norm of all weights {here.norm:.3g} (without a penalty {first.norm:.3g}), "
            f"{here.used_inputs} inputs still in use, validation accuracy {here.val_accuracy:.1%}."
        )
    return sentences


def _zeros(seen: PenaltiesSnapshot, kind: str) -> str:
    runs = runs_of(seen, kind)
    most = max(runs, key=lambda run: run.zeros)
    near = max(runs, key=lambda run: run.nearly)
    if not most.zeros:
        return (
            f"{LABELS[kind]}: no weight is exactly 0 at any strength; at {near.strength:g}, {near.nearly:.0%} are "
            "below 0.001 in size, but never 0."
        )
    return f"{LABELS[kind]}: at {most.strength:g}, {most.zeros:.0%} of the weights are exactly 0."


def ridge_sentences(seen: RidgeSnapshot, strength: float) -> list[str]:
    """How near descent came, and the factors on the way from one definition to the other."""
    last, steps = seen.differences[-1], len(seen.differences) - 1
    norm = float(np.linalg.norm(seen.exact[:-1]))
    if not np.isfinite(last) or last > seen.differences[0]:
        found = f"Gradient descent diverged within {steps} steps: the learning rate is too high for these inputs."
    else:
        found = f"After {steps} steps the largest difference of a coefficient is {last:.2g}."
    return [
        found,
        f"The strength {strength:g} on the sum over {seen.num_train} samples is a weight decay of "
        f"2 × {strength:g} / {seen.num_train} = {seen.weight_decay:.3g}: the loss is a mean, and torch's penalty has a "
        f"factor 1/2. Without the 2, a coefficient would be off by {seen.mistake:.2g}.",
        f"The norm of the coefficients is {norm:.3g}; without a penalty {seen.plain_norm:.3g}. "
        f"{_count(np.count_nonzero(seen.exact[:-1] == 0), len(seen.exact) - 1)}",
    ]


def _count(zeros: int, number: int) -> str:
    return f"{zeros} of {number} coefficients are exactly 0: L2 shrinks, it does not select."
