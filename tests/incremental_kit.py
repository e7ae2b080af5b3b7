"""A small site that is edited at random and built after each edit, and compared with a clean build.

Whatever happens to content, themes, settings, cache and output, and wherever a build is killed: the built
site must be that of a clean build, byte for byte, and so must be what is said about the content.
"""

from __future__ import annotations

import os
import shutil
import subprocess
import sys
import tempfile
import time
from collections.abc import Callable
from dataclasses import replace
from functools import partial
from pathlib import Path
from types import ModuleType
from typing import ClassVar, Final

from file_kit import sample
from hypothesis import strategies as st
from hypothesis.stateful import RuleBasedStateMachine, initialize, invariant, rule
from writing_kit import killed

from timeline_gen.building.options import Options
from timeline_gen.building.pipeline import build
from timeline_gen.building.render import long_files
from timeline_gen.building.scan import LOST
from timeline_gen.building.store.memory import Memory
from timeline_gen.errors import ContentError, Problem
from timeline_gen.pages.plan import timelines

Files = dict[str, bytes]

LARGE: Final[tuple[tuple[ModuleType, str, int], ...]] = (
    (timelines, "LONG", 2),
    (long_files, "MANY", 2),
)
"""What makes a small site go the ways of a large one: years have pages of their own, files are mended."""

_PNG: Final = bytes.fromhex(
    "89504e470d0a1a0a0000000d4948445200000002000000020802000000fdd49a73"
    "0000000e4944415478da63f80f060c100a0053ba0bf585c46e110000000049454e44ae426082"
)

_SITE: Final = """\
title: {{ar: سجل, en: Record {title}}}
url: https://records.org/
languages: {languages}
theme: {theme}
translations: {translations}
dates: {{order: {order}}}
{more}"""

_LANGUAGES: Final = (
    "[ar, en]",
    "[en, ar]",
    "[ar, en, fr]",
    "{ar: {months: levant, digits: arab}, en: {eras: bce}}",
    "{en: {name: Englisch}, ar: {calendar: hijri}}",
)

_DATES: Final = (
    "2017",
    "2017-10",
    "October 2019",
    "2022-11-20/2022-12-18",
    '"2022-11-21"',
    "10/11/2019",
    '"/2022-11-19"',
    "1914..",
    "last May",
    "unknown",
    "2017-10-05 18:07",
)

_WORDS: Final = (
    "",
    '[roles]\nbefore = ["ante"]\n',
    '[wording.long]\nsince = "as of {date}"\nmonth = "{m}, {y}"\n',
    '[wording.short]\nyear = "year {y}"\n',
    '[roles]\nuntl = ["bis"]\n',
)

_BODIES: Final = (
    "Plain text.",
    "It speaks of [an event](event:e1).\n\n## A heading\n\n- one\n- two",
    "See [another](event:e2) and ![a pitch](pitch.png).",
    "[![a pitch](pitch.png)](pitch.png)\n\n> [!NOTE]\n> Text.\n\n- [ ] open",
    "A [lost link](event:nothing) and a note[^1].\n\n[^1]: Here.",
    "",
    "| a | b |\n|---|--:|\n| 1 | 2 |",
    "<b>Raw</b> <script>x</script>",
    "See [A](article:a), [us](page:about), [there](../articles/a.en.md#a-heading) and [Doha](entity:doha).",
    "What was [said](said.txt), as ![it was heard](sound.opus) and [measured](way.gpx).",
    "They speak of said.txt, and link to nothing.",
)

_FACTS: Final = (
    "status: reported",
    "importance: 5",
    "people: [hakan, Someone]",
    "people: [Hakann, SOMEONE, C++]",
    "people: [old-hakan, C]",
    "tags: [x]",
    "order: 2",
    "summary: Some *words*",
    "corrects: a",
    "corrects: b",
    "sources: [paper]",
    "aliases: [old]",
    "media: {src: pitch.png, alt: a pitch}",
    "media: [{src: pitch.png, alt: a pitch}, {src: pitch.png, alt: again, caption: 'See [E](event:e1)'}]",
    "date_text: {en: once, ar: قديما}",
    "summary: 'After [A](article:a#a-heading), see [us](/about/)'",
    "media: {src: pitch.png, alt: a pitch, caption: 'From [A](../a/)', credit: '[us](page:about)'}",
    "media: {src: sound.opus, alt: a sound, transcript: said.txt}",
    "files: [said.txt, {src: sound.opus, title: a sound}]",
    "summary: 'It was [said](said.txt)'",
)

