"""A progress bar on standard error, when that is a terminal."""

import shutil
import sys
from collections.abc import Iterator
from contextlib import contextmanager

BAR_WIDTH = 30


def is_watched() -> bool:
    return sys.stderr is not None and sys.stderr.isatty()


def bar(fraction: float, seconds_left: float | None) -> str:
    """Share done and time left, in one line."""
    filled = round(BAR_WIDTH * fraction)
    left = "" if seconds_left is None else f"  {duration(seconds_left)} left"
    return f"[{'#' * filled}{'.' * (BAR_WIDTH - filled)}] {fraction:4.0%}{left}"


def duration(seconds: float) -> str:
    """Such as "8 s" or "3 min 20 s"."""
    minutes, rest = divmod(round(seconds), 60)
    return f"{minutes} min {rest} s" if minutes else f"{rest} s"


def show(fraction: float, seconds_left: float | None) -> None:
    line = bar(fraction, seconds_left)[: shutil.get_terminal_size().columns - 1]
    sys.stderr.write(f"\r{line}\x1b[K")  # the escape clears to the end of the line
    sys.stderr.flush()


@contextmanager
def erased_at_the_end(watched: bool) -> Iterator[None]:
    """Leave the terminal's line empty, whatever happens."""
    try:
        yield
    finally:
        if watched:
            sys.stderr.write("\r\x1b[K")
            sys.stderr.flush()
