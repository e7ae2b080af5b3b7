"""YAML with places: every scalar as typed, each where it stands."""

from __future__ import annotations

import re
from pathlib import PurePosixPath
from typing import TypeAlias

import pytest
import yaml
from hypothesis import example, given, settings
from hypothesis import strategies as st

from timeline_gen.reading.front_matter import yaml_tree
from timeline_gen.reading.front_matter.yaml_nodes import YamlList, YamlMap, YamlNode, YamlText
from timeline_gen.reading.front_matter.yaml_tree import read_yaml
from timeline_gen.reading.front_matter.yaml_words import MAX_DEPTH

PATH = PurePosixPath("a.yaml")
Plain: TypeAlias = "str | list[Plain] | dict[str, Plain]"


def tree(text: str, first_line: int = 1) -> YamlNode:
    """Return the tree of *text*, in which nothing is wrong."""
    node, problems = read_yaml(text, PATH, first_line=first_line)
    assert problems == ()
    assert node is not None
    return node


def entries(text: str, first_line: int = 1) -> dict[str, YamlNode]:
    """Return the values of *text*, a mapping, by key."""
    node = tree(text, first_line)
    assert isinstance(node, YamlMap)
    return node.entries


def plain(node: YamlNode) -> Plain:
    """Return *node* without places."""
    if isinstance(node, YamlText):
        return node.value
    if isinstance(node, YamlList):
        return [plain(item) for item in node.items]
    return {key: plain(value) for key, value in node.entries.items()}


@pytest.mark.parametrize(
    "typed",
    [
        "no",
        "on",
        "12:30",
        "0123",
        "-0044",
        "1e3",
        "~",
        "null",
        "2019-02-30",
        "2017",
        ".5",
        "0x1F",
        "=",
        "1_000",
    ],
)
def test_scalars_as_typed(typed: str) -> None:
    """No scalar turns into a number, a truth, a day or nothing."""
    assert plain(tree(f"key: {typed}")) == {"key": typed}


@pytest.mark.parametrize(
    ("text", "value", "spot"),
    [
        ("key: value", "value", (1, 6)),
        ("key:    value", "value", (1, 9)),
        ("key: 'value'", "value", (1, 6)),
        ("مفتاح: قيمة\nkey: value", "value", (2, 6)),
        ('{مفتاح: "عنوان 😀", key: value}', "value", (1, 25)),
        ("a: 😀\nkey: value", "value", (2, 6)),
        ("key:\n  value", "value", (2, 3)),
        ("key: >-\n  one\n  two", "one two", (1, 6)),
        ("key: |\n  one\n  two\n", "one\ntwo\n", (1, 6)),
        ("# comment\n\nkey: value # more", "value", (3, 6)),
    ],
)
def test_places(text: str, value: str, spot: tuple[int, int]) -> None:
    """A value's place is its first character's, counted in characters whatever the script before it."""
    node = entries(text)["key"]

    assert isinstance(node, YamlText)
    assert node.value == value
    assert (node.line, node.column) == spot


def test_places_in_the_file() -> None:
    """Lines are the file's own, not those of the front matter."""
    node = tree("a: 1\nb: [x]", first_line=2)

    assert isinstance(node, YamlMap)
    assert node.keys == {"a": (2, 1), "b": (3, 1)}
    assert node.entries["b"][1:] == (3, 4)


@pytest.mark.parametrize(
    ("text", "offset", "spot"),
    [
        ("key: October 20x9", 8, (1, 14)),
        ('key: "October 20x9"', 8, (1, 15)),
        ("key: 'أكتوبر 20x9'", 7, (1, 14)),
        ("key: 'it''s 20x9'", 5, (1, 6)),
        ('key: "\\x41 20x9"', 2, (1, 6)),
        ("key: >-\n  October\n  20x9", 8, (1, 6)),
    ],
)
def test_places_inside_a_value(text: str, offset: int, spot: tuple[int, int]) -> None:
    """A spot inside a value is exact where the value stands there as typed; else it is the value's start."""
    node = entries(text)["key"]

    assert isinstance(node, YamlText)
    assert node.position(offset) == spot


@pytest.mark.parametrize(
    ("text", "value"),
    [
        ("date: [1667, 1668, 1670..1672]", "[1667,1668,1670..1672]"),
        ("date: {1960,1961-12}", "{1960,1961-12}"),
        ("date: [1667,\n  1668]", "[1667,1668]"),
        ("date: [..1984]", "[..1984]"),
        ("date: %2004-06", "%2004-06"),
        ("date:   %2004-06~ # x", "%2004-06~"),
        ("{x: 5%, date: %2004, y: 6%}", "%2004"),
        ("sort_date: '2004'\ndate: %2004", "%2004"),
        ("date: '[1667, 1668]'", "[1667, 1668]"),
        ("date: {{1960}, [a, {b: c}]}", "{{1960},[a,{b:c}]}"),
    ],
)
def test_dates_that_look_like_yaml(text: str, value: str) -> None:
    """Sets and percent signs of EDTF need no quotes under a date key."""
    assert plain(entries(text)["date"]) == value


def test_brackets_under_other_keys() -> None:
    """Elsewhere brackets are lists, and a percent sign inside a text is left alone."""
    assert plain(tree("people: [a, b]\ntitle: 50% more")) == {"people": ["a", "b"], "title": "50% more"}


