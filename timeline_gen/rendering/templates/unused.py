"""What a site's own theme writes that no page ever shows: blocks, templates and words that nothing uses.

Templates are looked through as text, as for their dependencies: to compile them all at each build costs more
than the whole of an unchanged build.
"""

from __future__ import annotations

import re
from collections.abc import Collection, Iterator, Mapping, Sequence
from pathlib import PurePosixPath
from typing import Final, NamedTuple

from timeline_gen.errors import Level, Place, Problem
from timeline_gen.messages import say
from timeline_gen.text.plurals import PoMessage
from timeline_gen.text.suggestions import nearest

_COMMENT: Final = re.compile(r"\{#.*?#\}|\{%-?\s*raw\s*-?%\}.*?\{%-?\s*endraw\s*-?%\}", re.DOTALL)
_BLOCK: Final = re.compile(r"\{%[-+]?\s*(?:(?P<end>endblock)|block\s+(?P<name>\w+))\b")
_EXTENDS: Final = re.compile(r"\{%[-+]?\s*extends\s+(?:\"([^\"]*)\"|'([^']*)'|)")
_REFERENCE: Final = re.compile(r"\{%[-+]?\s*(?:extends|include|import|from)\b([^%]*)")
_NAME: Final = re.compile(r"\"([^\"]+)\"|'([^']+)'")
_TEXT: Final = r"\"((?:[^\"\\]|\\.)*)\""
_MESSAGE: Final = re.compile(rf"(?<!\w)(?:_|gettext|ngettext)\(\s*{_TEXT}(?:\s*,\s*{_TEXT})?")
_IN_CONTEXT: Final = re.compile(rf"(?<!\w)n?pgettext\(\s*{_TEXT}\s*,\s*(?:{_TEXT})?")
_TRANS: Final = re.compile(r"\{%[-+]?\s*trans\b[^%]*%\}(.*?)\{%[-+]?\s*(?:endtrans|pluralize)\b", re.DOTALL)
_PLURAL: Final = re.compile(r"\{%[-+]?\s*pluralize\b[^%]*%\}(.*?)\{%[-+]?\s*endtrans\b", re.DOTALL)
_VALUE: Final = re.compile(r"\{\{\s*(\w+)\s*\}\}")


class Messages(NamedTuple):
    """The messages that a theme can show."""

    known: frozenset[tuple[str, str]]
    """Each as its context, or nothing, and its text."""
    contexts: frozenset[str]
    """Contexts whose messages are chosen by a value."""


def unused_parts(
    templates: Mapping[str, str],
    chain: Sequence[str],
    origins: Mapping[str, PurePosixPath],
    pages: Collection[str],
) -> Iterator[Problem]:
    """Yield a warning for each template that no page can use, and each block that no template shows.

    *chain* is the theme whose templates these are, with those that it extends. *pages* are the templates of
    the kinds of page; *origins* are which file each template comes from.
    """
    theme, *others = ([name for name in templates if name.startswith(f"{part}/")] for part in chain)
    extended = [name.partition("/")[2] for names in others for name in names]
    bare = {name: _without_comments(source) for name, source in templates.items()}
    used = _referenced(bare)
    for whole in sorted(theme):
        name, place = whole.partition("/")[2], Place(origins[whole])
        offered = name in pages or _draws_pages(whole, bare)
        if not offered and used is not None and not used & {name, whole}:
            near = nearest(name, [*pages, *extended])
            hint = (
                say("did you mean '{near}'?", near=near)
                if near
                else say("the templates of pages are {pages}", pages=", ".join(pages))
            )
            yield Problem(
                "TG717", say("no page uses the template {name!r}", name=name), place, hint, Level.WARNING
            )
            continue
        yield from _unused_blocks(whole, bare, place)


def _draws_pages(name: str, templates: Mapping[str, str]) -> bool:
    """Return whether the template *name* extends that of plain pages, any of which may name it."""
    return any(PurePosixPath(ancestor).name == "page.html" for ancestor in _ancestors(name, templates))


def _without_comments(source: str) -> str:
    """Return *source* with comments and raw text blanked out, of the same lines."""
    if "{#" not in source and "raw" not in source:
        return source
    return _COMMENT.sub(lambda found: re.sub(r"[^\n]", " ", found[0]), source)


def _referenced(templates: Mapping[str, str]) -> set[str] | None:
    """Return the templates that others name; None where one is chosen by a value, and so may be any."""
    found: set[str] = set()
    for source in templates.values():
        for reference in _REFERENCE.finditer(source):
            names = {single or double for single, double in _NAME.findall(reference[1])}
            if not names:
                return None
            found |= names
    return found


