"""A new site: a small one in any languages that builds clean, to be changed into one's own."""

from __future__ import annotations

import json
import tomllib
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from importlib.resources import files
from importlib.resources.abc import Traversable
from pathlib import Path, PurePosixPath
from typing import Any, Final, TypeAlias

from timeline_gen.editors.schemas import modeline
from timeline_gen.editors.write import write_for_editors
from timeline_gen.errors import Level, UsageError
from timeline_gen.messages import say
from timeline_gen.model.files import Source
from timeline_gen.reading.disk.packaged import packaged_themes
from timeline_gen.reading.settings import parse_settings
from timeline_gen.reading.site_paths import SETTINGS
from timeline_gen.scaffolding.files import write_files

Table: TypeAlias = dict[str, Any]
"""What a TOML file holds."""

_ENTITIES: Final = PurePosixPath("content/entities.yaml")
_FALLBACK: Final = "en"
"""The language of the texts for a language that has none of its own."""
_MENU: Final = ("timeline", "articles", "people", "places", "tags", "about")
_DEFAULT_THEME: Final = "almanac"
NOT_YET: Final = "https://example.org/"
"""The address of a site that has none yet; a build notes that it is an example."""


@dataclass(frozen=True, slots=True)
class NewSite:
    """The settings of a new site."""

    languages: tuple[str, ...] = ("ar", "en")
    """Codes (BCP 47); the first is the site's own."""
    titles: tuple[str, ...] = ()
    """In the languages, in their order; for those without, there is one to begin with."""
    url: str = NOT_YET
    theme: str = _DEFAULT_THEME


@dataclass(frozen=True, slots=True)
class NewFiles:
    """The files of a new site, and the languages whose texts are still to be translated."""

    files: tuple[Path, ...]
    untranslated: tuple[str, ...]


def new_site(folder: Path, wanted: NewSite | None = None) -> NewFiles:
    """Write a small site into the new or empty *folder*.

    Raises ``UsageError`` where the folder holds something or cannot be written, and where a language, the
    address or the theme that is *wanted* is none.
    """
    site = wanted or NewSite()
    _check(site)
    try:
        if folder.exists() and not _is_free(folder):
            raise UsageError(
                say("{folder} is not empty", folder=folder), hint=say("name a folder that does not exist yet")
            )
    except OSError as error:
        raise UsageError(
            say("{folder} cannot be written: {strerror}", folder=folder, strerror=error.strerror)
        ) from error
    made = write_files(folder, _files(site))
    made += tuple(folder / path for path in write_for_editors(folder, jobs=1))
    return NewFiles(made, tuple(lang for lang in site.languages if not _has_texts(lang)))


def _check(site: NewSite) -> None:
    """Raise UsageError where the settings of *site* would have an error."""
    if len(site.titles) > len(site.languages):
        raise UsageError(
            say("there are more titles than languages"), hint=say("give one for each --lang, in their order")
        )
    if site.theme not in themes_of_program():
        known = ", ".join(themes_of_program())
        raise UsageError(
            say("there is no theme {theme!r}", theme=site.theme),
            hint=say("the themes are {known}", known=known),
        )
    # The settings are read as a build reads them, so that what is no language or address is refused by the
    # same rules.
    _, problems = parse_settings(Source(SETTINGS, _settings(site).encode()))
    errors = [problem for problem in problems if problem.level is Level.ERROR]
    if errors:
        raise UsageError(say("the site cannot be made: {message}", message=errors[0].message), errors[0].hint)


def themes_of_program() -> tuple[str, ...]:
    """Return the names of the themes that came with the program."""
    return tuple(sorted(each.name for each in packaged_themes().iterdir() if (each / "theme.yaml").is_file()))


def _is_free(folder: Path) -> bool:
    """Return whether *folder* is empty, but for a history that was begun before the site."""
    return folder.is_dir() and all(each.name == ".git" for each in folder.iterdir())


# ---------------------------------------------------------------- contents of the files


