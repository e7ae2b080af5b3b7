"""How much is printed: one mistake is one problem, and of each kind of problem the first hundred."""

from __future__ import annotations

import json
from pathlib import Path, PurePosixPath

import pytest
from site_kit import article, write_site

from timeline_gen.checking.check import check
from timeline_gen.cli import main
from timeline_gen.errors import Level, Place, Problem, first_of_each_kind
from timeline_gen.preview.outcome import BuildOutcome, with_problems

MANY = 130


def problem(code: str, line: int, level: Level = Level.ERROR) -> Problem:
    """Return a problem in a line of a file."""
    return Problem(code, "it is wrong", Place(PurePosixPath("content/a.md"), line), level=level)


def site_of(root: Path) -> Path:
    """Write an article with many keys that are unknown, and one date that cannot be read."""
    keys = "".join(f"wrong{number}: x\n" for number in range(MANY))
    text = article("A", "{id: e, date: soon, title: E}", more=keys)
    return write_site(root, {"content/articles/a.en.md": text})


def said(capsys: pytest.CaptureFixture[str], *arguments: str) -> tuple[list[str], list[str]]:
    """Return the lines that a command prints and says; it must leave with status 1."""
    with pytest.raises(SystemExit) as leaving:
        main(list(arguments))
    assert leaving.value.code == 1
    printed = capsys.readouterr()
    return printed.out.splitlines(), printed.err.splitlines()


def test_first_of_each_kind() -> None:
    """Each code and level has a hundred of its own, so that a crowd of warnings hides no error."""
    warnings = [problem("TG302", line, Level.WARNING) for line in range(300)]
    errors = [problem("TG302", line) for line in range(100)]
    shown, omitted = first_of_each_kind([*warnings, *errors, problem("TG201", 1)])

    assert len(shown) == 201
    assert shown[-1].code == "TG201"
    assert [str(each) for each in omitted] == [
        "TG302: 300 problems of this kind, of which 100 are shown",
    ]
    notes, of_notes = first_of_each_kind(problem("TG541", line, Level.INFO) for line in range(300))
    assert [(len(notes), omitted.shown, omitted.total) for omitted in of_notes] == [(10, 10, 300)]
    assert first_of_each_kind(warnings, None) == (tuple(warnings), ())


@pytest.mark.parametrize("command", ["check", "build"])
def test_text(tmp_path: Path, capsys: pytest.CaptureFixture[str], command: str) -> None:
    """The first hundred problems of a kind are printed, then how many there are; --all prints every one."""
    root = str(site_of(tmp_path))
    few = said(capsys, command, "--site", root)
    every = said(capsys, command, "--site", root, "--all")
    listed, all_listed = few[0] + few[1], every[0] + every[1]

    assert sum(": TG302: " in line for line in listed) == 100
    assert sum(": TG302: " in line for line in all_listed) == MANY
    assert any(": TG201: " in line for line in listed)
    assert [line for line in listed if "--all" in line] == [
        f"TG302: {MANY} problems of this kind, of which 100 are shown; --all shows every one"
    ]
    assert not any("--all" in line for line in all_listed)
    assert f"{MANY + 1} errors" in few[1][-1]


def test_machine_formats(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    """A format for programs holds every problem."""
    printed, _ = said(capsys, "check", "--site", str(site_of(tmp_path)), "--format", "json")

    assert sum(one["code"] == "TG302" for one in json.loads("\n".join(printed))) == MANY


def test_a_long_message(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    """A message that quotes a long value is cut, and --all shows all of it."""
    text = article("A", f"{{id: e, date: 2019, title: E, status: {'k' * 560}}}")
    root = str(write_site(tmp_path, {"content/articles/a.en.md": text}))

    assert sum(map(len, said(capsys, "check", "--site", root)[0])) < 640
    assert "k" * 560 in "".join(said(capsys, "check", "--site", root, "--all")[0])


def test_preview(tmp_path: Path) -> None:
    """A preview shows the first hundred of a kind over the page, and counts all."""
    problems = [problem("TG302", line) for line in range(250)]
    outcome = with_problems(BuildOutcome(), problems, tmp_path, 100)

    assert len(outcome.shown) == 100
    assert outcome.count(Level.ERROR) == 250
    assert outcome.count(Level.WARNING) == 0
    assert len(with_problems(BuildOutcome(), problems, tmp_path, None).shown) == 250


SUMMARY = "{id: e, date: 2019, title: E, summary: 'see [there](nowhere/at-all.html)'}"


@pytest.mark.parametrize(
    ("files", "place"),
    [
        ({"articles/a.en.md": article("A", SUMMARY)}, "content/articles/a.en.md:5:"),
        ({"articles/a.en.md": article("A", body="[x](nowhere/at-all.html)")}, "content/articles/a.en.md:"),
        (
            {"articles/a.en.md": article("A", more="summary: 'see [there](nowhere/at-all.html)'\n")},
            "content/articles/a.en.md:",
        ),
        ({"pages/p.en.md": "---\ntitle: P\n---\n[x](nowhere/at-all.html)\n"}, "content/pages/p.en.md:4:"),
    ],
    ids=["event", "body", "article", "page"],
)
def test_one_link_one_problem(tmp_path: Path, files: dict[str, str], place: str) -> None:
    """A link that leads nowhere is one problem where it is written, on however many pages it is shown."""
    root = write_site(tmp_path, {f"content/{path}": text for path, text in files.items()})
    found = [str(one.place) for one in check(root, jobs=1) if one.code == "TG811"]

    assert len(found) == 1, found
    assert found[0].startswith(place)


def test_two_links_two_problems(tmp_path: Path) -> None:
    """The same wrong link in two articles is two mistakes."""
    text = article("A", body="[x](nowhere/at-all.html)")
    root = write_site(tmp_path, {"content/articles/a.en.md": text, "content/articles/b.en.md": text})

    assert len([one for one in check(root, jobs=1) if one.code == "TG811"]) == 2


def test_a_link_of_a_theme(tmp_path: Path) -> None:
    """A link that a theme puts on every page is one problem, however its address looks from each."""
    root = write_site(
        tmp_path,
        {
            "content/articles/a.en.md": article("A", "{id: e, date: 2019, title: E}"),
            "themes/mine/theme.yaml": "name: mine\nextends: almanac\n",
            "themes/mine/templates/event.html": '<a href="../../../nowhere/">x</a>',
            "themes/mine/templates/timeline.html": '<a href="../nowhere/">x</a>',
        },
    )
    with (root / "site.yaml").open("a", encoding="utf-8") as file:
        file.write("theme: mine\n")

    assert len([one for one in check(root, jobs=1) if one.code == "TG811"]) == 1
