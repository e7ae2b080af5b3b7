"""The shape of the program: layers, one door per library, a pure middle, and words that stay out."""

from __future__ import annotations

import ast
import re
import sys
import tokenize
from collections import Counter
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from functools import cache
from graphlib import CycleError, TopologicalSorter
from io import StringIO
from pathlib import Path

import pytest

from timeline_gen.cli.main import COMMANDS

PACKAGE = Path(__file__).parents[1] / "timeline_gen"

ROWS: tuple[frozenset[str], ...] = tuple(
    frozenset(row.split())
    for row in (
        "codes errors keys messages model",
        "maps text",
        "schema",
        "dates",
        "reading",
        "collecting",
        "rendering",
        "pages",
        "writing",
        "building",
        "editors",
        "preview publishing checking scaffolding",
        "cli",
    )
)
"""A module imports only from the rows above its own, and from its own folder."""

DATE_ROWS: tuple[frozenset[str], ...] = tuple(
    frozenset(row.split())
    for row in (
        "days order reading_context",
        "edtf",
        "calendars",
        "words",
        "phrases wording",
        "explain mentions",
    )
)
"""The same of the packages and modules in ``dates/``, by whose names all other code imports them."""

DOORS: Mapping[str, str] = {
    "PIL": "reading",
    "babel": "text",
    "boto3": "publishing",
    "botocore": "publishing",
    "click": "cli",
    "dateutil": "dates",
    "distributed": "building",
    "hijridate": "dates",
    "jinja2": "rendering/templates",
    "livereload": "preview",
    "markdown": "reading",
    "nh3": "reading",
    "openpyxl": "reading",
    "pydantic": "schema",
    "pygments": "reading",
    "pydantic_core": "schema",
    "pyromark": "reading",
    "rich": "cli",
    "sqlite3": "writing",
    "tinycss2": "reading",
    "tornado": "preview",
    "tzdata": "text",
    "watchfiles": "preview",
    "yaml": "reading",
}
"""Where each third-party library is imported: in one module of that place, or in the package named."""

FOLDER_DOORS = frozenset({"click", "jinja2", "pydantic", "pydantic_core"})
"""Libraries that every module of their place may import, such as commands, which declare their options."""

PURE = ("text", "dates", "reading", "collecting", "pages", "rendering")
EDGE = "reading/disk/"
"""The one place among the pure folders that reads the disk."""

IMPURE_WORDS = (
    "asyncio ctypes fcntl getpass glob locale logging mmap multiprocessing os platform random secrets shutil "
    "signal socket sqlite3 subprocess sys tempfile threading time tkinter urllib.request uuid"
)
IMPURE_MODULES = frozenset(IMPURE_WORDS.split())
IMPURE_CALLS = frozenset({"open", "print", "input", "breakpoint", "exec", "eval"})
IMPURE_METHODS = frozenset(
    {"now", "today", "utcnow", "getenv", "read_bytes", "read_text", "write_text", "write_bytes"}
)
TABLE_READS = frozenset({"read_bytes", "read_text"})


@dataclass(frozen=True, slots=True)
class Module:
    """One source file of the package, read."""

    path: Path
    tree: ast.Module

    @property
    def name(self) -> str:
        """Return its place in the package: ``dates/edtf.py``."""
        return self.path.relative_to(PACKAGE).as_posix()

    @property
    def room(self) -> str:
        """Return the folder or top-level module that it belongs to; empty for the package itself."""
        first = self.name.split("/", maxsplit=1)[0].removesuffix(".py")
        return "" if first == "__init__" else first

    @property
    def dotted(self) -> str:
        """Return the name by which it is imported."""
        parts = ["timeline_gen", *self.name.removesuffix(".py").split("/")]
        return ".".join(part for part in parts if part != "__init__")


@cache
def modules() -> tuple[Module, ...]:
    """Return every source file of the package."""
    return tuple(Module(path, ast.parse(path.read_bytes())) for path in sorted(PACKAGE.rglob("*.py")))


@cache
def dotted_names() -> frozenset[str]:
    """Return the names by which the modules are imported."""
    return frozenset(module.dotted for module in modules())


