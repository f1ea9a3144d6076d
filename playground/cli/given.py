"""The Config of a command line: --config, then --link, then KEY=VALUE, each over the one before."""

import json
import sys
from collections.abc import Iterable, Mapping
from pathlib import Path
from typing import Any

from playground.cli.arguments import Arguments, UsageError, quoted
from playground.config import Config
from playground.fields import SPECS
from playground.link import PARAMETER, WHOLE, config_of_url
from playground.parsing import ConfigError, shown
from playground.rules import unused_fields

MAX_FILE = 1_000_000  # bytes; a larger file is no config


def given_values(arguments: Arguments, own: Iterable[str] = ()) -> dict[str, Any]:
    """Field values from a file, a link and the command line, the names checked and the values not yet.

    Args:
        own: names that the command has besides the Config fields.

    Raises:
        UsageError, ConfigError: naming what is wrong.
    """
    arguments.refuse_words()
    arguments.refuse_values((*SPECS, *own))
    values: dict[str, Any] = {}
    if "--config" in arguments.options:
        values |= config_file(arguments.options["--config"])
    if "--link" in arguments.options:
        values |= linked(arguments.options["--link"])
    return values | dict(arguments.values)


def config_file(path: str) -> dict[str, Any]:
    """Field values from a JSON file: an object of fields, or what `train --json` wrote.

    Raises:
        UsageError: if it cannot be read or is not such a file.
    """
    values = json_file(path, "--config", MAX_FILE)
    if isinstance(values, dict) and isinstance(values.get("config"), dict):
        values = values["config"]
    if not isinstance(values, dict):
        raise UsageError(
            f'--config: {quoted(path)} must hold an object such as {{"seed": 1}}, but {shown(values)} came.'
        )
    return values


def json_file(path: str, option: str, max_bytes: int) -> Any:
    """What a JSON file holds.

    Args:
        option: that named the file.

    Raises:
        UsageError: if it cannot be read, is too large or is not JSON.
    """
    try:
        with Path(path).open("rb") as file:
            text = file.read(max_bytes + 1)
    except (OSError, ValueError) as error:
        reason = getattr(error, "strerror", None) or error
        raise UsageError(f"{option}: cannot read {quoted(path)}: {reason}.") from None
    if len(text) > max_bytes:
        raise UsageError(f"{option}: a file must be at most {max_bytes} bytes, but {quoted(path)} is larger.")
    try:
        return json.loads(text)
    except (ValueError, RecursionError) as error:
        raise UsageError(f"{option}: {quoted(path)} is not JSON: {error}.") from None


def linked(url: str) -> dict[str, Any]:
    """Field values from a link.

    Raises:
        ConfigError: naming each field of the link that is wrong.
    """
    is_page = "/" in url and "?" not in url  # a page without a query is a link to the defaults
    if "?" in url and f"{PARAMETER}=" not in url:
        raise UsageError(f"--link: {quoted(url)} holds no settings, which stand after {PARAMETER}=.")
    config, problems = config_of_url(f"{url}?" if is_page else url)
    if WHOLE in problems:
        raise UsageError(f"--link: {problems[WHOLE].split('.')[0]}. Copy it again from the address bar.")
    if problems:
        raise ConfigError(problems)
    return config.changes()


def name_unused(
    config: Config, arguments: Arguments, values: Mapping[str, Any], reasons: Mapping[str, str] | None = None
) -> None:
    """Say on standard error which fields were given and have no effect, and why.

    Fields of a file or a link count only where they differ from the defaults: many files hold every field.

    Args:
        values: what was given in any way.
        reasons: field -> why it has no effect; None for those of a training.
    """
    changes = config.changes()
    for name, reason in (unused_fields(config) if reasons is None else reasons).items():
        if name in arguments.values or (name in values and name in changes):
            print(f"{name}: given, but without effect. {reason}", file=sys.stderr)
