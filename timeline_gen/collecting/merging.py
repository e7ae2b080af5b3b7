"""Tellings into events: which one leads, which dates agree, and what follows for the event.

The leading telling is one that corrects the others, else one that is not denied, else the newest
article's, else the first slug's. In that order a telling joins if its date agrees with all that have
joined; the event's date is the narrowest joined one. A corrected telling never joins: its date has
been taken back, even where it would agree.
"""

from __future__ import annotations

from collections.abc import Collection, Iterable, Mapping, Sequence
from dataclasses import replace
from itertools import chain
from typing import Final, NamedTuple, TypeVar

from timeline_gen.collecting.agreement import agrees, uncertainty
from timeline_gen.collecting.context import unique
from timeline_gen.collecting.facts import by_language, same_files, same_media, same_when, with_shared
from timeline_gen.collecting.telling_problems import (
    circle,
    contradiction,
    corrects_hidden,
    corrects_nothing,
    on_mention,
)
from timeline_gen.collecting.tellings import MergedTelling
from timeline_gen.collecting.timeline import (
    ArticleLabel,
    Correction,
    Event,
    NamedEntities,
    TellingRole,
    TellingSummary,
)
from timeline_gen.dates.order import sort_key
from timeline_gen.errors import Problem
from timeline_gen.keys import digest_of, key_of
from timeline_gen.messages import say
from timeline_gen.model.articles import OWN_FILE, is_row, own_event
from timeline_gen.model.assets import Attachment, Media
from timeline_gen.model.dates import When
from timeline_gen.model.events import DATE_TEXT
from timeline_gen.model.links import LinkTarget
from timeline_gen.model.settings import Settings
from timeline_gen.model.texts import Texts

T = TypeVar("T")

USUAL_IMPORTANCE: Final = 3


class _Judgement(NamedTuple):
    """Which of the tellings of an event leads, and which agree with it."""

    ordered: Sequence[MergedTelling]
    """In telling order, the leading one first."""
    joined: Sequence[MergedTelling]
    """Those whose dates agree, in the same order."""
    corrected: Mapping[str, str]
    """The slugs of the articles that are corrected, each with the slug of the one that does it."""
    problems: Sequence[Problem] = ()


def merge(
    tellings: Sequence[MergedTelling],
    mentions: Sequence[MergedTelling],
    settings: Settings,
    withheld: Collection[str] = frozenset(),
) -> tuple[Event, tuple[Problem, ...]]:
    """Return the event that *tellings*, at least one and all of one id, state together.

    *mentions* are the tellings that only refer to it; they lend a title where no telling has one in
    a language. *withheld* are the slugs of articles that readers may not see yet.
    """
    judgement = _judged(tellings, settings, withheld)
    event = _event(judgement, mentions, settings)
    if len(tellings) == 1 and not mentions and is_row(event.tellings[0].article.slug):
        event = _of_row(event, tellings[0])
    return event, (*judgement.problems, *(problem for mention in mentions for problem in on_mention(mention)))


def _judged(tellings: Sequence[MergedTelling], settings: Settings, withheld: Collection[str]) -> _Judgement:
    if len(tellings) == 1 and not tellings[0].facts.corrects:
        # As nearly all: there is nothing to compare.
        return _Judgement(tellings, tellings, {})
    tellings = _correcting_rows(tellings)
    corrected, problems = _corrected(tellings, withheld)
    ordered = _in_order(tellings, corrected)
    joined = _joined(ordered, corrected)
    problems += _contradictions(ordered, joined, corrected, settings)
    return _Judgement(ordered, joined, corrected, problems)


