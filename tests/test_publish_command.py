"""``timeline-gen publish`` as an editor meets it: what it shows, asks, refuses and says."""

from __future__ import annotations

import json
import os
import re
import shutil
import subprocess
import sys
from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path

import pytest
from publish_kit import bare, git
from test_publish_leaks import picture_with_position

from timeline_gen.building.options import Options
from timeline_gen.building.pipeline import build
from timeline_gen.cli import main
from timeline_gen.reading import publish_targets

SITE = """title: T
url: "https://quays.press/"
languages: [en]
publish:
  production: {to: folder, path: ../www}
  staging: {to: folder, path: ../staging, url: "https://staging.quays.press/", preview: true, policy: meta}
  strict: {to: folder, path: ../strict, strict: true}
  pages: {to: git, remote: ../there.git, host: github, domain: example.org}
  netlify: {to: git, remote: ../netlify.git, host: netlify, branch: site}
"""
ARTICLE = """---
title: Quays
date: 2020-01-01
aliases: [piers]
events:
  - {id: built, date: 2019, title: Built}
---
Body.
"""


@dataclass(frozen=True, slots=True)
class Ended:
    """How a command ended."""

    returncode: int
    stdout: str
    stderr: str


Run = Callable[..., Ended]


@pytest.fixture
def site(tmp_path: Path) -> Path:
    """A small site whose settings name five targets."""
    root = tmp_path / "site"
    (root / "content" / "articles").mkdir(parents=True)
    (root / "site.yaml").write_text(SITE, "utf-8")
    write(root, "quays.en.md", ARTICLE)
    return root


@pytest.fixture
def run(site: Path, capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch) -> Run:
    """Run the program in the site; nobody sits at a terminal."""
    monkeypatch.chdir(site)

    def command(*arguments: str) -> Ended:
        capsys.readouterr()
        status = 0
        try:
            main(list(arguments))
        except SystemExit as ended:
            status = int(ended.code or 0)
        said = capsys.readouterr()
        return Ended(status, said.out, said.err)

    return command


def write(root: Path, name: str, text: str) -> None:
    """Write the article *name* of the site in *root*."""
    (root / "content" / "articles" / name).write_text(text, "utf-8")


def test_nothing_without_being_asked(site: Path, run: Run) -> None:
    """Without a terminal and without --yes the plan is shown and nothing is done."""
    run("build")

    told = run("publish")

    assert told.returncode == 2
    assert "add" in told.stderr
    assert "there is no one to ask" in told.stderr
    assert not (site.parent / "www").exists()


def test_publishing(site: Path, run: Run) -> None:
    """With --yes the site is published, read back, and its address is printed; a second time is none."""
    run("build")

    told = run("publish", "--yes", "--quiet")
    again = run("publish", "--yes")

    assert told.returncode == 0, told.stderr
    assert told.stdout == "https://quays.press/\n"
    assert (site.parent / "www" / "en" / "articles" / "quays" / "index.html").exists()
    assert again.returncode == 0
    assert "nothing to do" in again.stderr
    assert run("publish", "--verify-only").returncode == 0


ASKING = """
import os, pty, sys
process, terminal = pty.fork()
if not process:
    os.execv(sys.executable, [sys.executable, "-c", "from timeline_gen.cli import main; main()", "publish"])
said, answer = b"", sys.argv[1].encode()
while True:
    try:
        more = os.read(terminal, 4096)
    except OSError:  # Linux says so where the other end has gone.
        break
    if not more:
        break
    said += more
    if answer and b"[y/N]" in said:
        os.write(terminal, answer)
        answer = b""
sys.stdout.buffer.write(said)
sys.exit(os.waitstatus_to_exitcode(os.waitpid(process, 0)[1]))
"""


def test_at_a_terminal(site: Path, run: Run) -> None:
    """At a terminal the plan is shown and a question asked; no is an answer, and so is yes."""
    run("build")

    def answered(answer: str) -> subprocess.CompletedProcess[str]:
        command = [sys.executable, "-c", ASKING, f"{answer}\n"]
        return subprocess.run(command, cwd=site, capture_output=True, text=True, check=False)

    no = answered("n")
    after_no = (site.parent / "www").exists()
    yes = answered("y")

    assert (no.returncode, after_no) == (2, False)
    assert re.search(r"Publish this to \S+ as generation 1\? \[y/N\]", no.stdout)
    assert "add " in no.stdout
    assert yes.returncode == 0, yes.stdout
    assert (site.parent / "www" / "index.html").exists()


