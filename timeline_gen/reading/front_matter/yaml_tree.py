"""The one door to PyYAML: text into a tree in which every scalar is the text that was typed, with its place.

Only the *events* of the parser are used. Its own types are off on purpose (they turn ``-0044`` into
-36 and ``12:30`` into 750), and its node level crashes the interpreter on 50,000 brackets.
What no article needs (anchors, aliases, tags, merge keys) is refused, with its position.
The marks of libyaml count characters, not bytes; the slow parser of PyYAML serves where libyaml is missing.
"""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Callable
from contextlib import suppress
from dataclasses import dataclass, field
from pathlib import PurePosixPath
from typing import Final, Protocol

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

from timeline_gen.errors import Level, Place, Problem
from timeline_gen.model.texts import Position
from timeline_gen.reading.front_matter.date_keys import DATE_KEYS, without_leading_percents
from timeline_gen.reading.front_matter.yaml_nodes import YamlList, YamlMap, YamlNode, YamlText
from timeline_gen.reading.front_matter.yaml_slips import (
    HIDDEN_BRACKET,
    Comment,
    closed_late,
    comment_after,
    cut_off,
    foreign_comma,
    hiding_comment,
    loses_text,
    no_colon,
    slip_at,
    undivided,
    unspaced,
)
from timeline_gen.reading.front_matter.yaml_words import (
    ALIAS,
    ANCHOR,
    KEY_NOT_TEXT,
    MAX_DEPTH,
    MERGE_KEY,
    SECOND_DOCUMENT,
    TAB,
    TAG,
    TOO_DEEP,
    Complaint,
    duplicate,
    escape_faults,
    in_our_words,
)

_LIBYAML_TOO_DEEP: Final = "exceeded maximum nesting depth"
"""The message of newer versions of libyaml for a thousand levels."""
_COLON: Final = re.compile(r"\s*:")
_LISTED: Final = frozenset({"languages"})
"""Keys whose mapping may be a mere list, as in ``{ar, en}``."""
_LOADER: Final = getattr(yaml, "CSafeLoader", yaml.SafeLoader)


class ParserMark(Protocol):
    """A place in a text, as either of the two parsers has it; all counted from 0."""

    index: int
    line: int
    column: int


@dataclass(slots=True)
class _TreeReading:
    """What is at hand while one text is read."""

    text: str
    path: PurePosixPath
    first_line: int
    event: Callable[[], Event]
    stand_in: str
    comments: bool
    """Whether the text holds a ``#`` at all."""
    date_keys: frozenset[str]
    cuts: dict[Position, Comment] = field(default_factory=dict)
    """Comments that may have been meant as text, by the place of the scalar that they end."""
    bare: list[tuple[str, str, Position]] = field(default_factory=list)
    """Keys in braces without a colon, each with the key before it and its place."""
    problems: list[Problem] = field(default_factory=list)

    def complain(
        self, complaint: Complaint, position: Position, *related: Position, level: Level = Level.ERROR
    ) -> None:
        code, message, hint = complaint
        place, others = Place(self.path, *position), tuple(Place(self.path, *other) for other in related)
        self.problems.append(Problem(code, message, place, hint, related=others, level=level))

    def position_of_index(self, index: int) -> Position:
        """Return the line and column of the character at *index* of the text."""
        before = self.text.rfind("\n", 0, index) + 1
        return (self.text.count("\n", 0, index) + self.first_line, index - before + 1)

    def position(self, event: Event) -> Position:
        mark = _known(event.start_mark)
        return (mark.line + self.first_line, mark.column + 1)


def _known(mark: ParserMark | None) -> ParserMark:
    """Return *mark*; every event that a parser makes has its marks."""
    if mark is None:
        raise TypeError("an event without a place")
    return mark


class _StopError(Exception):
    """The text cannot be read any further; the problem has been noted."""


