"""A text from elsewhere, before it is an article."""

from __future__ import annotations

from dataclasses import dataclass
from typing import NamedTuple


class Passage(NamedTuple):
    """A paragraph as plain text, on one line."""

    line: int
    """Where it begins in the file, from 1 on."""
    text: str


@dataclass(frozen=True, slots=True)
class Manuscript:
    """The text of a file, and its metadata; empty where it has none."""

    body: str
    """Markdown."""
    passages: tuple[Passage, ...]
    title: str = ""
    lang: str = ""
    """A code as the file has it (BCP 47), unchecked."""
    date: str = ""
    """As the file has it; in a meta element that is ISO 8601."""
    authors: tuple[str, ...] = ()
    summary: str = ""
    source_name: str = ""
    source_url: str = ""


def one_line(text: str) -> str:
    """Return *text* on one line, without signs that no reader sees.

    It may be put behind a ``#`` in YAML: whatever YAML takes for the end of a line is gone.
    """
    return "".join(sign for sign in " ".join(text.split()) if sign.isprintable())