@cache
def imports(module: Module) -> tuple[tuple[str, ast.stmt], ...]:
    """Return the dotted name of each thing that *module* imports, with the statement."""
    found: list[tuple[str, ast.stmt]] = []
    for node in ast.walk(module.tree):
        if isinstance(node, ast.Import):
            found += ((alias.name, node) for alias in node.names)
        elif isinstance(node, ast.ImportFrom):
            assert node.level == 0, f"{module.name}:{node.lineno}: a relative import"
            found += ((f"{node.module}.{alias.name}", node) for alias in node.names)
    return tuple(found)


def own_imports(module: Module) -> Iterator[str]:
    """Yield the modules of this package that *module* imports, by their dotted names."""
    known = dotted_names()
    for name, _ in imports(module):
        if name.split(".", maxsplit=1)[0] == "timeline_gen":
            yield name if name in known else name.rpartition(".")[0]


def row_of(room: str) -> int:
    """Return the row in which *room* is."""
    return next(index for index, row in enumerate(ROWS) if room in row)


def named(node: ast.stmt | ast.expr, module: Module) -> str:
    """Return where *node* is, for a message."""
    return f"{module.name}:{node.lineno}"


def test_every_module_has_a_row() -> None:
    """A new folder or top-level module is put into the table of layers before it is used."""
    rooms = {module.room for module in modules()} - {"", "__main__"}

    assert rooms - frozenset().union(*ROWS) == set()


def test_layers() -> None:
    """A module imports only from the rows above its own, or from its own folder."""
    wrong = [
        f"{module.name} imports {name}"
        for module in modules()
        if module.room not in {"", "__main__"}
        for name in own_imports(module)
        if name != "timeline_gen"
        for room in [name.split(".")[1]]
        if room != module.room and row_of(room) >= row_of(module.room) and row_of(module.room) > 0
    ]

    assert wrong == []


def test_layers_of_dates() -> None:
    """A part of ``dates/`` imports only from the rows above its own, or from itself."""
    rows = {part: index for index, row in enumerate(DATE_ROWS) for part in row}
    inner = [module for module in modules() if module.room == "dates" and module.name != "dates/__init__.py"]
    wrong = [
        f"{module.name} imports {name}"
        for module in inner
        for own in [module.dotted.split(".")[2]]
        for name in own_imports(module)
        if name.startswith("timeline_gen.dates.")
        for part in [name.split(".")[2]]
        if part != own and rows[part] >= rows[own]
    ]

    assert wrong == []


def test_packages_of_dates_are_used_as_a_whole() -> None:
    """A package of ``dates/`` is imported by its name, not by the modules inside it, but for its own."""
    wrong = [
        f"{named(node, module)}: {name}"
        for module in modules()
        for name, node in imports(module)
        if name.startswith("timeline_gen.dates.") and name.count(".") > 3
        if not module.dotted.startswith(name.rsplit(".", maxsplit=2)[0])
    ]

    assert wrong == []


def test_no_folder_is_crowded() -> None:
    """A folder has at most 26 modules, so that it can be known as a whole."""
    sizes = Counter(module.path.parent for module in modules() if module.path.name != "__init__.py")

    assert max(sizes.values()) <= 26


def test_no_class_name_means_two_things() -> None:
    """A class is known by its name, wherever it is used."""
    names = Counter(
        node.name for module in modules() for node in ast.walk(module.tree) if isinstance(node, ast.ClassDef)
    )

    assert [name for name, count in names.items() if count > 1] == []


def test_no_module_is_a_splinter() -> None:
    """A short module has several users, or is one of a list, such as kinds of pages, commands and reports."""
    listed = ("cli", "cli/reports", "pages")
    users = Counter(name for module in modules() for name in {*own_imports(module)})
    splinters = [
        module.name
        for module in modules()
        if module.path.name not in {"__init__.py", "__main__.py"}
        and str(module.path.parent.relative_to(PACKAGE)) not in listed
        and users[module.dotted] <= 1
        and len(module.path.read_text("utf-8").splitlines()) < 50
    ]

    assert splinters == []


