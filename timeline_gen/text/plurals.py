"""Plural forms, and translated messages as a value that can be pickled."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from functools import cache, lru_cache
from gettext import c2py

from timeline_gen.messages import say
from timeline_gen.text import cldr
from timeline_gen.text.cldr import CatalogueError, PoMessage

__all__ = [
    "Catalogue",
    "CatalogueError",
    "PoMessage",
    "messages_in",
    "read_catalogue",
]


@cache
def _rule(expression: str) -> Callable[[int], int]:
    return c2py(expression)


@dataclass(frozen=True, slots=True)
class Catalogue:
    """The translated messages of a language; what it lacks is in the words of :attr:`fallback`."""

    lang: str
    plural: str = "n != 1"
    """The C expression that picks a plural form, as in the header ``Plural-Forms``."""
    messages: Mapping[tuple[str, str], tuple[str, ...]] = field(default_factory=dict)
    """The forms of each message, by context (or an empty string) and message."""
    fallback: Catalogue | None = None
    """The English words of the same theme; None where the language is English."""

    def gettext(self, message: str) -> str:
        """Return the translation of *message*."""
        return self.pgettext("", message)

    def pgettext(self, context: str, message: str) -> str:
        """Return the translation of *message* in *context*."""
        forms = self.messages.get((context, message))
        if forms is None:
            return self.fallback.pgettext(context, message) if self.fallback else message
        return forms[0]

    def ngettext(self, singular: str, plural: str, number: int) -> str:
        """Return the form of the message *singular* (in the plural *plural*) that fits *number*."""
        return self.npgettext("", singular, plural, number)

    def npgettext(self, context: str, singular: str, plural: str, number: int) -> str:
        """Return the form that fits *number*, of the message *singular* in *context*."""
        forms = self.messages.get((context, singular))
        if forms is None:
            if self.fallback:
                return self.fallback.npgettext(context, singular, plural, number)
            return singular if number == 1 else plural
        # A message without a plural has one form, for every number.
        return forms[min(_rule(self.plural)(number), len(forms) - 1)]

    def parts(self) -> tuple[object, ...]:
        """Return what decides its words, those of its fallback included, in an order of their own."""
        own = (self.plural, sorted(self.messages.items()))
        return (*own, *self.fallback.parts()) if self.fallback else own

    def is_borrowed(self, context: str, message: str) -> bool:
        """Return whether *message* is shown in English, though that is not the language of the catalogue.

        A message without a context is itself English. One with a context is a key, which may be the author's.
        """
        if self.fallback is None or (context, message) in self.messages:
            return False
        return not context or (context, message) in self.fallback.messages


@lru_cache(maxsize=64)
def read_catalogue(data: bytes, lang: str) -> Catalogue:
    """Read the ``.po`` file *data* of the language *lang*.

    Fuzzy messages and those with a form missing are left out, as gettext does.
    Raises :class:`CatalogueError`, which knows its line.
    """
    messages, expression = cldr.read_po(data, lang)
    forms = {(message.context, message.singular): message.forms for message in messages}
    return Catalogue(lang, _checked(expression), forms)


def messages_in(data: bytes, lang: str) -> tuple[PoMessage, ...]:
    """Return the messages of the ``.po`` file *data*, each with its line; raise :class:`CatalogueError`."""
    return cldr.read_po(data, lang)[0]


def _checked(expression: str) -> str:
    try:
        _rule(expression)
    except (ValueError, SyntaxError) as error:
        # gettext knows the words of a rule, and leaves its grammar to Python.
        raise CatalogueError(
            say("the plural rule {expression!r} cannot be read", expression=expression)
        ) from error
    return expression
