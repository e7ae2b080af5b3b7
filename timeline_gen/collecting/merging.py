"""Tellings into events: which one leads, which dates agree, and what follows for the event.

The leading telling is one that corrects the others, else one that is not denied, else the newest
article's, else the first slug's. In that order a telling joins if its date agrees with all that have
joined; the event's date is the narrowest joined one. A corrected telling never joins: its date has
been taken back, even where it would agree.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from typing import Final, TypeVar

from timeline_gen.collecting.accounts import Account, digest_of, entity_digest
from timeline_gen.collecting.agreement import agrees, uncertainty
from timeline_gen.collecting.chronicle import Brief, Correction, Event, Named, Standing, Told
from timeline_gen.collecting.facts import Given, same_when
from timeline_gen.dates.order import sort_key
from timeline_gen.errors import Level, Problem
from timeline_gen.model import Entity, Media, Settings, Texts, When

T = TypeVar("T")

USUAL_IMPORTANCE: Final = 3


def merge(
    accounts: Sequence[Account], mentions: Sequence[Account], settings: Settings
) -> tuple[Event, tuple[Problem, ...]]:
    """Return the event that *accounts*, all of one id and at least one, tell together.

    *mentions* are the accounts that only refer to it; they lend a title where no telling has one in
    a language.
    """
    problems: list[Problem] = []
    corrected = _corrected(accounts, problems)
    problems.extend(_corrects_without_date(account) for account in mentions if account.corrects)
    problems.extend(problem for account in mentions for problem in _unused(account))
    ordered = sorted(accounts, key=lambda account: (_rank(account, corrected), *_telling_order(account)))
    joined = _joined(ordered, corrected)
    when = _narrowest(joined)
    problems.extend(_contradictions(ordered, joined, corrected, settings))
    leading = ordered[0]
    speakers = (*ordered, *sorted(mentions, key=_telling_order))
    titles = _first_texts(speakers)
    told = tuple(_told(account, joined, corrected) for account in ordered)
    corrections = _corrections(ordered, corrected, titles)
    event = Event(
        id=leading.event,
        when=when,
        titles=titles,
        summaries=_summaries(speakers),
        date_texts=_date_texts(joined, when),
        status=leading.facts.status,
        importance=_importance(ordered),
        contested=any(one.standing is Standing.CONTRADICTS for one in told),
        corrected=any(one.changes_date for one in corrections),
        draft=all(account.brief.titles.keys() <= account.brief.drafts for account in ordered),
        sort_key=sort_key(
            when,
            order=_first(account.facts.order for account in ordered),
            id=leading.event,
            sort_date=_first(account.facts.sort_date for account in ordered),
        ),
        digest=_digest(speakers),
        named=_united(ordered, settings),
        sources=leading.sources,
        media=_media(ordered),
        tellings=told,
        mentions=tuple(sorted((account.brief for account in mentions), key=_newest)),
        corrections=corrections,
        place=leading.place,
    )
    return event, tuple(problems)


def _telling_order(account: Account) -> tuple[bool, int, str]:
    return (account.facts.status == "denied", -account.brief.stamp, account.brief.slug)


def _newest(brief: Brief) -> tuple[int, str]:
    return (-brief.stamp, brief.slug)


def _corrected(accounts: Sequence[Account], problems: list[Problem]) -> dict[str, str]:
    """Return the slugs of the stories that are corrected, each with the slug of the one that does it."""
    told = {account.brief.slug: account for account in accounts}
    corrected: dict[str, str] = {}
    for account in sorted(accounts, key=_telling_order):
        if not account.corrects:
            continue
        if account.corrects not in told:
            problems.append(_corrects_nothing(account))
        elif _leads_to(account.corrects, account.brief.slug, told):
            problems.append(_circle(account, told[account.corrects]))
        else:
            corrected.setdefault(account.corrects, account.brief.slug)
    return corrected


def _leads_to(slug: str, goal: str, told: Mapping[str, Account]) -> bool:
    """Tell whether *slug* is *goal*, or corrects it, directly or through others."""
    seen: set[str] = set()
    while slug in told and slug not in seen:
        if slug == goal:
            return True
        seen.add(slug)
        slug = told[slug].corrects
    return False


def _rank(account: Account, corrected: Mapping[str, str]) -> int:
    if account.brief.slug in corrected:
        return 2
    return 0 if account.brief.slug in corrected.values() else 1


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
    dates = [account.when for account in joined if account.when]
    return dates[0] if len(dates) == 1 else min(dates, key=uncertainty)


def _told(account: Account, joined: Sequence[Account], corrected: Mapping[str, str]) -> Told:
    if account.when is None:
        raise TypeError("an account without a date is a mention")
    standing = Standing.JOINED if account in joined else Standing.CONTRADICTS
    return Told(
        brief=account.brief,
        when=account.when,
        standing=Standing.CORRECTED if account.brief.slug in corrected else standing,
        titles={lang: telling.title for lang, telling in account.texts.items() if telling.title},
        status=account.facts.status,
        sources=account.sources,
        corrects=account.corrects if corrected.get(account.corrects) == account.brief.slug else "",
    )


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


def _first_texts(speakers: Sequence[Account]) -> dict[str, str]:
    """Return the first title in each language."""
    titles: dict[str, str] = {}
    for account in speakers:
        for lang, telling in account.texts.items():
            if telling.title:
                titles.setdefault(lang, telling.title)
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
        if account.when and same_when(account.when, when):
            for telling in account.texts.values():
                for lang, words in telling.date_texts.items():
                    texts.setdefault(lang, words)
    return texts


def _media(ordered: Sequence[Account]) -> dict[str, Media]:
    """Return the picture of the first telling that has one, with its texts in each language."""
    account = next((account for account in ordered if account.facts.media), None)
    if account is None or account.facts.media is None:
        return {}
    own = {
        lang: telling.media
        for lang, telling in account.texts.items()
        if telling.media and telling.media.src == account.facts.media.src
    }
    return own or {"": account.facts.media}


def _importance(ordered: Sequence[Account]) -> int:
    given = (account.facts.importance for account in ordered)
    return max((one for one in given if one), default=USUAL_IMPORTANCE)


def _united(ordered: Sequence[Account], settings: Settings) -> tuple[Named, ...]:
    united: list[Named] = []
    for taxonomy in settings.taxonomies:
        entities: dict[str, Entity] = {}
        for account in ordered:
            for entity in account.named.get(taxonomy.key, ()):
                entities.setdefault(entity.id, entity)
        if entities:
            united.append(Named(taxonomy.key, tuple(entities.values())))
    return tuple(united)


def _digest(speakers: Sequence[Account]) -> bytes:
    entities: dict[str, Entity] = {}
    for account in speakers:
        for named in account.named.values():
            entities.update((entity.id, entity) for entity in named)
    cited = (repr(account.shared).encode() for account in speakers if account.shared)
    return digest_of(
        *(account.brief.digest for account in speakers),
        *cited,
        *sorted(entity_digest(entity) for entity in entities.values()),
    )


def _first(values: Iterable[T | None]) -> T | None:
    return next((value for value in values if value is not None), None)


def _contradictions(
    ordered: Sequence[Account],
    joined: Sequence[Account],
    corrected: Mapping[str, str],
    settings: Settings,
) -> Iterable[Problem]:
    for account in ordered:
        if account in joined:
            continue
        other = next((other for other in joined if not _agree(account, other)), None)
        if other:
            yield _contradiction(account, other, corrected.get(account.brief.slug, ""), settings)


def _contradiction(account: Account, other: Account, by: str, settings: Settings) -> Problem:
    reason = f"{by!r} corrects it" if by else settings.accepted.get(account.event, "")
    said = f"the event {account.event!r} is {_typed(account)} here, but {_typed(other)} at {other.place}"
    return Problem(
        "TG504",
        f"{said} (settled: {reason})" if reason else said,
        account.place,
        ""
        if reason
        else "make the two agree, let one article say 'corrects: <the other's slug>' in this event,"
        " or accept it under 'accept:' in site.yaml, with the reason",
        Level.INFO if reason else Level.WARNING,
        related=(other.place,),
    )


def _typed(account: Account) -> str:
    return repr(account.when.source or account.when.edtf) if account.when else "nothing"


def _corrects_nothing(account: Account) -> Problem:
    return Problem(
        "TG505",
        f"no article with the slug {account.corrects!r} gives the event {account.event!r} a date",
        account.corrects_place,
        "write the slug of the article whose telling is corrected, without its language and ending",
        about=account.corrects,
    )


def _corrects_without_date(account: Account) -> Problem:
    return Problem(
        "TG505",
        f"this entry corrects {account.corrects!r}, but gives the event {account.event!r} no date of its own",
        account.corrects_place,
        "add the right date here with 'date:', or remove 'corrects:'",
        about=account.corrects,
    )


def _unused(mention: Account) -> Iterable[Problem]:
    """Yield a warning for each entry of *mention* that states what only a dated telling is asked for."""
    for given in mention.givens:
        telling = given.told
        facts: dict[str, object] = {
            "date_text": telling.date_texts,
            "status": telling.status,
            **telling.names,
            "sources": telling.sources is not None,
            "media": telling.media,
            "importance": telling.importance,
            "order": telling.order is not None,
            "sort_date": telling.sort_date,
        }
        if keys := [key for key, stated in facts.items() if stated]:
            yield _nobody_shows(keys, given)


def _nobody_shows(keys: list[str], given: Given) -> Problem:
    return Problem(
        "TG519",
        f"this entry has no date, so it only refers to the event; nobody shows its {' and '.join(keys)}",
        given.place(keys[0]),
        "add 'date:' ('date: unknown', where nobody knows it), or give this where the event is dated",
        Level.WARNING,
    )


def _circle(account: Account, other: Account) -> Problem:
    return Problem(
        "TG506",
        f"this telling corrects that of {account.corrects!r}, which in turn corrects this one",
        account.corrects_place,
        "remove 'corrects:' from one of them",
        related=(other.corrects_place,),
    )
