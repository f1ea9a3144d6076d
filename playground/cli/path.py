"""`path`: the way of one optimizer on a surface of two coordinates."""

import sys
from typing import Any

from playground.cli.arguments import Arguments, UsageError
from playground.cli.command import Command, Outcome
from playground.cli.output import number

REQUIRED = "surface"


def run(arguments: Arguments) -> Outcome:
    """Walk, and give every point."""
    from playground.cli.given import given_values, name_unused
    from playground.jobs.paths.job import PathsJob
    from playground.jobs.paths.settings import SHARED, SURFACE_NUMBERS, USUAL, PathSettings

    own = (REQUIRED, "steps", "start", *sorted(SURFACE_NUMBERS))
    given = given_values(arguments, own=own)
    if REQUIRED not in given:
        raise UsageError(f"{REQUIRED}: needs a value, such as {REQUIRED}=quadratic. {_known()}")
    # In a file or a link, noise and seed are those of the data.
    given = {name: value for name, value in given.items() if name not in SURFACE_NUMBERS or name in arguments.values}
    optimizer = _optimizer(given)
    rates = SHARED if "learning_rate" in given else USUAL
    settings = PathSettings.parse({**given, "optimizers": optimizer, "rates": rates})
    config = settings.config_of(optimizer)
    name_unused(config, arguments, given, _unused(settings, config))

    from playground.cli.run_job import run_job

    path = run_job(PathsJob(settings)).paths[0]
    if path.status != "finished":
        print(f"{path.status}: left the range of floats after {len(path.points) - 1} steps.", file=sys.stderr)
    result = {
        "points": path.points.tolist(),
        "values": path.values.tolist(),
        "learning_rate": config.learning_rate,
        "status": path.status,
    }
    return Outcome(result, summary(settings.surface, optimizer, result))


def _optimizer(given: dict[str, Any]) -> str:
    """The chosen row's name; only the optimizer's own field is looked at."""
    from playground.config import Config
    from playground.fields import SPECS
    from playground.parsing import checked_value

    default = Config.model_fields["optimizer"].default
    return checked_value("optimizer", SPECS["optimizer"], default, given.get("optimizer", default))


def _unused(settings: Any, config: Any) -> dict[str, str]:
    """Config fields without effect on this path, each with the reason."""
    from playground.catalog import SCHEDULES
    from playground.fields import SPECS
    from playground.jobs.paths.settings import PATH_FIELDS
    from playground.rules import unused_fields

    reasons = unused_fields(config)
    own = {name for name, _ in settings.numbers}
    of_schedules = {name for row in SCHEDULES.values() for name in row.uses}
    has_reason = reasons.keys() & {*PATH_FIELDS, *of_schedules}
    return {
        name: reasons[name] if name in has_reason else "A path on this surface does not read it."
        for name in SPECS
        if name not in settings.read_fields and name not in own
    }


def summary(surface: str, optimizer: str, result: dict[str, Any]) -> str:
    """First, last and lowest point."""
    values = result["values"]
    lowest = min(range(len(values)), key=values.__getitem__)
    shown = {0: "start", lowest: "lowest", len(values) - 1: "last"}
    lines = [f"{optimizer} on {surface}, learning_rate={result['learning_rate']:g}: {result['status']}", ""]
    lines += [
        f"{shown[step].ljust(6)}  step {step}: x={number(result['points'][step][0])}, "
        f"y={number(result['points'][step][1])}, f={number(values[step])}"
        for step in sorted(shown)
    ]
    return "\n".join(lines)


def _known() -> str:
    from playground.catalog import SURFACES

    return f"Known: {', '.join(SURFACES)}."


def details() -> str:
    from playground.catalog import SURFACES
    from playground.cli.field_help import as_text, field_lines
    from playground.config import Config
    from playground.fields import SPECS
    from playground.jobs.paths.settings import PATH_FIELDS, PATH_SPECS, number_spec

    lines = ["", "Surfaces, with their own parameters:"]
    for row in SURFACES.values():
        own = " ".join(f"{p.name}={as_text(p.default)}" for p in row.parameters)
        lines.append(f"  {row.name}  start={as_text(row.start)}  {own}".rstrip())
    parameters = {p.name: p for row in SURFACES.values() for p in row.parameters}
    lines += [line for p in parameters.values() for line in field_lines(p.name, number_spec(p), p.default)]
    lines += ["", "Fields:", *field_lines("steps", PATH_SPECS["steps"], 100)]
    for name in ("optimizer", *PATH_FIELDS):
        lines += field_lines(name, SPECS[name], Config.model_fields[name].default)
    return "\n".join(lines)


COMMAND = Command(
    name="path",
    usage="surface=NAME [optimizer=NAME] [learning_rate=X] [momentum=X] [beta2=X] [schedule=NAME] [steps=100] "
    "[start=x,y] [kappa=100 ...] [--json FILE]",
    about="Walks an optimizer over a surface of two coordinates, in float64, such as: path surface=rosenbrock.",
    run=run,
    details=details,
)
