"""How results leave the command line: strict JSON, or aligned text."""

import json
import math
import os
import sys
from collections.abc import Mapping, Sequence
from pathlib import Path

from playground.cli.arguments import UsageError, quoted

STANDARD_OUTPUT = "-"


def strict(value: object) -> object:
    """The value with everything that JSON does not know (NaN, infinities) as None, and tuples as lists."""
    if isinstance(value, float):
        return value if math.isfinite(value) else None
    if isinstance(value, Mapping):
        return {str(name): strict(entry) for name, entry in value.items()}
    if isinstance(value, Sequence) and not isinstance(value, str):
        return [strict(entry) for entry in value]
    return value


def check_writable(path: str) -> None:
    """Find out before the work whether its result can be written.

    Raises:
        UsageError: if not.
    """
    file = Path(path)
    if path == STANDARD_OUTPUT or (file.exists() and not file.is_file() and not file.is_dir()):
        return  # a pipe or a device says so when it is written
    existed = file.exists()
    try:
        file.open("ab").close()
        if not existed:
            file.unlink()
    except (OSError, ValueError) as error:
        raise _refusal(path, error) from None


def as_json(data: Mapping[str, object]) -> str:
    """Strict JSON in one line."""
    return json.dumps(strict(data), allow_nan=False)


def write_json(path: str, data: Mapping[str, object]) -> None:
    """Write strict JSON into a file.

    Raises:
        UsageError: if it cannot be written.
    """
    try:
        Path(path).write_text(as_json(data) + "\n", encoding="ascii")
    except OSError as error:
        raise _refusal(path, error) from None


def write_out(text: str) -> None:
    """Write text and a line end to standard output.

    Raises:
        BrokenPipeError: if its reader has gone.
        UsageError: if it cannot be written otherwise, such as to a full disk.
    """
    try:
        print(text, flush=True)
    except OSError as error:
        os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())  # else Python complains once more at its end
        if isinstance(error, BrokenPipeError):
            raise
        raise UsageError(f"standard output: cannot be written: {error.strerror or error}.") from None


def _refusal(path: str, error: Exception) -> UsageError:
    reason = getattr(error, "strerror", None) or str(error)
    return UsageError(f"--json: cannot write {quoted(path)}: {reason}. Give a file in an existing folder, or -.")


def number(value: object) -> str:
    """A number in four significant digits, "-" where there is none."""
    if value is None:
        return "-"
    return f"{value:.4g}" if isinstance(value, float) else str(value)


def text_table(header: Sequence[str], rows: Sequence[Sequence[object]]) -> str:
    """Aligned columns, the first one to the left and the others to the right."""
    lines = [list(header), *([number(cell) for cell in row] for row in rows)]
    widths = [max(len(line[column]) for line in lines) for column in range(len(header))]
    return "\n".join(
        "  ".join(cell.ljust(width) if not column else cell.rjust(width) for column, (cell, width) in enumerate(pairs))
        for pairs in (list(zip(line, widths, strict=True)) for line in lines)
    )
