"""Finds the messages of the program in its source: what the catalogues have to translate."""

from __future__ import annotations

import ast
import inspect
import re
from collections.abc import Iterator, Mapping
from functools import cache
from importlib import import_module
from pathlib import Path
from typing import Final, NamedTuple

import click

from timeline_gen.cli.main import COMMANDS, program
from timeline_gen.codes import CODES
from timeline_gen.messages import many

PACKAGE: Final = Path(__file__).parents[1] / "timeline_gen"
NOUNS: Final = ("error", "warning", "note", "article", "event", "page", "name", "setting")
"""What is counted where the noun comes from a table."""
GROUPS: Final = ("files of the theme", "pictures", "files", "copied files", "search files")
"""Kinds of files that are no pages."""


class Found(NamedTuple):
    """A message, its plural if it has one, and where it is made."""

    singular: str
    plural: str
    where: str


@cache
def sources() -> tuple[tuple[str, ast.Module], ...]:
    """Return every module of the package, with its path."""
    paths = sorted(PACKAGE.rglob("*.py"))
    return tuple((path.relative_to(PACKAGE).as_posix(), ast.parse(path.read_bytes())) for path in paths)


@cache
def messages() -> dict[tuple[str, str], str]:
    """Return all messages and their plurals, each with the place where it is first made."""
    found: dict[tuple[str, str], str] = {}
    for message in (*_in_source(), *_in_tables(), *_in_help(), *_of_click()):
        if has_words(message.singular):
            found.setdefault((message.singular, message.plural), message.where)
    return found


def has_words(template: str) -> bool:
    """Return whether *template* has anything to translate outside its gaps."""
    return bool(re.search(r"[^\W\d_]|[,;]", re.sub(r"\{[^{}]*\}", "", template)))


def calls(tree: ast.Module, *names: str) -> Iterator[ast.Call]:
    """Yield the calls of functions called one of *names*."""
    for node in ast.walk(tree):
        if isinstance(node, ast.Call) and isinstance(node.func, ast.Name) and node.func.id in names:
            yield node


def _in_source() -> Iterator[Found]:
    for name, tree in sources():
        for call in calls(tree, "say", "say_many", "many", "listed"):
            where = f"{name}:{call.lineno}"
            texts = [text for text in map(_text, call.args) if text is not None]
            match (call.func.id if isinstance(call.func, ast.Name) else "", texts):
                case "say" | "listed", [text]:
                    yield Found(text, "", where)
                case "say_many", [one, more]:
                    yield Found(one, more, where)
                case "many", [noun]:
                    yield _counted(noun, where)
        for call in calls(tree, "example"):
            for page in (_text(keyword.value) for keyword in call.keywords if keyword.arg == "page"):
                yield Found(page or "", "", f"{name}:{call.lineno}")
        for pair in _pairs(tree):
            yield Found(*pair, name)


def _text(node: ast.expr) -> str | None:
    return node.value if isinstance(node, ast.Constant) and isinstance(node.value, str) else None


def _pairs(tree: ast.Module) -> Iterator[tuple[str, str]]:
    """Yield the plurals of tables, which :func:`say_many` is handed as a whole."""
    for node in ast.walk(tree):
        if isinstance(node, ast.Tuple) and len(node.elts) == 2:
            one, more = map(_text, node.elts)
            if one and more and one.startswith("{count") and more.startswith("{count"):
                yield one, more


def _counted(noun: str, where: str) -> Found:
    message = many(2, noun)
    return Found(message.template, message.plural, where)


def _in_tables() -> Iterator[Found]:
    for code, meaning in CODES.items():
        yield Found(meaning, "", f"codes.py: {code}")
    for join in ("{start}, {end}", "{start}; {end}"):
        yield Found(join, "", "a list")
    for noun in NOUNS:
        yield _counted(noun, "a count")
    for group in (*_groups(), *GROUPS):
        singular = re.sub(r"s\b", "", group, count=1)
        yield Found(f"{{count:,}} {singular}", f"{{count:,}} {group}", "a kind of files")


def _groups() -> Iterator[str]:
    for name, tree in sources():
        for node in ast.walk(tree) if name.startswith("pages/") else ():
            match node:
                case ast.AnnAssign(target=ast.Name(id="group"), value=ast.Constant(value=str(group))):
                    yield group
                case ast.Assign(targets=[ast.Name(id="group")], value=ast.Constant(value=str(group))):
                    yield group


def _in_help() -> Iterator[Found]:
    yield from _of_command("timeline-gen", program)
    for name, text in COMMANDS.items():
        yield Found(text, "", f"timeline-gen {name}")
        yield from _of_command(
            f"timeline-gen {name}", import_module(f"timeline_gen.cli.{name.replace('-', '_')}").command
        )


def _of_command(name: str, command: click.Command) -> Iterator[Found]:
    if command.help:
        yield Found(inspect.cleandoc(command.help), "", name)
    for parameter in command.params:
        if text := getattr(parameter, "help", None):
            yield Found(text, "", f"{name} {parameter.name}")
    for inner in (
        command.commands.items() if isinstance(command, click.Group) and name != "timeline-gen" else ()
    ):
        yield from _of_command(f"{name} {inner[0]}", inner[1])


