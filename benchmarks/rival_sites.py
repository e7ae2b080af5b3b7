"""The sites of a race: the same corpus, written for each program in the way it wants to have it."""

from __future__ import annotations

import json
import re
import shutil
from collections import Counter, defaultdict
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from functools import cache, partial
from pathlib import Path
from typing import Any, Final

import yaml
from corpus import Shape, article, entities, story, wording, write_corpus

from timeline_gen.dates.days import civil
from timeline_gen.dates.phrases import read
from timeline_gen.dates.wording import word
from timeline_gen.pages.plan.timelines import LONG, TOGETHER
from timeline_gen.text.languages import language

LAYOUTS: Final = Path(__file__).parent / "rival_layouts"
THEMES: Final = Path(__file__).parents[1] / "themes"
KINDS: Final = {"person": "people", "place": "places", "tag": "tags"}
_FRONT: Final = re.compile(r"\A---\n.*?\n---\n", re.DOTALL)


@dataclass(frozen=True, slots=True)
class Changes:
    """How an editor changes the site in a folder, for one program."""

    word: Callable[[Path, int], None]
    date: Callable[[Path], None]
    template: Callable[[Path], None]


@dataclass(frozen=True, slots=True)
class Facts:
    """The events and entities of a corpus in one language, in plain values."""

    events: list[dict[str, Any]]
    terms: dict[str, dict[str, str]]
    """The names of people, places and tags by kind and id."""

    def together(self, kind: str, name: str) -> dict[str, list[dict[str, Any]]]:
        """Return the names that occur most often in the same events as *name*, with how often."""
        found: dict[str, list[dict[str, Any]]] = {}
        for other, titles in self.terms.items():
            counts = Counter(
                each for event in self.events if name in event[kind] for each in event[other] if each != name
            )
            most = sorted(counts.items(), key=lambda one: (-one[1], one[0]))[:TOGETHER]
            if most:
                found[other] = [{"id": each, "name": titles[each], "count": count} for each, count in most]
        return found


@cache
def facts(shape: Shape, lang: str) -> Facts:
    """Return what the corpus of *shape* tells in *lang*."""
    events: dict[str, dict[str, Any]] = {}
    for number in range(shape.stories):
        told = story(shape, number)
        words = wording(shape, told, lang)
        for one, title in zip(told.happenings, words.headlines, strict=True):
            event = events.setdefault(
                one.id,
                {
                    "id": one.id,
                    **_dates(one.edtf, lang),
                    "title": title,
                    "stories": [],
                    "people": list(one.people),
                    "places": list(one.places),
                    "tags": list(one.tags),
                },
            )
            published = told.published
            event["stories"].append(
                {
                    "slug": told.slug,
                    "title": words.title,
                    "when": _dates(published, lang)["when"],
                    "source": "The Archive",
                }
            )
            event["added"] = min(event.get("added", published), published)
            event["updated"] = max(event.get("updated", published), published)
    named = yaml.load(entities(shape), yaml.CSafeLoader)
    used = {name for event in events.values() for kind in KINDS.values() for name in event[kind]}
    terms: dict[str, dict[str, str]] = {kind: {} for kind in KINDS.values()}
    for name, about in named.items():
        if name in used:
            terms[KINDS[about["kind"]]][name] = about["name"][lang]
    return Facts(sorted(events.values(), key=lambda event: (event["sort"], event["id"])), terms)


@cache
def _dates(edtf: str, lang: str) -> dict[str, str | None]:
    """Return all that a theme shows of a date: worked out here, for Hugo knows no EDTF."""
    known, tongue = read(edtf), language(lang)
    worded = word(known, tongue)
    shown = "".join(
        f'<time dir="{tongue.direction}" datetime="{piece.datetime}">{piece.text}</time>'
        if piece.datetime
        else piece.text
        for piece in worded.long
    )
    if worded.spoken != worded.text:
        shown = f'<span aria-hidden="true">{shown}</span><span class="unseen">{worded.spoken}</span>'
    parts = edtf.split("/", maxsplit=1)[0].split("-")
    first = _day(edtf)
    return {
        "edtf": edtf,
        "sort": first,
        "words": worded.text,
        "when": f'<span class="date" dir="{tongue.direction}" data-edtf="{edtf}">{shown}</span>',
        "shape": " span" if "/" in edtf else " wide" if len(parts) == 1 else "",
        "first": _iso(known.lo),
        "last": _iso(known.hi),
        "beyond": _iso(known.hi, later=1),
        "year": first[:4],
        "month": "-".join(parts[:2]) if len(parts) > 1 else "",
    }