def _files(site: NewSite) -> Iterator[tuple[PurePosixPath, str]]:
    """Yield the files of *site*, by their paths in it."""
    facts = _table("facts.toml")
    yield PurePosixPath(".gitignore"), _text("gitignore.txt")
    yield SETTINGS, _settings(site)
    yield _ENTITIES, _entities(site, facts)
    for lang in site.languages:
        words = _texts(lang)
        article = _article(words, facts, stating=lang == site.languages[0])
        yield PurePosixPath(f"content/articles/{facts['article']}.{lang}.md"), article
        about = f"---\ntitle: {_quoted(words['about']['title'])}\n---\n\n{words['about']['text']}"
        yield PurePosixPath(f"content/pages/about.{lang}.md"), about


def _settings(site: NewSite) -> str:
    theme = f"theme: {site.theme}\n" if site.theme != _DEFAULT_THEME else ""
    titles = {lang: sample_title(lang) for lang in site.languages}
    titles |= zip(site.languages, site.titles, strict=False)
    return (
        f"{modeline('site', SETTINGS)}\n"
        "# The settings of this site. Everything but title, url and languages may be left out.\n"
        f"title: {_by_language(titles)}\n"
        f"url: {_quoted(site.url)}        # where readers will find it\n"
        f"languages: {_list(map(_plain, site.languages))}\n"
        "description:\n"
        + "".join(f"  {_plain(lang)}: {_quoted(_texts(lang)['description'])}\n" for lang in site.languages)
        + f"menu: {_list(_MENU)}\n"
        + theme
    )


def _entities(site: NewSite, facts: Table) -> str:
    lines = [
        f"{modeline('entities', _ENTITIES)}\n",
        "# Who and what the articles name by id; each language shows its own name.\n",
    ]
    for name, kind in facts["kinds"].items():
        names = {lang: _texts(lang)["names"][name] for lang in site.languages}
        lines.append(f"{name}:\n  kind: {kind}\n  name: {_by_language(names)}\n")
    return "".join(lines)


def _article(words: Table, facts: Table, *, stating: bool) -> str:
    """Return an article in *words*; the version that is *stating* the *facts* holds dates and names."""
    article = words["article"]
    head = [f"title: {_quoted(article['title'])}"]
    if stating:
        head.append(f"date: {facts['date']}")
    head.append(f"summary: {_quoted(article['summary'])}")
    if stating:
        head += [f"{key}: {_list(facts[key])}" for key in ("places", "tags")]
    head.append("events:")
    for name, stated in facts["events"].items():
        head += _event(name, words["events"][name], stated if stating else {})
    note = article["note"] if stating else article["other"]
    return "\n".join(("---", *head, "---", "", note, "", article["text"]))


def _event(name: str, words: Mapping[str, str], stated: Table) -> Iterator[str]:
    yield f"  - id: {name}"
    if stated:
        yield f"    date: {words.get('date', stated['date'])}"
    yield f"    title: {_quoted(words['title'])}"
    if "summary" in words:
        yield f"    summary: {_quoted(words['summary'])}"
    for key in ("people", "status", "importance"):
        if key in stated:
            value = stated[key]
            yield f"    {key}: {_list(value) if isinstance(value, list) else value}"


def _list(names: Iterable[str]) -> str:
    return f"[{', '.join(names)}]"


def _by_language(texts: Mapping[str, str]) -> str:
    return "{" + ", ".join(f"{_plain(lang)}: {_quoted(text)}" for lang, text in texts.items()) + "}"


_BOOLEANS: Final = {"no"}
"""Codes of languages that YAML 1.1 takes for a truth value."""


def _plain(lang: str) -> str:
    return _quoted(lang) if lang in _BOOLEANS else lang


def _quoted(text: str) -> str:
    """Return *text* as YAML reads it back: a text of JSON is one of YAML."""
    return json.dumps(text, ensure_ascii=False)


# ---------------------------------------------------------------- where the words are


def _has_texts(lang: str) -> bool:
    return _folder().joinpath("texts", f"{lang.partition('-')[0]}.toml").is_file()


def sample_title(lang: str) -> str:
    """Return the title of a new site in *lang*, until its author gives another."""
    return str(_texts(lang)["title"])


def _texts(lang: str) -> Table:
    return _table(f"texts/{lang.partition('-')[0] if _has_texts(lang) else _FALLBACK}.toml")


def _table(name: str) -> Table:
    return tomllib.loads(_text(name))


def _text(name: str) -> str:
    return _folder().joinpath(name).read_text(encoding="utf-8")


def _folder() -> Traversable:
    return files("timeline_gen.scaffolding")