def test_damage_is_noticed(site: Path, run: Run) -> None:
    """--verify-only names files that do not stand there as published; publishing again mends them."""
    run("build")
    run("publish", "--yes")
    (site.parent / "www" / "index.html").write_text("spoilt", "utf-8")

    told = run("publish", "--verify-only")

    assert told.returncode == 2
    assert "index.html is not there as it should be" in told.stderr
    (site.parent / "www" / "en" / "index.html").unlink()
    assert run("publish", "--verify-only").returncode == 2
    assert "change          2 files" in run("publish", "--yes").stderr
    assert run("publish", "--verify-only").returncode == 0
    assert "nothing to do" in run("publish", "--yes").stderr


def test_plan_that_is_kept(site: Path, run: Run) -> None:
    """A plan is carried out as it was read, and not at all once either side has moved."""
    run("build")
    run("publish", "--plan", "../plan.json")
    plan = json.loads((site.parent / "plan.json").read_text("utf-8"))

    done, again = run("publish", "--apply", "../plan.json"), run("publish", "--apply", "../plan.json")

    other = run("publish", "staging", "--apply", "../plan.json")
    assert "timeline-gen publish production --apply" in other.stderr
    assert {change["kind"] for change in plan["changes"]} == {"add"}
    assert done.returncode == 0, done.stderr
    assert again.returncode == 2
    assert "the site there is another one" in again.stderr
    run("publish", "--plan", "../plan.json")
    write(site, "new.en.md", ARTICLE.replace("built", "new").replace("[piers]", "[old]"))
    run("build")
    assert "the site here is another one" in run("publish", "--apply", "../plan.json").stderr


def test_differences(site: Path, run: Run) -> None:
    """--diff shows how the text of each page would change, and --dry-run every file."""
    run("build")
    run("publish", "--yes")
    write(site, "quays.en.md", ARTICLE.replace("Body.", "Another body."))
    run("build")

    diff, dry = run("publish", "--diff"), run("publish", "--dry-run")

    assert "-<p>Body.</p>\n+<p>Another body.</p>" in diff.stdout
    assert "change   en/articles/quays/index.html" in dry.stdout
    assert "Another" not in (site.parent / "www" / "en" / "articles" / "quays" / "index.html").read_text(
        "utf-8"
    )


def test_a_generation_is_brought_back_on_demand_only(site: Path, run: Run) -> None:
    """--generation alone publishes nothing: it says which one --rollback brings back."""
    run("build")
    told = run("publish", "--generation", "1", "--yes")

    assert told.returncode == 2
    assert "--rollback --generation 1" in told.stderr
    assert not (site.parent / "www").exists()


def test_way_back(site: Path, run: Run) -> None:
    """--rollback brings the last generation back; --forget leaves none to bring back."""
    run("build")
    run("publish", "--yes")
    write(site, "quays.en.md", ARTICLE.replace("Body.", "A mistake."))
    run("build")
    run("publish", "--yes")

    back = run("publish", "--rollback", "--yes")
    page = (site.parent / "www" / "en" / "articles" / "quays" / "index.html").read_text("utf-8")
    forgotten = run("publish", "--forget", "--yes")
    none = run("publish", "--rollback", "--yes")

    assert back.returncode == 0, back.stderr
    assert "mistake" not in page
    assert "remains, and nothing is kept of earlier ones" in forgotten.stderr
    assert none.returncode == 2
    assert "no earlier generation" in none.stderr


# ---------------------------------------------------------------- refusals


def refused(told: Ended, name: str, said: str) -> bool:
    """Return whether a publication was refused by the reason *name*, with the words *said*."""
    return told.returncode == 1 and f"--allow {name}" in told.stderr and said in told.stderr