SLUGS: Final = tuple("abcde")
EVENTS: Final = ("e1", "e2", "e3", "e4")
_CODES: Final = ("ar", "en", "fr")


def _article(title: str, events: str, *, head: str = "date: 2021-12-06\n", body: str = "Text.") -> str:
    return f"---\ntitle: {title}\n{head}{events}---\n{body}\n"


_FIRST: Final = {
    "content/articles/a.ar.md": _article(
        "ألف", "events:\n  - {id: e1, title: حدث, date: 2017, people: [hakan], summary: كلام *هنا*}\n"
    ),
    "content/articles/a.en.md": _article(
        "A", "events:\n  - {id: e1, title: Event}\n", head="", body=_BODIES[1]
    ),
    "content/articles/b.en.md": _article(
        "B",
        "events:\n  - {id: e2, title: Second, date: 2019-10-05, places: [doha]}\n"
        "  - {id: e1, title: Told again, date: 2017-10, corrects: a}\n",
        body=_BODIES[2],
    ),
    "content/pages/about.en.md": _article("About", "", head="", body=_BODIES[1]),
    "content/entities.yaml": "hakan: {kind: person, name: {en: Hakan, ar: هاكان},"
    " coordinates: [39.9, 32.9]}\n"
    "doha: {kind: place, name: {en: Doha, ar: الدوحة}, text: 'As [A](article:a) has it',"
    " coordinates: [25.3, 51.5]}\n",
    "content/eras.yaml": "cup: {date: 2010/2022, name: {en: The cup, ar: الكأس}}\n",
    "content/sources.yaml": "paper: {name: The Paper}\n",
}

_MORE: Final = (
    "",
    "description: A record.\n",
    "cover: {src: articles/pitch.png, alt: a pitch}\nembeds: [events]\n",
    "authors: [hakan]\n",
    "licence: CC-BY-4.0\npublisher: Us\n",
    "taxonomies: {people: person, places: place}\n",
    "menu: [timeline, articles, about]\n",
    "accept: [{event: e1, reason: both are right}]\n",
    "redirects: {/x/: gone, /en/y: 'event:e1', /z.html: /en/}\n",
    "embeds: [timeline, entities, events]\n",
    "embeds: []\ndata: {from: 1}\n",
    "data: {from: 2}\n",
    "home: articles\nmap: {borders: false}\n",
    "home: page:about\nmenu: [map, {text: More, entries: [about, {link: 'https://x.org/', text: X}]}]\n",
    "file_kinds: [gpx]\n",
    "markdown: {typography: false}\n",
)

_STATIC: Final = (
    "note.txt",
    "data/table.csv",
    ".well-known/security.txt",
    "robots.txt",
    "404.html",
    "favicon.ico",
    "en/events/e1/index.html",
    "en/people/hakan/events.json",
)

_OWN_TEMPLATES: Final = (
    "{% extends 'base.html' %}{% block main %}<h1>{{ event.title.text }}</h1>{% endblock %}",
    "{% extends 'almanac/event.html' %}{% block main %}{{ super() }}{% include 'part.html' %}{% endblock %}",
    "{% extends 'almanac/event.html' %}",
)


def tree_of(folder: Path) -> Files:
    """Return the bytes of every file under *folder*, by its path."""
    return {
        path.relative_to(folder).as_posix(): path.read_bytes() for path in folder.rglob("*") if path.is_file()
    }


