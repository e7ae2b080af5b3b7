"""A new article out of a file: its front matter, its text, and candidates for events as comments."""

from __future__ import annotations

import json
import re
import tomllib
from collections.abc import Iterator, Mapping, Sequence
from datetime import date, datetime
from importlib.resources import files
from pathlib import Path
from typing import Final

from timeline_gen.reading.manuscripts.manuscript import Manuscript, one_line
from timeline_gen.reading.site_paths import ARTICLES
from timeline_gen.scaffolding.candidates import Candidate, Draft, read_draft
from timeline_gen.scaffolding.new_article import check_language, check_slug, site_settings, write_versions

_FALLBACK: Final = "en"
_LONGEST_TITLE: Final = 80
"""Characters of the title of a candidate, which an author has to write anew anyway."""
_PLAIN: Final = re.compile(r"-?\d{3,4}(?:[-/.]\d[\d/.-]*)?")
"""EDTF that YAML takes for nothing else."""


def new_article_from(
    root: Path, slug: str, path: Path, *, lang: str = "", title: str = "", today: date | None = None
) -> tuple[tuple[Path, ...], Draft]:
    """Write a draft called *slug* out of the file at *path*, in *lang* or the language of the file.

    *title* takes the place of what the file has. Returns the files written and what was read; raises
    ``UsageError`` where the slug is none, the language is not the site's, or a file is there already, and
    ``ContentError`` where the file cannot be read as text.
    """
    settings = site_settings(root)
    check_slug(slug, settings)
    if lang:
        check_language(settings, lang)
    draft = read_draft(path, settings, lang=lang)
    day = today or datetime.now().astimezone().date()
    text = "\n".join(_lines(slug, draft, title, day)) + f"\n\n{draft.manuscript.body}"
    return write_versions(root, ARTICLES, slug, {draft.lang: text}), draft


def _lines(slug: str, draft: Draft, title: str, today: date) -> Iterator[str]:
    """Yield the lines of the front matter."""
    manuscript, words = draft.manuscript, _words(draft.lang)
    yield "---"
    yield f"title: {_quoted(title or manuscript.title or slug)}"
    yield f"date: {draft.day}" if draft.day else f"date: {today.isoformat()}    # {words['no_day']}"
    yield f"draft: true    # {words['draft']}"
    if manuscript.summary:
        yield f"summary: {_quoted(manuscript.summary)}"
    if manuscript.authors:
        yield f"authors: {_list(manuscript.authors)}"
    yield from _source(manuscript, words)
    yield from _candidates(slug, draft.candidates, words)
    yield "---"


def _source(manuscript: Manuscript, words: Mapping[str, str]) -> Iterator[str]:
    """Yield where the text is from, as a comment: it may be the author's own."""
    parts = [
        f"{key}: {_quoted(value)}"
        for key, value in (("name", manuscript.source_name), ("url", manuscript.source_url))
        if value
    ]
    if parts:
        yield f"# source: {{{', '.join(parts)}}}    # {words['source']}"


def _candidates(slug: str, found: Sequence[Candidate], words: Mapping[str, str]) -> Iterator[str]:
    if not found:
        return
    yield f"# {words['what']}"
    yield f"# {words['how']}"
    yield "# events:"
    for number, candidate in enumerate(found, 1):
        sentence = one_line(candidate.sentence)
        edtf = candidate.when.edtf
        written = edtf if _PLAIN.fullmatch(edtf) else _quoted(edtf)
        yield f"#   - id: {slug}-{number}"
        yield f"#     date: {written}    # {one_line(candidate.phrase)}"
        yield f"#     title: {_quoted(_shortened(sentence))}"
        yield f"#     summary: {_quoted(sentence)}"


def _shortened(sentence: str) -> str:
    """Return the beginning of *sentence*, whole words of it."""
    if len(sentence) <= _LONGEST_TITLE:
        return sentence.rstrip(".")
    return f"{sentence[:_LONGEST_TITLE].rpartition(' ')[0] or sentence[:_LONGEST_TITLE]} …"


def _list(values: Sequence[str]) -> str:
    return f"[{', '.join(map(_quoted, values))}]"


def _quoted(text: str) -> str:
    """Return *text* as YAML reads it back, on one line: a text of JSON is one of YAML."""
    return json.dumps(one_line(text), ensure_ascii=False)


def _words(lang: str) -> Mapping[str, str]:
    folder = files("timeline_gen.scaffolding") / "texts"
    own = folder / f"{lang.partition('-')[0]}.toml"
    chosen = own if own.is_file() else folder / f"{_FALLBACK}.toml"
    words: Mapping[str, str] = tomllib.loads(chosen.read_text(encoding="utf-8"))["candidates"]
    return words
