"""Problems on a terminal, as SARIF, and as annotations of GitHub Actions."""

from __future__ import annotations

import io
import json
import re
from collections.abc import Sequence
from contextlib import redirect_stderr, redirect_stdout, suppress
from pathlib import Path, PurePosixPath

import pytest
from report_kit import check_reports, in_repository, validator
from site_kit import article, write_site

from timeline_gen.building.silencing import path_pattern
from timeline_gen.cli.listing import helps_of
from timeline_gen.cli.main import main
from timeline_gen.cli.reports.excerpts import excerpt, extent
from timeline_gen.cli.reports.github import as_commands
from timeline_gen.cli.reports.sarif import as_sarif
from timeline_gen.cli.reports.source_lines import SourceLines
from timeline_gen.codes import CODES
from timeline_gen.errors import Level, Place, Problem, Silenced

ARTICLE = PurePosixPath("content/articles/a.en.md")
FSI, PDI = "\u2068", "\u2069"


def problem(message: str = "wrong", *, line: int = 1, column: int = 1, level: Level = Level.ERROR) -> Problem:
    """Return a problem in an article."""
    return Problem("TG201", message, Place(ARTICLE, line, column), "write 2017", level)


@pytest.mark.parametrize(
    ("line", "start", "shown", "mark"),
    [
        ("date: soon", 6, "date: soon", "      ^^^^"),
        ("  titel: x", 2, "  titel: x", "  ^^^^^"),
        ("- {date: 31 Feb, x: y}", 9, "- {date: 31 Feb, x: y}", "         ^^^^^^"),
        ("title: A # 4 opens", 9, "title: A # 4 opens", "         ^^^^^^^^^"),
        ("See [x](event:e) now", 4, "See [x](event:e) now", "    ^^^^^^^^^^^^"),
        ("See [x](event:e-1)", 8, "See [x](event:e-1)", "        ^^^^^^^^^"),
        ('date: "so on"', 6, 'date: "so on"', "      ^^^^^^^"),
        ("a\tb: c", 2, "a   b: c", "    ^"),
        ("日本: soon", 4, "日本: soon", "      ^^^^"),
        ("e\u0301e\u0301: soon", 6, "e\u0301e\u0301: soon", "    ^^^^"),
        ("a", 1, "a", " ^"),
        ("a\x1b[31mb", 6, "a\\x1b[31mb", "         ^"),
        ("x \u202eab", 3, "x \\u202eab", "        ^^"),
        ("url: https://me:word@host/", 5, "url: https://•••••••@host/", "     ^^^^^^^^^^^^^^^^^^^^^"),
    ],
)
def test_marks(line: str, start: int, shown: str, mark: str) -> None:
    """The mark is under what is wrong, whatever the cells of its line are; nothing steers the terminal."""
    assert tuple(excerpt(line, start, 80)) == (shown, mark)


@pytest.mark.parametrize(
    ("line", "start", "mark"),
    [
        ("date: قريبا جدا", 6, "      ^^^^^^^^^"),
        ("{title: شيء, date: soon}", 19, "                   ^^^^"),
        ("titel: شيء", 0, "^^^^^"),
        ("x: [أمن، قطر، مال]", 4, "    ^^^^^^^^^^^^^"),
        ("x: أمن، قطر", 8, f"   ^^^^^^^^ {FSI}قطر{PDI}"),
        ("انظر [هذا](event:x) الآن", 11, "^ here: event:x"),
        ("انظر [هذا](event:x) الآن", 5, f"^ here: {FSI}[هذا](event:x){PDI}"),
    ],
)
def test_marks_in_text_from_right_to_left(line: str, start: int, mark: str) -> None:
    """A line with Arabic is isolated; the mark has the cells of a whole run, or names what is meant."""
    assert tuple(excerpt(line, start, 80)) == (f"{FSI}{line}{PDI}", mark)


@pytest.mark.parametrize("start", [0, 6, 500, 996])
def test_long_lines(start: int) -> None:
    """Of a line that is wider than the terminal what surrounds the mark is shown."""
    line = "".join(f"{number:04} " for number in range(200))

    shown, mark = excerpt(line, start, 60)

    assert len(shown) <= 60
    marked = shown[mark.index("^") : mark.rindex("^") + 1]
    assert marked == line[start : extent(line, start)]
    assert (shown[0] == "…", shown[-1] == "…") == (start > 20, start < 900)


