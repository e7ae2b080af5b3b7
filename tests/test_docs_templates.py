"""The page on templates is made from the views; run this file as a script to write it again.

python tests/test_docs_templates.py
"""

from __future__ import annotations

import ast
import re
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

ROOT = Path(__file__).parents[1]
PAGE = ROOT / "docs" / "templates.md"
MODEL = ROOT / "timeline_gen/model"
PACKAGE = ROOT / "timeline_gen"
PAGES = (
    "language_choice",
    "timeline",
    "event",
    "article",
    "plain_page",
    "article_list",
    "entity_list",
    "entity",
    "corrections",
    "embed",
    "not_found",
)
"""The kinds of pages that come first, in the order in which a theme's author meets them."""
OTHERS = sorted({path.stem for path in (PACKAGE / "pages").glob("*.py")} - {*PAGES})
SOURCES = (
    *(PACKAGE / "rendering" / f"{name}.py" for name in ("layout", "view_models", "axis_views")),
    *(PACKAGE / "pages" / f"{name}.py" for name in (*PAGES, *OTHERS)),
    *(MODEL / f"{name}.py" for name in ("bodies", "dates")),
)
INTRODUCTION = ROOT / "tests" / "data" / "templates.md"
BASE = ROOT / "themes/almanac/templates/base.html"
WORDS = {"str": "text", "int": "number", "float": "number", "bool": "yes or no", "None": "nothing"}
FROM_MODEL = {"Heading", "Piece"}


@dataclass(frozen=True, slots=True)
class Field:
    """One field of a view or of a value inside it."""

    name: str
    kind: str
    meaning: str


@dataclass(frozen=True, slots=True)
class Value:
    """A view, or a value inside one."""

    name: str
    meaning: str
    fields: tuple[Field, ...]

    @property
    def template(self) -> str:
        """Return the template that draws it, or an empty string."""
        found = re.search(r"Template `([\w.]+)`", self.meaning)
        return found[1] if found else ""


def values() -> Iterator[Value]:
    """Yield every view and every value in them, in the order of the code."""
    for path in SOURCES:
        for node in ast.parse(path.read_text("utf-8")).body:
            if isinstance(node, ast.ClassDef) and is_described(node, path):
                yield Value(node.name, sentence(ast.get_docstring(node) or ""), tuple(fields_of(node)))


def is_described(node: ast.ClassDef, path: Path) -> bool:
    """Return whether templates see the class *node* in the module at *path*."""
    if path.parent == MODEL:
        return node.name in FROM_MODEL
    return node.name != "View" if path.parent.name == "rendering" else node.name.endswith("View")


def fields_of(node: ast.ClassDef) -> Iterator[Field]:
    """Yield the fields of a class, each with the docstring that follows it."""
    for index, line in enumerate(node.body):
        if isinstance(line, ast.AnnAssign) and isinstance(line.target, ast.Name):
            after = node.body[index + 1] if index + 1 < len(node.body) else None
            meaning = ""
            if isinstance(after, ast.Expr) and isinstance(after.value, ast.Constant):
                meaning = sentence(str(after.value.value))
            yield Field(line.target.id, kind_of(line.annotation), meaning)


def sentence(text: str) -> str:
    """Return a docstring as one line of Markdown."""
    line = " ".join(text.split())
    return re.sub(r":(?:attr|class):`([\w.]+)`", r"``\1``", line).replace("``", "`")


def kind_of(annotation: ast.expr) -> str:
    """Return a type as a theme's author thinks of it, with links to the values that it names."""
    if isinstance(annotation, ast.BinOp):
        return f"{kind_of(annotation.left)} or {kind_of(annotation.right)}"
    if isinstance(annotation, ast.Subscript):
        inner = annotation.slice.elts if isinstance(annotation.slice, ast.Tuple) else [annotation.slice]
        if ast.unparse(annotation.value) == "Mapping":
            return "mapping"
        if isinstance(inner[-1], ast.Constant) and inner[-1].value is ...:
            return f"list of {kind_of(inner[0])}"
        return " and ".join(kind_of(one) for one in inner)
    name = ast.unparse(annotation)
    return WORDS.get(name) or f"[{name}](#{name.lower()})"


def described(value: Value) -> str:
    """Return *value* as a section of the page."""
    rows = "".join(f"| `{one.name}` | {one.kind} | {one.meaning} |\n" for one in value.fields)
    table = f"\n| field | kind | meaning |\n| --- | --- | --- |\n{rows}"
    return f"### {value.template or value.name}\n\n{value.meaning}\n{table}"


def blocks(template: str) -> str:
    """Return the blocks of *template* that others fill, in their order."""
    text = BASE.with_name(template).read_text("utf-8")
    found = dict.fromkeys(re.findall(r"{% block (\w+) %}", text))
    return ", ".join(f"`{name}`" for name in found)


def page() -> str:
    """Return the whole page."""
    known = list(values())
    introduction = INTRODUCTION.read_text("utf-8")
    for template in ("base.html", "bare.html", "embed.html"):
        introduction = introduction.replace(f"{{blocks of {template}}}", blocks(template))
    pages = "\n".join(described(value) for value in known if value.template)
    inner = [value for value in known if not value.template and "No template" not in value.meaning]
    wanted = [value for value in inner if value.name not in {"FeedEntry", "SitemapEntry"}]
    parts = "\n".join(described(value) for value in sorted(wanted, key=lambda value: value.name))
    return f"{introduction}\n## Pages\n\n{pages}\n## Values inside them\n\n{parts}"


def test_the_page_is_current() -> None:
    """The documentation of templates lists what templates see; if it does not, run this file."""
    assert PAGE.read_text("utf-8") == page(), "run: python tests/test_docs_templates.py"


def test_every_link_leads_somewhere() -> None:
    """Every kind of value that the page names is described on it."""
    text = page()
    headings = {heading.lower().replace(".", "") for heading in re.findall(r"^### (.+)$", text, re.MULTILINE)}

    assert set(re.findall(r"\(#([\w-]+)\)", text)) <= headings


if __name__ == "__main__":
    PAGE.write_text(page(), "utf-8")
