"""Dated sentences of a file: candidates for events, none of which is an event yet."""

from __future__ import annotations

import codecs
from collections.abc import Iterable, Iterator
from contextlib import suppress
from dataclasses import dataclass
from pathlib import Path, PurePosixPath
from typing import Final, NamedTuple

from timeline_gen.building.options import Options
from timeline_gen.building.problems import Problems
from timeline_gen.building.site_settings import settings_of
from timeline_gen.dates.days import parse_iso_day
from timeline_gen.dates.mentions import MentionStyle, find_mentions, likeliest_language, split_sentences
from timeline_gen.dates.words import LEXICONS, lexicon
from timeline_gen.errors import ContentError, Problem, UsageError
from timeline_gen.messages import say
from timeline_gen.model.dates import Precision, When
from timeline_gen.model.files import Source
from timeline_gen.model.settings import Settings
from timeline_gen.reading.front_matter.decoding import decode
from timeline_gen.reading.manuscripts.manuscript import Manuscript, Passage
from timeline_gen.reading.manuscripts.saved_pages import charset_of, read_page
from timeline_gen.reading.manuscripts.texts import read_markdown, read_plain_text
from timeline_gen.reading.site_paths import SETTINGS
from timeline_gen.reading.stamps import read_stamp
from timeline_gen.text.languages import language

_FIRST: Final = 8
"""Passages at the beginning of a file in which its day may be written by itself."""
_NEAR: Final = 3
"""Passages before a date without a year whose years it may have."""
_SHORT: Final = 60
"""Characters of such a passage."""
_MOST: Final = 500
"""Candidates of one file."""


class Candidate(NamedTuple):
    """A date in a sentence."""

    line: int
    """Of the file, on which the paragraph of the sentence begins."""
    phrase: str
    when: When
    sentence: str

    def as_data(self, path: str) -> dict[str, str | int | bool]:
        """Return it as it is written in JSON, as one of the file at *path*."""
        return {
            "path": path,
            "line": self.line,
            "text": self.phrase,
            "edtf": self.when.edtf,
            "relative": self.when.relative,
            "sentence": self.sentence,
        }


@dataclass(frozen=True, slots=True)
class Draft:
    """A file read as a text in a language, with its candidates."""

    manuscript: Manuscript
    lang: str
    day: str
    """When it was published, as ISO 8601; empty where the file does not give it."""
    candidates: tuple[Candidate, ...]
    sentences: int
    """How many sentences were looked at."""


def settings_if_any(root: Path) -> Settings | None:
    """Return the settings of the site in *root*; None where there is none."""
    return settings_of(root, Options(), Problems()) if (root / SETTINGS).exists() else None


def read_draft(path: Path, settings: Settings | None, *, lang: str = "", on: str = "") -> Draft:
    """Return the text of the file at *path*, and its candidates, as the site of *settings* reads dates.

    *lang* and the ISO day *on* take the place of what the file gives. Raises ``ContentError`` where the file
    cannot be read as text, ``UsageError`` where it cannot be read at all, or *lang* or *on* is none.
    """
    manuscript = _manuscript(path)
    codes = tuple(each.code for each in settings.languages) if settings else tuple(LEXICONS)
    chosen = _language(manuscript, codes, lang)
    style = _style(chosen, settings)
    day = on or _day(manuscript, style) or _day_at_top(manuscript, style)
    # Only now, as the day that "last week" is counted from is itself found with the style of the language.
    style = MentionStyle(chosen, _day_number(day), style.day_order, seasons=style.seasons, words=style.words)
    found: list[Candidate] = []
    sentences = 0
    for number, passage in enumerate(manuscript.passages):
        near = manuscript.passages[max(0, number - _NEAR) : number + 1]
        texts = [each.text for each in split_sentences(passage.text, ordinal_mark=_ordinal_mark(chosen))]
        sentences += len(texts)
        if len(found) < _MOST:
            found += _in_passage(passage, texts, style, " ".join(each.text for each in near))
    return Draft(manuscript, chosen, day, tuple(found[:_MOST]), sentences)


def _in_passage(
    passage: Passage, texts: Iterable[str], style: MentionStyle, around: str
) -> Iterator[Candidate]:
    for text in texts:
        for mention in find_mentions(text, style, around=around):
            if mention.text != text.strip(" ."):  # a line that is a date is when the text appeared
                yield Candidate(passage.line, mention.text, mention.when, text)


