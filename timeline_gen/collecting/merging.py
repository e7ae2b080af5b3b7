"""Tellings into events: which one leads, which dates agree, and what follows for the event.

The leading telling is one that corrects the others, else one that is not denied, else the newest
article's, else the first slug's. In that order a telling joins if its date agrees with all that have
joined; the event's date is the narrowest joined one. A corrected telling never joins: its date has
been taken back, even where it would agree.
"""

from __future__ import annotations

from collections.abc import Collection, Iterable, Mapping, Sequence
from itertools import chain
from typing import Final, TypeVar

from timeline_gen.collecting.accounts import Account, unique
from timeline_gen.collecting.agreement import agrees, uncertainty
from timeline_gen.collecting.chronicle import Brief, Correction, Event, Named, Standing, Told
from timeline_gen.collecting.facts import same_when
from timeline_gen.collecting.objections import (
    circle,
    contradiction,
    corrects_hidden,
    corrects_nothing,
    on_mention,
)
from timeline_gen.dates.order import sort_key
from timeline_gen.errors import Problem
from timeline_gen.model import Media, Settings, Texts, When, digest_of

T = TypeVar("T")

USUAL_IMPORTANCE: Final = 3


def merge(
    accounts: Sequence[Account],
    mentions: Sequence[Account],
    settings: Settings,
    withheld: Collection[str] = frozenset(),
) -> tuple[Event, tuple[Problem, ...]]:
    """Return the event that *accounts*, all of one id and at least one, tell together.

    *mentions* are the accounts that only refer to it; they lend a title where no telling has one in
    a language. *withheld* are the slugs of articles that readers may not see yet.
    """
    if len(accounts) == 1 and not mentions and not accounts[0].facts.corrects:
        return _alone(accounts[0], settings), ()
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
        contested=len(joined) < len(ordered) and any(one.standing is Standing.CONTRADICTS for one in told),
        corrected=any(one.changes_date for one in corrections),
        draft=all(_is_draft(account.brief) for account in ordered),
        sort_key=sort_key(
            when,
            order=_first([one.facts.order for one in ordered]),
            id=leading.event,
            sort_date=_first([one.facts.sort_date for one in ordered]),
        ),
        digest=_digest(speakers, named),
        named=named,
        sources=leading.sources,
        media=_media(ordered),
        tellings=told,
        mentions=tuple(sorted((one.brief for one in mentions), key=_newest)) if mentions else (),
        corrections=corrections,
        place=leading.place,
    )
    return event, tuple(problems)


def _alone(one: Account, settings: Settings) -> Event:
    """Return the event that *one* account alone tells, as nearly all are: there is nothing to weigh up."""
    facts, texts = one.facts, one.texts
    if facts.when is None:
        raise TypeError("an account without a date is a mention")
    titles = {lang: told.title for lang, told in texts.items() if told.title}
    named = tuple(
        [Named(each.key, one.named[each.key]) for each in settings.taxonomies if each.key in one.named]
    )
    standing = Told(one.brief, facts.when, Standing.JOINED, titles, facts.status, one.sources, "")
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
        draft=_is_draft(one.brief),
        sort_key=sort_key(facts.when, order=facts.order, id=one.event, sort_date=facts.sort_date),
        digest=_digest([one], named),
        named=named,
        sources=one.sources,
        media=_media([one]) if facts.media else {},
        tellings=(standing,),
        mentions=(),
        corrections=(),
        place=one.place,
    )


# ---------------------------------------------------------------- which one leads, and which join


def _corrected(
    accounts: Sequence[Account], withheld: Collection[str]
) -> tuple[dict[str, str], list[Problem]]:
    """Return the slugs of the stories that are corrected, each with the slug of the one that does it."""
    correcting = [account for account in accounts if account.facts.corrects]
    corrected: dict[str, str] = {}
    problems: list[Problem] = []
    if correcting:
        told = {account.brief.slug: account for account in accounts}
        for account in sorted(correcting, key=_telling_order):
            if account.corrects not in told:
                hidden = account.corrects in withheld
                problems.append(corrects_hidden(account) if hidden else corrects_nothing(account))
            elif round_trip := _way_back(account, told):
                problems.append(circle(round_trip))
            else:
                corrected.setdefault(account.corrects, account.brief.slug)
    return corrected, problems


def _way_back(account: Account, told: Mapping[str, Account]) -> list[Account]:
    """Return *account*, the one it corrects, the one that this corrects … as far as they lead back to it."""
    way = [account]
    while following := told.get(way[-1].corrects):
        if following is account:
            return way
        if following in way:
            break
        way.append(following)
    return []


def _in_order(accounts: Sequence[Account], corrected: Mapping[str, str]) -> Sequence[Account]:
    """Return *accounts* in telling order: those that correct others first, those that are corrected last."""
    correcting = frozenset(corrected.values())

    def rank(account: Account) -> tuple[int, bool, int, str]:
        slug = account.brief.slug
        return (2 if slug in corrected else 0 if slug in correcting else 1, *_telling_order(account))

    return sorted(accounts, key=rank)


def _telling_order(account: Account) -> tuple[bool, int, str]:
    return (account.facts.status == "denied", -account.brief.stamp, account.brief.slug)


