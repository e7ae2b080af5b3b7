"""Names: when two spellings are one, which one is shown, where it has its pages, and what is nearly it."""

from __future__ import annotations

import itertools
from collections.abc import Iterable
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from site_kit import SETTINGS, article, write_site

from timeline_gen.building.options import Options
from timeline_gen.building.pipeline import build
from timeline_gen.collecting.directory import Directory, build_directory
from timeline_gen.collecting.mentions import Naming
from timeline_gen.errors import Problem
from timeline_gen.model.entities import Entity
from timeline_gen.model.settings import Language, Taxonomy
from timeline_gen.text.identity import address_of, hashed_address, identity_key
from timeline_gen.text.nearness import NearNames, within
from timeline_gen.text.slugs import slug_fault

LANGUAGES = (Language("ar", "rtl", "العربية"), Language("en", "ltr", "English"))
TAXONOMIES = (Taxonomy("people", "person"), Taxonomy("places", "place"), Taxonomy("tags", "tag"))

ONE_NAME = (
    ("Hakan Fidan", "hakan  fidan", "HAKAN-FIDAN", "Hakan‐Fidan", "Hakan – Fidan", " Hakan\u00a0Fidan "),
    ("J. R. R. Tolkien", "J R R Tolkien", "j.-r.-r. tolkien"),
    ("O'Neil", "O’Neil", "Oʼneil", "ONEIL", "O`Neil"),
    ("قطر", "قطـر", "قَطَر", "قَطَرُ", "\u200fقطر"),
    ("علی‌رضا", "علی رضا", "علی-رضا"),
    ("Straße", "STRASSE"),
    ("Café", "Cafe\u0301", "CAFÉ"),
    ("Doha, Qatar", "Doha Qatar", "Doha، Qatar"),
    ("أحمد", "ا\u0654حمد"),
    ("שָׁלוֹם", "שלום"),
)
"""Spellings of one name each; no two rows are one."""

OTHERS = (
    *(
        "C",
        "C++",
        "C#",
        "c plus",
        "Hakan Fidann",
        "HakanFidan",
        "احمد",
        "إحمد",
        "Cafe",
        "قطز",
        "doha qatar x",
    ),
    *(
        "100",
        "100%",
        "١٠٠",
        "a_b",
        "a b",
        "(a b)",
        "مدرسه",
        "مدرسة",
        "@home",
        "home",
        "Ø",
        "O",
        "Ala",
        "Alaa",
    ),
)


@pytest.mark.parametrize("row", ONE_NAME)
def test_spellings_of_one_name(row: tuple[str, ...]) -> None:
    """Case, dots, commas, apostrophes, tatweel, vowel signs and the kind of space make no other name."""
    assert len({identity_key(name) for name in row}) == 1
    assert len({address_of(identity_key(name)) for name in row}) == 1


def test_what_makes_another_name() -> None:
    """A missing space, accents, hamza, figures and signs do; what search folds plays no part."""
    names = (*(row[0] for row in ONE_NAME), *OTHERS)

    assert len({identity_key(name) for name in names}) == len(names)
    assert len({address_of(identity_key(name)) for name in names}) == len(names)


@pytest.mark.parametrize(
    ("name", "address"),
    [
        ("C", "c"),
        ("C++", "c-plus-plus"),
        ("C#", "c-sharp"),
        ("AT&T", "at-and-t"),
        ("Procter & Gamble", "procter-and-gamble"),
        ("@home", "at-home"),
        ("100 %", "100-percent"),
        ("Qatar’s emir", "qatars-emir"),
        ("كأس العالم ٢٠٢٢", "كأس-العالم-٢٠٢٢"),
        ("أحمد", "أحمد"),
        ("Café", "café"),
        ("हिन्दी", "हिन्दी"),
        ("a_b", "a_b"),
    ],
)
def test_addresses_one_can_read(name: str, address: str) -> None:
    """Letters, digits and marks stay, spaces are hyphens, and signs are words."""
    assert address_of(identity_key(name)) == address


@pytest.mark.parametrize("name", ["!!!", "Doha (city)", "con", "♥", "x" * 200, "ك" * 60, "a: b", "_x"])
def test_what_no_slug_can_hold(name: str) -> None:
    """A name that a slug cannot hold as it is gets six characters of a hash, and is no other name's."""
    address = address_of(identity_key(name))

    assert slug_fault(address) == ""
    assert address == hashed_address(identity_key(name))
    assert len(address.rpartition("-")[2]) == 6