def _iso(day: int | None, *, later: int = 0) -> str | None:
    return None if day is None else "{:04}-{:02}-{:02}".format(*civil(day + later))


def _day(edtf: str) -> str:
    found = re.search(r"\d{4}(-\d\d)?(-\d\d)?", edtf)
    first = found[0] if found else "2000"
    return first + "-01" * (3 - len(first.split("-")))


def _write(path: Path, text: str) -> None:
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_text(text, "utf-8")


def _append(pattern: str) -> Callable[[Path, int], None]:
    """Return what adds a word to the body of one of the files that *pattern* finds."""

    def change(folder: Path, turn: int) -> None:
        target = sorted(folder.glob(pattern))[turn * 7 + 5]
        target.write_text(f"{target.read_text('utf-8')}\nAnd number {turn}.\n", "utf-8")

    return change


def _replace(name: str, old: str, new: str) -> Callable[[Path], None]:
    """Return what puts *new* after *old* in the file *name*."""

    def change(folder: Path) -> None:
        text = (folder / name).read_text("utf-8")
        if old not in text:
            raise ValueError(f"{name} does not hold {old!r}")
        (folder / name).write_text(text.replace(old, old + new, 1), "utf-8")

    return change


# ---------------------------------------------------------------- timeline-gen


def own_site(engine: str) -> Callable[[Path, Shape], None]:
    """Return what writes the site for this program, with the Markdown *engine*."""
    return partial(_own_site, engine)


def _own_site(engine: str, folder: Path, shape: Shape) -> None:
    write_corpus(folder, shape)
    with (folder / "site.yaml").open("a", encoding="utf-8") as settings:
        settings.write(f"theme: bench\nmarkdown: {{engine: {engine}}}\n")
    _write(folder / "themes" / "bench" / "theme.yaml", "name: bench\nextends: almanac\n")
    (folder / "themes" / "bench" / "templates").mkdir()
    shutil.copy(THEMES / "almanac" / "templates" / "event.html", folder / "themes" / "bench" / "templates")


def _own_date(folder: Path) -> None:
    target = sorted((folder / "content" / "articles").glob("*.ar.md"))[2]
    lines = target.read_text("utf-8").splitlines(keepends=True)
    place = next(number for number, line in enumerate(lines) if line.startswith("    date:"))
    lines[place] = '    date: "1999-03-11"\n'
    target.write_text("".join(lines), "utf-8")


OWN: Final = Changes(
    _append("content/articles/*.md"),
    _own_date,
    _replace("themes/bench/templates/event.html", '<article class="sheet">', "<!-- changed -->"),
)


# ---------------------------------------------------------------- Hugo


def hugo(layouts: str) -> Callable[[Path, Shape], None]:
    """Return what writes the site for Hugo, with the theme in the folder *layouts*."""
    return partial(_hugo, layouts)


def _hugo(layouts: str, folder: Path, shape: Shape) -> None:
    """Write the site for Hugo: events come out of data, through a content adapter for each language."""
    shutil.copytree(LAYOUTS / layouts, folder, dirs_exist_ok=True)
    shutil.copytree(THEMES / "almanac" / "static", folder / "static" / "assets")
    adapters = {path.stem: path.read_text("utf-8") for path in folder.glob("*.gotmpl")}
    for section in adapters:
        (folder / f"{section}.gotmpl").unlink()
    for lang in shape.languages:
        known = facts(shape, lang)
        _write_data(folder, lang, known)
        for section, adapter in adapters.items():
            if section != "years" or len(known.events) > LONG:
                target = folder / "content" / section / f"_content.{lang}.gotmpl"
                _write(target, adapter.replace("LANG", lang))
        for kind, names in known.terms.items():
            for name, title in names.items():
                about = {"title": title, "together": known.together(kind, name)}
                text = yaml.dump(about, Dumper=yaml.CSafeDumper, allow_unicode=True)
                _write(folder / "content" / kind / name / f"_index.{lang}.md", f"---\n{text}---\n")
        _write(
            folder / "content" / f"corrections.{lang}.md",
            "---\ntitle: Corrections\nlayout: corrections\n---\n",
        )
        for number in range(shape.stories):
            target = folder / "content" / "articles" / f"story-{number:06}.{lang}.md"
            _write(target, article(shape, number, lang))