def _event(judgement: _Judgement, mentions: Sequence[MergedTelling], settings: Settings) -> Event:
    ordered, joined, corrected, _ = judgement
    leading, when = ordered[0], _narrowest(joined)
    speakers = [*ordered, *sorted(mentions, key=_telling_order)] if mentions else ordered
    titles = _titles(speakers)
    summaries = _telling_summaries(ordered, joined, corrected)
    corrections = _corrections(ordered, corrected, titles) if corrected else ()
    return Event(
        id=leading.event,
        when=when,
        titles=titles,
        summaries=_summaries(speakers),
        date_texts=_date_texts(joined, when),
        status=leading.facts.status,
        importance=max([telling.facts.importance or 0 for telling in ordered]) or USUAL_IMPORTANCE,
        # A corrected telling has not joined either, but nothing about it is open.
        contested=len(joined) < len(ordered)
        and any(summary.role is TellingRole.CONTRADICTS for summary in summaries),
        corrected=any(correction.changes_date for correction in corrections),
        draft=all(_is_draft(telling.article) for telling in ordered),
        sort_key=sort_key(
            when,
            order=_first([telling.facts.order for telling in ordered]),
            event=leading.event,
            sort_date=_first([telling.facts.sort_date for telling in ordered]),
            first=min([telling.first_telling for telling in ordered]),
        ),
        targets=_targets(speakers),
        named=_united(ordered, settings),
        sources=leading.sources,
        media=_media(ordered),
        files=_files(ordered),
        tellings=summaries,
        mentions=tuple(sorted((mention.article for mention in mentions), key=_newest)),
        corrections=corrections,
        place=leading.place,
        extra=_extra(ordered),
        labelled=_labelled(ordered),
        has_page=_has_page(speakers),
    )


def _of_row(event: Event, merged: MergedTelling) -> Event:
    """Return *event*, which a row of a table states, with hashes that follow from those of its tellings.

    A table may have a hundred thousand rows: to take each event apart would take longer than to collect it.
    """
    # The hash of a row covers its cells, but not what they name: entities, shared sources, links.
    elsewhere = merged.sources if merged.facts.sources is not None else ()
    more = key_of(event.named, elsewhere, event.targets) if event.named or elsewhere or event.targets else b""
    event.known_as(digest_of(b"row", more, *(version.article.digest for version in merged.versions)))
    event.summary.known_as(digest_of(b"summary", event.digest))
    return event


# ---------------------------------------------------------------- which one leads, and which join


def _corrected(
    tellings: Sequence[MergedTelling], withheld: Collection[str]
) -> tuple[dict[str, str], list[Problem]]:
    """Return the slugs of the articles that are corrected, each with the slug of the one that does it."""
    correcting = [telling for telling in tellings if telling.facts.corrects]
    corrected: dict[str, str] = {}
    problems: list[Problem] = []
    if correcting:
        by_slug = {telling.article.slug: telling for telling in tellings}
        for telling in sorted(correcting, key=_telling_order):
            if telling.corrects not in by_slug:
                hidden = telling.corrects in withheld
                problems.append(corrects_hidden(telling) if hidden else corrects_nothing(telling))
            elif round_trip := _round_trip(telling, by_slug):
                problems.append(circle(round_trip))
            else:
                corrected.setdefault(telling.corrects, telling.article.slug)
    return corrected, problems


def _correcting_rows(tellings: Sequence[MergedTelling]) -> Sequence[MergedTelling]:
    """Return *tellings*; ``corrects: event:ID`` means the row of a table where there is no file."""
    slugs = {telling.article.slug for telling in tellings}
    # Of several rows of one event the first counts, which in this order replaces the others.
    rows = {f"{OWN_FILE}{own_event(slug)}": slug for slug in sorted(slugs, reverse=True) if is_row(slug)}
    if not rows:
        return tellings
    return [
        replace(telling, facts=replace(telling.facts, corrects=rows[telling.corrects]))
        if telling.corrects in rows.keys() - slugs
        else telling
        for telling in tellings
    ]