def test_endless_lines() -> None:
    """Of a line of megabytes only what is near the mark is looked at."""
    shown, mark = excerpt("[" * 3_000_000 + " soon", 3_000_001, 80)

    assert (shown[0], shown[-5:], mark.lstrip()) == ("…", " soon", "^^^^")


@pytest.mark.parametrize("cells", [1, 5, 20])
def test_narrow_terminals(cells: int) -> None:
    """However narrow the terminal is, and however long the word, something is shown."""
    shown, mark = excerpt("日" * 300, 150, cells)

    assert "日" in shown
    assert "^" in mark


@pytest.mark.parametrize(("column", "cell"), [(1, "id"), (2, "date"), (3, '"a, b"'), (4, "last")])
def test_cells_of_tables(tmp_path: Path, column: int, cell: str) -> None:
    """Columns of a table are its cells: the mark is under the cell."""
    path = PurePosixPath("content/events/t.csv")
    write_site(tmp_path, {str(path): 'id,date,"a, b",last\n'})

    found = SourceLines(tmp_path).at(Place(path, 1, column))

    assert found is not None
    assert found[0][found[1] :].startswith(cell)


@pytest.mark.parametrize(
    "path", ["../outside.md", "content/none.md", "content/link.md", "content/picture.png"]
)
def test_what_is_not_shown(tmp_path: Path, path: str) -> None:
    """Neither files outside the site, nor links, nor what is no text."""
    site = write_site(tmp_path / "site", {"content/a.md": "text"})
    (tmp_path / "outside.md").write_text("secret", "utf-8")
    (site / "content/link.md").symlink_to(tmp_path / "outside.md")
    (site / "content/picture.png").write_bytes(b"\x89PNG\r\n\x1a\n\0\xff")

    assert SourceLines(site).at(Place(PurePosixPath(path), 1, 1)) is None


def shown(site: Path, *options: str, command: str = "check") -> str:
    """Return what *command* prints of the *site*."""
    written = io.StringIO()
    with redirect_stdout(written), redirect_stderr(io.StringIO()), suppress(SystemExit):
        main([command, "--site", str(site), *options])
    return written.getvalue()


BROKEN = {
    "content/articles/a.en.md": article(
        "A", "{id: e, date: soon, title: E}", "{id: f, date: 2019, title: F}", "{id: f, date: 2018, title: G}"
    ),
    "content/articles/b.ar.md": article("ب", "{id: g, date: قريبا, title: حدث}"),
}


def test_a_terminal(tmp_path: Path) -> None:
    """Problems are grouped by file, each with its line, what it is related to, and its hint."""
    site = write_site(tmp_path, BROKEN)

    text = shown(site, "--source")

    assert text.splitlines()[:9] == [
        "content/articles/a.en.md  2 errors",
        "",
        text.splitlines()[2],
        "    5 │   - {id: e, date: soon, title: E}",
        "      │                   ^^^^",
        text.splitlines()[5],
        "",
        text.splitlines()[7],
        "    7 │   - {id: f, date: 2018, title: G}",
    ]
    assert (
        "  first given at content/articles/a.en.md:6:10\n    6 │   - {id: f, date: 2019, title: F}\n" in text
    )
    assert f"date: قريبا, title: حدث}}{PDI}" in text
    assert shown(site) == shown(site, "--no-source")
    assert "│" not in shown(site)


def test_no_content_in_a_log(tmp_path: Path) -> None:
    """Where no person looks, in the log of a public build, say, no lines of the content are printed."""
    secret = article("A", more="embargo: 2090-01-01T00:00Z\nsumary: the secret\n")
    site = write_site(tmp_path, {"content/articles/a.en.md": secret})

    for form in ("text", "json", "sarif", "github"):
        text = shown(site, "--format", form)
        assert "TG302" in text
        assert "the secret" not in text


