"""Facts of an event that are texts, as pages and data show them in one language."""

from __future__ import annotations

from collections.abc import Mapping

from timeline_gen.collecting.timeline import Event, TellingSummary
from timeline_gen.model.texts import Texts
from timeline_gen.pages.site import SiteContext
from timeline_gen.rendering.layout import Link, Section, Words
from timeline_gen.rendering.view_models import NameList


def text_facts(facts: Mapping[str, Texts], lang: str, site: SiteContext) -> dict[str, Words]:
    """Return *facts*, texts by their keys, in *lang*, else in a language that they have."""
    return {key: site.words(texts, lang) for key, texts in facts.items() if lang in texts or not site.hides}


def differing_texts(telling: TellingSummary, event: Event, lang: str, site: SiteContext) -> dict[str, Words]:
    """Return the labelled texts of *telling* that are other ones than those of its *event*."""
    own = text_facts(telling.labelled, lang, site)
    return {key: words for key, words in own.items() if event.labelled[key].get(words.lang) != words.text}


def labelled(texts: Mapping[str, Words]) -> tuple[NameList, ...]:
    """Return *texts*, by their keys, each under its label, for which the catalogue has the word."""
    return tuple(NameList(Section(key, None), (Link("", words),)) for key, words in texts.items())
