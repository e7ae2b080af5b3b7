"""Plural forms and catalogues."""

from __future__ import annotations

import pickle

import pytest

from timeline_gen.text.plurals import (
    Catalogue,
    CatalogueError,
    read_catalogue,
)

ARABIC = """\
msgid ""
msgstr ""
"Content-Type: text/plain; charset=UTF-8\\n"
"Plural-Forms: nplurals=6; plural=(n==0 ? 0 : n==1 ? 1 : n==2 ? 2 : n%100>=3 && n%100<=10 ? 3 : "
"n%100>=11 ? 4 : 5);\\n"

msgid "Timeline"
msgstr "خط الزمن"

msgctxt "button"
msgid "Open"
msgstr "افتح"

msgctxt "state"
msgid "Open"
msgstr "مفتوح"

msgid "%(n)s event"
msgid_plural "%(n)s events"
msgstr[0] "لا أحداث"
msgstr[1] "حدث واحد"
msgstr[2] "حدثان"
msgstr[3] "%(n)s أحداث"
msgstr[4] "%(n)s حدثًا"
msgstr[5] "%(n)s حدث"

#, fuzzy
msgid "Guess"
msgstr "تخمين"

msgid "Untranslated"
msgstr ""

msgid "%(n)s half"
msgid_plural "%(n)s halves"
msgstr[0] "نصف"
"""


@pytest.fixture(scope="module")
def arabic() -> Catalogue:
    """The catalogue above."""
    return read_catalogue(ARABIC.encode(), "ar")


def test_a_message_is_translated(arabic: Catalogue) -> None:
    """A translated message comes in the language, another one as it is."""
    assert arabic.gettext("Timeline") == "خط الزمن"
    assert arabic.gettext("Missing") == "Missing"


def test_a_context_tells_two_messages_apart(arabic: Catalogue) -> None:
    """One English word may need two Arabic ones."""
    assert arabic.pgettext("button", "Open") == "افتح"
    assert arabic.pgettext("state", "Open") == "مفتوح"
    assert arabic.gettext("Open") == "Open"


@pytest.mark.parametrize(
    ("number", "expected"),
    [
        (0, "لا أحداث"),
        (1, "حدث واحد"),
        (2, "حدثان"),
        (3, "%(n)s أحداث"),
        (11, "%(n)s حدثًا"),
        (100, "%(n)s حدث"),
        (103, "%(n)s أحداث"),
    ],
)
def test_a_number_takes_its_form(arabic: Catalogue, number: int, expected: str) -> None:
    """Arabic's six plural forms are used."""
    assert arabic.ngettext("%(n)s event", "%(n)s events", number) == expected


def test_untranslated_plurals_are_english(arabic: Catalogue) -> None:
    """What has no translation takes the forms of the message itself."""
    assert arabic.ngettext("one", "many", 1) == "one"
    assert arabic.ngettext("one", "many", 2) == "many"
    assert arabic.npgettext("state", "one", "many", 0) == "many"


def test_unfinished_messages_are_left_out(arabic: Catalogue) -> None:
    """Fuzzy, empty and half-translated messages are not shown to readers."""
    assert arabic.gettext("Guess") == "Guess"
    assert arabic.gettext("Untranslated") == "Untranslated"
    assert arabic.ngettext("%(n)s half", "%(n)s halves", 1) == "%(n)s half"


def test_a_message_without_plural_serves_all_numbers(arabic: Catalogue) -> None:
    """A theme that asks for a plural of a plain message gets its one form."""
    assert arabic.ngettext("Timeline", "Timelines", 7) == "خط الزمن"


def test_a_catalogue_crosses_to_another_process(arabic: Catalogue) -> None:
    """A catalogue is a plain value."""
    assert pickle.loads(pickle.dumps(arabic)) == arabic  # noqa: S301 - our own bytes


@pytest.mark.parametrize(
    ("source", "line", "message"),
    [
        (b'msgid "a"\nfoo', 2, "no comment and no keyword"),
        (b'msgid "a"\nmsgstr "\xff"', 2, "not UTF-8"),
        (b'msgid ""\nmsgstr "Plural-Forms: nplurals=2; plural=import os;\\n"', 1, "plural rule"),
        (b'msgid ""\nmsgstr "Plural-Forms: nplurals=2; plural=n ? 1;\\n"', 1, "plural rule"),
        (b'msgid ""\nmsgstr "Plural-Forms: nplurals=2; plural=(n;\\n"', 1, "plural rule"),
        (b'msgid ""\nmsgstr "Plural-Forms: nplurals=2; plural=n==0 ? 0 : n n;\\n"', 1, "plural rule"),
    ],
)
def test_a_broken_catalogue_is_refused(source: bytes, line: int, message: str) -> None:
    """A translator learns the line that is wrong."""
    with pytest.raises(CatalogueError, match=message) as caught:
        read_catalogue(source, "ar")

    assert caught.value.line == line


def test_a_catalogue_without_a_plural_rule_has_the_usual_one() -> None:
    """A translator who leaves the header out gets the usual order of Arabic's forms."""
    source = b'msgid "a"\nmsgid_plural "b"\n' + b"".join(b'msgstr[%d] "%d"\n' % (n, n) for n in range(6))

    catalogue = read_catalogue(source, "ar")

    assert [catalogue.ngettext("a", "b", n) for n in (0, 1, 2, 5, 15, 100)] == ["0", "1", "2", "3", "4", "5"]


def test_no_catalogue_is_english() -> None:
    """Without a catalogue every message is itself."""
    assert Catalogue("en").ngettext("a", "b", 2) == "b"
