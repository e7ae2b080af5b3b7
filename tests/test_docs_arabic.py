"""A page of the documentation in Arabic has what its English counterpart has."""

from __future__ import annotations

import re
from collections.abc import Iterator
from pathlib import Path

import pytest

ROOT = Path(__file__).parents[1]
PAGES = sorted(
    [*ROOT.glob("*.ar.md"), *(ROOT / "docs").glob("*.ar.md"), *(ROOT / "docs" / "how-to").glob("*.ar.md")]
)
FENCED = re.compile(r"^```(\w*)\n(.*?)^```", flags=re.MULTILINE | re.DOTALL)

pages = pytest.mark.parametrize("page", PAGES, ids=lambda page: page.name)


def english(page: Path) -> Path:
    """Return the counterpart of the Arabic *page*."""
    return page.with_name(page.name.replace(".ar.md", ".md"))


def prose(page: Path) -> str:
    """Return the text of *page* without its code blocks."""
    return FENCED.sub("", page.read_text("utf-8"))


def blocks(page: Path) -> Iterator[tuple[str, object]]:
    """Yield the language of each code block, and what of it no translation changes."""
    for language, code in FENCED.findall(page.read_text("utf-8")):
        lines = [re.sub(r'"[^"]*"|\s#.*', "", line) for line in code.splitlines()]
        if language == "sh":
            yield language, [[*line.split()[:2], *re.findall(r" --(?!lang)[\w-]+", line)] for line in lines]
        else:
            keys = re.findall(r"(?:^|[\n{,-]) *([\w-]+)(?::| =)", "\n".join(lines))
            yield language, sorted(keys)


def neutral(code: str) -> str:
    """Return *code* without what a translation changes: the words of a link, its language, a heading."""
    return re.sub(r"\[[^\]]*\](?=\()|#.*|\b(en|ar)\b", "", code)


@pages
def test_headings(page: Path) -> None:
    """There are as many headings, of the same levels, in the same order."""
    levels = [re.findall(r"^(#+) ", prose(of), flags=re.MULTILINE) for of in (english(page), page)]

    assert levels[1] == levels[0]


@pages
def test_code_blocks(page: Path) -> None:
    """The examples are the same, but for words that readers of the other language write."""
    assert list(blocks(page)) == list(blocks(english(page)))


@pages
def test_names_in_tables(page: Path) -> None:
    """What tables list in their first column is the same: keys, commands, columns, forms."""
    tables = []
    for of in (english(page), page):
        rows = re.findall(r"^\| (?:<bdi[^>]*>)?(`.*?) \|", prose(of), flags=re.MULTILINE)
        tables.append([[neutral(code) for code in re.findall(r"`([^`]+)`", row)] for row in rows])

    assert tables[1] == tables[0]


def named(page: Path) -> list[set[str]]:
    """Return for each section of *page* the names in code: of keys, options, files, values."""
    sections = re.split(r"^#+ .+$", prose(page), flags=re.MULTILINE)
    return [{neutral(code) for code in re.findall(r"(?<!`)`([\w.<>/-]+:?)`(?!`)", text)} for text in sections]


@pages
def test_names_in_sections(page: Path) -> None:
    """What a section names in English, it names in Arabic."""
    pairs = zip(named(english(page)), named(page), strict=True)

    assert [counterpart - arabic for counterpart, arabic in pairs if counterpart - arabic] == []


@pages
def test_codes(page: Path) -> None:
    """The same problems are named."""
    arabic, counterpart = (set(re.findall(r"TG\d{3}", of.read_text("utf-8"))) for of in (page, english(page)))

    assert arabic == counterpart


@pages
def test_links_stay_in_arabic(page: Path) -> None:
    """A link leads to the page in Arabic if there is one; only the pair of a page is linked across."""
    links = {(page.parent / link).resolve() for link in re.findall(r"\]\(([^)#:]+\.md)", prose(page))}
    astray = {link for link in links if link.with_suffix(".ar.md").exists()} - {english(page)}

    assert astray == set()
    assert english(page) in links
    assert f"[العربية]({page.name})" in prose(english(page))


@pages
def test_direction(page: Path) -> None:
    """The page runs from right to left; its code blocks and its code within lines do not."""
    text = page.read_text("utf-8")
    outside = re.sub(r"<bdi[^>]*>.*?</bdi>", "", re.sub(r"^#.*", "", prose(page), flags=re.MULTILINE))

    assert text.startswith('<div dir="rtl" lang="ar">\n\n# ')
    assert "\n```" not in re.sub('<div dir="ltr">.*?</div>', "", text, flags=re.DOTALL)
    assert re.findall(r"`[^`]*`", outside) == []
