"""The page of the documentation that lists all commands, in English and Arabic, out of their help."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator
from inspect import cleandoc
from typing import NamedTuple

import click

from timeline_gen.cli import program
from timeline_gen.messages import Message, say
from timeline_gen.text.translating import FSI, PDI, Translator, catalogue_of

NOTE = "<!-- Written by make docs; changes by hand are lost. -->\n\n"
_ENGLISH = f"""{NOTE}# Commands

[العربية](commands.ar.md)

In a checkout, `python build.py` stands for `timeline-gen build`, and `python build.py check` for `timeline-gen check`, and so on.
The exit status is 0 where all is well, 1 where the content has problems, and 2 where the command was used wrongly or could not run.
What was asked for goes to standard output, everything else to standard error.

Messages and help are in English or Arabic: as `LC_ALL`, `LC_MESSAGES` or `LANG` says, or with `timeline-gen --ui-lang ar COMMAND`. What programs read (JSON, SARIF, GitHub's commands, `--batch`) is in English always.
"""  # noqa: E501 - a line is a paragraph
_ARABIC = f"""<div dir="rtl" lang="ar">

# الأوامر

{NOTE}[English](commands.md)

في نسخة من المستودع تقوم `python build.py` مقام `timeline-gen build`، و`python build.py check` مقام `timeline-gen check`، وهكذا.
وحالة الخروج 0 إن كان كل شيء سليمًا، و1 إن كان في المحتوى مشكلات، و2 إن استُعمل الأمر على غير وجهه أو تعذّر تشغيله.
ويذهب ما طُلب إلى الخرج المعياري، وكل ما عداه إلى خرج الأخطاء.

والرسائل والمساعدة بالإنجليزية أو العربية: كما يقول `LC_ALL` أو `LC_MESSAGES` أو `LANG`، أو بكتابة `timeline-gen --ui-lang ar COMMAND`. أما ما تقرؤه البرامج (JSON وSARIF وأوامر GitHub و`--batch`) فبالإنجليزية دائمًا.
"""  # noqa: E501 - a line is a paragraph


class _Language(NamedTuple):
    """How the page is written in a language."""

    introduction: str
    word: Callable[[str], str]
    """Words a text of the help."""
    option: str
    either: str
    """What is between two ways to type an option."""
    more: str
    marks: tuple[str, str]
    """What is around code, in a line and in a block."""


def commands_page(lang: str) -> str:
    """Return the page of every command with its arguments and options in *lang*, ``en`` or ``ar``."""
    if lang == "en":
        return _page(_Language(_ENGLISH, str, "option", " or ", "More:", ("`{}`", "{}")))
    translate = Translator(catalogue_of("ar"))
    block = '<div dir="ltr">\n\n{}\n</div>\n'
    language = _Language(
        _ARABIC, translate, "الخيار", " أو ", "المزيد:", ('<bdi dir="ltr">`{}`</bdi>', block)
    )
    return f"{_isolated(_page(language))}\n</div>\n"


def _isolated(page: str) -> str:
    """Return *page* with its code in a line isolated from the direction of the words around it."""
    marked = page.replace(FSI, '<bdi dir="ltr">').replace(PDI, "</bdi>")
    head, heading, rest = marked.partition("\n## ")
    return re.sub("`[^`]+`", r'<bdi dir="ltr">\g<0></bdi>', head) + heading + rest


def _page(language: _Language) -> str:
    return language.introduction + "".join(_described("timeline-gen", program, language))


def _described(name: str, command: click.Command, language: _Language) -> Iterator[str]:
    """Yield the sections of all commands under *command*, whose full name is *name*, in order."""
    if isinstance(command, click.Group):
        context = click.Context(command)
        for word in command.list_commands(context):
            inner = command.get_command(context, word)
            assert inner is not None
            yield from _described(f"{name} {word}", inner, language)
        return
    code, block = language.marks
    usage = " ".join((name, *command.collect_usage_pieces(click.Context(command))))
    typed = block.format(f"```text\n{usage}\n```\n")
    yield f"\n## `{name}`\n\n{typed}\n{_paragraphs(command.help, language)}\n"
    options = [one for one in command.params if isinstance(one, click.Option) and not one.hidden]
    if options:
        yield f"\n| {language.option} | |\n| --- | --- |\n"
        for option in options:
            yield f"| {_spelt(option, code, language)} | {_worded(option.help, language)} |\n"
    yield from _more(command.epilog, language)


def _worded(text: str | None, language: _Language) -> str:
    return language.word(text if isinstance(text, Message) else say(cleandoc(text))) if text else str(text)


def _paragraphs(text: str | None, language: _Language) -> str:
    """Return the paragraphs of *text*, each on one line."""
    paragraphs = _worded(text, language).strip().split("\n\n")
    return "\n\n".join(" ".join(each.split()) for each in paragraphs)


def _more(epilog: str | None, language: _Language) -> Iterator[str]:
    """Yield the examples at the end of a page of help, and the page to read on."""
    worded = _worded(epilog, language) if epilog else ""
    examples, _, page = worded.removeprefix("\b\n").partition(f"\n\n{language.more} ")
    title, *lines = examples.split("\n")
    if lines:
        typed = "".join(f"{line.strip(f' {FSI}{PDI}')}\n" for line in lines)
        kind = "sh" if title in {"Example:", "مثال:"} else "text"
        yield f"\n{title}\n\n" + language.marks[1].format(f"```{kind}\n{typed}```\n")
    if page:
        yield f"\n{language.more} {_linked(page)}\n"


def _linked(page: str) -> str:
    """Return *page*, a file of the documentation and a part of it, with a link to the file."""
    return re.sub(rf"{FSI}?docs/([\w.-]+\.md){PDI}?", r"[\1](\1)", page)


def _spelt(option: click.Option, code: str, language: _Language) -> str:
    """Return how *option* is typed: ``--jobs N`` or ``-j N``."""
    value = "" if option.is_flag or option.count else f" {option.make_metavar(click.Context(program))}"
    return language.either.join(
        code.format(f"{name}{value}".replace("|", "\\|")) for name in (*option.opts, *option.secondary_opts)
    )