@pytest.mark.parametrize(
    ("options", "name", "said"),
    [
        (["--drafts"], "drafts", "was built with drafts"),
        (["--base-url", "https://other.example/"], "address", "was built for https://other.example/"),
        (["--now", "2030-01-01"], "now", "was built for another moment"),
    ],
)
def test_output_made_for_something_else(run: Run, options: list[str], name: str, said: str) -> None:
    """What was built with drafts, for another address or another moment is refused, each on its own."""
    run("build", *options)

    told = run("publish", "--yes")

    assert refused(told, name, said), told.stderr
    assert run("publish", "--yes", "--allow", name).returncode == 0


def test_held_back(site: Path, run: Run) -> None:
    """A site that tells what is under embargo now is refused, whatever made it so."""
    write(
        site,
        "secret.en.md",
        ARTICLE.replace("built", "secret").replace("aliases: [piers]", "embargo: 2100-01-01T00:00Z"),
    )
    run("build", "--now", "2101-01-01")

    told = run("publish", "--yes", "--allow", "now")

    assert refused(told, "embargo", "en/articles/secret/index.html tells what is held back now"), told.stderr


def test_event_held_back(site: Path, run: Run) -> None:
    """An event that is under embargo is left out; its release alone, with no file changed, is a new site."""
    text = ARTICLE.replace("title: Built}", "title: Built, embargo: 2035-01-01T00:00Z}")
    write(site, "quays.en.md", text.replace("Body.", "See [the opening](event:built)."))
    run("build")
    published = run("publish", "--yes")
    built = run("build", "--now", "2034-12-31")
    page = site / "output" / "en" / "events" / "built" / "index.html"
    article = site / "output" / "en" / "articles" / "quays" / "index.html"
    before = page.exists()
    told_readers = "See the opening." in article.read_text("utf-8")
    run("build", "--now", "2035-01-01")

    told = run("publish", "--yes", "--allow", "now")

    assert "note: an embargo ends at 2035-01-01T00:00:00" in published.stderr
    assert "the event 'built' is held back" in built.stderr
    assert (before, told_readers, page.exists()) == (False, True, True)
    assert refused(told, "embargo", "en/events/built/index.html tells what is held back now"), told.stderr


def test_preview_is_not_published(site: Path, run: Run) -> None:
    """What ``serve`` made, put where the built site stands, is refused: it may hold drafts."""
    run("build")
    write(site, "draft.en.md", ARTICLE.replace("built", "secret").replace("aliases: [piers]", "draft: true"))
    preview = ".timeline-gen/preview/site"
    (site / preview).parent.mkdir()
    build(site, Options(drafts=True, output=preview, tree="preview", work_dir=".timeline-gen/preview"))
    shutil.rmtree(site / "output")
    shutil.copytree(site / preview, site / "output")

    told = run("publish", "--yes")

    assert refused(told, "foreign", "en/articles/draft,"), told.stderr
    run("publish", "--yes", "--allow", "foreign", "--allow", "outdated")
    assert not (site.parent / "www" / "en" / "articles" / "draft").exists()


def test_older_than_content(site: Path, run: Run) -> None:
    """Content that was changed and not built is noticed; a build mends it."""
    run("build")
    write(site, "quays.en.md", ARTICLE.replace("Body.", "Newer."))

    told = run("publish", "--yes")

    assert refused(told, "outdated", "is older than the content: a build would change 1 file"), told.stderr
    run("build")
    assert run("publish", "--yes").returncode == 0


def test_not_built_here(site: Path, run: Run) -> None:
    """What the build did not put there is never published: links, pipes, hidden files, changed pages."""
    run("build")
    (site / "output" / "passwords").symlink_to("/etc/passwd")
    os.mkfifo(site / "output" / "pipe")
    (site / "output" / ".env").write_text("SECRET=1", "utf-8")

    told = run("publish", "--yes")

    assert told.returncode == 0
    assert "TG815: note: output holds what is no part of the site" in told.stderr
    assert not {"passwords", "pipe", ".env"} & {entry.name for entry in (site.parent / "www").iterdir()}


