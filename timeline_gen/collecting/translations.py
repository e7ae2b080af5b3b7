"""What each language lacks, and which translations are older than what they were made from.

A *revision* is a text that holds a short hash of every text of a version. A translation records the
revision it was made from (``translation_of: {lang: ar, rev: …}``); where the texts have changed since, the
two revisions show which.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from itertools import chain
from typing import Final

from timeline_gen.collecting.timeline import Article, Timeline
from timeline_gen.errors import Level, Place, Problem
from timeline_gen.keys import digest_of
from timeline_gen.messages import say
from timeline_gen.model.articles import ArticleVersion, PageVersion, own_event
from timeline_gen.model.assets import Attachment, Media
from timeline_gen.model.settings import Settings
from timeline_gen.model.texts import Texts
from timeline_gen.text.bidi import direction_of

_DIGITS: Final = 6


@dataclass(frozen=True, slots=True)
class OutdatedTranslation:
    """A version whose original has changed since it was translated."""

    article: ArticleVersion
    original: ArticleVersion
    fields: tuple[str, ...]
    """``title``, ``summary``, ``body``, ``<event id>.title`` …"""


@dataclass(frozen=True, slots=True)
class TranslationGaps:
    """What one language lacks."""

    lang: str
    articles: tuple[str, ...]
    """Slugs."""
    events: tuple[str, ...]
    """Ids of events that have no title in it."""
    pages: tuple[str, ...]
    """Slugs of plain pages."""
    names: tuple[str, ...]
    """Ids of people, places and others of the entities file, and of eras, that have no name in it; and names
    that only articles give, in letters that run the other way: readers see them as they are."""
    settings: tuple[str, ...]
    """Keys of ``site.yaml`` that have a text in other languages only."""
    drafts: tuple[str, ...]
    """Slugs of articles and plain pages whose version in it is a draft."""
    outdated: tuple[OutdatedTranslation, ...]


def revision(article: ArticleVersion) -> str:
    """Return the revision of *article*: ``title=3fa2b1 body=9a0c1d third-committee.title=07be55``."""
    return " ".join(f"{name}={_short(text)}" for name, text in _texts(article))


def _texts(article: ArticleVersion) -> Iterator[tuple[str, str]]:
    if not own_event(article.slug):
        # The title of an event's own file is that of its telling.
        yield "title", article.title
    if article.summary:
        yield "summary", article.summary
    if article.image and (shown := _media([article.image])).strip():
        yield "image", shown
    if titles := _titles(article.files):
        yield "files", titles
    yield "body", article.body_hash
    for telling in sorted(article.events, key=lambda item: item.event):
        texts = (
            ("title", telling.title),
            ("summary", telling.summary),
            *((key, texts.get(article.lang, "")) for key, texts in telling.text_facts.items()),
            ("media", _media(telling.media)),
            ("files", _titles(telling.files)),
        )
        yield from ((f"{telling.event}.{name}", text) for name, text in texts if text.strip())


def _media(media: Iterable[Media]) -> str:
    texts = ((medium.alt, medium.caption_html or medium.caption, medium.transcript) for medium in media)
    return " ".join(f"{alt} {caption}{transcript and f' {transcript}'}" for alt, caption, transcript in texts)


def _titles(files: Iterable[Attachment]) -> str:
    return " ".join(file.title for file in files if file.title)


def _short(text: str) -> str:
    # Six digits keep the line in front matter short; a change that they miss is one in 16 million.
    return digest_of(text.encode()).hex()[:_DIGITS]


def changed_fields(recorded: str, present: str) -> tuple[str, ...]:
    """Return the names of the texts in which two revisions differ, new and removed ones too."""
    before, now = _parsed(recorded), _parsed(present)
    names = dict.fromkeys((*now, *before))
    return tuple(name for name in names if before.get(name) != now.get(name))


def _parsed(rev: str) -> Mapping[str, str]:
    parts = (part.rpartition("=") for part in rev.split())
    return {name: value for name, _, value in parts if name}


def outdated(timeline: Timeline) -> Iterator[OutdatedTranslation]:
    """Yield every version that is older than what it was translated from."""
    for article in sorted(timeline.texts, key=lambda article: article.slug):
        for version in article.versions.values():
            if version.translation_of is None:
                continue
            lang, rev = version.translation_of
            original = article.versions.get(lang)
            fields = changed_fields(rev, revision(original)) if original and rev else ()
            if original and fields:
                yield OutdatedTranslation(version, original, fields)


def gaps(timeline: Timeline, settings: Settings) -> tuple[TranslationGaps, ...]:
    """Return what each language of the site lacks, in the site's order of languages."""
    old = tuple(outdated(timeline))
    articles = {
        article.slug: article.versions
        for article in sorted(timeline.articles, key=lambda article: article.slug)
    }
    pages = {page.slug: page.versions for page in sorted(timeline.plain_pages, key=lambda page: page.slug)}
    names = _names(timeline, settings)
    texts = {"title": settings.title, "description": settings.description, "publisher": settings.publisher}
    return tuple(
        TranslationGaps(
            lang=language.code,
            articles=_lacking(language.code, articles),
            events=_lacking(language.code, {event.id: event.titles for event in timeline.events}),
            pages=_lacking(language.code, pages),
            names=_lacking(language.code, names),
            settings=_lacking(language.code, {key: text for key, text in texts.items() if text}),
            drafts=_drafts(language.code, (*articles.items(), *pages.items())),
            outdated=tuple(version for version in old if version.article.lang == language.code),
        )
        for language in settings.languages
    )


