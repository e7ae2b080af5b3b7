"""What the complaints of a YAML parser mean to an author, and what to write instead."""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import Final, NamedTuple

from timeline_gen.messages import say
from timeline_gen.model.texts import Position
from timeline_gen.text.bidi import unbalanced

MAX_DEPTH: Final = 64
"""How deep lists and mappings may be nested."""


class Complaint(NamedTuple):
    """A problem before it knows its place."""

    code: str
    message: str
    hint: str


class _Rule(NamedTuple):
    """A complaint for each parser message that holds *problem* and each context that holds *context*."""

    problem: str
    context: str
    message: str
    hint: str
    at_context: bool = False
    """Whether the place to show is where the construct began, not where the parser gave up."""


TAB: Final = "violate"
"""A word of the parser's message for tabs where a line is indented."""

_RULES: Final = (
    _Rule(
        "mapping values are not allowed",
        "",
        say("a colon with a space after it cannot be in unquoted text, because it begins a value"),
        say('put the whole text in quotes: title: "One: two"'),
    ),
    _Rule(
        "could not find expected ':'",
        "",
        say("this line is not 'key: value': it has no colon"),
        say("write 'key: value', or indent the line under the text that it continues"),
        at_context=True,
    ),
    _Rule(
        "unexpected end of stream",
        "quoted scalar",
        say("the quotation mark that opens here is never closed"),
        say("close it at the end of the text"),
        at_context=True,
    ),
    _Rule(
        "unexpected document indicator",
        "quoted scalar",
        say("the quotation mark that opens here is never closed"),
        say("close it at the end of the text"),
        at_context=True,
    ),
    _Rule(
        "escape",
        "",
        say("a backslash inside double quotes begins an escape, and this is none that YAML knows"),
        say("use single quotes, where a backslash is just a backslash"),
    ),
    _Rule(
        TAB,
        "",
        say("the line is indented with a tab, and YAML counts spaces only"),
        say("indent with spaces"),
    ),
    _Rule(
        "cannot start any token",
        "",
        say("unquoted text cannot begin with this character"),
        say("put the whole text in quotes"),
    ),
    _Rule(
        "expected ',' or ']'",
        "",
        say("the list that opens here with '[' is not closed, or a comma is missing in it"),
        say("write [one, two]; put an item that holds a bracket or a comma in quotes"),
        at_context=True,
    ),
    _Rule(
        "expected ',' or '}'",
        "",
        say("the mapping that opens here with '{' is not closed, or a comma is missing in it"),
        say("write {key: value, key: value}; put a value that holds a bracket or a comma in quotes"),
        at_context=True,
    ),
    _Rule(
        "expected '-' indicator",
        "",
        say("this line is at the place of a list item, but does not begin with '- '"),
        say("begin each item with '- ', or indent the line under the item that it belongs to"),
    ),
    _Rule(
        "expected <block end>",
        "block collection",
        say("this line is at the place of a list item, but does not begin with '- '"),
        say("begin each item with '- ', or indent the line under the item that it belongs to"),
    ),
    _Rule(
        "expected key",
        "",
        say(
            "this is no key here: the indentation fits no line above, or the text before it was "
            "closed too early"
        ),
        say("line the keys of one mapping up; put text that begins with a quotation mark wholly in quotes"),
    ),
    _Rule(
        "expected <block end>",
        "",
        say(
            "this is no key here: the indentation fits no line above, or the text before it was "
            "closed too early"
        ),
        say("line the keys of one mapping up; put text that begins with a quotation mark wholly in quotes"),
    ),
    _Rule(
        "block sequence entries are not allowed",
        "",
        say("a list item cannot begin on the line of its key"),
        say("begin the list on the next line, or write [one, two]"),
    ),
    _Rule(
        "alphabetic or numeric character",
        "",
        say("'*' and '&' at the start of a value mean something else in YAML"),
        say("put the whole text in quotes"),
        at_context=True,
    ),
    _Rule(
        "",
        "block scalar",
        say("'|' or '>' at the start of a value means something else in YAML"),
        say("put the whole text in quotes"),
        at_context=True,
    ),
    _Rule(
        "mapping keys are not allowed",
        "",
        say("'?' at the start of a value means something else in YAML"),
        say("put the whole text in quotes"),
    ),
    _Rule(
        "<document start>",
        "",
        say(
            "this line belongs to nothing above it: it begins further left than the first one, "
            "or what it belongs to was closed before"
        ),
        say("begin all keys of one mapping in the same column"),
    ),
    _Rule(
        "",
        "tag",
        say("'!' at the start of a value means something else in YAML"),
        say("put the whole text in quotes"),
        at_context=True,
    ),
    _Rule(
        "",
        "directive",
        say("'%' at the start of a line means something else in YAML"),
        say("put the whole text in quotes"),
        at_context=True,
    ),
)

