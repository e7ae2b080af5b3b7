"""What is shown where a command prints: colours, and how far long work has come."""

from __future__ import annotations

import io
import re
from collections.abc import Mapping
from pathlib import Path

import pytest
from click.testing import CliRunner
from site_kit import article, write_site

from timeline_gen.building.options import Options
from timeline_gen.building.pipeline import build
from timeline_gen.building.progress import watched
from timeline_gen.cli import program
from timeline_gen.cli.listing import Listing
from timeline_gen.cli.terminal import ProgressLine, wants_colour


class Terminal(io.StringIO):
    """A terminal."""

    def isatty(self) -> bool:
        """Return that it is one."""
        return True


@pytest.mark.parametrize(
    ("environment", "wanted"),
    [
        ({}, None),
        ({"NO_COLOR": "1"}, False),
        ({"NO_COLOR": "", "TERM": "xterm"}, None),
        ({"FORCE_COLOR": "1"}, True),
        ({"NO_COLOR": "1", "FORCE_COLOR": "1"}, False),
        ({"TERM": "dumb"}, False),
        ({"TERM": "dumb", "FORCE_COLOR": "1"}, True),
    ],
)
def test_colours(environment: Mapping[str, str], wanted: bool | None) -> None:
    """NO_COLOR, FORCE_COLOR and a dumb terminal decide on colours, in this order."""
    assert wants_colour(environment) is wanted


@pytest.mark.parametrize(("name", "coloured"), [("NO_COLOR", False), ("FORCE_COLOR", True)])
def test_colours_of_problems(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, name: str, coloured: bool
) -> None:
    """Problems are printed with colours where they are asked for, and without where they are not wanted."""
    site = write_site(tmp_path, {"content/articles/a.en.md": article("A", "{id: e, date: soon, title: E}")})
    for each in ("NO_COLOR", "FORCE_COLOR", "TERM"):
        monkeypatch.delenv(each, raising=False)
    monkeypatch.setenv(name, "1")

    done = CliRunner().invoke(program, ["check", "--site", str(site)], obj=Listing())

    assert ("\x1b[" in done.output) is coloured


def shown(stream: io.StringIO, environment: Mapping[str, str], *seconds: float) -> str:
    """Return what is written to *stream* where a piece of a hundred is done after each of *seconds*."""
    times = iter((0.0, *seconds))
    line = ProgressLine(stream, environment, lambda: next(times))
    for done in range(1, len(seconds) + 1):
        line("rendering pages", done, 100)
    line.end()
    return stream.getvalue()


def test_progress_on_a_terminal() -> None:
    """On a terminal a bar says how far the work has come, if it takes long, and is gone at the end."""
    assert shown(Terminal(), {}, 0.1, 0.4) == ""
    text = shown(Terminal(), {}, 0.1, 0.6, 0.65, 0.8)

    seen = re.findall(r"rendering pages.*?(\d+ of 100)", text)
    assert list(dict.fromkeys(seen)) == ["2 of 100", "4 of 100"]
    assert text.endswith("\x1b[2K")


@pytest.mark.parametrize(("stream", "term"), [(io.StringIO, "xterm"), (Terminal, "dumb")])
def test_progress_in_a_log(stream: type[io.StringIO], term: str) -> None:
    """Without a terminal, or on a dumb one, work that takes very long says so in whole lines, seldom."""
    text = shown(stream(), {"TERM": term}, 1, 11, 12, 22)

    assert text == "rendering pages: 2 of 100\nrendering pages: 4 of 100\n"


@pytest.mark.parametrize("terminal", [True, False])
def test_progress_that_cannot_be_written(terminal: bool) -> None:
    """Where nobody reads the lines any more, the work goes on."""

    class Broken(io.StringIO):
        """A pipe whose reader is gone."""

        def isatty(self) -> bool:
            return terminal

        def flush(self) -> None:
            raise BrokenPipeError

    line = ProgressLine(Broken(), {}, iter((0.0, 11.0, 22.0, 33.0)).__next__)

    for done in range(1, 4):
        line("rendering pages", done, 3)
    line.end()


def test_builds_are_watched(tmp_path: Path) -> None:
    """A build reports the texts that it reads and the pages that it renders."""
    site = write_site(tmp_path, {"content/articles/a.en.md": article("A", "{id: e, date: 2019, title: E}")})
    seen: list[tuple[str, int, int]] = []

    with watched(lambda *report: seen.append(report)):
        report = build(site, Options(jobs=1))
    build(site, Options(jobs=1))

    assert ("reading texts", 1, 0) in seen
    assert seen[-1] == ("rendering pages", report.rendered, report.rendered)