def _round_trip(telling: MergedTelling, by_slug: Mapping[str, MergedTelling]) -> list[MergedTelling]:
    """Return *telling*, the telling that it corrects, and so on, as far as they lead back to it."""
    steps = [telling]
    while following := by_slug.get(steps[-1].corrects):
        if following is telling:
            return steps
        # A circle without *telling* is reported for those that are in it.
        if following in steps:
            break
        steps.append(following)
    return []


def _in_order(tellings: Sequence[MergedTelling], corrected: Mapping[str, str]) -> Sequence[MergedTelling]:
    """Return *tellings* in telling order: those that correct others first, those that are corrected last."""
    correcting = frozenset(corrected.values())

    def rank(telling: MergedTelling) -> tuple[int, bool, int, str]:
        slug = telling.article.slug
        return (2 if slug in corrected else 0 if slug in correcting else 1, *_telling_order(telling))

    return sorted(tellings, key=rank)


def _telling_order(telling: MergedTelling) -> tuple[bool, int, str]:
    return (telling.facts.status == "denied", -telling.article.stamp, telling.article.slug)


def _newest(article: ArticleLabel) -> tuple[int, str]:
    return (-article.stamp, article.slug)


def _joined(ordered: Sequence[MergedTelling], corrected: Mapping[str, str]) -> list[MergedTelling]:
    # "2019" agrees with May and with June, which contradict each other: each is compared with all so far.
    joined: list[MergedTelling] = []
    for telling in ordered:
        if telling.article.slug not in corrected and all(_agree(telling, other) for other in joined):
            joined.append(telling)
    return joined


def _agree(left: MergedTelling, right: MergedTelling) -> bool:
    older, newer = sorted((left, right), key=lambda telling: (telling.article.stamp, telling.article.slug))
    return older.when is None or newer.when is None or agrees(older.when, newer.when)


def _narrowest(joined: Sequence[MergedTelling]) -> When:
    dates = [telling.facts.when for telling in joined if telling.facts.when]
    return dates[0] if len(dates) == 1 else min(dates, key=uncertainty)


def _contradictions(
    ordered: Sequence[MergedTelling],
    joined: Sequence[MergedTelling],
    corrected: Mapping[str, str],
    settings: Settings,
) -> list[Problem]:
    problems: list[Problem] = []
    if len(joined) == len(ordered):
        return problems
    for telling in ordered:
        other = next((other for other in joined if not _agree(telling, other)), None)
        if other:
            by = corrected.get(telling.article.slug)
            reason = say("{by!r} corrects it", by=by) if by else settings.accepted.get(telling.event, "")
            problems.append(contradiction(telling, other, reason))
    return problems


# ---------------------------------------------------------------- summaries of tellings


def _telling_summaries(
    ordered: Sequence[MergedTelling], joined: Sequence[MergedTelling], corrected: Mapping[str, str]
) -> tuple[TellingSummary, ...]:
    """Return what pages show of each telling."""
    agreeing = {telling.article.slug for telling in joined}
    summaries: list[TellingSummary] = []
    for telling in ordered:
        if telling.facts.when is None:
            raise TypeError("a telling without a date is a mention")
        slug, facts = telling.article.slug, telling.facts
        role = TellingRole.JOINED if slug in agreeing else TellingRole.CONTRADICTS
        summaries.append(
            TellingSummary(
                article=telling.article,
                when=telling.facts.when,
                role=TellingRole.CORRECTED if slug in corrected else role,
                titles=_titles([telling]),
                status=facts.status,
                sources=telling.sources,
                corrects=facts.corrects if corrected.get(facts.corrects) == slug else "",
                labelled=_labelled([telling]),
            )
        )
    return tuple(summaries)


def _corrections(
    ordered: Sequence[MergedTelling], corrected: Mapping[str, str], titles: Texts
) -> tuple[Correction, ...]:
    by_slug = {telling.article.slug: telling for telling in ordered}
    found = [
        Correction(telling.event, titles, was.when, telling.when, was.article, telling.article)
        for telling in ordered
        if (was := by_slug.get(telling.corrects))
        and was.article.slug in corrected
        and was.when
        and telling.when
    ]
    return tuple(sorted(found, key=lambda correction: _newest(correction.by)))