def test_check_first(site: Path, run: Run) -> None:
    """A link that leads nowhere is refused; for a strict target a warning is enough."""
    write(site, "quays.en.md", ARTICLE.replace("Body.", "A [link](../nowhere/)."))
    run("build")
    broken = run("publish", "--yes")
    write(site, "quays.en.md", ARTICLE.replace("2020-01-01", "2020-01-01\nupdated: 2020-02-01"))
    write(site, "stray.md", "text")
    (site / "content" / "articles" / "stray.md").rename(site / "content" / "stray.md")
    run("build")

    assert refused(broken, "errors", "the check finds 1 error"), broken.stderr
    assert refused(run("publish", "strict", "--yes"), "warnings", "the check finds 1 warning")
    assert run("publish", "production", "--yes").returncode == 0


def test_contradiction_that_is_accepted(site: Path, run: Run) -> None:
    """A strict target refuses a contradiction, until somebody has said why it is right."""
    other = ARTICLE.replace("aliases: [piers]\n", "").replace("date: 2019", "date: 2017")
    write(site, "other.en.md", other)
    run("build")
    refusal = run("publish", "strict", "--yes")
    (site / "site.yaml").write_text(f"{SITE}accept: [{{event: built, reason: two quays}}]\n", "utf-8")
    run("build")

    assert refused(refusal, "warnings", "the check finds 1 warning"), refusal.stderr
    told = run("publish", "strict", "--yes")
    assert told.returncode == 0, told.stderr


def test_history(site: Path, run: Run) -> None:
    """What is published can be found again: files that are not committed are named."""
    git(site, "init", "--quiet")
    (site / ".gitignore").write_text("output\n", "utf-8")
    git(site, "add", ".")
    git(site, "-c", "user.name=T", "-c", "user.email=t@example.org", "commit", "--quiet", "-m", "First")
    run("build")
    clean = run("publish", "--yes")
    write(site, "quays.en.md", ARTICLE.replace("Body.", "Uncommitted."))
    run("build")

    assert clean.returncode == 0, clean.stderr
    told = run("publish", "--yes")
    assert refused(told, "dirty", "1 file of the site not committed: content/articles/quays.en.md"), (
        told.stderr
    )
    record = json.loads((site.parent / ".www.timeline-gen" / "record.json").read_text("utf-8"))
    assert record["about"]["source"] == git(site, "rev-parse", "HEAD")


def test_without_git(site: Path, run: Run, monkeypatch: pytest.MonkeyPatch) -> None:
    """A site is published to a folder where git is not installed."""
    run("build")
    monkeypatch.setenv("PATH", str(site.parent / "empty"))

    told = run("publish", "--yes")

    assert told.returncode == 0, told.stderr


def test_leaks(site: Path, run: Run) -> None:
    """A logo that tells where it was taken, and a page that names a folder here, are refused."""
    (site / "logo.jpg").write_bytes(picture_with_position())
    (site / "site.yaml").write_text(f"{SITE}logo: logo.jpg\n", "utf-8")
    write(site, "quays.en.md", ARTICLE.replace("Body.", f"See {site}/notes."))
    run("build")

    told = run("publish", "--yes")

    assert told.returncode == 1
    assert "TG836" in told.stderr
    assert "TG834" in told.stderr
    assert run("publish", "--yes", "--allow", "leaks").returncode == 0


def test_many_deletes(site: Path, run: Run) -> None:
    """A publication that would delete much of the site stops, unless it is meant."""
    for number in range(20):
        write(site, f"a{number}.en.md", ARTICLE.replace("built", f"e{number}").replace("piers", f"p{number}"))
    run("build")
    run("publish", "--yes")
    for path in (site / "content" / "articles").glob("a*.md"):
        path.unlink()
    run("build")

    told = run("publish", "--yes")

    assert refused(told, "deletions", "% of the files would be deleted"), told.stderr
    assert run("publish", "--yes", "--allow", "deletions", "--allow", "gone").returncode == 0