def _write_data(folder: Path, lang: str, known: Facts) -> None:
    """Write what Hugo makes pages of events and years from."""
    _write(folder / "data" / f"events_{lang}.json", json.dumps(known.events, ensure_ascii=False, indent=0))
    years: dict[str, list[str]] = defaultdict(list)
    for event in known.events:
        years[event["year"]].append(event["id"])
    _write(folder / "data" / f"years_{lang}.json", json.dumps(years, indent=0))


def _hugo_date(folder: Path) -> None:
    for data in (folder / "data").glob("events_*.json"):
        events = json.loads(data.read_text("utf-8"))
        event = next(event for event in events if event["id"] == "event-000002-0")
        event |= _dates("1999-03-11", data.stem.removeprefix("events_"))
        data.write_text(json.dumps(events, ensure_ascii=False, indent=0), "utf-8")


HUGO_THEMES: Final = {"Hugo": "hugo", "Hugo, bare": "hugo-bare"}
"""The folder of each theme for Hugo: one that says what this program's own says, one of a few lines."""
HUGO: Final = Changes(
    _append("content/articles/*.md"),
    _hugo_date,
    _replace("layouts/events/page.html", '<article class="sheet">', "<!-- changed -->"),
)


# ---------------------------------------------------------------- those that know no events


def _sheets(shape: Shape, lang: str) -> Iterator[tuple[str, str, str, str]]:
    """Yield kind, id, title and Markdown of each page of an event, of a name, and for others to embed."""
    known = facts(shape, lang)
    for event in known.events:
        told = "".join(f"- [{one['title']}](../articles/{one['slug']}.md)\n" for one in event["stories"])
        names = "".join(
            f"- [{known.terms[kind][name]}](../{kind}/{name}.md)\n"
            for kind in KINDS.values()
            for name in event[kind]
        )
        body = f"{event['edtf']}\n\n{names}\n{told}"
        yield "events", event["id"], event["title"], body
        yield "embed", event["id"], event["title"], f"{event['edtf']}\n"
    for kind, titles in known.terms.items():
        listed: dict[str, list[str]] = {name: [] for name in titles}
        for event in known.events:
            for name in event[kind]:
                listed[name].append(f"- {event['edtf']} [{event['title']}](../events/{event['id']}.md)\n")
        for name, title in titles.items():
            yield kind, name, title, "".join(listed[name]) or "–\n"
            yield "embed", name, title, "".join(listed[name]) or "–\n"


def _texts(shape: Shape, lang: str) -> Iterator[tuple[str, str, str, str]]:
    """Yield slug, title, day and Markdown of each article, its links to events resolved."""
    for number in range(shape.stories):
        told = story(shape, number)
        body = _FRONT.sub("", article(shape, number, lang))
        body = re.sub(r"\(event:([^)]+)\)", r"(../events/\1.md)", body)
        yield told.slug, wording(shape, told, lang).title, told.published, body


def _dated(pattern: str) -> Callable[[Path], None]:
    """Return what changes the date of one event in each of its files, which *pattern* finds."""

    def change(folder: Path) -> None:
        for target in folder.glob(pattern):
            target.write_text(f"{target.read_text('utf-8')}\n1999-03-11\n", "utf-8")

    return change


def _absolute(body: str, lang: str) -> str:
    """Return *body* with links to where pages will stand, in place of those to their sources."""
    return re.sub(r"\(\.\./(\w+)/([^)]+)\.md\)", rf"(/{lang}/\1/\2/)", body)


