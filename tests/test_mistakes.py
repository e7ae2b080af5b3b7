"""Mistakes that authors make: each is reported at its own place, in words that lead on, and hides no other.

``data/mistakes.yaml`` holds a site without a mistake, a theme that may be laid over it, and the cases. A case
changes the site (``files``, ``edit``, ``append``, ``bytes``, ``picture``, ``encode``, ``rename``, in this
order), runs ``check`` or what ``run`` lists, and expects:

``problems``
    one at one of the places ``at``, of one of the levels, that says each of the patterns
``clean``, ``fails``
    no problem at all; whether there is an error
``first``, ``most``
    where the first problem is; how many there are at most
``never``
    patterns that no problem contains
``pages``, ``keeps``
    patterns that a built file has or lacks; files that are as they were
``either``
    expectations of which one is met
"""

from __future__ import annotations

import base64
import random
import re
import struct
import unicodedata
import zlib
from collections.abc import Iterator, Mapping, Sequence
from pathlib import Path, PurePosixPath
from typing import Any

import pytest
import yaml
from report_kit import check_reports
from site_kit import write_site

from timeline_gen.building.options import Options
from timeline_gen.building.pipeline import build
from timeline_gen.checking.check import check, checked
from timeline_gen.cli.counts import counted_things
from timeline_gen.errors import ContentError, Level, Place, Problem, UsageError

TABLE = yaml.safe_load((Path(__file__).parent / "data" / "mistakes.yaml").read_text("utf-8"))
NOW = 1_780_000_000
LEVELS = {Level.INFO: "note", Level.WARNING: "warning", Level.ERROR: "error"}


@pytest.mark.parametrize("case", TABLE["cases"], ids=lambda case: case["name"])
def test_mistakes(tmp_path: Path, case: Mapping[str, Any]) -> None:
    """An author who makes a mistake is shown where it is and what to write instead, in each form."""
    root = base_site(tmp_path / "site", theme=case.get("with") == "theme")
    make_mistake(root, case)
    kept = {name: (root / name).read_bytes() for name in case["expect"].get("keeps", ())}

    problems = [problem for command in case.get("run", ["check"]) for problem in reported(root, command)]

    assert all((root / name).read_bytes() == data for name, data in kept.items())
    assert list(missing(case["expect"], problems, root)) == []
    check_reports(problems)


def base_site(root: Path, *, theme: bool = False) -> Path:
    """Write the site without a mistake into the folder *root*, with a theme of its own where wanted."""
    files = {**TABLE["site"], **(TABLE["theme"] if theme else {})}
    settings = files.pop("site.yaml") + ("theme: mine\n" if theme else "")
    write_site(root, files, settings=settings)
    write_bytes(root / "content/articles/bridge.png", png(40, 30))
    return root


def write_bytes(path: Path, data: bytes) -> None:
    """Write *data* to *path*, and its folder where that is missing."""
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_bytes(data)


def png(width: int, height: int, *, noise: bool = False) -> bytes:
    """Return a PNG of one colour, or of noise, which cannot be compressed."""
    dice = random.Random(width)  # noqa: S311 - of no secret
    rows = b"".join(
        b"\0" + (dice.randbytes(width * 3) if noise else b"\x30\x60\x90" * width) for _ in range(height)
    )

    def chunk(kind: bytes, data: bytes) -> bytes:
        return struct.pack(">I", len(data)) + kind + data + struct.pack(">I", zlib.crc32(kind + data))

    head = struct.pack(">IIBBBBB", width, height, 8, 2, 0, 0, 0)
    data = chunk(b"IDAT", zlib.compress(rows, 0 if noise else 9))
    return b"\x89PNG\r\n\x1a\n" + chunk(b"IHDR", head) + data + chunk(b"IEND", b"")


def make_mistake(root: Path, case: Mapping[str, Any]) -> None:
    """Change the site in *root* as *case* says."""
    for name, text in case.get("files", {}).items():
        write_bytes(root / name, text.encode())
    for edit in case.get("edit", ()):
        path = root / edit["path"]
        text = path.read_text("utf-8")
        assert edit["old"] in text
        path.write_text(text.replace(edit["old"], edit["new"]), "utf-8")
    for name, text in case.get("append", {}).items():
        (root / name).write_text((root / name).read_text("utf-8") + text, "utf-8")
    for name, text in case.get("bytes", {}).items():
        write_bytes(root / name, base64.b64decode(text))
    for one in case.get("picture", ()):
        size = one.get("width", 40), one.get("height", 30)
        write_bytes(root / one["path"], png(*size, noise=one.get("noise", False)))
    for name, form in case.get("encode", {}).items():
        (root / name).write_bytes(encoded((root / name).read_text("utf-8"), form))
    for old, new in case.get("rename", {}).items():
        (root / new).parent.mkdir(parents=True, exist_ok=True)
        (root / old).rename(root / new)


