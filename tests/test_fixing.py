"""``check --fix``: what has just one mend is mended, and nothing else of a file is touched."""

from __future__ import annotations

import json
from pathlib import Path

import pytest
from click.testing import CliRunner
from explanation_kit import NOW, laid
from site_kit import SETTINGS, article, write_site

from timeline_gen.building.options import Options
from timeline_gen.building.pipeline import build
from timeline_gen.checking.check import check
from timeline_gen.checking.explanations import explanation
from timeline_gen.checking.fixing import fixed_files, write_fixed
from timeline_gen.checking.fixing.edits import FIXABLE
from timeline_gen.cli import program
from timeline_gen.cli.listing import Listing

PATH = "content/articles/a.en.md"
ONE = "title: Record\nurl: https://records.org/\nlanguages: [en]\n"
EVENT = "{id: bridge-built, date: 2019, title: E}"


def mended(root: Path) -> dict[str, bytes]:
    """Return what the files of the site in *root* that can be mended become, by their new paths."""
    files = fixed_files(root, check(root, jobs=1), ("ar", "en"))
    return {str(file.new_path): file.after for file in files}


@pytest.mark.parametrize(
    ("typed", "mend"),
    [
        # keys and ids with one slip
        ("titel: A\ndate: 2021-12-06", "title: A\ndate: 2021-12-06"),
        ("title: A\ndate: 2021-12-06\nsumary: It.", "title: A\ndate: 2021-12-06\nsummary: It."),
        ('"titel": A\ndate: 2021-12-06', '"title": A\ndate: 2021-12-06'),
        (
            "title: A\ndate: 2021-12-06\nevents: [{id: x, dat: 2019, title: E, status: confirmd}]",
            "title: A\ndate: 2021-12-06\nevents: [{id: x, date: 2019, title: E, status: confirmed}]",
        ),
        # keys of other programs
        ("title: A\ndate: 2021-12-06\nkeywords: [b]", "title: A\ndate: 2021-12-06\ntags: [b]"),
        # what a sign cuts off
        ("title: Berth #4 opens\ndate: 2021-12-06", 'title: "Berth #4 opens"\ndate: 2021-12-06'),
        ('title: Berth "a" #4\ndate: 2021-12-06', "title: 'Berth \"a\" #4'\ndate: 2021-12-06"),
        ('title: It\'s "a" #4\ndate: 2021-12-06', 'title: "It\'s \\"a\\" #4"\ndate: 2021-12-06'),
    ],
)
@pytest.mark.parametrize("end", ["\n", "\r\n"])
def test_mends(tmp_path: Path, typed: str, mend: str, end: str) -> None:
    """The mended file is what its author would have written; its line ends and all else stay."""
    before, after = (f"---\n{text}\n---\nText  \n\n# x \n".replace("\n", end) for text in (typed, mend))
    root = write_site(tmp_path, {}, settings=ONE)
    (root / "content/articles").mkdir(parents=True)
    (root / PATH).write_bytes(before.encode())

    assert mended(root) == {PATH: after.encode()}
    write_fixed(root, fixed_files(root, check(root, jobs=1), ("en",)))
    assert (root / PATH).read_bytes() == after.encode()
    assert mended(root) == {}


@pytest.mark.parametrize(
    "typed",
    [
        # two known names are as near; the right key is there; two slips would give one key twice
        (
            f"title: A\ndate: 2021-12-06\nevents: [{EVENT}, {EVENT.replace('built', 'guilt')}]\n"
            "summary: '[x](event:bridge-uilt)'"
        ),
        "title: A\ntitel: B\ndate: 2021-12-06",
        "titel: A\ntitl: B\ndate: 2021-12-06",
        # a comment may be meant; more than one line; more than one sign
        "title: Berth # 4 opens\ndate: 2021-12-06",
        "title: Berth #4 opens\n  and closes\ndate: 2021-12-06",
        "title: Berth #4 and #5\ndate: 2021-12-06",
        # a name that is nearly another one may be another person
        "title: A\ndate: 2021-12-06\npeople: [Leila Hadad, Leila Haddad]",
        "title: A\ndate: soon",
    ],
)
def test_what_has_more_mends_than_one(tmp_path: Path, typed: str) -> None:
    """Where more than one mend is possible, the author decides."""
    root = write_site(tmp_path, {PATH: f"---\n{typed}\n---\nText.\n"}, settings=ONE)

    assert mended(root) == {}


@pytest.mark.parametrize(
    ("link", "mend"),
    [
        ("[x](event:bridge-bilt)", "[x](event:bridge-built)"),
        (
            "[bilt](event:bridge-bilt) [y](event:bridge-bulit)",
            "[bilt](event:bridge-built) [y](event:bridge-built)",
        ),
        ("[x](article:cana)", "[x](article:canal)"),
        ("[x](#hed)\n\n## H {#head}", "[x](#head)\n\n## H {#head}"),
        ("جسر [x](event:bridge-bilt)", "جسر [x](event:bridge-built)"),
    ],
)
def test_links(tmp_path: Path, link: str, mend: str) -> None:
    """A link with a slip in its target leads where it was meant to."""
    files = {PATH: article("A", EVENT, body=link), "content/articles/canal.en.md": article("C")}
    root = write_site(tmp_path, files, settings=ONE)

    assert mended(root) == {PATH: article("A", EVENT, body=mend).encode()}


