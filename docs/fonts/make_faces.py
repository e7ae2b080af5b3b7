"""Make the faces that the theme ``almanac`` has as files, and the stylesheet that declares them.

The sources are Source Serif 4 and Noto Naskh Arabic, both under the SIL Open Font License 1.1, without
reserved names. They are cut by script, so that a page loads what its letters need, and to the weights 400 to
700. To make the files again, with fontTools, Brotli and Pillow installed (the group ``fonts``)::

    pip download --no-deps fontpkg-source-serif-4==4.4 && unzip fontpkg_source_serif_4-*.whl -d SOURCES
    npm pack @fontsource-variable/noto-naskh-arabic@5.3.0 && tar xzf fontsource-variable-noto-*.tgz -C SOURCES
    python docs/fonts/make_faces.py SOURCES FALLBACKS

FALLBACKS is a folder with the fonts that readers may have instead, from the packages of Debian:
fonts-dejavu-core, fonts-liberation (as wide as Times New Roman), fonts-noto-core, fonts-urw-base35 (P052, as
wide as Palatino) and fonts-hosny-amiri; and Gelasio (as wide as Georgia), from the npm package
``@fontsource/gelasio``. How wide they set the texts of this repository is measured, so that a text
takes the same room before its face is there. Of fonts that cannot be had here only the heights are set.
"""

from __future__ import annotations

import io
import sys
from collections.abc import Iterable, Iterator
from contextlib import suppress
from pathlib import Path
from typing import Final, NamedTuple

from fontTools.merge import Merger
from fontTools.subset import Options, Subsetter
from fontTools.ttLib import TTFont
from fontTools.ttLib.scaleUpem import scale_upem
from fontTools.varLib import instancer
from PIL import ImageFont

ROOT: Final = Path(__file__).parents[2]
THEME: Final = ROOT / "themes" / "almanac"
FEATURES: Final = (
    *("kern", "mark", "mkmk", "ccmp", "locl", "liga", "calt", "rlig", "curs"),
    *("init", "medi", "fina", "isol", "pnum", "tnum", "lnum"),
)
TRANSLITERATED: Final = "ĀāĪīŪūḌḍḎḏĠġḤḥḪḫṢṣŠšṬṭṮṯẒẓǦǧʾʿ"
"""Letters by which Arabic names are written in Latin ones; texts about Arab lands have them everywhere."""
LATIN: Final = frozenset(
    (*range(0x20, 0x7F), *range(0xA0, 0x100), *map(ord, "ıŒœʻʼˆ˚˜–—‘’‚“”„†‡•…‰′″‹›⁄€™−∕" + TRANSLITERATED))
)
MARKS: Final = frozenset(map(ord, '!"()*-./:[]{}«»–—…‘’“”‹›·•%+=<>|'))
"""What stands between Arabic letters and is no Arabic letter itself."""
ARABIC: Final = frozenset((0x20, 0xA0, *range(0x600, 0x700), 0x200C, 0x200D, 0x200E, 0x200F))
RARE: Final = frozenset(
    (
        *(*range(0x750, 0x780), *range(0x8A0, 0x900), *range(0xFB50, 0xFBC2)),
        *(0xFDF2, 0xFDFA, 0xFDFC, 0xFDFD, *range(0xFE70, 0xFEFD)),
    )
)


class Face(NamedTuple):
    """A file that is written."""

    name: str
    family: str
    source: str
    letters: frozenset[int]
    weights: tuple[int, int] = (400, 700)
    style: str = "normal"


LATIN_REST: Final = frozenset((*range(0x100, 0x250), *range(0x1E00, 0x1F00), *range(0x300, 0x324))) - LATIN
ROMAN: Final = "fontpkg_source_serif_4/files/SourceSerif4[opsz,wght].ttf"
ITALIC: Final = "fontpkg_source_serif_4/files/SourceSerif4-Italic[opsz,wght].ttf"
NASKH: Final = "package/files/noto-naskh-arabic-{}-wght-normal.woff2"
FACES: Final = (
    Face("serif", "Almanac Serif", ROMAN, LATIN),
    Face("serif-latin", "Almanac Serif", ROMAN, LATIN_REST),
    Face("serif-greek", "Almanac Serif", ROMAN, frozenset((*range(0x370, 0x400), *range(0x1F00, 0x2000)))),
    Face("serif-cyrillic", "Almanac Serif", ROMAN, frozenset(range(0x400, 0x530))),
    Face("serif-italic", "Almanac Serif", ITALIC, LATIN, (400, 400), "italic"),
    Face("naskh", "Almanac Naskh", NASKH.format("arabic"), ARABIC),
    Face("naskh-marks", "Almanac Naskh", NASKH.format("latin"), MARKS),
    Face("naskh-rare", "Almanac Naskh", NASKH.format("arabic"), RARE),
)


