"""The words of what the preview adds to pages: in the language of the page, or in English."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from dataclasses import dataclass
from typing import Final
from urllib.parse import parse_qs

from timeline_gen.errors import Level
from timeline_gen.messages import listed, many, say
from timeline_gen.preview.outcome import BuildOutcome
from timeline_gen.text.languages import language
from timeline_gen.text.translating import TRANSLATED, Translator, catalogue_of

_ENGLISH: Final = "en"


@dataclass(frozen=True, slots=True)
class PanelWords:
    """How messages are worded for a page."""

    lang: str = _ENGLISH
    word: Callable[[str], str] = str

    @property
    def direction(self) -> str:
        """Return ``ltr`` or ``rtl``."""
        return language(self.lang).direction


def words_for(codes: Iterable[str]) -> PanelWords:
    """Return the words of the first of the languages *codes* that the program has; else English ones."""
    found = next((code for code in (code.partition("-")[0] for code in codes) if code in TRANSLATED), "")
    return PanelWords(found, Translator(catalogue_of(found))) if found else PanelWords()


def asked_in(query: str) -> PanelWords:
    """Return the words of the language that the script of a page names in its *query*, ``?lang=ar``."""
    return words_for(parse_qs(query.removeprefix("?")).get("lang", ()))


def labels(outcome: BuildOutcome, words: PanelWords) -> dict[str, str]:
    """Return the words around the list of problems of *outcome*."""
    errors, warnings = outcome.count(Level.ERROR), outcome.count(Level.WARNING)
    counts = [many(number, noun) for number, noun in ((errors, "error"), (warnings, "warning")) if number]
    title: str = listed(counts)
    if errors or outcome.failure:
        failed = [say("the build failed")] if outcome.failure else []
        title = say("{counts}: this is the last good site", counts=listed([*counts, *failed]))
    return {
        "lang": words.lang,
        "dir": words.direction,
        "title": words.word(title),
        "close": words.word(say("Close")),
    }