@given(st.text(max_size=120))
@settings(max_examples=500, deadline=None)
def test_every_name_has_an_address(name: str) -> None:
    """Any name that is one has an address that every system can keep; and its key is a name with that key."""
    key = identity_key(name)

    assert identity_key(key) == key
    if key:
        assert slug_fault(address_of(key)) == ""
        assert slug_fault(hashed_address(key)) == ""


# ---------------------------------------------------------------- the directory


def naming(kind: str, *names: str, path: str = "content/articles/a.en.md", day: int | None = 0) -> Naming:
    """Return a list of *names* that an article of a *day* gives."""
    return Naming(kind, names, False, "en", Path(path), {}, "people", day)  # type: ignore[arg-type]


def directory(
    namings: Iterable[Naming], entities: Iterable[Entity] = ()
) -> tuple[Directory, tuple[Problem, ...]]:
    """Return the directory of *entities* and *namings*."""
    return build_directory(entities, namings, TAXONOMIES, LANGUAGES)


def called(found: Directory, kind: str, name: str) -> tuple[str, str]:
    """Return the id of the one entity that *name* means, and how it is shown."""
    (entity,) = found.find(kind, name)
    return entity.id, next(iter(entity.names.values()))


NAMES = (
    *(name for row in ONE_NAME for name in row),
    *OTHERS,
    *("Procter & Gamble", "!!!", "Doha (city)", "con", "2019", "index", "ك" * 60),
)
NAMINGS = st.lists(
    st.builds(
        naming,
        st.sampled_from([taxonomy.kind for taxonomy in TAXONOMIES]),
        st.sampled_from(NAMES) | st.text("aä اأ+#&-.' ", min_size=1, max_size=5),
        path=st.sampled_from(["content/articles/a.en.md", "content/articles/b.ar.md"]),
        day=st.none() | st.integers(0, 3),
    ),
    max_size=12,
)


@given(before=NAMINGS, added=NAMINGS, turned=st.randoms())
@settings(max_examples=300, deadline=None)
def test_nothing_moves(before: list[Naming], added: list[Naming], turned: object) -> None:
    """Whatever is added to a site, in whatever order, no address of a name changes, in any taxonomy."""
    first, _ = directory(before)
    every = [*before, *added]
    turned.shuffle(every)  # type: ignore[attr-defined]
    second, problems = directory(every)
    refused = {one.message for one in problems if one.code == "TG531"}

    for one in before:
        (name,) = one.names
        was, now = first.find(one.kind, name), second.find(one.kind, name)
        assert [entity.key for entity in was] == [entity.key for entity in now] or refused


@given(NAMINGS)
@settings(max_examples=200, deadline=None)
def test_one_address_each(namings: list[Naming]) -> None:
    """Two names of one taxonomy never share an address, and a name has one whatever the order of articles."""
    found, _ = directory(namings)
    again, _ = directory(reversed(namings))

    keys = [entity.key for (entity,) in found.by_key.values()]
    assert len(set(keys)) == len(keys)
    assert found == again


def test_taxonomies_do_not_disturb_each_other() -> None:
    """A tag, a place and a person of one name have one address each, all the same, and none is an error."""
    kinds = [taxonomy.kind for taxonomy in TAXONOMIES]
    found, problems = directory(naming(kind, "قطر", "Doha") for kind in kinds)

    assert {called(found, kind, "قطر")[0] for kind in kinds} == {"قطر"}
    assert problems == ()


def test_a_listed_id_keeps_its_address() -> None:
    """A name whose address a listed id of its taxonomy has gets a hash; one of another taxonomy does not."""
    entity = Entity("hakan", "person", {"en": "Hakan Fidan"}, aliases=("emir",), alias_positions=((1, 1),))
    found, _ = directory([naming("person", "Hakan", "Emir"), naming("tag", "Hakan")], [entity])

    assert called(found, "person", "Hakan")[0] == hashed_address("hakan")
    assert called(found, "person", "Emir")[0] == hashed_address("emir")
    assert called(found, "tag", "Hakan")[0] == "hakan"
    assert found.find("person", "hakan")[0].names == entity.names
    assert found.find("person", "emir")[0].names == entity.names


