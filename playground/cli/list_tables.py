"""`list`: the tables and their rows."""

from playground.catalog import TABLES
from playground.cli.arguments import MAX_SHOWN, Arguments, UsageError, quoted
from playground.cli.command import Command, Outcome
from playground.registry import Row, Table, did_you_mean

SHOWN = ("name", "label", "formula", "about", "source")


def run(arguments: Arguments) -> Outcome:
    """All tables, or the one that is named."""
    arguments.refuse_values()
    if len(arguments.words) > 1:
        raise UsageError(f"table: one at most, but {len(arguments.words)} came: {quoted(' '.join(arguments.words))}.")
    for name in arguments.words:
        if name not in TABLES:
            raise UsageError(f"table: unknown table {quoted(name)}. {did_you_mean(name[:MAX_SHOWN], TABLES)}")
    tables = [TABLES[name] for name in arguments.words or TABLES]
    data = {table.name: [{field: getattr(row, field) for field in SHOWN} for row in table.values()] for table in tables}
    return Outcome(data, "\n\n".join(map(_as_text, tables)))


def _as_text(table: Table[Row]) -> str:
    width = max(map(len, table))
    lines = [f"  {row.name.ljust(width)}  {row.about}" for row in table.values()]
    return "\n".join([f"{table.name}: {table.about}", *lines])


COMMAND = Command(
    name="list",
    usage="[TABLE]",
    about="Shows what there is to choose from.",
    run=run,
    details=lambda: f"\nTables: {', '.join(TABLES)}.",
    takes_config=False,
)
