"""What a content security policy would keep from a page."""

from __future__ import annotations

from html import unescape
from pathlib import Path

import pytest
from site_kit import SETTINGS, article, write_site

from timeline_gen.building.options import Options
from timeline_gen.building.pipeline import build
from timeline_gen.errors import ContentError
from timeline_gen.publishing.headers import policies_of
from timeline_gen.reading.disk.settings import load_settings
from timeline_gen.reading.publish_targets import policy_of
from timeline_gen.reading.settings import parse_settings
from timeline_gen.rendering.policies import WASM, blocked, needs_of
from timeline_gen.scaffolding.new_theme import new_theme

PAGE = "https://record.press/en/"
FILE = '<script src="../assets/find.js" defer></script>'
STYLE = '<link rel="stylesheet" href="../assets/almanac.css">'
INLINE = "<script>go()</script>"


@pytest.mark.parametrize(
    ("policy", "html", "count"),
    [
        ("default-src 'self'", FILE + STYLE, 0),
        ("", FILE + STYLE + INLINE, 0),
        ("img-src 'none'", FILE + STYLE + INLINE, 0),
        ("default-src 'none'", FILE + STYLE, 2),
        ("default-src 'none'; script-src 'self'", FILE + STYLE, 1),
        ("default-src 'self'; style-src 'none'", FILE + STYLE, 1),
        ("DEFAULT-SRC 'SELF'", FILE, 0),
        ("default-src 'self'; default-src 'none'", FILE, 0),
        ("script-src-elem 'none'; script-src 'self'", FILE, 1),
        ("default-src 'self'", INLINE, 1),
        ("default-src 'self' 'unsafe-inline'", INLINE, 0),
        ("default-src 'self' 'unsafe-inline' 'nonce-x'", INLINE, 1),
        ("script-src 'nonce-x'", '<script nonce="x">go()</script>', 0),
        ("script-src 'self' 'strict-dynamic' 'nonce-x'", FILE, 1),
        ("default-src 'self'", '<script type="application/ld+json">{}</script>', 0),
        ("default-src 'self'", "<script type=module>go()</script>", 1),
        ("default-src 'self'", "<style>p{}</style>", 1),
        ("default-src 'self'", '<p style="color:red">x</p>', 1),
        ("default-src 'self'; style-src-attr 'unsafe-inline'", '<p style="color:red">x</p>', 0),
        ("default-src 'self'", '<a onclick="go()">x</a>', 1),
        ("default-src 'self'", '<script src="https://cdn.net/a.js"></script>', 1),
        ("default-src https://cdn.net", '<script src="https://cdn.net/a.js"></script>', 0),
        ("default-src *.net", '<script src="https://cdn.net/a.js"></script>', 0),
        ("default-src *.cdn.net", '<script src="https://cdn.net/a.js"></script>', 1),
        ("default-src https://cdn.net/b/", '<script src="https://cdn.net/a.js"></script>', 1),
        ("default-src https://cdn.net", '<script src="https://cdn.net:8443/a.js"></script>', 1),
        ("default-src https://cdn.net:443", '<script src="https://cdn.net/a.js"></script>', 0),
        ("default-src *.cdn.net:*", '<script src="https://a.cdn.net:8443/a.js"></script>', 0),
        ("default-src https:", FILE, 0),
        ("default-src *", FILE, 0),
        ("default-src record.press", FILE, 0),
        ("default-src https://other.press", FILE, 1),
        ("default-src 'self', script-src 'none'", FILE, 1),
        ("default-src 'self'; sandbox", FILE + STYLE, 1),
        ("default-src 'self'; sandbox allow-scripts", FILE + STYLE, 0),
        ("script-src 'sha256-AAAA'", INLINE, 1),
    ],
)
def test_policy(policy: str, html: str, count: int) -> None:
    """A page is kept from what the policy does not permit, and from nothing else."""
    assert len(blocked(policy, needs_of(html), PAGE)) == count


def test_the_hash_of_a_script() -> None:
    """A script in the page runs where the policy gives its hash."""
    from base64 import b64encode  # noqa: PLC0415
    from hashlib import sha256  # noqa: PLC0415

    found = b64encode(sha256(b"go()").digest()).decode()

    assert blocked(f"script-src 'sha256-{found}'", needs_of(INLINE), PAGE) == ()


