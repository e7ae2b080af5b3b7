"""The language of what commands print: English, or the one that the environment or ``--ui-lang`` asks for.

In English no catalogue is loaded. What is printed for programs (JSON, SARIF, GitHub's commands) is English.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from copy import copy
from inspect import cleandoc
from typing import Final
from unicodedata import category

import click

from timeline_gen.cli.reports.words import visible
from timeline_gen.cli.terminal import wants_colour
from timeline_gen.messages import Message, say

ENGLISH: Final = "en"
LANGUAGES: Final = ("ar", ENGLISH)
"""The languages of messages."""
OPTION: Final = "--ui-lang"
_RIGHT_TO_LEFT_MARK: Final = "\u200f"


class _Speech:
    """The language of this process's messages."""

    lang: str = ENGLISH
    translate: Callable[[str], str] | None = None
    """None in English."""
    click_words: Mapping[str, Callable[..., str]] | None = None
    """How click words its own messages, in English."""


def language_of(environment: Mapping[str, str]) -> str:
    """Return the language of messages that *environment* asks for, in the order of gettext; else English.

    ``LANGUAGE`` may list several; as in GNU gettext it counts only where a locale other than ``C`` is set.
    """
    names = (environment.get(name, "") for name in ("LC_ALL", "LC_MESSAGES", "LANG"))
    locale = next(filter(None, names), "")
    if _primary(locale) in {"", "c", "posix"}:
        return ENGLISH
    wanted = [*environment.get("LANGUAGE", "").split(":"), locale]
    return next((known for known in map(_primary, wanted) if known in LANGUAGES), ENGLISH)


def _primary(locale: str) -> str:
    """Return the language of *locale*: ``ar`` of ``ar_QA.UTF-8``."""
    return locale.partition(".")[0].partition("@")[0].partition("_")[0].partition("-")[0].casefold()


def asked_for(arguments: Sequence[str]) -> str:
    """Return the value of ``--ui-lang`` ahead of the command in *arguments*; empty where there is none."""
    # Click parses options only after the help has been worded, which needs the language.
    for number, argument in enumerate(arguments):
        name, _, value = argument.partition("=")
        if name == OPTION:
            return value or "".join(arguments[number + 1 : number + 2])
        if not argument.startswith("-"):
            break
    return ""


def speak(lang: str) -> None:
    """Set the language of this process to *lang*, one of :data:`LANGUAGES`; any other is taken as English."""
    _Speech.lang = lang if lang in LANGUAGES else ENGLISH
    if _Speech.lang == ENGLISH:
        _Speech.translate = None
        if _Speech.click_words:
            from timeline_gen.cli.click_words import set_click_words

            set_click_words(_Speech.click_words)
        return
    from timeline_gen.cli.click_words import ClickWords, set_click_words
    from timeline_gen.text.translating import Translator, catalogue_of

    catalogue = catalogue_of(_Speech.lang)
    _Speech.translate = Translator(catalogue, visible)
    words = ClickWords(catalogue)
    before = set_click_words({"_": words.gettext, "ngettext": words.ngettext})
    # Of the first time: later, what was there before are words of ours.
    _Speech.click_words = _Speech.click_words or before


def speaks_english() -> bool:
    """Return whether messages are shown as they are."""
    return _Speech.translate is None


def ui_language() -> str:
    """Return the language of this process."""
    return _Speech.lang


def shown(text: str) -> str:
    """Return *text*, a message, in the language of this process, fit to be put into a line."""
    if _Speech.translate is None or not isinstance(text, Message):
        return text
    # Between two marks a sentence keeps its order in a line of either direction.
    return f"{_RIGHT_TO_LEFT_MARK}{_Speech.translate(text)}{_RIGHT_TO_LEFT_MARK}" if text else text


def word(text: str) -> str:
    """Return *text*, if it is a message, in the language of this process, to be part of a line."""
    return _Speech.translate(text) if _Speech.translate and isinstance(text, Message) else text


def cells(text: str) -> int:
    """Return how many cells of a terminal *text* fills: vowel signs and marks of direction fill none."""
    return sum(category(letter) not in {"Mn", "Cf"} for letter in text)


def echo(text: str, *, err: bool = False) -> None:
    """Print the message *text*."""
    click.echo(shown(text), err=err, color=wants_colour())


def worded_command(command: click.Command) -> click.Command:
    """Return *command* with its help in the language of this process."""
    if _Speech.translate is None:
        return command
    made = copy(command)
    made.help, made.epilog = _worded(command.help), _worded(command.epilog)
    # The option --help is kept once it is made, with its words.
    vars(made)["_help_option"] = None
    made.params = [_worded_parameter(parameter) for parameter in command.params]
    if isinstance(made, click.Group):
        made.commands = {name: worded_command(inner) for name, inner in made.commands.items()}
    return made


def _worded_parameter(parameter: click.Parameter) -> click.Parameter:
    made = copy(parameter)
    if isinstance(made, click.Option):
        made.help = _worded(made.help)
    return made


def _worded(text: str | None) -> str | None:
    if not text:
        return text
    return word(text if isinstance(text, Message) else say(cleandoc(text)))
