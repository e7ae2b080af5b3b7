"""Pages of texts, kept: where nothing but texts has changed, a build makes their pages and plans no others.

To read what is known of all articles, to collect and to plan takes a large site longer than all that the
change of one text asks for. So each build keeps the pages of texts as they were planned. A later one that
finds nothing else changed takes those of the changed texts, and gives them their new bodies. Whatever it
cannot be sure of is planned anew as a whole.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, fields, replace
from pathlib import Path, PurePosixPath
from typing import Any, Final, TypeAlias
from zlib import crc32

from timeline_gen.building.options import Report
from timeline_gen.building.parse.content import Content
from timeline_gen.building.parse.parsing import ParsedFile
from timeline_gen.building.parse.texts import parse_changed
from timeline_gen.building.scan import BuildRecord, InputFile, Scan
from timeline_gen.building.site_plan import Counts, SitePlan
from timeline_gen.building.store.store import Step, Store
from timeline_gen.building.theming import prepare_theme
from timeline_gen.building.workspace import Workspace
from timeline_gen.collecting.link_targets import is_sound, keys_of
from timeline_gen.collecting.parsed import ParsedContent
from timeline_gen.collecting.timeline import Timeline
from timeline_gen.keys import digest_of, key_of
from timeline_gen.model.articles import ArticleVersion
from timeline_gen.pages.page import TextPage
from timeline_gen.pages.site import SharedFields, Site
from timeline_gen.reading.disk.files import Found

_SHARED: Final = SharedFields.__required_keys__ - {"lang"}
"""The fields that pages share; their language says which."""
_TOGETHER: Final = 16
"""Pages that are kept in a row: they have much in common, and few are read in vain."""
_MOST: Final = 500
"""Changed texts; where there are more, the whole site is planned anew."""

_Row: TypeAlias = list[tuple[type[TextPage], bytes, dict[str, Any]]]
"""Pages without what they share with others, each with the facts of its text."""


@dataclass(frozen=True, slots=True)
class _KeptPlan:
    """What is kept of a plan."""

    generation: int
    """Of the tree that was made by it."""
    timeline: Timeline
    """Without texts, events and what links lead to."""
    site: Site
    rows: Sequence[str]
    """The names of the rows that the pages of texts are in."""

    def row(self, path: str) -> str:
        """Return the name of the row that holds the page of the text at *path*."""
        return self.rows[_place(path, len(self.rows))] if self.rows else ""


_PLAN: Final[Step[_KeptPlan]] = Step("plan of texts", in_memory=False)
"""By the name of the tree."""


def _place(path: str, count: int) -> int:
    return crc32(path.encode(errors="surrogateescape")) % count


@dataclass(frozen=True, slots=True)
class _KeptPage:
    """The page of a text, as it was planned."""

    page: TextPage
    facts: bytes
    """What is known of the text besides its words, as a hash."""

    @property
    def text(self) -> PurePosixPath:
        """Return the path of the text."""
        return self.page.origin.path


def facts_of_text(text: ParsedFile) -> bytes:
    """Return what is known of *text* besides its words, as a hash: its problems included."""
    item = text.item
    known = (
        item.digest
        if isinstance(item, ArticleVersion)
        else replace(item, body_hash="", links=(), positions={})
    )
    shown = [str(picture.address) for picture in text.shown]
    return key_of(known, tuple(dict.fromkeys(keys_of(item.links))), item.anchors, shown, repr(text.problems))


# ---------------------------------------------------------------- to keep


def keep_text_pages(store: Store, tree: str, plan: SitePlan, made: BuildRecord) -> None:
    """Keep in *store* the pages of texts of *plan*, by which the *tree* was *made*."""
    if not made.is_certain:
        return
    kept, texts, step = _kept_plan(store, tree), plan.content.files, _rows_of(tree)
    pages = [page for page in plan.pages if isinstance(page, TextPage)]
    new = [_KeptPage(page, facts_of_text(texts[page.origin.path])) for page in pages]
    names, rows = _replaced(store, tree, kept, new) if plan.rest and kept else _rows(new)
    before = store.names(step)
    # The name of a row is the hash of what it holds, so a row that is there is the right one.
    store.keep(step, {name: (b"", _row(row_pages)) for name, row_pages in rows.items() if name not in before})
    store.keep(_PLAN, {tree: (b"", _KeptPlan(made.generation, _bare(plan.timeline), plan.site, names))})
    store.prune(step, names)


def _rows(pages: Sequence[_KeptPage]) -> tuple[tuple[str, ...], dict[str, list[_KeptPage]]]:
    """Return the names of the rows for *pages*, and what each of them holds."""
    # A power of two: until there are twice as many pages, each text stays in its row, and most rows stay as
    # they are.
    found: list[list[_KeptPage]] = [[] for _ in range(1 << (len(pages) // _TOGETHER).bit_length())]
    for page in pages:
        found[_place(str(page.text), len(found))].append(page)
    names = tuple(map(_name, found))
    return names, dict(zip(names, found, strict=True))


def _replaced(
    store: Store, tree: str, kept: _KeptPlan, pages: Iterable[_KeptPage]
) -> tuple[tuple[str, ...], dict[str, list[_KeptPage]]]:
    """Return the names of the rows of *kept* with *pages* in place of those before, and the new rows."""
    anew = {page.text: page for page in pages}
    touched = {kept.row(str(path)) for path in anew}
    known = store.known(_rows_of(tree), dict.fromkeys(touched, b""))
    old = {name: _pages(row, kept.site) for name, row in known.items()}
    new = {name: [anew.get(page.text, page) for page in row_pages] for name, row_pages in old.items()}
    renamed = {name: _name(row_pages) for name, row_pages in new.items()}
    return (
        tuple(renamed.get(name, name) for name in kept.rows),
        {renamed[name]: row_pages for name, row_pages in new.items()},
    )


def _name(pages: Iterable[_KeptPage]) -> str:
    """Return the name of a row of *pages*, which changes with anything that they hold."""
    return digest_of(*(part for page in pages for part in (page.page.key, page.facts))).hex()


def _row(pages: Iterable[_KeptPage]) -> _Row:
    return [
        (
            type(page.page),
            page.facts,
            {name: getattr(page.page, name) for name in _own_fields(type(page.page))},
        )
        for page in pages
    ]


def _own_fields(kind: type[TextPage]) -> Iterator[str]:
    return (field.name for field in fields(kind) if field.init and field.name not in _SHARED)


def _bare(timeline: Timeline) -> Timeline:
    """Return *timeline* without what grows with the site."""
    return replace(
        timeline,
        articles=(),
        events=(),
        plain_pages=(),
        eras=(),
        held=frozenset(),
        event_files={},
        rows=(),
        targets=timeline.targets.without_things(),
    )


# ---------------------------------------------------------------- to take up again


def plan_changed_texts(site: Workspace, before: Scan) -> SitePlan | None:
    """Return the plan of *site* with those pages only that may have changed since the build *before*.

    None where that is not enough, and the whole site must be planned anew.
    """
    last, store, tree = before.last, site.store, site.options.tree
    kept = _kept_plan(store, tree) if last and 0 < len(last.changed) <= _MOST else None
    # A build that was killed may have kept one of the two and not the other.
    if last is None or kept is None or kept.generation != last.generation:
        return None
    settings = kept.site.settings
    found = {text_file.path: text_file for text_file in (_found(site.root, file) for file in last.changed)}
    pages = _pages_before(store, tree, kept, found)
    if pages.keys() != found.keys() or settings.search == "pagefind":
        # A file without a page of its own may be on any page; the index of whole texts holds every body.
        return None
    new = parse_changed(site.root, settings, store, found.values(), before.inputs.seen)
    if new is None or not all(_only_words(new[path], pages[path]) for path in found):
        return None
    theme = site.problems.of(prepare_theme(site.root, settings, store))
    if theme is None:
        return None
    site.problems.silence(settings.silence)
    # The facts of a text include its problems, so what was wrong with the site is what is wrong now.
    site.problems.of((None, last.report.problems))
    site.problems.of((None, tuple(silenced.problem for silenced in last.report.silenced)))
    changed = tuple(replace(before.page, body=new[path].item.body_hash) for path, before in pages.items())
    texts = {text.item.body_hash: (found[path], text.given) for path, text in new.items()}
    content = Content(ParsedContent(()), new, {}, texts, len(new), ())
    facts = before.output.manifest.facts
    return SitePlan(
        kept.timeline,
        kept.site,
        changed,
        content,
        *theme,
        site.now,
        _counts(last.report),
        facts.redirects,
        facts.held,
        before.output.keys,
    )


def _only_words(text: ParsedFile, before: _KeptPage) -> bool:
    """Return whether only the words of *text* have changed, and whether all its links lead somewhere."""
    targets = {target.key: target for target in before.page.targets}
    return facts_of_text(text) == before.facts and all(
        link.to in targets and is_sound(targets[link.to]) for link in text.item.links
    )


def _kept_plan(store: Store, tree: str) -> _KeptPlan | None:
    return store.known(_PLAN, {tree: b""}).get(tree)


def _rows_of(tree: str) -> Step[_Row]:
    """Return the step that makes the rows of the *tree*, each named by all that it holds."""
    return Step(f"{tree}/text pages", in_memory=False)


def _pages_before(
    store: Store, tree: str, kept: _KeptPlan, texts: Iterable[PurePosixPath]
) -> Mapping[PurePosixPath, _KeptPage]:
    """Return the pages of *texts*, given by their paths, as they were planned; unknown ones are left out."""
    wanted = {str(path) for path in texts}
    rows = store.known(_rows_of(tree), {kept.row(path): b"" for path in wanted})
    pages = (page for row in rows.values() for page in _pages(row, kept.site))
    return {page.text: page for page in pages if str(page.text) in wanted}


def _pages(row: _Row, site: Site) -> Iterator[_KeptPage]:
    """Yield the pages in a row."""
    for kind, facts, own in row:
        page = kind(**{**site.shared(own["lang"]), **own})
        yield _KeptPage(page, facts)


def _found(root: Path, file: InputFile) -> Found:
    """Return *file* as what is found in the site in *root*."""
    name, _, size, inode, modified, changed = file
    path = Path(name)
    # What is no text that is known, or is spelt in another form, stays under a name that is unknown.
    inside = path.relative_to(root) if path.is_relative_to(root) else path
    return Found(PurePosixPath(inside.as_posix()), size, modified, inode, changed=changed)


def _counts(report: Report) -> Counts:
    return Counts(
        report.texts,
        report.articles,
        report.events,
        report.pages,
        report.kinds,
        report.languages,
        report.drafts,
        report.embargoed,
    )
