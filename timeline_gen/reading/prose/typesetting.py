"""Typography inside clean HTML: texts as their language sets them, but for code and foreign texts."""

from __future__ import annotations

import re
from typing import Final

from timeline_gen.errors import Level
from timeline_gen.messages import say
from timeline_gen.model.texts import Position
from timeline_gen.reading.front_matter.diagnostics import Diagnostics
from timeline_gen.text.typography import APOSTROPHE, HIDDEN, TYPED, TextEdit, applied, edits

_TOKEN: Final = re.compile(r"<(?P<end>/?)(?P<name>[a-z][a-z0-9]*)(?P<attributes>[^>]*)>|[^<]+")
_APART: Final = frozenset(["code", "kbd", "math", "pre", "samp", "var"])
_VOID: Final = frozenset(["br", "col", "hr", "img", "input", "wbr"])
_HEADINGS: Final = ("h2", "h3", "h4", "h5", "h6")
_PARTS: Final = frozenset(
    [
        "blockquote",
        "br",
        "caption",
        "dd",
        "div",
        "dl",
        "dt",
        "figcaption",
        "figure",
        *_HEADINGS,
        "hr",
        "img",
        "li",
        "ol",
        "p",
        "pre",
        "section",
        "table",
        "td",
        "th",
        "tr",
        "ul",
    ]
)
"""Elements behind which another text begins."""
_TAG: Final = re.compile(r"<[^>]*>")


def typeset(markup: str, lang: str, diagnostics: Diagnostics, position: Position) -> str:
    """Return the clean HTML *markup*, which begins at *position*, as the language *lang* sets it."""
    found, count = typeset_markup(markup, lang)
    if count:
        message = say(
            "quotation marks, dashes or spaces are set as {lang!r} sets them, {count} in this text",
            lang=lang,
            count=count,
        )
        hint = say("to show them as they are typed, write 'markdown: {typography: false}' into site.yaml")
        diagnostics.add("TG439", message, position, hint, level=Level.INFO)
    return found


def typeset_markup(markup: str, lang: str) -> tuple[str, int]:
    """Return the clean HTML *markup* as its language *lang* sets it, and how many marks changed.

    Apostrophes are not counted: they are meant as typed.
    """
    if not TYPED.search(_TAG.sub("", markup)):
        return markup, 0
    found = list(_TOKEN.finditer(markup))
    tokens = [token[0] for token in found]
    changed = 0
    block: list[tuple[int, bool]] = []
    apart: list[str] = []
    for number, token in enumerate(found):
        name = token["name"]
        if not name:
            block.append((number, not apart))
            continue
        if name == "a" and markup.startswith("</a>", token.end()):
            block.append((number, False))  # a page fills in the name of what such a link leads to
        elif name in _PARTS:
            changed += _set(tokens, block, lang) if block else 0
            block = []
        if name not in _VOID:
            _follow(token, apart)
    changed += _set(tokens, block, lang)
    return "".join(tokens), changed


def _follow(found: re.Match[str], apart: list[str]) -> None:
    """Keep in *apart* the elements that are open from the first on whose text is not to be set."""
    if found["end"]:
        if apart:
            apart.pop()
    elif apart or found["name"] in _APART or ' lang="' in found["attributes"]:
        apart.append(found["name"])


def _set(tokens: list[str], block: list[tuple[int, bool]], lang: str) -> int:
    """Set those *tokens* that *block* names, where they are not apart; return how many marks changed."""
    shown = [tokens[number] if touched else HIDDEN for number, touched in block]
    changes = edits("".join(shown), lang)
    if not changes:
        return 0
    done = start = at = 0
    for (number, touched), text in zip(block, shown, strict=True):
        inside: list[TextEdit] = []
        while at < len(changes) and changes[at].start < start + len(text):
            change = changes[at]
            at += 1
            # What goes across a tag cannot be divided between two elements, and stays as typed.
            if touched and change.end <= start + len(text):
                inside.append(TextEdit(change.start - start, change.end - start, change.text))
        tokens[number] = applied(tokens[number], inside)
        done += sum(edit.text != APOSTROPHE for edit in inside)
        start += len(text)
    return done
