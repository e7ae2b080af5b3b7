"""Bytes into text, and a file into its two halves."""

from __future__ import annotations

from pathlib import PurePosixPath

import pytest
from hypothesis import given
from hypothesis import strategies as st

from timeline_gen.model.files import Source
from timeline_gen.reading.front_matter.decoding import MAX_BYTES, decode, spot_of
from timeline_gen.reading.front_matter.halves import Halves, split

PATH = PurePosixPath("content/articles/a.en.md")


def said(data: bytes) -> list[str]:
    """Return where each problem with *data* stands, and its code."""
    problems = decode(Source(PATH, data))[1]
    return [f"{problem.place.line}:{problem.place.column} {problem.code}" for problem in problems]


@pytest.mark.parametrize(
    ("data", "text"),
    [
        (b"a\r\nb\r\n", "a\nb\n"),
        ("\ufeffأب".encode(), "أب"),
        (b"a\tb", "a\tb"),
        ("a\u2067b\u2069 \u200f\u200e\u061c".encode(), "a\u2067b\u2069 \u200f\u200e\u061c"),
        ("a\u2028b".encode(), "a b"),
    ],
)
def test_text(data: bytes, text: str) -> None:
    """Line ends of Windows, byte order marks and closed direction marks do not stand in anyone's way."""
    assert decode(Source(PATH, data))[0] == text


@pytest.mark.parametrize(
    ("data", "found"),
    [
        (b"", ["1:1 TG102"]),
        (b" \n", ["1:1 TG102"]),
        (b"\xef\xbb\xbf", ["1:1 TG103", "1:1 TG102"]),
        ("كلمة\n".encode() + b"ab\xff", ["2:3 TG101"]),
        ("كلمة".encode("utf-16"), ["1:1 TG101"]),
        (b"a\x00b\x1b", ["1:2 TG106", "1:4 TG106"]),
        (b"a\rb\r\nc", ["1:2 TG106"]),
        ("أ\u2029ب\nج\x85".encode(), ["1:2 TG106", "2:2 TG106"]),
        ("a\n\u202eb\u202c \u202e".encode(), ["2:5 TG113"]),
        ("\u2069".encode(), ["1:1 TG113"]),
        (b"x" * (MAX_BYTES + 1), ["1:1 TG107"]),
    ],
)
def test_what_is_wrong(data: bytes, found: list[str]) -> None:
    """Each thing that is wrong with a file's bytes is told at its line and column."""
    assert said(data) == found


def test_byte_is_named() -> None:
    """The byte that is no character is named by its number and value."""
    (problem,) = decode(Source(PATH, b"abc\xe9"))[1]

    assert "byte 4" in problem.message
    assert "0xe9" in problem.message


@given(st.text(), st.integers(min_value=0, max_value=50))
def test_spots(text: str, index: int) -> None:
    """A spot is what counting lines and characters gives."""
    index = min(index, len(text))
    line, column = spot_of(text, index)

    assert text.split("\n")[line - 1][: column - 1] == text[:index].rsplit("\n", maxsplit=1)[-1]


@pytest.mark.parametrize(
    ("text", "halves"),
    [
        ("---\na: b\n---\nbody\n", Halves("a: b\n", "body\n", 4)),
        ("---\n---\n", Halves("", "", 3)),
        ("---\na: b\n---", Halves("a: b\n", "", 4)),
        ("--- \na: b\n---\t\n\nbody", Halves("a: b\n", "\nbody", 4)),
        ("---\na: |\n  ---\n---\n---\n", Halves("a: |\n  ---\n", "---\n", 5)),
    ],
)
def test_halves(text: str, halves: Halves) -> None:
    """Front matter stands between two lines of dashes; the body begins on the next line."""
    assert split(Source(PATH, text.encode())) == (halves, ())


@given(st.text(alphabet="ab\n- :é", max_size=60), st.text(alphabet="ab\n- é", max_size=60))
def test_body_line(matter: str, body: str) -> None:
    """The body's first line is where the file says it is."""
    text = f"---\n{matter}\n---\n{body}"
    halves, _ = split(Source(PATH, text.encode()))

    assert halves is not None
    assert text.split("\n")[halves.body_line - 1 :] == halves.body.split("\n")
