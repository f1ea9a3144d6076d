"""How a run ends, and what is said then."""

import math
from collections.abc import Sequence

from playground.config import Config
from playground.train.history import History

RUNNING, FINISHED, DIVERGED, STOPPED = "running", "finished", "diverged", "stopped"
CUT = "cut"  # by the stop rule of a search
ADVICE = "Try a ten times smaller learning rate, gradient clipping or normalization."
DIVERGED_FACTOR = 1000  # a loss this many times the first one (or 1) will not come back


def highest_loss(first_loss: float) -> float:
    """A loss above this one has diverged, where the run began with first_loss."""
    return DIVERGED_FACTOR * max(first_loss, 1.0)


def trouble(step: int, loss: float, highest: float, layer: str = "") -> str:
    """A sentence if a loss shows that the run has diverged, else "".

    Args:
        layer: name of the first layer with numbers that are not finite; "" where nobody looked.
    """
    if not math.isfinite(loss):
        return f"Diverged at step {step}: the loss is no longer finite.{_began_in(layer)}"
    if loss > highest:
        return f"Diverged at step {step}: the loss grew to {loss:.3g}."
    return ""


def gradient_trouble(step: int, layer: str = "") -> str:
    """The sentence for a gradient whose norm is no finite number: what the optimizer makes of it is no step downhill.

    Clipped, it would be scaled to 0, and the run would stand still for ever.
    """
    return f"Diverged at step {step}: the gradient is no longer finite.{_began_in(layer)}"


def _began_in(layer: str) -> str:
    return f" It began in the layer {layer}." if layer else ""


def if_diverged(why: str) -> tuple[str, str]:
    """Status and message of a run, from the sentence that says why it has diverged, "" where it has not."""
    return (DIVERGED, f"{why} {ADVICE}") if why else (RUNNING, "")


def outcome(config: Config, history: History, why: str, cut_above: float) -> tuple[str, str]:
    """Status and message of a run after an epoch, the last row of its history.

    Args:
        why: it has diverged, in a sentence, else "".
        cut_above: as of a Trainer.
    """
    step, epoch = int(history.last("step")), int(history.last("epoch"))
    waited = epoch - int(history.column("epoch")[history.best_row])
    if why:
        return if_diverged(why)
    if is_cut(history.column("train_loss"), cut_above):
        return CUT, cut_at(step, cut_above)
    if epoch == config.num_epochs:
        return FINISHED, ""
    if config.early_stopping and waited >= config.early_stopping:
        return STOPPED, stopped_early(waited)
    return RUNNING, ""


def is_cut(losses: Sequence[float], cut_above: float) -> bool:
    """Whether the last training loss is above so many times the first, or is no number; 0 cuts nothing.

    Source: Stanford CS231n, Training neural networks: loss above 3 times the original one, stop the trial early.
    """
    return cut_above > 0 and not losses[-1] <= cut_above * losses[0]  # NaN > 3 is false, and would let it go on


def cut_at(step: int, cut_above: float) -> str:
    return f"Cut at step {step}: the training loss grew above {cut_above:g} times its start."


def stopped_at(step: int) -> str:
    return f"Stopped at step {step}."


def stopped_early(waited: int) -> str:
    return f"Stopped early: no better validation loss for {waited} epochs."
