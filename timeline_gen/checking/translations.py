"""What each language lacks, as a table; and the mark that a translation is up to date.

``translations --mark`` writes into content, as ``check --fix`` does: the line ``translation_of:`` of a
version's front matter, and nothing else of the file.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from pathlib import Path, PurePosixPath
from typing import Final

from timeline_gen.building.options import LOCK_TIMEOUT, Options
from timeline_gen.building.stages import read_site, workers
from timeline_gen.building.workspace import open_workspace
from timeline_gen.checking.fixing.files import put
from timeline_gen.collecting.collect import collect
from timeline_gen.collecting.timeline import Timeline
from timeline_gen.collecting.translations import TranslationGaps, gaps, originals, revision
from timeline_gen.errors import UsageError
from timeline_gen.messages import say
from timeline_gen.model.articles import ArticleVersion
from timeline_gen.model.files import Source
from timeline_gen.model.settings import Settings
from timeline_gen.reading.front_matter.halves import split
from timeline_gen.reading.front_matter.matter import plain
from timeline_gen.reading.front_matter.yaml_nodes import YamlMap
from timeline_gen.reading.front_matter.yaml_tree import read_yaml

_CLOSING: Final = re.compile(rb"^(---|\.\.\.)[ \t]*\r?$", re.MULTILINE)
_RECORDED: Final = re.compile(
    rb"""^(["']?)translation_of\1[ \t]*:.*(?:(?:\n[ \t]*(?:\#.*)?\r?)*\n[ \t]+[^\s\#].*)*\n?""", re.MULTILINE
)
"""The key, and all lines below it that are indented; lines between them may be blank or hold a comment."""
_FLOW: Final = re.compile(rb"\A---[ \t]*\r?\n(?:[ \t]*(?:#.*)?\r?\n)*[ \t]*\{")
"""Front matter written as one mapping in braces, which has no lines to add one to."""


def missing(root: Path) -> tuple[TranslationGaps, ...]:
    """Return what each language of the site in the folder *root* lacks."""
    timeline, settings = _collected(root)
    return gaps(timeline, settings)


def mark(root: Path, slugs: tuple[str, ...] = ()) -> tuple[Path, ...]:
    """Record in every translation, or in those of *slugs*, what it was made from; return the files changed.

    Raises ``UsageError`` where one of *slugs* is no article of the site, or a file cannot be marked.
    """
    timeline, _ = _collected(root)
    unknown = set(slugs) - {article.slug for article in timeline.texts}
    if unknown:
        raise UsageError(
            say("the site has no article {unknown!r}", unknown=min(unknown)),
            say("name its slug, without language"),
        )
    chosen = [article for article in timeline.texts if not slugs or article.slug in slugs]
    return tuple(_marked(root, originals(chosen)))


def _collected(root: Path) -> tuple[Timeline, Settings]:
    """Return the content of the site in *root*, drafts included; raise ``ContentError`` for its errors."""
    options = Options(drafts=True, command="timeline-gen translations", lock_timeout=LOCK_TIMEOUT)
    with open_workspace(root, options) as site, workers(site):
        settings, content = read_site(site)
        timeline = site.problems.of(collect(content.collected, settings, drafts=True, now=site.now))
        site.problems.stop()
    return timeline, settings


def _marked(root: Path, pairs: Iterator[tuple[ArticleVersion, ArticleVersion]]) -> Iterator[Path]:
    for article, original in pairs:
        path = root / article.path
        before = path.read_bytes()
        if _FLOW.match(before):
            raise UsageError(
                say("{path} has its front matter in braces, where no line can be added", path=article.path),
                say("write each of its keys on a line of its own"),
            )
        after = with_mark(before, original.lang, revision(original))
        if _but_the_mark(article.path, after) != _but_the_mark(article.path, before):
            # YAML has more ways to write a mapping than a line can be looked for in.
            raise UsageError(
                say(
                    "{path} has its front matter in a form in which no line can be replaced or added",
                    path=article.path,
                ),
                say(
                    "write its keys without indentation, each on a line of its own, one of them "
                    "'translation_of: {{lang: {lang}}}'",
                    lang=original.lang,
                ),
            )
        if after != before:
            put(path, after)
            yield path


def _but_the_mark(path: PurePosixPath, data: bytes) -> tuple[object, str] | None:
    """Return the content of the article *data* without its mark, or None where it cannot be read."""
    halves, _ = split(Source(path, data))
    tree, problems = read_yaml(halves.matter, path) if halves else (None, ())
    if halves is None or problems or not isinstance(tree, YamlMap):
        return None
    entries = {key: value for key, value in tree.entries.items() if key != "translation_of"}
    return plain(tree._replace(entries=entries)), halves.body


def with_mark(data: bytes, lang: str, rev: str) -> bytes:
    """Return the article *data* with its front matter saying that it was made from *rev* in *lang*."""
    closing = _CLOSING.search(data, data.index(b"\n") + 1)
    if closing is None:
        raise ValueError("an article that was read has front matter")
    newline = b"\r\n" if data[: data.index(b"\n")].endswith(b"\r") else b"\n"
    head, rest = data[: closing.start()], data[closing.start() :]
    line = f'translation_of: {{lang: {lang}, rev: "{rev}"}}'.encode() + newline
    recorded = _RECORDED.search(head)
    if recorded:
        return head[: recorded.start()] + line + head[recorded.end() :] + rest
    return head + line + rest
