"""The words of each language: tables (``*.toml``), the lexicon made of them, and their checks."""

from timeline_gen.dates.words.checks import check_words
from timeline_gen.dates.words.lexicon import LEXICONS, Lexicon, lexicon, searched_words
from timeline_gen.dates.words.tables import WORDING, Table, tables_of
from timeline_gen.dates.words.vocabulary import Tags, Vocabulary, Words, fold

__all__ = [
    "LEXICONS",
    "WORDING",
    "Lexicon",
    "Table",
    "Tags",
    "Vocabulary",
    "Words",
    "check_words",
    "fold",
    "lexicon",
    "searched_words",
    "tables_of",
]
