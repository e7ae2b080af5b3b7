"""The pages of the documentation that are written out of the code, and the texts that editors show out of it.

Run as a script (``make docs``), this file writes them anew.
"""

from __future__ import annotations

import json
import re
from collections.abc import Callable, Iterator, Mapping
from pathlib import Path

import click
import pytest
from docs_kit import SECTIONS, sections

from timeline_gen.cli import program
from timeline_gen.codes import CODES

DOCS = Path(__file__).parents[1] / "docs"
NOTE = "<!-- Written by `make docs`; changes by hand are lost. -->\n\n"

FAMILIES: Mapping[str, str] = {
    "TG1": "Files, YAML and front matter",
    "TG2": "Dates",
    "TG3": "Keys and values",
    "TG4": "Bodies and pictures",
    "TG5": "What articles say together",
    "TG6": "Addresses and pages",
    "TG7": "Themes and their words",
    "TG8": "The built site",
    "TG9": "Publishing",
}
"""The families of problems by the beginning of their codes."""


def commands_page() -> str:
    """Return ``docs/commands.md``: every command with its arguments and options."""
    introduction = (
        "# Commands\n\n"
        "In a checkout, `python build.py` stands for `timeline-gen build`, and `python build.py check` for"
        " `timeline-gen check`, and so on.\n"
        "The exit status is 0 where all is well, 1 where the content has problems,"
        " and 2 where the command was used wrongly or could not run.\n"
        "What was asked for goes to standard output, everything else to standard error.\n\n"
        "Messages and help are in English or Arabic: as `LC_ALL`, `LC_MESSAGES` or `LANG` says, or with"
        " `timeline-gen --ui-lang ar COMMAND`. What programs read (JSON, SARIF, GitHub's commands, `--batch`)"
        " is in English always.\n"
    )
    return NOTE + introduction + "".join(_described("timeline-gen", program))


def _described(name: str, command: click.Command) -> Iterator[str]:
    """Yield the sections of all commands under *command*, whose full name is *name*, in order."""
    if isinstance(command, click.Group):
        context = click.Context(command)
        for word in command.list_commands(context):
            inner = command.get_command(context, word)
            assert inner is not None
            yield from _described(f"{name} {word}", inner)
        return
    usage = " ".join((name, *command.collect_usage_pieces(click.Context(command))))
    yield f"\n## `{name}`\n\n```text\n{usage}\n```\n\n{_one_line(command.help)}\n"
    options = [one for one in command.params if isinstance(one, click.Option) and not one.hidden]
    if options:
        yield "\n| option | |\n| --- | --- |\n" + "".join(
            f"| {_spelt(one)} | {one.help} |\n" for one in options
        )
    yield from _more(command.epilog)


def _more(epilog: str | None) -> Iterator[str]:
    """Yield the examples at the end of a page of help, and the page to read on."""
    examples, _, page = (epilog or "").removeprefix("\b\n").partition("\n\nMore: ")
    title, *lines = examples.split("\n")
    if lines:
        language = "sh" if title == "Example:" else "text"
        yield f"\n{title}\n\n```{language}\n" + "".join(f"{line.strip()}\n" for line in lines) + "```\n"
    if page:
        file, _, part = page.removeprefix("docs/").partition(", ")
        yield f"\nMore: [{file}]({file}){', ' if part else ''}{part}\n"


def _spelt(option: click.Option) -> str:
    """Return how *option* is typed: ``--jobs N`` or ``-j N``."""
    value = "" if option.is_flag or option.count else f" {option.make_metavar(click.Context(program))}"
    return " or ".join(
        f"`{name}{value}`".replace("|", "\\|") for name in (*option.opts, *option.secondary_opts)
    )


def _one_line(text: str | None) -> str:
    """Return the paragraphs of *text*, each on one line."""
    paragraphs = (text or "").strip().split("\n\n")
    return "\n\n".join(" ".join(each.split()) for each in paragraphs)


def problems_page() -> str:
    """Return ``docs/problems.md``: every code and what it stands for."""
    introduction = (
        "# Problems\n\n"
        "A problem names its place, what is wrong and what to write instead."
        " Its code never changes its meaning."
        " Each code has a page here, which `timeline-gen explain TG201` shows, too:"
        " what happened, why it matters, and an example of the mistake and of its mend."
        " The commonest are explained [in Arabic](problems/TG201.ar.md), too.\n"
    )
    return NOTE + introduction + "".join(map(_family, FAMILIES))


def _family(beginning: str) -> str:
    """Return the section of all problems whose codes have this *beginning*; empty where there are none."""
    known = {code: meaning.replace("<", "&lt;") for code, meaning in CODES.items()}
    rows = [
        f"| [{code}](problems/{code}.md) | {meaning} |\n"
        for code, meaning in known.items()
        if code.startswith(beginning)
    ]
    return f"\n## {FAMILIES[beginning]}\n\n| code | meaning |\n| --- | --- |\n{''.join(rows)}" if rows else ""


def key_texts() -> str:
    """Return what the reference says of each key, by mapping, for editors to show: plain JSON."""
    text = sections(DOCS / "reference.md")
    found = {schema.__name__: dict(_rows(text[heading])) for heading, schema in SECTIONS.items()}
    found["TableMap"] = dict(_rows(text["Tables"]))
    return json.dumps(found, ensure_ascii=False, indent=1) + "\n"


def _rows(section: str) -> Iterator[tuple[str, str]]:
    """Yield the keys of the tables in *section*, each with what is said of it and its default."""
    for cells in re.findall(r"^\| (`.+) \|$", section, flags=re.MULTILINE):
        names, value, *rest = (cell.strip() for cell in re.split(r"(?<!\\)\|", cells))
        default = rest[0] if rest else ""
        end = f". Default: {default}" if default and default != "required" else ""
        said = _without_links(f"{value}{end}".replace("\\|", "|"))
        yield from ((key, said[:1].upper() + said[1:]) for key in re.findall(r"`([^`]+)`", names))


def _without_links(text: str) -> str:
    text = re.sub(r"[,;] (and )?see \[below\]\([^)]*\)", "", text)
    return re.sub(r"\[([^]]+)\]\([^)]*\)", r"\1", text)


PAGES: Mapping[Path, Callable[[], str]] = {
    DOCS / "commands.md": commands_page,
    DOCS / "problems.md": problems_page,
    DOCS.parent / "timeline_gen/editors/key_texts.json": key_texts,
}


@pytest.mark.parametrize("page", PAGES, ids=lambda page: page.name)
def test_page_is_current(page: Path) -> None:
    """The page says what the program does now; if not, run ``make docs`` and read the difference."""
    assert page.read_text("utf-8") == PAGES[page]()


def test_every_option_says_what_it_is_for() -> None:
    """No command and no option stands without a word of help."""
    silent = [line for line in commands_page().splitlines() if line.endswith("| None |") or line == "None"]

    assert silent == []


def test_every_code_has_a_family() -> None:
    """Codes are kept in order, and each belongs to a family."""
    assert list(CODES) == sorted(CODES)
    assert [code for code in CODES if not code.startswith(tuple(FAMILIES))] == []


if __name__ == "__main__":
    for path, write in PAGES.items():
        path.write_text(write(), "utf-8")
