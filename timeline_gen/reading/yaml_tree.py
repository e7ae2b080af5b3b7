"""The one door to PyYAML: text into a tree in which every scalar is the text that was typed, with its place.

Only the *events* of the parser are used. Its own types are off on purpose (they turn ``-0044`` into
-36 and ``12:30`` into 750), and its node level crashes the interpreter on 50,000 brackets.
What nobody needs in an article (anchors, aliases, tags, merge keys) is refused, with its place.
The marks of libyaml count characters, not bytes; the slow parser of PyYAML serves where libyaml is missing.
"""

from __future__ import annotations

import re
from collections.abc import Callable
from dataclasses import dataclass, field
from pathlib import PurePosixPath
from typing import Final, NamedTuple, TypeAlias

import yaml
from yaml.events import (
    AliasEvent,
    CollectionEndEvent,
    CollectionStartEvent,
    DocumentEndEvent,
    DocumentStartEvent,
    Event,
    MappingEndEvent,
    MappingStartEvent,
    NodeEvent,
    ScalarEvent,
    SequenceEndEvent,
    StreamEndEvent,
    StreamStartEvent,
)

from timeline_gen.errors import Place, Problem
from timeline_gen.model import Spot
from timeline_gen.reading.yaml_words import Complaint, in_our_words
from timeline_gen.text.bidi import unbalanced

MAX_DEPTH: Final = 64
_LIBYAML_TOO_DEEP: Final = "exceeded maximum nesting depth"
"""What newer versions of libyaml say of a thousand levels."""

DATE_KEYS: Final = frozenset({"date", "sort_date", "updated", "accessed", "embargo"})
"""Keys under which ``[1667, 1668]`` and ``{1960, 1961-12}`` are EDTF sets, not lists or mappings."""

_LOADER: Final = getattr(yaml, "CSafeLoader", yaml.SafeLoader)

_PERCENT: Final = re.compile(rf"(?m)((?:^|[\s{{,])(?:{'|'.join(sorted(DATE_KEYS))})[ \t]*:[ \t]+)%")
"""An EDTF date that begins with ``%``, which YAML allows at the start of no unquoted text."""

_STAND_INS: Final = tuple(map(chr, range(0xF700, 0xF780)))
"""Private-use characters, one of which stands in for such a ``%`` while YAML is parsed."""

_CONTROLS: Final = re.compile("[\x00-\x08\x0b-\x1f\x7f-\x9f\u2028\u2029]")


class YamlText(NamedTuple):
    """A scalar, as typed (a tuple: ten thousand articles have a million of them)."""

    value: str
    line: int
    column: int
    inner: int
    """How many columns after :attr:`column` the value begins, or -1 where it was folded or escaped."""

    @property
    def blank(self) -> bool:
        """Return whether nothing at all was written after the key."""
        return not self.value and self.inner == 0

    def spot(self, offset: int = 0) -> Spot:
        """Return where the character at *offset* of the value stands; its start where that is not known."""
        return (self.line, self.column + (self.inner + offset if self.inner >= 0 else 0))


class YamlList(NamedTuple):
    """A list, with the place where it begins."""

    items: tuple[YamlNode, ...]
    line: int
    column: int


class YamlMap(NamedTuple):
    """A mapping, with the place where it begins and where each of its keys stands."""

    entries: dict[str, YamlNode]
    keys: dict[str, Spot]
    line: int
    column: int


YamlNode: TypeAlias = YamlText | YamlList | YamlMap


@dataclass(slots=True)
class _Reading:
    """What is at hand while one text is read."""

    text: str
    path: PurePosixPath
    first_line: int
    event: Callable[[], Event]
    stand_in: str
    problems: list[Problem] = field(default_factory=list)

    def complain(self, complaint: Complaint, spot: Spot, *related: Spot) -> None:
        code, message, hint = complaint
        places = tuple(Place(self.path, *other) for other in related)
        self.problems.append(Problem(code, message, Place(self.path, *spot), hint, related=places))

    def spot(self, event: Event) -> Spot:
        mark = event.start_mark
        assert mark is not None  # noqa: S101 (every event that a parser makes has one)
        return (mark.line + self.first_line, mark.column + 1)


class _StopError(Exception):
    """The text cannot be read any further; the problem has been noted."""


