"""The command line: what is printed where, and with which status it leaves."""

from __future__ import annotations

import io
import json
import os
import re
import shlex
import subprocess
import sys
from collections.abc import Iterator
from contextlib import chdir, redirect_stderr, redirect_stdout
from pathlib import Path

import click
import pytest
from click.testing import CliRunner
from site_kit import SETTINGS, article, write_site

from timeline_gen import __version__
from timeline_gen.cli.listing import Listing
from timeline_gen.cli.main import COMMANDS, main, program
from timeline_gen.codes import CODES

GOOD = {"content/articles/a.en.md": article("A", "{id: e, date: 2019, title: E}")}
BAD = {"content/articles/a.en.md": article("A", "{id: e, date: soon, title: E}")}


def run(*arguments: str, cwd: Path) -> subprocess.CompletedProcess[str]:
    """Run the program in the folder *cwd*, in this process."""
    status, out, err = 0, io.StringIO(), io.StringIO()
    with chdir(cwd), redirect_stdout(out), redirect_stderr(err):
        try:
            main([*arguments])
        except SystemExit as leaving:
            status = int(leaving.code or 0)
    return subprocess.CompletedProcess(arguments, status, out.getvalue(), err.getvalue())


def run_process(*arguments: str, cwd: Path) -> subprocess.CompletedProcess[str]:
    """Run the program in the folder *cwd* as a shell does."""
    command = [sys.executable, "-c", "from timeline_gen.cli import run; run()", *arguments]
    return subprocess.run(command, cwd=cwd, capture_output=True, text=True, encoding="utf-8", check=False)


def test_build(tmp_path: Path) -> None:
    """A good site is built; the summary goes to stderr, nothing to stdout, and the status is 0."""
    done = run_process("build", "-j", "1", cwd=write_site(tmp_path, GOOD))

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

    done = run_process("build", "-j", "1", cwd=root)

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
        ("build", "--base-url", "records.org"),
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
    """A file that somebody put into the built site stays, and is named, on one line."""
    root = write_site(tmp_path, GOOD)
    run("build", "-q", "-j", "1", cwd=root)
    (root / "output" / "my\x1b[31m\nnotes.txt").write_text("mine", "utf-8")

    done = run("build", "-j", "1", cwd=root)

    assert done.returncode == 0
    assert done.stderr.splitlines()[2:] == [
        (
            "note: output holds what is no part of the site; it stays, and is not published:"
            " my\\x1b[31m\\nnotes.txt (what belongs to the site goes into static/)"
        )
    ]
    assert (root / "output" / "my\x1b[31m\nnotes.txt").read_text("utf-8") == "mine"


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
    settings = f"title: T\nurl: https://records.org/\nlanguages: [en]\nlogo: {logo}\n"
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
    done = run_process("date", "أكتوبر الماضي", "--on", "2021-12-06", cwd=tmp_path)

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

    settings = "title: T\nurl: https://records.org/\nlanguages: [en]\ndates: {order: dmy}\n"
    root = write_site(tmp_path, {}, settings=settings)
    assert "2019-11-10" in run("date", "10/11/2019", cwd=root).stdout


def test_explain(tmp_path: Path) -> None:
    """``explain`` says what a code means."""
    assert run("explain", "tg201", cwd=tmp_path).stdout.startswith("TG201: ")


def test_new_site_builds(tmp_path: Path) -> None:
    """A new site builds clean, warnings counted."""
    assert run_process("new", "site", "demo", cwd=tmp_path).returncode == 0
    done = run("build", "--strict", "-j", "1", cwd=tmp_path / "demo")

    assert done.returncode == 0, done.stderr
    assert (tmp_path / "demo" / "output" / "index.html").is_file()


@pytest.mark.parametrize("name", COMMANDS)
def test_help_of_commands(name: str) -> None:
    """The list of commands says of each what its own help says first."""
    command = program.get_command(click.Context(program), name)

    assert command is not None
    assert command.help is not None
    assert command.help.split("\n\n")[0].replace("\n", " ") == COMMANDS[name]


def test_site_above(tmp_path: Path) -> None:
    """Whoever works in a folder inside the site need not name the site."""
    write_site(tmp_path, GOOD)
    done = run("build", "-j", "1", cwd=tmp_path / "content" / "articles")

    assert done.returncode == 0, done.stderr
    assert (tmp_path / "output" / "index.html").is_file()


