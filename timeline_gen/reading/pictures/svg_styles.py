"""Styles of an SVG, parsed and written anew with known properties, functions and addresses only.

The only door to tinycss2 (CSS Syntax Level 3, CSS Color Level 4): escapes are decoded before anything is
judged. A value of plain letters, digits and colours, which most are, needs no parser; nothing in it can load
or nest.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable, Sequence
from typing import Final, NamedTuple

import tinycss2
from tinycss2 import ast, color4

from timeline_gen.messages import say
from timeline_gen.reading.pictures.svg_names import (
    FUNCTIONS,
    GROUP_RULES,
    KEYFRAMES,
    PROPERTIES,
    SELECTOR_FUNCTIONS,
)

_PLAIN: Final = re.compile(
    r"(?:url\(#[\w.:-]++\)|rgba?\([\d\s.,%]++\)|(?:translate|matrix|scale|rotate|skew[XY])\([\d\s.,eE+-]++\)"
    r"|'[\w ,.-]*+'|\"[\w ,.-]*+\"|[\w\s#.,%+:!-])*+",
    re.ASCII,
)
"""What needs no parser: neither escapes nor comments nor other functions. Semicolons divide declarations."""
_INHERITED_BY_EDITORS: Final = re.compile(r"-(?:inkscape|moz|ms|o|webkit|apple|epub)-[\w-]+", re.ASCII)
"""Properties of single programs: left out without a word, unless a browser knows them by that name."""
# XBL of old Firefox and HTC of Internet Explorer: both let a style run scripts.
_BOUND: Final = re.compile(r"-moz-binding|behaviou?r", re.IGNORECASE)
_CUSTOM: Final = re.compile(r"--[\w-]+", re.ASCII)
_RUN: Final = re.compile(r"[A-Za-z0-9+/=]{200,}")
"""A font or picture that is carried inside is long, but one token."""
_MOST: Final = 128 * 1024
"""Characters of styles of one drawing that need the parser; it takes microseconds for each."""
_MOST_IN_ALL: Final = 2 * 1024 * 1024
_DEEPEST: Final = 24
_COMMENT_SIGNS: Final = frozenset({"<!--", "-->"})
_REFUSED: Final = (ast.CurlyBracketsBlock, ast.SquareBracketsBlock, ast.ParseError, ast.AtKeywordToken)
"""What no value of a known property holds."""
_UNREADABLE: Final = (ValueError, OverflowError, RecursionError, AssertionError)
"""What the parser raises of numbers of thousands of digits."""

_Report = Callable[[str, int, int], None]
"""Is given what was left out, with its line and column in the style."""


def is_colour(text: str) -> bool:
    """Return whether *text* is a colour (CSS Color Level 4): hexadecimal digits, a name or a function."""
    return color4.parse_color(text) is not None


class Addresses(NamedTuple):
    """Judges of addresses; each returns the address written anew, or an empty text."""

    part: Callable[[str], str]
    picture: Callable[[str], str]


class Styles:
    """The styles of one drawing: *addresses* judges what they refer to."""

    def __init__(self, addresses: Addresses) -> None:
        self._addresses = addresses
        self._values: dict[str, str] = {}
        self._parsed = self._seen = 0

    # ------------------------------------------------------------ values and declarations

    def value(self, text: str) -> str:
        """Return the value *text*, written anew; empty where it is not known to be harmless."""
        if _PLAIN.fullmatch(text):
            return text
        # A drawing repeats its values; only the first of them is read, and counts towards the limit.
        if text not in self._values:
            self._spend(text)
            try:
                tokens = self._cleaned(tinycss2.parse_component_value_list(text, skip_comments=True), 0)
                self._values[text] = _written(tokens)
            except _UNREADABLE:
                self._values[text] = ""
        return self._values[text]

    def declarations(self, text: str, report: _Report) -> str:
        """Return the declarations of a ``style`` attribute, written anew."""
        if all(_PLAIN.fullmatch(part) for part in text.split(";")):
            return _joined(self._plain(part, report) for part in text.split(";"))
        self._spend(text)
        try:
            found = tinycss2.parse_blocks_contents(text, skip_comments=True, skip_whitespace=True)
            return self._block(found, report)
        except _UNREADABLE:
            report(say("a style that cannot be read"), 1, 1)
            return ""

    def _plain(self, text: str, report: _Report) -> str:
        """Return the plain declaration *text*; empty where its property is not known."""
        name, colon, value = text.partition(":")
        name = name.strip().lower()
        if not text.strip():
            return ""
        if colon and _is_known(name):
            return f"{name}:{value.strip()}"
        _report_property(name, report, 1, 1)
        return ""

    def _block(self, found: Iterable[ast.Node], report: _Report) -> str:
        return _joined(self._declaration(declaration, report) for declaration in found)

    def _declaration(self, node: ast.Node, report: _Report) -> str:
        line, column = node.source_line, node.source_column
        if not isinstance(node, ast.Declaration):
            report(say("a style that cannot be read"), line, column)
            return ""
        if not _is_known(node.lower_name):
            _report_property(node.lower_name, report, line, column)
            return ""
        written = _written(self._cleaned(node.value, 0))
        if not written:
            report(
                say("the value of the property {lower_name}", lower_name=_short(node.lower_name)),
                line,
                column,
            )
            return ""
        important = " !important" if node.important else ""
        return f"{node.lower_name}:{written}{important}"

    # ------------------------------------------------------------ style sheets

    def sheet(self, text: str, report: _Report) -> str:
        """Return the style sheet *text*, written anew."""
        self._spend(text)
        try:
            rules = tinycss2.parse_stylesheet(text, skip_comments=True, skip_whitespace=True)
            return "".join(self._rules(rules, report, 0))
        except _UNREADABLE:
            report(say("a style sheet that cannot be read"), 1, 1)
            return ""

    def _rules(self, rules: Sequence[ast.Node], report: _Report, depth: int) -> list[str]:
        return [self._rule(rule, report, depth) for rule in rules]

    def _rule(self, rule: ast.Node, report: _Report, depth: int) -> str:
        line, column = rule.source_line, rule.source_column
        selector = _selector(rule.prelude) if isinstance(rule, ast.QualifiedRule) else ""
        if isinstance(rule, ast.QualifiedRule) and selector:
            inside = tinycss2.parse_blocks_contents(rule.content, skip_comments=True, skip_whitespace=True)
            return f"{selector}{{{self._block(inside, report)}}}"
        if isinstance(rule, ast.AtRule):
            return self._at_rule(rule, report, depth)
        report(say("a rule of a style that cannot be read"), line, column)
        return ""

    def _at_rule(self, rule: ast.AtRule, report: _Report, depth: int) -> str:
        name = rule.lower_at_keyword
        prelude = _written(self._cleaned(rule.prelude, 0))
        # Not @import, @font-face and @namespace: the first two load, the third changes what selectors mean.
        if name not in GROUP_RULES | KEYFRAMES or rule.content is None or not prelude or depth > 3:
            if name not in {"charset", "page"}:
                report(say("the rule @{name}", name=_short(name)), rule.source_line, rule.source_column)
            return ""
        inside = tinycss2.parse_rule_list(rule.content, skip_comments=True, skip_whitespace=True)
        inner = "".join(self._rules(inside, report, depth + 1))
        return f"@{name} {prelude}{{{inner}}}"

    # ------------------------------------------------------------ tokens

    def _cleaned(self, tokens: Sequence[ast.Node], depth: int) -> list[ast.Node] | None:
        """Return *tokens* with their addresses written anew; None where one is not known to be harmless."""
        if depth > _DEEPEST:
            return None
        found: list[ast.Node] = []
        for token in tokens:
            clean = self._token(token, depth)
            if clean is None:
                return None
            found.append(clean)
        return found

    def _token(self, token: ast.Node, depth: int) -> ast.Node | None:
        if isinstance(token, ast.URLToken):
            return self._url(token.value, token)
        if isinstance(token, ast.FunctionBlock):
            return self._function(token, depth)
        if isinstance(token, ast.ParenthesesBlock):
            content = self._cleaned(token.content, depth + 1)
            place = token.source_line, token.source_column
            return None if content is None else ast.ParenthesesBlock(*place, content)
        comment = isinstance(token, ast.LiteralToken) and token.value in _COMMENT_SIGNS
        return None if comment or isinstance(token, _REFUSED) else token

    def _function(self, token: ast.FunctionBlock, depth: int) -> ast.Node | None:
        inside = [argument for argument in token.arguments if argument.type not in {"whitespace", "comment"}]
        if token.lower_name == "url":
            address = inside[0] if len(inside) == 1 else None
            # url("…") is a function to the parser, url(…) a token of its own (CSS Syntax Level 3, 4.3.6).
            return self._url(address.value, token) if isinstance(address, ast.StringToken) else None
        arguments = self._cleaned(token.arguments, depth + 1)
        if token.lower_name not in FUNCTIONS or arguments is None:
            return None
        return ast.FunctionBlock(token.source_line, token.source_column, token.name, arguments)

    def _url(self, address: str, token: ast.Node) -> ast.URLToken | None:
        found = self._addresses.part(address) or self._addresses.picture(address)
        written = f"url({found})" if found.startswith("#") else f'url("{found}")'
        return ast.URLToken(token.source_line, token.source_column, found, written) if found else None

    def _spend(self, text: str) -> None:
        """Count *text* towards what a drawing may hold of styles; raise ValueError where that is too much."""
        self._seen += len(text)
        self._parsed += len(_RUN.sub("", text))
        if self._parsed > _MOST or self._seen > _MOST_IN_ALL:
            raise StylesTooLongError(say("its styles are longer than {most} KiB", most=_MOST // 1024))


class StylesTooLongError(ValueError):
    """A drawing holds more styles than are read."""


def _written(tokens: Sequence[ast.Node] | None) -> str:
    """Return *tokens* as text; empty where only a comment keeps two of them apart."""
    text = tinycss2.serialize(tokens).strip() if tokens else ""
    return "" if "/*" in text else text


def _is_known(name: str) -> bool:
    return name in PROPERTIES or bool(_CUSTOM.fullmatch(name))


def _report_property(name: str, report: _Report, line: int, column: int) -> None:
    if _BOUND.fullmatch(name) or not _INHERITED_BY_EDITORS.fullmatch(name):
        report(say("the property {name}", name=_short(name)), line, column)


def _selector(tokens: Sequence[ast.Node]) -> str:
    return _written(tokens) if _is_selector(tokens, 0) else ""


def _is_selector(tokens: Sequence[ast.Node], depth: int) -> bool:
    """Return whether *tokens* select elements and do nothing else."""
    if depth > _DEEPEST:
        return False
    for token in tokens:
        if isinstance(token, ast.URLToken | ast.ParseError | ast.AtKeywordToken | ast.CurlyBracketsBlock):
            return False
        if isinstance(token, ast.FunctionBlock) and token.lower_name not in SELECTOR_FUNCTIONS:
            return False
        inside = getattr(token, "arguments", None) or getattr(token, "content", None)
        if inside and not _is_selector(inside, depth + 1):
            return False
    return True


def _joined(declarations: Iterable[str]) -> str:
    return ";".join(declaration for declaration in declarations if declaration)


def _short(name: str) -> str:
    return name if len(name) <= 40 else f"{name[:40]}…"
