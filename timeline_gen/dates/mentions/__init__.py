"""Dates in running text: where a sentence names one, and how it is read."""

from timeline_gen.dates.mentions.finding import DateMention, MentionStyle, find_mentions
from timeline_gen.dates.mentions.sentences import Sentence, split_sentences
from timeline_gen.dates.mentions.words import likeliest_language

__all__ = [
    "DateMention",
    "MentionStyle",
    "Sentence",
    "find_mentions",
    "likeliest_language",
    "split_sentences",
]
