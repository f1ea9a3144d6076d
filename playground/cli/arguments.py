"""Arguments: the words of a command line, sorted; nothing is understood yet."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass

from playground.registry import MAX_SHOWN, did_you_mean

OPTIONS = {"--json": "FILE", "--config": "FILE.json", "--link": "URL", "--against": "FILE.json"}  # each takes a value
HELP = ("--help", "-h")


class UsageError(ValueError):
    """A command line that cannot be followed; the message is one sentence."""


@dataclass(frozen=True)
class Arguments:
    """What came after the command.

    Args:
        words: without "=".
        values: KEY=VALUE pairs, as text.
        options: "--json" and the like, each with its value.
    """

    words: tuple[str, ...]
    values: Mapping[str, str]
    options: Mapping[str, str]

    def refuse_words(self) -> None:
        """Raises UsageError when a word came where only KEY=VALUE has a meaning."""
        for word in self.words:
            raise UsageError(f"{quoted(word)} is not KEY=VALUE, such as learning_rate=0.1.")

    def refuse_values(self, known: Iterable[str] = ()) -> None:
        """Raises UsageError for the first KEY that is not known."""
        for name in self.values:
            if not tuple(known):
                raise UsageError(f"{name[:MAX_SHOWN]}: this command takes no settings.")
            if name not in known:
                suggestion = did_you_mean(name[:MAX_SHOWN], dict.fromkeys(known))
                raise UsageError(f"{name[:MAX_SHOWN]}: there is no such field. {suggestion}")


def quoted(text: str) -> str:
    """A bad word as an error repeats it, cut to a bearable length."""
    return repr(text if len(text) <= MAX_SHOWN else f"{text[:MAX_SHOWN]}...")


def wants_help(argv: list[str]) -> bool:
    return any(word in HELP for word in argv)


def parse_arguments(argv: list[str], options: Iterable[str] = OPTIONS) -> Arguments:
    """Sort the words after a command.

    Args:
        options: those that the command takes.

    Raises:
        UsageError: for an unknown option, one without a value, or anything that is given twice.
    """
    words: list[str] = []
    values: dict[str, str] = {}
    given: dict[str, str] = {}
    rest = iter(argv)
    for word in rest:
        name, equals, value = word.partition("=")
        if name.startswith("-"):
            if name not in options:
                raise UsageError(_unknown_option(name, options))
            _put(given, name, value if equals else _next(rest, name))
        elif equals:
            _put(values, name, value)
        else:
            words.append(word)
    return Arguments(tuple(words), values, given)


def _put(given: dict[str, str], name: str, value: str) -> None:
    if name in given:
        raise UsageError(
            f"{name[:MAX_SHOWN]}: given twice, as {quoted(given[name])} and {quoted(value)}; give it once."
        )
    given[name] = value


def _next(rest: Iterable[str], name: str) -> str:
    value = next(iter(rest), None)
    if value is None:
        raise UsageError(f"{name}: needs a value, such as {name} {OPTIONS[name]}, but none came.")
    return value


def _unknown_option(name: str, options: Iterable[str]) -> str:
    hint = did_you_mean(name[:MAX_SHOWN], dict.fromkeys((*options, HELP[0])))
    return f"{quoted(name)}: there is no such option. {hint} Fields are given without dashes, as KEY=VALUE."
