"""The command line: what is printed where, and with which status it leaves."""

from __future__ import annotations

import json
import os
import subprocess
import sys
from pathlib import Path

import pytest
from site_kit import article, write_site

GOOD = {"content/articles/a.en.md": article("A", "{id: e, date: 2019, title: E}")}
BAD = {"content/articles/a.en.md": article("A", "{id: e, date: soon, title: E}")}


def run(*arguments: str, cwd: Path) -> subprocess.CompletedProcess[str]:
    """Run the program in the folder *cwd*."""
    command = [sys.executable, "-c", "from timeline_gen.cli import run; run()", *arguments]
    return subprocess.run(command, cwd=cwd, capture_output=True, text=True, encoding="utf-8", check=False)


def test_build(tmp_path: Path) -> None:
    """A good site is built; the summary goes to stderr, nothing to stdout, and the status is 0."""
    done = run("build", "-j", "1", cwd=write_site(tmp_path, GOOD))

    assert (done.returncode, done.stdout) == (0, "")
    assert done.stderr.startswith("1 article, 1 event, ")
    assert (tmp_path / "output" / "en" / "index.html").is_file()


@pytest.mark.parametrize("where", ["a pipe that nobody reads", "a full disk"])
def test_nobody_is_told(tmp_path: Path, where: str) -> None:
    """What cannot be said is no fault of the content: the status is 2, and the site is built."""
    write_site(tmp_path, GOOD)
    command = [sys.executable, "-c", "from timeline_gen.cli import run; run()", "build", "-j", "1"]
    reading, writing = os.pipe()
    os.close(reading)
    if where == "a full disk":
        os.close(writing)
        writing = os.open("/dev/full", os.O_WRONLY)

    done = subprocess.run(command, cwd=tmp_path, stdout=writing, stderr=writing, check=False)
    os.close(writing)

    assert done.returncode == 2
    assert (tmp_path / "output" / "en" / "index.html").is_file()


def test_quiet(tmp_path: Path) -> None:
    """A quiet build that has nothing to say says nothing."""
    done = run("build", "-q", "-j", "1", cwd=write_site(tmp_path, GOOD))

    assert (done.returncode, done.stdout, done.stderr) == (0, "", "")


def test_problems_in_the_content(tmp_path: Path) -> None:
    """A problem is told with its place, code and hint; the status is 1 and the output stays as it was."""
    root = write_site(tmp_path, GOOD)
    run("build", "-q", "-j", "1", cwd=root)
    before = (root / "output" / "en" / "index.html").read_bytes()
    write_site(root, BAD)

    done = run("build", "-j", "1", cwd=root)

    assert done.returncode == 1
    first, second, *_ = done.stderr.splitlines()
    assert first.startswith("content/articles/a.en.md:5:19: TG201: the date")
    assert second.startswith("  hint: write 2017")
    assert done.stderr.endswith("1 error; output/ is as it was\n")
    assert (root / "output" / "en" / "index.html").read_bytes() == before


@pytest.mark.parametrize(
    "arguments",
    [
        ("build", "--no-such-option"),
        ("no-such-command",),
        ("build", "--site", "no-such-folder"),
        ("build",),
        ("check",),
        ("explain", "TG999"),
        ("build", "--base-url", "javascript:alert(1)"),
        ("build", "--base-url", "example.org"),
        ("date",),
        ("date", "2019", "--on", "yesterday"),
        ("date", "2019", "--lang", "xx"),
        ("new", "site", "."),
    ],
)
def test_used_wrongly(tmp_path: Path, arguments: tuple[str, ...]) -> None:
    """A command that is used wrongly, or that has no site, leaves with status 2 and one clear word."""
    (tmp_path / "something").touch()

    done = run(*arguments, cwd=tmp_path)

    assert (done.returncode, done.stdout) == (2, "")
    assert done.stderr
    assert "Traceback" not in done.stderr


def test_names_that_steer_a_terminal(tmp_path: Path) -> None:
    """A file's name that holds a line break or an escape is shown as one, on one line."""
    root = write_site(tmp_path, {"content/articles/a\n\x1b[31mb.en.md": GOOD["content/articles/a.en.md"]})

    done = run("check", cwd=root)

    assert done.returncode == 1
    assert "\x1b" not in done.stdout
    assert done.stdout.startswith("content/articles/a\\n\\x1b[31mb.en.md:1:1: TG111: ")


def test_what_the_machine_refuses(tmp_path: Path) -> None:
    """What the machine refuses is no problem of the content: the status is 2, without a word of Python."""
    root = write_site(tmp_path, {"content": "no folder"})

    done = run("new", "article", "a", cwd=root)

    assert (done.returncode, done.stdout) == (2, "")
    assert done.stderr.startswith("error: ")
    assert "Traceback" not in done.stderr


def test_files_of_others_in_the_output(tmp_path: Path) -> None:
    """A file that somebody put into the built site is named when a build deletes it, on one line."""
    root = write_site(tmp_path, GOOD)
    run("build", "-q", "-j", "1", cwd=root)
    (root / "output" / "my\x1b[31m\nnotes.txt").write_text("mine", "utf-8")

    done = run("build", "-j", "1", cwd=root)

    assert done.returncode == 0
    assert done.stderr.splitlines()[1:] == [
        "note: output holds the site alone; deleted from it, being no part of it: my\\x1b[31m\\nnotes.txt"
    ]


