"""Sentences about a run."""

import math
import re
import shlex

from playground.config import Config
from playground.engine import View
from playground.fields import SPECS
from playground.jobs.training.snapshot import TrainingSnapshot
from playground.jobs.training.survivors import survivors, survivors_sentence
from playground.parsing import value_text
from playground.rules import unused_fields

MAX_NAMED = 3  # changed fields in one sentence
STEPS_FOR_SPEED = 100  # before that, a speed says how long the first step took


def command_line(config: Config) -> str:
    """The command that repeats a run."""
    fields = [f"{name}={value_text(value)}" for name, value in config.changes().items()]
    return shlex.join(["python", "-m", "playground", "train", *fields])


def state_line(seen: View, snapshot: TrainingSnapshot | None) -> str:
    """One line about where the run is."""
    if seen.place is not None:
        return waiting_line(seen)
    if snapshot is None:
        return "Getting ready ..." if seen.status in ("queued", "running", "paused") else "No run yet."
    where = f"epoch {snapshot.epoch:,} of {snapshot.num_epochs:,}, step {snapshot.step:,}"
    if seen.status == "running":
        left = "" if seen.left is None else f", about {duration(seen.left)} left"
        return f"Training: {where}{left}."
    if seen.status == "paused":
        return "Ready: press Train." if snapshot.step == 0 else f"Paused at {where}."
    if seen.status == "finished":
        return f"Finished after {snapshot.step:,} steps in {duration(snapshot.seconds)} of computing."
    if seen.status == "stopped":
        return f"Stopped at {where}."
    return f"Ended in epoch {snapshot.epoch:,} of {snapshot.num_epochs:,}."


def waiting_line(seen: View) -> str:
    """Where in the queue a job is, and for how long if that can be told."""
    left = "" if seen.wait is None else f", about {duration(seen.wait)} to go"
    return f"Waiting for a free place: number {seen.place} in the queue{left}."


def machine_line(snapshot: TrainingSnapshot) -> str:
    """What computes, and how fast."""
    device = "GPU" if snapshot.device == "cuda" else snapshot.device.upper()
    is_measured = snapshot.step >= STEPS_FOR_SPEED and snapshot.steps_per_second
    speed = f", {snapshot.steps_per_second:,.0f} steps a second" if is_measured else ""
    return f"{snapshot.num_parameters:,} parameters on the {device}{speed}"


def best(snapshot: TrainingSnapshot) -> str:
    """The best epoch in one sentence."""
    accuracy, loss, epoch = (snapshot.best.get(name) for name in ("val_accuracy", "val_loss", "epoch"))
    if loss is None or epoch is None or snapshot.epoch == epoch == 0:
        return "Best: none yet."
    value = f"loss {loss:.3g}" if accuracy is None else f"loss {loss:.3g}, accuracy {accuracy:.1%}"
    where = f"epoch {epoch:.0f}" if epoch else "before the first step"
    return f"Best: {where}, validation {value}."


def kept_line(snapshot: TrainingSnapshot) -> list[str]:
    """Whose weights are shown, where a run that has ended went back to its best ones."""
    if not snapshot.kept:
        return []
    epoch = snapshot.kept["epoch"]
    whose = "each run's best epoch" if math.isnan(epoch) else f"epoch {epoch:.0f}, the best"
    return [f"Figures, answers and layers: weights of {whose}."]


def seeds_line(snapshot: TrainingSnapshot) -> list[str]:
    """What numbers and bands of several seeds are; nothing for one."""
    number = snapshot.config.num_seeds
    if number == 1:
        return []
    bands = "bands: one standard deviation to either side."
    if lost := survivors_sentence(snapshot.statuses):
        kept = len(survivors(snapshot.statuses))
        return [f"{lost[:-1]}; {bands}" if kept > 1 else lost if kept else f"{lost} Means of all, as far as all went."]
    return [f"Means of {number} runs; {bands}"]


def loss_text(loss: float) -> str:
    """A loss in so few digits that its figure is no wider than its label."""
    if not math.isfinite(loss):
        return "–"
    return f"{loss:.3g}" if abs(loss) >= 0.1 else f"{loss:.2g}"


def per_layer(ratio: float, num_layers: int) -> float:
    """Factor of one layer when that of all is `ratio`."""
    return ratio ** (1 / max(num_layers - 1, 1))


def number(value: float) -> str:
    """Three digits, without needless zeros; whole up to a million."""
    if value == 0 or 1e-3 <= abs(value) < 1e3:
        return f"{value:.3g}"
    if 1e3 <= abs(value) < 1e6:
        return f"{value:,.0f}"
    return re.sub(r"e([+-])0*", lambda found: f"e{found[1].strip('+')}", f"{value:.1e}")


def share_text(share: float) -> str:
    return f"{share:.1%}" if math.isfinite(share) else "–"


def duration(seconds: float) -> str:
    """Seconds as a person says them."""
    if seconds < 10:
        return f"{seconds:.1f} s"
    return f"{seconds:.0f} s" if seconds < 120 else f"{seconds / 60:.0f} min"


def changed_since(run_config: Config, config: Config, *, is_going: bool = False) -> str:
    """What a person changed since a run started, in one sentence; "" for nothing.

    Args:
        is_going: the run has not ended, and Train goes on with it.
    """
    if run_config == config:
        return ""
    idle = unused_fields(run_config).keys() & unused_fields(config).keys()
    changed = [name for name in SPECS if name not in idle and getattr(run_config, name) != getattr(config, name)]
    names = [SPECS[name].label for name in changed]
    if not names:
        return ""
    others = f" and {len(names) - MAX_NAMED} more" if len(names) > MAX_NAMED else ""
    press = "Press Reset, then Train," if is_going else "Press Train"
    return f"Changed since this run: {', '.join(names[:MAX_NAMED])}{others}. {press} to see what it does."


def shown_network(config: Config) -> str:
    """Of which of several runs a picture is; "" where there is one."""
    return f" Of the first run, seed {config.seed}." if config.num_seeds > 1 else ""


def last_finite(snapshot: TrainingSnapshot) -> list[str]:
    """From where the figures of a run that has diverged are; nothing for any other."""
    if snapshot.diverged_at is None or snapshot.kept:
        return []
    figures = snapshot.present.get("step")
    if figures is None:
        return ["Figures: the last finite ones."]
    return [f"Figures and layers: step {figures:,.0f}, the last with finite numbers."]


def plain(text: str) -> str:
    """Text that came from outside, so that Markdown shows it as it is and loads nothing."""
    return re.sub(r"([!-/:-@\[-`{-~])", r"\\\1", text)