@pytest.mark.parametrize(
    ("policy", "count"), [("script-src 'self'", 1), ("script-src 'self' 'wasm-unsafe-eval'", 0)]
)
def test_the_search_of_whole_texts(policy: str, count: int) -> None:
    """Pagefind needs WebAssembly."""
    assert len(blocked(policy, [WASM], PAGE)) == count


def test_what_is_blocked_is_named() -> None:
    """Each is named by its file, or by how it begins."""
    told = [
        str(need) for need in blocked("default-src 'none'", needs_of(FILE + "<style>p { a }</style>"), PAGE)
    ]

    assert told == ["the script ../assets/find.js", "style in the page (p { a })"]


@pytest.mark.parametrize(
    ("search", "hosts", "added"),
    [
        ("site", {}, ""),
        ("pagefind", {}, "; script-src 'self' 'wasm-unsafe-eval'"),
        (
            "site",
            {"script": ("https://s.org",)},
            "; script-src 'self' https://s.org; img-src 'self' https://s.org; connect-src 'self' https://s.org",
        ),
        (
            "site",
            {"font": ("https://f.org",), "frame": ("https://v.org",)},
            "; font-src 'self' https://f.org; frame-src 'self' https://v.org",
        ),
    ],
)
def test_policy_of_a_site(search: str, hosts: dict[str, tuple[str, ...]], added: str) -> None:
    """A policy permits the site itself and the hosts that are named; a script may send to its own host."""
    plain = "default-src 'self'; base-uri 'none'; form-action 'self'; object-src 'none'"
    assert policy_of(search, hosts) == plain + added


@pytest.mark.parametrize("target", ["host: github", "host: netlify"])
def test_analytics(tmp_path: Path, target: str) -> None:
    """A script of another host in head_extra is on every page, and works once its host is named."""
    settings = f"{SETTINGS}theme: mine\npublish: {{p: {{to: git, remote: origin, {target}}}}}\n"
    write_site(
        tmp_path,
        {"content/articles/a.en.md": article("A", "{id: e, date: 2019, title: E}")},
        settings=settings,
    )
    for made in new_theme(tmp_path, "mine"):
        if made.suffix == ".html":
            tag = (
                '{% block head_extra %}<script src="https://stats.net/count.js" defer></script>{% endblock %}'
            )
            made.write_text(made.read_text("utf-8") + tag, "utf-8")
    build(tmp_path, Options(jobs=1))
    assert kept_from(tmp_path) == {"https://stats.net/count.js"}

    (tmp_path / "site.yaml").write_text(f"{settings}policy: {{script: [stats.net]}}\n", "utf-8")
    build(tmp_path, Options(jobs=1))
    assert kept_from(tmp_path) == set()
    for name in ("index.html", "404.html", "en/index.html", "en/embed/timeline.html"):
        page = unescape((tmp_path / "output" / name).read_text("utf-8"))
        assert "https://stats.net/count.js" in page
        assert ("script-src 'self' https://stats.net;" in page) is (target == "host: github")


def kept_from(root: Path) -> set[str]:
    """Return what the policies of the one target of the site in *root* keep from its pages."""
    settings, _ = parse_settings(load_settings(root))
    assert settings
    policies = policies_of(settings, settings.publish["p"])
    assert policies
    return {
        need.url
        for page in (root / "output").rglob("*.html")
        for policy in policies
        for need in blocked(policy, needs_of(page.read_text("utf-8")), PAGE)
    }


@pytest.mark.parametrize(
    "host", ["'self'", "http://stats.net", "stats", "https://stats.net/a b", "*", "x.net; script-src *"]
)
def test_no_host(tmp_path: Path, host: str) -> None:
    """What is no host is an error at its place, and cannot smuggle in a directive."""
    write_site(tmp_path, {}, settings=f'{SETTINGS}policy:\n  script: ["{host}"]\n')

    with pytest.raises(ContentError) as caught:
        build(tmp_path, Options(jobs=1))
    (problem,) = [problem for problem in caught.value.problems if problem.code == "TG860"]
    assert str(problem.place) == "site.yaml:5:12"
