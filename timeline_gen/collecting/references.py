"""References that lead nowhere: originals of translations, links in texts, events that settings name."""

from __future__ import annotations

from collections.abc import Collection, Iterator, Mapping
from pathlib import PurePosixPath

from timeline_gen.collecting.dead_links import KnownTargets, link_problems
from timeline_gen.collecting.facts import position_of_item
from timeline_gen.collecting.parsed import data_links
from timeline_gen.collecting.published import Published
from timeline_gen.errors import Level, Place, Problem
from timeline_gen.messages import say
from timeline_gen.model.articles import ArticleVersion
from timeline_gen.text.suggestions import nearest


def reference_problems(published: Published, events: Collection[str]) -> Iterator[Problem]:
    """Yield what is wrong with the references in what is *published*, where *events* are shown."""
    yield from _originals(published)
    yield from _links(published)
    yield from _accepted(published, events)
    yield from _accents(published)


def _originals(published: Published) -> Iterator[Problem]:
    """Yield a problem for each article whose original is no other version, nor one held back."""
    withheld = published.released.withheld
    for slug, versions in published.versions.items():
        for lang, article in versions.items():
            original = article.translation_of[0] if article.translation_of else ""
            # An original that is held back is there all the same: its translation may come first.
            there = (original in versions or (original, slug) in withheld) and original != lang
            if original and not there:
                yield _no_original(article, original, versions)


def _links(published: Published) -> Iterator[Problem]:
    """Yield what is wrong with the links of texts and of data files."""
    listed = frozenset(entity.id for entity in published.read.entities)
    known = KnownTargets(published.targets, published.released.held, listed)
    texts = ((text.path, text.links) for text in published.texts)
    for path, links in (*texts, *data_links(published.read)):
        yield from link_problems(path, links, known)


def _accepted(published: Published, events: Collection[str]) -> Iterator[Problem]:
    """Yield a problem for each event that ``accept:`` names and no article has."""
    settings = published.settings
    for number, event in enumerate(settings.accepted):
        if event in events or event in published.released.held:
            continue
        yield Problem(
            "TG520",
            say("'accept' names the event {event!r}, which no article tells", event=event),
            Place(PurePosixPath("site.yaml"), *position_of_item(settings.positions, "accept", number)),
            say("write the id of an event that articles disagree about, or remove the entry"),
            Level.WARNING,
            about=event,
        )


def _accents(published: Published) -> Iterator[Problem]:
    """Yield a problem for each id under ``accents:`` of which there is no entity."""
    settings = published.settings
    if not settings.accents or published.released.withheld:
        # What is held back may name it.
        return
    directory = published.directory
    known = {entity.id for found in directory.by_key.values() for entity in found} | directory.by_id.keys()
    for name in settings.accents:
        if name not in known:
            near = nearest(name, sorted(known))
            yield Problem(
                "TG527",
                say("'accents' names {name!r}, and nothing has this id", name=name),
                Place(PurePosixPath("site.yaml"), *settings.positions.get(f"accents.{name}", (1, 1))),
                say("did you mean {near!r}?", near=near)
                if near
                else say("write the last part of the address of its page, or remove the entry"),
                Level.WARNING,
                about=name,
            )


def _no_original(article: ArticleVersion, original: str, versions: Mapping[str, ArticleVersion]) -> Problem:
    others = [lang for lang in versions if lang != article.lang]
    names = (
        say("names this very version")
        if original == article.lang
        else say("names a version in {original!r}", original=original)
    )
    return Problem(
        "TG518",
        say(
            "'translation_of' {said}, and there is no such original of {slug!r}",
            said=names,
            slug=article.slug,
        ),
        Place(article.path, *article.positions.get("translation_of", (1, 1))),
        say("write the language of another version: {others}", others=", ".join(others))
        if others
        else say("remove the key"),
        about=original,
    )
