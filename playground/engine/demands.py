"""What a job demands, against what one engine allows it."""

from collections.abc import Iterator, Mapping
from dataclasses import fields, is_dataclass

from playground.config import Config
from playground.engine.limits import Limits
from playground.engine.view import EngineFull
from playground.fields import SPECS
from playground.jobs.job import Job
from playground.parsing import ConfigError
from playground.settings import SETTINGS
from playground.size import num_layers, num_parameters
from playground.train.search.axis import Axis


def refuse_too_much(job: Job, limits: Limits) -> None:
    """Raises EngineFull when a Config of the job, or the farthest end of an axis that it searches, exceeds a limit."""
    for config in configs_of(job):
        for name, came in demands_of(config).items():
            limit = getattr(limits, name)
            if came > limit:
                raise EngineFull(SETTINGS[name].refusal(limit, came))


def demands_of(config: Config) -> dict[str, int]:
    """Setting -> how much of it the Config takes; num_parameters is counted last, it takes longest."""
    return {
        "max_samples": config.num_samples,
        "max_epochs": config.num_epochs,
        "max_layers": num_layers(config),
        "max_parameters": config.num_seeds * num_parameters(config),
    }


def configs_of(job: object) -> Iterator[Config]:
    """Every Config in a job, wherever it keeps it, and what becomes of it along each axis alone."""
    found = list(_parts(job))
    axes = [part for part in found if isinstance(part, Axis) and part.field in SPECS]
    for config in [part for part in found if isinstance(part, Config)]:
        yield config
        for axis in axes:
            for value in axis.choices or (axis.high,):
                try:
                    yield config.replace(**{axis.field: value})
                except ConfigError:
                    continue  # such a trial is refused where it is made


def _parts(value: object) -> Iterator[object]:
    """The value and everything inside it, but for the numbers and texts of a sequence, which may be long."""
    yield value
    inner: list[object] = []
    if is_dataclass(value):
        inner = [getattr(value, field.name) for field in fields(value)]
    elif isinstance(value, Mapping):
        inner = list(value.values())
    elif isinstance(value, list | tuple):
        inner = [part for part in value if not isinstance(part, int | float | str)]
    for part in inner:
        yield from _parts(part)