def read_yaml(
    text: str, path: PurePosixPath, *, first_line: int = 1, date_keys: frozenset[str] = DATE_KEYS
) -> tuple[YamlNode | None, tuple[Problem, ...]]:
    """Read *text*, which begins on line *first_line* of the file *path*, into a tree.

    The tree is None where the text is empty, or broken beyond going on. The values of *date_keys* are text,
    as they are typed, also where they look like mappings.
    """
    prepared, stand_in = without_leading_percents(text)
    loader = _LOADER(prepared)
    reading = _TreeReading(text, path, first_line, loader.get_event, stand_in, "#" in text, date_keys)
    node: YamlNode | None = None
    try:
        node = _stream(reading)
        for before, key, position in reading.bare:
            reading.complain(no_colon(before, key), position)
    except yaml.MarkedYAMLError as error:
        if error.problem == _LIBYAML_TOO_DEEP and error.problem_mark:
            # It reads far ahead. In the text before, our own limit is found, at its position.
            before = text[: error.problem_mark.index]
            return read_yaml(before, path, first_line=first_line, date_keys=date_keys)
        if not _blame_comment(reading, error) and not _blame_quotes(reading, error):
            reading.complain(*_complaint(error, text, first_line))
    # A character that YAML does not allow: of it the parser gives no place.
    except yaml.YAMLError:
        reading.complain(in_our_words("", "")[0], (first_line, 1))
    except _StopError:
        pass
    finally:
        loader.dispose()
    return node, tuple(reading.problems)


def _complaint(error: yaml.MarkedYAMLError, text: str, first_line: int) -> tuple[Complaint, Position]:
    """Return the complaint of *error* in *text*, and its position; an unclosed bracket's is its opening."""
    mark = error.problem_mark or error.context_mark
    lines = text.split("\n")
    if mark and (slip := slip_at(lines, mark.line, mark.column)):
        return slip, (mark.line + first_line, mark.column + 1)
    for line in _lines_at(error):
        if slip := unspaced(lines[line] if line < len(lines) else ""):
            return slip, (line + first_line, len(lines[line]) - len(lines[line].lstrip()) + 1)
    is_tab = mark is not None and text[mark.index : mark.index + 1] == "\t"
    complaint, at_context = in_our_words(TAB if is_tab else error.problem or "", error.context or "")
    mark = error.context_mark if at_context else error.problem_mark
    mark = mark or error.problem_mark or error.context_mark
    return complaint, (mark.line + first_line, mark.column + 1) if mark else (first_line, 1)


def _blame_comment(reading: _TreeReading, error: yaml.MarkedYAMLError) -> bool:
    """Report the comment that hides the closing bracket which *error* misses; return whether there is one."""
    begin, end = error.context_mark, error.problem_mark
    if not begin or not end or "flow" not in (error.context or ""):
        return False
    # Where a value is missing, the parser does not report the bracket it is missing from.
    last = max(reading.text.rfind(bracket, 0, end.index) for bracket in "[{")
    index = hiding_comment(reading.text, min(begin.index, last), end.index)
    if index < 0:
        return False
    position = reading.position_of_index(index)
    # That it cuts off a text, too, is no news.
    reading.problems = [
        known for known in reading.problems if (known.place.line, known.place.column) != position
    ]
    reading.complain(HIDDEN_BRACKET, position)
    return True


def _blame_quotes(reading: _TreeReading, error: yaml.MarkedYAMLError) -> bool:
    """Report quotes that close only in the line of *error*, below their text; return whether there are."""
    line = error.problem_mark.line if error.problem_mark else -1
    found: tuple[ParserMark, ParserMark] | None = None
    with suppress(yaml.YAMLError):
        for token in yaml.scan(reading.text, Loader=_LOADER):
            start, end = token.start_mark, token.end_mark
            if start.line > line:
                break
            if (
                isinstance(token, yaml.ScalarToken)
                and token.style in {"'", '"'}
                and start.line < end.line == line
            ):
                found = start, end
    if found is None:
        return False
    opened, closed = ((mark.line + reading.first_line, mark.column + 1) for mark in found)
    closed = (closed[0], closed[1] - 1)
    reading.complain(closed_late(closed), opened, closed)
    return True


