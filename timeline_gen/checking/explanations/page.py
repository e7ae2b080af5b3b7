"""The page on a code, in parts that the documentation and the terminal draw each in their way."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from typing import Final, Literal

from timeline_gen.checking.explanations.facts import Example, Explanation, ReportedProblem, explanation
from timeline_gen.checking.fixing.edits import FIXABLE
from timeline_gen.codes import CODES
from timeline_gen.text.languages import language

Kind = Literal["heading", "text", "code"]

_WORDS: Final[Mapping[str, Mapping[str, str]]] = {
    "en": {
        "why": "Why it matters",
        "wrong": "Wrong",
        "right": "Right",
        "before": "Built first",
        "said": "The program says:",
        "silence": "To live with it",
        "error": "This is an error. It cannot be silenced.",
        "quiet": "Where it may stay, say so in `site.yaml`, with the reason:",
        "publish": "What `publish` refuses, `publish --allow` lets pass, reason by reason.",
        "fix": "Where only one mend is possible, `timeline-gen check --fix` makes it, after asking.",
        "unshown": "This example depends on more than files:",
        "removed": "is removed",
        "later": "changed after the build",
        "gps": "a photograph that says where it was taken",
        "serial": "a photograph that names the camera",
        "photo": "a photograph without metadata",
        "hvc1": "a film coded in H.265",
        "sample": "a film coded in H.264",
        "picture": "a picture",
        "pixels": "a picture of 20,000 × 20,000 pixels",
        "noise": "a picture of 9 MB",
        "link": "a link to another file",
        "pdf": "a document",
        "workbook": "a workbook of Excel",
        "bom": "in UTF-8 with a byte order mark",
        "utf-16": "in UTF-16",
        "repeat": "many times",
    },
    "ar": {
        "why": "لماذا يهمّ ذلك",
        "wrong": "خطأ",
        "right": "صواب",
        "before": "ما بُني أولًا",
        "said": "يقول البرنامج:",
        "silence": "إن أردت إبقاءه",
        "error": "هذا خطأ يوقف البناء، ولا يمكن إسكاته.",
        "quiet": "إن كان لبقائه سبب فاذكره في `site.yaml`:",
        "publish": "ما يرفضه `publish` يجيزه `publish --allow`، كل سبب على حدة.",
        "fix": "وحيث لا يمكن إلا إصلاح واحد يجريه `timeline-gen check --fix` بعد أن يسأل.",
        "unshown": "يتوقف هذا المثال على غير الملفات:",
        "removed": "يُحذف",
        "later": "تغيّر بعد البناء",
        "picture": "صورة",
        "link": "رابط إلى ملف آخر",
        "utf-16": "بترميز UTF-16",
        "repeat": "مرات كثيرة",
    },
}
"""The words of the frame, by language."""
_FENCES: Final = {".yaml": "yaml", ".html": "html", ".toml": "toml", ".css": "css"}
_HOWS: Final = (
    *("removed", "later", "gps", "serial", "photo", "hvc1", "sample", "picture", "pixels", "noise", "link"),
    *("pdf", "workbook", "bom", "utf-16", "repeat"),
)
"""Words for how a file is made, the more special ones first."""
_MOST_SHOWN: Final = 1_500
"""Characters of a file in an example; longer ones are shown by their beginning."""
_LEVELS: Final = {"error": "", "warning": "warning: ", "note": "note: "}


@dataclass(frozen=True, slots=True)
class Part:
    """A part of a page."""

    kind: Kind
    text: str
    fence: str = ""
    """Of code, what language it is in."""


@dataclass(frozen=True, slots=True)
class ProblemPage:
    """The page on a code, in one language."""

    code: str
    lang: str
    title: str
    parts: tuple[Part, ...]
    languages: tuple[str, ...]
    """Those that there is a page on the code in."""

    @property
    def direction(self) -> str:
        """Return ``ltr`` or ``rtl``."""
        return language(self.lang).direction


def page_of(code: str, lang: str = "en") -> ProblemPage | None:
    """Return the page on *code* in *lang*, else in English; None where the code has none."""
    found = explanation(code)
    if found is None:
        return None
    own = found.arabic if lang == "ar" else {}
    lang = "ar" if own else "en"
    title = own.get("title", CODES[code])
    parts = tuple(_parts(found, own, _WORDS[lang]))
    return ProblemPage(code, lang, title, parts, ("en", "ar") if found.arabic else ("en",))


def _parts(found: Explanation, own: Mapping[str, str], words: Mapping[str, str]) -> Iterator[Part]:
    yield from _paragraphs(own.get("what", found.what))
    yield Part("heading", words["why"])
    yield from _paragraphs(own.get("why", found.why))
    if found.before.files:
        yield Part("heading", words["before"])
        yield from _example(found.before, words)
    if found.wrong.files:
        yield Part("heading", words["wrong"])
        yield from _example(found.wrong, words)
    if found.reported:
        yield Part("text", words["said"])
        yield Part("code", _report_lines(found.code, found.reported), "text")
    if found.unshown:
        yield Part("text", f"{words['unshown']} {found.unshown}")
    if found.right.files or found.mend:
        yield Part("heading", words["right"])
    if found.mend:
        yield Part("text", own.get("mend", found.mend))
    if found.right.files:
        yield from _example(found.right, words)
    if found.code in FIXABLE:
        yield Part("text", words["fix"])
    yield Part("heading", words["silence"])
    yield from _silence(found, words)


def _paragraphs(text: str) -> Iterator[Part]:
    return (Part("text", " ".join(each.split())) for each in text.strip().split("\n\n"))


def _example(example: Example, words: Mapping[str, str]) -> Iterator[Part]:
    for file in example.files:
        how = next((words[key] for key in _HOWS if key in file.how.split() and key in words), file.how)
        yield Part("text", f"`{file.path}`{f' ({how})' if file.how else ''}")
        if file.text.strip():
            suffix = re.search(r"\.\w+$", file.path)
            shown = file.text[:_MOST_SHOWN].rstrip("\n") + ("\n…" if len(file.text) > _MOST_SHOWN else "")
            yield Part("code", shown, _FENCES.get(suffix[0] if suffix else "", "text"))


def _report_lines(code: str, reported: ReportedProblem) -> str:
    hint = f"\n  hint: {reported.hint}" if reported.hint else ""
    return f"{reported.place}: {code}: {_LEVELS[reported.level]}{reported.message}{hint}"


def _silence(found: Explanation, words: Mapping[str, str]) -> Iterator[Part]:
    if found.run == "publish":
        yield Part("text", words["publish"])
    elif found.reported is None or found.reported.level == "error":
        yield Part("text", words["error"])
    else:
        path = found.reported.place.partition(":")[0]
        yield Part("text", words["quiet"])
        yield Part("code", f'silence: [{{code: {found.code}, path: "{path}", because: …}}]', "yaml")


def rendered_markdown(page: ProblemPage, *, linked: bool = True) -> str:
    """Return *page* as a file of the documentation, with links to other pages of it where it is *linked*."""
    body = "".join(_markdown(part, page.direction) for part in page.parts)
    links = ["[All problems](../problems.md)", f"[بالعربية]({page.code}.ar.md)"]
    if page.lang == "ar":
        links = ["[كل المشكلات](../problems.md)", f"[In English]({page.code}.md)"]
    end = f"\n{' · '.join(links[: len(page.languages)])}\n" if linked else ""
    text = f"# {page.code}: {_escaped(page.title)}\n{body}{end}"
    return f'<div dir="rtl">\n\n{text}\n</div>\n' if page.direction == "rtl" else text


def _markdown(part: Part, direction: str) -> str:
    if part.kind == "heading":
        return f"\n## {part.text}\n"
    if part.kind == "text":
        text = _INLINE.sub(r'<bdi dir="ltr">\g<0></bdi>', part.text) if direction == "rtl" else part.text
        return f"\n{text}\n"
    # A longer fence than any inside the example.
    fence = "`" * max(3, *(len(run) + 1 for run in re.findall(r"`{3,}", part.text)), 3)
    code = f"\n{fence}{part.fence}\n{part.text}\n{fence}\n"
    return f'\n<div dir="ltr">\n{code}\n</div>\n' if direction == "rtl" else code


_INLINE: Final = re.compile(r"`[^`]+`")


def _escaped(text: str) -> str:
    return text.replace("<", "\\<")