class Fallback(NamedTuple):
    """A font that readers may have, and what it is measured by."""

    local: str
    regular: str
    bold: str
    names: tuple[str, ...]
    bold_names: tuple[str, ...]


SERIFS: Final = (
    Fallback(
        "Georgia",
        "gelasio-latin-400-normal.woff2",
        "gelasio-latin-700-normal.woff2",
        ("Georgia", "Gelasio"),
        ("Georgia Bold", "Gelasio Bold"),
    ),
    Fallback(
        "Noto Serif", "NotoSerif-Regular.ttf", "NotoSerif-Bold.ttf", ("Noto Serif",), ("Noto Serif Bold",)
    ),
    Fallback(
        "Times",
        "LiberationSerif-Regular.ttf",
        "LiberationSerif-Bold.ttf",
        ("Times New Roman", "Liberation Serif", "Tinos"),
        ("Times New Roman Bold", "Liberation Serif Bold", "Tinos Bold"),
    ),
    Fallback(
        "Palatino",
        "P052-Roman.otf",
        "P052-Bold.otf",
        ("Palatino Linotype", "Palatino", "P052"),
        ("Palatino Linotype Bold", "Palatino Bold", "P052 Bold"),
    ),
    Fallback("DejaVu", "DejaVuSerif.ttf", "DejaVuSerif-Bold.ttf", ("DejaVu Serif",), ("DejaVu Serif Bold",)),
)
NASKHS: Final = (
    Fallback(
        "Noto",
        "NotoNaskhArabic-Regular.ttf",
        "NotoNaskhArabic-Bold.ttf",
        ("Noto Naskh Arabic", "NotoNaskhArabic-Regular"),
        ("Noto Naskh Arabic Bold", "NotoNaskhArabic-Bold"),
    ),
    Fallback("Amiri", "Amiri-Regular.ttf", "Amiri-Bold.ttf", ("Amiri",), ("Amiri Bold",)),
    Fallback(
        "Others",
        "",
        "",
        ("Geeza Pro", "Sakkal Majalla", "Traditional Arabic"),
        ("Geeza Pro Bold", "Sakkal Majalla Bold", "Traditional Arabic Bold"),
    ),
    Fallback("DejaVu", "DejaVuSans.ttf", "DejaVuSans-Bold.ttf", ("DejaVu Sans",), ("DejaVu Sans Bold",)),
)


def cut(path: Path, letters: Iterable[int], limits: dict[str, float | tuple[int, int]]) -> TTFont:
    """Return the font at *path* with *letters* only, its axes within *limits*."""
    font = TTFont(path)
    options = Options()
    options.layout_features = list(FEATURES)
    options.hinting, options.notdef_outline, options.glyph_names = False, True, False
    options.name_IDs, options.name_languages = [0, 1, 2, 4, 6, 13, 14], [0x409]
    subsetter = Subsetter(options)
    subsetter.populate(unicodes=letters)
    subsetter.subset(font)
    axes = {axis.axisTag for axis in font["fvar"].axes} if "fvar" in font else set()
    return instancer.instantiateVariableFont(font, {tag: at for tag, at in limits.items() if tag in axes})


def named(font: TTFont, family: str) -> TTFont:
    """Return *font* under the name *family*: it is another font than its source."""
    for record in font["name"].names:
        if record.nameID in {1, 4, 6}:
            record.string = family.replace(" ", "") if record.nameID == 6 else family
    return font


def written(font: TTFont, flavor: str | None) -> bytes:
    """Return *font* as the bytes of a file."""
    font.flavor = flavor
    font["head"].modified = font["head"].created
    font.recalcTimestamp = False
    out = io.BytesIO()
    font.save(out)
    return out.getvalue()


def make(face: Face, sources: Path) -> tuple[bytes, frozenset[int]]:
    """Return the file of *face*, and the letters that it has."""
    lo, hi = face.weights
    limits: dict[str, float | tuple[int, int]] = {"opsz": 14, "wght": lo if lo == hi else (lo, hi)}
    font = named(cut(sources / face.source, face.letters, limits), face.family)
    return written(font, "woff2"), frozenset(font.getBestCmap()) & face.letters


def ranges(letters: Iterable[int]) -> str:
    """Return *letters* as a ``unicode-range``."""
    found: list[list[int]] = []
    for letter in sorted(letters):
        if found and letter == found[-1][1] + 1:
            found[-1][1] = letter
        else:
            found.append([letter, letter])
    return ", ".join(f"U+{lo:X}" if lo == hi else f"U+{lo:X}-{hi:X}" for lo, hi in found)


# ---------------------------------------------------------------- before the faces are there


def sample(lang: str) -> list[str]:
    """Return what the sites of this repository say in *lang*, in lines."""
    texts = sorted((ROOT / "content").rglob(f"*.{lang}.md"))
    texts += sorted((ROOT / "examples").rglob(f"*.{lang}.md"))
    lines = [line for text in texts for line in text.read_text("utf-8").split("---")[-1].splitlines()]
    return [line for line in lines if line and line[0].isalpha() and "](" not in line]