class Editing(RuleBasedStateMachine):
    """A site, edited at random; after each step it is built, and after some compared with a clean build."""

    place: ClassVar[Path | None] = None
    """Where the sites are made; a folder in memory is fastest."""
    every: ClassVar[int] = 1
    """After how many steps a site is compared with a clean build; it is built after each.

    After so many sites one is compared with what a new process makes.
    """
    begun: ClassVar[int] = 0
    """How many sites there were."""
    built: ClassVar[int] = 0
    """How many times all sites were built."""
    compared: ClassVar[int] = 0
    """How many builds of all sites were found to equal a clean one."""

    def __init__(self) -> None:
        super().__init__()
        self.folder = Path(tempfile.mkdtemp(prefix="timeline-editing-", dir=self.place))
        self.root = self.folder / "site"
        self.drafts = False
        self.memory: Memory | None = None
        self.held = 0
        self.steps = 0

    # ------------------------------------------------------------ what is edited

    @initialize()
    def begin(self) -> None:
        """Write the first site."""
        Editing.begun += 1
        self.mend()

    def write(self, name: str, data: str | bytes, *, aged: bool = True) -> None:
        """Write the file *name*; unless *aged* is false, its time is long past, as it is when people edit."""
        path = self.root / name
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_bytes(data.encode() if isinstance(data, str) else data)
        if aged:
            os.utime(path, ns=(10**18, 10**18 + self.steps * 10**9))

    def texts(self) -> list[Path]:
        """Return all articles and pages, in order."""
        return sorted((self.root / "content").rglob("*.md"))

    def change(self, number: int, edit: Callable[[str], str], *, aged: bool) -> None:
        """Let *edit* change the text with *number*."""
        if found := self.texts():
            path = found[number % len(found)]
            self.write(str(path.relative_to(self.root)), edit(path.read_text("utf-8")), aged=aged)

    @rule(
        number=st.integers(0, 20), body=st.sampled_from(_BODIES), word=st.integers(0, 99), aged=st.booleans()
    )
    def edit_body(self, number: int, body: str, word: int, *, aged: bool) -> None:
        """Write another body, or the same again with another word."""

        def edit(text: str) -> str:
            head = text.split("---\n", 2)
            return f"---\n{head[1]}---\n{body}\n\nWord {word}.\n" if len(head) == 3 else text

        self.change(number, edit, aged=aged)

    @rule(number=st.integers(0, 20), word=st.integers(0, 9), aged=st.booleans())
    def edit_title(self, number: int, word: int, *, aged: bool) -> None:
        """Give an article another title."""
        self.change(number, lambda text: _with_line(text, "title:", f"title: Title {word}"), aged=aged)

    @rule(number=st.integers(0, 20), day=st.integers(1, 28), aged=st.booleans())
    def edit_published(self, number: int, day: int, *, aged: bool) -> None:
        """Give an article another day, or an update."""
        key = "date" if day % 2 else "updated"
        line = f"{key}: 2021-12-{day:02}"
        self.change(number, lambda text: _with_line(text, f"{key}:", line), aged=aged)

    @rule(
        slug=st.sampled_from(SLUGS),
        lang=st.sampled_from(_CODES),
        events=st.lists(st.tuples(st.sampled_from(EVENTS), st.sampled_from(_DATES)), max_size=2),
        fact=st.sampled_from(_FACTS),
        draft=st.integers(0, 5),
        body=st.sampled_from(_BODIES),
    )
    def write_article(
        self, *, slug: str, lang: str, events: list[tuple[str, str]], fact: str, draft: int, body: str
    ) -> None:
        """Write an article that was not there, or one in place of another."""
        listed = "".join(
            f"  - {{id: {event}, title: {event} in {lang}, date: {date}, {fact}}}\n"
            for event, date in dict(events).items()
        )
        head = "date: 2021-12-06\n" + ("draft: true\n" if draft == 0 else "")
        head += "image: {src: pitch.png, alt: a pitch, caption: '[A](article:a)'}\n" if draft == 1 else ""
        text = _article(f"{slug} in {lang}", f"events:\n{listed}" if listed else "", head=head, body=body)
        self.write(f"content/articles/{slug}.{lang}.md", text)

    @rule(
        event=st.sampled_from(EVENTS),
        lang=st.sampled_from(_CODES),
        date=st.sampled_from(("", *_DATES)),
        fact=st.sampled_from((*_FACTS, "corrects: event:e1")),
        head=st.sampled_from(("", "draft: true\n", "published: 2021-12-06\n", "updated: 2022-01-01\n")),
        body=st.sampled_from(_BODIES),
    )
    def write_event(self, *, event: str, lang: str, date: str, fact: str, head: str, body: str) -> None:
        """Give an event a file of its own, or another one."""
        dated = f"date: {date}\n" if date else ""
        text = f"---\ntitle: {event} by itself in {lang}\n{dated}{head}{fact}\n---\n{body}\n"
        for name in ("pitch.png", "said.txt", "sound.opus", "way.gpx"):
            text = text.replace(name, f"../articles/{name}")
        self.write(f"content/events/{event}.{lang}.md", text)

    @rule(
        rows=st.lists(
            st.tuples(st.sampled_from(EVENTS), st.sampled_from(_DATES), st.integers(0, 9)), max_size=3
        ),
        pages=st.booleans(),
        there=st.booleans(),
    )
    def write_table(self, *, rows: list[tuple[str, str, int]], pages: bool, there: bool) -> None:
        """Write a table of events with its map, or take both away."""
        # Marks of quotation are set as the language has them, unless the settings leave them as they are.
        told = {event: f"{event},{date},Row {word},It was 'row' -- {word}\n" for event, date, word in rows}
        table, its_map = "content/events/rows.csv", "content/events/rows.map.yaml"
        if there and told:
            self.write(table, "id,date,title,summary\n" + "".join(told.values()))
            self.write(its_map, f"language: en\npages: {str(pages).lower()}\n")
        else:
            (self.root / table).unlink(missing_ok=True)
            (self.root / its_map).unlink(missing_ok=True)

    @rule(number=st.integers(0, 20), slug=st.sampled_from(SLUGS), lang=st.sampled_from(_CODES))
    def rename(self, number: int, slug: str, lang: str) -> None:
        """Give a text another slug or language."""
        if found := self.texts():
            path = found[number % len(found)]
            path.rename(path.with_name(f"{slug}.{lang}.md"))

    @rule(number=st.integers(0, 20))
    def delete(self, number: int) -> None:
        """Delete a text."""
        if found := self.texts():
            found[number % len(found)].unlink()

    @rule(name=st.sampled_from(["Hakan", "Fidan", "x"]), kind=st.sampled_from(["person", "place"]))
    def edit_entities(self, name: str, kind: str) -> None:
        """Rename an entity, or let it be of another kind."""
        said = f"kind: {kind}, name: {{en: {name}, ar: هاكان}}, aliases: [old-hakan]"
        said += ", image: {src: articles/pitch.png, alt: {en: a face}}" if kind == "person" else ""
        said += f", coordinates: [{len(name)}, 179]" if kind == "person" else ""
        text = f"hakan: {{{said}}}\n" if name != "x" else ""
        self.write(
            "content/entities.yaml", f"{text}doha: {{kind: place, name: {name}, coordinates: [1, -179]}}\n"
        )

    @rule(year=st.integers(2000, 2009), there=st.booleans())
    def edit_eras_and_sources(self, year: int, *, there: bool) -> None:
        """Change or delete eras and sources."""
        self.write("content/sources.yaml", f"paper: {{name: The Paper of {year}}}\n")
        if there:
            text = "text: 'As [said](articles/said.txt)'"
            self.write("content/eras.yaml", f"cup: {{date: {year}/2022, name: The cup, {text}}}\n")
        else:
            (self.root / "content/eras.yaml").unlink(missing_ok=True)

    @rule(data=st.sampled_from((b"Said.\n", b"More.\n", b"broken \xff", b"")))
    def edit_file(self, data: bytes) -> None:
        """Put other words into a file that texts offer, break it, or take it away."""
        if data:
            self.write("content/articles/said.txt", data)
        else:
            (self.root / "content/articles/said.txt").unlink(missing_ok=True)

    @rule(byte=st.integers(0, 3), there=st.booleans())
    def edit_picture(self, byte: int, *, there: bool) -> None:
        """Put another picture in place of one, or take it away."""
        path = "content/articles/pitch.png"
        if there:
            self.write(path, _PNG + bytes([byte]))
        else:
            (self.root / path).unlink(missing_ok=True)

    @rule(
        name=st.sampled_from(_STATIC),
        word=st.integers(0, 2),
        there=st.booleans(),
        aged=st.booleans(),
    )
    def edit_static(self, name: str, word: int, *, there: bool, aged: bool) -> None:
        """Put a file into static/, or take it away; some have the names of what the program makes."""
        if there:
            self.write(f"static/{name}", f"text {word}", aged=aged)
        else:
            (self.root / "static" / name).unlink(missing_ok=True)

    @rule(
        title=st.integers(0, 1),
        languages=st.sampled_from(_LANGUAGES),
        translations=st.sampled_from(["show", "hide"]),
        order=st.sampled_from(["dmy", "mdy"]),
        more=st.sampled_from(_MORE),
    )
    def edit_settings(self, title: int, languages: str, translations: str, order: str, more: str) -> None:
        """Change the settings, languages included."""
        theme = "own" if (self.root / "themes/own/theme.yaml").exists() else "almanac"
        said = {"title": title, "languages": languages, "translations": translations, "order": order}
        self.write("site.yaml", _SITE.format(**said, theme=theme, more=more))

    @rule(lang=st.sampled_from(_CODES), words=st.sampled_from(_WORDS))
    def edit_words(self, lang: str, words: str) -> None:
        """Write a file of words for a language, which may be wrong, or delete it."""
        if words:
            self.write(f"words/{lang}.toml", words)
        else:
            (self.root / f"words/{lang}.toml").unlink(missing_ok=True)

    @rule(template=st.sampled_from(_OWN_TEMPLATES), part=st.integers(0, 3), style=st.integers(0, 1))
    def edit_theme(self, template: str, part: int, style: int) -> None:
        """Change a template, one that it includes, a static file or the words of the site's own theme."""
        self.write("themes/own/theme.yaml", "name: own\nextends: almanac\n")
        self.write("themes/own/templates/event.html", template)
        self.write("themes/own/templates/part.html", f"<p>{part}</p>")
        self.write("themes/own/static/own.css", f"p {{ order: {style} }}")
        head = 'msgid ""\nmsgstr "Content-Type: text/plain; charset=UTF-8\\n"\n\n'
        self.write("themes/own/locale/en.po", f'{head}msgid "Before"\nmsgstr "{part}"\n')

    @rule(remembers=st.booleans())
    def begin_process(self, *, remembers: bool) -> None:
        """Build in a process that remembers its last build from now on, or that does not."""
        self.memory = Memory() if remembers else None

    @rule()
    def show_drafts(self) -> None:
        """Build with drafts, or without them again."""
        self.drafts = not self.drafts

    # ------------------------------------------------------------ what happens to files

    @rule(number=st.integers(0, 20), letter=st.sampled_from("xyz"))
    def set_clock_back(self, number: int, letter: str) -> None:
        """Change a letter of a text, and give it the time and size that it had."""
        if found := self.texts():
            path = found[number % len(found)]
            times, data = path.stat(), path.read_bytes()
            path.write_bytes(data[:-2] + letter.encode() + b"\n")
            os.utime(path, ns=(times.st_atime_ns, times.st_mtime_ns))

    @rule(hours=st.integers(-48, 48))
    def touch(self, hours: int) -> None:
        """Give every file another time, and change none."""
        for path in (self.root / "content").rglob("*.*"):
            times = path.stat()
            os.utime(path, ns=(times.st_atime_ns, times.st_mtime_ns + hours * 3600 * 10**9))

    @rule(place=st.floats(0, 1), byte=st.integers(0, 255), many=st.integers(1, 200))
    def damage_cache(self, place: float, byte: int, many: int) -> None:
        """Overwrite some bytes of the cache."""
        path = self.root / ".timeline-gen/cache.sqlite"
        if path.exists():
            data = bytearray(path.read_bytes())
            start = int(place * len(data))
            data[start : start + many] = bytes([byte]) * len(data[start : start + many])
            path.write_bytes(bytes(data))

    @rule(whole=st.booleans())
    def lose_cache(self, *, whole: bool) -> None:
        """Delete the cache, or all that the program keeps."""
        if whole:
            shutil.rmtree(self.root / ".timeline-gen", ignore_errors=True)
        else:
            (self.root / ".timeline-gen/cache.sqlite").unlink(missing_ok=True)

    @rule(number=st.integers(0, 200), how=st.sampled_from(["edit", "delete", "add", "shut", "all"]))
    def tamper(self, number: int, how: str) -> None:
        """Edit, delete or add a file of the built site by hand."""
        found = sorted(path for path in (self.root / "output").rglob("*") if path.is_file())
        found = [path for path in found if path.name != "stray"]
        if not found:
            return
        path = found[number % len(found)]
        if how == "edit":
            path.write_bytes(b"x" + path.read_bytes()[1:])
        elif how == "delete":
            path.unlink()
        elif how == "add":
            path.with_name("stray").write_bytes(b"")
        elif how == "shut":
            path.chmod(0o600)
        else:
            shutil.rmtree(self.root / "output")

    @rule(steps=st.integers(0, 60))
    def kill(self, steps: int) -> None:
        """Kill a build at some step."""
        killed(partial(self.build), steps)

    @rule()
    def wait(self) -> None:
        """Make the next two edits before the site is built."""
        self.held = 3

    @rule()
    def mend(self) -> None:
        """Put everything back as it was at first."""
        for folder in ("content", "static", "themes", "words"):
            shutil.rmtree(self.root / folder, ignore_errors=True)
        said = {"title": "", "languages": "[ar, en]", "translations": "show", "order": "dmy"}
        self.write("site.yaml", _SITE.format(**said, theme="almanac", more=""))
        for name, text in _FIRST.items():
            self.write(name, text)
        self.write("content/articles/pitch.png", _PNG)
        self.write("content/articles/said.txt", b"Said.\n")
        self.write("content/articles/sound.opus", sample("sound.opus"))
        self.write("content/articles/way.gpx", b"<gpx/>\n")

    # ------------------------------------------------------------ what must hold

    @invariant()
    def equals_clean(self) -> None:
        """The built site is that of a clean build; where that has errors, it is as it was."""
        self.steps += 1
        if self.held:
            self.held -= 1
            return
        before = tree_of(self.root / "output")
        if self.steps % 2:
            # As long as people take: what was seen of files just written is not remembered.
            time.sleep(0.025)
        found = self.build()
        Editing.built += 1
        if self.steps % self.every == 0:
            self.compare_with_clean(before, found)
            Editing.compared += 1
        if found is None:
            assert tree_of(self.root / "output") == before
            self.mend()

    def compare_with_clean(self, before: Files, found: tuple[Problem, ...] | None) -> None:
        """Compare what a build *found*, and made of what was there *before*, with a clean build."""
        with tempfile.TemporaryDirectory(prefix="timeline-clean-", dir=self.place) as folder:
            clean = self.build(Path(folder))
            wanted = tree_of(Path(folder, "output")) if clean is not None else before
        after = tree_of(self.root / "output")
        strays = {path: data for path, data in before.items() if path.rpartition("/")[2] == "stray"}
        assert {path: after.pop(path) for path in strays} == strays
        wanted = {path: data for path, data in wanted.items() if path not in strays}
        different = {path for path in wanted.keys() | after.keys() if wanted.get(path) != after.get(path)}
        assert not different, sorted(different)
        assert (found is None) == (clean is None)
        assert found == clean

    def build(self, clean: Path | None = None) -> tuple[Problem, ...] | None:
        """Build the site, or do it *clean* in a folder; return what was said, or None where it has errors."""
        options = Options(jobs=1, drafts=self.drafts)
        if clean:
            options = replace(options, output=str(clean / "output"), work_dir=str(clean), cache=str(clean))
        try:
            said = build(self.root, options, memory=None if clean else self.memory).problems
            # Only a build that follows another can have lost something.
            return tuple(problem for problem in said if problem.code != LOST)
        except ContentError as error:
            if all(problem.code != "TG812" for problem in error.problems):
                return None
        # Neither a list nor a cache tells that what was built before is the program's own.
        shutil.rmtree(self.root / "output")
        return self.build(clean)

    def teardown(self) -> None:
        """Let a process that remembers nothing build the site as it is, and compare."""
        try:
            if Editing.begun % self.every == 0 and self.build() is not None:
                self.compare_with_new_process()
        finally:
            shutil.rmtree(self.folder, ignore_errors=True)

    def compare_with_new_process(self) -> None:
        """Compare the built site with one that another process made of the same content, clean."""
        clean = self.folder / "clean"
        clean.mkdir()
        for name in ("content", "static", "themes", "words", "site.yaml"):
            if (self.root / name).exists():
                subprocess.run(["cp", "-r", str(self.root / name), str(clean)], check=True)
        drafts = ["--drafts"] if self.drafts else []
        words = ["build", "--quiet", "--jobs", "1", "--site", str(clean), *drafts]
        large = "\n".join(f"{module.__name__}.{name} = {value}" for module, name, value in LARGE)
        names = ", ".join(module.__name__ for module, _, _ in LARGE)
        script = f"import {names}\nfrom timeline_gen.cli import main\n{large}\nmain({words!r})"
        done = subprocess.run([sys.executable, "-c", script], check=False, capture_output=True, text=True)
        assert (done.returncode, done.stderr) == (0, done.stderr)
        built = tree_of(self.root / "output")
        # A file that a step put there belongs to nobody, and stays.
        own = {path: data for path, data in built.items() if path.rpartition("/")[2] != "stray"}
        assert tree_of(clean / "output") == own


def _with_line(text: str, start: str, line: str) -> str:
    """Return *text* with *line* in place of that which begins with *start*, else as the second line."""
    lines = text.splitlines()
    places = [number for number, found in enumerate(lines) if found.startswith(start)]
    if places:
        lines[places[0]] = line
    else:
        lines.insert(1, line)
    return "\n".join(lines) + "\n"
