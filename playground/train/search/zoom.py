"""Coarse to fine: the space of the next stage of a search, around the best trials of the last one.

Source: Stanford CS231n, Training neural networks, hyperparameter search: few epochs over wide ranges first, then longer
runs over narrow ones, https://cs231n.github.io/neural-networks-3/#hyper
"""

import math
from collections.abc import Mapping, Sequence
from dataclasses import replace

from playground.fields import LONGEST_RUN, SPECS
from playground.spec import listed, number_text
from playground.train.search.axis import LOG, Axis
from playground.train.search.border import HIGH, LOW, NONE
from playground.train.search.condition import kept_conditions
from playground.train.search.space import checked_space
from playground.train.search.trials import Trial
from playground.train.search.verdict import borders

WIDTH = 1 / 3  # of an axis that is kept, and what is added beyond an end
FEW = 5  # best trials, whose middle is the new centre; the best one alone may be so by chance
BEST_PART = 3  # the best third of the trials says which choices stay
LEAST_CHOICES = 2
LONGER = 3  # times as many epochs
DIGITS = 3
LOSS_ALIKE = 0.02  # losses nearer than this part of them are alike
MARGIN = 0.02  # of an axis, beyond a trial that is held


def zoomed(
    space: Sequence[Axis], trials: Sequence[Trial], ends: Mapping[str, str] | None = None, *, num_val: int = 0
) -> tuple[Axis, ...]:
    """The space with a third of each range, around the best trials; beyond an end up to which scores rise.

    A range is wider where it must be to hold the best trial of each method that chance alone may have put behind the
    best of all. Choices that none of the best third of the trials has made are left out, as long as two stay, and with
    them what depends on them alone.

    Args:
        ends: field -> "low", "high" or "none", of `borders`, which need scipy; None: found here.
        num_val: samples that an accuracy was measured on; 0: nothing is known of its chance.
    """
    best = sorted((trial for trial in trials if trial.score), key=lambda trial: trial.score or (), reverse=True)
    if not best:
        return tuple(space)
    ends = borders(space, trials) if ends is None else ends
    alike = _alike(best, num_val)
    return checked_space(
        kept_conditions(
            [
                _kept_choices(axis, best) if axis.choices else _range(axis, best, ends.get(axis.field, NONE), alike)
                for axis in space
            ]
        )
    )


def longer(num_epochs: int) -> int:
    """Epochs of each trial of the next stage."""
    return min(LONGER * num_epochs, LONGEST_RUN)


def zoom_sentence(name: str, before: Sequence[Axis], after: Sequence[Axis], num_epochs: int) -> str:
    """What the zoom did, for a person.

    Args:
        name: of the finer search, at the start of the sentence.
    """
    kept = {axis.field: axis for axis in after}
    changes = [_change(old, kept.get(old.field)) for old in before if old != kept.get(old.field)]
    return f"{name} {listed([*changes, f'trains {num_epochs} epochs'])}."


def _alike(best: Sequence[Trial], num_val: int) -> list[Trial]:
    """The best trial of each method that is within one standard error of the best of all; none for a single method."""
    of_methods = list({trial.method: trial for trial in reversed(best)}.values())
    top = max(trial.val_accuracy or 0.0 for trial in best)
    error = max(math.sqrt(top * (1 - top) / num_val), 1 / num_val) if num_val else 0.0
    if best[0].val_accuracy is None:
        least = min(trial.val_loss or 0.0 for trial in best)
        alike = [trial for trial in of_methods if (trial.val_loss or 0.0) <= least * (1 + LOSS_ALIKE)]
    else:
        alike = [trial for trial in of_methods if (trial.val_accuracy or 0.0) >= top - error]
    return alike if len(alike) > 1 else []


def _range(axis: Axis, best: Sequence[Trial], end: str, alike: Sequence[Trial]) -> Axis:
    few = [share for trial in best if (share := axis.share_in(trial.params)) is not None][:FEW]
    if not few:
        return axis
    shares = sorted(few)
    centre = min(max(shares[len(shares) // 2], WIDTH / 2), 1 - WIDTH / 2)
    first, last = centre - WIDTH / 2, centre + WIDTH / 2
    if end == HIGH:
        first, last = 1 - WIDTH, 1 + WIDTH
    elif end == LOW:
        first, last = -WIDTH, WIDTH
    held = [share for trial in alike if (share := axis.share_in(trial.params)) is not None]
    first = min([first, *(max(share - MARGIN, 0.0) for share in held)])
    last = max([last, *(min(share + MARGIN, 1.0) for share in held)])
    low, high = _value(axis, first), _value(axis, last)
    return replace(axis, low=low, high=high) if low < high else axis


def _value(axis: Axis, share: float) -> float:
    """The value at a share that may lie beyond the axis, in few digits, within the field's bounds."""
    spec = SPECS[axis.field]
    if axis.scale == LOG:
        value = axis.low * (axis.high / axis.low) ** share
    else:
        value = axis.low + share * (axis.high - axis.low)
    if spec.is_whole:
        value = round(value)
    else:
        size = value if axis.scale == LOG else WIDTH * (axis.high - axis.low)
        value = round(value, DIGITS - 1 - math.floor(math.log10(size)))
    return min(max(value, spec.low or 0), spec.high or math.inf)


def _kept_choices(axis: Axis, best: Sequence[Trial]) -> Axis:
    best = [trial for trial in best if axis.field in trial.params]
    ranked = list(dict.fromkeys(trial.params[axis.field] for trial in best))
    of_best_part = {trial.params[axis.field] for trial in best[: -(-len(best) // BEST_PART)]}
    kept = of_best_part | set(ranked[:LEAST_CHOICES])
    return replace(axis, choices=tuple(name for name in axis.choices if name in kept)) if len(kept) > 1 else axis


def _change(old: Axis, new: Axis | None) -> str:
    label = SPECS[old.field].spoken
    if new is None:
        return f"leaves out {label}"
    if new.choices:
        rows = SPECS[new.field].table
        names = [rows[name].label if rows else name for name in new.choices]
        return f"keeps {listed(names)} of {label}"
    if (old.low, old.high) == (new.low, new.high):
        return f"tries {label} always"
    ends = f"between {number_text(new.low)} and {number_text(new.high)}"
    if new.high > old.high or new.low < old.low:
        side = "upper" if new.high > old.high else "lower"
        return f"goes beyond the {side} end of {label} to {ends}"
    return f"narrows {label} to {ends}"
