"""Whole texts into the files of their index, where a site asks for it; made anew when a text has changed."""

from __future__ import annotations

from collections.abc import Callable, Collection, Iterator, Mapping, Sequence
from functools import partial
from typing import Final

from timeline_gen.building.site_plan import SitePlan
from timeline_gen.building.store.store import Step, Store
from timeline_gen.errors import ContentError, Place, Problem
from timeline_gen.keys import content_hash, key_of
from timeline_gen.messages import say
from timeline_gen.model.articles import ArticleVersion, PageVersion
from timeline_gen.model.bodies import Body
from timeline_gen.model.files import Output
from timeline_gen.model.settings import Settings
from timeline_gen.pages.parts import addresses
from timeline_gen.reading.site_paths import SETTINGS
from timeline_gen.text.search_words import search_keys
from timeline_gen.writing.output_state import OutputState
from timeline_gen.writing.whole_texts import FoldedText, engine_version, make_index

_FOLDED: Final[Step[tuple[str, str]]] = Step("folded texts", in_memory=False)
"""Title and text of each version as they are searched."""


def must_have_engine(settings: Settings) -> str:
    """Return the version of the engine that searches whole texts; empty where *settings* ask for none.

    Raises ContentError where it is asked for and is not installed.
    """
    if settings.search != "pagefind":
        return ""
    found = engine_version()
    if not found:
        place = Place(SETTINGS, *settings.positions.get("search", (1, 1)))
        hint = say(
            "install it next to the program: pipx inject timeline-gen 'pagefind[bin]', or "
            "pip install 'pagefind[bin]'; or write search: site"
        )
        message = say("the site is to be searched by Pagefind, which is not installed")
        raise ContentError([Problem("TG312", message, place, hint)])
    return found


class TextIndexes:
    """The files of the indexes of whole texts, one index for each language.

    What each is made from is put into *keys* as it comes: the engine names its files by what they hold.
    """

    def __init__(
        self,
        plan: SitePlan,
        state: OutputState,
        *,
        keys: dict[str, str],
        store: Store,
        bodies: Callable[[Collection[str]], Mapping[str, Body]],
    ) -> None:
        self._engine = must_have_engine(plan.site.settings)
        self._plan, self._state, self._keys = plan, state, keys
        self._store, self._bodies = store, bodies

    def __iter__(self) -> Iterator[Output]:
        if not self._engine:
            return
        wanted: set[str] = set()
        for lang in self._plan.site.languages:
            versions: list[ArticleVersion | PageVersion] = [
                article.versions[lang] for article in self._plan.timeline.texts if lang in article.versions
            ]
            versions += [
                plain.versions[lang] for plain in self._plan.timeline.plain_pages if lang in plain.versions
            ]
            wanted |= {_name(version) for version in versions}
            if versions:
                yield from self._index(self._plan.site.layouts[lang].texts, versions)
        self._store.prune(_FOLDED, wanted)

    def _index(self, folder: str, articles: list[ArticleVersion | PageVersion]) -> Iterator[Output]:
        digest = key_of(self._engine, [(article.slug, _name(article)) for article in articles]).hex()
        current = {
            path: entry
            for path, entry in self._state.entries.items()
            if path.startswith(folder) and entry.key.startswith(digest)
        }
        # The engine names the files by what they hold, so only the count in the key shows that none is
        # missing.
        if current and all(entry.key == f"{digest} {len(current)}" for entry in current.values()):
            self._keys |= {path: entry.key for path, entry in current.items()}
            yield from (Output(path, None, entry.hash) for path, entry in current.items())
            return
        files = make_index(self._folded(articles), self._state.tree.work_dir)
        for name, data in files.items():
            self._keys[f"{folder}{name}"] = f"{digest} {len(files)}"
            yield Output(f"{folder}{name}", data, content_hash(data))

    def _folded(self, texts: Sequence[ArticleVersion | PageVersion]) -> Iterator[FoldedText]:
        """Yield *texts* as they are found."""
        named = {_name(text): text for text in texts}
        folded = self._store.steps(_FOLDED, dict.fromkeys(named, b""), partial(self._fold, named))
        for text in texts:
            yield FoldedText(_address(text, self._plan.site.context.home), *folded[_name(text)])

    def _fold(
        self, named: Mapping[str, ArticleVersion | PageVersion], names: Sequence[str]
    ) -> Iterator[tuple[str, tuple[str, str]]]:
        bodies = self._bodies({named[name].body_hash for name in names})
        for name in names:
            text = named[name]
            title = " ".join(search_keys(f"{text.title} {text.summary_text}"))
            yield name, (title, " ".join(search_keys(bodies[text.body_hash].text)))


def _address(text: ArticleVersion | PageVersion, at_home: str) -> str:
    if isinstance(text, PageVersion):
        return addresses.plain_page(text.lang, text.slug, at_home)
    return addresses.text(text.lang, text.slug)


def _name(text: ArticleVersion | PageVersion) -> str:
    """Return the hash of all that *text* is found by."""
    return key_of(text.title, text.summary_text, text.body_hash).hex()
