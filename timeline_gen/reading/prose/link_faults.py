"""What is wrong with links in texts, as far as the text itself shows."""

from __future__ import annotations

import re
from collections.abc import Collection, Iterable
from typing import Final
from urllib.parse import unquote

from timeline_gen.errors import Level
from timeline_gen.messages import say
from timeline_gen.model.texts import Position
from timeline_gen.reading.front_matter.diagnostics import Diagnostics
from timeline_gen.text.slugs import slug_fault, slugify
from timeline_gen.text.suggestions import nearest


def check_name(key: str, position: Position, diagnostics: Diagnostics) -> bool:
    """Note what keeps the name in *key* from being one of the site's own; return whether it may be one."""
    scheme, _, rest = key.partition(":")
    name = re.split(r"[?#]", rest, maxsplit=1)[0]
    if fault := slug_fault(name):
        code = "TG409" if scheme == "event" else "TG414"
        hint = say("write [text]({scheme}:{name})", scheme=scheme, name=slugify(name) or _EXAMPLES[scheme])
        diagnostics.add(
            code,
            say("{name!r} is no {called}: it {fault}", name=name, called=_CALLED[scheme], fault=fault),
            position,
            hint,
        )
    return not fault


_EXAMPLES: Final = {"event": "the-id", "article": "the-slug", "page": "the-slug", "entity": "the-id"}
_CALLED: Final = {
    "event": say("event's id"),
    "article": say("article's slug"),
    "page": say("page's slug"),
    "entity": say("entity's id"),
}


def note_headings(
    links: Iterable[tuple[str, Position]], ids: Collection[str], diagnostics: Diagnostics
) -> None:
    """Note which of the *links* inside a text, each an id with its place, lead to none of its *ids*."""
    for anchor, position in links:
        name = unquote(anchor)
        if name in ids or anchor in ids:
            continue
        near = nearest(name, ids)
        hint = say("did you mean '#{near}'?", near=near) if near else _known_headings(ids)
        message = say("the link '#{anchor}' leads to no heading of this text", anchor=anchor)
        # A warning, as for every link that leads nowhere: with it a site can be built.
        diagnostics.add("TG413", message, position, hint, level=Level.WARNING)


def _known_headings(ids: Collection[str]) -> str:
    known = ", ".join(f"#{anchor}" for anchor in sorted(ids)[:_SHOWN])
    return (
        say("those that it has are {known}", known=known)
        if known
        else say("this text has no headings that a link could lead to")
    )


_SHOWN: Final = 8
