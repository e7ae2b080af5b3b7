"""The sitemap of a large site is split as search engines ask for it."""

from __future__ import annotations

from xml.etree import ElementTree as ET

from timeline_gen.collecting.timeline import Timeline
from timeline_gen.model.settings import Language, Settings
from timeline_gen.pages.plan.all_pages import LISTED, for_robots
from timeline_gen.pages.site import Site, make_site
from timeline_gen.pages.sitemap import Listed
from timeline_gen.rendering.context import make_context

SPACE = "{http://www.sitemaps.org/schemas/sitemap/0.9}"
ENGLISH = Language("en", "ltr", "English")
KIT = make_context({}, [ENGLISH], catalogues={}, assets={})


def small_site() -> Site:
    """Return a site in one language that tells nothing."""
    site, _ = make_site(
        Settings({"en": "Record"}, "https://example.org/", (ENGLISH,)), Timeline((), (), (), (), frozenset())
    )
    return site


def listed(count: int) -> tuple[Listed, ...]:
    """Return as many addresses, the last of which changed last."""
    return tuple(Listed(f"en/{number}/", (), "", f"20{number % 23:02}-01-01") for number in range(count))


def files(count: int) -> dict[str, ET.Element]:
    """Return what is written for so many addresses, by address."""
    site = small_site()
    return {
        page.address(): ET.fromstring(page.write(KIT))  # noqa: S314 - our own
        for page in for_robots(listed(count), site)
        if page.address().endswith(".xml")
    }


def test_one_sitemap() -> None:
    """As many addresses as one sitemap may hold stand in one."""
    found = files(LISTED)

    assert list(found) == ["sitemap.xml"]
    assert len(found["sitemap.xml"].findall(f"{SPACE}url")) == LISTED


def test_split_sitemap() -> None:
    """One address more, and the sitemap is an index that leads to two, which hold all of them."""
    found = files(LISTED + 1)

    places = [loc.text for loc in found["sitemap.xml"].iter(f"{SPACE}loc")]
    assert places == ["https://example.org/sitemaps/1.xml", "https://example.org/sitemaps/2.xml"]
    assert [one.text for one in found["sitemap.xml"].iter(f"{SPACE}lastmod")] == ["2022-01-01", "2021-01-01"]
    assert [len(found[f"sitemaps/{part}.xml"].findall(f"{SPACE}url")) for part in (1, 2)] == [LISTED, 1]


def test_keys_tell_parts_apart() -> None:
    """A part is made again where an address of its own changed, and only there."""
    site, many = small_site(), listed(LISTED + 9)
    changed = (*many[:-1], Listed("en/new/", (), "", ""))

    before, after = (
        {page.address(): page.key for page in for_robots(each, site)} for each in (many, changed)
    )

    different = {address for address in before if before[address] != after[address]}
    assert different - {"sitemap.xml"} == {"sitemaps/2.xml"}
