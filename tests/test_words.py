"""A language is a file: what a site adds to the words of dates, and what is wrong with such a file."""

from __future__ import annotations

import re
import tomllib
from collections.abc import Mapping
from concurrent.futures import ProcessPoolExecutor
from dataclasses import replace
from pathlib import Path

import pytest
from babel import Locale
from click.testing import CliRunner
from site_kit import article, write_site

from timeline_gen.building.options import Options
from timeline_gen.building.pipeline import build
from timeline_gen.cli import program
from timeline_gen.dates.days import parse_iso_day
from timeline_gen.dates.edtf import when
from timeline_gen.dates.phrases import DateError, read
from timeline_gen.dates.wording import word
from timeline_gen.dates.words import check_words, tables
from timeline_gen.dates.words.tables import LANGUAGES, SHIPPED, tables_of
from timeline_gen.errors import ContentError, Problem
from timeline_gen.model.settings import Language
from timeline_gen.text.languages import language

HERE = Path(__file__).parent
PAGE = (HERE.parent / "docs/wording.md").read_text(encoding="utf-8")
BLOCKS = re.findall(r"```toml\n(.*?)```", PAGE, flags=re.DOTALL)
TURKISH = next(block for block in BLOCKS if "kadar" in block)
"""The file of words that the documentation makes."""
HEBREW = (HERE / "data/words/he.toml").read_text(encoding="utf-8")
ON = parse_iso_day("2021-12-06")


def edtf_of(text: str, code: str, words: str = "") -> str:
    """Return the EDTF of *text* in the language *code*, of which a site has the file *words*."""
    own = {code: (words,)} if words else {}
    return read(text, lang=code, on=ON, words=own).edtf


def having(code: str, *words: str) -> Language:
    """Return the language *code* of a site that has the files *words* for it."""
    return replace(language(code), words=words)


def examples(code: str) -> list[tuple[str, str]]:
    """Return the examples of the language *code*, each with its EDTF."""
    name = str(Locale(code).get_display_name("en")).lower()
    lines = (HERE / f"data/dates/{name}_dates.tsv").read_text(encoding="utf-8").splitlines()
    return [(text, edtf) for text, _, edtf in (line.partition("\t") for line in lines[1:])]


EXAMPLES = {code: examples(code) for code in LANGUAGES if code not in {"ar", "en", "fr"}}
"""Of each language that is shipped, but for those whose tables say more (``test_reading_dates.py``)."""


# ---------------------------------------------------------------- languages


@pytest.mark.parametrize(
    ("code", "text", "edtf"), [(code, *row) for code, rows in EXAMPLES.items() for row in rows]
)
def test_examples_of_each_language(code: str, text: str, edtf: str) -> None:
    """Dates as newspapers and archives write them."""
    assert edtf_of(text, code) == edtf


@pytest.mark.parametrize("code", EXAMPLES)
def test_each_language_has_examples_enough(code: str) -> None:
    """A language that is shipped is tried with forty dates."""
    assert len(EXAMPLES[code]) >= 40


def test_a_shipped_file_is_like_that_of_a_site(monkeypatch: pytest.MonkeyPatch) -> None:
    """A file that a site has may be moved into the program as it is: names of months come from the CLDR."""
    monkeypatch.setattr(tables, "SHIPPED", {**SHIPPED, "tr": tomllib.loads(TURKISH)})

    assert tables.tables_of.__wrapped__("tr") == tables_of("tr", (TURKISH,))


@pytest.mark.parametrize(
    ("code", "text", "edtf"),
    [
        ("tr", "29 Ekim 1923", "1923-10-29"),
        ("tr", "5 Haziran 2017 Pazartesi", "2017-06-05"),
        ("tr", "KASIM 2020", "2020-11"),
        ("tr", "10.11.2019", "2019-11-10"),
        ("es", "5 de junio de 2017", "2017-06-05"),
        ("es", "junio de 2017", "2017-06"),
        ("it", "lunedì 5 giugno 2017", "2017-06-05"),
        ("ru", "5 октября 2019", "2019-10-05"),
        ("ru", "октябрь 2019", "2019-10"),
        ("he", "5 ביוני 1967", "1967-06-05"),
        ("pt-BR", "10/11/2019", "2019-11-10"),
    ],
)
def test_a_language_without_a_file(code: str, text: str, edtf: str) -> None:
    """Names of months and weekdays, and the order of figures, are read in any language of the CLDR."""
    words = HEBREW if code == "he" else ""
    assert edtf_of(text, code, words) == edtf


