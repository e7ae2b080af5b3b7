"""A running preview: whatever is done to the site, the last good one stands, and no save is lost."""

from __future__ import annotations

import os
import re
import shutil
import signal
import socket
import subprocess
import sys
import time
from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from contextlib import contextmanager
from pathlib import Path
from threading import Event
from urllib.parse import urlsplit

import pytest
from preview_kit import SETTINGS, Running, article, running, wait, write_article, write_site

from timeline_gen.building.options import Options
from timeline_gen.building.pipeline import build
from timeline_gen.checking.clean_build import compare_with_clean
from timeline_gen.errors import UsageError
from timeline_gen.keys import content_hash
from timeline_gen.preview.options import ServeOptions, options_of
from timeline_gen.preview.serve import Listeners, serve
from timeline_gen.preview.site_state import SiteState
from timeline_gen.preview.targets import RequestTarget

QUAY = "/en/articles/quay/"
MARK = '<strong class="mark">Draft</strong>'
EVERYWHERE = "0.0.0.0"  # noqa: S104 - what a person types to look at the preview with a telephone


@pytest.fixture(scope="module")
def harbour(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Running]:
    """Lend a preview that several tests use in turn; each leaves it with a good site."""
    with running(write_site(tmp_path_factory.mktemp("harbour"))) as preview:
        yield preview


@pytest.fixture
def calm(harbour: Running) -> Running:
    """Lend the preview with a site that builds."""
    now = f"It stands. {len(harbour.outcomes)} builds before."
    write_site_again(harbour.root, now)
    harbour.shows(QUAY, now)
    harbour.wait(lambda: harbour.outcomes[-1].good and not harbour.outcomes[-1].shown)
    return harbour


def write_site_again(root: Path, text: str) -> None:
    """Bring the site in *root* to its first state; the file that is written last holds *text*."""
    (root / "site.yaml").write_text(SETTINGS, "utf-8")
    shutil.rmtree(root / "themes", ignore_errors=True)
    for slug in ("bridge", "quay"):
        (root / "content" / "articles").mkdir(parents=True, exist_ok=True)
        write_article(root, slug, "It stands." if slug == "bridge" else text)


def test_a_save_is_shown(calm: Running) -> None:
    """What an author saves is in the page a moment later."""
    write_article(calm.root, "quay", "It was painted.")

    calm.shows(QUAY, "It was painted.")


def test_never_into_output(calm: Running) -> None:
    """A preview leaves no trace in the folder that is published."""
    assert not (calm.root / "output").exists()


def test_two_hundred_rapid_saves(calm: Running) -> None:
    """However fast an author saves, the last save is shown, and no build was wasted on each."""
    before = len(calm.outcomes)

    for number in range(200):
        write_article(calm.root, "quay", f"Save number {number}.")
        time.sleep(0.005)
    calm.shows(QUAY, "Save number 199.")

    # A build may look just between the emptying and the writing of a file; the next one mends that.
    assert calm.outcomes[-1].good
    assert len(calm.outcomes) - before < 200


def test_rename_save(calm: Running) -> None:
    """Editors that write beside the file and rename are followed, Vim's and JetBrains's ways alike."""
    target = article(calm.root, "quay")
    text = target.read_text("utf-8")
    for number, (beside, former) in enumerate(
        ((".quay.swp", "quay.en.md~"), ("quay.en.md___jb_tmp___", "quay.en.md___jb_old___"))
    ):
        target.with_name(beside).write_text(text.replace("It stands.", f"Renamed {number}."), "utf-8")
        target.rename(target.with_name(former))
        target.with_name(beside).rename(target)
        target.with_name(former).unlink()

        calm.shows(QUAY, f"Renamed {number}.")


def test_delete_and_recreate(calm: Running) -> None:
    """A deleted article's page is gone, and comes back with the file."""
    article(calm.root, "quay").unlink()
    calm.wait(lambda: calm.get(QUAY).status == 404, "the page stayed")

    write_article(calm.root, "quay", "It is back.")

    calm.shows(QUAY, "It is back.")