def _unused_blocks(name: str, templates: Mapping[str, str], place: Place) -> Iterator[Problem]:
    """Yield a warning for each block of the template *name* that none of those it extends has."""
    source = templates[name]
    ancestors = _ancestors(name, templates)
    if not ancestors:
        return
    known = {block for ancestor in ancestors for block, _, _ in _blocks(templates[ancestor])}
    for block, depth, index in _blocks(source):
        if depth == 0 and block not in known:
            near = nearest(block, sorted(known))
            hint = (
                say("did you mean '{near}'?", near=near)
                if near
                else say("the blocks there are {known}", known=", ".join(sorted(known)))
            )
            message = say(
                "no template that this one extends has a block {block!r}, so that it is never shown",
                block=block,
            )
            line = source.count("\n", 0, index) + 1
            column = index - source.rfind("\n", 0, index)
            yield Problem("TG718", message, Place(place.path, line, column), hint, Level.WARNING)


def _ancestors(name: str, templates: Mapping[str, str]) -> list[str]:
    """Return the templates that *name* extends, nearest first; none where a name is chosen by a value."""
    found: list[str] = []
    while (extends := _EXTENDS.search(templates[name])) and (name := extends[1] or extends[2] or ""):
        if name not in templates or name in found:
            return []
        found.append(name)
    return [] if extends else found


def _blocks(source: str) -> Iterator[tuple[str, int, int]]:
    """Yield the name of each block of *source*, how many blocks it is in, and where its name is."""
    depth = 0
    for found in _BLOCK.finditer(source):
        if found["end"]:
            depth -= 1
        else:
            yield found["name"], depth, found.start("name")
            depth += 1


# ---------------------------------------------------------------- words


def messages_of(templates: Mapping[str, str], more: Sequence[tuple[str, str]] = ()) -> Messages:
    """Return the messages that *templates* show, with *more* that are known from elsewhere."""
    known: set[tuple[str, str]] = set(more)
    contexts: set[str] = set()
    for source in map(_without_comments, templates.values()):
        known |= {("", _unescaped(text)) for found in _MESSAGE.findall(source) for text in found if text}
        known |= {("", _trans(text)) for pattern in (_TRANS, _PLURAL) for text in pattern.findall(source)}
        for context, text in _IN_CONTEXT.findall(source):
            if text:
                known.add((context, _unescaped(text)))
            else:
                contexts.add(context)
    return Messages(frozenset(known), frozenset(contexts))


def _unescaped(text: str) -> str:
    return re.sub(r"\\(.)", lambda found: {"n": "\n", "t": "\t"}.get(found[1], found[1]), text)


def _trans(text: str) -> str:
    """Return the message of a block ``trans`` as Jinja2 makes it: trimmed, with gaps for its values."""
    return _VALUE.sub(r"%(\1)s", " ".join(text.replace("%", "%%").split()))


_GAP: Final = re.compile(r"%\((\w+)\)|%(?!%)")


def wrong_words(catalogue: Sequence[PoMessage], messages: Messages, path: PurePosixPath) -> Iterator[Problem]:
    """Yield a problem for each message of *catalogue* that no template shows, or that has other gaps.

    *path* is the catalogue's file.
    """
    texts = [text for _, text in messages.known]
    for message in catalogue:
        place = Place(path, message.line)
        if (
            message.context,
            message.singular,
        ) not in messages.known and message.context not in messages.contexts:
            near = nearest(message.singular, texts)
            hint = (
                say("did you mean {near!r}?", near=near)
                if near
                else say("look the message up in the catalogue of almanac")
            )
            unused = say(
                "no template shows the message {text!r}, so that its translation is never used",
                text=message.singular,
            )
            yield Problem("TG719", unused, place, hint, Level.WARNING)
            continue
        gaps = _gaps(message.singular) | _gaps(message.plural)
        wrong = sorted({gap for form in message.forms for gap in _gaps(form)} - gaps)
        if wrong:
            known = ", ".join(f"%({gap})s" for gap in sorted(gaps)) or say("none")
            wrong_gap = say("the translation has the gap '%({wrong})s', which nothing fills", wrong=wrong[0])
            near = nearest(wrong[0], sorted(gaps))
            hint = (
                say("did you mean '%({near})s'?", near=near)
                if near
                else say("the gaps of this message are {known}", known=known)
            )
            yield Problem("TG708", wrong_gap, place, hint)


def _gaps(text: str) -> set[str]:
    return set(_GAP.findall(text.replace("%%", "")))