def test_figures_that_a_language_does_not_order() -> None:
    """English figures can be read in two ways, and are still asked for."""
    with pytest.raises(DateError) as refused:
        read("10/11/2019", lang="en")

    assert refused.value.code == "TG206"


def _turkish() -> list[tuple[str, str]]:
    table = PAGE.partition("| with `words/tr.toml` | EDTF |\n| --- | --- |\n")[2].partition("\n\n")[0]
    rows = (line.strip("| ").split(" | ") for line in table.splitlines())
    return [(row[0], row[1]) for row in rows]


@pytest.mark.parametrize(("text", "edtf"), _turkish())
def test_the_language_that_the_documentation_makes(text: str, edtf: str) -> None:
    """The Turkish file of the documentation reads what the page says."""
    assert edtf_of(text, "tr", TURKISH) == edtf


@pytest.mark.parametrize(
    ("edtf", "expected"),
    [
        ("18XX", "19. yüzyıl"),
        ("1850~", "yaklaşık 1850"),
        ("[2011,2012]", "2011 veya 2012"),
        ("-0043", "MÖ 44"),
        ("2017-22", "yaz 2017"),
        ("2017-06-05/2017-06-07", "5–7 Haziran 2017"),
    ],
)
def test_the_wording_that_the_documentation_makes(edtf: str, expected: str) -> None:
    """The Turkish file of the documentation words dates too."""
    assert word(when(edtf), having("tr", TURKISH)).text == expected


@pytest.mark.parametrize(
    ("text", "edtf"),
    [
        ("ב־5 ביוני 1967", "1967-06-05"),
        ("באוקטובר 2019", "2019-10"),
        ("ב-2017", "2017"),
        ("מ-2011 עד 2013", "2011/2013"),
        ("עד 2010", "../2010"),
        ("מאז 2014", "2014/.."),
        ("לפני 1948", "../1947"),
        ("המאה ה-19", "18XX"),
    ],
)
def test_hebrew_needs_no_python(text: str, edtf: str) -> None:
    """Prefixes with and without a hyphen are data."""
    assert edtf_of(text, "he", HEBREW) == edtf


def test_a_site_adds_words_and_replaces_patterns() -> None:
    """What is shipped is still read; what the site words otherwise is worded so."""
    words = next(block for block in BLOCKS if "ante" in block)

    assert edtf_of("ante 1948", "en", words) == edtf_of("before 1948", "en", words) == "../1947"
    assert word(when("199X~"), having("en", words)).text == "around the 1990s"
    assert word(when("2014/.."), having("en", words)).text == "since 2014"


def test_a_regional_file_is_laid_over_the_general_one() -> None:
    """A word of ar.toml is read in ar-LB as well, and its own file comes after it."""
    general, own = '[roles]\nbefore = ["قبيل حلول"]\n', '[wording.long]\nsince = "من {within}"\n'
    lebanese = replace(language("ar-LB"), words=(general, own), digits="latn")

    assert read("قبيل حلول 1948", lang="ar-LB", words={"ar-LB": lebanese.words}).edtf == "../1947"
    assert word(when("2014/.."), lebanese).text == "من عام 2014"


# ---------------------------------------------------------------- faults


@pytest.mark.parametrize("code", SHIPPED)
def test_the_files_that_are_shipped_are_in_order(code: str) -> None:
    """The check finds nothing in our own files."""
    file = HERE.parent / f"timeline_gen/dates/words/{code}.toml"
    assert not check_words(file.read_text(encoding="utf-8"), code)


def test_every_table_and_role_is_documented() -> None:
    """The page names every table and role that a file may have."""
    tables = {name for shipped in SHIPPED.values() for name in shipped}
    roles = {role for shipped in SHIPPED.values() for role in shipped.get("roles", {})}

    assert tables <= set(re.findall(r"`\[(\w+)\]`", PAGE))
    assert roles <= set(re.findall(r"`(\w+)`", PAGE))


@pytest.mark.parametrize("text", [TURKISH, HEBREW], ids=["tr", "he"])
def test_the_files_of_the_examples_are_in_order(text: str) -> None:
    """The check finds nothing in the files of the documentation and of these tests."""
    assert not check_words(text)


