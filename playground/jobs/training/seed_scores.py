"""SeedScores: how the seeds of a run ended, small enough to keep until a later run is compared with it."""

import math
from collections.abc import Mapping
from dataclasses import asdict, dataclass
from typing import Any

from playground.catalog import LOSSES
from playground.config import Config
from playground.fields import SPECS
from playground.parsing import value_text
from playground.rules import unused_fields
from playground.spec import Spec, listed, number_text
from playground.train.ending import DIVERGED

MAX_NAMED = 3  # settings that tell two runs apart in one sentence
LUCK = ("seed", "num_seeds", "device")  # settings that change nothing but chance


@dataclass(frozen=True)
class SeedScores:
    """What a comparison needs of a run that has ended.

    Args:
        config: of the run.
        scores: final validation accuracy of each seed, validation loss in regression; None: it diverged. Those of the
            weights that a run ends with; the best epoch's, where keep_best asks for them, are the best by luck in part.
    """

    config: Config
    scores: tuple[float | None, ...]

    @classmethod
    def of_result(cls, result: Mapping[str, Any]) -> "SeedScores":
        """From what `train --json` writes, of one run or of several seeds.

        Raises:
            ValueError: if it is no such result; ConfigError if its config is none.
        """
        try:
            config = Config.parse(result["config"])
            runs = [(run.get("status"), run["final"]) for run in result.get("runs", [result])]
            scores = [
                None if status == DIVERGED or final["val_loss"] is None else final[score_name(config)]
                for status, final in runs
            ]
        except (KeyError, TypeError, AttributeError):
            raise ValueError("it is not a result of train") from None
        if any(type(score) not in (int, float, type(None)) for score in scores):
            raise ValueError("its scores are no numbers")
        return cls(config, tuple(score if score is not None and math.isfinite(score) else None for score in scores))


def score_name(config: Config) -> str:
    """Name of the score in the `final` of a result."""
    return "val_accuracy" if config.is_classification else "val_loss"


def why_not_comparable(earlier: SeedScores, config: Config) -> str:
    """Why runs of this Config cannot be compared with the earlier ones, in one sentence; "" where they can."""
    before = earlier.config
    if before.dataset != config.dataset:
        ours, theirs = (_named("dataset", each).removeprefix("data set ") for each in (config, before))
        return f"The data sets must be the same, but these are {ours} and {theirs}."
    if not config.is_classification and before.loss != config.loss:
        return f"The losses must be the same, but these are {_value('loss', config)} and {_value('loss', before)}."
    if len(earlier.scores) < 2:
        return "The earlier run must be of several seeds, but it is of one: train it with num_seeds=5."
    if config.num_seeds < 2:
        return "This run must be of several seeds, but it is of one: add num_seeds=5."
    return "" if differing(before, config) else "The settings must differ, but these are the same."


def differing(before: Config, config: Config) -> list[str]:
    """Fields that differ and have an effect; the seed only when nothing else does."""
    idle = unused_fields(before).keys() & unused_fields(config).keys()
    fields = [name for name in SPECS if name not in idle and getattr(before, name) != getattr(config, name)]
    return [name for name in fields if name not in LUCK] or [name for name in fields if name == "seed"]


def is_another_setting(before: Config, config: Config) -> bool:
    """Whether more than chance is different."""
    return before.dataset == config.dataset and not {*differing(before, config)} <= {*LUCK}


def against(earlier: SeedScores, scores: SeedScores) -> dict[str, Any]:
    """The comparison as `train --json` writes it; needs scipy."""
    from playground.train.seed_noise import seed_noise

    config = scores.config
    loss, is_share = LOSSES[config.loss], config.is_classification
    found = seed_noise(
        earlier.scores,
        scores.scores,
        names=names(earlier.config, config),
        what=f"final validation {'accuracy' if is_share else 'loss'}",
        unit=f"({loss.unit})",
        is_share=is_share,
    )
    return {"score": score_name(config), "fields": differing(earlier.config, config), **asdict(found)}


def names(before: Config, config: Config) -> tuple[str, str]:
    """What to call the two settings after "with"."""
    fields = differing(before, config)
    if len(fields) > MAX_NAMED:
        return "the settings before", "these settings"
    first, second = (listed([_named(name, each) for name in fields]) for each in (before, config))
    return first, second


def _named(name: str, config: Config) -> str:
    return f"{SPECS[name].spoken} {_value(name, config)}"


def _value(name: str, config: Config) -> str:
    spec: Spec = SPECS[name]
    value = getattr(config, name)
    if isinstance(value, bool):
        return "on" if value else "off"
    if spec.table is not None:
        return ", ".join(spec.table[row].label for row in value) if spec.is_sequence else spec.table[value].label
    return number_text(value) if isinstance(value, float) else value_text(value)