def test_exactly_listed_wins() -> None:
    """A name exactly as one entity lists it is that one's, though another is called nearly so."""
    first = Entity("first", "person", {"en": "Al-Thani"})
    second = Entity("second", "person", {"en": "Al Thani", "ar": "آل ثاني"}, other_names=("Thani, Al",))
    found, problems = directory(
        [naming("person", "Al-Thani", "Al Thani", "thani al", "آلُ ثاني", "al thani")], [first, second]
    )

    assert [one.id for one in found.find("person", "Al-Thani")] == ["first"]
    assert [one.id for one in found.find("person", "Al Thani")] == ["second"]
    assert [one.id for one in found.find("person", "thani al")] == ["second"]
    assert [one.id for one in found.find("person", "آلُ ثاني")] == ["second"]
    assert [one.code for one in problems] == ["TG509"]


def test_the_spelling_that_is_shown() -> None:
    """The spelling used most is shown; of two used as often, the older one."""
    twice = [naming("tag", "World-Cup", day=3), naming("tag", "World-Cup", day=2), naming("tag", "world cup")]
    even = [
        naming("tag", "World-Cup", day=3),
        naming("tag", "world cup", day=1),
        naming("tag", "W.orld Cup", day=None),
    ]

    for order in itertools.permutations(twice):
        assert called(directory(order)[0], "tag", "world cup") == ("world-cup", "World-Cup")
    for order in itertools.permutations(even):
        assert called(directory(order)[0], "tag", "world cup") == ("world-cup", "world cup")


def test_two_names_with_one_address() -> None:
    """Two names that give one address are refused with both places, and neither is quietly moved."""
    found, problems = directory(
        [naming("tag", "R&D"), naming("tag", "R & D", path="content/articles/b.en.md")]
    )

    (problem,) = (one for one in problems if one.code == "TG531")
    assert "'R & D' and 'R&D' at content/articles/a.en.md:1:1 are two names" in problem.message
    assert called(found, "tag", "R&D")[0] == "r-and-d"


# ---------------------------------------------------------------- near misses

LISTED = Entity("leila-haddad", "person", {"en": "Leila Haddad", "ar": "ليلى حداد"}, position=(7, 1))


def near(*namings: Naming, entities: Iterable[Entity] = (LISTED,)) -> list[str]:
    """Return what is said of names that are nearly others."""
    return [one.message for one in directory(namings, entities)[1] if one.code == "TG530"]


@pytest.mark.parametrize(
    "name",
    [
        *("Leyla Haddad", "Leila Hadad", "leila-hadad", "Leyla Hadad", "LeilaHaddad", "Leila Had dad"),
        *("Leïla Haddad", "Liela Haddad", "ليلي حداد", "ليلى حدّاد ب"[:-2] + "د", "Leeila Haaddad"),
    ],
)
def test_near_a_listed_name(name: str) -> None:
    """A slip in a word, a space, a doubled letter or a mark: the listed one is named, with its place."""
    (message,) = near(naming("person", name))

    assert f"{name!r} is nearly 'leila-haddad'" in message
    assert "content/entities.yaml:7:1" in message


@pytest.mark.parametrize(
    "name", ["Leyya Haddad", "Leila", "Haddad Leila", "Leila Haddad Smith", "Lama Hakim"]
)
def test_not_near(name: str) -> None:
    """Two slips in a short word, other words, fewer or more of them: another name."""
    assert near(naming("person", name)) == []


@pytest.mark.parametrize(
    ("name", "other", "is_near"),
    [
        ("Muhammad", "Muhamed", True),
        ("Mohamed", "Muhamad", False),
        ("مسؤول", "مسئول", True),
        ("إسراء", "اسرا", True),
        ("قائد", "قايد", True),
        ("World Cup 2018", "World Cup 2022", False),
        ("World Cup 2021", "World Cup 2022", False),
        ("World Cup 2022", "Wold Cup 2022", True),
        ("C", "C#", False),
        ("Ali", "Ala", False),
        ("Ali", "Alii", True),
        ("Iran", "Iraq", True),
        ("سليم الحداد", "سليم حداد", True),
        ("القاهرة", "قاهره", True),
        ("الى", "ى", False),
    ],
)
def test_pairs(name: str, other: str, *, is_near: bool) -> None:
    """Long words may differ in two letters; figures and signs in none; the shortest names are left alone."""
    said = near(naming("tag", name, name), naming("tag", other))

    assert bool(said) == is_near


