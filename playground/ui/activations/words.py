"""What the numbers of the lesson on activations say, in sentences."""

import math
from collections.abc import Iterator, Sequence

from playground.catalog import ACTIVATIONS, INITIALIZERS
from playground.catalog.activation_lesson import CORRECTIONS, FAR, IDENTITY, MIMICKED, NEARER, REFERENCE
from playground.charts.activations.gradient_depth import gradient_norms, stack_names
from playground.jobs.activations.cost import ActivationCostSnapshot
from playground.jobs.activations.curves import ActivationCurvesSnapshot
from playground.jobs.activations.dead_units import DeadUnitsRun, DeadUnitsSnapshot
from playground.jobs.activations.positive_inputs import GOAL, NeuronRun, PositiveInputsSnapshot
from playground.jobs.signal.signals import SignalsSnapshot
from playground.ui.words import number, per_layer

VANISHED = 1e-4  # gradient of the first layer over the last one's, or of any layer; the inverse has exploded
CENTRED_MEAN = 1e-9  # what rounding leaves of a mean of 0
SMALL_EFFECT = 0.1  # of all units


def curve_sentences(snapshot: ActivationCurvesSnapshot) -> list[str]:
    """About zero-centredness, the identity and maxout."""
    return [*_mean_sentences(snapshot), _identity_sentence(snapshot), _mimicry_sentence(snapshot)]


def _mean_sentences(snapshot: ActivationCurvesSnapshot) -> Iterator[str]:
    zero = [curve.label for curve in snapshot.curves if abs(curve.mean) < CENTRED_MEAN]
    others = sorted((curve for curve in snapshot.curves if abs(curve.mean) >= CENTRED_MEAN), key=lambda c: abs(c.mean))
    if zero:
        yield f"Zero-centred for standard normal input: {', '.join(zero)}."
    if others:
        means = ", ".join(f"{curve.label} {curve.mean:.3g}" for curve in others)
        yield f"Not zero-centred, mean output nearest to 0 first: {means}."


def _identity_sentence(snapshot: ActivationCurvesSnapshot) -> str:
    return (
        f"σ(z) and (tanh(z / 2) + 1) / 2 differ by at most {snapshot.identity_gap:.1e} over the range, which is "
        f"rounding; without halving z they would differ by {snapshot.identity_mistake:.2g}."
    )


def _mimicry_sentence(snapshot: ActivationCurvesSnapshot) -> str:
    lines = dict(zip(MIMICKED, ("0 and z", f"{snapshot.slope:g} z and z"), strict=True))
    parts = [
        f"with the lines {lines[name]} it is {ACTIVATIONS[name].label} (largest difference {gap:.2g})"
        for name, gap in snapshot.mimicry
    ]
    return f"Maxout of two lines holds others: {', '.join(parts)}."


def curve_corrections(snapshot: ActivationCurvesSnapshot) -> dict[str, str]:
    """Name of a correction -> the figure that belongs to it."""
    nearer, usual = (ACTIVATIONS[name].label for name in NEARER)
    means = snapshot.nearer
    return {
        "sigmoid_slope": f"{ACTIVATIONS[IDENTITY[0]].label}'s slope at {FAR:g} is {snapshot.far_slope:.5f}.",
        "elu_mean": f"For standard normal input {nearer} has mean {means[0]:.3f}, {usual} {means[1]:.3f}.",
        "leaky_slope": "Set leaky ReLU's slope to either to see the difference.",
    }


def cost_sentences(snapshot: ActivationCostSnapshot, names: Sequence[str]) -> list[str]:
    """About what the chosen activations cost here."""
    times = dict(snapshot.nanoseconds)
    chosen = [name for name in names if name in times]
    if not chosen:
        return []
    dearest = max(chosen, key=times.__getitem__)
    unit = (
        f"The dearest shown is {ACTIVATIONS[dearest].label}: {snapshot.against_reference(dearest):.1f} times "
        f"{ACTIVATIONS[REFERENCE].label}, and {times[dearest] / snapshot.linear:.0%} of what a linear unit of 64 "
        f"inputs takes for its own output."
    )
    return [unit, "Measured on this machine, just now, in one worker thread: another machine has other figures."]


def correction_lines(figures: dict[str, str]) -> list[str]:
    """Each correction with its figure and its source."""
    lines = []
    for name, figure in figures.items():
        row = CORRECTIONS[name]
        lines.append(f"“{row.label}”: {row.about} {figure} *{row.source}.*".replace("  ", " "))
    return lines


def depth_sentences(snapshot: SignalsSnapshot) -> list[str]:
    """How much of the last layer's gradient each first layer gets."""
    named = zip(stack_names(snapshot), gradient_norms(snapshot), strict=True)
    return [
        f"{ACTIVATIONS[activation].label} ({INITIALIZERS[initializer].label}): {_ratio_text(norms)}"
        for (activation, initializer), norms in named
    ]


