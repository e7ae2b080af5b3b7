"""The state of a preview: which generation is shown, what is wrong, who is looking, and what to tell them.

All of it lives in the server's thread; nothing here waits, draws or listens.
"""

from __future__ import annotations

import json
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Final, Protocol
from urllib.parse import urlsplit

from timeline_gen.errors import Level
from timeline_gen.messages import say
from timeline_gen.preview.editors import link_to
from timeline_gen.preview.outcome import BuildOutcome, ShownProblem
from timeline_gen.preview.pages import PageHashes, bare_page, page_hashes
from timeline_gen.preview.panel import PanelWords, labels, words_for
from timeline_gen.preview.targets import RequestTarget, read_target
from timeline_gen.preview.tree import FormerFiles, Opened, is_folder, open_file, open_target
from timeline_gen.writing.own_files import LIST

PAGE: Final = "*"
"""Tells livereload's script to load the page again."""
STYLES: Final = "/-/styles"
PROBLEMS: Final = "/-/problems"

_WAIT: Final = say("One moment"), say("The site is being built for the first time.")
_NOT_BUILT: Final = (
    say("Not built yet"),
    say("The site cannot be built before its problems are mended; then it appears here by itself."),
)
_MISSING: Final = say("There is no such page"), "404"


class OpenPage(Protocol):
    """A page that is open in a browser."""

    def tell(self, path: str) -> None:
        """Tell the page that *path* has changed."""


@dataclass(slots=True)
class ReaderState:
    """What an open page shows."""

    target: RequestTarget
    looks: PageHashes


@dataclass(frozen=True, slots=True)
class SentPage:
    """A page as it is sent, without the preview's script."""

    status: int
    html: bytes


