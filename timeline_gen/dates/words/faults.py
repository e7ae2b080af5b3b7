"""Faults of a file of words, and what its checks share."""

from __future__ import annotations

import difflib
from collections.abc import Iterable
from dataclasses import dataclass
from typing import Final, NamedTuple, TypeAlias

from timeline_gen.dates.words.tables import SHIPPED, Table
from timeline_gen.messages import say

Key: TypeAlias = tuple[str, ...]
"""The way to a value: ("roles", "until")."""

NOT_TOML: Final = "TG225"
UNKNOWN: Final = "TG226"
WRONG: Final = "TG227"
UNKNOWN_PATTERN: Final = "TG721"
WRONG_PATTERN: Final = "TG722"


class KeyFault(NamedTuple):
    """One thing wrong with the value of a key."""

    key: Key
    message: str
    hint: str
    code: str = WRONG


@dataclass(frozen=True, slots=True)
class WordFault:
    """One thing wrong in a file of words, with its place, which counts from 1."""

    code: str
    message: str
    hint: str
    line: int = 1
    column: int = 1


def meant(word: str, known: Iterable[str]) -> str:
    """Return a hint with the name in *known* that is nearest to *word*, else with all names."""
    names = sorted(known)
    near = difflib.get_close_matches(word, names, n=1)
    return (
        say("did you mean {near!r}?", near=near[0])
        if near
        else say("there are: {names}", names=", ".join(names))
    )


def kind_of(value: object) -> str:
    """Return what a message calls the kind of *value*."""
    kinds: tuple[tuple[type, str], ...] = (
        (bool, say("true or false")),
        (str, say("a text")),
        (int, say("a number")),
        (float, say("a number")),
        (list, say("a list")),
        (dict, say("a table")),
    )
    return next((name for kind, name in kinds if isinstance(value, kind)), say("a date"))


def shipped_table(name: str) -> Table | None:
    """Return all keys that the table *name* has in any file that is shipped; None where none has it."""
    found = [tables[name] for tables in SHIPPED.values() if name in tables]
    whole: dict[str, object] = {}
    for table in found:
        # An empty value does not show of what kind it is; another file may have a full one.
        whole |= {key: value for key, value in table.items() if value or key not in whole}
    return whole if found else None


def wrong_kind(key: Key, value: object, wanted: str, hint: str) -> KeyFault:
    """Return the fault of a *value* at *key* that must be *wanted*: "a list"."""
    return KeyFault(
        key,
        say(
            "{key} is {kind_of}, and must be {wanted}",
            key=".".join(key),
            kind_of=kind_of(value),
            wanted=wanted,
        ),
        say("write {hint}", hint=hint),
    )


def plain_fault(key: Key, value: object, *, flag: bool = False) -> KeyFault | None:
    """Return the fault of a *value* at *key* that must be a text, or true or false as a *flag*."""
    if isinstance(value, bool if flag else str):
        return None
    wanted, example = (say("true or false"), "true") if flag else (say("a text"), '"…"')
    return wrong_kind(key, value, wanted, f"{key[-1]} = {example}")
