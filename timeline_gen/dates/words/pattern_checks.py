"""The checks of the table ``[wording]`` of a file of words: names, fields and counts of its patterns."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from functools import cache
from typing import Final

from timeline_gen.dates.words.faults import (
    UNKNOWN_PATTERN,
    WRONG,
    WRONG_PATTERN,
    Key,
    KeyFault,
    kind_of,
    meant,
    plain_fault,
    wrong_kind,
)
from timeline_gen.dates.words.tables import SHIPPED, UNDETERMINED, WORDING, Table, tables_of
from timeline_gen.messages import say
from timeline_gen.text import cldr

_FIELD: Final = re.compile(r"\{(\w*)\}")
_FORMS: Final = ("long", "short", "spoken")
_KNOWN: Final[Table] = SHIPPED[UNDETERMINED][WORDING]
_GOVERNED: Final = ("two_of", "all_of", "one_of")
_LISTS: Final = {"ordinals": 0, "ordinals_alone": 0, "decades": 10, "millennia": 10, "forms": 0}
"""Lists, and how many texts they must have, if that is fixed."""
_OTHER_FIELDS: Final[Mapping[str, frozenset[str]]] = {
    "ordinal": frozenset({"n"}),
    "styles": frozenset({"y"}),
    "decades": frozenset({"nth", "nth_alone", "y", "y9"}),
    "millennia": frozenset(),
}
"""The fields of patterns outside long, short and spoken."""


def wording_faults(table: Table, code: str) -> Iterator[KeyFault]:
    """Yield what is wrong with *table*, how dates are worded in the language *code*."""
    forms = _forms(table, code)
    for key, value in table.items():
        way = (WORDING, key)
        if key not in _KNOWN:
            yield KeyFault(
                way, say("there is no key {key!r} in [wording]", key=key), meant(key, _KNOWN), UNKNOWN_PATTERN
            )
        elif key in _LISTS:
            yield from _list_faults(way, value)
        elif not isinstance(_KNOWN[key], dict):
            if fault := plain_fault(way, value, flag=isinstance(_KNOWN[key], bool)):
                yield fault
        elif not isinstance(value, dict):
            yield wrong_kind(way, value, say("a table"), f"[wording.{key}]")
        elif key in _FORMS:
            yield from _pattern_faults(key, value, forms)
        elif key == "styles":
            yield from _style_faults(value)
        else:
            yield from _text_faults(way, value)


def _forms(table: Table, code: str) -> tuple[str, ...]:
    """Return the forms of a date in the language *code*, with those that *table* adds."""
    added = table.get("forms")
    shipped: Table = tables_of(code or UNDETERMINED)[WORDING]
    return (*shipped["forms"], *(str(form) for form in (added if isinstance(added, list) else ())))


def _list_faults(key: Key, value: object) -> Iterator[KeyFault]:
    path, count = ".".join(key), _LISTS[key[-1]]
    if not isinstance(value, list):
        yield wrong_kind(key, value, say("a list"), f'{key[-1]} = ["…"]')
    elif strange := [item for item in value if not isinstance(item, str)]:
        yield KeyFault(
            key,
            say("{path} holds {strange} where texts belong", path=path, strange=kind_of(strange[0])),
            say("write only texts in the list"),
        )
    elif count and value and len(value) != count:
        yield KeyFault(
            key,
            say(
                "{path} has {number} texts, and must have {count}", path=path, number=len(value), count=count
            ),
            say("write all {count}", count=count),
        )
    else:
        allowed = _OTHER_FIELDS.get(key[-1])
        for text in value if allowed is not None else ():
            yield from _field_faults(key, text, allowed or frozenset())


def _style_faults(table: Table) -> Iterator[KeyFault]:
    for key, style in table.items():
        way = (WORDING, "styles", key)
        if not isinstance(style, dict) or not {"before", "after"} <= style.keys():
            hint = say('write { before = "{y} BC", after = "AD {y}" }')
            yield KeyFault(way, say("the style {key!r} needs before and after", key=key), hint)
            continue
        yield from _text_faults(way, style)
        for name, text in style.items():
            if isinstance(text, str) and "{y}" not in text:
                yield KeyFault(
                    (*way, name),
                    say("{name} has no {{y}}, the year", name=name),
                    say('write "{y} BC"'),
                    WRONG_PATTERN,
                )


def _text_faults(way: Key, table: Table) -> Iterator[KeyFault]:
    for key, value in table.items():
        path = (*way, key)
        if fault := plain_fault(path, value):
            yield fault
        elif way[1] in _OTHER_FIELDS:
            yield from _field_faults(path, value, _OTHER_FIELDS[way[1]])
        elif way[1] == "families" and not _is_language(value):
            yield KeyFault(
                path,
                say("{value!r} is not the code of a known language", value=value),
                say("write a code, such as ar-SY"),
                WRONG,
            )
        elif way[1] == "contracted" and " " not in key.strip():
            yield KeyFault(
                path, say("{key!r} is not two words that meet", key=key), say('write "de le " = "du "')
            )
        elif path[1:] == ("double", "pattern"):
            yield from _field_faults(path, value, frozenset({"first", "second"}))


def _is_language(code: str) -> bool:
    try:
        cldr.month_names(code)
    except ValueError:
        return False
    return True


# ---------------------------------------------------------------- patterns


def _pattern_faults(form: str, table: Table, forms: tuple[str, ...]) -> Iterator[KeyFault]:
    for key, value in table.items():
        way = (WORDING, form, key)
        base = _base_of(key)
        if fault := plain_fault(way, value):
            yield fault
        elif not base or not _is_variant(key, forms):
            yield KeyFault(
                way, say("there is no pattern {key!r}", key=key), meant(key, _names()), UNKNOWN_PATTERN
            )
        else:
            yield from _field_faults(way, value, _fields_of(base, key, forms))


def _field_faults(key: Key, value: str, allowed: frozenset[str]) -> Iterator[KeyFault]:
    wrong = [field for field in _FIELD.findall(value) if field not in allowed]
    if wrong:
        hint = meant(wrong[0], allowed) if allowed else say("write it without braces")
        yield KeyFault(
            key, say("{way} cannot have {{{wrong}}}", way=key[-1], wrong=wrong[0]), hint, WRONG_PATTERN
        )
    elif re.search("[{}]", _FIELD.sub("", value)):
        yield KeyFault(
            key, say("{way} has a brace that is not closed", way=key[-1]), say("write {date}"), WRONG_PATTERN
        )


@cache
def _base_of(key: str) -> str:
    """Return the pattern that *key* is a variant of: "since" of "since_day"; empty if there is none."""
    names = [*_KNOWN["long"], *_GOVERNED]
    fitting = (name for name in names if key == name or key.startswith(f"{name}_"))
    return max(fitting, key=len, default="")


def _is_variant(key: str, forms: tuple[str, ...]) -> bool:
    return key in _names() or all(part in _parts() or part in forms for part in key.split("_"))


@cache
def _names() -> frozenset[str]:
    """Return the names of all patterns in the files that are shipped."""
    return frozenset(key for table in _shipped_patterns() for key in table)


@cache
def _parts() -> frozenset[str]:
    return frozenset(part for name in _names() for part in name.split("_"))


def _shipped_patterns() -> Iterator[Mapping[str, str]]:
    for tables in SHIPPED.values():
        for form in _FORMS:
            yield tables.get(WORDING, {}).get(form, {})


def _fields_of(base: str, key: str, forms: tuple[str, ...]) -> frozenset[str]:
    """Return the fields that the pattern *key*, a variant of *base*, may have."""
    # The files that are shipped use every field that there is: a list of them could fall behind.
    shipped = {form for tables in SHIPPED.values() for form in tables.get(WORDING, {}).get("forms", ())}
    every = shipped | set(forms)
    texts = (
        text
        for table in _shipped_patterns()
        for name, text in table.items()
        if _base_of(name) == base and not _is_form(name, every)
    )
    found = {field for text in texts for field in _FIELD.findall(text)}
    ends = {f"{end}_{form}" for end in ("start", "end") for form in shipped}
    fields = found - shipped - ends
    if found & {"start", "end"}:
        fields |= {"start", "end"} | {f"{end}_{form}" for end in ("start", "end") for form in forms}
    elif found & shipped or base in _AROUND:
        fields |= {"date", *forms}
    return frozenset(fields | {"date"} if _is_form(key, every) else fields)


def _is_form(name: str, forms: set[str]) -> bool:
    return any(name.endswith(f"_{form}") for form in forms)


_AROUND: Final = frozenset(
    {"circa", "perhaps", "perhaps_circa", "early", "mid", "late", "since", "until", "after", "before"}
    | {"earlier", "later", "all_earlier", "all_later"}
)
"""Patterns around any date, which may take it in each of its forms."""
