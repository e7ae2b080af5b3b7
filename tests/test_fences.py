"""Fenced code in a text: what is in it is shown, and is neither nested nor a conflict."""

from __future__ import annotations

from pathlib import PurePosixPath

import pytest

from timeline_gen.model.files import Source
from timeline_gen.reading.front_matter.decoding import decode
from timeline_gen.reading.prose.repetition import too_much
from timeline_gen.text.fences import without_fenced

CONFLICT = "<<<<<<< HEAD\none\n=======\nother\n>>>>>>> branch\n"


@pytest.mark.parametrize(
    ("text", "kept"),
    [
        ("a\n```\ncode\n```\nb", "a\n   \n    \n   \nb"),
        ("~~~~ sh\n```\n~~~~\nb", "       \n   \n    \nb"),
        ("```\n``` x\n```\nb", "   \n     \n   \nb"),
        ("a\n```\nnever closed", "a\n```\nnever closed"),
        ("``` a ` b\ntext\n```", "``` a ` b\ntext\n```"),
        (" ```\ncode\n ```", " ```\ncode\n ```"),
        ("none", "none"),
    ],
)
def test_without_fenced(text: str, kept: str) -> None:
    """Only what a fence holds that begins with a line, and is closed, is taken away."""
    assert without_fenced(text) == kept


def test_deep_code() -> None:
    """Code may be as deep as it likes; what a fence that is never closed hides may not."""
    deep = ">" * 60 + " deep\n"

    assert too_much(f"```\n{deep}```\n") is None
    for text in (deep, f"```\n{deep}", f"```\ncode\n```\n{deep}"):
        found = too_much(text)
        assert found is not None
        assert (found.code, text[found.start]) == ("TG406", ">")


def test_conflict_as_code() -> None:
    """A text about git may show a conflict as code; one that is in the text is an error."""
    fenced = Source(PurePosixPath("a.en.md"), f"Text\n\n```\n{CONFLICT}```\n".encode())
    plain = Source(PurePosixPath("a.en.md"), f"Text\n\n```\n```\n{CONFLICT}".encode())

    assert decode(fenced)[1] == ()
    assert [problem.code for problem in decode(plain)[1]] == ["TG132"]