@pytest.mark.parametrize("command", ["check", "build"])
@pytest.mark.parametrize("form", ["json", "sarif", "github"])
def test_forms(tmp_path: Path, command: str, form: str) -> None:
    """Both commands report in each form, on stdout, where the content has errors and where it has none."""
    site = write_site(tmp_path, BROKEN)

    def codes() -> list[str]:
        text = shown(site, "--format", form, command=command)
        return re.findall(r'(?:(?:ruleId|code)": "|title=)(TG\d+)', text)

    assert codes() == ["TG201", "TG310", "TG201"]
    for path in BROKEN:
        (site / path).write_text(article("A"), "utf-8")
    assert codes() == []


def test_sarif_of_all_there_can_be() -> None:
    """Hints, places that are related, what is silenced and odd names are in the log, and it is valid."""
    odd = Place(PurePosixPath("content/جسر a%b.md"), 3, 4)
    first = Problem("TG310", "twice \ud800", odd, "", Level.WARNING, (Place(ARTICLE, 9, 9),))
    hushed = Silenced(problem("old", level=Level.INFO), "we know")

    log = json.loads(
        as_sarif([first, problem()], in_repository, silenced=[hushed], helps={"TG201": "# Help"})
    )

    assert list(validator().iter_errors(log)) == []
    (run,) = log["runs"]
    places = [one["locations"][0]["physicalLocation"]["artifactLocation"]["uri"] for one in run["results"]]
    assert places[0] == "site/content/%D8%AC%D8%B3%D8%B1%20a%25b.md"
    assert run["results"][0]["relatedLocations"][0]["message"]["text"] == "first given"
    assert run["results"][2]["suppressions"][0]["justification"] == "we know"
    assert [rule["id"] for rule in run["tool"]["driver"]["rules"]] == ["TG201", "TG310"]
    assert [run["tool"]["driver"]["rules"][one["ruleIndex"]]["id"] for one in run["results"]] == [
        one["ruleId"] for one in run["results"]
    ]


def test_sarif_of_every_code() -> None:
    """Each code is a rule with its page as help, and the log of all is valid."""
    every = [Problem(code, meaning, Place(ARTICLE)) for code, meaning in CODES.items()]

    log = json.loads(as_sarif(every, str, helps=helps_of(every)))

    assert list(validator().iter_errors(log)) == []
    rules = log["runs"][0]["tool"]["driver"]["rules"]
    assert [rule["id"] for rule in rules] == list(CODES)
    assert all(rule["help"]["markdown"].startswith(f"# {rule['id']}: ") for rule in rules)
    assert not any("](../problems.md)" in rule["help"]["markdown"] for rule in rules)


def test_commands_of_github() -> None:
    """What an author writes cannot end a command, begin another one, or add a property."""
    nasty = "100% ‘a, b: c’\n::error::no\r##[error]no"
    lines = list(as_commands([problem(nasty, line=3, column=4)], lambda _: "a,b:c%\n.md"))

    assert lines == [
        (
            "::error file=a%2Cb%3Ac%25%0A.md,line=3,col=4,title=TG201"
            "::100%25 ‘a, b: c’%0A::error::no%0D##[error]no%0Ahint: write 2017"
        ),
        "1 error",
    ]


@pytest.mark.parametrize(("counts", "annotated", "listed"), [((10, 10, 10), 30, 0), ((25, 3, 0), 13, 15)])
def test_limits_of_github(counts: Sequence[int], annotated: int, listed: int) -> None:
    """Ten annotations of a level are made; the others are in one group of the log, and begin no command."""
    levels = (Level.ERROR, Level.WARNING, Level.INFO)
    found = [
        problem(f"::error::{n} ##[error]", level=level)
        for level, many in zip(levels, counts, strict=True)
        for n in range(many)
    ]

    lines = list(as_commands(found, str))

    assert sum(bool(re.match(r"::(error|warning|notice) ", line)) for line in lines) == annotated
    assert sum(line.startswith("- ") for line in lines) == listed
    assert not any("##[" in line for line in lines if line.startswith("- "))
    check_reports(found)


SILENCE = "title: {ar: سجل, en: Record}\nurl: https://records.org/\nlanguages: [ar, en]\nsilence:\n"