@pytest.mark.parametrize(
    ("text", "code", "line", "message"),
    [
        ("[roles\nthe = []", "TG225", 1, "not TOML"),
        ("[roles]\nof = [", "TG225", 2, "not TOML"),
        ('[roles]\nthe = ["a"]\nuntl = ["bis"]', "TG226", 3, "there is no role 'untl'"),
        ('[rolls]\nthe = ["a"]', "TG226", 1, r"there is no table \[rolls\]"),
        ("roles = 3", "TG227", 1, r"\[roles\] is a number, and must be a table"),
        ('[roles]\nuntil = "bis"', "TG227", 2, "roles.until is a text, and must be a list"),
        ('[roles]\nuntil = ["bis", 3]', "TG227", 2, "holds a number where texts belong"),
        ('[roles]\nuntil = [""]', "TG227", 2, "an empty word"),
        ('[seasons]\nmonsoon = ["x"]', "TG226", 2, r"there is no key in \[seasons\] 'monsoon'"),
        ("[months]\n\ncommon = [" + '"m", ' * 11 + "]", "TG227", 3, "has 11 names, and must have 12"),
        ("[weekdays]\nnames = [" + '"d", ' * 8 + "]", "TG227", 2, "has 8 names, and must have 7"),
        ('[months_spelled]\n13 = ["x"]', "TG227", 2, "'13' in .* is not one of its numbers"),
        ('[shifts]\nsoon = ["x"]', "TG227", 2, "'soon' in .* is not one of its numbers"),
        ('[figures]\norder = "ymd"', "TG227", 2, "cannot be 'ymd'"),
        ('[numbers]\nroman = "yes"', "TG227", 2, "must be true or false"),
        ('[attached]\n"ב" = "inn"', "TG226", 2, "cannot have the role 'inn'"),
        ('[zones]\nsummer = ["x"]', "TG227", 2, "'summer' is no zone"),
        ('[letters_same]\nab = "c"', "TG227", 2, "one letter"),
        ('[wording]\nform = ["x"]', "TG721", 2, r"no key 'form' in \[wording\]"),
        ('[wording.long]\nsinse = "x {date}"', "TG721", 2, "there is no pattern 'sinse'"),
        ('[wording.long]\nsince = "x {dativ}"', "TG722", 2, "cannot have {dativ}"),
        ('[wording.long]\nspan = "{start} {nth}"', "TG722", 2, "cannot have {nth}"),
        ('[wording.long]\nday = "{d} {date}"', "TG722", 2, "cannot have {date}"),
        ('[wording.long]\nsince = "x {date"', "TG722", 2, "a brace that is not closed"),
        ('[wording.long]\nsince = "{date.__class__}"', "TG722", 2, "a brace that is not closed"),
        ("[wording.long]\nsince = 3", "TG227", 2, "is a number, and must be a text"),
        ('[wording]\ndecades = ["x"]', "TG227", 2, "has 1 texts, and must have 10"),
        ('[wording.styles]\nx = {before = "{y} A"}', "TG227", 2, "needs before and after"),
        ('[wording.styles]\nx = {before = "A", after = "{y}"}', "TG722", 2, "has no {y}"),
        ('[wording.families]\nx = "xx-YY"', "TG227", 2, "not the code of a known language"),
        ('[wording]\ncontracted = {"de" = "d"}', "TG227", 2, "not two words that meet"),
    ],
)
def test_faults(text: str, code: str, line: int, message: str) -> None:
    """What is wrong is said with its line, and what to write."""
    faults = check_words(text)

    assert [(fault.code, fault.line) for fault in faults] == [(code, line)]
    assert re.search(message, faults[0].message)
    assert faults[0].hint


# ---------------------------------------------------------------- sites

SITE = "title: T\nurl: https://example.org/\nlanguages: [tr, en]\n"
EVENT = '{id: x, date: "1948\'den önce", title: Olay}'


def output_of(root: Path) -> Mapping[str, bytes]:
    """Return the bytes of every file that is built in *root*."""
    top = root / "output"
    return {str(path.relative_to(top)): path.read_bytes() for path in top.rglob("*") if path.is_file()}


def problems_of(root: Path) -> list[Problem]:
    """Return what is wrong with the site in *root*."""
    with pytest.raises(ContentError) as refused:
        build(root, Options(jobs=1))
    return list(refused.value.problems)


