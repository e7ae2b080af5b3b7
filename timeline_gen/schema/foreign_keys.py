"""What the keys of other site generators and editors are called here, for those who bring their articles."""

from __future__ import annotations

from collections.abc import Collection, Mapping
from typing import Final

from timeline_gen.messages import say

_SAME: Final[Mapping[str, str]] = {
    "author": "authors",
    "by": "authors",
    "byline": "authors",
    "canonical_url": "source",
    "categories": "tags",
    "category": "tags",
    "creator": "authors",
    "date_published": "date",
    "datepublished": "date",
    "description": "summary",
    "cover": "image",
    "cover_image": "image",
    "excerpt": "summary",
    "expirydate": "updated",
    "featured_image": "image",
    "hero": "image",
    "headline": "title",
    "hidden": "draft",
    "keywords": "tags",
    "labels": "tags",
    "last_modified_at": "updated",
    "lastmod": "updated",
    "lead": "summary",
    "location": "places",
    "locations": "places",
    "modified": "updated",
    "person": "people",
    "persons": "people",
    "photo": "image",
    "private": "draft",
    "publishdate": "embargo",
    "redirect_from": "aliases",
    "redirects": "aliases",
    "section": "tags",
    "series": "tags",
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


_EVENT: Final[Mapping[str, str]] = {
    **dict.fromkeys(("body", "desc", "description", "details", "excerpt", "note", "text"), "summary"),
    **dict.fromkeys(("category", "categories", "keywords", "labels", "topics"), "tags"),
    **dict.fromkeys(("end", "from", "start", "time", "to", "when", "year"), "date"),
    **dict.fromkeys(("caption", "image", "images", "photo", "picture", "video"), "media"),
    **dict.fromkeys(("headline", "heading", "name"), "title"),
    **dict.fromkeys(("link", "reference", "source", "url"), "sources"),
    **dict.fromkeys(("city", "country", "location", "locations"), "places"),
    **dict.fromkeys(("person", "persons", "actors", "who"), "people"),
    "alt": "media",
    "display_date": "date_text",
    "priority": "importance",
    "weight": "importance",
}
_SITE: Final[Mapping[str, str]] = {
    **dict.fromkeys(
        ("address", "base", "base_url", "baseurl", "domain", "host", "site_url", "siteurl"), "url"
    ),
    **dict.fromkeys(("default_language", "lang", "langs", "language", "locale", "locales"), "languages"),
    **dict.fromkeys(("nav", "navbar", "navigation", "pages"), "menu"),
    **dict.fromkeys(("subtitle", "summary", "tagline"), "description"),
    **dict.fromkeys(("deploy", "output", "target", "targets"), "publish"),
    "logo_url": "logo",
    "name": "title",
    "organization": "publisher",
    "site_name": "title",
    "site_title": "title",
    "tz": "timezone",
}
_ENTITY: Final[Mapping[str, str]] = {
    **dict.fromkeys(("aka", "alternative_names", "other_spellings", "synonyms"), "other_names"),
    **dict.fromkeys(("about", "bio", "desc", "description", "summary"), "text"),
    **dict.fromkeys(("label", "title"), "name"),
    **dict.fromkeys(("geo", "lat", "latitude", "location", "lng", "lon", "longitude"), "coordinates"),
    **dict.fromkeys(("homepage", "link", "url"), "website"),
    **dict.fromkeys(("photo", "picture"), "image"),
    "category": "kind",
    "type": "kind",
}
_ERA: Final[Mapping[str, str]] = {
    **dict.fromkeys(("dates", "end", "from", "period", "span", "start", "to"), "date"),
    **dict.fromkeys(("description", "summary"), "text"),
    **dict.fromkeys(("label", "title"), "name"),
}
_SOURCE: Final[Mapping[str, str]] = {
    **dict.fromkeys(("lang", "langs"), "language"),
    **dict.fromkeys(("newspaper", "publication", "publisher"), "name"),
    **dict.fromkeys(("href", "link", "website"), "url"),
    "authors": "author",
    "published": "date",
    "year": "date",
}
_FILE: Final[Mapping[str, str]] = {
    **dict.fromkeys(("file", "filename", "href", "image", "link", "path", "picture", "source", "url"), "src"),
    **dict.fromkeys(("author", "copyright"), "credit"),
    **dict.fromkeys(("description", "text"), "alt"),
    "label": "title",
    "name": "title",
}
_ARABIC: Final[Mapping[str, str]] = {
    **dict.fromkeys(("عنوان", "اسم الحدث"), "title"),
    **dict.fromkeys(("اسم",), "name"),
    **dict.fromkeys(("تاريخ", "تاريخ النشر"), "date"),
    **dict.fromkeys(("ملخص", "موجز", "وصف", "نبذة"), "summary"),
    **dict.fromkeys(("مصدر",), "source"),
    **dict.fromkeys(("مصادر",), "sources"),
    **dict.fromkeys(("أشخاص", "اشخاص", "شخصيات", "شخص"), "people"),
    **dict.fromkeys(("أماكن", "اماكن", "مكان", "موقع"), "places"),
    **dict.fromkeys(("وسوم", "وسم", "تصنيف", "تصنيفات", "مواضيع"), "tags"),
    **dict.fromkeys(("أحداث", "احداث", "حدث"), "events"),
    **dict.fromkeys(("كاتب", "مؤلف", "كتاب", "مؤلفون"), "authors"),
    **dict.fromkeys(("صورة",), "image"),
    **dict.fromkeys(("مسودة",), "draft"),
    **dict.fromkeys(("حالة",), "status"),
    **dict.fromkeys(("أهمية",), "importance"),
    **dict.fromkeys(("نوع",), "kind"),
    **dict.fromkeys(("لغات", "لغة"), "languages"),
    **dict.fromkeys(("رابط",), "url"),
}
"""What authors who write in Arabic may call a key, without the article."""
_BY_SIGN: Final[tuple[tuple[str, Mapping[str, str]], ...]] = (
    ("sort_date", _EVENT),
    ("languages", _SITE),
    ("other_names", _ENTITY),
    ("archive_ref", _SOURCE),
    ("src", _FILE),
    ("date", _ERA),
)
"""By a key that only one kind of mapping has: what its keys may be called. An era has none of the others."""
_INSTEAD: Final[Mapping[tuple[str, str], str]] = {
    ("languages", "favicon"): say("put favicon.ico into the folder static/"),
    ("languages", "plugins"): say("there are no plugins: themes and the exported data take their place"),
    ("sort_date", "draft"): say(
        "only all of an article is a draft; an event has 'embargo:', and its own file 'draft:'"
    ),
    ("sort_date", "uncertain"): say("write it into the date: 'date: 1917?', or 'about 1917'"),
    ("sort_date", "circa"): say("write it into the date: 'date: 1917?', or 'about 1917'"),
}


def foreign_key(key: str, here: Collection[str]) -> tuple[str, str]:
    """Return which of the keys *here* another program calls *key*, and what to write; both may be empty."""
    word = key.casefold()
    if "draft" in here and (found := _of_article(key, here)) != ("", ""):
        return found
    if (same := _ARABIC.get(word.removeprefix("ال"), "")) in here:
        return same, say("write '{same}': keys are the same in every language", same=same)
    for sign, words in _BY_SIGN:
        if sign in here:
            same = words.get(word, "")
            return (
                (same, say("did you mean '{near}'?", near=same))
                if same in here
                else (
                    "",
                    _INSTEAD.get((sign, word), ""),
                )
            )
    return "", ""


def _of_article(key: str, here: Collection[str]) -> tuple[str, str]:
    word = key.casefold()
    same = _SAME.get(word, "")
    if same in here:
        return same, say(
            "did you mean '{same}'? That is what {key!r} of other programs is called here", same=same, key=key
        )
    return "", _OTHERWISE.get(word, "")
