"""Assemble the documentation as a site that timeline-gen itself builds (``make docs``).

The pages are the Markdown files of ``docs/`` and of the repository's top, which people also read where they
lie: here each gets front matter, and its links lead to the pages of the site. What the site has of its own
(settings, theme, the history) is in the folder of this file.
"""

from __future__ import annotations

import argparse
import os
import re
import shutil
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Final

import yaml

SITE: Final = Path(__file__).parent
DOCS: Final = SITE.parent
ROOT: Final = DOCS.parent
MADE: Final = ROOT / ".docs"
"""Where the site is assembled and built; not under version control."""
OWN: Final = ("site.yaml", "themes", "content")
TOP: Final = ("CHANGELOG", "CONTRIBUTING", "SECURITY")
"""Pages of the repository's top that belong to the documentation."""
HOME: Final = "start"
LANGUAGES: Final = ("en", "ar")

_TITLE: Final = re.compile(r"^# +(.+)\n+", re.MULTILINE)
_CODE: Final = re.compile(
    r"(^(`{3,}|~{3,})[^\n]*\n.*?^\2[ \t]*$|(`+)(?!`).+?(?<!`)\3(?!`))", re.MULTILINE | re.DOTALL
)
"""Fenced blocks and spans of code, which hold no links (CommonMark 0.31.2, sections 4.5 and 6.1)."""
_HIDDEN: Final = "\ue000", "\ue001"
"""What stands for code while links are looked for, around its number: a link may have code in its text."""
_LINK: Final = re.compile(r"(?P<picture>!?)\[(?P<text>(?:[^\[\]]|\[[^\[\]]*\])*)\]\((?P<to>[^()\s]+)\)")
_DIV: Final = re.compile(r"^</?div\b[^>]*>\n?", re.MULTILINE)
"""Elements that give the direction where a page is read in the repository; in the site the theme does."""
_OTHER_LANGUAGE: Final = re.compile(r"^\[(?:English|العربية)\]\([\w.-]+\.md\)\n+", re.MULTILINE)
"""The link to the same page in the other language, which each page of the site has by itself."""
_COMMENT: Final = re.compile(r"<!--.*?-->\n*", re.DOTALL)


@dataclass(frozen=True, slots=True)
class Source:
    """A file that becomes a page."""

    path: Path
    slug: str
    lang: str


def sources() -> Iterator[Source]:
    """Yield all files that become pages, in the order of their paths."""
    for folder, prefix in ((DOCS, ""), (DOCS / "how-to", "how-to-"), (DOCS / "problems", "")):
        for path in sorted(folder.glob("*.md")):
            yield _source(path, prefix)
    for name in TOP:
        yield from (_source(path, "") for path in sorted(ROOT.glob(f"{name}*.md")))


def _source(path: Path, prefix: str) -> Source:
    name, _, lang = path.stem.partition(".")
    slug = HOME if path.parent == DOCS and name == "index" else f"{prefix}{name.lower()}"
    return Source(path, slug, lang or LANGUAGES[0])


def assemble(made: Path = MADE) -> None:
    """Write the site into the folder *made*, in place of what was assembled there before."""
    made.mkdir(exist_ok=True)
    for name in OWN:
        _replace(SITE / name, made / name)
    pages = made / "content" / "pages"
    pages.mkdir()
    shutil.copytree(DOCS / "pictures", pages / "pictures", ignore=shutil.ignore_patterns("*.py"))
    found = tuple(sources())
    slugs = {source.path: source.slug for source in found}
    for source in found:
        text = page_of(source, slugs)
        (pages / f"{source.slug}.{source.lang}.md").write_text(text, "utf-8")


def _replace(source: Path, target: Path) -> None:
    if target.is_dir():
        shutil.rmtree(target)
    if source.is_dir():
        shutil.copytree(source, target)
    else:
        shutil.copyfile(source, target)


def page_of(source: Source, slugs: Mapping[Path, str]) -> str:
    """Return the page that *source* becomes: front matter, and a body whose links lead to pages of the site.

    *slugs* are those of all pages, by the paths of their files.
    """
    text = _COMMENT.sub("", source.path.read_text("utf-8"))
    title = _TITLE.search(text)
    if title is None:
        raise SystemExit(
            f"{source.path.relative_to(ROOT)} has no title: begin it with a line such as '# Dates'"
        )
    matter = yaml.safe_dump({"title": title[1].replace("`", "")}, allow_unicode=True)
    body = _OTHER_LANGUAGE.sub("", text[: title.start()] + text[title.end() :], count=1)
    return f"---\n{matter}---\n\n{_linked(body, source, slugs)}"


def _linked(body: str, source: Source, slugs: Mapping[Path, str]) -> str:
    """Return *body* with the links of *source* outside of code leading to the pages of *slugs*."""
    codes: list[str] = []

    def hide(code: re.Match[str]) -> str:
        codes.append(code[0])
        return f"{_HIDDEN[0]}{len(codes) - 1}{_HIDDEN[1]}"

    linked = _with_links(_CODE.sub(hide, body), source, slugs)
    return re.sub(f"{_HIDDEN[0]}(\\d+){_HIDDEN[1]}", lambda found: codes[int(found[1])], linked)


def _with_links(text: str, source: Source, slugs: Mapping[Path, str]) -> str:
    def led(link: re.Match[str]) -> str:
        path, _, anchor = link["to"].partition("#")
        if not path or ":" in path:
            return link[0]
        file = Path(os.path.normpath(source.path.parent / path))
        if link["picture"]:
            return f"![{link['text']}](pictures/{file.relative_to(DOCS / 'pictures').as_posix()})"
        known = slugs.get(file) or (HOME if file.parent == ROOT and file.name.startswith("README") else "")
        return f"[{link['text']}](page:{known}{anchor and '#' + anchor})" if known else link["text"]

    return _LINK.sub(led, _DIV.sub("", text))


if __name__ == "__main__":
    argparse.ArgumentParser(description=__doc__).parse_args()
    assemble()
