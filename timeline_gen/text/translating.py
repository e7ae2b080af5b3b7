"""Messages in another language than English, from the catalogue of that language.

What is code in a sentence (a key, a path, a value) runs from left to right. It is isolated (UAX #9, FSI …
PDI), so that it neither falls apart in a sentence from right to left nor takes words around it along.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Mapping
from functools import lru_cache
from importlib.resources import files
from string import Formatter
from typing import Final

from timeline_gen.messages import Message
from timeline_gen.text.plurals import Catalogue, read_catalogue

TRANSLATED: Final = ("ar",)
"""The languages that have a catalogue; English needs none."""
FSI, PDI = "\u2068", "\u2069"


class Translator:
    """Words messages in the language of *catalogue*; what comes from outside goes through *clean* first."""

    def __init__(self, catalogue: Catalogue, clean: Callable[[str], str] = str) -> None:
        self._catalogue, self._clean = catalogue, clean
        self._filler = _Filler(self)

    def __call__(self, text: str) -> str:
        """Return *text*, in the language of the catalogue where it is a message, else isolated."""
        if not isinstance(text, Message):
            return isolated(self._clean(text))
        if not text.parts:
            return self.phrase(text.template)
        if not text.plural:
            return self.filled(self._catalogue.gettext(text.template), text.parts)
        count = text.parts["count"]
        number = count if isinstance(count, int) else 0
        return self.filled(self._catalogue.ngettext(text.template, text.plural, number), text.parts)

    def phrase(self, english: str) -> str:
        """Return the translation of a phrase without parts; *english* itself where there is none."""
        return _with_code_isolated(self._catalogue.gettext(english))

    def phrases(self, singular: str, plural: str, number: int) -> str:
        """Return the form for *number* of the phrase *singular*, in the plural *plural*."""
        return _with_code_isolated(self._catalogue.ngettext(singular, plural, number))

    def filled(self, template: str, parts: Mapping[str, object]) -> str:
        """Return *template* with its gaps filled with *parts*; messages among them are translated."""
        return self._filler.vformat(_with_code_isolated(template), (), parts)


class _Translated(str):
    """A part that is ready to be put in."""

    __slots__ = ()


class _Filler(Formatter):
    """Fills gaps: numbers as they are, messages translated, all else isolated."""

    def __init__(self, translate: Translator) -> None:
        self._translate = translate

    def convert_field(self, value: object, conversion: str | None) -> object:
        """Return *value*, translated if it is a message that is not to be quoted."""
        if conversion is None and isinstance(value, Message):
            return _Translated(self._translate(value))
        return super().convert_field(value, conversion)

    def format_field(self, value: object, format_spec: str) -> str:
        """Return *value* as *format_spec* writes it, isolated where it is a text from elsewhere."""
        text = format(value, format_spec)
        return text if isinstance(value, _Translated | int | float) else self._translate(text)


@lru_cache(maxsize=4)
def catalogue_of(lang: str) -> Catalogue:
    """Return the messages of the program in *lang*, one of :data:`TRANSLATED`."""
    return read_catalogue(files("timeline_gen.text").joinpath(f"locale/{lang}.po").read_bytes(), lang)


def isolated(text: str) -> str:
    """Return *text* isolated from the direction of what surrounds it."""
    return f"{FSI}{text}{PDI}" if text else text


_WORDS: Final = re.compile(
    r"""
    '[^'\n]*[A-Za-z][^'\n]*[\u0600-\u06ff][^'\n]*'        # a value in quotes that has Arabic in it
    | [^\s\u0600-\u06ff«»]+ (?: [ ]+ [^\s\u0600-\u06ff«»]+ )*
    """,
    re.VERBOSE,
)
"""Code with Arabic in it, or what is between two Arabic words."""
_GAP: Final = re.compile(r"\{[^{}\s]*\}")
_BARE_EDGE: Final = re.compile(r"(?:\{[^{}\s]*\}|[.,:;!?…\d×+])*")
_CODE: Final = re.compile(r"[A-Za-z]|[-/#<>@=*&'\"\[\]{}~^|_\\`“”].|.[-/#<>@=*&'\"\[\]{}~^|_\\`“”]")


@lru_cache(maxsize=4096)
def _with_code_isolated(template: str) -> str:
    """Return *template*, whose language runs from right to left, with what is code in it isolated."""
    # A template with isolates of its own has been seen to by its translator.
    return _WORDS.sub(_isolate_code, template) if FSI not in template else template


def _isolate_code(found: re.Match[str]) -> str:
    words = found[0].split(" ")
    # Gaps are isolated when they are filled, and figures need it not: neither is taken in at the edges.
    first, last = 0, len(words)
    while first < last and _BARE_EDGE.fullmatch(words[first]):
        first += 1
    while last > first and _BARE_EDGE.fullmatch(words[last - 1]):
        last -= 1
    ahead, inner, behind = _unwrapped(" ".join(words[first:last]))
    if not _CODE.search(_GAP.sub("", inner)) and not _CODE.search(_GAP.sub("1", inner)):
        return found[0]
    start, end = " ".join([*words[:first], ""]), " ".join(["", *words[last:]])
    return f"{start}{ahead}{isolated(inner)}{behind}{end}"


def _unwrapped(text: str) -> tuple[str, str, str]:
    """Return what of *text* is punctuation of the sentence ahead of code, the code, and what is behind it."""
    ahead = behind = ""
    while text:
        if (text[-1] in ".,:;!?" and not text.endswith("..")) or text[-1] in "( ":
            text, behind = text[:-1], text[-1] + behind
        elif text[-1] == ")" and text.count(")") > text.count("("):
            text, behind = text[:-1], ")" + behind
        elif text[0] == "(" and (text.count("(") > text.count(")") or text[-1] == ")"):
            text, ahead = text[1:], ahead + "("
        else:
            break
    return ahead, text, behind
