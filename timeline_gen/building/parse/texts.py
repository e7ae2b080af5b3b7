"""Texts into articles and plain pages: what has not changed is taken from the store, the rest is parsed.

What a text was parsed into is kept under the hash of all that went in: the file's bytes, the settings, and
the assets that it mentions. Which these are is known from the parse, those too that were not there. A text
with an error is never kept: it is looked at again until it is mended.
"""

from __future__ import annotations

from collections.abc import Collection, Iterable, Iterator, Mapping
from dataclasses import dataclass
from itertools import islice
from pathlib import Path, PurePosixPath
from typing import Final, TypeAlias

from timeline_gen.building.parse.measuring import Measured
from timeline_gen.building.parse.parsing import ParsedFile, ParseResult, ParseTask, parse_task
from timeline_gen.building.store.files import KnownFiles
from timeline_gen.building.store.store import Step, Store
from timeline_gen.errors import Problem, UsageError
from timeline_gen.keys import content_hash, key_of
from timeline_gen.messages import say
from timeline_gen.model.assets import Asset
from timeline_gen.model.bodies import Body
from timeline_gen.model.settings import Settings
from timeline_gen.reading.assets.mentions import Mentions
from timeline_gen.reading.disk.files import Found, read
from timeline_gen.writing.cache import load

PARSED: Final[Step[ParsedFile]] = Step("parsed")
"""By path."""
BODIES: Final[Step[Body]] = Step("bodies", in_memory=False)
"""By the hash of each."""
_BATCH: Final = 500
"""Texts that are looked up at once."""

TextOrigin: TypeAlias = tuple[Found, tuple[Asset, ...]]
"""Where a body comes from, with the assets that its parse knew of."""


def text_key(file_hash: str, settings: bytes, assets: Iterable[Asset | None]) -> bytes:
    """Return the hash of all that a text is parsed from: its bytes, *settings*, the *assets* it mentions."""
    return key_of(file_hash, settings, tuple(assets))


def settings_key(settings: Settings) -> bytes:
    """Return the hash of those settings that decide what a file is parsed into."""
    return key_of(
        settings.languages,
        settings.day_order,
        settings.seasons,
        settings.timezone,
        settings.taxonomies,
        settings.markdown,
        settings.file_kinds,
        settings.typography,
    )


def text_hashes(store: Store, root: Path) -> KnownFiles[str]:
    """Return the hashes of the texts in the site in *root*, as far as they are known."""
    return KnownFiles(store, "texts", root)


def known_assets(store: Store, root: Path) -> KnownFiles[Measured]:
    """Return the assets in the site in *root* that earlier builds measured."""
    return KnownFiles(store, "assets", root)


@dataclass(frozen=True, slots=True)
class Texts:
    """All texts of a site, read."""

    files: Mapping[PurePosixPath, ParsedFile]
    """What each was parsed into, by its path; those with errors are left out."""
    origins: Mapping[str, TextOrigin]
    """Where each body comes from, by its hash."""
    paths: tuple[PurePosixPath, ...]
    """Of all of them."""
    broken: tuple[Found, ...]
    """Those with errors."""
    problems: tuple[Problem, ...]
    parsed: int
    """How many were parsed now."""