def _ratio_text(norms: Sequence[float]) -> str:
    if not all(map(math.isfinite, norms)):
        return "the gradients are too large for the computer."
    if norms[0] == 0 or norms[-1] == 0:
        return "the gradient of some layers is 0, or below what the computer's numbers can hold."
    # Weights that make the signal vanish or explode do the same to all layers: each gradient is the product of what
    # comes forward and what comes back.
    if max(norms) < VANISHED:
        return f"**vanishes** in all layers alike, {number(max(norms))} at most, because the signal does."
    if max(norms) > 1 / VANISHED:
        return f"**explodes**: up to {number(max(norms))}."
    ratio = norms[0] / norms[-1]
    word = "**vanishes**" if ratio < VANISHED else "**explodes**" if ratio > 1 / VANISHED else "gets through"
    factor = per_layer(ratio, len(norms))
    return f"{word}; layer 1 gets {number(ratio)} of the gradient of layer {len(norms)}, × {number(factor)} a layer."


def positive_sentences(snapshot: PositiveInputsSnapshot) -> list[str]:
    """Signs, conditioning, length and steps of both paths."""
    if not snapshot.runs:
        return []
    raw, centred = snapshot.runs
    return [*_sign_sentences(raw, centred), _condition_sentence(raw, centred), *_path_sentences(raw, centred)]


def _sign_sentences(raw: NeuronRun, centred: NeuronRun) -> Iterator[str]:
    by_chance = "" if centred.chance is None else f" (by chance alone: {centred.chance:.1%})"
    if raw.same_sign is not None and centred.same_sign is not None:
        yield (
            f"All weights pushed the same way: {raw.same_sign:.1%} of the steps with {raw.kind} inputs, "
            f"{centred.same_sign:.1%} with inputs {centred.kind}{by_chance}."
        )


def _condition_sentence(raw: NeuronRun, centred: NeuronRun) -> str:
    return (
        f"Condition number of the inputs: {raw.condition:.1f} ({raw.kind}; closed form 1 + 3 × {raw.signs.shape[-1]} = "
        f"{raw.expected_condition:.0f}) against {centred.condition:.2f} ({centred.kind}; closed form "
        f"{centred.expected_condition:.0f}). Full-batch descent bears learning rates up to {2 / raw.steepest:.2g} "
        f"against {2 / centred.steepest:.2g}."
    )


def _path_sentences(raw: NeuronRun, centred: NeuronRun) -> Iterator[str]:
    lengths = [
        f"{run.kind} left for good" if run.is_lost else f"{run.kind} {run.length:.1f} times the straight way"
        for run in (raw, centred)
    ]
    yield f"Length of the path: {', '.join(lengths)}."
    steps = [
        f"{run.kind} never in {run.steps} steps" if run.steps_to_goal is None else f"{run.kind} {run.steps_to_goal}"
        for run in (raw, centred)
    ]
    yield f"Steps until {GOAL:.0%} of the way is left: {', '.join(steps)}.{_steps_remark(raw, centred)}"


def _steps_remark(raw: NeuronRun, centred: NeuronRun) -> str:
    """The honest part: a longer path need not take longer."""
    if raw.steps_to_goal is None or centred.steps_to_goal is None:
        return ""
    if raw.steps_to_goal <= 1.25 * centred.steps_to_goal:
        return (
            " The zig-zag costs hardly any steps here: it runs along (1, ..., 1), where the goal does not lie. What "
            "it costs is the learning rate that can be used."
        )
    return " Near the highest rate that it bears, the zig-zag costs steps too."


def dead_sentences(snapshot: DeadUnitsSnapshot) -> list[str]:
    """One sentence for each network, and one for the small positive bias."""
    lines = [_dead_sentence(run, snapshot.num_units) for run in snapshot.runs if run.epochs]
    if len(snapshot.runs) == 3:
        first, _, other = snapshot.runs
        if first.silent[-1] is not None and other.silent[-1] is not None:
            gap = other.silent[-1] - first.silent[-1]
            effect = "little or no effect" if abs(gap) <= SMALL_EFFECT else "a difference that another seed may turn"
            units = f"{abs(round(gap * snapshot.num_units))} units {'more' if gap > 0 else 'fewer'} never fire"
            lines.append(f"{other.name} against {first.name}: {units}, {effect}.")
    return lines


def _dead_sentence(run: DeadUnitsRun, num_units: int) -> str:
    silent = run.silent[-1]
    if silent is None or run.stuck is None:
        return f"{run.name}: no numbers left to count after epoch {run.epochs[-1]}. {run.message}"
    accuracy = "" if run.train_accuracy is None else f", training accuracy {run.train_accuracy:.0%}"
    stuck = round(run.stuck * num_units)
    fate = " and cannot move" if stuck else ", so they can come back" if silent else ""
    return (
        f"{run.name}: {round(silent * num_units)} of {num_units} units never fire ({silent:.0%}), "
        f"{stuck} get no gradient at all{fate}{accuracy}. {run.message}"
    ).strip()