def test_moved_folder(calm: Running) -> None:
    """A folder that is moved away and back is followed, and so are saves in it afterwards."""
    articles, away = calm.root / "content", calm.root / "elsewhere"
    articles.rename(away)
    calm.wait(lambda: calm.get(QUAY).status == 404, "the pages stayed")
    away.rename(articles)
    calm.shows(QUAY, "It stands.")

    write_article(calm.root, "quay", "It was watched again.")

    calm.shows(QUAY, "It was watched again.")


def test_moved_subfolder(calm: Running) -> None:
    """A folder of articles that is moved about is followed."""
    articles = calm.root / "content" / "articles"
    (articles / "docks").mkdir()
    article(calm.root, "quay").rename(articles / "docks" / "quay.en.md")
    (articles / "docks").rename(articles / "piers")
    moved = articles / "piers" / "quay.en.md"

    moved.write_text(moved.read_text("utf-8").replace("It stands.", "It was moved."), "utf-8")

    calm.shows(QUAY, "It was moved.")
    shutil.rmtree(articles / "piers")


def broken(preview: Running, code: str) -> bool:
    """Return whether the last build failed with the problem *code*."""
    last = preview.outcomes[-1]
    return not last.good and any(one.problem.code == code for one in last.shown)


def test_broken_article(calm: Running) -> None:
    """A broken article leaves the last good site standing, and is told with its place and line."""
    target = article(calm.root, "quay")
    good = target.read_text("utf-8")

    target.write_text(good.replace("October 2019", "soon"), "utf-8")
    calm.wait(lambda: not calm.outcomes[-1].good)

    shown = calm.outcomes[-1].shown[0]
    assert str(shown.problem.place).startswith("content/articles/quay.en.md:6:")
    assert "    date: soon" in shown.lines
    assert "It stands." in calm.text(QUAY)
    target.write_text(good.replace("It stands.", "It was mended."), "utf-8")
    calm.shows(QUAY, "It was mended.")
    calm.wait(lambda: calm.outcomes[-1].good and calm.outcomes[-1].shown == ())


def test_broken_settings(calm: Running) -> None:
    """A broken ``site.yaml`` leaves the last good site standing."""
    (calm.root / "site.yaml").write_text("title: [", "utf-8")
    calm.wait(lambda: not calm.outcomes[-1].good)

    assert "It stands." in calm.text(QUAY)
    (calm.root / "site.yaml").unlink()
    calm.wait(lambda: not calm.outcomes[-1].good)
    (calm.root / "site.yaml").write_text(SETTINGS.replace("Harbour", "Haven"), "utf-8")
    calm.shows(QUAY, "Haven")


def test_broken_template(calm: Running) -> None:
    """A broken template leaves the last good site standing, and is told with its place."""
    templates = calm.root / "themes" / "mine" / "templates"
    templates.mkdir(parents=True)
    (templates.parent / "theme.yaml").write_text("name: mine\nextends: almanac\n", "utf-8")
    (templates / "page.html").write_text("{% if %}", "utf-8")
    (calm.root / "site.yaml").write_text(SETTINGS + "theme: mine\n", "utf-8")
    calm.wait(lambda: broken(calm, "TG701"))

    assert str(calm.outcomes[-1].shown[0].problem.place.path) == "themes/mine/templates/page.html"
    assert "It stands." in calm.text(QUAY)
    (templates / "page.html").unlink()
    (templates / "article.html").write_text("<title>Mine</title>{{ body|safe }}", "utf-8")
    calm.shows(QUAY, "<title>Mine</title>")


