"""Row and Table: each choice of the playground is one row of one table."""

import difflib
import importlib
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from typing import Generic, TypeVar

MAX_SHOWN = 60  # characters of what came that an error repeats


class UnknownName(ValueError):
    """A name that no row of the table carries."""


@dataclass(frozen=True, kw_only=True)
class Row:
    """One choice.

    Args:
        name: key in links, on the command line and in exported scripts; lower_snake, never renamed.
        label: what a person reads; may change.
        formula: LaTeX, without dollar signs.
        about: one sentence.
        source: title, year and where to find it.
        target: dotted path of the class or function that implements it, resolved where it is built; "" for none.
        defaults: Config fields whose default value depends on this choice.
        aliases: other spellings that are understood.
    """

    name: str
    label: str
    formula: str
    about: str
    source: str
    target: str = ""
    defaults: Mapping[str, object] = field(default_factory=dict)
    aliases: tuple[str, ...] = ()


RowT = TypeVar("RowT", bound=Row)


class Table(Mapping[str, RowT], Generic[RowT]):
    """Rows by name, in the order in which they are shown."""

    def __init__(self, name: str, title: str, about: str, rows: tuple[RowT, ...]):
        self.name = name
        self.title = title
        self.about = about
        self._rows = {row.name: row for row in rows}
        self._spellings = {alias: row for row in rows for alias in (row.name, *row.aliases)}
        if len(self._spellings) != sum(1 + len(row.aliases) for row in rows):
            raise ValueError(f"{name}: two rows carry the same name")

    def __getitem__(self, name: str) -> RowT:
        """Row of that name or alias.

        Raises:
            UnknownName: naming the nearest name and all known ones.
        """
        if name not in self._spellings:
            raise UnknownName(f"unknown {self.title.lower()} {name!r}. {did_you_mean(name, self._rows)}")
        return self._spellings[name]

    def __contains__(self, name: object) -> bool:
        return name in self._spellings

    def __iter__(self) -> Iterator[str]:
        return iter(self._rows)

    def __len__(self) -> int:
        return len(self._rows)


def did_you_mean(name: object, known: Mapping[str, object]) -> str:
    """The way out of a misspelt name: the nearest known one, then all of them."""
    nearest = difflib.get_close_matches(str(name), list(known), n=1)
    guess = f"Did you mean {nearest[0]!r}? " if nearest else ""
    return f"{guess}Known: {', '.join(known)}."


def resolve(target: str) -> object:
    """The class or function at a dotted path such as "torch.nn.ELU"."""
    module_name, _, attribute = target.rpartition(".")
    return getattr(importlib.import_module(module_name), attribute)