def test_first_row_knows_only_itself() -> None:
    """The nouns, the problems and their codes import nothing of the program but one another."""
    wrong = [
        (m.name, name)
        for m in modules()
        if m.room in ROWS[0]
        for name in own_imports(m)
        if name.split(".")[1] not in ROWS[0]
    ]

    assert wrong == []


def test_nobody_imports_the_package_root() -> None:
    """Below the command line the root gives its version and nothing else."""
    wrong = [
        f"{named(node, module)}: {name}"
        for module in modules()
        if module.room not in {"cli", "", "__main__"}
        for name, node in imports(module)
        if name == "timeline_gen" or (name.startswith("timeline_gen.") and _is_root_name(name))
    ]

    assert wrong == []


def _is_root_name(name: str) -> bool:
    known = dotted_names()
    parent = name.rpartition(".")[0]
    return parent == "timeline_gen" and name not in known and name != "timeline_gen.__version__"


def test_no_import_cycles() -> None:
    """No module imports itself by a detour."""
    graph = {module.dotted: set(own_imports(module)) - {module.dotted} for module in modules()}

    try:
        TopologicalSorter(graph).prepare()
    except CycleError as error:
        pytest.fail(" → ".join(error.args[1]))


@pytest.mark.parametrize("library", sorted(DOORS))
def test_one_door_per_library(library: str) -> None:
    """A third-party library is imported in one module, in the place that the table names."""
    found = {
        module.name
        for module in modules()
        for name, _ in imports(module)
        if name.split(".", maxsplit=1)[0] == library
    }

    door = DOORS[library]
    assert all(name.startswith((f"{door}/", f"{door}.py")) for name in found), found
    assert len(found) <= 1 or library in FOLDER_DOORS, found


def test_no_library_without_a_door() -> None:
    """A library that the table of doors does not name is not imported at all."""
    known = sys.stdlib_module_names | DOORS.keys() | {"timeline_gen"}
    strangers = {
        (module.name, name)
        for module in modules()
        for name, _ in imports(module)
        if name.split(".", maxsplit=1)[0] not in known
    }

    assert strangers == set()


def pure_modules() -> Iterator[Module]:
    """Yield the modules between parse and render, and those below that they use."""
    return (module for module in modules() if module.room in PURE and not module.name.startswith(EDGE))


def test_pure_imports() -> None:
    """Between parse and render nothing can reach disk, clock, terminal, environment or locale."""
    wrong = [
        f"{named(node, module)}: {name}"
        for module in pure_modules()
        for name, node in imports(module)
        if {name, name.split(".", maxsplit=1)[0], name.rpartition(".")[0]} & IMPURE_MODULES
        or name in {"pathlib.Path", "io.open", "datetime.datetime.now"}
    ]

    assert wrong == []


def test_pure_calls() -> None:
    """Between parse and render nothing opens, prints, or asks what time it is."""
    wrong = [
        f"{named(node, module)}: {ast.unparse(node.func)}()"
        for module in pure_modules()
        for allowed in [allowed_reads(module)]
        for node in ast.walk(module.tree)
        if isinstance(node, ast.Call) and _is_impure(node.func, allowed)
    ]

    assert wrong == []


def allowed_reads(module: Module) -> frozenset[str]:
    """Return how *module* may read: tables of the package are the same on every machine."""
    tables = any(name.startswith("importlib.resources") for name, _ in imports(module))
    return TABLE_READS if tables else frozenset()


def _is_impure(function: ast.expr, allowed: frozenset[str]) -> bool:
    if isinstance(function, ast.Name):
        return function.id in IMPURE_CALLS
    return isinstance(function, ast.Attribute) and function.attr in IMPURE_METHODS - allowed


@pytest.mark.parametrize("word", ["setlocale", "strftime", "TYPE_CHECKING"])
def test_forbidden_words(word: str) -> None:
    """No module speaks of the process locale, formats dates by it, or hides an import from the layers."""
    found = [module.name for module in modules() if word in module.path.read_text("utf-8")]

    assert found == []


def test_no_imports_in_functions() -> None:
    """Only the command line imports late, to answer ``--help`` fast."""
    wrong = {
        named(node, module)
        for module in modules()
        if module.room != "cli"
        for function in ast.walk(module.tree)
        if isinstance(function, ast.FunctionDef | ast.AsyncFunctionDef)
        for node in ast.walk(function)
        if isinstance(node, ast.Import | ast.ImportFrom)
    }

    assert wrong == set()


