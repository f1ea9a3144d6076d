"""main: one command line, from its words to an exit status."""

import contextlib
import sys

from playground.cli import bench, list_tables, path, search, signal, train
from playground.cli.arguments import MAX_SHOWN, OPTIONS, UsageError, parse_arguments, quoted, wants_help
from playground.cli.command import Command
from playground.cli.output import STANDARD_OUTPUT, as_json, check_writable, write_json, write_out
from playground.registry import did_you_mean

COMMANDS = {module.COMMAND.name: module.COMMAND for module in (list_tables, train, signal, path, search, bench)}

CONFIG_OPTIONS = {
    "--config": "take fields from a JSON object, or from what `train --json` wrote.",
    "--link": "take fields from a link of the app. KEY=VALUE overrides both.",
}

DONE, FAILED, BAD_INPUT, INTERRUPTED = 0, 1, 2, 130
CLOSED_PIPE = 141  # what a shell reports for a program whose reader has gone
MAX_MESSAGE = 2_000  # characters


def main(argv: list[str]) -> int:
    """Run one command line; returns the exit status."""
    with contextlib.suppress(AttributeError):  # standard output may be closed, or a test's own
        sys.stdout.reconfigure(errors="replace")
    try:
        _run(argv)
    except BrokenPipeError:
        return CLOSED_PIPE
    except KeyboardInterrupt:
        print("Interrupted.", file=sys.stderr)
        return INTERRUPTED
    except ValueError as error:
        if not _is_about_input(error):
            raise
        print(one_line(str(error)), file=sys.stderr)
        return BAD_INPUT
    except (MemoryError, RuntimeError) as error:
        from playground.engine.workers.memory import NO_MEMORY, is_out_of_memory

        if not is_out_of_memory(error):
            raise
        print(NO_MEMORY, file=sys.stderr)
        return FAILED
    return DONE


def _run(argv: list[str]) -> None:
    if not argv or argv[0] in ("--help", "-h", "help"):
        write_out(general_help())
        return
    command = _command(argv[0])
    if wants_help(argv[1:]):
        write_out(command_help(command))
        return
    arguments = parse_arguments(argv[1:], _options(command))
    file = arguments.options.get("--json")
    if file is not None:
        check_writable(file)
    outcome = command.run(arguments)
    if file in (None, STANDARD_OUTPUT):
        write_out(outcome.text if file is None else as_json(outcome.data))
    else:
        write_json(file, outcome.data)
    if outcome.was_interrupted:
        raise KeyboardInterrupt


def _command(name: str) -> Command:
    if name not in COMMANDS:
        raise UsageError(f"command: unknown command {quoted(name)}. {did_you_mean(name[:MAX_SHOWN], COMMANDS)}")
    return COMMANDS[name]


def _options(command: Command) -> dict[str, str]:
    """What each option of the command does."""
    about = {"--json": "write the result as JSON there; - is standard output."}
    return {**about, **(CONFIG_OPTIONS if command.takes_config else {}), **command.options}


def _is_about_input(error: ValueError) -> bool:
    from playground.parsing import ConfigError  # pydantic, which most commands load anyway

    return isinstance(error, (UsageError, ConfigError))


def one_line(text: str) -> str:
    """The text in one printable line, cut to a bearable length."""
    printable = "".join(character if character.isprintable() else " " for character in text)
    return printable if len(printable) <= MAX_MESSAGE else f"{printable[:MAX_MESSAGE]}..."


def general_help() -> str:
    width = max(map(len, COMMANDS))
    lines = [f"  {name.ljust(width)}  {command.about}" for name, command in COMMANDS.items()]
    return "\n".join(
        [
            "Neural network playground, without the pages.",
            "",
            "python -m playground COMMAND [KEY=VALUE ...] [--json FILE] [--config FILE.json] [--link URL]",
            "",
            *lines,
            "",
            "python -m playground COMMAND --help tells more. --json - writes the result to standard output.",
        ]
    )


def command_help(command: Command) -> str:
    options = [f"{name} {OPTIONS[name]}: {about}" for name, about in _options(command).items()]
    usage = f"python -m playground {command.name} {command.usage}".rstrip()
    return "\n".join([usage, "", command.about, "", *options, command.details()]).rstrip()
