"""Write a site of any size for measuring: the same *Shape* gives the same bytes on any machine.

The texts are word salad in the words of the press, Arabic and English; the facts (dates of mixed
precision, people, places, events told by two articles) have the proportions of a newsroom's archive.
"""

from __future__ import annotations

import argparse
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date, timedelta
from functools import cache
from pathlib import Path
from random import Random

WORDS = Path(__file__).parent / "words"
FIRST_DAY = date(1995, 1, 1)
DAYS = 30 * 365
RETOLD = 0.05
"""The share of events that a second article tells too."""


@dataclass(frozen=True, slots=True)
class Shape:
    """How large a corpus is; ``articles`` counts files, so 2,000 in two languages are 1,000 stories."""

    articles: int = 2000
    languages: tuple[str, ...] = ("ar", "en")
    events: int = 3
    words: int = 400
    people: int = 200
    places: int = 60
    tags: int = 20
    seed: int = 1

    @property
    def stories(self) -> int:
        """Return how many stories there are, each told in every language."""
        return self.articles // len(self.languages)


@dataclass(frozen=True, slots=True)
class Happening:
    """The facts of one event."""

    id: str
    edtf: str
    people: tuple[str, ...]
    places: tuple[str, ...]
    tags: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Story:
    """The facts of one article, in whatever language."""

    slug: str
    published: str
    happenings: tuple[Happening, ...]


@dataclass(frozen=True, slots=True)
class Wording:
    """The texts of one story in one language."""

    title: str
    summary: str
    headlines: tuple[str, ...]
    """One title for each event."""
    body: str


# ---------------------------------------------------------------- facts


def story(shape: Shape, number: int) -> Story:
    """Return the facts of the story that has *number* in a corpus of *shape*."""
    dice = Random(f"{shape.seed}/{number}")
    published = FIRST_DAY + timedelta(days=dice.randrange(DAYS))
    happenings = tuple(_happening(shape, number, place) for place in range(shape.events))
    if happenings and number and dice.random() < RETOLD * shape.events:
        happenings = (*happenings[:-1], _happening(shape, dice.randrange(number), 0))
    return Story(f"story-{number:06}", published.isoformat(), happenings)


def _happening(shape: Shape, number: int, place: int) -> Happening:
    """Return the event at *place* of the story that tells it first."""
    dice = Random(f"{shape.seed}/{number}/{place}")
    day = FIRST_DAY + timedelta(days=dice.randrange(DAYS))
    return Happening(
        id=f"event-{number:06}-{place}",
        edtf=_edtf(dice, day),
        people=_ids(dice, "person", shape.people, 2),
        places=_ids(dice, "place", shape.places, 1),
        tags=_ids(dice, "tag", shape.tags, 2),
    )


def _edtf(dice: Random, day: date) -> str:
    """Return *day* as finely as a newsroom happens to know it: half of all dates are days."""
    iso = day.isoformat()
    later = day + timedelta(days=dice.randint(2, 90))
    forms = {
        iso: 50,
        iso[:7]: 22,
        iso[:4]: 12,
        f"{iso}/{later.isoformat()}": 10,
        f"{iso[:4]}~": 3,
        f"{iso[:7]}/..": 2,
        f"{iso[:3]}X": 1,
    }
    return dice.choices(list(forms), list(forms.values()))[0]


def _ids(dice: Random, kind: str, known: int, most: int) -> tuple[str, ...]:
    """Return up to *most* ids of the first *known* ones, the low numbers more often than the high."""
    picked = (int(known * dice.random() ** 2) for _ in range(dice.randint(1, most)))
    return tuple(dict.fromkeys(f"{kind}-{number}" for number in picked)) if known else ()


# ---------------------------------------------------------------- texts


@cache
def vocabulary(lang: str) -> tuple[str, ...]:
    """Return the words of *lang*, the commonest first; English ones for a language without a list."""
    path = WORDS / f"{lang}.txt"
    return tuple((path if path.exists() else WORDS / "en.txt").read_text("utf-8").split())


def wording(shape: Shape, told: Story, lang: str) -> Wording:
    """Return the texts of the story *told* in *lang*."""
    dice = Random(f"{shape.seed}/{told.slug}/{lang}")
    return Wording(
        title=_phrase(dice, lang, 7),
        summary=_phrase(dice, lang, 24) + ".",
        headlines=tuple(
            _phrase(Random(f"{shape.seed}/{each.id}/{lang}"), lang, 6) for each in told.happenings
        ),
        body="\n\n".join(_blocks(dice, lang, shape.words, [each.id for each in told.happenings])) + "\n",
    )


