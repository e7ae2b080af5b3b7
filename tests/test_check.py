"""``check``: every problem, link and anchor in one run, without touching the built site."""

from __future__ import annotations

from pathlib import Path, PurePosixPath

import pytest
from site_kit import article, write_site

from timeline_gen.checking.check import check
from timeline_gen.checking.dates import relative_readings
from timeline_gen.checking.links import broken_links, read_anchors
from timeline_gen.errors import UsageError


def links_of(root: Path) -> list[str]:
    """Return the places of all broken links."""
    return [str(one.place) for one in check(root) if one.code in {"TG413", "TG811"}]


@pytest.mark.parametrize(
    ("link", "fine"),
    [
        ("../other/", True),
        ("../other/#part", True),
        ("#here", True),
        ("../../about/", True),
        ("../../events/e/", True),
        ("event:e", True),
        ("https://example.com/", True),
        ("../nowhere/", False),
        ("../other/#part-2", False),
        ("#nowhere", False),
        ("../../../../../outside/", False),
        ("/en/about", True),
        ("/en/abuot", False),
    ],
)
def test_links(tmp_path: Path, link: str, *, fine: bool) -> None:
    """A link inside the site leads to a page, a file or an anchor that is there, or it is a problem."""
    root = write_site(
        tmp_path,
        {
            "content/articles/one.en.md": article(
                "One", "{id: e, date: 2019, title: E}", body=f"Read [this]({link}).\n\n## Here {{#here}}\n"
            ),
            "content/articles/other.en.md": article("Other", body="## Part {#part}\n"),
            "content/pages/about.en.md": "---\ntitle: About\n---\nText.\n",
        },
    )

    found = links_of(root)

    assert found == ([] if fine else ["content/articles/one.en.md:7:13"])
    assert not (root / "output").exists()


def test_heading_of_another_text(tmp_path: Path) -> None:
    """A summary that links to a heading which its target lacks is told of once, where it is written."""
    summary = "summary: 'As [this](article:other#prat) says'\n"
    root = write_site(
        tmp_path,
        {
            "content/articles/one.en.md": article("One", more=summary),
            "content/articles/other.en.md": article("Other", body="## Part {#part}\n"),
        },
    )

    found = [one for one in check(root) if one.code == "TG811"]

    assert [(str(one.place), one.hint) for one in found] == [
        ("content/articles/one.en.md:4:21", "did you mean '#part'?")
    ]


def test_a_slip_in_a_link(tmp_path: Path) -> None:
    """A link that leads nowhere, nearly one that leads to a page: that one is named."""
    linking = article("One", "{id: e, date: 2019, title: E}", body="See [this](../cannal/).\n")
    root = write_site(
        tmp_path,
        {"content/articles/one.en.md": linking, "content/articles/canal.en.md": article("Canal")},
    )

    assert [one.hint for one in check(root, jobs=1)] == ["did you mean '../canal/'?"]


def test_relative_readings(tmp_path: Path) -> None:
    """Every date that means another day in another article is listed with what it was read as."""
    root = write_site(
        tmp_path,
        {
            "content/articles/one.en.md": article(
                "One", "{id: e, date: last October, title: E}", "{id: f, date: 2019, title: F}"
            )
        },
    )

    (found,) = relative_readings(root)

    assert (str(found.place), found.text) == ("content/articles/one.en.md:5:19", "last October")
    assert (found.edtf, found.on) == ("2021-10", "2021-12-06")


def test_no_site(tmp_path: Path) -> None:
    """Where there is no site, that is said."""
    with pytest.raises(UsageError, match="no site"):
        check(tmp_path)


def test_anchors() -> None:
    """Ids and links are read as a browser reads them, and alternates in the head are left out."""
    anchors = read_anchors(
        '<link rel="canonical" href="https://records.org/"><link rel="stylesheet" href="a.css">'
        '<p id="x">&amp;<a href="b/?a=1&amp;b=2">b</a><img src="c.png"><a name="no">c</a></p>'
    )

    assert anchors.ids == {"x"}
    assert anchors.links == ("a.css", "b/?a=1&b=2", "c.png")


def test_links_of_the_page_for_lost_addresses() -> None:
    """The page that hosts serve at any depth links from the path of the site's address."""
    page = PurePosixPath("404.html")
    anchors = read_anchors('<a href="/base/en/">home</a><a href="/en/">wrong</a>')

    broken = broken_links({page: anchors}, [page, PurePosixPath("en/index.html")], "/base/")

    assert [(one.link, one.reason) for one in broken] == [("/en/", "it leads out of the site")]
