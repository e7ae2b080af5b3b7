"""Hostile texts, values, names and themes: what was found by attack, and the base of what held."""

from __future__ import annotations

import json
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any, TypeAlias

from hostile.cases import (
    EVENT,
    EVIL,
    Case,
    Data,
    Make,
    article,
    both,
    entities,
    event,
    fifo,
    front,
    linked,
    named,
    output_is_a_file,
    page,
    picture,
    png,
    prose,
    put,
    raw,
    settings,
    theme,
)

_MANY = 100_000


def _times(unit: str, size: int = _MANY) -> str:
    return unit * (size // len(unit))


# ---------------------------------------------------------------- marks that are repeated without end

_REPEATED = {
    "fence-lines": "```a\n" * 50_001,
    "fences-with-attributes": "``` {a=b}\n" * 10_000,
    "backslashes": "\\" * 300_000,
    "table-backticks": "a|b\n-|-\n" + "`|" * 100_000,
    "table-cells": "a" + "|b" * 1_000 + "\n-" + "|-" * 1_000 + "\n" + "|\n" * 5_000,
    "heading-open-quotes": "# h {: " + 'a="' * 60_000 + "}",
    "heading-attributes": "# h {: " + "a=b " * 50_000 + "}",
    "tag-attributes": "<p " + "a " * 100_000 + ">",
    "spaces-in-braces": "{" + " " * 100_000,
    "ampersands": "&amp;" * 70_000,
    "dashes": "- - " * 80_000 + "x",
    "emphasis": "a**b*" * 40_000,
    "emphasis-mixed": "*_" * 60_000,
    "rule-stars": "* " * 150_000 + "x",
    "hard-breaks": "a  \n" * 90_000,
    "backtick-letters": "`a" * 100_000,
    "backticks-growing": " ".join("`" * count for count in range(1, 800)),
    "open-elements": "<div>" * 2_900,
    "character-data": "<![CDATA[" * 2_900,
    "comments": "<!--" * 2_999,
    "footnotes": "[^a]: x\n\n" + "[^a] " * 20_000,
    "links": "[a](" * 20_000,
    "quoted-lists": "> - " * 20_000,
    "brackets": "[" * 20_000,
    "brackets-below-the-limit": "[" * 2_000,
    "tags": "<a " * 2_999,
    "quotes": ">" * 10_000 + " x",
    "lists": "".join(" " * (4 * depth) + "- x\n" for depth in range(45)),
    "stars": "*" * 100_000,
    "tildes": "~~~ {" * 20_000,
    "abbreviations": "".join(f"*[A{number}]: x\n" for number in range(499)) + "A1 " * 50_000,
    "line": "x" * 399_000,
    "blank-lines": "\n" * 399_000 + "x",
    "combining": "a" + "\u0301" * 300_000,
    "too-long": "word " * 199_000,
    "missing-pictures": "![a](no.png)\n\n" * 20_000,
    "script-links": "[a](javascript:x)\n\n" * 20_000,
    "headings": "## h\n\n" * 15_000,
}


def _repetitions() -> Iterator[Case]:
    for name, text in _REPEATED.items():
        yield Case(f"repeated/{name}", prose(text))
        if name in {
            "backticks-growing",
            "spaces-in-braces",
            "open-elements",
            "tag-attributes",
            "fence-lines",
        }:
            engine = settings("markdown: {engine: commonmark}")
            yield Case(f"repeated/commonmark-{name}", both(engine, prose(text)))
    yield Case("repeated/page", page("`a" * 100_000), expect="problem", code="TG405")
    summaries = "".join(
        f'  - {{id: e{number}, date: 2019, title: E, summary: "{"[" * 400}"}}\n' for number in range(1_500)
    )
    head = "title: T\ndate: 2020-01-01\nevents:\n"
    yield Case("repeated/summaries", front(head + summaries), expect="problem", code="TG405|TG128")
    caption = f'media: {{src: "https://example.org/v", alt: a, caption: "{_times("[a](")}"}}'
    yield Case("repeated/caption", event(caption))
    yield Case("repeated/pictures", picture(png(), typed="p.png) ![a](" * 5_000 + "p.png"))


# ---------------------------------------------------------------- values at and beyond their ends

_ID = 'title: T\ndate: 2020-01-01\nevents:\n  - id: "{}"\n    title: E\n    date: 2019\n'
_DATE = 'title: T\ndate: 2020-01-01\nevents:\n  - id: e\n    title: E\n    date: "{}"\n'
_ENDS = (
    "9999-12-31T23:59-14:00", "9999-12-31T23:59:59+14:00", "9999-12-31T23:59Z", "9999-12-31", "0001-01-01",
    "0001-01-01T00:00+14:00", "0001-01-01T00:00-14:00", "0000-01-01", "0001-01-01T00:00Z",
)  # fmt: skip

_INVISIBLE = ("\u200b\u200b", "\u2060", "\u3164", "\u2800", "\ufe0f", "\u00ad", "\u202a\u202c", "\u034f")


def _values() -> Iterator[Case]:
    for key in ("date", "updated", "embargo"):
        for end in _ENDS:
            date = "date: 2020-01-01\n" if key == "embargo" else ""
            before = "date: 0001-01-01\n" if key == "updated" else date
            yield Case(f"value/{key}-{end}", front(f"title: T\n{before}{key}: {end}"))
    sources = ", ".join(f'{{name: n, date: "{end}", accessed: "{end}"}}' for end in _ENDS)
    yield Case("value/sources", event(f"sources: [{sources}]"), expect="harmless")
    days = "".join(f'  - {{id: e{n}, title: E, date: "{end[:10]}"}}\n' for n, end in enumerate(_ENDS))
    yield Case("value/events", front(f"title: T\ndate: 2020-01-01\nevents:\n{days}"), expect="harmless")
    for name, text in {
        "year-20-digits": "9" * 20, "set": "{" + ",".join(map(str, range(1000, 6000))) + "}",
        "digits": "9" * 5_000,
        "words": "before " * 3_000 + "2019", "slashes": "2019/" * 2_000, "exponent": "Y1E999999999",
        "parent": "../..", "range": "{1..99999999}", "infinite": ".inf", "no-number": ".nan",
        "phrases": _times("19th century, "), "months": _times("January "), "arabic": _times("قبل ") + "2019",
    }.items():  # fmt: skip
        yield Case(f"value/date-{name}", front(_DATE.format(text)), expect="problem", code="TG2..")
    for name, text in {
        "parent": "../x", "root": "/etc/passwd", "device": "con", "device-dot": "con.x", "long": "x" * 300,
        "percent": "%2e%2e", "dots": "..", "dot": ".", "end": "a.", "invisible": "\u200b", "nul": "a\\0b",
    }.items():  # fmt: skip
        yield Case(f"value/id-{name}", front(_ID.format(text)), expect="problem", code="TG307|TG305|TG106")
    for key in ("importance", "order"):
        for name, text in {
            "huge": "9" * 5_000,
            "infinite": ".inf",
            "real": "1e400",
            "no-number": ".nan",
        }.items():
            yield Case(f"value/{key}-{name}", event(f"{key}: {text}"), expect="problem")
    for name, text in {"far": "[999, 1e400]", "no-number": "[.nan, .nan]", "words": "[nan, nan]"}.items():
        where = entities(f"a: {{kind: place, name: x, coordinates: {text}}}\n")
        yield Case(f"value/coordinates-{name}", where, expect="problem", code="TG304")
    for number, text in enumerate(_INVISIBLE):
        yield Case(f"value/title-invisible-{number}", front(f'title: "{text}"'), "problem", "TG305")
    nothing = _INVISIBLE[0]
    yield Case("value/event-invisible", front(EVENT.replace(": E", f': "{nothing}"')), "problem", "TG305")
    yield Case("value/name-invisible", event(f'people: ["{nothing}"]'), "problem", "TG305")
    yield Case(
        "value/entity-invisible", entities(f'a: {{kind: place, name: "{nothing}"}}\n'), "problem", "TG305"
    )
    yield Case("value/site-invisible", settings(f'title: "{nothing}"', "title"), "problem", "TG305")
    for unit in ("x", "<", "\u0301", "كلمة "):
        long = f'"{_times(unit)}e"'
        yield Case(f"value/title-long-{unit.strip()}", front(f"title: {long}"), "problem", "TG316")
        yield Case(f"value/name-long-{unit.strip()}", event(f"people: [{long}]"), "problem", "TG316")
        yield Case(f"value/summary-long-{unit.strip()}", event(f"summary: {long}"), "problem", "TG316")
    yield Case("value/title-of-no-language", settings("title: {}", "title"), "problem", "TG305")
    for key in ("description", "publisher"):
        yield Case(f"value/{key}-of-no-language", settings(f"{key}: {{}}", key), "harmless")
    yield Case("value/name-of-no-language", entities("a: {kind: place, name: {}}\n"), "problem", "TG305")
    twins = '{"\u00e9": 1, "e\u0301": 2}'
    yield Case("value/keys-twice", front(f"title: a\nextra: {twins}"), "problem", "TG122")
    yield Case("value/aliases", front(EVENT + 'aliases: ["../../x", "/etc/x"]'), "problem")
    yield Case("value/tags", front(EVENT + 'tags: ["../x", "..", "%2e%2e%2f"]'))


# ---------------------------------------------------------------- addresses

_LINKS = (
    "/\\evil.example", "\\\\evil.example", "\\/evil.example/x", "/&#9;/evil.example", "https:/evil.example",
    "https:\\\\evil.example", "https:evil.example", "https://good.example\\@evil.example/",
    "https://user:password@evil.example/", "https://user@evil.example/", "//evil.example",
    "&#10;//evil.example", "&#1;//evil.example", "HTTPS:///evil.example",
)  # fmt: skip


def _addresses() -> Iterator[Case]:
    for number, address in enumerate(_LINKS):
        yield Case(f"address/element-{number}", prose(f'<a href="{address}">x</a>'), "problem", "TG402")
        # In Markdown a backslash ahead of a mark stands for the mark.
        typed = address.replace("\\", "\\\\")
        yield Case(f"address/link-{number}", prose(f"[x](<{typed}>)"), noted="&" not in address)
    yield Case("address/summary", event("summary: '[x](</\\\\evil.example>)'"), "problem", "TG402")
    fields: dict[str, Callable[[str], Make]] = {
        "source": lambda text: event(f'sources: [{{name: n, url: "{text}"}}]'),
        "archive": lambda text: event(f'sources: [{{name: n, archive: "{text}"}}]'),
        "website": lambda text: entities(f'e1: {{kind: person, name: x, website: "{text}"}}\n'),
        "url": lambda text: settings(f'url: "{text}"', "url"),
    }
    for key, make in fields.items():
        for name, text in {
            "script": "javascript:alert(1)", "tab": "java\\tscript:alert(1)", "password": "https://u:p@e.example/",
            "user": "https://u@e.example/", "backslash": "https://a.example\\\\@evil.example/", "none": "https:///x",
        }.items():  # fmt: skip
            yield Case(f"address/{key}-{name}", make(text), expect="problem", code="TG306|TG106")
    media = 'media: {src: "https://u:p@example.org/v.mp4", alt: a}'
    yield Case("address/media-password", event(media), "problem", "TG402")


# ---------------------------------------------------------------- YAML and bytes


def _yaml() -> Iterator[Case]:
    for name, text in {
        "brackets": "title: " + "[" * 50_000,
        "braces": "title: " + "{" * 50_000,
        "sequences": "extra:\n  " + "- " * 5_000 + "x",
        "complex-key": "? " + "[" * 5_000 + "]" * 5_000 + "\n: c\n" + EVENT,
        "aliases": "a: &a [x,x]\nb: &b [*a,*a]\nc: &c [*b,*b]",
        "merge": "a: &a {x: y}\nb: {<<: [*a,*a]}\n" + EVENT,
        "tag-python": 'title: !!python/object/apply:os.system ["touch ../EXECUTED"]\n',
        "duplicate": "title: a\ntitle: b\ndate: 2020-01-01",
        "duplicates": "title: a\n" * 5_000,
        "surrogate": 'title: "a\\ud800b"\ndate: 2020-01-01',
        "beyond-unicode": 'title: "a\\UFFFFFFFFb"\ndate: 2020-01-01',
        "nul-escaped": 'title: "a\\0b"\ndate: 2020-01-01',
        "escape-escaped": 'title: "a\\e[31mb"\ndate: 2020-01-01',
        "override-escaped": 'title: "a\\u202eb"\ndate: 2020-01-01',
        "two-documents": EVENT + "...\n--- x\n",
        "types": "title: [a]\ndate: {a: b}\nevents: x\nsource: []\ntags: {a: b}\nextra: 5\ndraft: maybe",
        "title-empty": 'title: "   "\ndate: 2020-01-01',
        "unknown-key-long": EVENT + "t" * _MANY + ": x\n",
        "unknown-keys": EVENT + "".join(f"titel{number}: x\n" for number in range(2_000)),
    }.items():
        yield Case(f"yaml/{name}", front(text), expect="problem")
    files: dict[str, Data] = {
        "nul": article("title: a\0b\ndate: 2020-01-01"),
        "control": article("title: a\x07b\x1b[31m\ndate: 2020-01-01"),
        "c1": article("title: a\u009bb\ndate: 2020-01-01"),
        "line-separator": article("title: a\u2028b\ndate: 2020-01-01"),
        "override": article("title: a\u202eb\ndate: 2020-01-01"),
        "isolate-open": article("title: a\u2067b\n\ndate: 2020\u2069-01-01"),
        "surrogate-utf8": b"---\ntitle: a\xed\xa0\x80b\ndate: 2020-01-01\n---\nx",
        "utf16": article("title: a\ndate: 2020-01-01").encode("utf-16"),
        "latin1": "title: é".encode("latin1"),
        "empty": b"",
        "unclosed": b"---\ntitle: x\n",
        "lone-cr": article(EVENT).replace("\n", "\r"),
    }
    for name, data in files.items():
        yield Case(f"bytes/{name}", raw(data), expect="problem", code="TG1..|TG3..")
    yield Case("bytes/2-megabytes", raw(article(EVENT, "word " * 420_000)), expect="problem", code="TG107")


# ---------------------------------------------------------------- paths and names


def _paths() -> Iterator[Case]:
    for name, typed in {
        "parent": "../../site.yaml", "outside": "../../../outside/secret.txt", "passwd": "/etc/passwd",
        "encoded": "..%2f..%2fsite.yaml", "file": "file:///etc/passwd", "host": f"{EVIL}.png",
        "host-bare": "//evil.example/x.png", "data": "data:image/png;base64,AAAA", "nul": "%00.png",
    }.items():  # fmt: skip
        yield Case(f"path/picture-{name}", picture(png(), typed=typed), expect="problem")
    for name, target in {
        "passwd": "/etc/passwd",
        "zero": "/dev/zero",
        "itself": "p.png",
        "outside": "../../../outside/secret.txt",
    }.items():
        yield Case(
            f"path/link-{name}", both(picture(None), linked("content/articles/p.png", target)), "problem"
        )
    yield Case("path/pipe-picture", both(picture(None), fifo("content/articles/p.png")), expect="problem")
    yield Case("path/pipe-article", fifo("content/articles/f.en.md"), expect="problem", code="TG108")
    yield Case("path/pipe-entities", fifo("content/entities.yaml"), expect="problem")
    yield Case("path/pipe-settings", fifo("site.yaml"), expect="refused")
    yield Case("path/zero-article", linked("content/articles/f.en.md", "/dev/zero"), "problem", "TG108")
    yield Case("path/folder-itself", linked("content/articles/loop", "."))
    yield Case("path/folder-root", linked("content/articles/root", "/"), expect="problem")
    names: dict[str, Data] = {
        "newline": "a\nb.en.md", "device": "CON.en.md", "override": "a\u202eb.en.md", "bytes": b"a\xff.en.md",
        "language": "x.zz.md", "markup": '"><img src=x onerror=alert(1)>.en.md', "long": f"{'a' * 240}.en.md",
        "invisible": "\u200b.en.md",
    }  # fmt: skip
    for name, file in names.items():
        yield Case(f"name/{name}", named(file), expect="problem", code="TG1..")
    yield Case("name/picture", picture(png(), '"><img src=x onerror=alert(1)>.png'))
    yield Case("name/twins", both(named("caf\u00e9.en.md"), named("cafe\u0301.en.md")), "problem", "TG114")
    yield Case("name/dots", named("..en.md"))
    yield Case("name/output-is-a-file", output_is_a_file, expect="refused")


# ---------------------------------------------------------------- scripts in every field

_PAYLOADS = (
    "<script>window.__x=1</script>",
    '"><img src=x onerror=window.__x=1>',
    "' autofocus onfocus=window.__x=1 x='",
    "</script><script>window.__x=1</script>",
    "</title></textarea></style><svg onload=window.__x=1>",
    "--><script>window.__x=1</script>",
    "]]><script>window.__x=1</script>",
    "<a href='java&#9;script:window.__x=1'>x</a>",
    '[x](javascript:window.__x=1) ![x](x" onerror="window.__x=1)',
    "{{ 7777*7 }} {% raw %}{{ config }} ${7777*7}",
    "=cmd|'/C calc'!A0",
    "＝1+1",
    "x END:VCALENDAR;,\\nBEGIN:VEVENT\\nUID:evil",
    "&lt;script&gt;window.__x=1&lt;/script&gt; &amp;lt;img src=x onerror=1&amp;gt;",
    "`${window.__x=1}`\\u003cscript\\u003e",
    "<p style='background:url(//evil.example/)' id='x\" onmouseover=\"y'>x</p>",
)

_Matter: TypeAlias = dict[str, Any]
_Wrap: TypeAlias = Callable[[str], object]


def _fields(change: Callable[[_Matter, str], str]) -> Make:
    """Make an article for each payload; *change* puts it into the front matter, or returns a body."""

    def make(root: Path) -> None:
        for number, payload in enumerate(_PAYLOADS):
            events = [{"id": f"ev{number}", "date": "2019", "title": f"E{number}"}]
            matter: _Matter = {"title": f"T{number}", "date": "2020-01-01", "events": events}
            body = change(matter, f"{payload} {number}") or "Hello\n"
            text = "\n".join(
                f"{key}: {json.dumps(value, ensure_ascii=False)}" for key, value in matter.items()
            )
            put(root, f"content/articles/x{number}.en.md", article(text, body))
        put(root, "content/articles/pic.png", png())

    return make


def _event_key(key: str, wrap: _Wrap = str) -> Make:
    def change(matter: _Matter, payload: str) -> str:
        matter["events"][0][key] = wrap(payload)
        return ""

    return _fields(change)


def _article_key(key: str, wrap: _Wrap = str) -> Make:
    def change(matter: _Matter, payload: str) -> str:
        matter[key] = wrap(payload)
        return ""

    return _fields(change)


def _body(_: _Matter, payload: str) -> str:
    return f"{payload}\n\n- {payload}\n\n> {payload}\n\n|a|\n|-|\n|{payload}|\n"


def _scripts() -> Iterator[Case]:
    for name, make in {
        "article-title": _article_key("title"),
        "article-authors": _article_key("authors", lambda text: [text]),
        "article-source": _article_key(
            "source", lambda text: dict.fromkeys(("name", "title", "author", "quote"), text)
        ),
        "article-extra": _article_key("extra", lambda text: {"k": text, text: "v"}),
        "event-title": _event_key("title"),
        "event-date-text": _event_key("date_text"),
        "event-sources": _event_key("sources", lambda text: [dict.fromkeys(("name", "title", "page"), text)]),
        "event-people": _event_key("people", lambda text: [text]),
        "event-tags": _event_key("tags", lambda text: [text]),
        "picture-words": _event_key(
            "media", lambda text: {"src": "pic.png", "alt": text, "caption": text, "credit": text}
        ),
    }.items():
        yield Case(f"script/{name}", make, lacks="54439")
    for name, make in {
        "article-summary": _article_key("summary"),
        "event-summary": _event_key("summary"),
        "body": _fields(_body),
    }.items():
        yield Case(f"script/{name}", make, noted=True, lacks="54439")
    for name, text in {
        "iframe": "<iframe srcdoc='<script>parent.__x=1</script>'></iframe>",
        "svg-inline": "<svg><a xlink:href=javascript:window.__x=1><text>x</text></a></svg>",
        "math-style": "<math><mtext><mglyph><style><!--</style><img title='--&gt;&lt;img onerror=x&gt;'>",
        "noscript": "<noscript><p title='</noscript><img src=x onerror=alert(1)>'>",
        "base": f"<base href=//evil.example/><meta http-equiv=refresh content='0;url={EVIL}'>",
        "formaction": "<form action=javascript:x><button formaction=javascript:x>x</button></form>",
        "entity-scheme": "<a href='&#106;ava&Tab;script&colon;alert(1)'>x</a>",
        "attributes": "# h {: onclick=alert(1) style='background:url(//e.example)' }\n\n`x`{: onmouseover=x}",
        "reference": "[x]: javascript:alert(1)\n\n[x]\n\n<javascript:alert(1)>",
        "nested-tags": "<scr<script>ipt>alert(1)</scr</script>ipt><<script>alert(1)//<</script>",
    }.items():
        yield Case(f"script/{name}", prose(text), noted=True)
    names = '{en: "</script><script>x</script>", ar: "\\"><img src=x onerror=y>"}'
    person = f'e1: {{kind: person, name: {names}, other_names: ["=1+1", "<svg onload=x>"]}}\n'
    yield Case("script/entity-names", entities(person), expect="harmless")


# ---------------------------------------------------------------- what leaves as data; settings and themes


def _data() -> Iterator[Case]:
    yield Case("data/calendar-lines", event(r'summary: "x\r\nEND:VEVENT\r\nBEGIN:VEVENT\r\nUID:evil"'))
    title = EVENT.replace("title: E", rf'title: "x\nATTACH:{EVIL}"')
    yield Case("data/calendar-title", front(title))
    yield Case("data/table-cells", event('people: ["=HYPERLINK(1)", "+1", "@SUM(1)", "-2+3", "\\t=1"]'))
    entry = 'summary: "]]></summary></entry><entry><link href=\\"javascript:x\\"/>"'
    yield Case("data/feed-cdata", front(EVENT + entry))
    yield Case("data/json-script", event('extra: {"</script><script>": "</script><!--<script>"}'))


_CIRCLES = {
    "includes-itself": {"event.html": '{% include "event.html" %}'},
    "includes-twice": {
        "event.html": '{% include "a.html" %}' * 2,
        "a.html": '{% include "event.html" %}' * 2,
    },
    "extends-itself": {"event.html": '{% extends "event.html" %}'},
    "extends-mutually": {"event.html": '{% extends "a.html" %}', "a.html": '{% extends "event.html" %}'},
    "imports-itself": {"event.html": '{% import "event.html" as own %}{{ own }}'},
    "imports-mutually": {
        "event.html": '{% from "a.html" import one %}{{ one() }}',
        "a.html": '{% from "event.html" import other %}{% macro one() %}x{% endmacro %}',
    },
    "calls-itself": {"event.html": "{% macro m() %}{{ m() }}{{ m() }}{% endmacro %}{{ m() }}"},
}


def _themes() -> Iterator[Case]:
    for name, templates in _CIRCLES.items():
        files = {f"templates/{path}": text for path, text in templates.items()}
        yield Case(f"theme/{name}", theme(files), expect="problem", code="TG7..")
    for name, text in {
        "open-string": 'msgid "x\nmsgstr', "open-translation": 'msgid "x"\nmsgstr "y\n',
        "no-string": "msgid x\n", "inner-quote": 'msgid "x"\nmsgstr "a"b"\n',
        "open-line": 'msgid ""\n"x\nmsgstr "y"\n',
        "plural-code": 'msgid ""\nmsgstr ""\n"Plural-Forms: nplurals=2; plural=(__import__(\'os\').x);\\n"\n',
        "plural-deep": 'msgid ""\nmsgstr ""\n"Plural-Forms: nplurals=2; plural=' + "(" * 5_000 + 'n\\n"\n',
    }.items():  # fmt: skip
        yield Case(f"theme/words-{name}", theme({"locale/en.po": text}), expect="problem", code="TG708")
    sheet = {"static/x.css": "a{background:url(../../../site.yaml)}"}
    yield Case("theme/static-parent", theme(sheet), expect="problem", code="TG706")
    yield Case("theme/static-long", theme({f"static/{'a' * 245}.css": "a{}"}), expect="refused")
    yield Case("settings/theme-parent", settings("theme: ../../etc"), expect="problem", code="TG710")
    colours = 'colours: {accent: "red;}</style><script>alert(1)</script>"}'
    yield Case("settings/colour-style", settings(colours), expect="problem", code="TG304")
    fonts = "fonts: {body: \"x;}@import '//evil.example';\"}"
    yield Case("settings/font-import", settings(fonts), expect="problem")
    remote = 'publish: {p: {to: git, remote: "--upload-pack=touch ../EXECUTED"}}'
    yield Case("settings/remote-option", settings(remote), expect="problem", code="TG311")
    yield Case("settings/logo-zero", settings("logo: /dev/zero"), expect="problem")
    yield Case("entities/id-parent", entities('"../x": {kind: person, name: x}\n'), "problem", "TG307")


CASES: tuple[Case, ...] = (
    *_repetitions(),
    *_values(),
    *_addresses(),
    *_yaml(),
    *_paths(),
    *_scripts(),
    *_data(),
    *_themes(),
)
