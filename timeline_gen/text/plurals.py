"""Plural forms, and translated messages as a value that can cross to another process."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from functools import cache, lru_cache
from gettext import c2py

from timeline_gen.text import cldr
from timeline_gen.text.cldr import CatalogueError

__all__ = ["Catalogue", "CatalogueError", "plural_category", "plural_index", "read_catalogue"]


def plural_category(number: int, code: str) -> str:
    """Return the CLDR plural category of *number* in the language *code*: ``zero`` … ``other``."""
    return cldr.plural_category(number, code)


def plural_index(number: int, code: str) -> int:
    """Return which ``msgstr[…]`` of a catalogue in the language *code* serves *number*."""
    return _rule(cldr.plural_expression(code))(number)


@cache
def _rule(expression: str) -> Callable[[int], int]:
    return c2py(expression)


@dataclass(frozen=True, slots=True)
class Catalogue:
    """The translated messages of one language; what is not translated comes back as it is."""

    lang: str
    plural: str = "n != 1"
    """The C expression that picks a plural form, as in the header ``Plural-Forms``."""
    messages: Mapping[tuple[str, str], tuple[str, ...]] = field(default_factory=dict)
    """The forms of each message, by context (or an empty string) and message."""

    def gettext(self, message: str) -> str:
        """Return the translation of *message*."""
        return self.pgettext("", message)

    def pgettext(self, context: str, message: str) -> str:
        """Return the translation of *message* where it stands in *context*."""
        return self.messages.get((context, message), (message,))[0]

    def ngettext(self, one: str, many: str, number: int) -> str:
        """Return the form of the message *one* (in the plural *many*) that fits *number*."""
        return self.npgettext("", one, many, number)

    def npgettext(self, context: str, one: str, many: str, number: int) -> str:
        """Return the form that fits *number*, of the message *one* where it stands in *context*."""
        forms = self.messages.get((context, one))
        if forms is None:
            return one if number == 1 else many
        # A message without a plural has one form, which serves every number.
        return forms[min(_rule(self.plural)(number), len(forms) - 1)]


@lru_cache(maxsize=64)
def read_catalogue(data: bytes, lang: str) -> Catalogue:
    """Read the ``.po`` file *data* of the language *lang*.

    Fuzzy messages and those with a form missing are left out, as gettext does.
    Raises :class:`CatalogueError`, which knows its line.
    """
    messages, expression = cldr.read_po(data, lang)
    forms = {(message.context, message.one): message.forms for message in messages}
    return Catalogue(lang, _checked(expression), forms)


def _checked(expression: str) -> str:
    try:
        _rule(expression)
    except ValueError as error:
        raise CatalogueError(f"the plural rule {expression!r} cannot be read") from error
    return expression