def encoded(text: str, form: str) -> bytes:
    """Return *text* as a program saves it that prefers *form*."""
    if form == "crlf":
        return text.replace("\n", "\r\n").encode()
    if form == "bom":
        return b"\xef\xbb\xbf" + text.encode()
    if form in {"nfc", "nfd"}:
        return unicodedata.normalize("NFC" if form == "nfc" else "NFD", text).encode()
    return text.encode(form)


def reported(root: Path, command: str) -> Sequence[Problem]:
    """Return the problems that *command*, ``check`` or ``build``, reports of the site in *root*."""
    try:
        if command == "check":
            return check(root, now=NOW, jobs=1)
        return build(root, Options(now=NOW, jobs=1)).problems
    except ContentError as error:
        return error.problems
    except UsageError as error:
        return [Problem("TG108", f"{error}\n{error.hint}", Place(PurePosixPath("site.yaml")))]


def missing(expect: Mapping[str, Any], problems: Sequence[Problem], root: Path) -> Iterator[str]:
    """Yield what of *expect* is not so."""
    texts = [f"{one.message}\n{one.hint}" for one in problems]
    listed = "\n".join(f"{one.place} {text}" for one, text in zip(problems, texts, strict=True))
    for one in expect.get("problems", ()):
        if not any(fits(one, problem) for problem in problems):
            yield f"no problem {one} in:\n{listed}"
    if expect.get("clean") and problems:
        yield f"is not clean:\n{listed}"
    if "fails" in expect and expect["fails"] != any(one.level is Level.ERROR for one in problems):
        yield f"fails must be {expect['fails']}:\n{listed}"
    if "first" in expect and not (problems and is_at(problems[0], expect["first"])):
        yield f"the first is not at {expect['first']}:\n{listed}"
    if len(problems) > expect.get("most", len(problems)):
        yield f"more than {expect['most']}:\n{listed}"
    yield from (f"says {one}:\n{listed}" for one in expect.get("never", ()) if found(one, listed))
    for page in expect.get("pages", ()):
        yield from unlike(page, root)
    ways = [list(missing(way, problems, root)) for way in expect.get("either", ())]
    if ways and all(ways):
        yield " or ".join(str(way) for way in ways)


def unlike(page: Mapping[str, Any], root: Path) -> Iterator[str]:
    """Yield what the built file that *page* names has or lacks against the expectation."""
    path = root / page["path"]
    if not path.is_file():
        yield f"there is no {page['path']}"
        return
    text = path.read_text("utf-8")
    yield from (f"{page['path']} lacks {one}" for one in page.get("has", ()) if not found(one, text))
    yield from (f"{page['path']} has {one}" for one in page.get("lacks", ()) if found(one, text))


def fits(expected: Mapping[str, Any], problem: Problem) -> bool:
    """Return whether *problem* is the *expected* one."""
    text = f"{problem.message}\n{problem.hint}"
    return (
        any(is_at(problem, place) for place in expected.get("at", [str(problem.place)]))
        and LEVELS[problem.level] in expected.get("level", LEVELS.values())
        and all(found(pattern, text) for pattern in expected.get("says", ()))
    )


def is_at(problem: Problem, place: str) -> bool:
    """Return whether *problem* is at *place*, a path that a line and a column may follow."""
    return f"{problem.place}:".startswith(f"{place}:")


def found(pattern: str, text: str) -> bool:
    """Return whether *text* contains *pattern*, in capitals or not."""
    return re.search(pattern, text, re.IGNORECASE | re.MULTILINE) is not None


def write_many(root: Path, count: int, text: str) -> None:
    """Add *count* articles with the body *text* to the site in *root*."""
    for number in range(count):
        body = f"---\ntitle: Log {number}\ndate: 2020-01-01\n---\n{text.format(number)}\n"
        write_bytes(root / f"content/articles/log-{number}.en.md", body.encode())


def test_every_dead_link_is_one_problem(tmp_path: Path) -> None:
    """However many articles link to nothing, a check lists each link once, at its own place."""
    root = base_site(tmp_path)
    write_many(root, 120, "See [x](../nowhere-{}/).")

    dead = [str(one.place) for one in check(root, now=NOW, jobs=1) if one.code == "TG811"]

    assert sorted(dead) == sorted(f"content/articles/log-{n}.en.md:5:9" for n in range(120))


