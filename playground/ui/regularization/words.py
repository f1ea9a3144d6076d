"""Sentences about what regularization did, made of the numbers of a snapshot."""

import numpy as np

from playground.charts.regularization.penalties import LABELS, runs_of
from playground.jobs.comparison.snapshot import CompareSnapshot
from playground.jobs.regularization.dropout import DropoutSnapshot
from playground.jobs.regularization.penalties import PenaltiesSnapshot
from playground.jobs.regularization.random_parts import DepthSnapshot, WeightMasksSnapshot
from playground.jobs.regularization.ridge import RidgeSnapshot
from playground.jobs.regularization.stopping import Stopping
from playground.jobs.training.snapshot import TrainingSnapshot
from playground.ui.words import number


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
        found = f"After {steps} steps the largest difference of a coefficient is {number(last)}."
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


ENOUGH = 0.02  # difference of accuracies that one seed can show


def dropout_sentences(seen: DropoutSnapshot, p: float) -> list[str]:
    """Scaling against averaging, and what the scaling in training is for."""
    number = len(seen.differences)
    return [
        f"Mean absolute difference of a probability between weight scaling and {number} averaged masks: "
        f"{seen.differences[-1]:.3f}; with one mask {seen.differences[0]:.3f}.",
        f"Accuracy on {seen.num_samples} validation samples: evaluation {seen.scaled_accuracy:.1%}, the averaged masks "
        f"{seen.averaged_accuracy:.1%}, one mask alone {seen.single_accuracy:.1%}.",
        f"Had training not divided by the share kept, {1 - p:g}, evaluation would be {seen.unscaled_difference:.3f} "
        f"from the averaged masks, with {seen.unscaled_accuracy:.1%} right: every hidden layer {1 / (1 - p):.3g} times "
        "too large.",
    ]


def noise_sentences(seen: CompareSnapshot) -> list[str]:
    """What dropout changed on wrong labels, and what on right ones."""
    if not seen.has_ended or len(seen.runs) != 4:
        return ["Wait for the last epoch."]
    last = [float(run.history["val_accuracy"][-1]) for run in seen.runs]
    train = [float(run.history["train_accuracy"][-1]) for run in seen.runs]
    words = []
    for name, first in (("wrong", 0), ("right", 2)):
        gain = last[first + 1] - last[first]
        verdict = "helps" if gain > ENOUGH else "hurts" if gain < -ENOUGH else "makes no clear difference"
        words.append(
            f"With {name} labels dropout {verdict}: validation accuracy {last[first]:.1%} without, "
            f"{last[first + 1]:.1%} with it ({100 * gain:+.1f} points)."
        )
    return [
        *words,
        f"On the wrong labels the network without dropout gets {train[0]:.1%} of its training labels right: it "
        f"learned mistakes by heart; with dropout {train[1]:.1%}.",
        "One seed is one draw: differences under 2 points come and go with the seed.",
    ]


def stopping_sentences(found: Stopping, seen: TrainingSnapshot, patience: int) -> list[str]:
    """The best epoch, the last one, and what patience would have kept and saved."""
    accuracy = seen.history["val_accuracy"]
    loss = seen.history["val_loss"]
    rule = (
        f"With patience {patience} the run would stop after epoch {found.stop} and save {found.saved:.0%} of the "
        f"epochs; the best epoch until then is {found.kept}, with {accuracy[found.kept]:.1%}."
        if found.stop < found.last
        else f"Patience {patience} never runs out within {found.last} epochs."
    )
    return [
        f"Lowest validation loss at epoch {found.best}: {loss[found.best]:.3g} and {accuracy[found.best]:.1%} right, "
        f"after the last, {found.last}: {loss[-1]:.3g} and {accuracy[-1]:.1%}.",
        f"Going on from the best epoch to the last changed validation accuracy by "
        f"{100 * (accuracy[-1] - accuracy[found.best]):+.1f} points, while training accuracy went from "
        f"{seen.history['train_accuracy'][found.best]:.1%} to {seen.history['train_accuracy'][-1]:.1%}.",
        rule,
    ]


def weight_sentences(seen: WeightMasksSnapshot, step: int) -> list[str]:
    """How many weights go, and the moments of an output over masks."""
    dropped = f"{np.mean(seen.drawn[step - 1] == 0):.0%}" if step else "none"
    return [
        f"This step drops {dropped} of the {seen.weight.size} weights; units stay, dropout would take them whole.",
        f"Mean of the output over {len(seen.outputs):,} masks: {seen.outputs.mean():.4g}; evaluation says "
        f"{seen.evaluated:.4g}, in one pass with all weights.",
        f"Standard deviation over the masks: {seen.outputs.std():.4g}; closed form {seen.std:.4g}.",
    ]


def depth_sentences(seen: DepthSnapshot) -> list[str]:
    """Expected depth against the drawn one, and the one scaling that fits."""
    survival, drawn = float(seen.survival.sum()), seen.acting.sum(axis=1)
    last = float(seen.survival[-1])
    return [
        f"Expected depth: {survival:.2f} of {len(seen.survival)} blocks; in {len(drawn)} drawn steps "
        f"{drawn.mean():.2f} on average, from {drawn.min()} to {drawn.max()}.",
        f"A step costs {survival / len(seen.survival):.0%} of the whole stack on average.",
        f"The last branch acts in {last:.0%} of the steps, and evaluation multiplies it by {seen.evaluated:.3g}: once. "
        f"Divided in training as well, evaluation would have only {seen.evaluated:.3g} of what training saw.",
    ]


def curve_sentences(seen: CompareSnapshot) -> list[str]:
    """Each technique against none."""
    if not seen.has_ended:
        return ["Wait for the last epoch."]
    last = {run.name: float(run.history["val_accuracy"][-1]) for run in seen.runs}
    plain = last.pop("None", None)
    if plain is None:
        return ["Choose None as well to see what each technique changes."]
    words = [f"{name}: {value:.1%} ({100 * (value - plain):+.1f} points)." for name, value in last.items()]
    return [
        f"Validation accuracy at the end without any of them: {plain:.1%}.",
        *words,
        "One seed is one draw. Training accuracy is measured on whole images, in evaluation: on mixed ones it would "
        "mean nothing.",
    ]
