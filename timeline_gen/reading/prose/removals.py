"""What cleaning takes out of an author's own HTML, as problems."""

from __future__ import annotations

import html
import re
from itertools import groupby
from typing import Final

from timeline_gen.errors import Level
from timeline_gen.messages import say
from timeline_gen.reading.front_matter.diagnostics import Diagnostics
from timeline_gen.reading.prose.cleaning import removed, unsafe_scheme
from timeline_gen.reading.prose.locating import Locator
from timeline_gen.reading.prose.markup import Converted

_ADDRESSES: Final = (re.compile(r'href="([^"]*)"'), re.compile(r'src="([^"]*)"'))
"""Two patterns, because one with a choice at its start is ten times as slow."""
_ATTRIBUTE_LIST: Final = re.compile(r"\{:?([^{}\n]*)\}")
_LISTED_ATTRIBUTE: Final = re.compile(r"(?<![\w:.-])([A-Za-z_:][\w:.-]*)=")


def report_raw(converted: Converted, diagnostics: Diagnostics, locator: Locator) -> None:
    """Note what cleaning takes out of the author's own HTML, and links that lead where none may lead."""
    reported: set[str] = set()
    for raw in converted.raw:
        for tag, faults in groupby(removed(raw), key=lambda item: (item.tag, item.name)):
            position = locator.next(*_spellings(*tag))
            for fault in faults:
                level = Level.WARNING if fault.code == "TG401" else Level.ERROR
                diagnostics.add(fault.code, fault.what, position, fault.hint, level=level)
        reported.update(_addresses(raw))
    # These are links of Markdown; those in the author's own HTML have been reported with their tags.
    for address in _addresses(converted.html):
        typed = html.unescape(address)
        if (scheme := unsafe_scheme(typed)) and address not in reported:
            message = say("the link was removed, because no text may link to '{scheme}:'", scheme=scheme)
            hint = _instead_of(scheme, typed)
            diagnostics.add("TG402", message, locator.next(typed, address, scheme), hint)


_NEARLY_OWN: Final = {
    "articles": "article",
    "entities": "entity",
    "events": "event",
    "pages": "page",
    **dict.fromkeys(("people", "person", "place", "places", "tag", "tags"), "entity"),
}
"""What links of the site's own may be called by mistake."""


def _instead_of(scheme: str, typed: str) -> str:
    """Return what to write for the link *typed*, to whose *scheme* no text may link."""
    if scheme in _NEARLY_OWN:
        name = typed.partition(":")[2].strip()
        return say("did you mean '{near}'?", near=f"{_NEARLY_OWN[scheme]}:{name}")
    if len(scheme) == 1 or scheme == "file":
        return say("that is a file of this computer: put it next to the text, and write only its name")
    return say("link to a web page, https://…")


def _addresses(markup: str) -> list[str]:
    """Return what the links and pictures in *markup* lead to, as written there."""
    return [address for pattern in _ADDRESSES for address in pattern.findall(markup)]


def _spellings(tag: str, name: str) -> tuple[str, str]:
    """Return how an opening *tag* may be written in the source: in full, or only beginning alike."""
    return tag, f"<{name}"


def report_attributes(text: str, diagnostics: Diagnostics, locator: Locator) -> None:
    """Note attributes in ``{: …}`` that cleaning takes out."""
    if "{" not in text:
        return
    for block in _ATTRIBUTE_LIST.finditer(locator.bare):
        noted: set[str] = set()
        for attribute in _LISTED_ATTRIBUTE.finditer(block[1]):
            if attribute[1].lower() not in _LISTABLE and attribute[1] not in noted:
                noted.add(attribute[1])
                position = locator.position(block.start(1) + attribute.start())
                message = say("the attribute {attribute!r} was removed", attribute=attribute[1])
                hint = say("those that stay are {listable}", listable=", ".join(sorted(_LISTABLE)))
                diagnostics.add("TG401", message, position, hint, level=Level.WARNING)


_LISTABLE: Final = frozenset({"class", "dir", "hreflang", "id", "lang", "title"})
