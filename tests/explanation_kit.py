"""Runs the examples of the pages on problems."""

from __future__ import annotations

import csv
import io
import re
import shutil
from collections.abc import Callable, Iterator, Mapping, Sequence
from contextlib import suppress
from importlib import import_module
from pathlib import Path
from struct import pack
from zlib import crc32

import openpyxl
from file_kit import pdf, sample
from PIL import Image
from test_mistakes import png

from timeline_gen.building.options import Options
from timeline_gen.building.pipeline import build
from timeline_gen.checking.check import check
from timeline_gen.checking.explanations import Example, Explanation
from timeline_gen.errors import ContentError, Problem
from timeline_gen.publishing.publish import PreparedPlan, open_publication, prepare, publish

SETTINGS = 'title: Harbour record\nurl: "https://harbour-record.org/"\nlanguages: [en]\n'
"""Of an example that has none."""
NOW = 1_780_000_000


def laid(root: Path, *examples: Example, later: bool | None = None) -> Path:
    """Lay the files of *examples*, one over the other, into the folder *root*.

    Of files that somebody changes after a build none is laid, or with *later* only these.
    """
    files = {} if later else {"site.yaml": (SETTINGS, "")}
    for example in examples:
        files |= {
            file.path: (file.text, file.how) for file in example.files if is_later(file.how) is bool(later)
        }
    for path, (text, how) in files.items():
        lay(root / escaped(path), text, how.removeprefix("later").strip())
    return root


def is_later(how: str) -> bool:
    """Return whether a file comes about only after the site was built."""
    return how.startswith("later")


def lay(target: Path, text: str, how: str) -> None:
    """Let the file *target* hold *text*, as *how* says."""
    if how == "removed":
        target.unlink(missing_ok=True)
        return
    target.parent.mkdir(parents=True, exist_ok=True)
    if target.is_symlink():
        target.unlink()
    if how == "link":
        target.symlink_to(text.strip())
    else:
        target.write_bytes(_bytes(text, how))


def _bytes(text: str, how: str) -> bytes:
    """Return what is in a file of an example, from its *text* and *how* that is to be taken."""
    word, *rest = how.split() or [""]
    if word in MADE:
        return MADE[word](text, rest)
    return escaped(text).encode({"bom": "utf-8-sig"}.get(word, word or "utf-8"))


def repeated(text: str, rest: Sequence[str]) -> bytes:
    """Return *text* with as many items, or as many signs, as *rest* asks for in place of its ellipsis."""
    count = int(rest[1])
    many = rest[3] * count if rest[2] == "×" else ",".join(f"n{number}" for number in range(count))
    return text.replace("…", many).encode()


def bomb(width: int, height: int) -> bytes:
    """Return a small PNG whose head promises *width* and *height*."""
    data = png(9, 9)
    head = b"IHDR" + pack(">II", width, height) + data[24:29]
    return data[:12] + head + pack(">I", crc32(head)) + data[33:]


MADE: dict[str, Callable[[str, Sequence[str]], bytes]] = {
    "picture": lambda _, size: png(*map(int, size)),
    "noise": lambda _, size: png(*map(int, size), noise=True),
    "pixels": lambda _, size: bomb(*map(int, size)),
    "repeat": lambda text, times: text.encode() * int(times[0]),
    "sample": lambda _, name: sample(name[0]).replace(b"avc1", (name[1:] or ["avc1"])[0].encode()),
    "pdf": lambda _, author: pdf(author=" ".join(author)),
    "workbook": lambda text, _: workbook(text),
    "…": repeated,
}
"""What makes a file, by the first word of how it comes about."""


def workbook(text: str) -> bytes:
    """Return a workbook with the cells of *text*, a table whose commas divide."""
    book = openpyxl.Workbook()
    for row in csv.reader(io.StringIO(text)):
        book.active.append(row)
    saved = io.BytesIO()
    book.save(saved)
    return saved.getvalue()


def escaped(text: str) -> str:
    r"""Return *text* with the characters that its escapes, such as ``\x0c``, mean."""
    return re.sub(
        r"\\x([0-9a-f]{2})|\\u([0-9a-f]{4})", lambda found: chr(int(found[1] or found[2], 16)), text
    )


def photo(_: str, told: Sequence[str]) -> bytes:
    """Return a photograph that tells where it was taken (``gps``) or by which camera (``serial``)."""
    image, exif, saved = Image.new("RGB", (40, 30)), Image.Exif(), io.BytesIO()
    if "gps" in told:
        exif.get_ifd(0x8825).update({1: "N", 2: (25.0, 17.0, 0.0), 3: "E", 4: (51.0, 32.0, 0.0)})
    if "serial" in told:
        exif.get_ifd(0x8769).update({0xA431: "4711"})
    image.save(saved, "JPEG", exif=exif)
    return saved.getvalue()


MADE["photo"] = photo


# ---------------------------------------------------------------- running


def found_by(found: Explanation, root: Path) -> tuple[Problem, ...]:
    """Return the problems that the command of *found* reports of the site in *root*."""
    try:
        if found.run == "build":
            return build(root, Options(jobs=1)).problems
        if found.run == "publish":
            prepared = _prepared(root)
            return (*(one.problem for one in prepared.refusals), *prepared.notes)
        return check(root, now=NOW, jobs=1)
    except ContentError as error:
        return error.problems


def _prepared(root: Path, *, carry_out: bool = False) -> PreparedPlan:
    """Return what publishing the site in *root* takes, after doing it where it is to be carried out."""
    publication = open_publication(root, "web", (), lambda name: import_module(f"timeline_gen.{name}"))
    prepared = prepare(publication, lambda: check(root, jobs=1))
    if carry_out:
        assert prepared.refusals == ()
        publish(publication, prepared, lambda *_: None)
    return prepared


BUILT: Mapping[str, Options] = {
    "": Options(jobs=1),
    "drafts": Options(jobs=1, drafts=True),
    "url": Options(jobs=1, url="https://other-record.org/"),
    "now": Options(jobs=1, now=NOW),
}
"""How a site was built before it is published."""


def outcomes(found: Explanation, folder: Path) -> Iterator[tuple[Problem, ...]]:
    """Yield what is reported of the wrong example of *found*, and of the right one.

    What the examples before it left in the cache in *folder* is used again, where they are only checked.
    """
    for is_right, examples in enumerate(((found.wrong,), (found.wrong, found.right))):
        is_fresh = found.run != "check"
        root = folder / "fresh" / "site" if is_fresh else folder / "site"
        if is_fresh:
            shutil.rmtree(root.parent, ignore_errors=True)
        if found.before.files:
            build(laid(root, found.before), Options(jobs=1))
            if found.run == "publish":
                _prepared(root, carry_out=True)
        laid_files = laid(
            root, Example(tuple(f for f in found.before.files if f.path == "site.yaml")), *examples
        )
        if found.run == "publish":
            _build_to_publish(laid_files, "" if is_right else found.built)
            if not is_right:
                laid(root, *examples, later=True)
        yield found_by(found, root)
        for path in root.iterdir():
            if path.name != ".timeline-gen":
                shutil.rmtree(path) if path.is_dir() else path.unlink()


def _build_to_publish(root: Path, how: str) -> None:
    if how in BUILT:
        with suppress(ContentError):
            build(root, BUILT[how])