@pytest.mark.parametrize(
    ("name", "title", "others", "new"),
    [
        ("a.md", "Title in English", (), "a.en.md"),
        ("a.md", "عنوان بالعربية", (), "a.ar.md"),
        ("a.md", "Title in English", ("a.en.md",), None),
        ("a.md", "عنوان بالعربية", ("a.en.md",), "a.ar.md"),
    ],
)
def test_languages_of_files(
    tmp_path: Path, name: str, title: str, others: tuple[str, ...], new: str | None
) -> None:
    """A file gets the language that it lacks, where only one is free and fits its letters."""
    text = article(title, body=f"{title}. " * 4)
    files = {f"content/articles/{one}": text for one in (name, *others)}
    root = write_site(tmp_path, files)

    assert mended(root) == ({f"content/articles/{new}": text.encode()} if new else {})


def test_settings_and_entities(tmp_path: Path) -> None:
    """The settings and the data files are mended, too, byte order mark and comments included."""
    files = {
        PATH: article("A", more="people: [leila]\n"),
        "content/entities.yaml": "# who\nleila: {knd: person, name: Leila}  # she\n",
    }
    root = write_site(tmp_path, files, settings=f"\ufeff{SETTINGS}licenc: CC-BY-4.0\nmenu: [timelin]\n")

    found = mended(root)

    assert found["content/entities.yaml"] == b"# who\nleila: {kind: person, name: Leila}  # she\n"
    assert found["site.yaml"].decode() == f"\ufeff{SETTINGS}licence: CC-BY-4.0\nmenu: [timeline]\n"


def test_former_names(tmp_path: Path) -> None:
    """What was renamed gets its former name, so that links to it lead on."""
    root = write_site(tmp_path, {PATH: article("A")}, settings=ONE)
    build(root, Options(jobs=1))
    (root / PATH).rename(root / "content/articles/b.en.md")

    assert mended(root) == {
        "content/articles/b.en.md": article("A").replace("title: A\n", "title: A\naliases: [a]\n").encode()
    }


@pytest.mark.parametrize("change", ["link", "bytes", "taken"])
def test_what_is_not_written(tmp_path: Path, change: str) -> None:
    """A link, what has changed since it was looked at, and what would be written over are left alone."""
    root = write_site(tmp_path / "site", {"content/articles/a.md": article("English title")})
    files = fixed_files(root, check(root, jobs=1), ("ar", "en"))
    path, target = root / "content/articles/a.md", root / PATH
    if change == "link":
        path.rename(tmp_path / "outside.md")
        path.symlink_to(tmp_path / "outside.md")
    else:
        (path if change == "bytes" else target).write_text("mine", "utf-8")

    assert [str(one) for one in write_fixed(root, files)] == ["content/articles/a.md"]
    assert target.exists() is (change == "taken")
    assert fixed_files(root, check(root, jobs=1), ("ar", "en")) == () or change == "bytes"


def fixed(root: Path, *options: str, answer: str = "") -> tuple[str, list[str]]:
    """Return what ``check --fix`` writes to stderr, and the codes that it reports afterwards."""
    arguments = ["check", "--fix", "--format", "json", "--site", str(root), *options]
    done = CliRunner().invoke(program, arguments, obj=Listing(), input=answer)
    return done.stderr, [one["code"] for one in json.loads(done.stdout)]


@pytest.mark.parametrize(("options", "is_written"), [((), False), (("--yes",), True)])
def test_command(tmp_path: Path, options: tuple[str, ...], *, is_written: bool) -> None:
    """What changes is shown first; without a terminal nothing is written unless that is said."""
    root = write_site(tmp_path, {PATH: article("A", more="sumary: It.\n")}, settings=ONE)
    (root / PATH).chmod(0o640)

    shown, codes = fixed(root, *options)

    assert "-sumary: It.\n+summary: It.\n" in shown
    assert ("nothing was written" in shown) is not is_written
    assert codes == ([] if is_written else ["TG302"])
    assert ((root / PATH).read_text("utf-8") == article("A", more="summary: It.\n")) is is_written
    assert (root / PATH).stat().st_mode & 0o777 == 0o640
    assert sorted(path.name for path in (root / "content/articles").iterdir()) == ["a.en.md"]


def test_chains(tmp_path: Path) -> None:
    """What only shows once something else is mended is mended in the same run."""
    root = write_site(
        tmp_path, {"content/articles/a.md": article("English title", more="sumary: It.\n")}, settings=ONE
    )
    text = (root / "content/articles/a.md").read_text("utf-8")

    _, codes = fixed(root, "--yes")

    assert codes == []
    assert (root / PATH).read_text("utf-8") == text.replace("sumary", "summary")


@pytest.mark.parametrize("code", sorted(FIXABLE - {"TG603"}))
def test_examples_of_pages(tmp_path: Path, code: str) -> None:
    """The wrong example on the page of a code is right once it is mended, if only one mend is possible."""
    found = explanation(code)
    assert found is not None
    root = laid(tmp_path / "site", found.wrong)
    files = fixed_files(root, check(root, now=NOW, jobs=1), ("en",))
    write_fixed(root, files)

    left = [problem.code for problem in check(root, now=NOW, jobs=1)]

    assert left == ([] if files else [code])
    assert bool(files) is (code not in {"TG309", "TG502"})
