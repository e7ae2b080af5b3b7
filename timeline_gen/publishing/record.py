"""What a publisher leaves next to the site: which files are its own, and what the last generations held.

A generation is one publication that changed something. Those before the present one are kept as what they
differ in from the next newer one, so that the record grows with the changes and not with the site.
"""

from __future__ import annotations

import json
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from typing import Final

from timeline_gen.errors import UsageError
from timeline_gen.messages import say
from timeline_gen.publishing.files import File, JsonObject, Listing, inside

_FORMAT: Final = 1


@dataclass(frozen=True, slots=True)
class About:
    """How a generation came to be."""

    generation: int = 0
    published: str = ""
    """ISO 8601, UTC."""
    source: str = ""
    """The revision of the content, where it has a history."""
    url: str = ""
    program: str = ""
    mark: str = ""
    """The host's own name for it, such as a commit."""


@dataclass(frozen=True, slots=True)
class EarlierGeneration:
    """An earlier generation."""

    about: About
    changed: Mapping[str, File | None]
    """Where its files differ from those of the next newer generation; None for a file that it lacked."""


@dataclass(frozen=True, slots=True)
class Retained:
    """A file that the site has no more, kept for readers of older pages."""

    file: File
    last: int
    """The last generation that had it."""


@dataclass(frozen=True, slots=True)
class Record:
    """All that is known of a place that the site was published to."""

    about: About = field(default_factory=About)
    files: Listing = field(default_factory=dict)
    retained: Mapping[str, Retained] = field(default_factory=dict)
    kept: tuple[EarlierGeneration, ...] = ()
    """Newest first."""
    addresses: tuple[str, ...] = ()
    """Those that others may link to or frame; empty where a record names none."""

    @property
    def generation(self) -> int:
        """Return the number of the present generation; 0 where nothing was published yet."""
        return self.about.generation

    @property
    def present(self) -> dict[str, File]:
        """Return every file that this program put there."""
        return {path: kept.file for path, kept in self.retained.items()} | dict(self.files)


def files_at(record: Record, generation: int) -> dict[str, File]:
    """Return what *generation* held; raise ``UsageError`` where *record* does not keep it."""
    files = dict(record.files)
    for kept in record.kept:
        for path, file in kept.changed.items():
            if file is None:
                files.pop(path, None)
            else:
                files[path] = file
        if kept.about.generation == generation:
            return files
    there = ", ".join(str(kept.about.generation) for kept in record.kept) or "none"
    raise UsageError(
        say("generation {generation} is not kept", generation=generation),
        hint=say(
            "the present one is {generation}; earlier ones that can be brought back: {there}",
            generation=record.generation,
            there=there,
        ),
    )


def where_kept(record: Record, generation: int) -> dict[str, int]:
    """Return under which generation each file of *generation* was put aside, where it was replaced since."""
    found: dict[str, int] = {}
    for kept in record.kept:
        found.update(dict.fromkeys(kept.changed, kept.about.generation))
        if kept.about.generation == generation:
            break
    return found


def hashes_kept(record: Record) -> set[str]:
    """Return the hashes of all files that earlier generations need."""
    return {file.hash for kept in record.kept for file in kept.changed.values() if file}


# ---------------------------------------------------------------- as JSON


def write_record(record: Record) -> bytes:
    """Return *record* as JSON."""
    # Thousands of files share a few texts of headers: each is written once, and files have its number.
    headers: dict[str, int] = {}
    data = {
        "format": _FORMAT,
        "about": _about_data(record.about),
        "files": {path: _file_data(file, headers) for path, file in sorted(record.files.items())},
        "retained": {
            path: [*_file_data(kept.file, headers), kept.last]
            for path, kept in sorted(record.retained.items())
        },
        "kept": [
            {
                "about": _about_data(kept.about),
                "changed": {
                    path: _file_data(file, headers) if file else None
                    for path, file in sorted(kept.changed.items())
                },
            }
            for kept in record.kept
        ],
    }
    data["headers"] = list(headers)
    if record.addresses:
        data["addresses"] = list(record.addresses)
    return json.dumps(data, ensure_ascii=False, separators=(",", ":")).encode()


def read_record(data: bytes) -> Record:
    """Return the record that *data* holds; raise ``UsageError`` where it is damaged or of a later format."""
    try:
        found = json.loads(data)
        if found["format"] != _FORMAT:
            raise UsageError(
                say("a newer version of this program published here last"),
                hint=say("publish with that version, or a later one"),
            )
        return _record(found)
    except (ValueError, KeyError, TypeError, IndexError) as error:
        raise UsageError(
            say("the record of what was published here is damaged"),
            hint=say("once the folder .timeline-gen there is deleted, all files are published anew"),
        ) from error


def _about_data(about: About) -> dict[str, str | int]:
    values = {key: getattr(about, key) for key in About.__dataclass_fields__}
    return {key: value for key, value in values.items() if value}


def _file_data(file: File, headers: dict[str, int]) -> list[str | int]:
    return [file.hash, file.size, headers.setdefault(file.headers, len(headers))]


def _record(found: JsonObject) -> Record:
    headers = found["headers"]
    return Record(
        about=About(**found["about"]),
        files=dict(_files(found["files"], headers)),
        retained={
            inside(path): Retained(File(value[0], value[1], headers[value[2]]), value[3])
            for path, value in found["retained"].items()
        },
        kept=tuple(
            EarlierGeneration(
                About(**kept["about"]),
                {
                    inside(path): File(value[0], value[1], headers[value[2]]) if value else None
                    for path, value in kept["changed"].items()
                },
            )
            for kept in found["kept"]
        ),
        addresses=tuple(map(str, found.get("addresses", ()))),
    )


def _files(found: JsonObject, headers: list[str]) -> Iterator[tuple[str, File]]:
    for path, (name, size, number) in found.items():
        yield inside(path), File(name, size, headers[number])
