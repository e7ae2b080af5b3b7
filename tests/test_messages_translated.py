"""No message of the program lacks its translation. As a script: writes new messages into the catalogues."""

from __future__ import annotations

import re
from string import Formatter
from typing import Final

import messages_kit
import pytest

from timeline_gen.text.plurals import messages_in
from timeline_gen.text.translating import TRANSLATED, catalogue_of

LOCALE: Final = messages_kit.PACKAGE / "text" / "locale"
REWRITE: Final = (
    "write it into the catalogue: .venv/bin/python tests/test_messages_translated.py adds what is new"
)


def test_what_a_person_reads_is_a_message() -> None:
    """A text of a problem, an error or a line that is printed is made by ``say``, so it can be translated."""
    assert list(messages_kit.unmarked()) == [], "make a message of it: say('… {name} …', name=name)"


@pytest.mark.parametrize("lang", TRANSLATED)
def test_no_message_lacks_its_translation(lang: str) -> None:
    """Problems, hints, usage errors, what commands print, help and the preview's panel are all translated."""
    known = {(one, "") for _, one in catalogue_of(lang).messages}
    missing = [
        f"{where}: {one}" for (one, _), where in messages_kit.messages().items() if (one, "") not in known
    ]

    assert missing == [], f"no translation into {lang!r}; {REWRITE}"


@pytest.mark.parametrize("lang", TRANSLATED)
def test_translations_have_the_gaps_of_their_messages(lang: str) -> None:
    """A translation has the gaps of its message, quoted as there; of a plural it may lack the count."""
    catalogue = catalogue_of(lang)
    wrong = [
        f"{one} → {form}"
        for one, many in messages_kit.messages()
        for form in catalogue.messages.get(("", one), ())
        if not _same_gaps(one, form, is_plural=bool(many))
    ]

    assert wrong == []


@pytest.mark.parametrize("lang", TRANSLATED)
def test_catalogue_has_nothing_else(lang: str) -> None:
    """What the program does not print any more is not in the catalogue, and no mark of direction is."""
    data = (LOCALE / f"{lang}.po").read_bytes()

    assert {message.singular for message in messages_in(data, lang)} - {
        one for one, _ in messages_kit.messages()
    } == set()
    assert re.findall("[\u200e\u200f\u202a-\u202e\u2066-\u2069]", data.decode()) == []


def _same_gaps(one: str, form: str, *, is_plural: bool) -> bool:
    wanted, found = _gaps(one), _gaps(form)
    counts = {gap for gap in wanted | found if is_plural and gap[0] in {"count", "len", "nargs", "len_value"}}
    named = {"possibility", "possibilities", "choice", "choices", "format", "formats"} if is_plural else set()
    return {gap for gap in wanted ^ found if gap not in counts and gap[0] not in named} == set()


def _gaps(template: str) -> set[tuple[str, str | None]]:
    try:
        return {(name, how) for _, name, _, how in Formatter().parse(template) if name}
    except ValueError:
        # Without parts, a message is not a template: its braces are what they are.
        return set()


def _rewrite(lang: str) -> None:
    path = LOCALE / f"{lang}.po"
    text = path.read_text("utf-8")
    head = text[: text.index("\n\n#: ")] if "\n\n#: " in text else text
    found = {
        (message.singular, message.plural): message.forms for message in messages_in(path.read_bytes(), lang)
    }
    path.write_text(messages_kit.written(head, found), "utf-8")


if __name__ == "__main__":
    for code in TRANSLATED:
        _rewrite(code)
