"""Sentences about a signal on its way through a fresh network."""

import math
import shlex
from collections.abc import Sequence

from playground.catalog import ACTIVATIONS, INITIALIZERS
from playground.config import Config
from playground.jobs.initialization.symmetry import UnitDifferences
from playground.jobs.signal.job import SIGNAL_SPECS, SignalJob
from playground.jobs.signal.snapshot import LayerTheory, SignalSnapshot
from playground.jobs.signal.theory import how_far_theory_holds, why_no_theory
from playground.jobs.training.snapshot import Layer
from playground.ui.words import number, per_layer

VANISHED, SHRUNK, GROWN, EXPLODED = 1e-3, 0.1, 10.0, 1e3  # last layer's std over the first one's
ROUNDED = 1e-5  # largest difference between two weights that is nothing but rounding
MOSTLY_FLAT = 0.5  # share of saturated outputs


def verdict(signal: SignalSnapshot, config: Config) -> str:
    """What becomes of the signal, in one sentence of its numbers."""
    first, last = signal.layers[0].std, signal.layers[-1].std
    course = f"the standard deviation goes from {number(first)} to {number(last)}"
    if not math.isfinite(last):
        return f"**Explodes**: after {_finite_layers(signal)} layers the numbers are too large for the computer."
    if first == 0:
        return "**Carries nothing**: every sample gives the same output from the first layer on."
    if _is_flat(signal, config):
        share = f"{signal.layers[-1].saturated:.0%}"
        return f"**Saturates**: {share} of the last layer's outputs lie where the slope is nearly 0."
    ratio = last / first
    each = f", × {number(per_layer(ratio, len(signal.layers)) ** 2)} the variance in each layer"
    if ratio < VANISHED:
        return f"**Vanishes**: {course}{each}."
    if ratio < SHRUNK:
        return f"**Shrinks**: {course}{each}."
    if ratio > EXPLODED:
        return f"**Explodes**: {course}{each}."
    if ratio > GROWN:
        return f"**Grows**: {course}{each}."
    return f"**Holds**: {course}."


def backward_sentence(signal: SignalSnapshot) -> str:
    """What becomes of the gradient on its way back."""
    first, last = signal.backward[0].std, signal.backward[-1].std
    if not math.isfinite(first) or not math.isfinite(last):
        return "Backward: the gradients are too large for the computer, or not numbers at all."
    if last == 0 or first == 0:
        return "Backward: the gradient is exactly 0 in the first layer, so it learns nothing at first."
    factor = per_layer(first / last, len(signal.backward))
    return (
        f"Backward: the gradient's standard deviation goes from {number(last)} in the last layer to {number(first)} in "
        f"the first, × {number(factor)} a layer; the first layer gets {number(first / last)} of what the last one gets."
    )


def flat_sentence(signal: SignalSnapshot, config: Config) -> str:
    """Saturated outputs and dead units of the last layer."""
    layer, row = signal.layers[-1], ACTIVATIONS[config.activation]
    says = []
    if layer.saturated is not None:
        says.append(f"{layer.saturated:.0%} of its outputs saturated")
    if layer.dead is not None:
        what, where = ("filters", " at every position") if layer.name.startswith("conv") else ("units", "")
        says.append(f"{layer.dead:.0%} of its {what} dead, 0 for every sample{where}")
    return f"Last layer: {', '.join(says)}." if says else f"{row.label} neither saturates nor dies."


def theory_sentence(signal: SignalSnapshot, config: Config) -> str:
    """How far the layers are from the theory line, and what it takes for granted."""
    pairs = [
        (one.std, other.std)
        for one, other in zip(signal.layers, signal.theory, strict=False)
        if 0 < one.std < math.inf and 0 < other.std < math.inf
    ]
    if not pairs:
        return why_no_theory(config) or "No layer can be held against theory."
    off = max(max(a / b, b / a) for a, b in pairs)
    return f"Theory is off by a factor of at most {off:.2f} in any layer. {how_far_theory_holds(config)}"


def symmetry_sentences(runs: Sequence[UnitDifferences], labels: Sequence[str]) -> list[str]:
    """One sentence for each training that has begun."""
    return [_symmetry_sentence(run, label) for run, label in zip(runs, labels, strict=True) if run.steps]


def _symmetry_sentence(run: UnitDifferences, label: str) -> str:
    largest = max(run.differences)
    same = f"differ by up to {number(largest)}"
    if largest == 0:
        same = "are exactly equal throughout"
    elif not INITIALIZERS[run.initializer].draws:
        same = f"are equal but for rounding, {number(largest)} at most"
        if largest > ROUNDED:
            same = f"began equal, and rounding has driven them apart, by up to {number(largest)}"
    learnt = "" if run.val_accuracy is None else f", validation accuracy {run.val_accuracy:.1%}"
    return f"{label}: its units {same}; the layer's last gradient has norm {number(run.grad_norm or 0.0)}{learnt}."


def growth_sentence(signal: SignalSnapshot, label: str) -> str:
    """Mean square after the last residual block over that before the first, and the same by theory."""
    blocks = len(signal.layers) - 1
    measured, expected = (_growth(layers) for layers in (signal.layers, signal.theory))
    if math.isnan(measured):
        return f"{label}: nothing flows."
    closed = "" if math.isnan(expected) else f"; the closed form says × {number(expected)}"
    each = number(measured ** (1 / blocks))
    return f"{label}: mean square × {number(measured)} after {blocks} blocks, × {each} a block{closed}."


def _growth(layers: Sequence[Layer] | Sequence[LayerTheory]) -> float:
    """Mean square of the last layer over that of the first; NaN where there is none."""
    squares = [layer.mean**2 + layer.std**2 for layer in layers]
    return squares[-1] / squares[0] if squares and squares[0] else math.nan


def signal_command(job: SignalJob) -> str:
    """The command that prints a signal's numbers."""
    changed = {name: value for name, value in job.config.changes().items() if name != "hidden_sizes"}
    own = {name: getattr(job, name) for name in SIGNAL_SPECS}
    words = [f"{name}={value}" for name, value in {**changed, **own}.items()]
    return shlex.join(["python", "-m", "playground", "signal", *words])


def _is_flat(signal: SignalSnapshot, config: Config) -> bool:
    """Whether most outputs of a function that is flat at both ends lie there."""
    is_bounded = ACTIVATIONS[config.activation].saturates_above is not None
    return is_bounded and (signal.layers[-1].saturated or 0.0) > MOSTLY_FLAT


def _finite_layers(signal: SignalSnapshot) -> int:
    return sum(math.isfinite(layer.std) for layer in signal.layers)
