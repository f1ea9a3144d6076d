"""`bench`: the figures that the design promises, measured now."""

from playground.cli.arguments import MAX_SHOWN, Arguments, UsageError, quoted
from playground.cli.command import Command, Outcome
from playground.cli.output import number, text_table
from playground.registry import did_you_mean


def run(arguments: Arguments) -> Outcome:
    """Measure the named groups, or everything; each figure against its baseline in the same run."""
    arguments.refuse_values()

    from playground.bench.figures import MEASUREMENTS, measure
    from playground.cli.threads import use_one_core

    for word in arguments.words:
        if word not in MEASUREMENTS:
            raise UsageError(f"group: unknown group {quoted(word)}. {did_you_mean(word[:MAX_SHOWN], MEASUREMENTS)}")
    use_one_core()
    figures = list(measure(arguments.words))
    rows = [
        [figure.name, figure.value, figure.unit, figure.baseline, number(figure.ratio), figure.goal]
        for figure in figures
    ]
    text = text_table(["figure", "value", "unit", "baseline", "ratio", "goal"], rows) if rows else "No figures."
    return Outcome({figure.name: figure.to_json() for figure in figures}, text)


def details() -> str:
    from playground.bench.figures import MEASUREMENTS

    return f"\nGroups: {', '.join(MEASUREMENTS)}. `load` plays a class of thirty and takes most of the time."


COMMAND = Command(
    name="bench",
    usage="[GROUP ...] [--json FILE]",
    about="Measures speed and memory against their baselines, everything in about four minutes; "
    "groups such as: bench step engine.",
    run=run,
    details=details,
    takes_config=False,
)
