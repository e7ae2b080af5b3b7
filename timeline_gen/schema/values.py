"""What a value may be: the types of which the schemas are made."""

from __future__ import annotations

import re
import unicodedata
from typing import Annotated, Final, TypeAlias, TypeVar
from urllib.parse import urlsplit

from pydantic import (
    AfterValidator,
    BaseModel,
    BeforeValidator,
    ConfigDict,
    Discriminator,
    Field,
    Tag,
    WithJsonSchema,
)
from pydantic_core import PydanticCustomError

from timeline_gen.messages import say


def refusal(code: str, needed: str, hint: str) -> PydanticCustomError:
    """Return what a validator raises; pydantic hands its context on as it is."""
    return PydanticCustomError(code, "refused", {"needed": needed, "hint": hint})


def branch_of(value: object) -> str:
    """Return which branch of a choice *value* takes; the paths of faults name it."""
    return TEXT if isinstance(value, str) else MAPPING if isinstance(value, dict) else LIST


def _web_address(value: str) -> str:
    """Refuse *value* unless it is an ``http`` or ``https`` address with a host."""
    try:
        # urlsplit() raises where the bracket of an IPv6 address is not closed: http://[::1
        parts = urlsplit(value)
    except ValueError:
        parts = urlsplit("")
    if parts.scheme not in {"http", "https"} or not parts.netloc or _NOT_IN_ADDRESS.search(value):
        meant = _ADDRESS_WITH_SLIP.fullmatch(value.strip())
        hint = say(
            "write {geturl}", geturl=f"{(meant[1] or 'https').lower()}://{meant[2]}" if meant else _EXAMPLE
        )
        raise refusal("TG306", say("must be a web address"), hint)
    # What is before the sign is shown to readers as if it were the host.
    if "@" in parts.netloc:
        hint = say("write {geturl}", geturl=parts._replace(netloc=parts.netloc.rpartition("@")[2]).geturl())
        raise refusal("TG306", say("holds a user name or a password"), hint)
    return value


_EXAMPLE: Final = "https://example.org/page"
_ADDRESS_WITH_SLIP: Final = re.compile(
    r"(?:(https?)?(?::?/{1,3}|:))?((?!localhost)[\w-]+(?:\.[\w-]+)+(?:[:/][^\s\\]*)?)", re.IGNORECASE
)
"""An address whose scheme is missing, or not quite written."""
_NOT_IN_ADDRESS: Final = re.compile(r"[\s\\\x00-\x1f\x7f]")
"""Browsers take a backslash for a slash, so that they see another host than other programs."""


def _line(value: str) -> str:
    """Refuse *value*, which lists and headings show, if it is invisible or too long for that."""
    return _prose(value, _LONGEST_LINE)


def _prose(value: str, longest: int = 20_000) -> str:
    """Refuse *value* if it is *longest*, or if all of it is invisible; an empty text is others' to judge."""
    if len(value) > longest:
        message = say(
            "is {len:,} characters long, and the limit is {longest:,}", len=len(value), longest=longest
        )
        raise refusal("TG316", message, say("write less here, and the rest into the body"))
    if not value or _WORD.search(value) or any(map(_is_visible, value)):
        return value
    hint = say("write words; the invisible characters may have been copied from somewhere")
    raise refusal("TG305", say("consists of nothing but invisible characters"), hint)


_LONGEST_LINE: Final = 1_000
"""Characters of a title or a name: every page that mentions it shows all of it."""
_WORD: Final = re.compile(r"[a-zA-Z0-9\u0621-\u063a\u0641-\u064a]")
"""Of most texts the first character is one of these."""
_BLANK: Final = frozenset("\u115f\u1160\u2800\u3164\uffa0")
"""Letters and signs that are drawn as nothing: fillers of Hangul, Braille without dots."""


def _is_visible(letter: str) -> bool:
    return letter not in _BLANK and unicodedata.category(letter)[0] in "LNPS"


def _whole_number(value: object) -> object:
    """Read the digits of any script, which pydantic's own reader does not."""
    return int(value) if isinstance(value, str) and value.lstrip("-").isdecimal() else value


def without_blanks(value: object) -> object:
    """Leave out the empty items of a list, which editors with a form write for an empty field."""
    return [item for item in value if item != ""] if isinstance(value, list) else value


def _not_endless(value: tuple[str, ...]) -> tuple[str, ...]:
    """Refuse a list of names that is so long that the pages of all of them would grow with its square."""
    if len(value) <= MOST_NAMES:
        return value
    message = say("has {len:,} names, and the limit is {most_names:,}", len=len(value), most_names=MOST_NAMES)
    hint = say("name those who matter, or the group that they are")
    raise refusal("TG162", message, hint)


MOST_NAMES: Final = 500
"""Of one list. Each name has a page, which shows the event with all of its names."""
# In marks that keys hardly have, as validation.py leaves these names out of the paths of faults.
TEXT, MAPPING, LIST = "‹text›", "‹mapping›", "‹list›"
Text: TypeAlias = Annotated[str, Field(min_length=1), AfterValidator(_line)]
Words: TypeAlias = Annotated[str, AfterValidator(_line)]
"""A text that may be left out."""
Prose: TypeAlias = Annotated[str, AfterValidator(_prose)]
"""A text of some sentences, that may be left out."""
Whole: TypeAlias = Annotated[int, BeforeValidator(_whole_number)]
Address: TypeAlias = Annotated[
    str, AfterValidator(_web_address), WithJsonSchema({"type": "string", "pattern": r"^\s*https?://[^\s/@]"})
]
Names: TypeAlias = Annotated[tuple[Text, ...], BeforeValidator(without_blanks), AfterValidator(_not_endless)]
TextByLanguage: TypeAlias = Annotated[
    Annotated[Annotated[Prose, Field(min_length=1)], Tag(TEXT)]
    | Annotated[dict[str, Annotated[Prose, Field(min_length=1)]], Field(min_length=1), Tag(MAPPING)],
    Discriminator(branch_of),
]
LineByLanguage: TypeAlias = Annotated[
    Annotated[Text, Tag(TEXT)] | Annotated[dict[str, Text], Field(min_length=1), Tag(MAPPING)],
    Discriminator(branch_of),
]
_Given = TypeVar("_Given")
TextOr: TypeAlias = Annotated[
    Annotated[Text, Tag(TEXT)] | Annotated[_Given, Tag(MAPPING)], Discriminator(branch_of)
]
"""A text that is short for a mapping, or that mapping."""


class Schema(BaseModel):
    """A mapping that takes only the keys it names."""

    model_config = ConfigDict(
        extra="forbid", frozen=True, str_strip_whitespace=True, protected_namespaces=(), defer_build=True
    )
