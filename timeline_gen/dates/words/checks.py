"""The checks of a file of words: every fault with its line, in the order of lines.

Tables and roles are known if a file that is shipped has them: these use all that exist.
"""

from __future__ import annotations

import re
import tomllib
from collections.abc import Iterator
from typing import Final

from timeline_gen.dates.words.faults import (
    NOT_TOML,
    UNKNOWN,
    Key,
    KeyFault,
    WordFault,
    kind_of,
    meant,
    plain_fault,
    shipped_table,
    wrong_kind,
)
from timeline_gen.dates.words.pattern_checks import wording_faults
from timeline_gen.dates.words.tables import SHIPPED, WORDING, Table
from timeline_gen.messages import say

MAX_LENGTH: Final = 200_000
_SYNTAX: Final = re.compile(
    r"(?P<what>.*) \(at (?:line (?P<line>\d+), column (?P<column>\d+)|end of document)\)"
)
_TOML_HINT: Final = say('write [roles] above until = ["until", "till"]: words in quotes, lists in brackets')
_ORDERS: Final = ("dmy", "mdy")
_LENGTHS: Final = {"months": 12, "months_short": 12, "hijri": 12, "jalali": 12, "weekdays": 7}
"""How many names the lists of these tables have."""
_NUMBERS: Final = {
    "months_spelled": range(1, 13),
    "hijri_spelled": range(1, 13),
    "jalali_spelled": range(1, 13),
    "weekdays_spelled": range(1, 8),
    "decades": range(0, 100, 10),
    "ordinals": range(1, 1000),
    "cardinals": range(10_001),
    "scales": range(10, 10**12 + 1),
    "shifts": range(-31, 32),
}
"""Tables from numbers to words, and the numbers that they may have."""
_FREE: Final = frozenset({"months", "months_short", "weekdays", "letters_same"})
"""Tables whose keys may be any text."""
_ZONE: Final = re.compile(r"Z|\?|[+-]\d\d:\d\d", re.ASCII)
_ATTACHED: Final = "attached"
_TABLES: Final = tuple(dict.fromkeys(name for tables in SHIPPED.values() for name in tables))


def check_words(text: str, code: str = "") -> tuple[WordFault, ...]:
    """Return what is wrong with *text*, a file of words for the language *code*."""
    if len(text) > MAX_LENGTH:
        message = say("the file has more than {max_length} characters", max_length=MAX_LENGTH)
        return (WordFault(NOT_TOML, message, say("leave out what is shipped already")),)
    try:
        tables = tomllib.loads(text)
    # tomllib recurses into lists: a thousand brackets end it with a RecursionError.
    except (tomllib.TOMLDecodeError, RecursionError) as error:
        return (_syntax_fault(text, str(error)),)
    found = (
        WordFault(fault.code, fault.message, fault.hint, *place_of(text, fault.key))
        for fault in _faults(tables, code)
    )
    return tuple(sorted(found, key=lambda fault: (fault.line, fault.column, fault.message)))


def _syntax_fault(text: str, message: str) -> WordFault:
    # The place of an error of tomllib is in the text of its message, and nowhere else (Python 3.11).
    match = _SYNTAX.fullmatch(message)
    if match is None:
        return WordFault(NOT_TOML, say("the file is not TOML: {message}", message=message), _TOML_HINT)
    line = int(match["line"]) if match["line"] else text.count("\n") + 1
    what = match["what"][:1].lower() + match["what"][1:]
    return WordFault(
        NOT_TOML, say("the file is not TOML: {what}", what=what), _TOML_HINT, line, int(match["column"] or 1)
    )


def _faults(tables: Table, code: str) -> Iterator[KeyFault]:
    for name, table in tables.items():
        known = shipped_table(name)
        if known is None:
            yield KeyFault(
                (name,), say("there is no table [{name}]", name=name), meant(name, _TABLES), UNKNOWN
            )
        elif not isinstance(table, dict):
            message = say("[{name}] is {table}, and must be a table", name=name, table=kind_of(table))
            yield KeyFault((name,), message, say("write [{name}] above its keys", name=name))
        elif name == WORDING:
            yield from wording_faults(table, code)
        else:
            yield from _table_faults(name, table, known)


def _table_faults(name: str, table: Table, known: Table) -> Iterator[KeyFault]:
    for key, value in table.items():
        if name == _ATTACHED:
            yield from _attached_faults(key, value)
            continue
        if fault := _key_fault(name, key, known):
            yield fault
        if not fault or name in _NUMBERS:
            yield from _value_faults((name, key), value, _pattern_of(known, key))


