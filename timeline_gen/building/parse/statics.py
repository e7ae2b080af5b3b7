"""Files of ``static/``, which are copied to the root of the site: what is known of them, and their bytes."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from pathlib import Path

from timeline_gen.building.store.files import KnownFiles
from timeline_gen.errors import Place, Problem, UsageError
from timeline_gen.keys import content_hash
from timeline_gen.messages import say
from timeline_gen.model.files import Output
from timeline_gen.reading.disk.contents import survey_static
from timeline_gen.reading.disk.files import Found, read_asset
from timeline_gen.reading.site_paths import STATIC
from timeline_gen.writing.output_state import OutputState


@dataclass(frozen=True, slots=True)
class StaticFile:
    """A file that is copied as it is."""

    path: str
    """Where it is in the site."""
    hash: str
    found: Found


def read_statics(root: Path, known: KnownFiles[str]) -> tuple[tuple[StaticFile, ...], tuple[Problem, ...]]:
    """Return the files of ``static/`` in the folder *root*; those that are *known* are not read."""
    found, problems = survey_static(root)
    statics: list[StaticFile] = []
    unreadable: list[Problem] = []
    for file in found:
        path = file.path.relative_to(STATIC).as_posix()
        try:
            digest = known.get(file) or content_hash(read_asset(root, file))
        except OSError as error:
            unreadable += _unreadable(file, error, problems)
        else:
            statics.append(StaticFile(path, digest, file))
    return tuple(statics), (*problems, *unreadable)


def _unreadable(found: Found, error: OSError, problems: Iterable[Problem]) -> Iterator[Problem]:
    if all(problem.place.path != found.path for problem in problems):
        why = error.strerror or say("it is gone")
        yield Problem(
            "TG108",
            say("this cannot be read: {why}", why=why),
            Place(found.path),
            say("look at who may read it"),
        )


def static_outputs(root: Path, statics: Iterable[StaticFile], state: OutputState) -> Iterator[Output]:
    """Yield *statics* as files of the site; one that is as it should be in *state* is not read.

    Raises ``UsageError`` where a file has changed since it was looked at.
    """
    for static in statics:
        entry = state.entries.get(static.path)
        if entry is not None and entry.hash == static.hash:
            yield Output(static.path, None, static.hash)
            continue
        try:
            data = read_asset(root, static.found)
        except OSError as error:
            raise UsageError(
                say("{path} cannot be read: {strerror}", path=static.found.path, strerror=error.strerror),
                say("build it again"),
            ) from error
        if content_hash(data) != static.hash:
            raise UsageError(
                say("{path} was changed while the site was built", path=static.found.path),
                say("build it again"),
            )
        yield Output(static.path, data, static.hash)
