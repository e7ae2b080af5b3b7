"""The pages of the documentation that are written out of the code, and the texts that editors show out of it.

Run as a script (``make docs``), this file writes them anew.
"""

from __future__ import annotations

import json
import re
from collections.abc import Callable, Iterator, Mapping
from functools import partial
from pathlib import Path

import pytest
from commands_kit import NOTE, commands_page
from docs_kit import SECTIONS, sections

from timeline_gen.codes import CODES
from timeline_gen.text.translating import FSI, PDI, Translator, catalogue_of

DOCS = Path(__file__).parents[1] / "docs"

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
ARABIC_FAMILIES: Mapping[str, str] = {
    "TG1": "الملفات وYAML والبيانات في أول الملف",
    "TG2": "التواريخ",
    "TG3": "المفاتيح والقيم",
    "TG4": "النصوص والصور",
    "TG5": "ما تقوله المقالات معًا",
    "TG6": "العناوين والصفحات",
    "TG7": "المظاهر وكلماتها",
    "TG8": "الموقع المبني",
    "TG9": "النشر",
}


def problems_page() -> str:
    """Return ``docs/problems.md``: every code and what it stands for."""
    introduction = (
        "# Problems\n\n"
        "[العربية](problems.ar.md)\n\n"
        "A problem names its place, what is wrong and what to write instead."
        " Its code never changes its meaning."
        " Each code has a page here, which `timeline-gen explain TG201` shows, too:"
        " what happened, why it matters, and an example of the mistake and of its mend."
        " The commonest are explained [in Arabic](problems/TG201.ar.md), too.\n"
    )
    families = (_family(start, name, ("code", "meaning"), str) for start, name in FAMILIES.items())
    return NOTE + introduction + "".join(families)


def arabic_problems_page() -> str:
    """Return ``docs/problems.ar.md``: the same, with the titles that messages in Arabic have."""
    translate = Translator(catalogue_of("ar"))
    introduction = (
        '<div dir="rtl" lang="ar">\n\n# المشكلات\n\n'
        f"{NOTE}[English](problems.md)\n\n"
        "تذكر كل مشكلة موضعها، وما الخطأ، وماذا يُكتب بدلًا منه. ورمزها لا يتغيّر معناه أبدًا. ولكل رمز صفحة هنا،"
        ' يعرضها <bdi dir="ltr">`timeline-gen explain TG201`</bdi> أيضًا: ماذا حدث، ولماذا يهم، ومثال على'
        " الخطأ وعلى إصلاحه. وأكثرها شيوعًا [مشروح بالعربية](problems/TG201.ar.md) أيضًا.\n"
    )

    def word(meaning: str) -> str:
        return translate.phrase(meaning).replace(FSI, "<bdi>").replace(PDI, "</bdi>")

    families = (_family(start, name, ("الرمز", "المعنى"), word) for start, name in ARABIC_FAMILIES.items())
    return introduction + "".join(families) + "\n</div>\n"


def _family(beginning: str, name: str, columns: tuple[str, str], word: Callable[[str], str]) -> str:
    """Return the section *name* of all problems whose codes have this *beginning*; empty without any."""
    ending = "md" if word is str else "ar.md"
    rows = [
        f"| [{code}](problems/{code}.{_existing(code, ending)}) | {_escaped(word(meaning))} |\n"
        for code, meaning in CODES.items()
        if code.startswith(beginning)
    ]
    return f"\n## {name}\n\n| {' | '.join(columns)} |\n| --- | --- |\n{''.join(rows)}" if rows else ""


def _escaped(meaning: str) -> str:
    return re.sub(r"<(?=[a-z]+>\.|[a-z]+>\.md)", "&lt;", meaning)


def _existing(code: str, ending: str) -> str:
    """Return *ending*, if the problem *code* has a page that ends so, else that of the page in English."""
    return ending if (DOCS / "problems" / f"{code}.{ending}").exists() else "md"


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
    DOCS / "commands.md": partial(commands_page, "en"),
    DOCS / "commands.ar.md": partial(commands_page, "ar"),
    DOCS / "problems.md": problems_page,
    DOCS / "problems.ar.md": arabic_problems_page,
    DOCS.parent / "timeline_gen/editors/key_texts.json": key_texts,
}


@pytest.mark.parametrize("page", PAGES, ids=lambda page: page.name)
def test_page_is_current(page: Path) -> None:
    """The page says what the program does now; if not, run ``make docs`` and read the difference."""
    assert page.read_text("utf-8") == PAGES[page]()


def test_every_option_says_what_it_is_for() -> None:
    """No command and no option stands without a word of help."""
    silent = [
        line for line in commands_page("en").splitlines() if line.endswith("| None |") or line == "None"
    ]

    assert silent == []


def test_every_code_has_a_family() -> None:
    """Codes are kept in order, and each belongs to a family."""
    assert list(CODES) == sorted(CODES)
    assert [code for code in CODES if not code.startswith(tuple(FAMILIES))] == []


if __name__ == "__main__":
    for path, write in PAGES.items():
        path.write_text(write(), "utf-8")
