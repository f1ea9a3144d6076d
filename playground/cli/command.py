"""Command: one word of the command line, and what it answers."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass, field

from playground.cli.arguments import Arguments


@dataclass(frozen=True)
class Outcome:
    """What a command found.

    Args:
        data: what `--json` writes; values that are not finite become null.
        text: what a person reads.
        was_interrupted: it is what there was at Ctrl-C.
    """

    data: dict[str, object]
    text: str
    was_interrupted: bool = False


@dataclass(frozen=True, kw_only=True)
class Command:
    """One command.

    Args:
        usage: its arguments, as the help shows them.
        about: one sentence.
        run: what it does; raises UsageError or ConfigError for bad input.
        details: more help, made when it is asked for.
        takes_config: whether --config and --link make sense.
        options: those of this command alone -> what they do.
    """

    name: str
    usage: str
    about: str
    run: Callable[[Arguments], Outcome]
    details: Callable[[], str] = str
    takes_config: bool = True
    options: Mapping[str, str] = field(default_factory=dict)
