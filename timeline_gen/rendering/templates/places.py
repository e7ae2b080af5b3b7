"""Where in its template a mistake is, to the column, and what its author probably meant.

The library knows the line of a mistake. The column is where the name that it complains of is written; where
an expression goes over several lines, the name may be on a line near by.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Mapping
from itertools import chain
from pathlib import PurePosixPath
from typing import Final, NamedTuple

from timeline_gen.errors import Place
from timeline_gen.messages import say
from timeline_gen.text.suggestions import nearest

_NEAR: Final = 12
"""Lines before and after, among which a name is looked for."""
_SHOWN: Final = 12
"""Names that a hint lists."""
_WHOLE: Final = (dict, list, tuple, set, frozenset)
_PRINTED: Final = re.compile(r"\{\{[-+]?\s*([A-Za-z_][\w.]*)\s*[-+]?\}\}")


class PrintedWholeError(ValueError):
    """A template prints a value that has fields, or none at all, in place of a text."""

    def __init__(self, value: object) -> None:
        self.fields = tuple(fields_of(value)) if value is not None else None
        """The names of its fields; None where there is no value."""
        super().__init__("it prints a whole value" if value is not None else "it prints None")


def refuse_whole(value: object) -> object:
    """Return *value*, which a template prints; raise PrintedWholeError where it is no text or number."""
    kind = type(value)
    whole = hasattr(kind, "__dataclass_fields__") or isinstance(value, _WHOLE)
    if value is None or (whole and not hasattr(kind, "__html__")):
        raise PrintedWholeError(value)
    return value


def fields_of(value: object) -> Iterator[str]:
    """Yield the names of what a template can ask *value* for."""
    if isinstance(value, Mapping):
        yield from (str(key) for key in value)
    yield from (
        name for name in dir(type(value)) if not name.startswith("_") and not _is_of_python(value, name)
    )


def _is_of_python(value: object, name: str) -> bool:
    """Return whether *name* is a method that any text, list or mapping has."""
    return any(hasattr(kind, name) for kind in (str, int, *_WHOLE) if isinstance(value, kind))


class Missing(NamedTuple):
    """What a template asks for and does not get."""

    message: str
    hint: str
    name: str


_DOCS: Final = say("docs/templates.md lists what each template sees")


def missing_variable(name: str, known: Iterable[str]) -> Missing:
    """Return the problem of the variable *name*, where there are those that are *known*."""
    near = nearest(name, sorted(set(known)))
    hint = say("did you mean '{near}'?", near=near) if near else _DOCS
    return Missing(say("the template asks for {name!r}, which is not there", name=name), hint, name)


def missing_field(name: str, value: object) -> Missing:
    """Return the problem of the field *name*, for which a template asks *value*."""
    if value is None:
        hint = say("where that may be missing, ask first: {% if event.media %} … {% endif %}")
        return Missing(say("the template asks for {name!r} of what is not there", name=name), hint, name)
    known = sorted(set(fields_of(value)))
    near = nearest(name, known)
    fields = ", ".join(known[:_SHOWN])
    hint = (
        say("did you mean '{near}'?", near=near)
        if near
        else say("its fields are {fields}", fields=fields)
        if fields
        else _DOCS
    )
    return Missing(
        say("the template asks for the field {name!r}, which the value does not have", name=name), hint, name
    )


def missing_template(name: str, known: Iterable[str]) -> Missing:
    """Return the problem of the template *name*, where there are those that are *known*."""
    near = nearest(name, sorted(known))
    hint = say("write it into the theme's folder templates/, or name one that the theme it extends has")
    return Missing(
        say("the theme has no template {name!r}", name=name),
        say("did you mean '{near}'?", near=near) if near else hint,
        name,
    )


def missing_asset(name: str, known: Iterable[str]) -> Missing:
    """Return the problem of the static file *name*, where there are those that are *known*."""
    near = nearest(name, sorted(known))
    hint = say("did you mean '{near}'?", near=near) if near else say("put it into the theme's folder static/")
    return Missing(
        say("the template asks for the static file {name!r}, which the theme has not", name=name), hint, name
    )


_QUOTED: Final = re.compile(r"'([^']+)'")
_TAGS: Final = (
    *("autoescape", "block", "call", "elif", "else", "extends", "filter", "for", "from", "if", "import"),
    *("include", "macro", "pluralize", "raw", "set", "trans", "with"),
    *("endautoescape", "endblock", "endcall", "endfilter", "endfor", "endif", "endmacro", "endset"),
    *("endtrans", "endwith"),
)


def unread(message: str, filters: Iterable[str], tests: Iterable[str]) -> Missing:
    """Return the problem of a template that Jinja2 cannot read, by its *message*."""
    names = _QUOTED.findall(message)
    name = (
        names[-1] if names and message.startswith(("expected", "unexpected")) else names[0] if names else ""
    )
    known: Iterable[str] = ()
    if message.startswith("No filter"):
        known = filters
    elif message.startswith("No test"):
        known = tests
    elif "unknown tag" in message:
        known = _TAGS
    near = nearest(name, sorted(known))
    return Missing(
        say("the template cannot be read: {said}", said=message),
        say("did you mean '{near}'?", near=near) if near else "",
        name,
    )


def printed_whole(fields: Iterable[str] | None, text: str) -> Missing:
    """Return the problem of a line *text* that prints a value with *fields*, or None where *fields* is."""
    found = _PRINTED.search(text)
    typed = found[1] if found else "value"
    if fields is None:
        message = say(
            "the template prints {typed!r}, which is none here: readers would see the word 'None'",
            typed=typed,
        )
        hint = say(
            "print it only where it is given: {{% if {typed} %}}{{{{ {typed} }}}}{{% endif %}}", typed=typed
        )
        return Missing(message, hint, found[0] if found else "{{")
    known = sorted(fields)
    field = next(
        (name for name in ("text", "html", "title", "name") if name in known), known[0] if known else ""
    )
    message = say(
        "the template prints {typed!r} whole, which is a value with fields and no text", typed=typed
    )
    if not known:
        return Missing(
            message,
            say("go through it: {{% for item in {typed} %}}", typed=typed),
            found[0] if found else "{{",
        )
    hint = say(
        "print one of its fields: {{{{ {typed}.{field} }}}}; they are {known}",
        typed=typed,
        field=field,
        known=", ".join(known[:_SHOWN]),
    )
    return Missing(message, hint, found[0] if found else "{{")


def place_of(name: str, path: PurePosixPath, line: int, source: str) -> Place:
    """Return where *name* is written on the *line* of the template *path* with the *source*, or near it."""
    lines = source.split("\n")
    pattern = _pattern(name)
    # The library counts an expression to the line on which it begins, so a name is looked for below first.
    below = range(line, min(line + _NEAR, len(lines)) + 1)
    above = range(line - 1, max(line - _NEAR, 0), -1)
    for number in chain(below, above):
        if pattern and 0 < number <= len(lines) and (found := pattern.search(lines[number - 1])):
            return Place(path, number, found.start() + 1)
    text = lines[line - 1] if 0 < line <= len(lines) else ""
    opened = re.search(r"\{[{%#]", text)
    return Place(path, line, opened.start() + 1 if opened else 1)


def _pattern(name: str) -> re.Pattern[str] | None:
    if not name:
        return None
    start = r"(?<!\w)" if name[0].isalnum() or name[0] == "_" else ""
    end = r"(?!\w)" if name[-1].isalnum() or name[-1] == "_" else ""
    return re.compile(start + re.escape(name) + end)