def completed(monkeypatch: pytest.MonkeyPatch, *words: str) -> list[str]:
    """Return what a shell offers for the last of *words*."""
    monkeypatch.setenv("_TIMELINE_GEN_COMPLETE", "bash_complete")
    monkeypatch.setenv("COMP_WORDS", " ".join(("timeline-gen", *words)))
    monkeypatch.setenv("COMP_CWORD", str(len(words)))
    done = CliRunner().invoke(program, prog_name="timeline-gen")
    return [line.removeprefix("plain,") for line in done.output.splitlines() if line]


def test_completion(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    """A shell completes commands, codes, and the targets of the site."""
    site = write_site(tmp_path, GOOD, settings=f"{SETTINGS}publish:\n  first: {{to: folder, path: ../www}}\n")

    assert completed(monkeypatch, "tr") == ["translations"]
    assert completed(monkeypatch, "explain", "tg20") == [code for code in CODES if code.startswith("TG20")]
    assert completed(monkeypatch, "publish", "--site", str(site), "f") == ["first"]
    assert completed(monkeypatch, "publish", "--site", str(site / "content"), "f") == []


def test_completion_of_ids(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    """Articles, entities, languages and themes are completed, those that were only built included."""
    site = write_site(
        tmp_path,
        {
            "content/articles/2021/bridge.en.md": "",
            "content/articles/ferry.en.md": "",
            "content/entities.yaml": "# people\nada-lovelace:\n  kind: person\nben:\n",
            "themes/mine/theme.yaml": "",
            "output/.timeline-gen.json": '{"files": ["en/people/alan/index.html", "en/events/a/index.html"]}',
        },
    )
    monkeypatch.chdir(site)

    assert completed(monkeypatch, "translations", "") == ["bridge", "ferry"]
    assert completed(monkeypatch, "build", "--single-file", "a") == ["ada-lovelace", "alan"]
    assert completed(monkeypatch, "list", "events", "--lang", "") == ["ar", "en"]
    assert completed(monkeypatch, "new", "theme", "x", "--extends", "m") == ["mine"]
    assert completed(monkeypatch, "new", "a") == ["article"]
    assert completed(monkeypatch, "publish", "--init", "g") == []


@pytest.mark.parametrize(
    ("settings", "names"),
    [
        ("publish:\n  one: {to: folder}\n  two:\n    to: folder\n    path: x\nurl: x\n", ["one", "two"]),
        ("publish: {one: {to: folder, path: a}, two: {to: git}}\n", ["one", "two"]),
        ("publish:\n\n  # where\n    one: {to: folder}\n", ["one"]),
        ("title: publish\n", []),
        ("publish", []),
        ("publish:", []),
    ],
)
def test_completion_of_targets(
    monkeypatch: pytest.MonkeyPatch, tmp_path: Path, settings: str, names: list[str]
) -> None:
    """Targets are completed however the mapping is written, and broken settings are no error."""
    (tmp_path / "site.yaml").write_text(settings, "utf-8")
    monkeypatch.chdir(tmp_path)

    assert completed(monkeypatch, "publish", "") == names


@pytest.mark.parametrize(
    "languages",
    ["[ar, en]", "\n  - ar\n  - en # ours", "\n  ar: {digits: arab}\n  en:\n    eras: bc", "[\n  ar,\n  en]"],
)
def test_completion_of_languages(monkeypatch: pytest.MonkeyPatch, tmp_path: Path, languages: str) -> None:
    """Languages are completed however they are written."""
    (tmp_path / "site.yaml").write_text(f"title: T\nlanguages: {languages}\nmenu: [de]\n", "utf-8")
    monkeypatch.chdir(tmp_path)

    assert completed(monkeypatch, "build", "--lang", "") == ["ar", "en"]


def test_completion_of_powershell(monkeypatch: pytest.MonkeyPatch) -> None:
    """PowerShell gets what completes, a tab, and what it means, in its own way of asking."""
    monkeypatch.setenv("_TIMELINE_GEN_COMPLETE", "powershell_complete")
    for words, begun, first in (
        (["explain", "TG201"], "TG201", f"TG201\t{CODES['TG201']}"),
        (["explain", "'TG201'"], "'TG201'", f"TG201\t{CODES['TG201']}"),
        (["completion"], "", "bash\t"),
        (["expl"], "expl", f"explain\t{COMMANDS['explain']}"),
    ):
        monkeypatch.setenv("COMP_WORDS", "\n".join(["timeline-gen", *words]))
        monkeypatch.setenv("COMP_BEGUN", begun)
        done = CliRunner().invoke(program, prog_name="timeline-gen")
        assert done.output.splitlines()[0] == first


def test_completion_is_light() -> None:
    """At a press of Tab no parser, template engine or stage is loaded, whichever command is typed."""
    heavy = ("yaml", "jinja2", "pydantic", "babel", "markdown", "tornado", "PIL", "sqlite3", "asyncio")
    code = (
        "import os, sys\nos.environ['_TIMELINE_GEN_COMPLETE'] = 'bash_complete'\n"
        "from timeline_gen.cli import main\n"
        f"for words in {[[name, '-'] for name in COMMANDS]!r} + [['publish', 'a'], ['translations', 'a']]:\n"
        "    os.environ.update(COMP_WORDS=' '.join(['timeline-gen', *words]), COMP_CWORD=str(len(words)))\n"
        "    try:\n        main([])\n    except SystemExit:\n        pass\n"
        f"sys.stderr.write(' '.join(name for name in {heavy!r} if name in sys.modules))"
    )

    done = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=False)

    assert (done.returncode, done.stderr) == (0, "")


def every_command(group: click.Group, *names: str) -> Iterator[tuple[str, click.Command]]:
    """Yield every command of *group* and of the groups in it, with its full name."""
    context = click.Context(group)
    for name in group.list_commands(context):
        command = group.get_command(context, name)
        assert command is not None
        yield " ".join((*names, name)), command
        if isinstance(command, click.Group):
            yield from every_command(command, *names, name)


@pytest.mark.parametrize(
    ("name", "command"), list(every_command(program)), ids=lambda value: getattr(value, "name", value)
)
def test_help_has_an_example(
    name: str, command: click.Command, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """The help of each command ends with an example that can be typed, and the page to read on."""
    (tmp_path / "dates.tsv").touch()
    monkeypatch.chdir(tmp_path)
    epilog = command.epilog or ""
    lines = re.findall(r"^  (timeline-gen .*)$", epilog, re.MULTILINE)
    page = re.search(r"^More: (docs/[\w.-]+)(?:, “(.*)”)?", epilog, re.MULTILINE)

    if name == "completion":
        assert all(shell in epilog for shell in ("bash", "fish", "powershell", "zsh"))
        return
    assert page
    text = (Path(__file__).parents[1] / page[1]).read_text("utf-8")
    assert not page[2] or re.search(rf"^#+ (?:\d+\. )?{re.escape(page[2])}$", text, re.MULTILINE)
    assert lines
    for line in lines:
        words = shlex.split(line)[1:]
        assert words[: len(name.split())] == name.split()
        if command.name not in {"new", "completion"}:
            command.make_context(name, words[len(name.split()) :], resilient_parsing=False).close()


@pytest.mark.parametrize("shell", ["bash", "fish", "powershell", "zsh"])
def test_completion_of_shells(shell: str) -> None:
    """Each shell gets what it reads at its start."""
    assert "_TIMELINE_GEN_COMPLETE" in CliRunner().invoke(program, ["completion", shell]).output


def test_help_is_light() -> None:
    """``--help`` loads neither a parser nor a template engine."""
    heavy = ("yaml", "jinja2", "pydantic", "babel", "markdown", "tornado", "PIL")
    code = f"import sys, timeline_gen.cli; sys.exit(any(name in sys.modules for name in {heavy!r}))"

    assert subprocess.run([sys.executable, "-c", code], check=False).returncode == 0


@pytest.mark.parametrize(
    ("last", "said"),
    [
        ("0.0.9", f"by an older timeline-gen, 0.0.9, and this is {__version__}"),
        ("99.0", f"by a newer timeline-gen, 99.0, and this is {__version__}"),
        (__version__, ""),
        ("\x1b[31m", ""),
        ("9" * 5000, ""),
    ],
)
def test_another_version(tmp_path: Path, last: str, said: str) -> None:
    """A build after an upgrade says from what to what, and the next one does not."""
    write_site(tmp_path, GOOD)
    (tmp_path / ".timeline-gen").mkdir()
    (tmp_path / ".timeline-gen" / "version").write_text(last, "utf-8")
    words = ["build", "--jobs", "1", "--site", str(tmp_path)]

    first, second = (CliRunner().invoke(program, words, obj=Listing()).output for _ in range(2))

    assert said in first
    assert ("the last build was made" in first) == bool(said)
    assert "the last build was made" not in second
