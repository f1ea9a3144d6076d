"""`bench`: the figures that the design promises, measured now."""

from playground.cli.arguments import Arguments
from playground.cli.command import Command, Outcome
from playground.cli.output import number, text_table


def run(arguments: Arguments) -> Outcome:
    """Measure everything, each figure against its baseline in the same run."""
    arguments.refuse_words()
    arguments.refuse_values()

    from playground.bench.figures import measure_all
    from playground.cli.threads import use_one_core

    use_one_core()
    figures = list(measure_all())
    rows = [
        [figure.name, figure.value, figure.unit, figure.baseline, number(figure.ratio), figure.goal]
        for figure in figures
    ]
    text = text_table(["figure", "value", "unit", "baseline", "ratio", "goal"], rows)
    return Outcome({figure.name: figure.to_json() for figure in figures}, text)


COMMAND = Command(
    name="bench",
    usage="[--json FILE]",
    about="Measures speed and memory against their baselines; takes about half a minute.",
    run=run,
    takes_config=False,
)
