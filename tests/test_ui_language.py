"""The language of messages: chosen as gettext chooses, whole in Arabic, English for programs."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from pathlib import Path
from typing import Final

import click
import pytest
from site_kit import write_site

from timeline_gen.checking.dates import DAY_PARTS, PRECISIONS
from timeline_gen.cli.language import LANGUAGES, asked_for, language_of, shown, speak
from timeline_gen.cli.main import COMMANDS, main
from timeline_gen.dates.words import LEXICONS
from timeline_gen.dates.words.tables import tables_of
from timeline_gen.messages import say
from timeline_gen.model.dates import Precision
from timeline_gen.text.translating import TRANSLATED, Translator, catalogue_of

WRONG: Final = {
    "site.yaml": "title: {ar: أ, en: A}\nurl: https://a.test/\nlanguages: [ar, en]\n",
    "content/articles/a.en.md": "---\ntitel: A\ndate: 2021-12-06\n---\nText.\n",
}
ISOLATED: Final = re.compile("\u2068[^\u2068\u2069]*\u2069")


@pytest.fixture(autouse=True)
def english_again(monkeypatch: pytest.MonkeyPatch) -> Iterator[None]:
    """Begin without a locale, and leave no language to the next test."""
    for name in ("LANGUAGE", "LC_ALL", "LC_MESSAGES", "LANG"):
        monkeypatch.delenv(name, raising=False)
    yield
    speak("en")


@pytest.mark.parametrize(
    ("environment", "lang"),
    [
        ({}, "en"),
        ({"LANG": "ar_QA.UTF-8"}, "ar"),
        ({"LANG": "ar"}, "ar"),
        ({"LANG": "de_DE.UTF-8"}, "en"),
        ({"LC_MESSAGES": "en_GB", "LANG": "ar_QA"}, "en"),
        ({"LC_ALL": "C.UTF-8", "LANG": "ar_QA"}, "en"),
        ({"LC_ALL": "", "LANG": "ar_EG@euro"}, "ar"),
        ({"LANGUAGE": "fr:ar", "LANG": "en_US.UTF-8"}, "ar"),
        ({"LANGUAGE": "en:ar", "LANG": "ar_QA"}, "en"),
        ({"LANGUAGE": "ar", "LANG": "C"}, "en"),
        ({"LANGUAGE": "ar"}, "en"),
    ],
)
def test_language_of_the_environment(environment: Mapping[str, str], lang: str) -> None:
    """The order is that of gettext, and the locale C means English."""
    assert language_of(environment) == lang


def test_languages_are_those_of_the_catalogues() -> None:
    """``--ui-lang`` offers English and the languages that have a catalogue."""
    assert set(LANGUAGES) == {*TRANSLATED, "en"}


def test_option_ahead_of_the_command() -> None:
    """``--ui-lang`` counts ahead of the command, with a space or an equals sign."""
    assert asked_for(["--ui-lang", "ar", "check"]) == asked_for(["--ui-lang=ar"]) == "ar"
    assert asked_for(["check", "--ui-lang", "ar"]) == asked_for(["--ui-lang"]) == ""


def run(capsys: pytest.CaptureFixture[str], *arguments: str) -> tuple[int, str, str]:
    """Return the status, the output and the errors of the command *arguments*, run in this process."""
    status = 0
    try:
        main(list(arguments))
    except SystemExit as leaving:
        status = int(leaving.code or 0)
    printed = capsys.readouterr()
    return status, printed.out, printed.err


def without_code(text: str) -> str:
    """Return *text* without what is isolated in it."""
    while ISOLATED.search(text):
        text = ISOLATED.sub("", text)
    return text


def test_check_in_arabic(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    """A problem is in Arabic, its code isolated; its place and code are where programs look for them."""
    site = write_site(tmp_path, WRONG)

    status, out, err = run(capsys, "--ui-lang", "ar", "check", "--site", str(site), "--no-source")

    lines = [line for line in out.splitlines() if "TG302" in line]
    assert status == 1
    assert lines == [
        "content/articles/a.en.md:2:1: TG302: \u200fالمفتاح \u2068'titel'\u2069 غير معروف هنا\u200f"
    ]
    assert re.search(r"\d أخطاء|خطأ واحد|خطآن", err)
    assert re.search("[A-Za-z]{3}", without_code(re.sub(r"(?m)^\S+:\d+:\d+: TG\d+", "", out + err))) is None


def test_dates_of_a_file_in_arabic(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    """How many dates a new article has from a file is said in Arabic."""
    site = write_site(tmp_path, WRONG)
    report = tmp_path / "report.txt"
    report.write_text("The port opened in October 2019.\n", encoding="utf-8")

    status, _, err = run(
        capsys, "--ui-lang", "ar", "new", "article", "port", "--from", str(report), "--site", str(site)
    )

    assert status == 0
    assert "من الجمل، كُتبت تعليقات" in err


@pytest.mark.parametrize("form", ["json", "sarif", "github"])
def test_programs_read_english(form: str, tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    """What is printed for programs is the same in every language."""
    site = write_site(tmp_path, WRONG)

    arabic = run(capsys, "--ui-lang", "ar", "check", "--site", str(site), "--format", form)
    english = run(capsys, "check", "--site", str(site), "--format", form)

    assert arabic[1] == english[1]
    assert "the key 'titel' is unknown here" in english[1].replace("%27", "'")


@pytest.mark.parametrize("command", ["", *sorted(COMMANDS)])
def test_help_in_arabic(command: str, capsys: pytest.CaptureFixture[str]) -> None:
    """A page of help has no sentence in English: what is left of Latin script are names and values."""
    status, out, _ = run(capsys, "--ui-lang", "ar", *([command] if command else []), "--help")

    assert status == 0
    assert re.search(r"[a-z]{2,} [a-z]{2,} [a-z]{2,} [a-z]{2,}", without_code(out)) is None, out
    assert "الاستعمال:" in out


@pytest.mark.parametrize(
    "arguments",
    [["bild"], ["build", "--sight", "x"], ["date", "--lang"], ["explain", "TG999"], ["build", "--jobs", "0"]],
)
def test_usage_errors_in_arabic(arguments: list[str], capsys: pytest.CaptureFixture[str]) -> None:
    """A command that is used wrongly is told so in Arabic, by click and by the program alike."""
    status, _, err = run(capsys, "--ui-lang", "ar", *arguments)

    assert status == 2
    assert "خطأ:" in err
    assert (
        re.search("[A-Za-z]{3,} [a-z]{3,}", without_code(err.replace("timeline-gen", "").split("]...")[-1]))
        is None
    )


def test_english_after_arabic(capsys: pytest.CaptureFixture[str]) -> None:
    """A later run in the same process is in English again, click's own words included."""
    run(capsys, "--ui-lang", "ar", "--help")

    assert run(capsys, "--help")[1].startswith("Usage: timeline-gen")
    assert shown(say("no problems")) == "no problems"
    assert click.core._("Options") == "Options"  # type: ignore[attr-defined]


