"""Messages: English text that knows its template and its parts."""

from __future__ import annotations

import pickle
from dataclasses import replace
from pathlib import PurePosixPath

import pytest

from timeline_gen.errors import Place, Problem, UsageError
from timeline_gen.keys import key_of
from timeline_gen.messages import Message, listed, many, say, say_many


def test_message_is_its_english_text() -> None:
    """A message is equal to its text, counts as it in keys, and is sorted as it."""
    message = say("the key {key!r} is unknown here", key="titel")

    assert message == "the key 'titel' is unknown here"
    assert key_of(message) == key_of("the key 'titel' is unknown here")
    assert sorted([message, "a"]) == ["a", message]


def test_message_keeps_its_parts_in_other_processes() -> None:
    """A problem comes back from the cache, or from another process, with the parts of its message."""
    message = say("there is no {what} {name!r}", what=say("theme"), name="mine")
    problem = replace(Problem("TG710", "", Place(PurePosixPath("site.yaml"))), message=message)

    back = pickle.loads(pickle.dumps(problem)).message  # noqa: S301 - made here

    assert isinstance(back, Message)
    assert (back.template, back.parts) == ("there is no {what} {name!r}", {"what": "theme", "name": "mine"})
    assert isinstance(back.parts["what"], Message)


@pytest.mark.parametrize("error", [ValueError, UsageError, OSError])
def test_message_passes_through_an_exception(error: type[Exception]) -> None:
    """The text of an exception is its message, parts included."""
    assert isinstance(str(error(say("it is {what}", what="damaged"))), Message)


def test_sum_and_list_keep_their_parts() -> None:
    """What is put behind a message, or in a list of messages, is kept apart from it."""
    total = listed([many(2, "error"), many(1, "warning")]) + say(" in {count}", count=3)

    assert total == "2 errors, 1 warning in 3"
    assert isinstance(total, Message)
    assert total.parts["start"] == "2 errors, 1 warning"
    assert listed(["a", "b"], "{start} or {end}") == "a or b"


def test_plural_of_a_message() -> None:
    """The count decides between the two English forms."""
    assert say_many(1, "{count} file of {path}", "{count} files of {path}", path="x") == "1 file of x"
    assert many(1200, "address") == "1,200 addresses"