_UNKNOWN: Final = _Rule(
    "",
    "",
    say("YAML cannot be read from here on"),
    say("look at the quotes, brackets and indentation of this line"),
)


def in_our_words(problem: str, context: str) -> tuple[Complaint, bool]:
    """Return the complaint for a parser's *problem*, and whether its position is that of the *context*."""
    # The first that fits counts: of two rules for one message, that with a context comes first.
    rule = next((rule for rule in _RULES if rule.problem in problem and rule.context in context), _UNKNOWN)
    return Complaint("TG121", rule.message, rule.hint), rule.at_context


SECOND_DOCUMENT: Final = Complaint(
    "TG125", say("a second YAML document begins here, and only the first would count"), say("remove the line")
)
ALIAS: Final = Complaint(
    "TG123",
    say("'*' at the start of a value is a YAML alias, which is not allowed here"),
    say("put text that begins with '*' in quotes; otherwise write the value out"),
)
ANCHOR: Final = Complaint(
    "TG123",
    say("'&' at the start of a value is a YAML anchor, which is not allowed here"),
    say("put text that begins with '&' in quotes; otherwise write each value out where it is needed"),
)
TAG: Final = Complaint(
    "TG123",
    say("'!' at the start of a value is a YAML tag, which is not allowed here"),
    say("put text that begins with '!' in quotes"),
)
MERGE_KEY: Final = Complaint(
    "TG123", say("the merge key '<<' is not allowed here"), say("write the keys out where they are needed")
)
TOO_DEEP: Final = Complaint(
    "TG124",
    say(
        "lists and mappings are nested more than {max_depth} deep here, which no content needs",
        max_depth=MAX_DEPTH,
    ),
    say("look for brackets that were never closed"),
)
KEY_NOT_TEXT: Final = Complaint(
    "TG127", say("a key must be a word or a name, and here is none"), say("write 'key: value'")
)
ESCAPED_CONTROL: Final = Complaint(
    "TG106",
    say("this text holds an invisible control character, written as an escape"),
    say("remove the escape, or put the text in single quotes, where a backslash is just a backslash"),
)
ESCAPED_MARK: Final = Complaint(
    "TG113",
    say("this text holds a direction mark, written as an escape, that has no counterpart in its line"),
    say("remove the escape"),
)


def duplicate(key: str, first: Position) -> Complaint:
    """Return the complaint of a *key* that was given before, at *first*."""
    return Complaint(
        "TG122",
        say(
            "the key {key!r} is here a second time; its first place is line {first}",
            key=key,
            first=first[0],
        ),
        say("keep one of the two, or join their values"),
    )


_CONTROLS: Final = re.compile("[\x00-\x08\x0b-\x1f\x7f-\x9f\u2028\u2029]")


def escape_faults(value: str) -> Iterator[Complaint]:
    """Yield a complaint where the text *value* holds a control character, or leaves a direction mark open."""
    if _CONTROLS.search(value):
        yield ESCAPED_CONTROL
    if any(unbalanced(line) for line in value.split("\n")):
        yield ESCAPED_MARK