def _phrase(dice: Random, lang: str, length: int) -> str:
    """Return *length* words with a capital, where the script has one."""
    known = vocabulary(lang)
    words = [known[int(len(known) * dice.random() ** 1.6)] for _ in range(length)]
    return " ".join((words[0].capitalize(), *words[1:]))


def _blocks(dice: Random, lang: str, words: int, ids: list[str]) -> Iterator[str]:
    """Yield headings, paragraphs, lists and quotations of *words* in all, with a link to each of *ids*."""
    left, number = words, 0
    while left > 0:
        length = min(left, dice.randint(35, 70))
        if number and number % 4 == 0:
            yield "## " + _phrase(dice, lang, 5)
        block = _paragraph(dice, lang, length)
        if ids:
            block += f" [{_phrase(dice, lang, 3)}](event:{ids.pop(0)})."
        yield _dressed(dice, block)
        left -= length
        number += 1


def _paragraph(dice: Random, lang: str, length: int) -> str:
    """Return sentences of *length* words in all, some words stressed."""
    sentences = []
    while length > 0:
        size = min(length, dice.randint(8, 20))
        words = _phrase(dice, lang, size).split(" ")
        if dice.random() < 0.15:
            words[-1] = f"*{words[-1]}*"
        sentences.append(" ".join(words) + ".")
        length -= size
    return " ".join(sentences)


def _dressed(dice: Random, block: str) -> str:
    """Return *block* as it is, or now and then as a quotation or a list."""
    kind = dice.random()
    if kind < 0.06:
        return "> " + block
    if kind < 0.14:
        return "\n".join("- " + item for item in block.split(". "))
    return block


# ---------------------------------------------------------------- files


def article(shape: Shape, number: int, lang: str) -> str:
    """Return the file of the story with *number* in *lang*; only the first language states the facts."""
    told = story(shape, number)
    words = wording(shape, told, lang)
    own = lang == shape.languages[0]
    lines = ["---", f"title: {words.title}", f"summary: {words.summary}"]
    if own:
        lines += [f"date: {told.published}", "source: {name: The Archive}"]
    if told.happenings:
        lines.append("events:")
    for happening, headline in zip(told.happenings, words.headlines, strict=True):
        lines += [f"  - id: {happening.id}", f"    title: {headline}", *(_facts(happening) if own else ())]
    return "\n".join((*lines, "---", "", words.body))


def _facts(happening: Happening) -> Iterator[str]:
    """Yield the front-matter lines of a *happening* that hold in every language."""
    yield f'    date: "{happening.edtf}"'
    for key, ids in (("people", happening.people), ("places", happening.places), ("tags", happening.tags)):
        if ids:
            yield f"    {key}: [{', '.join(ids)}]"


def entities(shape: Shape) -> str:
    """Return the file of all people, places and tags of *shape*, named in every language."""
    kinds = (("person", shape.people, 3), ("place", shape.places, 1), ("tag", shape.tags, 1))
    lines = []
    for kind, count, length in kinds:
        for number in range(count):
            names = ", ".join(
                f"{lang}: {_phrase(Random(f'{shape.seed}/{kind}-{number}/{lang}'), lang, length)} {number}"
                for lang in shape.languages
            )
            lines.append(f"{kind}-{number}: {{kind: {kind}, name: {{{names}}}}}")
    return "\n".join(lines) + "\n"


def settings(shape: Shape) -> str:
    """Return ``site.yaml`` of a corpus of *shape*."""
    return (
        f'title: A corpus of {shape.articles} articles\nurl: "https://example.org/"\n'
        f"languages: [{', '.join(shape.languages)}]\n"
    )


def write_corpus(folder: Path, shape: Shape) -> None:
    """Write a site of *shape* into *folder*, over whatever corpus stands there."""
    articles = folder / "content" / "articles"
    articles.mkdir(parents=True, exist_ok=True)
    (folder / "site.yaml").write_text(settings(shape), "utf-8")
    (folder / "content" / "entities.yaml").write_text(entities(shape), "utf-8")
    for number in range(shape.stories):
        for lang in shape.languages:
            target = articles / f"story-{number:06}.{lang}.md"
            target.write_text(article(shape, number, lang), "utf-8")


def main() -> None:
    """Write the corpus that the command line asks for."""
    default = Shape()
    parser = argparse.ArgumentParser(description=main.__doc__)
    parser.add_argument("folder", type=Path)
    parser.add_argument("--languages", nargs="+", default=default.languages)
    for name in ("articles", "events", "words", "people", "places", "tags", "seed"):
        parser.add_argument(f"--{name}", type=int, default=getattr(default, name))
    options = vars(parser.parse_args())
    folder = options.pop("folder")
    write_corpus(folder, Shape(**{**options, "languages": tuple(options["languages"])}))


if __name__ == "__main__":
    main()
