"""What a person chooses for paths on a surface, checked."""

import math
from collections.abc import Mapping
from dataclasses import dataclass
from functools import cached_property
from typing import Any

from playground.catalog import OPTIMIZERS, SCHEDULES, SURFACES
from playground.catalog.schedules import usual_step_size
from playground.catalog.surfaces import Parameter
from playground.config import Config
from playground.fields import LONGEST_RUN
from playground.parsing import ConfigError, checked_value, shown
from playground.spec import DATA, TRAINING, Spec

SHARED, USUAL, BEST = RATES = ("shared", "usual", "best")

PATH_SPECS = {
    "surface": Spec(group=DATA, table=SURFACES, label="Surface", help="The function whose minimum is looked for."),
    "optimizers": Spec(
        group=TRAINING, table=OPTIMIZERS, is_sequence=True, max_length=len(OPTIMIZERS), label="Optimizers",
        help="Which ones start together; three or four at once are easy to follow.",
    ),
    "rates": Spec(
        group=TRAINING, choices=RATES, label="Learning rates",
        help="One for all, each optimizer's usual one, or each its best one of a short sweep.",
    ),
    "steps": Spec(
        group=TRAINING, low=1, high=100_000, step=50, unit="steps", label="Steps",
        help="How many updates; 100 to 300 show most effects.",
    ),
}  # fmt: skip

# Config fields that a path reads, besides those that its schedule uses.
PATH_FIELDS = ("learning_rate", "momentum", "beta2", "epsilon", "weight_decay", "schedule", "warmup_fraction")
SURFACE_NUMBERS = {parameter.name for row in SURFACES.values() for parameter in row.parameters}
_DEFAULTS = {"surface": "quadratic", "optimizers": ("adam",), "rates": USUAL, "steps": 100}


@dataclass(frozen=True)
class PathSettings:
    """Paths of several optimizers from one start.

    Args:
        surface: row of SURFACES.
        numbers: the surface's own parameters, all of them, as (name, value).
        optimizers: rows of OPTIMIZERS.
        rates: which learning rates: "shared", "usual" or "best".
        steps: updates.
        start: (x, y).
        fields: Config fields that were given, as (name, value); the others take each optimizer's defaults.
    """

    surface: str
    numbers: tuple[tuple[str, float], ...]
    optimizers: tuple[str, ...]
    rates: str
    steps: int
    start: tuple[float, float]
    fields: tuple[tuple[str, Any], ...] = ()

    @classmethod
    def parse(cls, values: Mapping[str, Any]) -> "PathSettings":
        """Settings from PATH_SPECS, `start`, the surface's parameters and Config fields, text allowed.

        Raises:
            ConfigError: one sentence for each field that is wrong.
        """
        own = {name: checked_value(name, spec, _DEFAULTS[name], values.get(name, _DEFAULTS[name]))
               for name, spec in PATH_SPECS.items()}  # fmt: skip
        if not own["optimizers"]:
            raise ConfigError({"optimizers": f"choose at least one of {', '.join(OPTIMIZERS)}."})
        row = SURFACES[own["surface"]]
        _refuse_foreign_numbers(own["surface"], values)
        if own["rates"] == BEST and row.lowest is None:
            raise ConfigError({"rates": f"{row.name} has no minimum, so no learning rate is best on it. Use shared."})
        return cls(
            numbers=tuple((p.name, _number(p, values.get(p.name, p.default))) for p in row.parameters),
            start=start_of(values.get("start", row.start)),
            fields=tuple(
                (name, value) for name, value in values.items()
                if name in Config.model_fields and name not in SURFACE_NUMBERS
            ),
            **own,
        )._with_checked_configs()  # fmt: skip

    def _with_checked_configs(self) -> "PathSettings":
        for name in self.optimizers:
            self.config_of(name)
        return self

    def config_of(self, optimizer: str, **changes: Any) -> Config:
        """The Config of one optimizer; a step counts as an epoch.

        Raises:
            ConfigError: where its fields do not fit.
        """
        given = {**dict(self.fields), "optimizer": optimizer, "num_epochs": min(self.steps, LONGEST_RUN), **changes}
        if self.rates != SHARED and "learning_rate" not in changes:
            given.pop("learning_rate", None)
        config = Config.parse(given)
        if "step_size" in given:
            return config
        usual = usual_step_size(config.schedule, self.steps)  # also of a path beyond LONGEST_RUN
        return config.model_copy(update={"step_size": usual})

    @cached_property
    def read_fields(self) -> frozenset[str]:
        """Config fields that have a say here, whichever of the optimizers uses them."""
        schedule = SCHEDULES[self.config_of(self.optimizers[0]).schedule] if self.optimizers else None
        unused_by_all = {"momentum", "beta2", "epsilon"} - {
            name for key in self.optimizers for name in OPTIMIZERS[key].uses
        }
        return frozenset({"optimizer", *PATH_FIELDS, *(schedule.uses if schedule else ())} - unused_by_all)

    def window(self) -> tuple[float, float, float, float]:
        """Lowest and highest x, lowest and highest y of the picture: the surface's, grown about their middle."""
        x_low, x_high, y_low, y_high = SURFACES[self.surface].bounds
        middle, half = ((x_low + x_high) / 2, (y_low + y_high) / 2), ((x_high - x_low) / 2, (y_high - y_low) / 2)
        margin = 1.1
        grown = max(1, *(margin * abs(s - m) / h for s, m, h in zip(self.start, middle, half, strict=True)))
        (x, y), (a, b) = middle, (grown * half[0], grown * half[1])
        return x - a, x + a, y - b, y + b


def number_spec(parameter: Parameter) -> Spec:
    """A surface's parameter as a form and an error message read it."""
    return Spec(
        group=DATA,
        low=parameter.low,
        high=parameter.high,
        step=parameter.step,
        unit=parameter.unit,
        label=parameter.label,
        help=parameter.help,
        log_scale=parameter.log_scale,
    )


def _number(parameter: Parameter, value: Any) -> float:
    return checked_value(parameter.name, number_spec(parameter), parameter.default, value)


def _refuse_foreign_numbers(surface: str, values: Mapping[str, Any]) -> None:
    own = dict.fromkeys(parameter.name for parameter in SURFACES[surface].parameters)
    for name in values:
        if name in SURFACE_NUMBERS - own.keys() - Config.model_fields.keys():  # noise and seed are those of data, too
            known = f"Its own: {', '.join(own)}." if own else "It has none."
            raise ConfigError({name: f"the surface {surface} has no such parameter. {known}"})


def start_of(value: Any) -> tuple[float, float]:
    """The start as it came: two numbers, or text such as "1,0.5".

    Raises:
        ConfigError: with one sentence.
    """
    try:
        entries = value.split(",") if isinstance(value, str) else value
        x, y = (float(entry) for entry in entries)
        if not (math.isfinite(x) and math.isfinite(y)) or any(isinstance(entry, bool) for entry in entries):
            raise ValueError
    except (ValueError, TypeError, OverflowError):
        raise ConfigError({"start": f"must be two numbers x,y such as 1,0.5, but {shown(value)} came."}) from None
    return x, y