def test_somebody_elses_place(site: Path, run: Run) -> None:
    """A folder that holds somebody else's files is refused; told to go on, it leaves them alone."""
    (site.parent / "www").mkdir()
    (site.parent / "www" / "theirs.html").write_text("theirs", "utf-8")
    run("build")

    told = run("publish", "--yes")

    assert refused(told, "occupied", "holds files that this program did not put there"), told.stderr
    run("publish", "--yes", "--allow", "occupied")
    assert (site.parent / "www" / "theirs.html").read_text("utf-8") == "theirs"
    assert (site.parent / "www" / "index.html").exists()


def test_empty_site(site: Path, run: Run) -> None:
    """A site that was never built, or by nobody knows what, is refused; once, and with what to do."""
    (site / "output").mkdir()
    (site / "output" / "index.html").write_text("by hand", "utf-8")

    told = run("publish", "--yes")

    assert refused(told, "empty", "output was not built here, by this version of the program"), told.stderr
    assert "timeline-gen build" in told.stderr
    assert told.stderr.count("--allow") == 1
    assert not (site.parent / "www").exists()


@pytest.mark.parametrize(
    ("arguments", "said"),
    [
        (["prodction"], "did you mean 'production'?"),
        (["--allow", "leak"], "did you mean 'leaks'?"),
        (["--init", "githb"], "did you mean 'github'?"),
        (["--apply", "site.yaml"], "this file holds no plan"),
    ],
)
def test_slips(run: Run, arguments: list[str], said: str) -> None:
    """A slip of the finger is answered with what was probably meant."""
    run("build")

    assert said in run("publish", *arguments).stderr


def test_its_own_content(site: Path, run: Run) -> None:
    """No site is published over its own content."""
    (site / "site.yaml").write_text(SITE.replace("../www", "."), "utf-8")
    run("build")

    assert "where its own content lies" in run("publish", "--yes", "--allow", "occupied").stderr


# ---------------------------------------------------------------- targets


def test_staging(site: Path, run: Run) -> None:
    """A target with an address of its own gets a site built for it, which search engines leave alone."""
    run("build")

    told = run("publish", "staging", "--yes")

    page = (site.parent / "staging" / "en" / "index.html").read_text("utf-8")
    assert told.returncode == 0, told.stderr
    assert '<link rel="canonical" href="https://staging.quays.press/en/">' in page
    assert '<meta name="robots" content="noindex">' in page
    assert 'http-equiv="Content-Security-Policy"' in page
    assert "staging" not in (site / "output" / "en" / "index.html").read_text("utf-8")


def test_branch(site: Path, run: Run) -> None:
    """The branch holds the site, .nojekyll and CNAME, a policy in each page, and no commit for nothing."""
    there = bare(site.parent / "there.git")
    run("build")

    told, again = run("publish", "pages", "--yes"), run("publish", "pages", "--yes")

    assert told.returncode == 0, told.stderr
    assert "nothing to do" in again.stderr
    listed = git(there, "ls-tree", "-r", "--name-only", "gh-pages").splitlines()
    assert {".nojekyll", "CNAME", "index.html", "en/articles/piers/index.html"} <= set(listed)
    assert git(there, "show", "gh-pages:CNAME") == "example.org"
    assert git(there, "rev-list", "--count", "gh-pages") == "1"
    assert (
        git(there, "log", "-1", "--format=%an <%ae>", "gh-pages") == "timeline-gen <timeline-gen@localhost>"
    )
    assert "Content-Security-Policy" in git(there, "show", "gh-pages:en/index.html")


def test_headers_and_redirects(site: Path, run: Run) -> None:
    """A host that reads them gets headers and redirects as files."""
    there = bare(site.parent / "netlify.git")
    run("build")

    run("publish", "netlify", "--yes")

    headers = git(there, "show", "site:_headers")
    assert "/assets/*\n  Cache-Control: public, max-age=31536000, immutable" in headers
    assert "frame-ancestors 'self'" in headers
    assert git(there, "show", "site:_redirects") == "/en/articles/piers/ /en/articles/quays/ 301!"


