"""Addresses at which no site for readers can be."""

from __future__ import annotations

from pathlib import Path

import pytest
from site_kit import SETTINGS, article, write_site

from timeline_gen.building.options import Options
from timeline_gen.building.pipeline import build
from timeline_gen.text.web import unowned_host


@pytest.mark.parametrize(
    ("url", "host"),
    [
        ("https://example.org/", "example.org"),
        ("https://www.Example.COM:8080/a/", "www.example.com"),
        ("https://example.net./", "example.net"),
        ("https://a.example/", "a.example"),
        ("http://site.invalid/", "site.invalid"),
        ("http://site.test/", "site.test"),
        ("http://localhost:8000/", "localhost"),
        ("http://me.localhost/", "me.localhost"),
        ("http://printer.local/", "printer.local"),
        ("http://127.0.0.1/", "127.0.0.1"),
        ("http://[::1]:8000/", "::1"),
        ("http://192.168.1.20/", "192.168.1.20"),
        ("https://example.de/", ""),
        ("https://myexample.org/", ""),
        ("https://example.org.uk/", ""),
        ("https://test.de/", ""),
        ("https://testing/", ""),
        ("http://8.8.8.8/", ""),
        ("https://قناة.وطن/", ""),
    ],
)
def test_host(url: str, host: str) -> None:
    """Reserved names and addresses of one network are told from those of sites."""
    assert unowned_host(url) == host


@pytest.mark.parametrize(
    ("more", "url", "places"),
    [
        ("", "", ["site.yaml:2:6"]),
        ("", "https://record.press/", []),
        (
            "publish: {a: {to: folder, path: ../w, url: 'https://a.test/'}}\n",
            "",
            ["site.yaml:2:6", "site.yaml:4:14"],
        ),
        (
            "publish: {a: {to: folder, path: ../w, url: 'https://a.test/', preview: true}}\n",
            "",
            ["site.yaml:2:6"],
        ),
    ],
)
def test_note(tmp_path: Path, more: str, url: str, places: list[str]) -> None:
    """A build notes such an address where it is written, but for those of previews."""
    write_site(
        tmp_path,
        {"content/articles/a.en.md": article("A")},
        settings=SETTINGS.replace("records.org", "example.org") + more,
    )
    report = build(tmp_path, Options(jobs=1, url=url))

    assert [str(one.place) for one in report.problems if one.code == "TG313"] == places
