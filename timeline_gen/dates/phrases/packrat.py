"""The packrat parser under the phrase grammar: rules over tokens, each with a memory of what it read.

A rule takes the parse and a position and returns a value with the position after it, or None. Each rule
runs at most once at each position, so that the work grows linearly with the text;
:attr:`Parse.steps` counts it.
"""

from __future__ import annotations

from collections.abc import Callable, Collection, Sequence
from functools import wraps
from typing import TypeVar

from timeline_gen.dates.phrases.tokens import DateToken
from timeline_gen.dates.words import Lexicon

T = TypeVar("T")
Match = tuple[T, int] | None
"""What a rule reads, and the position after it; None if the rule does not fit."""


class Parse:
    """The parse of a text: its tokens, and what the rules found so far."""

    __slots__ = ("farthest", "lexicon", "memory", "roles", "steps", "tokens")

    def __init__(self, tokens: Sequence[DateToken], lexicon: Lexicon) -> None:
        self.tokens = tokens
        self.lexicon = lexicon
        self.roles = frozenset[str]().union(*(token.tags for token in tokens))
        """All that any token may be."""
        self.memory: dict[tuple[str, int], object] = {}
        self.steps = 0
        # How far any rule came: the place of the problem in a text whose words are all known.
        self.farthest = 0

    def tag(self, pos: int, name: str) -> int | str | None:
        """Return the value of the token at *pos* as a *name* ("month"), or None if it is no such token."""
        self.steps += 1
        if not 0 <= pos < len(self.tokens):
            return None
        value = self.tokens[pos].tags.get(name)
        if value is not None and pos >= self.farthest:
            self.farthest = pos + 1
        return value

    def which(self, pos: int, names: Collection[str]) -> str:
        """Return which of *names* the token at *pos* may be, the first of them; empty if none."""
        if not self.has(pos, *names):
            return ""
        tags = self.tokens[pos].tags
        return next(name for name in names if name in tags)

    def number(self, pos: int, name: str) -> int | None:
        """Return the number that the token at *pos* has as a *name*, or None."""
        value = self.tag(pos, name)
        return value if isinstance(value, int) else None

    def has(self, pos: int, *names: str) -> bool:
        """Return whether the token at *pos* may be one of *names*."""
        self.steps += 1
        if not 0 <= pos < len(self.tokens):
            return False
        tags = self.tokens[pos].tags
        # Most tokens have one tag, and most questions one name: a loop is quicker than two sets.
        for name in names:
            if name in tags:
                if pos >= self.farthest:
                    self.farthest = pos + 1
                return True
        return False

    def skip(self, pos: int, *names: str, most: int = 3) -> int:
        """Return the position after up to *most* tokens that may be one of *names*."""
        for _ in range(most):
            if not self.has(pos, *names):
                break
            pos += 1
        return pos

    def tight(self, pos: int, *names: str) -> bool:
        """Return whether the token at *pos* may be one of *names* and has no spaces on both sides."""
        return self.has(pos, *names) and not self.tokens[pos].loose

    def may(self, *names: str) -> bool:
        """Return whether any token of the text may be one of *names*."""
        return not self.roles.isdisjoint(names)

    def place(self, pos: int) -> int:
        """Return the offset in the text of the token at *pos*."""
        return self.tokens[pos].start if pos < len(self.tokens) else 0


Rule = Callable[[Parse, int], Match[T]]


def rule(function: Rule[T]) -> Rule[T]:
    """Let *function* run only once at each position of a text."""
    name = f"{function.__module__}.{function.__qualname__}"

    @wraps(function)
    def remembering(parse: Parse, pos: int) -> Match[T]:
        key = name, pos
        memory = parse.memory
        # That a rule does not fit is remembered as well, as None.
        if key in memory:
            return memory[key]  # type: ignore[return-value]  # a rule has a single type
        parse.steps += 1
        memory[key] = result = function(parse, pos)
        return result

    return remembering


def needing(*roles: str) -> Callable[[Rule[T]], Rule[T]]:
    """Let a rule run, once at each position, only in a text where some word may be one of *roles*."""

    def narrowed(function: Rule[T]) -> Rule[T]:
        whole = rule(function)

        @wraps(function)
        def seeking(parse: Parse, pos: int) -> Match[T]:
            # Most texts name no season, feast or week: the rules of these cost them nothing.
            return None if parse.roles.isdisjoint(roles) else whole(parse, pos)

        return seeking

    return narrowed


def first_of(parse: Parse, pos: int, *rules: Rule[T]) -> Match[T]:
    """Return what the first of *rules* that fits at *pos* reads."""
    for candidate in rules:
        if found := candidate(parse, pos):
            return found
    return None