def pelican(folder: Path, shape: Shape) -> None:
    """Write the site for Pelican: articles, and all else as its pages."""
    shutil.copytree(LAYOUTS / "pelican", folder, dirs_exist_ok=True)
    for lang in shape.languages:
        for slug, title, day, body in _texts(shape, lang):
            head = f"Title: {title}\nDate: {day}\nSlug: {slug}\nLang: {lang}\n\n"
            _write(folder / "content" / "articles" / f"{slug}.{lang}.md", head + _absolute(body, lang))
        for kind, name, title, body in _sheets(shape, lang):
            head = f"Title: {title}\nSlug: {kind}/{name}\nLang: {lang}\n\n"
            _write(folder / "content" / "pages" / kind / f"{name}.{lang}.md", head + _absolute(body, lang))


PELICAN: Final = Changes(
    _append("content/articles/*.md"),
    _dated("content/pages/events/event-000002-0.*.md"),
    _replace("templates/page.html", "<main>", "<!-- changed -->"),
)


def nikola(folder: Path, shape: Shape) -> None:
    """Write the site for Nikola: articles as posts, all else as pages."""
    shutil.copytree(LAYOUTS / "nikola", folder, dirs_exist_ok=True)
    for lang in shape.languages:
        ending = "md" if lang == shape.languages[0] else f"{lang}.md"

        def text(head: dict[str, str], body: str, lang: str = lang) -> str:
            listed = "".join(f".. {key}: {value}\n" for key, value in head.items())
            return f"<!--\n{listed}-->\n\n{_absolute(body, lang)}"

        for slug, title, day, body in _texts(shape, lang):
            head = {"title": title, "slug": slug, "date": f"{day} 00:00:00 UTC"}
            _write(folder / "posts" / f"{slug}.{ending}", text(head, body))
        for kind, name, title, body in _sheets(shape, lang):
            head = {"title": title, "slug": name, "date": "2020-01-01 00:00:00 UTC"}
            _write(folder / "pages" / kind / f"{name}.{ending}", text(head, body))


NIKOLA: Final = Changes(
    _append("posts/*.md"),
    _dated("pages/events/event-000002-0*.md"),
    _replace("themes/bench/templates/page.tmpl", "<article>", "<!-- changed -->"),
)


def _by_folder(content: Path, shape: Shape, name: Callable[[str, str], str], head: str = "") -> None:
    """Write every page of *shape* into *content*, in files that *name* calls by slug and language."""
    for lang in shape.languages:
        for slug, title, _, body in _texts(shape, lang):
            _write(content / name(f"articles/{slug}", lang), head.format(title=title, lang=lang) + body)
        for kind, ident, title, body in _sheets(shape, lang):
            _write(content / name(f"{kind}/{ident}", lang), head.format(title=title, lang=lang) + body)
        _write(content / name("index", lang), head.format(title="Index", lang=lang) + _index(shape, lang))


def _index(shape: Shape, lang: str) -> str:
    events = facts(shape, lang).events
    return "".join(f"- {one['edtf']} [{one['title']}](events/{one['id']}.md)\n" for one in events)


def mkdocs(folder: Path, shape: Shape) -> None:
    """Write the site for MkDocs with static-i18n."""
    shutil.copytree(LAYOUTS / "mkdocs", folder, dirs_exist_ok=True)
    _by_folder(folder / "docs", shape, lambda slug, lang: f"{slug}.{lang}.md", "---\ntitle: {title}\n---\n\n")


MKDOCS: Final = Changes(
    _append("docs/articles/*.md"),
    _dated("docs/events/event-000002-0.*.md"),
    _replace("theme/main.html", "<main>", "<!-- changed -->"),
)


def eleventy(folder: Path, shape: Shape) -> None:
    """Write the site for Eleventy."""
    shutil.copytree(LAYOUTS / "eleventy", folder, dirs_exist_ok=True)
    head = "---\ntitle: {title}\nlang: {lang}\nlayout: page.njk\n---\n\n"
    _by_folder(folder / "content", shape, lambda slug, lang: f"{lang}/{slug}.md", head)


ELEVENTY: Final = Changes(
    _append("content/*/articles/*.md"),
    _dated("content/*/events/event-000002-0.md"),
    _replace("_includes/page.njk", "<main>", "<!-- changed -->"),
)