def _of_click() -> Iterator[Found]:
    for module in ("core", "decorators", "exceptions", "formatting", "parser", "termui", "types"):
        path = Path(import_module(f"click.{module}").__file__ or "")
        tree = ast.parse(path.read_bytes())
        for call in calls(tree, "_"):
            if (text := _text(call.args[0]) or "") not in _FOR_PROGRAMMERS:
                yield Found(text, "", f"click.{module}")
        for call in calls(tree, "ngettext"):
            one, more = (_text(argument) or "" for argument in call.args[:2])
            yield Found(one, more, f"click.{module}")


_FOR_PROGRAMMERS: Final = {
    "Arguments take exactly one parameter declaration, got {length}: {decls}.",
    "Boolean option {decl!r} cannot use the same flag for true/false.",
    "Choice({choices})",
    "Could not determine name for option with declarations {decls!r}",
    "DeprecationWarning: The command {name!r} is deprecated.{extra_message}",
    "DeprecationWarning: The {param_type} {name!r} is deprecated.{extra_message}",
    "Name '{name}' defined twice",
    (
        "No options defined but a name was passed ({name}). Did you mean to declare an argument instead? Did "
        "you mean to pass '--{name}'?"
    ),
    "{value!r} is not a valid UUID.",
}
"""What click says of commands that are declared wrongly."""


def written(head: str, translations: Mapping[tuple[str, str], tuple[str, ...]]) -> str:
    """Return a catalogue that begins with *head* and has every message, with those *translations* it has."""
    files: dict[str, list[tuple[str, str]]] = {}
    for message, where in sorted(messages().items(), key=lambda item: item[1].partition(":")[0]):
        files.setdefault(where.partition(":")[0], []).append(message)
    entries = (
        _entry(file, *message, translations.get(message, ()))
        for file, found in files.items()
        for message in found
    )
    return f"{head.rstrip()}\n\n" + "\n".join(entries)


def _entry(file: str, one: str, more: str, forms: tuple[str, ...]) -> str:
    lines = [f"#: {file}", f"msgid {_quoted(one)}"]
    if more:
        lines.append(f"msgid_plural {_quoted(more)}")
        every = forms or ("",) * 6
        lines += (f"msgstr[{number}] {_quoted(form)}" for number, form in enumerate(every))
    else:
        lines.append(f"msgstr {_quoted(forms[0] if forms else '')}")
    return "\n".join(lines) + "\n"


def _quoted(text: str) -> str:
    escaped = text.replace("\\", "\\\\").replace('"', '\\"').replace("\t", "\\t")
    return "\n".join(f'"{line}"' for line in _lines(escaped))


def _lines(text: str) -> list[str]:
    lines = [f"{line}\\n" for line in text.split("\n")]
    lines[-1] = lines[-1].removesuffix("\\n")
    return lines if len(lines) == 1 else ["", *lines]


SINKS: Final = frozenset(
    {
        "BadParameter",
        "CaptionFault",
        "CatalogueError",
        "DateError",
        "EdtfError",
        "Fault",
        "LockedError",
        "Missing",
        "OSError",
        "Problem",
        "UsageError",
        "ValueError",
        "add",
        "confirm",
        "echo",
        "prompt",
    }
)
"""What takes a text that a person reads, or may read."""
FAULTS: Final = frozenset(
    {
        "building/scan.py",
        "checking/translations.py",
        "errors.py",
        "preview/targets.py",
        "publishing/files.py",
        "writing/stage.py",
    }
)
"""Modules that raise what only a fault of the program itself can bring about."""


def unmarked() -> Iterator[str]:
    """Yield each text in the program that a person reads and that is no message, with its place."""
    for name, tree in sources():
        for function in ast.walk(tree) if name not in FAULTS else ():
            if isinstance(function, ast.FunctionDef | ast.AsyncFunctionDef):
                for text in _read_by_a_person(function):
                    if _is_prose(text):
                        yield f"{name}:{text.lineno}: {ast.unparse(text)}"


def _read_by_a_person(function: ast.FunctionDef | ast.AsyncFunctionDef) -> Iterator[ast.expr]:
    """Yield the texts in *function* that a sink takes, by themselves or by the name of a variable."""
    given = [
        argument
        for node in ast.walk(function)
        if isinstance(node, ast.Call) and _called(node) in SINKS
        for argument in (*node.args, *(word.value for word in node.keywords if word.arg != "about"))
    ]
    names = {argument.id for argument in given if isinstance(argument, ast.Name)}
    given += (
        node.value
        for node in ast.walk(function)
        if isinstance(node, ast.Assign) and {name.id for name in _names(node)} & names
    )
    for argument in given:
        yield from _branches(argument)


def _called(node: ast.Call) -> str:
    return node.func.attr if isinstance(node.func, ast.Attribute) else getattr(node.func, "id", "")


def _names(node: ast.Assign) -> Iterator[ast.Name]:
    return (found for target in node.targets for found in ast.walk(target) if isinstance(found, ast.Name))


def _branches(node: ast.expr) -> Iterator[ast.expr]:
    match node:
        case ast.IfExp(body=body, orelse=other):
            yield from (*_branches(body), *_branches(other))
        case ast.BoolOp(values=inner) | ast.Tuple(elts=inner):
            for one in inner:
                yield from _branches(one)
        case ast.Constant() | ast.JoinedStr():
            yield node


def _is_prose(node: ast.expr) -> bool:
    """Return whether the text *node* has two words of English next to each other."""
    parts = node.values if isinstance(node, ast.JoinedStr) else [node]
    text = "\0".join(_text(part) or "" for part in parts)
    return bool(re.search(r"[a-z]{2,}[,;]? [a-z]{2,}", text)) and not re.search(r"^[^ ]*[/<(]|\\", text)