def test_content_that_becomes_a_link(tmp_path: Path) -> None:
    """Content that was moved out of the site's folder is not read through a link; the site stays."""
    root = write_site(tmp_path / "site", GOOD)
    run("build", "-q", "-j", "1", cwd=root)
    before = (root / "output" / "en" / "index.html").read_bytes()
    (root / "content").rename(tmp_path / "elsewhere")
    (root / "content").symlink_to(tmp_path / "elsewhere")

    done = run("build", "-j", "1", cwd=root)

    assert done.returncode == 1
    assert done.stderr.startswith("content:1:1: TG108: this is a link that leads out of the site's folder")
    assert (root / "output" / "en" / "index.html").read_bytes() == before


@pytest.mark.parametrize("logo", ["../outside.svg", "link.svg", "content", "pipe.svg", "nowhere.svg"])
def test_logo_from_elsewhere(tmp_path: Path, logo: str) -> None:
    """A logo is a file inside the site's folder: what a link or '..' leads to elsewhere is not published."""
    (tmp_path / "outside.svg").write_text("<svg/>", encoding="utf-8")
    settings = f"title: T\nurl: https://example.org/\nlanguages: [en]\nlogo: {logo}\n"
    root = write_site(tmp_path / "site", GOOD, settings=settings)
    (root / "link.svg").symlink_to(tmp_path / "outside.svg")
    os.mkfifo(root / "pipe.svg")

    done = run("check", cwd=root)

    assert done.returncode == 1
    assert done.stdout.startswith("site.yaml:4:7: TG403: the logo ")


def test_strict(tmp_path: Path) -> None:
    """With --strict a warning counts as an error."""
    root = write_site(
        tmp_path,
        {
            "content/articles/a.en.md": article("A", "{id: e, date: 2019, title: E}"),
            "content/articles/b.en.md": article("B", "{id: e, date: 2018, title: E}"),
        },
    )

    assert run("build", "-j", "1", cwd=root).returncode == 0
    assert run("build", "-j", "1", "--strict", cwd=root).returncode == 1


def test_check_as_data(tmp_path: Path) -> None:
    """``check --format json`` prints all problems as one JSON list."""
    done = run("check", "--format", "json", cwd=write_site(tmp_path, BAD))

    (problem,) = json.loads(done.stdout)
    assert done.returncode == 1
    assert (problem["path"], problem["line"], problem["column"]) == ("content/articles/a.en.md", 5, 19)
    assert (problem["code"], problem["level"]) == ("TG201", "error")


def test_date(tmp_path: Path) -> None:
    """``date`` shows how a phrase is read and worded; what cannot be read leaves with status 1."""
    done = run("date", "أكتوبر الماضي", "--on", "2021-12-06", cwd=tmp_path)

    assert done.returncode == 0
    assert "2021-10-01" in done.stdout
    assert "October 2021" in done.stdout
    assert run("date", "whenever", cwd=tmp_path).returncode == 1


def test_date_before_the_common_era(tmp_path: Path) -> None:
    """``date`` takes a year with a minus sign for what it is."""
    done = run("date", "-0043-03-15", cwd=tmp_path)

    assert done.returncode == 0
    assert "44 BCE" in done.stdout


def test_date_batch(tmp_path: Path) -> None:
    """``date --batch`` prints one JSON object for each line, wrong ones too."""
    (tmp_path / "dates.tsv").write_text("October 2019\ten\t2019-12-15\nsoon\n2019\ten\tnever\n", "utf-8")

    done = run("date", "--batch", "dates.tsv", cwd=tmp_path)

    rows = [json.loads(line) for line in done.stdout.splitlines()]
    assert done.returncode == 0
    assert [(row["edtf"], row["problem"] is None) for row in rows] == [
        ("2019-10", True),
        (None, False),
        (None, False),
    ]
    assert list(rows[0]) == ["text", "edtf", "lo", "hi", "precision", "wording", "problem"]


def test_date_batch_of_a_spreadsheet(tmp_path: Path) -> None:
    """A byte order mark is no part of the first date, and bytes that are not UTF-8 spoil their line alone."""
    table = b"\xef\xbb\xbf2017\ten\r\nd\xe9cembre 2019\tfr\r\n2018\ten\r\n"
    (tmp_path / "dates.tsv").write_bytes(table)

    done = run("date", "--batch", "dates.tsv", cwd=tmp_path)

    rows = [json.loads(line) for line in done.stdout.splitlines()]
    assert done.returncode == 0
    assert rows[0]["text"] == "2017"
    assert [row["edtf"] for row in rows] == ["2017", None, "2018"]


def test_ambiguous_date(tmp_path: Path) -> None:
    """10/11/2019 is refused, unless the site says in which order it writes days and months."""
    assert run("date", "10/11/2019", cwd=tmp_path).returncode == 1

    settings = "title: T\nurl: https://example.org/\nlanguages: [en]\ndates: {order: dmy}\n"
    root = write_site(tmp_path, {}, settings=settings)
    assert "2019-11-10" in run("date", "10/11/2019", cwd=root).stdout


def test_explain(tmp_path: Path) -> None:
    """``explain`` says what a code means."""
    assert run("explain", "tg201", cwd=tmp_path).stdout.startswith("TG201: ")


def test_new_site_builds(tmp_path: Path) -> None:
    """A new site builds clean, warnings counted."""
    assert run("new", "site", "demo", cwd=tmp_path).returncode == 0
    done = run("build", "--strict", "-j", "1", cwd=tmp_path / "demo")

    assert done.returncode == 0, done.stderr
    assert (tmp_path / "demo" / "output" / "index.html").is_file()


def test_help_is_light() -> None:
    """``--help`` loads neither a parser nor a template engine."""
    heavy = ("yaml", "jinja2", "pydantic", "babel", "markdown", "tornado", "PIL", "rich")
    code = f"import sys, timeline_gen.cli; sys.exit(any(name in sys.modules for name in {heavy!r}))"

    assert subprocess.run([sys.executable, "-c", code], check=False).returncode == 0