def _key_fault(name: str, key: str, known: Table) -> KeyFault | None:
    """Return the fault of a *key* that the table *name* cannot have."""
    if name in _FREE:
        return None
    if name == "zones":
        if _ZONE.fullmatch(key) or key in known:
            return None
        return KeyFault(
            (name, key), say("{key!r} is no zone", key=key), say("write an offset, such as +03:00, or Z")
        )
    if name not in _NUMBERS:
        what = say("role") if name == "roles" else say("key in [{name}]", name=name)
        fault = KeyFault(
            (name, key), say("there is no {what} {key!r}", what=what, key=key), meant(key, known), UNKNOWN
        )
        return None if key in known else fault
    allowed = _NUMBERS[name]
    if re.fullmatch(r"-?\d{1,13}", key, re.ASCII) and int(key) in allowed:
        return None
    hint = say("write a number from {first} to {last}", first=allowed[0], last=allowed[-1])
    return KeyFault(
        (name, key), say("{key!r} in [{name}] is not one of its numbers", key=key, name=name), hint
    )


def _attached_faults(key: str, role: object) -> Iterator[KeyFault]:
    roles = shipped_table("roles") or {}
    if not isinstance(role, str) or role not in roles:
        shown = repr(role) if isinstance(role, str) else kind_of(role)
        message = say("{key!r} in [attached] cannot have the role {shown}", key=key, shown=shown)
        yield KeyFault((_ATTACHED, key), message, meant(str(role), roles), UNKNOWN)


def _value_faults(key: Key, value: object, pattern: object) -> Iterator[KeyFault]:
    """Check *value* against *pattern*, a value of the same kind in a file that is shipped."""
    name, path = key[0], ".".join(key)
    if isinstance(pattern, list):
        yield from _list_faults(key, value, pattern)
    elif fault := plain_fault(key, value, flag=isinstance(pattern, bool)):
        yield fault
    elif key == ("figures", "order") and value not in ("", *_ORDERS):
        yield KeyFault(
            key, say("the order of figures cannot be {value!r}", value=value), say("write dmy or mdy")
        )
    elif name == "letters_same" and (len(key[-1]) != 1 or len(str(value)) > 4):
        yield KeyFault(
            key, say("{path} must be one letter and what it is read as", path=path), say('write "ى" = "ي"')
        )


def _list_faults(key: Key, value: object, pattern: list[object]) -> Iterator[KeyFault]:
    path, count = ".".join(key), _LENGTHS.get(key[0])
    if not isinstance(value, list):
        shown = f'"{value}"' if isinstance(value, str) else "…"
        yield wrong_kind(key, value, say("a list"), f"{key[-1]} = [{shown}]")
        return
    kind, wanted = (
        (int, say("numbers")) if any(isinstance(item, int) for item in pattern) else (str, say("texts"))
    )
    strange = [item for item in value if not isinstance(item, kind) or isinstance(item, bool)]
    if strange:
        message = say(
            "{path} holds {strange} where {wanted} belong",
            path=path,
            strange=kind_of(strange[0]),
            wanted=wanted,
        )
        yield KeyFault(key, message, say("write only {wanted} in the list", wanted=wanted))
        return
    if any(isinstance(item, str) and not item.strip() for item in value):
        yield KeyFault(key, say("{path} holds an empty word", path=path), say("take it out"))
    if count and len(value) != count:
        first = "Monday" if key[0] == "weekdays" else say("the first month")
        message = say(
            "{path} has {number} names, and must have {count}", path=path, number=len(value), count=count
        )
        yield KeyFault(key, message, say("write all {count}, {first} first", count=count, first=first))


def _pattern_of(known: Table, key: str) -> object:
    """Return a shipped value of the kind that *key* must have: of the same key, else of any key."""
    return known[key] if key in known else next(iter(known.values()), [])


# ---------------------------------------------------------------- places of keys

_HEADER: Final = re.compile(r"\s*\[\s*(?P<path>[^\[\]]+?)\s*\]\s*(?:#.*)?")
_NAME: Final = r"""(?:"[^"]*"|'[^']*'|[\w-]+)"""
_KEY: Final = re.compile(rf"(?P<indent>\s*)(?P<path>{_NAME}(?:\s*\.\s*{_NAME})*)\s*=")
_PART: Final = re.compile(r"""\s*(?:"([^"]*)"|'([^']*)'|([\w-]+))\s*""")


def place_of(text: str, key: tuple[str, ...]) -> tuple[int, int]:
    """Return the line and column of *key* in the TOML *text*, from 1; of its table, where that is inline."""
    # tomllib keeps no positions, so the lines are looked through for the key.
    above: tuple[str, ...] = ()
    best, place = 0, (1, 1)
    for number, line in enumerate(text.splitlines(), 1):
        if header := _HEADER.fullmatch(line):
            above, found, column = _parts(header["path"]), tuple[str, ...](), line.index("[") + 1
        elif match := _KEY.match(line):
            found, column = _parts(match["path"]), len(match["indent"]) + 1
        else:
            continue
        way = above + found
        if way == key[: len(way)] and len(way) > best:
            best, place = len(way), (number, column)
    return place


def _parts(path: str) -> tuple[str, ...]:
    return tuple(next(filter(None, match.groups()), "") for match in _PART.finditer(path))