def read_yaml(
    text: str, path: PurePosixPath, *, first_line: int = 1
) -> tuple[YamlNode | None, tuple[Problem, ...]]:
    """Read *text*, which begins on line *first_line* of the file *path*, into a tree.

    The tree is None where the text is empty, or broken beyond going on.
    """
    prepared, stand_in = _without_leading_percents(text)
    loader = _LOADER(prepared)
    reading = _Reading(text, path, first_line, loader.get_event, stand_in)
    node: YamlNode | None = None
    try:
        node = _stream(reading)
    except yaml.MarkedYAMLError as error:
        if error.problem == _LIBYAML_TOO_DEEP and error.problem_mark:
            # It reads far ahead. In what stands before, our own limit is found, at its place.
            return read_yaml(text[: error.problem_mark.index], path, first_line=first_line)
        reading.complain(*_complaint(error, first_line))
    except yaml.YAMLError:
        reading.complain(in_our_words("", "")[0], (first_line, 1))
    except _StopError:
        pass
    finally:
        loader.dispose()
    return node, tuple(reading.problems)


def _without_leading_percents(text: str) -> tuple[str, str]:
    """Put a character of the same width in place of each ``%`` that begins a date; return that, too."""
    if "%" not in text or not _PERCENT.search(text):
        return text, ""
    stand_in = next(char for char in _STAND_INS if char not in text)
    return _PERCENT.sub(rf"\1{stand_in}", text), stand_in


def _complaint(error: yaml.MarkedYAMLError, first_line: int) -> tuple[Complaint, Spot]:
    """Say what *error* means, and where: an unclosed bracket is shown where it was opened."""
    complaint, at_context = in_our_words(error.problem or "", error.context or "")
    mark = error.context_mark if at_context else error.problem_mark
    mark = mark or error.problem_mark or error.context_mark
    return complaint, (mark.line + first_line, mark.column + 1) if mark else (first_line, 1)


def _stream(reading: _Reading) -> YamlNode | None:
    """Read the whole stream, which holds one document or none."""
    node: YamlNode | None = None
    while True:
        event = reading.event()
        if isinstance(event, StreamEndEvent):
            return node
        if isinstance(event, DocumentStartEvent):
            if node is not None:
                reading.complain(_SECOND_DOCUMENT, reading.spot(event))
                raise _StopError
            node = _node(reading, reading.event(), 1)
        elif not isinstance(event, StreamStartEvent | DocumentEndEvent):  # pragma: no cover
            raise _StopError


def _node(reading: _Reading, event: Event, depth: int) -> YamlNode:
    """Read the node that *event* begins; *depth* counts from 1."""
    kind = type(event)
    if kind is ScalarEvent:
        return _scalar(reading, event)  # type: ignore[arg-type]
    if kind is AliasEvent:
        reading.complain(_ALIAS, reading.spot(event))
        return YamlText("", *reading.spot(event), 0)
    _refuse_marks(reading, event)
    if depth > MAX_DEPTH:
        reading.complain(_TOO_DEEP, reading.spot(event))
        raise _StopError
    if kind is MappingStartEvent:
        return _mapping(reading, event, depth)
    return _sequence(reading, event, depth)


def _scalar(reading: _Reading, event: ScalarEvent) -> YamlText:
    """Turn *event* into text with its place."""
    start, end = event.start_mark, event.end_mark
    assert start is not None  # noqa: S101 (every event that a parser makes has one)
    assert end is not None  # noqa: S101
    value = event.value
    inner = 1 if event.style in {"'", '"'} else 0
    if end.index - start.index != len(value) + 2 * inner:
        inner = -1
        _refuse_escaped_controls(reading, event)
    if event.anchor or event.tag:
        _refuse_marks(reading, event)
    if reading.stand_in and reading.stand_in in value:
        value = value.replace(reading.stand_in, "%")
    return YamlText(value, start.line + reading.first_line, start.column + 1, inner)


def _sequence(reading: _Reading, start: Event, depth: int) -> YamlList:
    """Read the items of a list up to its end."""
    items = []
    event = reading.event()
    while type(event) is not SequenceEndEvent:
        items.append(_node(reading, event, depth + 1))
        event = reading.event()
    return YamlList(tuple(items), *reading.spot(start))


