"""Problems of the tellings of one event: where they disagree, and what refers to nothing."""

from __future__ import annotations

from collections.abc import Iterable, Sequence

from timeline_gen.collecting.facts import VersionFacts, facts_without_date
from timeline_gen.collecting.tellings import MergedTelling
from timeline_gen.errors import Level, Problem
from timeline_gen.messages import listed, say
from timeline_gen.model.articles import own_event, shown_slug


def contradiction(telling: MergedTelling, other: MergedTelling, accepted: str) -> Problem:
    """Return the problem that two dates do not agree; *accepted* is the reason why that is accepted."""
    message = say(
        "the event {event!r} is {account} here, but {other} at {place}",
        event=telling.event,
        account=_typed(telling),
        other=_typed(other),
        place=other.place,
    )
    return Problem(
        "TG504",
        say("{said} (settled: {settled})", said=message, settled=accepted) if accepted else message,
        telling.place,
        ""
        if accepted
        else say(
            "make the two agree, let one article say 'corrects: <the other's slug>' in this "
            "event, or accept it under 'accept:' in site.yaml, with the reason"
        ),
        Level.INFO if accepted else Level.WARNING,
        related=(other.place,),
    )


def _typed(telling: MergedTelling) -> str:
    return repr(telling.when.source or telling.when.edtf) if telling.when else "nothing"


def corrects_nothing(telling: MergedTelling) -> Problem:
    """Return the problem that *telling* corrects an article which does not date the event."""
    event = own_event(telling.corrects)
    message = say(
        "no article with the slug {corrects!r} gives the event {event!r} a date",
        corrects=telling.corrects,
        event=telling.event,
    )
    if event:
        message = say(
            "no file of its own gives the event {event!r} a date that could be corrected here", event=event
        )
    return Problem(
        "TG505",
        message,
        telling.corrects_place,
        say(
            "write the slug of the article whose telling is corrected, without its language and "
            "ending, or event:{event} for the event's own file",
            event=telling.event,
        ),
        about=telling.corrects,
    )


def corrects_hidden(telling: MergedTelling) -> Problem:
    """Return the note that *telling* corrects an article which readers may not see yet."""
    return Problem(
        "TG513",
        say(
            "{corrects}, which this telling corrects, is held back: readers see none",
            corrects=shown_slug(telling.corrects),
        ),
        telling.corrects_place,
        level=Level.INFO,
    )


def circle(tellings: Sequence[MergedTelling]) -> Problem:
    """Return the problem that each of *tellings* corrects the next, and the last one the first."""
    first, *others = tellings
    way = ", which ".join(
        say("corrects that of {corrects!r}", corrects=telling.corrects) for telling in tellings[:-1]
    )
    places = ", ".join(say("at {corrects_place}", corrects_place=other.corrects_place) for other in others)
    return Problem(
        "TG506",
        say("this telling {way}, which in turn corrects this one {places}", way=way, places=places)
        if others
        else say("this telling corrects itself"),
        first.corrects_place,
        say("remove 'corrects:' from one of them")
        if others
        else say("write the slug of the article whose telling is corrected, or remove 'corrects:'"),
        related=tuple(other.corrects_place for other in others),
    )


def on_mention(mention: MergedTelling) -> Iterable[Problem]:
    """Yield what is wrong with *mention*, which gives the event no date: it can only refer to it."""
    if mention.corrects:
        yield _corrects_without_date(mention)
    for version in mention.versions:
        if keys := facts_without_date(version.event_telling):
            yield _not_shown(keys, version)


def _corrects_without_date(telling: MergedTelling) -> Problem:
    return Problem(
        "TG505",
        say(
            "this entry corrects {corrects!r}, but gives the event {event!r} no date of its own",
            corrects=telling.corrects,
            event=telling.event,
        ),
        telling.corrects_place,
        say("add the right date here with 'date:', or remove 'corrects:'"),
        about=telling.corrects,
    )


def _not_shown(keys: list[str], version: VersionFacts) -> Problem:
    return Problem(
        "TG519",
        say(
            "this entry has no date, so it only refers to the event; no page shows its {keys}",
            keys=listed(keys, "{start} and {end}"),
        ),
        version.place(keys[0]),
        say("add 'date:' ('date: unknown', where it is not known), or give this where the event is dated"),
        Level.WARNING,
    )