def _lacking(lang: str, texts: Mapping[str, Mapping[str, object]]) -> tuple[str, ...]:
    """Return the names of those *texts*, each by language, that there are not in *lang*."""
    return tuple(name for name, by_language in texts.items() if lang not in by_language)


def _drafts(
    lang: str, texts: Iterable[tuple[str, Mapping[str, ArticleVersion | PageVersion]]]
) -> tuple[str, ...]:
    """Return the slugs of those *texts* whose version in *lang* is a draft."""
    return tuple(slug for slug, versions in texts if lang in versions and versions[lang].draft)


def _names(timeline: Timeline, settings: Settings) -> dict[str, Texts]:
    """Return the names of eras by id, and those of what events name: by id where it is listed, else as given.

    A name in the letters of no language of the site is for all of them, and so is one that is not listed for
    all languages that run its way: "Angela Merkel" is called so in English and in French.
    """
    found = {era.id: era.names for era in timeline.eras}
    for event in timeline.events:
        for entity in chain.from_iterable(named.entities for named in event.named):
            if entity.id in timeline.listed and "und" not in entity.names:
                found[entity.id] = entity.names
            elif not entity.is_listed and (way := direction_of(name := next(iter(entity.names.values())))):
                running = (language.code for language in settings.languages if language.direction == way)
                found[name] = dict.fromkeys(running, name)
    return dict(sorted(found.items()))


def originals(articles: Iterable[Article]) -> Iterator[tuple[ArticleVersion, ArticleVersion]]:
    """Yield every version that is a translation, with the version it is, or is taken to be, made from.

    Without a word on it that is the version in the site's first language that has one.
    """
    for article in articles:
        first = next(iter(article.versions.values()))
        for version in article.versions.values():
            named = article.versions.get(version.translation_of[0]) if version.translation_of else None
            original = named or first
            if original is not version:
                yield version, original


def translation_problems(timeline: Timeline) -> tuple[Problem, ...]:
    """Return a warning for each translation that is out of date, naming the texts that have changed."""
    return tuple(
        Problem(
            "TG517",
            say(
                "this translation is older than {path}: changed since are {fields}",
                path=old.original.path,
                fields=", ".join(old.fields),
            ),
            Place(old.article.path, *old.article.positions.get("translation_of", (1, 1))),
            say("bring it up to date, then run: timeline-gen translations --mark"),
            Level.WARNING,
            related=(Place(old.original.path),),
        )
        for old in outdated(timeline)
    )
