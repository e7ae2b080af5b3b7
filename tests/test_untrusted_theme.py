"""A theme that is not trusted: what its templates and files may not do, and that all else is as ever."""

from __future__ import annotations

import os
from collections.abc import Iterator, Mapping
from pathlib import Path

import pytest
import views_factory as factory
import yaml
from almanac_kit import almanac
from site_kit import SETTINGS, article, write_site

from timeline_gen.building.options import Options
from timeline_gen.building.pipeline import build
from timeline_gen.building.workers.confined import Budget, Confined, confined
from timeline_gen.errors import ContentError, Problem
from timeline_gen.pages.plain_page import PlainPageView
from timeline_gen.rendering.context import RenderContext, without_trust

ATTACKS: Mapping[str, Mapping[str, str]] = yaml.safe_load(
    (Path(__file__).parent / "data" / "attacks.yaml").read_text("utf-8")
)
SECRETS = ("<class ", "<function ", "<bound ", "<module ", " object at 0x", "root:", "templates/", "url:")


def plain() -> PlainPageView:
    """Return a plain page."""
    return next(view for _, view in factory.full_views("en") if isinstance(view, PlainPageView))


def kit_with(template: str) -> RenderContext:
    """Return a stranger's theme whose plain pages are made by *template*."""
    return without_trust(almanac(page__html=template))


@pytest.mark.parametrize("attack", ATTACKS["refused"].values(), ids=ATTACKS["refused"].keys())
def test_refused(attack: str) -> None:
    """No template gets at Python's inner parts, at files, or at values of the program."""
    with pytest.raises(ContentError) as caught:
        factory.rendered(plain(), kit_with(attack))
    (problem,) = caught.value.problems

    assert problem.code in {"TG701", "TG702", "TG703", "TG704", "TG705", "TG715", "TG716"}
    assert problem.place.path.name == "page.html"
    assert not any(secret in problem.message for secret in ("root:", " object at 0x"))


@pytest.mark.parametrize("attack", ATTACKS["harmless"].values(), ids=ATTACKS["harmless"].keys())
def test_harmless(attack: str) -> None:
    """What the sandbox answers with nothing shows nothing."""
    page = factory.rendered(plain(), kit_with(attack)).decode()

    assert not any(secret in page for secret in SECRETS)


def test_how_many() -> None:
    """The corpus is a large one."""
    assert sum(map(len, ATTACKS.values())) >= 90


@pytest.fixture(scope="module")
def small() -> Budget:
    """Return a budget that is soon used up."""
    return Budget(seconds=0.15, earned=0.15, memory=192 * 1024 * 1024)


@pytest.mark.parametrize("attack", ATTACKS["overruns"].values(), ids=ATTACKS["overruns"].keys())
def test_overruns(attack: str, small: Budget) -> None:
    """A template that takes too much time, memory or output is ended from outside, and named."""
    kit = without_trust(almanac(page__html=attack, x__html="x"))
    process = Confined(kit, small)
    try:
        with pytest.raises(ContentError) as caught:
            process.page("page.html", plain(), "en")
    finally:
        process.end()
    (problem,) = caught.value.problems

    assert problem.code in {"TG705", "TG714", "TG715"}
    assert problem.place.path.name == "page.html"


def test_many_pages_together() -> None:
    """A theme that takes nearly all of its time on each page has soon taken it all."""
    kit = kit_with("{% for a in range(99999) %}{% for b in range(9) %}{% endfor %}{% endfor %}")
    process = Confined(kit, Budget(seconds=0.4, earned=0.0))
    try:
        with pytest.raises(ContentError, match="1 problems"):
            list(map(process.page, ["page.html"] * 200, [plain()] * 200, ["en"] * 200))
    finally:
        process.end()


def test_syntax_that_takes_for_ever(small: Budget) -> None:
    """A template that no compiler gets through is a problem, found before anything is rendered."""
    for text in (
        "{{ " + "(" * 50_000 + "1" + ")" * 50_000 + " }}",
        "{% if 1 %}" * 3000 + "{% endif %}" * 3000,
    ):
        process = Confined(kit_with(text), small)
        problems = process.check()
        process.end()

        assert {problem.code for problem in problems} <= {"TG701", "TG705", "TG714", "TG716"}
        assert problems


def test_no_files_can_be_opened() -> None:
    """Even code that left the sandbox could open and write no file."""
    process = confined(kit_with("{{ title.text }}"))

    assert process.page("page.html", plain(), "en")
    limits = Path(f"/proc/{process._process.pid if process._process else 0}/limits").read_text("utf-8")
    assert [line.split()[3] for line in limits.splitlines() if line.startswith("Max open files")] == ["3"]
    assert [line.split()[3] for line in limits.splitlines() if line.startswith("Max file size")] == ["0"]


# ---------------------------------------------------------------- sites

FILES = {
    "content/articles/a.en.md": article("A", "{id: e, date: 2019, title: E}", more="tags: [x]\n"),
    "content/pages/about.en.md": "---\ntitle: About\n---\nText.\n",
    "themes/mine/theme.yaml": "name: mine\nextends: almanac\n",
    "themes/mine/templates/page.html": "<p>{{ title.text }} ONE</p>",
    "themes/mine/static/mine.css": "a { color: red }",
}


def settings(trusted: str) -> str:
    """Return the settings of a site with a theme of its own."""
    return f"{SETTINGS}theme: {{name: mine, trusted: {trusted}}}\n"