def _lines_at(error: yaml.MarkedYAMLError) -> list[int]:
    """Return the lines (from 0) where *error* may have its cause: where YAML gave up, and what led there."""
    marks = [mark.line for mark in (error.context_mark, error.problem_mark) if mark]
    return [*marks, *(line - 1 for line in marks if line)]


def _stream(reading: _TreeReading) -> YamlNode | None:
    """Read the whole stream, which holds one document or none; a document without content is none."""
    begun = False
    node: YamlNode | None = None
    while True:
        event = reading.event()
        if isinstance(event, StreamEndEvent):
            return node
        if isinstance(event, DocumentStartEvent):
            if begun:
                reading.complain(SECOND_DOCUMENT, reading.position(event))
                raise _StopError
            begun = True
            root = reading.event()
            read = _node(reading, root, 1)
            node = None if _is_empty(root) else read
        elif not isinstance(event, StreamStartEvent | DocumentEndEvent):  # pragma: no cover
            raise _StopError


def _is_empty(event: Event) -> bool:
    """Return whether *event* is a value that was not typed at all, as after a lone ``---``."""
    return isinstance(event, ScalarEvent) and not event.value and not event.style


def _node(reading: _TreeReading, event: Event, depth: int) -> YamlNode:
    """Read the node that *event* begins; *depth* counts from 1."""
    kind = type(event)
    if kind is ScalarEvent:
        return _scalar(reading, event)  # type: ignore[arg-type]
    if kind is AliasEvent:
        reading.complain(ALIAS, reading.position(event))
        # The rest is read all the same, so that an author meets all problems in one build.
        return YamlText("", *reading.position(event), 0)
    _refuse_marks(reading, event)
    if depth > MAX_DEPTH:
        reading.complain(TOO_DEEP, reading.position(event))
        raise _StopError
    if kind is MappingStartEvent:
        return _mapping(reading, event, depth)
    return _sequence(reading, event, depth)


def _scalar(reading: _TreeReading, event: ScalarEvent) -> YamlText:
    """Turn *event* into text with its place."""
    start, end = _known(event.start_mark), _known(event.end_mark)
    value = event.value
    inner = 1 if event.style in {"'", '"'} else 0
    # Folded, escaped or with doubled quotes: an index into the value leads nowhere in the source.
    if end.index - start.index != len(value) + 2 * inner:
        inner = -1
        for complaint in escape_faults(value) if event.style == '"' else ():
            reading.complain(complaint, reading.position(event))
    if event.anchor or event.tag:
        _refuse_marks(reading, event)
    if reading.comments and not event.style and (comment := comment_after(reading.text, end.index)):
        reading.cuts[start.line + reading.first_line, start.column + 1] = comment
    if reading.stand_in and reading.stand_in in value:
        value = value.replace(reading.stand_in, "%")
    return YamlText(value, start.line + reading.first_line, start.column + 1, inner)


def _sequence(reading: _TreeReading, start: Event, depth: int) -> YamlList:
    """Read the items of a list up to its end."""
    items = []
    event = reading.event()
    while type(event) is not SequenceEndEvent:
        item = _node(reading, event, depth + 1)
        items.append(item)
        if isinstance(event, ScalarEvent) and getattr(start, "flow_style", False):
            _note_foreign_comma(reading, event)
        event = reading.event()
    return YamlList(tuple(items), *reading.position(start))