def _mapping(reading: _Reading, start: Event, depth: int) -> YamlMap:
    """Read the keys and values of a mapping up to its end; of two equal keys the first one counts."""
    entries: dict[str, YamlNode] = {}
    keys: dict[str, Spot] = {}
    event = reading.event()
    while type(event) is not MappingEndEvent:
        spot = reading.spot(event)
        key = _key(reading, event)
        value_event = reading.event()
        if key in DATE_KEYS and getattr(value_event, "flow_style", False):
            value: YamlNode = _as_typed(reading, value_event)
        else:
            value = _node(reading, value_event, depth + 1)
        if key in keys:
            reading.complain(_duplicate(key, keys[key]), spot, keys[key])
        elif key is not None:
            entries[key], keys[key] = value, spot
        event = reading.event()
    return YamlMap(entries, keys, *reading.spot(start))


def _key(reading: _Reading, event: Event) -> str | None:
    """Return the key that *event* holds, or None after a problem with it has been noted."""
    if not isinstance(event, ScalarEvent):
        reading.complain(_KEY_NOT_TEXT, reading.spot(event))
        _skip(reading, event)
        return None
    key = _scalar(reading, event).value
    if key in {"<<", ""}:
        reading.complain(_MERGE_KEY if key else _KEY_NOT_TEXT, reading.spot(event))
        return None
    return key


def _as_typed(reading: _Reading, start: Event) -> YamlText:
    """Take the source text of a bracketed collection as one scalar, without spaces, which EDTF knows not."""
    end = _skip(reading, start)
    assert start.start_mark is not None  # noqa: S101 (every event that a parser makes has one)
    assert end.end_mark is not None  # noqa: S101
    typed = reading.text[start.start_mark.index : end.end_mark.index]
    value = "".join(typed.split())
    return YamlText(value, *reading.spot(start), 0 if value == typed else -1)


def _skip(reading: _Reading, event: Event) -> Event:
    """Read past the node that *event* begins, however deep, and return its last event."""
    depth = 0
    while True:
        depth += isinstance(event, CollectionStartEvent) - isinstance(event, CollectionEndEvent)
        if depth == 0:
            return event
        event = reading.event()


def _refuse_marks(reading: _Reading, event: Event) -> None:
    """Note a problem for an anchor or a tag on the node that *event* begins."""
    if isinstance(event, NodeEvent) and event.anchor:
        reading.complain(_ANCHOR, reading.spot(event))
    if getattr(event, "tag", None):
        reading.complain(_TAG, reading.spot(event))


def _refuse_escaped_controls(reading: _Reading, event: ScalarEvent) -> None:
    """Note a problem for a control character, or a direction mark left open, that is written as an escape."""
    if event.style != '"':
        return
    if _CONTROLS.search(event.value):
        reading.complain(_ESCAPED_CONTROL, reading.spot(event))
    if any(unbalanced(line) for line in event.value.split("\n")):
        reading.complain(_ESCAPED_MARK, reading.spot(event))


def _duplicate(key: str, first: Spot) -> Complaint:
    return Complaint(
        "TG122",
        f"the key {key!r} stands here a second time; its first place is line {first[0]}",
        "keep one of the two, or join their values",
    )


_SECOND_DOCUMENT: Final = Complaint(
    "TG125", "a second YAML document begins here, and only the first would count", "remove the line"
)
_ALIAS: Final = Complaint(
    "TG123",
    "'*' at the start of a value is a YAML alias, which is not allowed here",
    "put text that begins with '*' in quotes; otherwise write the value out",
)
_ANCHOR: Final = Complaint(
    "TG123",
    "'&' at the start of a value is a YAML anchor, which is not allowed here",
    "put text that begins with '&' in quotes; otherwise write each value out where it is needed",
)
_TAG: Final = Complaint(
    "TG123",
    "'!' at the start of a value is a YAML tag, which is not allowed here",
    "put text that begins with '!' in quotes",
)
_MERGE_KEY: Final = Complaint(
    "TG123", "the merge key '<<' is not allowed here", "write the keys out where they are needed"
)
_TOO_DEEP: Final = Complaint(
    "TG124",
    f"lists and mappings are nested more than {MAX_DEPTH} deep here, which no content needs",
    "look for brackets that were never closed",
)
_KEY_NOT_TEXT: Final = Complaint(
    "TG127", "a key must be a word or a name, and here none stands", "write 'key: value'"
)
_ESCAPED_CONTROL: Final = Complaint(
    "TG106",
    "this text holds an invisible control character, written as an escape",
    "remove the escape, or put the text in single quotes, where a backslash is just a backslash",
)
_ESCAPED_MARK: Final = Complaint(
    "TG113",
    "this text holds a direction mark, written as an escape, that has no counterpart in its line",
    "remove the escape",
)
