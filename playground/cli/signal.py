"""`signal`: what flows through a network that has not been trained."""

from typing import Any

from playground.cli.arguments import Arguments
from playground.cli.command import Command, Outcome
from playground.cli.output import text_table

COLUMNS = ("mean", "std", "saturated", "dead", "grad_norm")


def run(arguments: Arguments) -> Outcome:
    """One pass forward and back at initialization."""
    from playground.cli.given import given_values, name_unused
    from playground.jobs.signal.job import SIGNAL_SPECS, SignalJob

    values = given_values(arguments, own=SIGNAL_SPECS)
    job = SignalJob.parse(values)
    name_unused(job.config, arguments, values, job.unused_fields())

    from playground.cli.run_job import run_job

    result = run_job(job).result
    return Outcome(result, summary(result))


def summary(result: dict[str, Any]) -> str:
    """A row for each hidden layer."""
    rows = [[layer["name"], *(layer[column] for column in COLUMNS)] for layer in result["layers"]]
    return (
        f"At initialization, {result['samples']} samples, input={result['input']}\n\n{text_table(['', *COLUMNS], rows)}"
    )


def details() -> str:
    from playground.cli.field_help import field_lines, fields_help
    from playground.jobs.signal.job import SIGNAL_SPECS, SignalJob

    own = [line for name, spec in SIGNAL_SPECS.items() for line in field_lines(name, spec, getattr(SignalJob, name))]
    return "\n".join(["", *own, fields_help()])


COMMAND = Command(
    name="signal",
    usage="[KEY=VALUE ...] [samples=1000] [width=500] [depth=10] [input=normal|data] [--json FILE]",
    about="Mean, spread, saturation and gradient of each hidden layer before training; width and depth replace "
    "hidden_sizes.",
    run=run,
    details=details,
)
