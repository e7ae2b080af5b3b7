"""What the keys of other site generators and editors are called here, for those who bring their articles."""

from __future__ import annotations

from collections.abc import Collection, Mapping
from typing import Final

from timeline_gen.messages import say

_SAME: Final[Mapping[str, str]] = {
    "author": "authors",
    "canonical_url": "source",
    "categories": "tags",
    "category": "tags",
    "creator": "authors",
    "description": "summary",
    "cover": "image",
    "cover_image": "image",
    "excerpt": "summary",
    "expirydate": "updated",
    "featured_image": "image",
    "hero": "image",
    "keywords": "tags",
    "labels": "tags",
    "last_modified_at": "updated",
    "lastmod": "updated",
    "lead": "summary",
    "modified": "updated",
    "publishdate": "embargo",
    "redirect_from": "aliases",
    "redirects": "aliases",
    "subtitle": "summary",
    "teaser": "summary",
    "thumbnail": "image",
    "topics": "tags",
}
"""Keys of Hugo, Jekyll, Pelican, Eleventy, Decap and Sveltia that have a counterpart, in small letters."""

_OTHERWISE: Final[Mapping[str, str]] = {
    "lang": say("the language is in the file's name, <slug>.<language>.md: remove this key"),
    "language": say("the language is in the file's name, <slug>.<language>.md: remove this key"),
    "layout": say("a theme's templates decide the layout: remove this key"),
    "locale": say("the language is in the file's name, <slug>.<language>.md: remove this key"),
    "permalink": say("the address comes from the file's name; list former slugs under 'aliases:'"),
    "published": say("write 'draft: true' for what is not public, and the day under 'date:'"),
    "slug": say("the slug is the file's name, <slug>.<language>.md: rename the file"),
    "template": say("a theme's templates decide the layout: remove this key"),
    "type": say("a theme's templates decide the layout: remove this key"),
    "url": say(
        "the address comes from the file's name; the address of a source goes under 'source: {url: …}'"
    ),
    "weight": say("articles are in the order of their 'date:': remove this key, or put it under 'extra:'"),
}
"""Those that have none, each with what to do instead."""


def foreign_key(key: str, here: Collection[str]) -> str:
    """Return what to write for *key* of another program where the keys *here* are known; else nothing.

    Only articles and pages are covered, as nothing else is brought from elsewhere.
    """
    if "draft" not in here:
        return ""
    word = key.casefold()
    same = _SAME.get(word, "")
    if same in here:
        return say(
            "did you mean '{same}'? That is what {key!r} of other programs is called here", same=same, key=key
        )
    return _OTHERWISE.get(word, "")