class SiteState:
    """What is known of one preview."""

    def __init__(
        self,
        root: Path,
        tree: Path,
        *,
        editor: str = "",
        missed: Callable[[], None] = lambda: None,
        first: Path | None = None,
    ) -> None:
        self.generation = 0
        """Counts the builds that changed something."""
        self.turn = 0
        """Counts the outcomes, so that a browser knows an older list of problems from a newer one."""
        self.home: tuple[str, ...] = ()
        """The segments of the path under which the site is served."""
        self.outcome = BuildOutcome()
        self.former = FormerFiles(tree.parent)
        self._root, self._tree, self._editor = root, tree, editor
        self._first = first
        """The site as it was built for readers, which is shown until there is one of the preview's own."""
        self._missed = missed
        """Called where a user deleted the site that the last build left."""
        self._readers: dict[OpenPage, ReaderState] = {}

    # ------------------------------------------------------------ what is built

    def apply_outcome(self, outcome: BuildOutcome) -> None:
        """Apply what came of a build, and tell every open page what it must do about it."""
        had_problems = bool(self.outcome.shown or self.outcome.failure)
        self.outcome = outcome
        self.turn += 1
        if outcome.good:
            self._first = None
        self.serve_at(outcome.home)
        if outcome.changed:
            self.generation += 1
            self.former.keep(self._tree)
        for reader in tuple(self._readers):
            # Where problems were shown, that there are none now is news, too.
            if had_problems or outcome.shown or outcome.failure:
                reader.tell(PROBLEMS)
            self._bring_up_to_date(reader)

    def serve_at(self, home: str) -> None:
        """Serve the site at the path *home*; empty where that is not known now."""
        target = read_target(home) if home else None
        if target:
            self.home = target.parts

    @property
    def is_built(self) -> bool:
        """Return whether there is a site to show."""
        return self._live.is_dir()

    @property
    def _live(self) -> Path:
        """Return the folder of the site that is shown."""
        first = self._first
        # Without a list of the program's own files, anything may be in that folder.
        return first if first and not self._tree.is_dir() and (first / LIST).is_file() else self._tree

    # ------------------------------------------------------------ who is looking

    def add_reader(self, reader: OpenPage, url: str, looks: PageHashes) -> None:
        """Note that *reader* shows the page at *url* as it looked, and tell it what has changed since."""
        try:
            target = read_target(urlsplit(url).path or "/")
        except ValueError:
            return
        if target is None:
            return
        self._readers[reader] = ReaderState(target, looks)
        if self.outcome.shown or self.outcome.failure:
            reader.tell(PROBLEMS)
        self._bring_up_to_date(reader)

    def remove_reader(self, reader: OpenPage) -> None:
        """Note that *reader* is gone."""
        self._readers.pop(reader, None)

    @property
    def readers(self) -> int:
        """Return how many pages are open."""
        return len(self._readers)

    def _bring_up_to_date(self, reader: OpenPage) -> None:
        looking = self._readers[reader]
        now = page_hashes(self.page(looking.target).html)
        if now.page != looking.looks.page:
            reader.tell(PAGE)
        elif now.styles != looking.looks.styles:
            reader.tell(STYLES)
        looking.looks = now

    # ------------------------------------------------------------ what is sent

    def inside(self, target: RequestTarget) -> RequestTarget | None:
        """Return what *target* asks for inside the site; None where it leads elsewhere."""
        depth = len(self.home)
        if target.parts[:depth] != self.home or (len(target.parts) == depth and not target.folder):
            return None
        return RequestTarget(target.parts[depth:], target.folder)

    def open(self, target: RequestTarget) -> Opened | None:
        """Open the file that *target* asks for; None where there is none."""
        inside = self.inside(target)
        return open_target(self._live, inside) if inside else None

    def lacks_slash(self, target: RequestTarget) -> bool:
        """Return whether *target* would be a page if a slash followed it."""
        if not target.folder and target.parts == self.home:
            return True
        inside = self.inside(target)
        return inside is not None and is_folder(self._live, inside)

    def page(self, target: RequestTarget) -> SentPage:
        """Return the page that *target* leads to, which may be the page for what is not found."""
        opened = self.open(target)
        if opened:
            with opened.file as file:
                return SentPage(200, file.read())
        if not self.is_built:
            failed = bool(self.outcome.shown or self.outcome.failure)
            # Someone has deleted a good site, or the last build came to no end.
            if self.outcome.good or self.outcome.failure:
                self._missed()
            return SentPage(503, bare_page(*(_NOT_BUILT if failed else _WAIT), words_for(target.parts)))
        missing = open_file(str(self._live), "404.html")
        if missing is None:
            return SentPage(404, bare_page(*_MISSING, words_for(target.parts)))
        with missing.file as file:
            return SentPage(404, file.read())

    def problems(self, words: PanelWords) -> bytes:
        """Return what is wrong, in *words*, as JSON for the script in the page."""
        answer = {
            "turn": self.turn,
            "generation": self.generation,
            **labels(self.outcome, words),
            "failure": words.word(self.outcome.failure),
            "hint": words.word(self.outcome.hint),
            "errors": self.outcome.count(Level.ERROR),
            "warnings": self.outcome.count(Level.WARNING),
            "problems": [self._described(problem, words) for problem in self.outcome.shown],
            "omitted": [words.word(str(each)) for each in self.outcome.omitted],
        }
        return json.dumps(answer, ensure_ascii=False).encode()

    def _described(self, shown: ShownProblem, words: PanelWords) -> Mapping[str, object]:
        problem = shown.problem
        return {
            "place": str(problem.place),
            "link": link_to(self._editor, self._root, problem.place),
            "line": problem.place.line,
            "code": problem.code,
            "note": "" if problem.level is Level.ERROR else words.word(say("warning")),
            "level": "error" if problem.level is Level.ERROR else "warning",
            "message": words.word(problem.message),
            "hint": words.word(problem.hint),
            "first": shown.first,
            "lines": shown.lines,
            "related": [
                {"place": str(place), "link": link_to(self._editor, self._root, place)}
                for place in problem.related
            ],
        }