def tree(root: Path) -> dict[str, bytes]:
    """Return the built site."""
    top = root / "output"
    return {str(path.relative_to(top)): path.read_bytes() for path in top.rglob("*") if path.is_file()}


@pytest.fixture(params=[1, 2], ids=["one process", "two processes"])
def options(request: pytest.FixtureRequest) -> Options:
    """Return the options of a build in one process, or in two."""
    return Options(jobs=request.param)


def test_same_site(tmp_path: Path, options: Options) -> None:
    """A harmless theme makes the same site whether it is trusted or not, and is built anew for that."""
    root = write_site(tmp_path / "site", FILES, settings=settings("true"))
    build(root, options)
    trusted = tree(root)
    write_site(root, {}, settings=settings("false"))
    report = build(root, options)
    confined_tree = tree(root)
    (root / "themes/mine/templates/page.html").write_text("<p>{{ title.text }} TWO</p>", "utf-8")
    again = build(root, options)

    assert confined_tree == trusted
    assert report.rendered > 0
    assert 0 < again.rendered < report.rendered
    assert b"TWO" in (root / "output/en/about/index.html").read_bytes()


def problems_of(root: Path) -> tuple[Problem, ...]:
    """Return the problems of a build that must fail."""
    with pytest.raises(ContentError) as caught:
        build(root, Options(jobs=1))
    return caught.value.problems


def bad_site(root: Path, files: Mapping[str, str]) -> Path:
    """Write a site whose theme is not trusted."""
    return write_site(root, {**FILES, **files}, settings=settings("false"))


@pytest.mark.parametrize("where", ["templates/x.html", "static/x.txt", "locale/en.po", "theme.yaml"])
@pytest.mark.parametrize("target", ["/etc/passwd", "../../../site.yaml", "nowhere", "/dev/zero"])
def test_links(tmp_path: Path, where: str, target: str) -> None:
    """Nothing is read through a link in the theme, wherever it leads."""
    root = bad_site(tmp_path / "site", {})
    path = root / "themes/mine" / where
    path.parent.mkdir(exist_ok=True)
    path.unlink(missing_ok=True)
    path.symlink_to(target)

    assert [(one.code, str(one.place.path)) for one in problems_of(root)] == [
        ("TG713", f"themes/mine/{where}")
    ]


def test_linked_folders(tmp_path: Path) -> None:
    """Nor is a folder of the theme read through a link, or the theme's folder itself."""
    root = bad_site(tmp_path / "site", {})
    (tmp_path / "elsewhere").mkdir()
    (tmp_path / "elsewhere/secret.txt").write_text("secret", "utf-8")
    (root / "themes/mine/static/deep").symlink_to(tmp_path / "elsewhere")
    inner = problems_of(root)
    (root / "themes/mine/static/deep").unlink()
    (root / "themes/mine").rename(tmp_path / "mine")
    (root / "themes/mine").symlink_to(tmp_path / "mine")

    assert [str(one.place.path) for one in inner] == ["themes/mine/static/deep"]
    assert [one.code for one in problems_of(root)] == ["TG713"]


def test_pipes(tmp_path: Path) -> None:
    """A pipe in the theme keeps no build waiting."""
    root = bad_site(tmp_path / "site", {})
    os.mkfifo(root / "themes/mine/static/x.css")

    assert [one.code for one in problems_of(root)] == ["TG713"]


@pytest.mark.parametrize(
    ("path", "text", "code"),
    [
        ("theme.yaml", "name: mine\nextends: ../../content\n", "TG710"),
        ("theme.yaml", "name: mine\nextends: /etc\n", "TG710"),
        ("theme.yaml", "name: mine\nextends: mine\n", "TG711"),
        ("static/x.css", "a { background: url(../../../../etc/passwd) }", "TG706"),
        ("static/x.css", "@import '../../../site.yaml';", "TG706"),
        ("locale/en.po", 'msgid "Timeline"\nmsgstr "%(x)1000000000d"\n', "TG715"),
        ("locale/en.po", 'msgid "Timeline"\nmsgstr "%1000000000s"\n', "TG715"),
        ("locale/en.po", 'msgid "Timeline"\nmsgstr "%(x)*d"\n', "TG715"),
    ],
)
def test_other_files(tmp_path: Path, path: str, text: str, code: str) -> None:
    """Neither theme.yaml nor a stylesheet nor words lead out of the theme, or take memory."""
    root = bad_site(tmp_path / "site", {f"themes/mine/{path}": text})

    assert [one.code for one in problems_of(root)] == [code]


@pytest.mark.parametrize("name", ["../../etc", "/etc", "..", "."])
def test_names_of_themes(tmp_path: Path, name: str) -> None:
    """The name of a theme is one of those that there are, not a path."""
    root = write_site(tmp_path, FILES, settings=f'{SETTINGS}theme: {{name: "{name}", trusted: false}}\n')

    assert [one.code for one in problems_of(root)] == ["TG710"]


def test_stylesheets_take_no_time() -> None:
    """References in a stylesheet are found in one pass, whatever is never closed in it."""
    from pathlib import PurePosixPath  # noqa: PLC0415

    from timeline_gen.rendering.assets import make_assets  # noqa: PLC0415

    for text in (
        "/*" * 200_000,
        "url(" * 200_000,
        "url('" * 100_000,
        "@import " * 100_000,
        "url( " + " " * 200_000,
    ):
        make_assets({PurePosixPath("x.css"): text.encode()}, PurePosixPath("static"))


@pytest.fixture(autouse=True, scope="module")
def _end() -> Iterator[None]:
    yield
    confined(almanac()).end()