class TextReader:
    """Texts of a site, being read in one pass over all of them."""

    def __init__(
        self, root: Path, settings: Settings, store: Store, assets: Mapping[PurePosixPath, Asset]
    ) -> None:
        self._root, self._store = root, store
        self._settings = settings_key(settings)
        self._assets, self._mentions = assets, Mentions(assets.keys())
        self._known = text_hashes(store, root)
        self._hashes: list[tuple[Found, str]] = []
        self._files: dict[PurePosixPath, ParsedFile] = {}
        self._problems: list[Problem] = []
        self._parsed = 0

    def tasks(self, texts: Iterable[Found]) -> Iterator[ParseTask]:
        """Yield those of *texts* that must be parsed; what the store has of the others is taken from it."""
        rest = iter(texts)
        while batch := tuple(islice(rest, _BATCH)):
            last = self._store.last(PARSED, [str(text.path) for text in batch])
            for text in batch:
                task = self._task(text, last.get(str(text.path)))
                if task:
                    yield task

    def _task(self, text: Found, last: tuple[bytes, ParsedFile] | None) -> ParseTask | None:
        """Return the task of parsing *text*, unless it would be parsed into what it was *last*."""
        known = self._known.get(text)
        if known and last and self._is_parsed(text, known, last):
            return None
        source, problems = read(self._root, text)
        self._problems += problems
        if source is None:
            return None
        # A file that was only touched, or checked out again, has other stat data and the same bytes.
        found = content_hash(source.data)
        if last and self._is_parsed(text, found, last):
            return None
        self._hashes.append((text, found))
        assets = tuple(self._assets[path] for path in self._mentions.among(source))
        return ParseTask(source, assets, text_key(found, self._settings, assets))

    def _is_parsed(self, text: Found, file_hash: str, last: tuple[bytes, ParsedFile]) -> bool:
        key, file = last
        named = (self._assets.get(asset.path) for asset in file.given)
        # A file that was lacking and is there now is one more part, and makes it another key.
        come = (self._assets[path] for path in file.lacking if path in self._assets)
        if key != text_key(file_hash, self._settings, (*named, *come)):
            return False
        self._hashes.append((text, file_hash))
        self._files[text.path] = file
        return True

    def take(self, results: Iterable[ParseResult]) -> None:
        """Take in what was parsed, and keep it."""
        results = tuple(results)
        self._parsed += len(results)
        for problems in (result.problems for result in results):
            self._problems += problems
        self._files |= keep_parsed(self._store, results)

    def texts(self, texts: Iterable[Found], seen: int) -> Texts:
        """Return what was read of *texts*, in their order; they were *seen* then, or later (nanoseconds)."""
        texts = tuple(texts)
        self._known.keep(self._hashes, seen)
        self._store.prune(PARSED, {str(text.path) for text in texts})
        files = {text.path: self._files[text.path] for text in texts if text.path in self._files}
        read = ((text, files[text.path]) for text in texts if text.path in files)
        origins = {file.item.body_hash: (text, file.given) for text, file in read}
        warnings = (problem for file in files.values() for problem in file.problems)
        return Texts(
            files,
            origins,
            tuple(text.path for text in texts),
            tuple(text for text in texts if text.path not in files),
            (*self._problems, *warnings),
            self._parsed,
        )


def keep_parsed(store: Store, results: Iterable[ParseResult]) -> dict[PurePosixPath, ParsedFile]:
    """Keep those of *results* that have no errors, and return them by path."""
    good = [result for result in results if result.file]
    files = store.take_dumped(PARSED, {str(result.path): (result.key, result.file) for result in good})
    store.keep_dumped(BODIES, {result.body_hash: (b"", result.body) for result in good})
    return {PurePosixPath(path): file for path, file in files.items()}


def parse_changed(
    root: Path, settings: Settings, store: Store, texts: Iterable[Found], seen: int
) -> dict[PurePosixPath, ParsedFile] | None:
    """Return what the changed *texts* are parsed into; all else was *seen* to be as it was at that moment.

    None where that is not enough: where one of them has errors, or mentions other assets than before.
    """
    mentions = Mentions({PurePosixPath(path) for path in known_assets(store, root).paths})
    wanted = {str(text.path): text for text in texts}
    last, of_settings = store.last(PARSED, wanted), settings_key(settings)
    results: list[ParseResult] = []
    hashes: list[tuple[Found, str]] = []
    for path, text in wanted.items():
        source, _ = read(root, text)
        if source is None or path not in last:
            return None
        found, named = content_hash(source.data), mentions.among(source)
        assets = tuple(asset for asset in last[path][1].given if asset.path in named)
        result = parse_task(ParseTask(source, assets, text_key(found, of_settings, assets)), settings)
        if len(assets) < len(named) or not result.file:
            return None
        results.append(result)
        hashes.append((text, found))
    # All other texts were seen to be as they were.
    text_hashes(store, root).keep(hashes, seen, keep_others=True)
    return keep_parsed(store, results)


def read_bodies(
    root: Path, origins: Mapping[str, TextOrigin], settings: Settings, store: Store, hashes: Collection[str]
) -> dict[str, Body]:
    """Return the bodies of *hashes*; those that the store has lost are parsed again from their *origins*.

    Raises ``UsageError`` where a text has changed since it was read.
    """

    def parse_again(lacking: Iterable[str]) -> Iterator[tuple[str, Body]]:
        for name in lacking:
            text, assets = origins[name]
            source, _ = read(root, text)
            result = parse_task(ParseTask(source, assets, b""), settings) if source else None
            if result is None or result.body_hash != name:
                message = say("{path} was changed while the site was built", path=text.path)
                raise UsageError(message, say("build it again"))
            yield name, load(result.body)

    return store.steps(BODIES, dict.fromkeys(hashes, b""), parse_again)
