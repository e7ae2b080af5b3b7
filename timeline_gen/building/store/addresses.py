"""Addresses that are remembered from one build to the next, and from one publication to the next.

Three kinds of files, all of which may be deleted:

- ``addresses-TREE.json``: what the last build of a tree had;
- ``publish/TARGET/addresses.json``: what was last seen to be published there. Where there is one, it counts,
  and not what was only built: a name that was there for an hour need not lead on;
- ``addresses/``: addresses that an earlier version made of names, which lead on; what published records
  without addresses list; and what a publisher found to be lost. The scan sees these, so that a
  build looks again.
"""

from __future__ import annotations

import json
from collections.abc import Callable, Collection, Iterable
from contextlib import suppress
from dataclasses import replace
from functools import partial
from pathlib import Path
from typing import Final

from timeline_gen.building.options import Options, Report
from timeline_gen.building.scan import LOST
from timeline_gen.collecting.earlier_ids import Earlier
from timeline_gen.model.settings import Settings
from timeline_gen.pages.parts import addresses
from timeline_gen.writing.disk import look, refusing

_HOME: Final = ".timeline-gen"
_REFRESH: Final = b'http-equiv="refresh"'


def is_remembered(options: Options) -> bool:
    """Return whether a build with *options* is for readers, and not of drafts or for another moment."""
    return not options.drafts and options.now is None and not options.noindex


# ---------------------------------------------------------------- what was built, what was published


def known_addresses(root: Path, settings: Settings, options: Options) -> frozenset[str]:
    """Return the addresses that the site in *root* ought to have, by what is remembered."""
    if not is_remembered(options) or options.cache != Options().cache:
        return frozenset()
    targets = [name for name, target in settings.publish.items() if not target.preview]
    published = [found for name in targets if (found := _read(_published(root, name))) is not None]
    if published:
        return frozenset().union(*published)
    return frozenset(_read(built_file(root, options)) or ())


def built_file(root: Path, options: Options) -> Path:
    """Return where the addresses of the last build with *options* are kept."""
    tree = options.tree if options.tree.startswith("publish-") else Options().tree
    return root / options.cache / f"addresses-{tree}.json"


def _published(root: Path, target: str) -> Path:
    return root / _HOME / "publish" / target / "addresses.json"


def report_to_keep(root: Path, settings: Settings, report: Report) -> Report:
    """Return what of *report* the next build reports again if nothing changes for the site in *root*.

    What was only built and is lost is reported once; what was published, until it is mended.
    """
    if any(
        _published(root, name).exists() for name, target in settings.publish.items() if not target.preview
    ):
        return report
    return replace(report, problems=tuple(problem for problem in report.problems if problem.code != LOST))


def remember_built(root: Path, options: Options, found: Iterable[str]) -> None:
    """Keep the addresses *found* in a build of the site in *root* with *options*."""
    if is_remembered(options) and (options.tree == Options().tree or options.tree.startswith("publish-")):
        _write(built_file(root, options), sorted(found))


def remember_published(root: Path, target: str, found: Iterable[str]) -> None:
    """Keep the addresses *found* at the *target* that the site in *root* is published to."""
    _write(_published(root, target), sorted(found))


def note_lost(root: Path, target: str, found: Collection[str]) -> None:
    """Note which addresses were *found* to be lost at a *target* of the site in *root*: builds report it."""
    path = _earlier(root).with_name(f"lost-{target}.json")
    if found:
        _write(path, sorted(found))
    else:
        path.unlink(missing_ok=True)


def built_addresses(root: Path, options: Options) -> tuple[str, ...] | None:
    """Return the addresses of the last build with *options*; None where they are not known."""
    return _read(built_file(root, options))


def _read(path: Path) -> tuple[str, ...] | None:
    with suppress(OSError, ValueError, TypeError):
        return tuple(map(str, json.loads(path.read_bytes())))
    return None


def _write(path: Path, value: object) -> None:
    """Let the file at *path* hold *value*; it is not touched where it does."""
    # The scan looks at some of these files: to write the same again would make the next build do all its
    # work.
    data = json.dumps(value, ensure_ascii=False, separators=(",", ":")).encode()
    with suppress(OSError):
        if path.read_bytes() == data:
            return
    sibling = path.with_name(f"{path.name}.new")
    with refusing(path.parent):
        path.parent.mkdir(parents=True, exist_ok=True)
        sibling.write_bytes(data)
        sibling.replace(path)


# ---------------------------------------------------------------- what an earlier version made


def earlier_addresses(root: Path) -> tuple[Earlier, ...]:
    """Return the addresses of an earlier version that lead on, of the site in *root*."""
    with suppress(OSError, ValueError, TypeError, KeyError):
        found = json.loads(_earlier(root).read_bytes())
        return tuple(Earlier(*map(str, row)) for row in found["moved"])
    return ()


def remember_record(root: Path, target: str, paths: Iterable[str]) -> None:
    """Keep the *paths* of a record of an earlier version, for the next build to lead on from them."""
    _write(_earlier(root).with_name(f"published-{target}.json"), sorted(paths))


def learn_earlier(
    root: Path, settings: Settings, options: Options, former: Callable[[], tuple[Earlier, ...]]
) -> tuple[Earlier, ...]:
    """Return the addresses of an earlier version that lead on, after looking for what shows more of them.

    That is a built site whose addresses are not remembered, or a record of an earlier version: *former* is
    asked for what has another address by now, if there is one that has not been looked at yet.
    """
    known = earlier_addresses(root)
    if options.cache != Options().cache:
        return known
    proofs = {name: proof for name, proof in _proofs(root, options) if name not in _looked_at(root)}
    if not proofs:
        return known
    languages = [language.code for language in settings.languages]
    more = [
        candidate
        for candidate in former()
        if any(_shows(proof, candidate, languages) for proof in proofs.values())
    ]
    moved = tuple(sorted({*known, *more}))
    _write(_earlier(root), {"moved": moved, "looked_at": sorted({*_looked_at(root), *proofs})})
    return moved


_Proof = Callable[[str], bool]
"""Tells whether an address was there."""


def _proofs(root: Path, options: Options) -> Iterable[tuple[str, _Proof]]:
    output = root / Options().output
    sitemap = look(str(output / "sitemap.xml"))
    if sitemap and not built_file(root, options).exists():
        yield f"output of {sitemap.st_mtime_ns}", partial(_was_built, output)
    for path in sorted(_earlier(root).parent.glob("published-*.json")):
        yield path.stem, partial(_was_published, frozenset(_read(path) or ()))


def _was_built(output: Path, address: str) -> bool:
    """Return whether the folder *output* has a page at *address* that does not only lead on."""
    try:
        return _REFRESH not in (output / addresses.file_name(address)).read_bytes()[:2000]
    except OSError:
        return False


def _was_published(paths: Collection[str], address: str) -> bool:
    return addresses.file_name(address) in paths


def _shows(proof: _Proof, earlier: Earlier, languages: Iterable[str]) -> bool:
    """Return whether the former address of *earlier* was there when its present one was not."""
    return any(
        proof(addresses.entity(lang, earlier.taxonomy, earlier.former))
        and not proof(addresses.entity(lang, earlier.taxonomy, earlier.id))
        for lang in languages
    )


def _earlier(root: Path) -> Path:
    return root / _HOME / "addresses" / "moved.json"


def _looked_at(root: Path) -> frozenset[str]:
    with suppress(OSError, ValueError, TypeError, KeyError):
        return frozenset(map(str, json.loads(_earlier(root).read_bytes())["looked_at"]))
    return frozenset()