def _newest(brief: Brief) -> tuple[int, str]:
    return (-brief.stamp, brief.slug)


def _joined(ordered: Sequence[Account], corrected: Mapping[str, str]) -> list[Account]:
    joined: list[Account] = []
    for account in ordered:
        if account.brief.slug not in corrected and all(_agree(account, other) for other in joined):
            joined.append(account)
    return joined


def _agree(one: Account, other: Account) -> bool:
    older, newer = sorted((one, other), key=lambda account: (account.brief.stamp, account.brief.slug))
    return older.when is None or newer.when is None or agrees(older.when, newer.when)


def _narrowest(joined: Sequence[Account]) -> When:
    dates = [account.facts.when for account in joined if account.facts.when]
    return dates[0] if len(dates) == 1 else min(dates, key=uncertainty)


def _contradictions(
    ordered: Sequence[Account], joined: Sequence[Account], corrected: Mapping[str, str], settings: Settings
) -> list[Problem]:
    problems: list[Problem] = []
    if len(joined) == len(ordered):
        return problems
    for account in ordered:
        other = next((other for other in joined if not _agree(account, other)), None)
        if other:
            by = corrected.get(account.brief.slug)
            reason = f"{by!r} corrects it" if by else settings.accepted.get(account.event, "")
            problems.append(contradiction(account, other, reason))
    return problems


# ---------------------------------------------------------------- what is told


def _told(
    ordered: Sequence[Account], joined: Sequence[Account], corrected: Mapping[str, str]
) -> tuple[Told, ...]:
    """Return what each account tells."""
    agreeing = {account.brief.slug for account in joined}
    told: list[Told] = []
    for account in ordered:
        if account.facts.when is None:
            raise TypeError("an account without a date is a mention")
        slug, facts = account.brief.slug, account.facts
        standing = Standing.JOINED if slug in agreeing else Standing.CONTRADICTS
        told.append(
            Told(
                brief=account.brief,
                when=account.facts.when,
                standing=Standing.CORRECTED if slug in corrected else standing,
                titles=_titles([account]),
                status=facts.status,
                sources=account.sources,
                corrects=facts.corrects if corrected.get(facts.corrects) == slug else "",
            )
        )
    return tuple(told)


def _corrections(
    ordered: Sequence[Account], corrected: Mapping[str, str], titles: Texts
) -> tuple[Correction, ...]:
    told = {account.brief.slug: account for account in ordered}
    found = [
        Correction(account.event, titles, was.when, account.when, was.brief, account.brief)
        for account in ordered
        if (was := told.get(account.corrects)) and was.brief.slug in corrected and was.when and account.when
    ]
    return tuple(sorted(found, key=lambda correction: _newest(correction.by)))


# ---------------------------------------------------------------- texts and facts


def _titles(speakers: Sequence[Account]) -> dict[str, str]:
    """Return the first title in each language."""
    titles: dict[str, str] = {}
    for account in speakers:
        for lang, telling in account.texts.items():
            if telling.title and lang not in titles:
                titles[lang] = telling.title
    return titles


def _summaries(speakers: Sequence[Account]) -> dict[str, tuple[str, str]]:
    summaries: dict[str, tuple[str, str]] = {}
    for account in speakers:
        for lang, telling in account.texts.items():
            if telling.summary:
                summaries.setdefault(lang, (telling.summary, telling.summary_text))
    return summaries


def _date_texts(joined: Sequence[Account], when: When) -> dict[str, str]:
    """Return the words in place of the date, from the tellings that give the date that is shown."""
    texts: dict[str, str] = {}
    for account in joined:
        for telling in account.texts.values():
            if telling.date_texts and account.when and same_when(account.when, when):
                for lang, words in telling.date_texts.items():
                    texts.setdefault(lang, words)
    return texts


def _media(ordered: Sequence[Account]) -> dict[str, Media]:
    """Return the picture of the first telling that has one, with its texts in each language."""
    for account in ordered:
        if chosen := account.facts.media:
            own = {
                lang: telling.media
                for lang, telling in account.texts.items()
                if telling.media and telling.media.src == chosen.src
            }
            return own or {"": chosen}
    return {}


def _united(ordered: Sequence[Account], settings: Settings) -> tuple[Named, ...]:
    united: list[Named] = []
    for taxonomy in settings.taxonomies:
        key = taxonomy.key
        lists = [account.named[key] for account in ordered if key in account.named]
        if lists:
            united.append(Named(key, unique(chain(*lists))))
    return tuple(united)


def _digest(speakers: Sequence[Account], named: Iterable[Named]) -> bytes:
    parts: list[bytes] = []
    for account in speakers:
        parts.append(account.brief.digest)
        parts += [telling.digest for telling in account.texts.values()]
        if account.borrowed:
            parts.append(repr(account.borrowed).encode())
    return digest_of(*parts, *[entity.digest for one in named for entity in one.entities])


def _first(values: Iterable[T | None]) -> T | None:
    for value in values:
        if value is not None:
            return value
    return None


def _is_draft(brief: Brief) -> bool:
    return bool(brief.drafts) and brief.titles.keys() <= brief.drafts