def test_a_dead_link_keeps_no_site_from_readers(tmp_path: Path) -> None:
    """A build warns of a link or heading that is not there, and writes the site; a check fails."""
    root = base_site(tmp_path)
    write_many(root, 1, "See [x](../nowhere/), [y](article:canal#dug), [z](event:bridge-planned#nothing).")

    warned = [(one.place.column, one.level) for one in build(root, Options(now=NOW, jobs=1)).problems]
    found = [(one.place.column, one.level) for one in check(root, now=NOW, jobs=1)]

    assert warned == [(9, Level.WARNING), (27, Level.WARNING), (51, Level.WARNING)]
    assert found == [(9, Level.ERROR), (27, Level.ERROR), (51, Level.ERROR)]


def test_no_mistake_hides_another(tmp_path: Path) -> None:
    """Fifty files that are broken in any way are reported in one run, each at least once and by itself."""
    root = base_site(tmp_path, theme=True)
    broken = [
        "titel: X\ndate: 2020-01-01\n---\nText.\n",
        "title: X: y\ndate: 2020-01-01\n---\nText.\n",
        "title: X\ndate: soon\n---\nText.\n",
        "title: X\ndate: 2020-01-01\n",
        "title: X\ndate: 2020-01-01\n---\n[x](event:nowhere-at-all)\n",
        "title: X\ndate: 2020-01-01\n---\n[x](../nowhere-at-all/)\n",
        "title: X\ndate: 2020-01-01\n---\n![x](nothing.png)\n",
        "title: X\ndate: 2020-01-01\nevents:\n  - {id: a-%d, date: 2020-13-01, title: Y}\n---\nText.\n",
        "title: X\ndate: 2020-01-01\nstatus: odd\n---\nText.\n",
    ]
    paths = [f"content/articles/broken-{number}.en.md" for number in range(46)]
    for number, path in enumerate(paths):
        text = f"---\n{broken[number % len(broken)].replace('%d', str(number))}"
        write_bytes(root / path, text.encode("utf-16" if number == 45 else "utf-8"))
    make_mistake(root, {"edit": BROKEN_DATA})

    found = {str(one.place.path) for one in check(root, now=NOW, jobs=1) if one.level is Level.ERROR}

    assert found == {*paths, *(edit["path"] for edit in BROKEN_DATA)}


BROKEN_DATA = [
    {"path": "site.yaml", "old": "licence:", "new": "licens:"},
    {"path": "content/entities.yaml", "old": "omar-saleh:\n  kind:", "new": "omar-saleh:\n  knd:"},
    {"path": "content/eras.yaml", "old": "date:", "new": "daet:"},
    {"path": "themes/mine/templates/event.html", "old": "{{ super() }}", "new": "{{ super( }}"},
]


@pytest.mark.parametrize(
    ("typed", "place", "said"),
    [
        ("{{ event.title.txet }}", "4:31", "mean 'text'"),
        ("{{ event.title.text|uper }}", "4:36", "mean 'upper'"),
        ("{% fi event %}x{% endif %}", "4:19", "mean 'if'"),
        ("{% include 'almanac/evnt.html' %}", "4:28", "mean 'almanac/event.html'"),
        ("{{ event }}", "4:16", "one of its fields"),
        ("{{ event.title.text\n  ~ evnt.x }}", "5:5", "mean 'event'"),
    ],
)
def test_templates(tmp_path: Path, typed: str, place: str, said: str) -> None:
    """Who makes a slip in a template is led to its column, and to the name that was meant."""
    root = base_site(tmp_path, theme=True)
    edit = {"path": "themes/mine/templates/event.html", "old": "{{ event.title.text }}", "new": typed}
    make_mistake(root, {"edit": [edit]})

    problems = [one for one in check(root, now=NOW, jobs=1) if one.level is Level.ERROR]

    assert {str(one.place) for one in problems} == {f"{edit['path']}:{place}"}
    assert all(found(said, one.hint) for one in problems)
    assert not any(found("object|Card|View", f"{one.message} {one.hint}") for one in problems)


@pytest.mark.parametrize(
    ("drafts", "said"),
    [
        ((), "2 articles in 2 languages, 4 events"),
        (("canal.ar", "canal.en"), "1 article in 2 languages, 2 events; 1 draft"),
        (("canal.en",), "2 articles in 2 languages, 4 events; 1 draft"),
    ],
)
def test_counts(tmp_path: Path, drafts: Sequence[str], said: str) -> None:
    """What a run counts are the articles that readers see, and the drafts that they do not."""
    root = base_site(tmp_path)
    for name in drafts:
        path = root / f"content/articles/{name}.md"
        path.write_text(path.read_text("utf-8").replace("---\n", "---\ndraft: true\n", 1), "utf-8")

    report = build(root, Options(now=NOW, jobs=1))
    counts = checked(root, now=NOW, jobs=1).counts

    assert counts is not None
    assert counted_things(report) == said
    assert counted_things(counts) == said
