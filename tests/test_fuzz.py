"""A short run of what ``make fuzz`` does at length: damaged files are read or refused, and nothing fails."""

from __future__ import annotations

import pytest
from fuzz_targets import TARGETS, samples

COUNT = 250
"""Samples for each reader; the same ones every time."""


@pytest.mark.parametrize("name", TARGETS)
def test_damaged_files(name: str) -> None:
    """Whatever strangers write, a reader reads it or says what is wrong with it."""
    for data in samples(name, COUNT):
        try:
            TARGETS[name].try_with(data)
        except Exception as error:
            raise AssertionError(f"{name} fails with {data[:2000]!r}") from error


@pytest.mark.parametrize("name", TARGETS)
def test_samples_are_the_same_every_time(name: str) -> None:
    """A finding can be had again."""
    assert list(samples(name, 20)) == list(samples(name, 20))