def test_a_site_reads_with_its_own_words(tmp_path: Path) -> None:
    """Without the file the date is refused; with it it is read, in other processes too."""
    files = {"content/articles/a.tr.md": article("Başlık", EVENT)}
    write_site(tmp_path, files, settings=SITE)
    assert "TG201" in [problem.code for problem in problems_of(tmp_path)]

    write_site(tmp_path, {"words/tr.toml": TURKISH}, settings=SITE)
    with ProcessPoolExecutor(1) as pool:
        build(tmp_path, Options(jobs=2), executor=pool)

    assert b'"../1947"' in (tmp_path / "output/tr/events.json").read_bytes()


def test_a_change_of_words_is_seen(tmp_path: Path) -> None:
    """A build after a change of a file of words equals a clean one; one without a change does nothing."""
    site, clean = tmp_path / "site", tmp_path / "clean"
    later = TURKISH.replace("yaklaşık {date}", "{date} civarı")
    files = {"content/articles/a.tr.md": article("Başlık", '{id: x, date: "1850~", title: Olay}')}
    write_site(site, {**files, "words/tr.toml": TURKISH}, settings=SITE)
    build(site, Options(jobs=1))

    write_site(site, {"words/tr.toml": later}, settings=SITE)
    changed = build(site, Options(jobs=1))
    still = build(site, Options(jobs=1))
    write_site(clean, {**files, "words/tr.toml": later}, settings=SITE)
    build(clean, Options(jobs=1))

    assert changed.rendered
    assert not still.rendered
    assert "1850 civarı" in (site / "output/tr/events/x/index.html").read_text(encoding="utf-8")
    assert output_of(site) == output_of(clean)
    (site / "words/tr.toml").unlink()
    assert build(site, Options(jobs=1)).rendered


def test_faults_of_a_site_have_their_file(tmp_path: Path) -> None:
    """A fault in a file of words stops the build before any date that lacks its words."""
    files = {"content/articles/a.tr.md": article("Başlık", EVENT), "words/tr.toml": '[roles]\nuntl = ["a"]\n'}
    write_site(tmp_path, files, settings=SITE)

    assert [(str(one.place), one.code) for one in problems_of(tmp_path)] == [("words/tr.toml:2:1", "TG226")]


def test_words_of_a_language_that_the_site_has_not(tmp_path: Path) -> None:
    """A file that nothing reads is a warning."""
    files = {
        "content/articles/a.tr.md": article("Başlık"),
        "words/fr.toml": "[roles]\n",
        "words/README.md": "x",
    }
    report = build(write_site(tmp_path, files, settings=SITE), Options(jobs=1))

    assert ("words/fr.toml:1:1", "TG228") in [(str(one.place), one.code) for one in report.problems]


# ---------------------------------------------------------------- the command


def test_the_command_checks_a_file(tmp_path: Path) -> None:
    """``date --words`` says that a file is in order, reads with it, or says what is wrong."""
    (tmp_path / "tr.toml").write_text(TURKISH, encoding="utf-8")
    (tmp_path / "de.toml").write_text('[roles]\nuntl = ["a"]\n', encoding="utf-8")
    base = ["date", "--site", str(tmp_path), "--words"]

    fine = CliRunner().invoke(program, [*base, str(tmp_path / "tr.toml")])
    phrase = CliRunner().invoke(program, [*base, str(tmp_path / "tr.toml"), "1948'den önce"])
    wrong = CliRunner().invoke(program, [*base, str(tmp_path / "de.toml")])

    assert (fine.exit_code, phrase.exit_code) == (0, 0)
    assert "in order" in fine.output
    assert "../1947" in phrase.output
    assert isinstance(wrong.exception, ContentError) or "de.toml:2:1" in wrong.output


def test_the_command_reads_with_the_words_of_the_site(tmp_path: Path) -> None:
    """``date`` in a site's folder has its words, for one phrase and for a table."""
    write_site(tmp_path, {"words/tr.toml": TURKISH, "batch.tsv": "1948'den önce\ttr\t\n"}, settings=SITE)
    base = ["date", "--site", str(tmp_path)]

    one = CliRunner().invoke(program, [*base, "--lang", "tr", "1948'den önce"])
    many = CliRunner().invoke(program, [*base, "--batch", str(tmp_path / "batch.tsv")])

    assert "../1947" in one.output
    assert "../1947" in many.output
