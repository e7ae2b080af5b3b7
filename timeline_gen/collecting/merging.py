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
from typing import Final, TypeVar

from timeline_gen.collecting.agreement import agrees, uncertainty
from timeline_gen.collecting.context import unique
from timeline_gen.collecting.facts import by_language, same_files, same_media, same_when, with_shared
from timeline_gen.collecting.objections import (
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
    Named,
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
from timeline_gen.model.links import LinkTarget
from timeline_gen.model.settings import Settings
from timeline_gen.model.texts import Texts

T = TypeVar("T")

USUAL_IMPORTANCE: Final = 3


def merge(
    accounts: Sequence[MergedTelling],
    mentions: Sequence[MergedTelling],
    settings: Settings,
    withheld: Collection[str] = frozenset(),
) -> tuple[Event, tuple[Problem, ...]]:
    """Return the event that *accounts*, all of one id and at least one, tell together.

    *mentions* are the accounts that only refer to it; they lend a title where no telling has one in
    a language. *withheld* are the slugs of articles that readers may not see yet.
    """
    if len(accounts) == 1 and not mentions and not accounts[0].facts.corrects:
        event = _alone(accounts[0], settings)
        return (_of_row(event, accounts[0]) if is_row(accounts[0].article.slug) else event), ()
    accounts = _correcting_rows(accounts)
    corrected, problems = _corrected(accounts, withheld)
    ordered = _in_order(accounts, corrected)
    joined = _joined(ordered, corrected)
    when = _narrowest(joined)
    problems += _contradictions(ordered, joined, corrected, settings)
    problems += [problem for mention in mentions for problem in on_mention(mention)]
    leading = ordered[0]
    speakers = [*ordered, *sorted(mentions, key=_telling_order)]
    titles = _titles(speakers)
    named = _united(ordered, settings)
    told = _told(ordered, joined, corrected)
    corrections = _corrections(ordered, corrected, titles) if corrected else ()
    event = Event(
        id=leading.event,
        when=when,
        titles=titles,
        summaries=_summaries(speakers),
        date_texts=_date_texts(joined, when),
        status=leading.facts.status,
        importance=max([one.facts.importance or 0 for one in ordered]) or USUAL_IMPORTANCE,
        contested=len(joined) < len(ordered) and any(one.standing is TellingRole.CONTRADICTS for one in told),
        corrected=any(one.changes_date for one in corrections),
        draft=all(_is_draft(account.article) for account in ordered),
        sort_key=sort_key(
            when,
            order=_first([one.facts.order for one in ordered]),
            event=leading.event,
            sort_date=_first([one.facts.sort_date for one in ordered]),
            first=min(one.first_told for one in ordered),
        ),
        targets=_targets(speakers),
        named=named,
        sources=leading.sources,
        media=_media(ordered),
        files=_files(ordered),
        tellings=told,
        mentions=tuple(sorted((one.article for one in mentions), key=_newest)) if mentions else (),
        corrections=corrections,
        place=leading.place,
        extra=_extra(ordered),
        has_page=_has_page(speakers),
    )
    return event, tuple(problems)


def _alone(one: MergedTelling, settings: Settings) -> Event:
    """Return the event that *one* account alone tells, as nearly all are: there is nothing to weigh up."""
    facts, texts = one.facts, one.texts
    if facts.when is None:
        raise TypeError("an account without a date is a mention")
    titles = {lang: told.title for lang, told in texts.items() if told.title}
    named = tuple(
        [Named(each.key, one.named[each.key]) for each in settings.taxonomies if each.key in one.named]
    )
    standing = TellingSummary(
        one.article, facts.when, TellingRole.JOINED, titles, facts.status, one.sources, ""
    )
    return Event(
        id=one.event,
        when=facts.when,
        titles=titles,
        summaries={lang: (told.summary, told.summary_text) for lang, told in texts.items() if told.summary},
        date_texts=_date_texts([one], facts.when),
        status=facts.status,
        importance=facts.importance or USUAL_IMPORTANCE,
        contested=False,
        corrected=False,
        draft=_is_draft(one.article),
        sort_key=sort_key(
            facts.when, order=facts.order, event=one.event, sort_date=facts.sort_date, first=one.first_told
        ),
        targets=one.targets,
        named=named,
        sources=one.sources,
        media=_media([one]) if facts.media else {},
        files=_files([one]) if facts.files else {},
        tellings=(standing,),
        mentions=(),
        corrections=(),
        place=one.place,
        extra=_extra([one]),
        has_page=_has_page([one]),
    )


def _of_row(event: Event, one: MergedTelling) -> Event:
    """Return *event*, which one row of a table tells, with hashes that follow from those of its tellings.

    A table may have a hundred thousand rows: to take each event apart would take longer than to collect it.
    """
    elsewhere = one.sources if one.facts.sources is not None else ()
    more = key_of(event.named, elsewhere, event.targets) if event.named or elsewhere or event.targets else b""
    event.known_as(digest_of(b"row", more, *(given.article.digest for given in one.givens)))
    event.summary.known_as(digest_of(b"summary", event.digest))
    return event


# ---------------------------------------------------------------- which one leads, and which join


def _corrected(
    accounts: Sequence[MergedTelling], withheld: Collection[str]
) -> tuple[dict[str, str], list[Problem]]:
    """Return the slugs of the articles that are corrected, each with the slug of the one that does it."""
    correcting = [account for account in accounts if account.facts.corrects]
    corrected: dict[str, str] = {}
    problems: list[Problem] = []
    if correcting:
        told = {account.article.slug: account for account in accounts}
        for account in sorted(correcting, key=_telling_order):
            if account.corrects not in told:
                hidden = account.corrects in withheld
                problems.append(corrects_hidden(account) if hidden else corrects_nothing(account))
            elif round_trip := _way_back(account, told):
                problems.append(circle(round_trip))
            else:
                corrected.setdefault(account.corrects, account.article.slug)
    return corrected, problems


def _correcting_rows(accounts: Sequence[MergedTelling]) -> Sequence[MergedTelling]:
    """Return *accounts*; ``corrects: event:ID`` means the row of a table where there is no file."""
    slugs = {account.article.slug for account in accounts}
    rows = {f"{OWN_FILE}{own_event(slug)}": slug for slug in sorted(slugs, reverse=True) if is_row(slug)}
    if not rows:
        return accounts
    return [
        replace(account, facts=replace(account.facts, corrects=rows[account.corrects]))
        if account.corrects in rows.keys() - slugs
        else account
        for account in accounts
    ]


def _way_back(account: MergedTelling, told: Mapping[str, MergedTelling]) -> list[MergedTelling]:
    """Return *account*, the one it corrects, the one that this corrects … as far as they lead back to it."""
    way = [account]
    while following := told.get(way[-1].corrects):
        if following is account:
            return way
        if following in way:
            break
        way.append(following)
    return []


def _in_order(accounts: Sequence[MergedTelling], corrected: Mapping[str, str]) -> Sequence[MergedTelling]:
    """Return *accounts* in telling order: those that correct others first, those that are corrected last."""
    correcting = frozenset(corrected.values())

    def rank(account: MergedTelling) -> tuple[int, bool, int, str]:
        slug = account.article.slug
        return (2 if slug in corrected else 0 if slug in correcting else 1, *_telling_order(account))

    return sorted(accounts, key=rank)


def _telling_order(account: MergedTelling) -> tuple[bool, int, str]:
    return (account.facts.status == "denied", -account.article.stamp, account.article.slug)


def _newest(article: ArticleLabel) -> tuple[int, str]:
    return (-article.stamp, article.slug)


def _joined(ordered: Sequence[MergedTelling], corrected: Mapping[str, str]) -> list[MergedTelling]:
    joined: list[MergedTelling] = []
    for account in ordered:
        if account.article.slug not in corrected and all(_agree(account, other) for other in joined):
            joined.append(account)
    return joined


def _agree(one: MergedTelling, other: MergedTelling) -> bool:
    older, newer = sorted((one, other), key=lambda account: (account.article.stamp, account.article.slug))
    return older.when is None or newer.when is None or agrees(older.when, newer.when)


def _narrowest(joined: Sequence[MergedTelling]) -> When:
    dates = [account.facts.when for account in joined if account.facts.when]
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
    for account in ordered:
        other = next((other for other in joined if not _agree(account, other)), None)
        if other:
            by = corrected.get(account.article.slug)
            reason = say("{by!r} corrects it", by=by) if by else settings.accepted.get(account.event, "")
            problems.append(contradiction(account, other, reason))
    return problems


# ---------------------------------------------------------------- what is told


def _told(
    ordered: Sequence[MergedTelling], joined: Sequence[MergedTelling], corrected: Mapping[str, str]
) -> tuple[TellingSummary, ...]:
    """Return what each account tells."""
    agreeing = {account.article.slug for account in joined}
    told: list[TellingSummary] = []
    for account in ordered:
        if account.facts.when is None:
            raise TypeError("an account without a date is a mention")
        slug, facts = account.article.slug, account.facts
        standing = TellingRole.JOINED if slug in agreeing else TellingRole.CONTRADICTS
        told.append(
            TellingSummary(
                article=account.article,
                when=account.facts.when,
                standing=TellingRole.CORRECTED if slug in corrected else standing,
                titles=_titles([account]),
                status=facts.status,
                sources=account.sources,
                corrects=facts.corrects if corrected.get(facts.corrects) == slug else "",
            )
        )
    return tuple(told)


def _corrections(
    ordered: Sequence[MergedTelling], corrected: Mapping[str, str], titles: Texts
) -> tuple[Correction, ...]:
    told = {account.article.slug: account for account in ordered}
    found = [
        Correction(account.event, titles, was.when, account.when, was.article, account.article)
        for account in ordered
        if (was := told.get(account.corrects)) and was.article.slug in corrected and was.when and account.when
    ]
    return tuple(sorted(found, key=lambda correction: _newest(correction.by)))


# ---------------------------------------------------------------- texts and facts


def _titles(speakers: Sequence[MergedTelling]) -> dict[str, str]:
    """Return the first title in each language."""
    titles: dict[str, str] = {}
    for account in speakers:
        for lang, telling in account.texts.items():
            if telling.title and lang not in titles:
                titles[lang] = telling.title
    return titles


def _summaries(speakers: Sequence[MergedTelling]) -> dict[str, tuple[str, str]]:
    summaries: dict[str, tuple[str, str]] = {}
    for account in speakers:
        for lang, telling in account.texts.items():
            if telling.summary:
                summaries.setdefault(lang, (telling.summary, telling.summary_text))
    return summaries


def _date_texts(joined: Sequence[MergedTelling], when: When) -> dict[str, str]:
    """Return the words in place of the date, from the tellings that give the date that is shown."""
    texts: dict[str, str] = {}
    for account in joined:
        for telling in account.texts.values():
            if telling.date_texts and account.when and same_when(account.when, when):
                for lang, words in telling.date_texts.items():
                    texts.setdefault(lang, words)
    return texts


def _media(ordered: Sequence[MergedTelling]) -> dict[str, tuple[Media, ...]]:
    """Return the pictures of the first telling that has any, with their texts in each language."""
    for account in ordered:
        if chosen := account.facts.media:
            given = ((lang, telling.media) for lang, telling in account.texts.items())
            return with_shared(by_language(chosen, given, same_media))
    return {}


def _files(ordered: Sequence[MergedTelling]) -> dict[str, tuple[Attachment, ...]]:
    """Return the files of the first telling that offers any, with their titles in each language."""
    for account in ordered:
        if chosen := account.facts.files:
            given = ((lang, telling.files) for lang, telling in account.texts.items())
            return by_language(chosen, given, same_files)
    return {}


def _extra(ordered: Sequence[MergedTelling]) -> dict[str, object]:
    """Return the free data of all tellings; of two values of one key, that of the first telling."""
    extra: dict[str, object] = {}
    for account in ordered:
        for telling in account.texts.values():
            if telling.extra:
                extra = {**telling.extra, **extra}
    return extra


def _has_page(speakers: Iterable[MergedTelling]) -> bool:
    return any(given.article.has_page for account in speakers for given in account.givens)


def _united(ordered: Sequence[MergedTelling], settings: Settings) -> tuple[Named, ...]:
    united: list[Named] = []
    for taxonomy in settings.taxonomies:
        key = taxonomy.key
        lists = [account.named[key] for account in ordered if key in account.named]
        if lists:
            united.append(Named(key, unique(chain(*lists))))
    return tuple(united)


def _targets(speakers: Iterable[MergedTelling]) -> tuple[LinkTarget, ...]:
    return tuple(dict.fromkeys(target for account in speakers for target in account.targets))


def _first(values: Iterable[T | None]) -> T | None:
    for value in values:
        if value is not None:
            return value
    return None


def _is_draft(article: ArticleLabel) -> bool:
    return bool(article.drafts) and article.titles.keys() <= article.drafts