@pytest.mark.parametrize(
    ("entry", "codes", "silenced"),
    [
        ("{code: TG404, path: content/articles/a.en.md, because: old}", [], ["TG404"]),
        ("{code: tg404, path: 'content/*/a.*.md', because: old}", [], ["TG404"]),
        ("{code: TG404, path: '**', because: old}", [], ["TG404"]),
        ("{code: TG404, path: '*', because: old}", ["TG404", "TG317"], []),
        ("{code: TG403, path: '**', because: old}", ["TG404", "TG317"], []),
        ("{code: TG836, path: '**', because: old}", ["TG404"], []),
        ("{code: TG40, path: '**', because: old}", ["TG304", "TG404"], []),
        ("{code: TG404, path: '**'}", ["TG301"], ["TG404"]),
    ],
)
def test_silence(tmp_path: Path, entry: str, codes: Sequence[str], silenced: Sequence[str]) -> None:
    """What a site silences is not reported; what silences nothing is."""
    svg = '<svg xmlns="http://www.w3.org/2000/svg" width="9" height="9"><path d="M0 0h9v9z"/></svg>'
    files = {"content/articles/a.en.md": article("A", body="![](p.svg)"), "content/articles/p.svg": svg}
    site = write_site(tmp_path, files, settings=f"{SILENCE}  - {entry}\n")

    log = json.loads(shown(site, "--format", "sarif"))["runs"][0]["results"]

    assert sorted(one["ruleId"] for one in log if "suppressions" not in one) == sorted(codes)
    assert [one["ruleId"] for one in log if "suppressions" in one] == silenced


@pytest.mark.parametrize(
    ("glob", "matched"),
    [
        ("content/*/a.md", ["content/x/a.md"]),
        ("**/a.md", ["a.md", "content/x/a.md", "content/x/y/a.md"]),
        ("content/**", ["content/x/a.md", "content/x/y/a.md", "content/x/ab.md", "content/x/[a].md"]),
        ("content/x/?.md", ["content/x/a.md"]),
        ("/content/x/[a].md", ["content/x/[a].md"]),
        (f"{'**/' * 40}{'***' * 40}/none", []),
    ],
)
def test_patterns(glob: str, matched: Sequence[str]) -> None:
    """A sign stands for part of one name, two for any folders; brackets are what they are."""
    paths = ["a.md", "content/x/a.md", "content/x/y/a.md", "content/x/ab.md", "content/x/[a].md", "x/" * 200]

    assert [path for path in paths if path_pattern(glob).fullmatch(path)] == matched


def test_a_build_counts_what_it_warns_of(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    """Where a build succeeds with warnings, their number is at the end of them."""
    site = write_site(tmp_path, {"content/articles/a.en.md": article("A", body="[x](../none/)")})

    main(["build", "--site", str(site), "-j", "1"])

    lines = capsys.readouterr().err.splitlines()
    assert lines[2:4] == ["more about a problem: timeline-gen explain TG811", "1 warning"]


def test_errors_are_not_silenced(tmp_path: Path) -> None:
    """An error is reported whatever the settings say, and the entry is said to be in vain."""
    entry = "{code: TG508, path: '**', because: no}"
    files = {"content/articles/a.en.md": article("A", body="[x](event:none)")}
    site = write_site(tmp_path, files, settings=f"{SILENCE}  - {entry}\n")

    assert [one["code"] for one in json.loads(shown(site, "--format", "json"))] == ["TG508"]


def test_what_is_silenced_is_no_error_under_strict(tmp_path: Path) -> None:
    """A build that lets no warning pass lets what is silenced pass, also when it is built again."""
    entry = "{code: TG439, path: '**', because: meant}\n  - {code: TG811, path: '**', because: comes later}"
    files = {"content/articles/a.en.md": article("A", body="[x](../later/)")}
    site = write_site(tmp_path, files, settings=f"{SILENCE}  - {entry}\n")

    for _ in range(2):
        log = json.loads(shown(site, "--strict", "--format", "sarif", command="build"))["runs"][0]["results"]
        assert [(one["ruleId"], "suppressions" in one) for one in log] == [("TG811", True)]
    assert (site / "output/en/articles/a/index.html").exists()
