"""The words of click, the library of command lines, in another language than English."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from importlib import import_module
from typing import Any, Final, Self

from timeline_gen.text.plurals import Catalogue
from timeline_gen.text.translating import Translator

_MODULES: Final = ("core", "decorators", "exceptions", "formatting", "parser", "termui", "types")
"""Modules of click that look its own words up."""
_KINDS: Final = frozenset({"Directory", "Path"})
"""What click calls what an option names."""


class ClickWords:
    """Replaces gettext, with the program's own catalogue."""

    def __init__(self, catalogue: Catalogue) -> None:
        self._translate = Translator(catalogue)

    def gettext(self, text: str) -> str:
        """Return the translation of *text*, whose gaps are yet to be filled."""
        return _Template(self._translate, self._translate.phrase(text))

    def ngettext(self, singular: str, plural: str, number: int) -> str:
        """Return the form of *singular* or *plural* for *number*, whose gaps are yet to be filled."""
        return _Template(self._translate, self._translate.phrases(singular, plural, number))


class _Template(str):
    """A translated template: messages that it is filled with are translated, too."""

    __slots__ = ("translator",)

    translator: Translator

    def __new__(cls, translator: Translator, text: str) -> Self:
        made = super().__new__(cls, text)
        made.translator = translator
        return made

    def format(self, *_: object, **parts: object) -> str:
        """Return the template filled with *parts*."""
        kind = parts.get("name")
        if kind in _KINDS:
            # Click looks the word up where an option is declared, before the language is known.
            parts["name"] = self.translator.phrase(str(kind).lower())
        return self.translator.filled(self, parts)


def set_click_words(words: Mapping[str, Callable[..., str]]) -> Mapping[str, Callable[..., str]]:
    """Let click look its words up by *words*, and return what it did so by before.

    Its modules import gettext's functions by these names; a catalogue that is no ``.mo`` file goes in here.
    """
    before: dict[str, Callable[..., str]] = {}
    for name in _MODULES:
        module: Any = import_module(f"click.{name}")
        for function, look_up in words.items():
            if hasattr(module, function):
                before[function] = getattr(module, function)
                setattr(module, function, look_up)
    return before
