"""Messages for a person: English text that remembers of what it is made, so that it can be translated.

A message is a ``str`` to all code. What shows it to a person may translate its template and put its parts in.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping
from functools import reduce
from typing import Final, Self, TypeAlias

Part: TypeAlias = "str | int | float"
"""What a message is filled with; a text may be a message itself."""


class Message(str):
    """A text in English, with the template and the parts that it is made of."""

    __slots__ = ("parts", "plural", "template")

    template: str
    """What translators translate: ``the key {key!r} is unknown here``."""
    parts: Mapping[str, Part]
    """What is put into its gaps, by their names; none where the template is the text itself."""
    plural: str
    """The template of its plural, where the part ``count`` decides the form; else empty."""

    def __new__(cls, text: str, template: str, parts: Mapping[str, Part], plural: str = "") -> Self:
        """Return *text* as a message."""
        made = super().__new__(cls, text)
        made.template, made.parts, made.plural = template, parts, plural
        return made

    def __str__(self) -> str:
        # The text of an exception is that of its message: it keeps the parts, too.
        return self

    def __add__(self, other: str) -> Message:
        return say("{start}{end}", start=self, end=other) if other else self

    def __radd__(self, other: str) -> Message:
        return say("{start}{end}", start=other, end=self) if other else self

    def __reduce__(self) -> tuple[type[Message], tuple[str, str, Mapping[str, Part], str]]:
        return Message, (str.__str__(self), self.template, self.parts, self.plural)

    def mapped(self, change: Callable[[str], str]) -> Message:
        """Return the message with *change* applied to its text and to those of its parts that are texts."""
        parts = {name: change(part) if isinstance(part, str) else part for name, part in self.parts.items()}
        return Message(change(str.__str__(self)), self.template, parts, self.plural)

    def filled(self, **parts: object) -> Message:
        """Return the message that this one, which has gaps and no parts yet, is with *parts*."""
        return say(self.template, **parts)


def say(template: str, /, **parts: object) -> Message:
    """Return the message *template*, its gaps filled with *parts* as ``str.format`` does.

    A template without parts is taken as it is, braces included.
    """
    if not parts:
        return Message(template, template, _NONE)
    return Message(template.format(**parts), template, {name: _part(value) for name, value in parts.items()})


def say_many(count: int, singular: str, plural: str, /, **parts: object) -> Message:
    """Return *singular* or *plural* by *count*, which both may name; other languages have more forms."""
    text = (singular if count == 1 else plural).format(count=count, **parts)
    kept = {name: _part(value) for name, value in parts.items()}
    return Message(text, singular, {"count": count, **kept}, plural)


def many(count: int, noun: str) -> Message:
    """Return *count* and the English *noun*, in its plural where there are more or fewer than one."""
    ending = "es" if noun.endswith("s") else "s"
    return say_many(count, f"{{count:,}} {noun}", f"{{count:,}} {noun}{ending}")


_COMMA: Final = "{start}, {end}"


def listed(items: Iterable[str], template: str = _COMMA) -> str:
    """Return *items* joined by what *template* has between its gaps, so that each can be translated."""
    every = tuple(items)
    if template == _COMMA and not any(isinstance(item, Message) for item in every):
        # Codes and names with commas between them are code in every language.
        return ", ".join(every)
    return reduce(lambda start, end: say(template, start=start, end=end), every) if every else ""


def _part(value: object) -> Part:
    # An exception gives its message, which is a text with parts.
    return value if isinstance(value, str | int | float) else str(value)


_NONE: Final[Mapping[str, Part]] = {}