@pytest.mark.parametrize(
    ("kind", "workflow"),
    [
        ("github", ".github/workflows/publish.yml"),
        ("gitlab", ".gitlab-ci.yml"),
        ("codeberg", ".woodpecker/publish.yml"),
        ("netlify", ".github/workflows/publish.yml"),
        ("cloudflare", ".github/workflows/publish.yml"),
        ("s3", ".github/workflows/publish.yml"),
        ("rsync", ".github/workflows/publish.yml"),
    ],
)
def test_beginning(site: Path, run: Run, kind: str, workflow: str) -> None:
    """--init writes settings that can be read, and a workflow that builds, checks and publishes."""
    install = ("--install", "timeline-gen==0.1.0")
    told = run("publish", "--init", kind, "first", *install)

    text = (site / workflow).read_text("utf-8")
    assert told.returncode == 0, told.stderr
    assert re.search(r"^(next|at last): ", told.stdout, re.MULTILINE)
    assert "timeline-gen publish first --yes" in text
    assert "timeline-gen build" in text
    assert "timeline-gen check" in text
    assert "==" in text
    assert "@" not in re.sub(r"actions/(checkout|setup-python)@[0-9a-f]{40} # v", "", text)
    assert run("build").returncode == 0
    assert "is there already" in run("publish", "--init", kind, "first", *install).stderr


def test_init_keeps_line_ends(site: Path, run: Run) -> None:
    """Settings whose lines end as on Windows stay so, the new line included."""
    settings = site / "site.yaml"
    settings.write_bytes(settings.read_bytes().replace(b"\n", b"\r\n"))

    told = run("publish", "--init", "github", "first", "--install", "timeline-gen==0.1.0")

    data = settings.read_bytes()
    assert told.returncode == 0, told.stderr
    assert b"first: {to: git" in data
    assert data.count(b"\r\n") == data.count(b"\n")


@pytest.mark.parametrize(
    ("line", "said"),
    [
        ("{to: git, remote: 'https://me:secret@example.org/x.git'}", "holds a password or a token"),
        ("{to: git, remote: 'https://token@example.org/x.git'}", "holds a password or a token"),
        ("{to: folder, path: ../x, bucket: y}", "'bucket' belongs to another kind of target"),
        ("{to: s3}", "the key 'bucket' is missing"),
        ("{to: ftp}", "'to' cannot be 'ftp'"),
        ("{to: folder, path: ../x, keeep: 3}", "did you mean 'keep'?"),
    ],
)
def test_settings_that_are_wrong(site: Path, run: Run, line: str, said: str) -> None:
    """What is wrong with a target is told at its line, and a secret is not repeated anywhere."""
    (site / "site.yaml").write_text(f"{SITE}  wrong: {line}\n", "utf-8")

    told = run("publish")

    assert told.returncode == 1
    assert said in told.stderr
    assert "site.yaml:10:" in told.stderr
    assert not re.search("me:|:secret|token@", told.stderr)


def test_an_address_where_no_site_is(site: Path, run: Run) -> None:
    """A site is published to an address for examples only if that is allowed, or the target is a preview."""
    settings = (site / "site.yaml").read_text("utf-8").replace("quays.press", "example.org")
    (site / "site.yaml").write_text(settings, "utf-8")
    built = run("build")

    told = run("publish", "--yes")
    allowed = run("publish", "--yes", "--allow", "address")

    assert "site.yaml:2:6: TG313: note: the address is at example.org" in built.stderr
    assert told.returncode == 1
    assert "TG853: the target 'production' is at example.org" in told.stderr
    assert allowed.returncode == 0
    assert run("publish", "staging", "--yes").returncode == 0


def test_files_of_others(site: Path, run: Run) -> None:
    """What somebody put into the built site is named, and not published; the list of files is not either."""
    run("build")
    (site / "output/notes.txt").write_text("mine", "utf-8")

    told = run("publish", "--yes")

    assert told.returncode == 0, told.stderr
    assert "output:1:1: TG815: note: output holds what is no part of the site" in told.stderr
    assert not (site.parent / "www/notes.txt").exists()
    assert not (site.parent / "www/.timeline-gen.json").exists()
    assert (site / "output/notes.txt").exists()