def _manuscript(path: Path) -> Manuscript:
    try:
        with path.open("rb") as file:
            data = file.read(_MAX_BYTES + 1)
    except OSError as error:
        raise UsageError(say("{path} cannot be read: {why}", path=str(path), why=error.strerror)) from error
    manuscript, problems = read_manuscript(Source(PurePosixPath(path), data))
    if manuscript is None:
        raise ContentError(problems)
    return manuscript


def _language(manuscript: Manuscript, codes: tuple[str, ...], wanted: str) -> str:
    """Return the language *wanted*, else the one that the file names, else the one that its words are of."""
    if wanted:
        _check_language(wanted)
        return wanted
    named = manuscript.lang.replace("_", "-")
    for code in (named, named.partition("-")[0]):
        if code in codes:
            return code
    return likeliest_language(" ".join(passage.text for passage in manuscript.passages), codes)


def _check_language(code: str) -> None:
    try:
        language(code)
    except ValueError as error:
        raise UsageError(str(error), say("write a language's code, such as ar or en")) from error


def _style(lang: str, settings: Settings | None) -> MentionStyle:
    if settings is None:
        return MentionStyle(lang)
    words = {each.code: each.words for each in settings.languages}
    return MentionStyle(lang, None, settings.day_order, seasons=settings.seasons, words=words)


def _ordinal_mark(lang: str) -> str:
    return lexicon(lang).vocabulary.ordinal_mark


def _day(manuscript: Manuscript, style: MentionStyle) -> str:
    """Return when *manuscript* was published: by its head, or by a line at its top."""
    with suppress(ValueError):
        return read_stamp(manuscript.date).text if manuscript.date else ""
    with suppress(ValueError):
        parse_iso_day(manuscript.date[:10])
        return manuscript.date[:10]
    return _day_in(manuscript.date, style)


def _day_at_top(manuscript: Manuscript, style: MentionStyle) -> str:
    """Return the day that one of the first lines of *manuscript* names, with little else."""
    lines = (passage.text for passage in manuscript.passages[:_FIRST] if len(passage.text) <= _SHORT)
    return next((day for line in lines if (day := _day_in(line, style))), "")


def _day_in(text: str, style: MentionStyle) -> str:
    """Return the only date in *text*, if it is a day."""
    found = [mention.when for mention in find_mentions(text, style)]
    if len(found) != 1 or found[0].start.precision is not Precision.DAY or "/" in found[0].edtf:
        return ""
    return found[0].edtf[:10]


def _day_number(day: str) -> int | None:
    if not day:
        return None
    try:
        return parse_iso_day(day[:10])
    except ValueError as error:
        raise UsageError(say("{day!r} is no day", day=day), say("write it as 2021-12-06")) from error


_MAX_BYTES: Final = 8 * 1024 * 1024
"""Of a file; a saved page may hold much besides its text."""
_PAGE_SUFFIXES: Final = (".html", ".htm", ".xhtml")
_MARKDOWN_SUFFIXES: Final = (".md", ".markdown")
_OTHER_ENCODINGS: Final = frozenset(
    {"windows-1256", "windows-1252", "iso-8859-1", "iso-8859-6", "iso-8859-15", "utf-16"}
)
"""Encodings other than UTF-8 that a page may name for itself."""


def read_manuscript(source: Source) -> tuple[Manuscript | None, tuple[Problem, ...]]:
    """Return the text of the file *source*; None and the problems where it cannot be read."""
    suffix = source.path.suffix.lower()
    if suffix in _PAGE_SUFFIXES and (encoding := charset_of(source.data)) in _OTHER_ENCODINGS:
        # A saved page names what it was sent as; a character that does not fit is of no matter to dates.
        text = codecs.decode(source.data, encoding, errors="replace")
        return read_page(text), ()
    text_or_none, problems = decode(source, _MAX_BYTES)
    if text_or_none is None:
        return None, problems
    if suffix in _PAGE_SUFFIXES:
        return read_page(text_or_none), ()
    reading = read_markdown if suffix in _MARKDOWN_SUFFIXES else read_plain_text
    return reading(source, text_or_none), ()