def width(font: bytes, weight: int, lines: Iterable[str], lang: str) -> float:
    """Return how wide *font* sets *lines*, in em."""
    face = ImageFont.truetype(io.BytesIO(font), 100, layout_engine=ImageFont.Layout.RAQM)
    with suppress(OSError):
        face.set_variation_by_axes([weight])
    direction = "rtl" if lang == "ar" else "ltr"
    return sum(face.getlength(line, direction=direction, language=lang) for line in lines) / 100


def fallback_rules(
    family: str, fallbacks: Iterable[Fallback], own: bytes, lang: str, folder: Path
) -> Iterator[str]:
    """Yield the faces by which texts take the room of *family* while *own*, its file, is not there."""
    font = TTFont(io.BytesIO(own))
    em = font["head"].unitsPerEm
    up, down = font["hhea"].ascent / em, -font["hhea"].descent / em
    letters = frozenset(font.getBestCmap())
    lines = ["".join(c for c in line if ord(c) in letters or c == " ") for line in sample(lang)]
    for one in fallbacks:
        for file, names, weight in ((one.regular, one.names, 400), (one.bold, one.bold_names, 700)):
            share, found = 1.0, names
            if file:
                data = next(folder.rglob(file)).read_bytes()
                found = (*names, *names_in(data))
                share = width(own, weight, lines, lang) / width(data, weight, lines, lang)
            yield rule(
                {
                    "font-family": f'"{family} as {one.local}"',
                    "src": ", ".join(f'local("{name}")' for name in dict.fromkeys(found)),
                    "font-weight": "400" if weight == 400 else "600 900",
                    **({"size-adjust": f"{share:.1%}"} if file else {}),
                    "ascent-override": f"{up / share:.1%}",
                    "descent-override": f"{down / share:.1%}",
                    "line-gap-override": "0%",
                }
            )


def names_in(data: bytes) -> tuple[str, str]:
    """Return the full name and the PostScript name of the font in *data*, by which ``local()`` finds it."""
    table = TTFont(io.BytesIO(data))["name"]
    return str(table.getDebugName(4)), str(table.getDebugName(6))


def rule(entries: dict[str, str]) -> str:
    """Return a rule that declares a face."""
    return "@font-face {\n" + "".join(f"  {name}: {value};\n" for name, value in entries.items()) + "}\n"


# ---------------------------------------------------------------- pictures that are drawn


def card_font(sources: Path) -> bytes:
    """Return the font of drawn pictures: both faces in one, bold, as a line may have letters of both."""
    arabic = cut(sources / NASKH.format("arabic"), ARABIC | RARE, {"wght": 700})
    letters = frozenset().union(*(face.letters for face in FACES if face.source == ROMAN))
    latin = cut(sources / ROMAN, letters, {"opsz": 32, "wght": 700})
    parts = []
    for font in (latin, arabic):
        scale_upem(font, 1000)
        path = Path(sys.argv[1], f"part-{len(parts)}.ttf")
        path.write_bytes(written(font, None))
        parts.append(str(path))
    return written(named(Merger().merge(parts), "Almanac Card"), None)


def main() -> None:
    """Write the faces, their stylesheet and the font of drawn pictures."""
    sources, fallbacks = map(Path, sys.argv[1:])
    rules, files = [], {}
    for face in FACES:
        data, letters = make(face, sources)
        files[face.name] = data
        target = THEME / "static" / "fonts" / f"{face.name}.woff2"
        target.parent.mkdir(exist_ok=True)
        target.write_bytes(data)
        lo, hi = face.weights
        entries = {
            "font-family": f'"{face.family}"',
            "src": f'url("fonts/{face.name}.woff2") format("woff2")',
            "font-weight": str(lo) if lo == hi else f"{lo} {hi}",
            **({"font-style": face.style} if face.style != "normal" else {}),
            "font-display": "swap",
            "unicode-range": ranges(letters),
        }
        rules.append(rule(entries))
        if face.name == "serif":
            # On Arabic pages it has the digits and the Latin letters, and the naskh what is between words.
            words = frozenset(letter for letter in letters if chr(letter).isalnum() or chr(letter) == "–")
            rules.append(rule(entries | {"font-family": '"Almanac Figures"', "unicode-range": ranges(words)}))
    rules += fallback_rules("Almanac Serif", SERIFS, files["serif"], "en", fallbacks)
    rules += fallback_rules("Almanac Naskh", NASKHS, files["naskh"], "ar", fallbacks)
    head = "/* The faces of almanac, as docs/fonts/make_faces.py makes and measures them. */\n\n"
    (THEME / "static" / "faces.css").write_text(head + "\n".join(rules), "utf-8")
    (THEME / "fonts" / "card.ttf").write_bytes(card_font(sources))


if __name__ == "__main__":
    main()