# ---------------------------------------------------------------- texts and facts


def _titles(speakers: Sequence[MergedTelling]) -> dict[str, str]:
    """Return the first title in each language."""
    titles: dict[str, str] = {}
    for telling in speakers:
        for lang, text in telling.texts.items():
            if text.title and lang not in titles:
                titles[lang] = text.title
    return titles


def _summaries(speakers: Sequence[MergedTelling]) -> dict[str, tuple[str, str]]:
    summaries: dict[str, tuple[str, str]] = {}
    for telling in speakers:
        for lang, text in telling.texts.items():
            if text.summary:
                summaries.setdefault(lang, (text.summary, text.summary_text))
    return summaries


def _date_texts(joined: Sequence[MergedTelling], when: When) -> dict[str, str]:
    """Return the words in place of the date, from the tellings that give the date that is shown."""
    texts: dict[str, str] = {}
    for telling in joined:
        for text in telling.texts.values():
            if DATE_TEXT in text.text_facts and telling.when and same_when(telling.when, when):
                for lang, words in text.text_facts[DATE_TEXT].items():
                    texts.setdefault(lang, words)
    return texts


def _labelled(ordered: Sequence[MergedTelling]) -> dict[str, Texts]:
    """Return the first text in each language of each fact that is shown under a label."""
    found: dict[str, Texts] = {}
    for telling in ordered:
        for version in telling.texts.values():
            for key, texts in version.text_facts.items():
                if key != DATE_TEXT:
                    found[key] = {**texts, **found.get(key, {})}
    return found


def _media(ordered: Sequence[MergedTelling]) -> dict[str, tuple[Media, ...]]:
    """Return the pictures of the first telling that has any, with their texts in each language."""
    for telling in ordered:
        if chosen := telling.facts.media:
            versions = ((lang, text.media) for lang, text in telling.texts.items())
            return with_shared(by_language(chosen, versions, same_media))
    return {}


def _files(ordered: Sequence[MergedTelling]) -> dict[str, tuple[Attachment, ...]]:
    """Return the files of the first telling that offers any, with their titles in each language."""
    for telling in ordered:
        if chosen := telling.facts.files:
            versions = ((lang, text.files) for lang, text in telling.texts.items())
            return by_language(chosen, versions, same_files)
    return {}


def _extra(ordered: Sequence[MergedTelling]) -> dict[str, object]:
    """Return the free data of all tellings; of two values of one key, that of the first telling."""
    extra: dict[str, object] = {}
    for telling in ordered:
        for text in telling.texts.values():
            if text.extra:
                extra = {**text.extra, **extra}
    return extra


def _has_page(speakers: Iterable[MergedTelling]) -> bool:
    return any(version.article.has_page for telling in speakers for version in telling.versions)


def _united(ordered: Sequence[MergedTelling], settings: Settings) -> tuple[NamedEntities, ...]:
    united: list[NamedEntities] = []
    for taxonomy in settings.taxonomies:
        key = taxonomy.key
        lists = [telling.named[key] for telling in ordered if key in telling.named]
        if lists:
            united.append(NamedEntities(key, unique(chain(*lists)) if len(lists) > 1 else lists[0]))
    return tuple(united)


def _targets(speakers: Sequence[MergedTelling]) -> tuple[LinkTarget, ...]:
    if len(speakers) == 1:
        return speakers[0].targets
    return tuple(dict.fromkeys(target for telling in speakers for target in telling.targets))


def _first(values: Iterable[T | None]) -> T | None:
    for value in values:
        if value is not None:
            return value
    return None


def _is_draft(article: ArticleLabel) -> bool:
    return bool(article.drafts) and article.titles.keys() <= article.drafts