def test_usual_port_taken(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """Where another server has the usual port, the preview takes the next one that is free."""
    with socket.socket() as other:
        other.bind(("127.0.0.1", 0))
        other.listen()
        taken = other.getsockname()[1]
        monkeypatch.setattr("timeline_gen.preview.server.USUAL_PORT", taken)
        with running(write_site(tmp_path), ServeOptions()) as preview:
            assert preview.port != taken
            assert "It stands." in preview.text(QUAY)


@pytest.fixture(scope="module")
def opened() -> list[str]:
    """Return the addresses that a browser was opened at."""
    return []


@pytest.fixture(scope="module")
def everywhere(tmp_path_factory: pytest.TempPathFactory, opened: list[str]) -> Iterator[Running]:
    """Lend a preview at all addresses that opens the browser, on a system that tells nothing of changes."""
    options = ServeOptions(port=0, host=EVERYWHERE, open_browser=True, poll=True)
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr("timeline_gen.preview.serve.webbrowser.open", opened.append)
        with running(write_site(tmp_path_factory.mktemp("everywhere")), options) as preview:
            yield preview


def test_opens_the_browser(everywhere: Running, opened: list[str]) -> None:
    """``--open`` opens the browser at the address of the preview on this machine."""
    everywhere.wait(lambda: opened == everywhere.addresses[:1], "no browser was opened")


def test_polling(everywhere: Running) -> None:
    """Where the system tells nothing of changes, looking again and again finds them."""
    write_article(everywhere.root, "quay", "It was found.")

    everywhere.shows(QUAY, "It was found.")


def test_addresses_for_a_telephone(everywhere: Running) -> None:
    """Served at all addresses, the preview names one for this machine and those that others can open."""
    first, *others = everywhere.addresses
    assert first == f"http://127.0.0.1:{everywhere.port}/"
    assert EVERYWHERE not in "".join(others)
    name = socket.gethostname().partition(".")[0]
    for host in (*(urlsplit(url).netloc for url in others), f"{name}.local:{everywhere.port}"):
        assert everywhere.get("/en/", Host=host).status == 200


def test_unknown_language(tmp_path: Path) -> None:
    """A preview cannot open in a language that the site has not, and says which there are."""
    with pytest.raises(UsageError, match="no language 'fr'") as caught:
        serve(write_site(tmp_path), ServeOptions(lang="fr"), Listeners(url=print, outcome=print))

    assert caught.value.hint == "it has ar, en"


def test_deleted_output(calm: Running) -> None:
    """Where somebody deletes the previewed site, or all the workings, a look at it brings it back."""
    for folder in (".timeline-gen/preview", ".timeline-gen"):
        # A build may be at work there this moment.
        shutil.rmtree(calm.root / folder, ignore_errors=True)

        calm.shows(QUAY, "It stands.")

    write_article(calm.root, "quay", "It goes on.")
    calm.shows(QUAY, "It goes on.")


def test_checkout(calm: Running) -> None:
    """A checkout that changes three hundred files is one build, or two where it pauses."""
    before = len(calm.outcomes)
    for number in range(300):
        write_article(calm.root, f"pier-{number}", "It juts out.")
    calm.shows("/en/articles/pier-299/", "It juts out.")
    builds = len(calm.outcomes) - before
    for number in range(300):
        article(calm.root, f"pier-{number}").unlink()
    calm.wait(lambda: calm.get("/en/articles/pier-299/").status == 404, "the pages stayed")

    assert builds <= 2


def test_build_beside(calm: Running) -> None:
    """``timeline-gen build`` works while a preview runs, and neither is in the other's way."""
    write_article(calm.root, "quay", "It was built.")
    build(calm.root, Options(jobs=1, lock_timeout=30))
    write_article(calm.root, "quay", "It was shown.")

    calm.shows(QUAY, "It was shown.")
    assert "It was built." in (calm.root / "output" / "en/articles/quay/index.html").read_text("utf-8")
    shutil.rmtree(calm.root / "output")


def test_builder_killed(calm: Running) -> None:
    """Where the machine kills the builder, the server stands, and the next save starts another."""
    builder = calm.preview._builder
    assert builder is not None

    os.kill(builder._process.pid or 0, signal.SIGKILL)
    calm.wait(lambda: calm.outcomes[-1].failure != "", "nobody noticed")

    assert "It stands." in calm.text(QUAY)
    write_article(calm.root, "quay", "It lives.")
    calm.shows(QUAY, "It lives.")


def test_readers_during_builds(tmp_path: Path) -> None:
    """Whoever reads while the site is built again and again gets whole pages, each with its own style."""
    theme = write_site(tmp_path) / "themes" / "mine"
    (theme / "static").mkdir(parents=True)
    (theme / "templates").mkdir()
    (theme / "theme.yaml").write_text("name: mine\nextends: almanac\n", "utf-8")
    template = (
        '<link rel="stylesheet" href="{{ head.root }}{{ asset("mine.css") }}"><body>{{ body|safe }}</body>'
    )
    (theme / "templates" / "article.html").write_text(template, "utf-8")
    (theme / "static" / "mine.css").write_text("/* 0 */", "utf-8")
    (tmp_path / "site.yaml").write_text(SETTINGS + "theme: mine\n", "utf-8")
    ended = Event()
    with running(tmp_path, ServeOptions(port=0, jobs=1)) as preview, ThreadPoolExecutor(4) as pool:
        readings = [pool.submit(read_on, preview, ended) for _ in range(4)]
        for number in range(24):
            before = preview.preview.state.generation
            if number % 5:
                write_article(tmp_path, "quay", f"It stands. {number}")
            else:
                (theme / "static" / "mine.css").write_text(f"/* {number + 1} */", "utf-8")
            preview.wait(lambda before=before: preview.preview.state.generation > before)  # type: ignore[misc]
        ended.set()
        loads = [reading.result() for reading in readings]

    assert min(loads) > 5


def read_on(preview: Running, ended: Event) -> int:
    """Load a page with its style sheet again and again until *ended*, and return how often."""
    loads = 0
    while not ended.is_set():
        page = preview.get(QUAY)
        assert page.status == 200
        assert "It stands." in page.body.decode()
        (sheet,) = re.findall(r"assets/mine\.([0-9a-f]+)\.css", page.body.decode())
        time.sleep(0.03)
        style = preview.get(f"/assets/mine.{sheet}.css")
        assert style.status == 200
        assert content_hash(style.body).startswith(sheet)
        loads += 1
    return loads


def test_begins_with_the_built_site(tmp_path: Path) -> None:
    """Where the site was built before, the preview makes none of its pages again, and leaves it alone."""
    write_site(tmp_path)
    report = build(tmp_path, Options(jobs=1))
    write_article(tmp_path, "quay", "It was changed after the build.")
    before = {path: path.stat().st_ctime_ns for path in (tmp_path / "output").rglob("*")}

    with running(tmp_path) as preview:
        (outcome,) = preview.outcomes
        assert outcome.report
        assert 0 < outcome.report.rendered < report.rendered // 2
        assert "It was changed after the build." in preview.text(QUAY)
        assert "It stands." in preview.text("/en/articles/bridge/")

    assert {path: path.stat().st_ctime_ns for path in (tmp_path / "output").rglob("*")} == before
    assert not compare_with_clean(tmp_path, options_of(ServeOptions(jobs=1))).differing
    with running(tmp_path) as preview:
        assert preview.outcomes[0].report is not None
        assert preview.outcomes[0].report.rendered == 0


def test_built_site_is_shown_at_once(tmp_path: Path) -> None:
    """Until the preview has a site of its own, readers see the one that was built; nothing else is shown."""
    write_site(tmp_path)
    output = tmp_path / "output"
    state = SiteState(tmp_path, tmp_path / "preview", first=output)
    output.mkdir()
    (output / "index.html").write_text("of another program", "utf-8")
    assert state.page(RequestTarget()).status == 503

    (output / "index.html").unlink()
    build(tmp_path, Options(jobs=1))
    assert b"It stands." in state.page(RequestTarget(("en", "articles", "quay"))).html
    (tmp_path / "preview").mkdir()
    assert state.page(RequestTarget(("en", "articles", "quay"))).status == 404


def test_first_build_fails(tmp_path: Path) -> None:
    """A site that does not build yet gets a page that says so, and then appears there by itself."""
    write_site(tmp_path, settings="languages: [ar, en]\n")
    with running(tmp_path) as preview:
        first = preview.get("/")
        (tmp_path / "site.yaml").write_text(SETTINGS, "utf-8")
        preview.shows("/en/", "Harbour")

    assert first.status == 503
    assert b"cannot be built" in first.body


def test_no_site_is_not_served(tmp_path: Path) -> None:
    """In a folder that is no site nothing is served and nothing is written."""
    with pytest.raises(UsageError, match="there is no site here"):
        serve(tmp_path, ServeOptions(), Listeners(print, print))

    assert list(tmp_path.iterdir()) == []


def test_base_url(tmp_path: Path) -> None:
    """Under ``--base-url`` the site stands at that path, and opens there in the language asked for."""
    serving = ServeOptions(port=0, url="https://example.org/a/b", lang="ar")
    with running(write_site(tmp_path), serving) as preview:
        assert preview.addresses == [f"http://127.0.0.1:{preview.port}/a/b/ar/"]
        assert "الميناء" in preview.text("/a/b/ar/")
        assert preview.get("/").headers["location"] == "/a/b/"
        assert preview.get("/a/b").headers["location"] == "/a/b/"
        assert "It stands." in preview.text("/a/b/en/articles/quay/")
        missing = preview.get("/a/b/en/nowhere")
        assert missing.status == 404
        assert b'href="/a/b/en/"' in missing.body


def test_drafts(tmp_path: Path) -> None:
    """Drafts are shown where one asks for them, and say so wherever they stand."""
    write_site(tmp_path)
    target = article(tmp_path, "quay")
    published = target.read_text("utf-8")
    draft = published.replace("title:", "draft: true\ntitle:", 1)
    target.write_text(draft, "utf-8")
    bridge = "/en/articles/bridge/"

    with running(tmp_path, ServeOptions(port=0, drafts=True)) as preview:
        for path in (QUAY, "/en/", "/en/articles/", "/en/events/quay-opens/"):
            assert MARK in preview.text(path)
        assert "مسودّة" in preview.text("/ar/")
        for path in (bridge, "/en/events/bridge-opens/"):
            assert MARK not in preview.text(path)
        target.write_text(published, "utf-8")
        preview.wait(lambda: MARK not in preview.text(QUAY), "the mark stayed")
        assert MARK not in preview.text("/en/") + preview.text("/en/articles/")
        target.write_text(draft, "utf-8")
        preview.shows(QUAY, MARK)


def test_no_drafts(calm: Running) -> None:
    """Unless one asks for drafts, none is shown."""
    target = article(calm.root, "quay")
    target.write_text(target.read_text("utf-8").replace("title:", "draft: true\ntitle:", 1), "utf-8")

    calm.wait(lambda: calm.get(QUAY).status == 404, "the page stayed")
    assert "The quay opens" not in calm.text("/en/")
    assert MARK not in calm.text("/en/") + calm.text("/en/articles/bridge/")


@contextmanager
def ended(process: subprocess.Popen[bytes]) -> Iterator[subprocess.Popen[bytes]]:
    """Lend *process*, and kill it in any case."""
    with process:
        try:
            yield process
        finally:
            process.kill()


def test_ends_at_once(tmp_path: Path) -> None:
    """Ctrl-C ends the preview and all its processes, and leaves exit status 0."""
    write_site(tmp_path)
    command = [sys.executable, "-c", "from timeline_gen.cli import main; main()", "serve", "--port", "0"]
    with ended(
        subprocess.Popen(command, cwd=tmp_path, stderr=subprocess.PIPE, start_new_session=True)
    ) as process:
        assert process.stderr is not None
        assert b"serving http://127.0.0.1:" in process.stderr.readline()
        assert b"articles" in process.stderr.readline()
        process.send_signal(signal.SIGINT)

        assert process.wait(30) == 0
    wait(lambda: not _processes_in(tmp_path), "a process was left behind")


def test_ends_with_the_server(tmp_path: Path) -> None:
    """Where the preview itself is killed, its builder ends too."""
    write_site(tmp_path)
    command = [sys.executable, "-c", "from timeline_gen.cli import main; main()", "serve", "--port", "0"]
    with ended(subprocess.Popen(command, cwd=tmp_path, stderr=subprocess.PIPE)) as process:
        assert process.stderr is not None
        process.stderr.readline()
        process.stderr.readline()
        assert len(_processes_in(tmp_path)) >= 2

    wait(lambda: not _processes_in(tmp_path), "a process was left behind")


def _processes_in(folder: Path) -> list[int]:
    """Return the processes whose working directory is *folder*."""
    found = []
    for entry in Path("/proc").iterdir():
        if entry.name.isdigit():
            try:
                if (entry / "cwd").resolve() == folder.resolve() and (entry / "cmdline").read_bytes():
                    found.append(int(entry.name))
            except OSError:
                continue
    return found
