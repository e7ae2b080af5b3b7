"""The one door to Pagefind, which is run and never imported: an index of whole texts.

It is made of small files, of which a reader loads a few: in a folder of the work folder, of the staged texts
of its own, and read back. The same texts give the same files. They come folded, as search keys, in a language
that Pagefind does not know: it would otherwise stem them by rules of its own, and then find what no one
looked for.
"""

from __future__ import annotations

import json
import os
import subprocess
import sys
from collections.abc import Iterable, Iterator
from importlib.metadata import PackageNotFoundError, version
from pathlib import Path
from typing import Final, NamedTuple

from timeline_gen.errors import UsageError
from timeline_gen.messages import say
from timeline_gen.writing.disk import discard, refusing

FOLDED: Final = "qaa"
"""A code for private use (ISO 639-2)."""
_KEPT: Final = ("pagefind.js", "pagefind-worker.js", "pagefind-entry.json", "wasm.unknown.pagefind")
"""What a browser needs besides the index itself; the rest are ready-made search boxes."""
_WEIGHT: Final = 5
"""The weight of a word of the title; one of the text has 1."""


class FoldedText(NamedTuple):
    """An article as it is found: its address, and the keys of its title and of its text."""

    address: str
    title: str
    text: str


def engine_version() -> str:
    """Return the version of Pagefind; empty where it is not installed."""
    try:
        return f"{version('pagefind')} {version('pagefind_bin')}"
    except PackageNotFoundError:
        return ""


def make_index(texts: Iterable[FoldedText], work_dir: Path) -> dict[str, bytes]:
    """Return the files of the index of *texts* by their names, made in a folder of *work_dir*.

    Raises ``UsageError`` where the engine or the machine refuses.
    """
    folder = work_dir / "texts"
    discard(str(folder))
    try:
        with refusing(folder):
            for text in texts:
                page = folder / "site" / text.address / "index.html"
                page.parent.mkdir(parents=True, exist_ok=True)
                page.write_text(_page(text), encoding="utf-8")
            _run(folder)
            return dict(_files(folder / "index"))
    finally:
        discard(str(folder))


def _page(text: FoldedText) -> str:
    """Return *text* as the engine reads it; keys are words, and words hold no signs of HTML."""
    title = f'<p data-pagefind-weight="{_WEIGHT}">{text.title}</p>'
    return f'<!doctype html><html lang="{FOLDED}"><body>{title}<p>{text.text}</p></body></html>\n'


def _run(folder: Path) -> None:
    # Settings of the user's own would make another index.
    env = {name: value for name, value in os.environ.items() if not name.startswith("PAGEFIND_")}
    command = [sys.executable, "-m", "pagefind", "--site", "site", "--output-path", "index"]
    done = subprocess.run(  # noqa: S603 - the engine that the site asks for
        command, cwd=folder, env=env, capture_output=True, text=True, encoding="utf-8", check=False
    )
    if done.returncode:
        output = (done.stderr or done.stdout).strip().splitlines()
        raise UsageError(
            say("Pagefind could not make its index: {said}", said=output[-1] if output else done.returncode)
        )


def _files(folder: Path) -> Iterator[tuple[str, bytes]]:
    for name in _KEPT:
        data = (folder / name).read_bytes()
        # The one file whose order is that of a hash table.
        yield name, _sorted(data) if name.endswith(".json") else data
    for path in (*folder.glob("*.pf_meta"), *folder.glob("fragment/*"), *folder.glob("index/*")):
        yield path.relative_to(folder).as_posix(), path.read_bytes()


def _sorted(data: bytes) -> bytes:
    return json.dumps(json.loads(data), ensure_ascii=False, separators=(",", ":"), sort_keys=True).encode()