def test_copied_files(site: Path, run: Run) -> None:
    """Files of static/ are published; a CNAME among them takes the place of the domain's, with a note."""
    (site / "static/.well-known").mkdir(parents=True)
    (site / "static/.well-known/security.txt").write_text("Contact: …", "utf-8")
    (site / "static/CNAME").write_text("quays.press\n", "utf-8")
    there = bare(site.parent / "there.git")
    run("build")

    told = run("publish", "pages", "--yes")

    assert told.returncode == 0, told.stderr
    assert git(there, "show", "gh-pages:.well-known/security.txt") == "Contact: …"
    assert git(there, "show", "gh-pages:CNAME") == "quays.press"
    assert (
        "static/CNAME:1:1: TG814: note: static/CNAME takes the place of the CNAME that the target"
        in told.stderr
    )


def test_copied_files_of_the_host(site: Path, run: Run) -> None:
    """A file of static/ that the host is to get from the program is refused, and both are named."""
    (site / "static").mkdir()
    (site / "static/_headers").write_text("/*", "utf-8")
    bare(site.parent / "netlify.git")
    run("build")

    told = run("publish", "netlify", "--yes")

    assert told.returncode == 1
    assert (
        "static/_headers:1:1: TG813: static/_headers cannot be published: the target 'netlify'" in told.stderr
    )
    assert run("publish", "--yes").returncode == 0


@pytest.mark.parametrize(
    ("policy", "said"),
    [
        ("default-src 'self'", ""),
        ("default-src 'none'; style-src 'self'", "would block the script ../assets/reader."),
        ("default-src https://cdn.press", "would block the style ../assets/almanac."),
    ],
)
def test_policy_of_a_target(site: Path, run: Run, policy: str, said: str) -> None:
    """A policy under which the theme's own scripts or styles would not work is a reason not to publish."""
    settings = (site / "site.yaml").read_text("utf-8")
    line = f'branch: site, headers: {{Content-Security-Policy: "{policy}"}}'
    (site / "site.yaml").write_text(settings.replace("branch: site", line), "utf-8")
    bare(site.parent / "netlify.git")
    run("build")

    told = run("publish", "netlify", "--yes")

    assert (told.returncode == 0) == (not said), told.stderr
    assert said in told.stderr
    assert ("TG854" in told.stderr) == bool(said)
    assert run("publish", "netlify", "--yes", "--allow", "policy").returncode == 0


@pytest.mark.parametrize(
    ("path", "counts"),
    [
        ("content/articles/new.en.md", True),
        ("content/articles/quay.png", True),
        ("themes/own/theme.yaml", True),
        ("static/report.pdf", True),
        ("static/.well-known/security.txt", True),
        ("README.md", False),
        ("content/minutes.txt", True),
        ("content/ideas.tmp", False),
        ("content/articles/.quays.en.md.swp", False),
        ("content/articles/quays.en.md~", False),
        ("static/.htaccess", False),
        ("tools/count.py", False),
    ],
)
def test_what_a_build_reads(site: Path, run: Run, path: str, counts: bool) -> None:
    """Only files that a build reads must be committed before the site is published."""
    git(site, "init", "--quiet")
    git(site, "add", "site.yaml", "content")
    git(site, "-c", "user.name=T", "-c", "user.email=t@example.org", "commit", "--quiet", "-m", "First")
    (site / path).parent.mkdir(parents=True, exist_ok=True)
    (site / path).write_bytes(picture_with_position() if path.endswith(".png") else b"name: own\n")
    if path.endswith("new.en.md"):
        write(site, "new.en.md", ARTICLE.replace("built", "rebuilt").replace("piers", "docks"))
    run("build")

    told = run("publish", "--dry-run")

    assert ("TG845" in told.stderr) == counts, told.stderr
    assert (path in told.stderr) == counts


def test_more_files_than_the_host_takes(site: Path, run: Run, monkeypatch: pytest.MonkeyPatch) -> None:
    """Check, build and publish say where a host takes fewer files than the site has."""
    monkeypatch.setitem(publish_targets._FILE_LIMITS, "netlify", (10, "this host takes 10"))
    bare(site.parent / "netlify.git")

    built = run("build").stderr
    published = run("publish", "netlify", "--dry-run").stderr
    checked = run("check").stdout

    for told in (built, published, checked):
        assert "TG855: warning: the target 'netlify' gets" in told
    assert "and this host takes 10" in built