@pytest.mark.parametrize(
    ("hostile", "kept"),
    [
        ("a\u202eb", "a\\u202eb"),
        ("x\u2069y", "x\\u2069y"),
        ("a\x1b[31mb", "a\\x1b[31mb"),
        ("{key!r} {count}", "{key!r} {count}"),
    ],
)
def test_hostile_parts_in_a_translation(hostile: str, kept: str) -> None:
    """What authors typed neither leaves its isolation nor steers the terminal, and its braces are no gaps."""
    speak("ar")

    text = shown(say("there is no theme called {name!r}", name=hostile))

    assert text.count("\u2068") == text.count("\u2069") == 1
    assert "\x1b" not in text
    assert kept.replace("\\", "") in text.replace("\\", "")


@pytest.mark.parametrize(
    ("english", "arabic"),
    [
        (say("write name: {en: Doha, ar: الدوحة}"), "اكتب ⟦'name: {en: Doha, ar: الدوحة}'⟧"),
        (say("it is empty"), "هو فارغ"),
        (say("the file's name is not <slug>.<language>.md"), "اسم الملف ليس ⟦<slug>.<language>.md⟧"),
        (say("the attribute {name}", name="onclick"), "الصفة ⟦onclick⟧"),
    ],
)
def test_code_is_isolated(english: str, arabic: str) -> None:
    """Keys, values and paths in an Arabic sentence are isolated as a whole; words are not."""
    translate = Translator(catalogue_of("ar"))

    assert translate(english).replace("\u2068", "⟦").replace("\u2069", "⟧") == arabic


@pytest.mark.parametrize(
    ("phrase", "words"),
    [
        ("night of 3 May 2019", ["اليوم", "الليل"]),
        ("May 2019 to 2021", ["الشهر", "السنة"]),
        ("1920s", ["العقد"]),
    ],
)
def test_precision_of_a_date(phrase: str, words: list[str], capsys: pytest.CaptureFixture[str]) -> None:
    """How finely a date is known is named in the language of messages, and so is a part of the day."""
    main(["--ui-lang", "ar", "date", phrase])

    found = capsys.readouterr().out
    assert [word for word in words if word not in found] == []


def test_every_precision_and_part_of_day_has_a_name() -> None:
    """No value that a date may have is left without a word."""
    parts = {part for code in LEXICONS for part in tables_of(code, ()).get("day_parts", {})}

    assert PRECISIONS.keys() == {precision.name.lower() for precision in Precision}
    assert DAY_PARTS.keys() == parts
