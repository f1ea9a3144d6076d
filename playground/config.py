"""Config: everything that a person chooses for one run, checked, or refused in one sentence for each field."""

from collections.abc import Mapping
from functools import cache
from types import MappingProxyType
from typing import Any, Self

from pydantic import ValidationError, model_validator

from playground import rules
from playground.fields import Fields
from playground.parsing import ConfigError, problems_of, unknown_fields


class Config(Fields):
    """One run. Fields that are not given take the default of the chosen data set or optimizer, then their own.

    Raises:
        pydantic.ValidationError: on direct construction; `Config.parse` turns it into one sentence.
    """

    @model_validator(mode="before")
    @classmethod
    def _fill_defaults(cls, values: Any) -> Any:
        return {**rules.chosen_defaults(values, cls._plain_defaults()), **values}

    @model_validator(mode="after")
    def _refuse_impossible(self) -> Self:
        rules.refuse_impossible(self)
        return self

    @classmethod
    def parse(cls, values: Mapping[str, Any]) -> Self:
        """A Config from values, text allowed.

        Raises:
            ConfigError: one sentence for each field that is wrong.
        """
        unknown = unknown_fields(values, cls.model_fields)
        try:
            checked = cls(**{name: value for name, value in values.items() if name not in unknown})
        except ValidationError as error:
            raise ConfigError(problems_of(error) | unknown) from None
        if unknown:
            raise ConfigError(unknown)
        return checked

    @classmethod
    def salvage(cls, values: Mapping[str, Any]) -> tuple[Self, dict[str, str]]:
        """A Config from as many of the values as can be had, and a sentence for each one left out.

        Where the field at fault was not given, the value given last goes first.
        """
        kept, problems = dict(values), {}
        while True:
            try:
                return cls.parse(kept), problems
            except ConfigError as error:
                problems |= error.problems
                at_fault = set(error.problems) & set(kept) or {next(reversed(kept))}
                kept = {name: value for name, value in kept.items() if name not in at_fault}

    def changes(self) -> dict[str, Any]:
        """The fewest fields from which `parse` makes this again."""
        changed: dict[str, Any] = {}
        usual = self._defaults(changed)
        for name in dict.fromkeys((*rules.DRIVERS, *type(self).model_fields)):
            if getattr(self, name) != usual[name]:
                changed[name] = getattr(self, name)
                if name in rules.DRIVERS:
                    usual = self._defaults(changed)
        return changed

    def replace(self, **values: Any) -> Self:
        """The same with some fields changed; defaults that depend on them follow.

        Raises:
            ConfigError: as `parse`.
        """
        return type(self).parse({**self.changes(), **values})

    @classmethod
    def _defaults(cls, values: Mapping[str, Any]) -> dict[str, Any]:
        """What all fields are when only `values` are given."""
        plain = cls._plain_defaults()
        return {**plain, **rules.chosen_defaults(values, plain)}

    @classmethod
    @cache
    def _plain_defaults(cls) -> Mapping[str, Any]:
        return MappingProxyType({name: info.default for name, info in cls.model_fields.items()})