@pytest.mark.parametrize(
    ("text", "found"),
    [
        ("a: 1\nb: 2\na: 3", [("TG122", 3, 1)]),
        ("a: 1\na: 2\na: 3", [("TG122", 2, 1), ("TG122", 3, 1)]),
        ("x: {a: 1, a: 2}", [("TG122", 1, 11)]),
        ("x: {caf\u00e9: 1, cafe\u0301: 2}", [("TG122", 1, 14)]),
        ("a: &x 1\nb: *x", [("TG123", 1, 4), ("TG123", 2, 4)]),
        ("a: &x [1]\nb: !t {c: d}", [("TG123", 1, 4), ("TG123", 2, 4)]),
        ("a: !!int 1", [("TG123", 1, 4)]),
        ("<<: {a: 1}", [("TG123", 1, 1)]),
        ("? [a]\n: b", [("TG127", 1, 3)]),
        ("? {a: {b: c}}\n: d\ne: e\ne: f", [("TG127", 1, 3), ("TG122", 4, 1)]),
        ("*x : b", [("TG127", 1, 1)]),
        ("a: 1\n---\nb: 2", [("TG125", 2, 1)]),
        ("[" * 100_000, [("TG124", 1, MAX_DEPTH + 1)]),
        ("{a: " * 100_000, [("TG124", 1, 4 * MAX_DEPTH + 1)]),
        ('a: "\\u0007"', [("TG106", 1, 4)]),
        ('a: "x\\u202e"', [("TG113", 1, 4)]),
        ('a: "\\u202bx\\u202c"', []),
        ("\ta: 1", [("TG121", 1, 1)]),
        ("a: 'b", [("TG121", 1, 4)]),
        ('a: "b\nc: d\ne: {f: "g"}', [("TG121", 1, 4)]),
        ("a: 'b\nc: 'd' e: f", [("TG121", 1, 4)]),
        ("a: %b", [("TG121", 1, 4)]),
        ("a: {src: b, alt: c, seen from d}", [("TG145", 1, 21)]),
        ("a: {b: c, d,\n  e f : g, 'h'}", [("TG145", 1, 11), ("TG145", 2, 12)]),
        ("a: {Reuters}", [("TG145", 1, 5)]),
        ("a: {b: , c: , d: ''}\nlanguages: {ar, en}", []),
        ("a: {name: Paper #3}", [("TG130", 1, 17)]),
        ("a: [Paper #3, Book]\nb: c", [("TG130", 1, 11)]),
        ("a: [Paper, #3]\nb: c", [("TG130", 1, 12)]),
        ("a: {name: b\n# by]\nc: d", [("TG121", 1, 4)]),
    ],
)
def test_what_is_refused(text: str, found: list[tuple[str, int, int]]) -> None:
    """What YAML can do and no article needs is refused, each at its own place."""
    _, problems = read_yaml(text, PATH)

    assert [(one.code, one.place.line, one.place.column) for one in problems] == found


def test_both_places_of_a_duplicate() -> None:
    """Of a key that is there twice both places are named, and the first one counts."""
    node, problems = read_yaml("a: 1\nb: 2\na: 3", PATH)

    assert isinstance(node, YamlMap)
    assert plain(node) == {"a": "1", "b": "2"}
    assert [(place.line, place.column) for place in problems[0].related] == [(1, 1)]


def test_depth_that_is_allowed() -> None:
    """A nest as deep as the limit is read."""
    _, problems = read_yaml("[" * MAX_DEPTH + "]" * MAX_DEPTH, PATH)

    assert problems == ()


def test_merge_key_bomb_takes_no_time() -> None:
    """A text of 500 bytes whose merge keys would unfold into millions is refused at once."""
    levels = "\n".join(f"l{n}: &l{n} [{', '.join([f'*l{n - 1}'] * 9)}]" for n in range(1, 9))
    _, problems = read_yaml(f"l0: &l0 [x]\n{levels}", PATH)

    assert {problem.code for problem in problems} == {"TG123"}


def test_nothing() -> None:
    """No text, comments alone, and a document without content are no tree and no problem."""
    for text in ("", "# only a comment\n", "---", "---\n", "--- # nothing\n...\n"):
        assert read_yaml(text, PATH) == (None, ())


TEXTS = st.text(st.sampled_from("ab:-[]{}'\"&*!|>%@`#,?\n\n  \\قي😀"), max_size=60)


@settings(max_examples=400, deadline=None)
@given(TEXTS)
def test_any_text(text: str) -> None:
    """Whatever the text, there is a tree, nothing, or a problem with a place in the text."""
    node, problems = read_yaml(text, PATH)
    lines = text.count("\n") + 2

    assert node is not None or problems or not plain_events(text)
    assert all(1 <= problem.place.line <= lines for problem in problems)


def plain_events(text: str) -> bool:
    """Return whether a document in *text* has content."""
    scalars = (event for event in yaml.parse(text) if isinstance(event, yaml.ScalarEvent))
    return any(event.value or event.style for event in scalars)


LEFT_OUT = re.compile(r"%|\?(?!\S)")
"""A stand-in for a percent sign, and the place of the value that a key written as ``? key`` lacks."""


@settings(max_examples=200, deadline=None)
@given(TEXTS.filter(lambda text: not LEFT_OUT.search(text)))
@example("---")
def test_slow_parser_agrees(text: str) -> None:
    """Where libyaml is missing, what is right is read to the same tree, with the same places."""
    node, problems = read_yaml(text, PATH)
    fast, yaml_tree._LOADER = yaml_tree._LOADER, yaml.SafeLoader  # type: ignore[misc]
    try:
        slow_node, slow_problems = read_yaml(text, PATH)
    finally:
        yaml_tree._LOADER = fast  # type: ignore[misc]

    if not problems and not slow_problems:
        assert node == slow_node