def test_names_of_files() -> None:
    """No file is a drawer for odds and ends, and none takes the name of a library."""
    taken = sys.stdlib_module_names | DOORS.keys() | {"build", "util", "utils", "helpers", "misc", "common"}
    # A folder's own inner modules are never top-level names, yet these would confuse a reader.
    allowed = {"__init__", "__main__", "site"}
    commands = {f"cli/{name}.py" for name in COMMANDS}
    found = {module.name for module in modules() if module.path.stem in taken - allowed}
    wrong = found - commands

    assert wrong == set()


def test_no_classes_of_a_framework() -> None:
    """Classes are nouns that say what each holds: no Manager, Handler or Helper."""
    wrong = [
        f"{named(node, module)}: {node.name}"
        for module in modules()
        for node in ast.walk(module.tree)
        if isinstance(node, ast.ClassDef) and node.name.endswith(("Manager", "Handler", "Helper", "Factory"))
    ]

    # The preview server answers requests through classes that tornado wants to be called so.
    assert [name for name in wrong if not name.startswith("preview/")] == []


STALE_WORDS = re.compile(
    r"\b(?:beside|stood|alone|whoever|nobody|somebody|anybody|everybody)\b"
    r"|(?<!-)\bstands?\b(?! for\b|-alone)",
    re.IGNORECASE,
)
"""Words of a literary English, whose place plain ones take: "next to", "is", "only", "the caller"."""
STALE_NAMES = frozenset(
    {
        *("beside", "crew", "desk", "finder", "framed", "glance", "lanes", "ledger", "one", "shelf"),
        *("somebody", "standing", "stands", "told", "turning", "whoever"),
    }
)
"""No module, class, function or parameter is called so: none of these says what a thing is."""


def prose_of(path: Path) -> Iterator[str]:
    """Yield the docstrings, comments and other texts with spaces in the file *path*, with their lines."""
    for token in tokenize.generate_tokens(StringIO(path.read_text("utf-8")).readline):
        if token.type == tokenize.COMMENT or (token.type == tokenize.STRING and " " in token.string):
            for number, line in enumerate(token.string.splitlines(), token.start[0]):
                yield f"{number}: {line.strip()}"


def test_plain_english() -> None:
    """Docstrings, comments, messages and templates are in plain technical English."""
    templates = Path(__file__).parents[1].glob("themes/*/templates/*.html")
    # To take a file apart takes long; most have none of the words at all.
    suspects = (m for m in modules() if STALE_WORDS.search(m.path.read_text("utf-8")))
    lines = [f"{module.name}:{line}" for module in suspects for line in prose_of(module.path)]
    lines += [f"{path.name}: {line}" for path in templates for line in path.read_text("utf-8").splitlines()]

    assert [line for line in lines if STALE_WORDS.search(re.sub(r"\*alone\*|stand-alone", "", line))] == []


def test_names_that_name() -> None:
    """Modules, classes, functions and parameters have names that a stranger understands."""
    found = {f"{module.name}: {module.path.stem}" for module in modules() if module.path.stem in STALE_NAMES}
    for module in modules():
        for node in ast.walk(module.tree):
            if isinstance(node, ast.FunctionDef | ast.ClassDef) and node.name.lower() in STALE_NAMES:
                found.add(f"{named(node, module)}: {node.name}")
            elif isinstance(node, ast.arg) and node.arg in STALE_NAMES:
                found.add(f"{module.name}:{node.lineno}: {node.arg}")

    assert found == set()


def test_variables_are_named_for_what_they_hold() -> None:
    """No variable has a name such as one or said; of two texts that are a pair, one and two are fine."""
    found = {
        f"{module.name}:{node.lineno}: {node.id}"
        for module in modules()
        for node in ast.walk(module.tree)
        if isinstance(node, ast.Name)
        and node.id in {"one", "some", "said", "told"}
        and isinstance(node.ctx, ast.Store)
    }

    assert {where for where in found if not where.startswith("dates/wording/patterns.py")} == set()
