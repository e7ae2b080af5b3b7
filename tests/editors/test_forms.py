"""The forms of Decap and Sveltia: the real programs load what ``timeline-gen schema --cms`` prints."""

from __future__ import annotations

import json
import shutil
from collections.abc import Iterator
from functools import partial
from http.server import SimpleHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path
from threading import Thread

import pytest
import yaml
from jsonschema import Draft7Validator
from playwright.sync_api import Browser, Page, Route, expect

from timeline_gen.building.options import Options
from timeline_gen.checking.check import checked
from timeline_gen.checking.content_lists import content_list
from timeline_gen.editors.cms import configuration
from timeline_gen.editors.names import site_names
from timeline_gen.errors import Level
from timeline_gen.scaffolding.new_site import NewSite, new_site

pytestmark = pytest.mark.editors

PROGRAMS = Path(__file__).parents[2] / ".editors"
SCRIPTS = {
    "decap": "decap-cms/package/dist/decap-cms.js",
    "sveltia": "sveltia-cms/package/dist/sveltia-cms.js",
}

PAGE = """<!doctype html><meta charset="utf-8"><title>Forms</title>
<link href="config.yml" type="text/yaml" rel="cms-config-url">
<body><script>window.repoFiles = {files}</script><script src="program/{script}"></script>
"""


class _Quiet(SimpleHTTPRequestHandler):
    def log_message(self, *_: object) -> None:
        """Say nothing."""


@pytest.fixture(scope="module")
def site(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Return a new site."""
    root = tmp_path_factory.mktemp("site")
    new_site(root, NewSite(("en", "ar")))
    return root


@pytest.fixture
def address(tmp_path: Path) -> Iterator[str]:
    """Lend the address at which the files of ``tmp_path`` are served."""
    server = ThreadingHTTPServer(("127.0.0.1", 0), partial(_Quiet, directory=str(tmp_path)))
    Thread(target=server.serve_forever, daemon=True).start()
    yield f"http://127.0.0.1:{server.server_address[1]}/"
    server.shutdown()
    server.server_close()


def texts_of(site: Path) -> dict[str, str]:
    """Return the articles of *site* by the names of their files."""
    return {path.name: path.read_text("utf-8") for path in site.glob("content/articles/*.md")}


def opened(system: str, site: Path, folder: Path, address: str, browser: Browser) -> tuple[Page, list[str]]:
    """Return the page of *system* with the texts of *site*, and the hosts elsewhere that it asked for."""
    (folder / "config.yml").write_text(configuration(site_names(site, jobs=1), system, "test-repo"), "utf-8")
    (folder / "program").symlink_to((PROGRAMS / SCRIPTS[system]).parent)
    texts = {name: {"content": text} for name, text in texts_of(site).items()}
    files = json.dumps({"content": {"articles": texts}, "content/articles": texts})
    (folder / "index.html").write_text(PAGE.format(files=files, script=Path(SCRIPTS[system]).name), "utf-8")
    asked: list[str] = []

    def kept(route: Route) -> None:
        if route.request.url.startswith((address, "blob:", "data:")):
            route.continue_()
        else:
            asked.append(route.request.url)
            route.abort()

    page = browser.new_page()
    page.route("**/*", kept)
    page.goto(address)
    return page, asked


TITLE = "The Suez Canal in a few dates"
RENAMED = "Canal: dates"


def events(root: Path) -> list[dict[str, object]]:
    """Return what the site in *root* says of its events, but where it says so."""
    rows = content_list(root, "events", Options())
    return [{key: value for key, value in row.items() if key != "place"} for row in rows]


def check_saved(site: Path, saved: dict[str, str], folder: Path) -> None:
    """See that *saved* texts say what those of *site* say, but for one title, and have no problem."""
    root = folder / "again"
    shutil.copytree(site, root)
    for name, text in saved.items():
        (root / "content/articles" / name).write_text(text, "utf-8")
    english = (root / "content/articles/suez-canal.en.md").read_text("utf-8")

    assert [row["title"] for row in content_list(root, "articles", Options(), "en")] == [RENAMED]
    assert events(root) == events(site)
    assert [problem for problem in checked(root).problems if problem.level > Level.INFO] == []
    assert "[The digging](event:digging-of-the-canal) began in 1859" in english


def test_decap(site: Path, tmp_path: Path, address: str, browser: Browser) -> None:
    """An article that is changed in Decap's form is what it was, but for the change, in both languages."""
    page, asked = opened("decap", site, tmp_path, address, browser)
    page.get_by_role("button", name="Login").click()
    page.get_by_text(TITLE).click()
    expect(page.locator("input[value='قناة السويس في محطات']")).to_be_visible()
    page.locator(f"input[value='{TITLE}']").fill(RENAMED)
    page.get_by_role("button", name="Publish").click()
    page.get_by_role("menuitem", name="Publish now").click()
    page.wait_for_function(
        f"window.repoFiles.content.articles['suez-canal.en.md'].content.includes('{RENAMED}')"
    )
    saved = page.evaluate("Object.entries(window.repoFiles.content.articles).map(([k, v]) => [k, v.content])")

    check_saved(site, dict(saved), tmp_path)
    assert asked == []


FOLDER = """let folder = await navigator.storage.getDirectory();
for (const name of ['sveltia-cms-test', 'content', 'articles'])
  folder = await folder.getDirectoryHandle(name, {create: true});
"""
WRITING = """for (const [name, text] of Object.entries(texts)) {
  const stream = await (await folder.getFileHandle(name, {create: true})).createWritable();
  await stream.write(text);
  await stream.close();
}"""
READING = """const texts = {};
for await (const [name, handle] of folder.entries()) texts[name] = await (await handle.getFile()).text();
return texts;"""


def test_sveltia(site: Path, tmp_path: Path, address: str, browser: Browser) -> None:
    """So it is in Sveltia's form, where the hosts of its fonts and of its version cannot be reached."""
    page, _ = opened("sveltia", site, tmp_path, address, browser)
    page.evaluate(f"async texts => {{ {FOLDER} {WRITING} }}", texts_of(site))
    page.get_by_role("button", name="Work with Test Repository").click()
    page.get_by_text(TITLE).first.click()
    page.get_by_role("textbox").first.fill(RENAMED)
    page.get_by_role("button", name="Save").first.click()
    expect(page.get_by_text(RENAMED).first).to_be_visible()
    expect(page.get_by_role("button", name="New")).to_be_visible()
    saved = page.evaluate(f"async () => {{ {FOLDER} {READING} }}")

    check_saved(site, saved, tmp_path)


def test_sveltias_own_schema(site: Path) -> None:
    """Sveltia's own schema of its configuration finds nothing wrong with ours."""
    schema = json.loads((PROGRAMS / "sveltia-cms/package/schema/sveltia-cms.json").read_text("utf-8"))
    config = yaml.safe_load(configuration(site_names(site, jobs=1), "sveltia", "github"))

    assert [error.message for error in Draft7Validator(schema).iter_errors(config)] == []
