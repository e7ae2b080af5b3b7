"""Dates in the words of each language, from the patterns in its file of words."""

from timeline_gen.dates.wording.compose import word
from timeline_gen.dates.wording.patterns import styles

__all__ = ["styles", "word"]