def _mapping(reading: _TreeReading, start: Event, depth: int) -> YamlMap:
    """Read the keys and values of a mapping up to its end; of two equal keys the first one counts."""
    entries: dict[str, YamlNode] = {}
    keys: dict[str, Position] = {}
    event = reading.event()
    while type(event) is not MappingEndEvent:
        position = reading.position(event)
        key = _key(reading, event)
        value_event = reading.event()
        bare = len(reading.bare)
        if key in reading.date_keys and getattr(value_event, "flow_style", False):
            value: YamlNode = _as_typed(reading, value_event)
        else:
            value = _node(reading, value_event, depth + 1)
        if reading.cuts and key is not None:
            _note_cuts(reading, key, value)
        if key in _LISTED:
            del reading.bare[bare:]
        if (
            getattr(start, "flow_style", False)
            and key is not None
            and _lacks_colon(reading, event, value_event)
        ):
            reading.bare.append((next(reversed(keys), ""), key, position))
        if key in keys:
            reading.complain(duplicate(key, keys[key]), position, keys[key])
        elif key is not None:
            entries[key], keys[key] = value, position
        event = reading.event()
    return YamlMap(entries, keys, *reading.position(start))


def _lacks_colon(reading: _TreeReading, key: Event, value: Event) -> bool:
    """Return whether *key*, in braces, has no colon: YAML takes it for a key without a *value*."""
    if not _is_empty(value):
        return False
    return not _COLON.match(reading.text, _known(key.end_mark).index)


def _key(reading: _TreeReading, event: Event) -> str | None:
    """Return the key that *event* holds, or None after a problem with it has been noted."""
    if not isinstance(event, ScalarEvent):
        reading.complain(KEY_NOT_TEXT, reading.position(event))
        _skip(reading, event)
        return None
    key = _scalar(reading, event).value
    if not key.isascii():
        # Two keys that look the same are the same: values are brought to this form, too.
        key = unicodedata.normalize("NFC", key)
    if key in {"<<", ""}:
        reading.complain(MERGE_KEY if key else KEY_NOT_TEXT, reading.position(event))
        return None
    return key


def _note_cuts(reading: _TreeReading, key: str, value: YamlNode) -> None:
    """Warn of each comment that cuts off a text in the *value* of *key*, which may be given by language."""
    items = value.items if isinstance(value, YamlList) else ()
    by_language = value.entries.values() if isinstance(value, YamlMap) else ()
    for node in (value, *items, *by_language):
        comment = reading.cuts.get((node.line, node.column)) if isinstance(node, YamlText) else None
        if comment and loses_text(comment, key, empty=not node.value, listed=bool(items)):
            del reading.cuts[node.line, node.column]
            position = reading.position_of_index(comment.start)
            reading.complain(cut_off(key, empty=not node.value), position, level=Level.WARNING)


def _note_foreign_comma(reading: _TreeReading, event: ScalarEvent) -> None:
    """Warn of a comma of another script in the item *event* of a bracketed list, if it was typed bare."""
    if not event.style and (comma := foreign_comma(event.value)):
        reading.complain(undivided(comma), reading.position(event), level=Level.WARNING)


def _as_typed(reading: _TreeReading, start: Event) -> YamlText:
    """Take the source text of a bracketed collection as one scalar, without spaces, which EDTF knows not."""
    end = _skip(reading, start)
    typed = reading.text[_known(start.start_mark).index : _known(end.end_mark).index]
    value = "".join(typed.split())
    return YamlText(value, *reading.position(start), 0 if value == typed else -1)


def _skip(reading: _TreeReading, event: Event) -> Event:
    """Read past the node that *event* begins, however deep, and return its last event."""
    depth = 0
    while True:
        depth += isinstance(event, CollectionStartEvent) - isinstance(event, CollectionEndEvent)
        if depth == 0:
            return event
        event = reading.event()


def _refuse_marks(reading: _TreeReading, event: Event) -> None:
    """Note a problem for an anchor or a tag on the node that *event* begins."""
    if isinstance(event, NodeEvent) and event.anchor:
        reading.complain(ANCHOR, reading.position(event))
    if getattr(event, "tag", None):
        reading.complain(TAG, reading.position(event))