def test_used_more_often() -> None:
    """A name is compared with those used more often, and says where these are given first."""
    few, many = naming("tag", "Doha Forum", "Doha Foram"), naming("tag", "Doha Forum")

    (message,) = near(few, many)

    assert message.startswith(
        "'Doha Foram' is nearly 'Doha Forum' at content/articles/a.en.md:1:1, given 2 times"
    )


@pytest.mark.parametrize(
    ("name", "other", "is_near"),
    [
        ("Neil Armstrong", "Neil Armstrongg", True),
        ("Muammar Gaddafi", "Muammar Qaddafi", True),
        ("Abdelaziz Bouteflika", "Abdelaziz Boutefilka", True),
        ("Mohammed Morsi", "Mohamed Morsy", True),
        ("أحمد عرابي", "احمد عرابي", True),
        ("عبد الناصر", "عبدالناصر", True),
        ("فاطمة", "فاطمه", True),
        ("سليم الحداد", "سليم حداد", True),
        ("Ali Naser", "Ali Nasr", False),
        ("Iran", "Iraq", False),
        ("Ahmed Ali", "Ahmad Aly", False),
        ("Session 11 of the committee", "Session 12 of the committee", False),
        ("Muhammad", "Muhamed", False),
    ],
)
def test_used_as_often(name: str, other: str, *, is_near: bool) -> None:
    """Of two names that are each given once, the later is reported if hardly anything tells them apart."""
    assert bool(near(naming("person", name), naming("person", other))) == is_near


def test_given_three_times_each() -> None:
    """Two names that are both given three times or more are both meant; so are two that are listed."""
    names = ["Doha Forum", "Doha Foram"]
    three = naming("tag", *names, *names, *names)
    others = [Entity("forum", "tag", {"en": names[0]}), Entity("foram", "tag", {"en": names[1]})]

    assert near(three, naming("tag", names[0])) == []
    assert near(naming("tag", *names), entities=others) == []
    assert near(three, entities=others[:1]) == []
    assert near(naming("tag", *names[1:]), three, entities=others[:1]) == []
    assert len(near(naming("tag", *names[1:]), entities=others[:1])) == 1


def test_one_warning_for_a_name() -> None:
    """A slip that is made in many places is told once, with the best of those it may be."""
    others = [naming("person", "Laila Haddad") for _ in range(2)]

    (message,) = near(naming("person", "Leyla Haddad", path="content/articles/b.en.md"), *others)[1:]

    assert "'Leyla Haddad' is nearly 'leila-haddad'" in message


def test_found_as_by_comparing_all() -> None:
    """What the index finds is what comparing every name with every other would find."""
    letters = ["".join(word) for size in range(4, 6) for word in itertools.product("ab", repeat=size)]
    longer = [f"{word}{word[:3]}x" for word in letters]
    words = [*letters, *longer]
    index = NearNames(words)

    for word in words:
        found = {words[number] for number in index.near(word)}
        wanted = {other for other in words if within(word, other, 2 if max(len(word), len(other)) > 7 else 1)}
        assert wanted <= found
        assert all(_bare(word) == _bare(other) for other in found - wanted)


def _bare(word: str) -> str:
    return "".join(letter for letter, _ in itertools.groupby(word))


def test_many_names_are_not_all_compared() -> None:
    """Twenty thousand names of a few thousand words take few comparisons each."""
    words = ["".join(word) for word in itertools.product("bdgklmnprst", "aeiou", "bdgkl")]
    names = [f"{words[number % 275]} {words[number * 7 % 271]}{number % 97}" for number in range(20_000)]

    index = NearNames(names)

    assert sum(1 for name in names[:500] for _ in index.near(name)) < 500 * 300


def test_words_of_the_build(tmp_path: Path) -> None:
    """A build warns of a near miss and goes on; a second spelling of one name makes no second page."""
    events = (
        "{id: a, date: 1901, title: A, people: [Leila Haddad, Leila Hadad]}",
        "{id: b, date: 1902, title: B, people: [LEILA-HADDAD]}",
    )
    write_site(tmp_path, {"content/articles/a.en.md": article("A", *events)}, settings=SETTINGS)

    report = build(tmp_path, Options(jobs=1))

    assert [str(one.place) for one in report.problems] == ["content/articles/a.en.md:5:58"]
    assert sorted(path.name for path in (tmp_path / "output/en/people").iterdir() if path.is_dir()) == [
        "leila-hadad",
        "leila-haddad",
    ]
