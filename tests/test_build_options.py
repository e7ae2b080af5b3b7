"""What a build proves and tells beside the site: ``--verify`` and ``--profile``."""

from __future__ import annotations

import json
import os
import subprocess
import sys
import time
from pathlib import Path

import pytest
from site_kit import article, write_site

from timeline_gen.building.options import Options
from timeline_gen.building.pipeline import build
from timeline_gen.building.profiling import Profile, table
from timeline_gen.checking import clean_build
from timeline_gen.checking.clean_build import OutputComparison, compare_with_clean
from timeline_gen.cli import main

FILES = {
    "content/articles/a.en.md": article("A", "{id: e, date: 2019, title: E}"),
    "content/articles/b.en.md": article("B", "{id: f, date: 2020-05, title: F}"),
}
ONE = Options(jobs=1)


def test_verified_after_changes(tmp_path: Path) -> None:
    """After edits the site is still that of a clean build, and nothing of the comparison stays behind."""
    root = write_site(tmp_path, FILES)
    build(root, ONE)
    write_site(root, {"content/articles/a.en.md": article("Other", "{id: e, date: 2018, title: E}")})
    build(root, ONE)

    compared = compare_with_clean(root, ONE)

    assert compared.differing == ()
    # The list of the program's own files is none of the site.
    assert compared.files == sum(path.is_file() for path in (root / "output").rglob("*")) - 1
    assert not list((root / ".timeline-gen").glob("clean-*"))


def test_verified_from_beside(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """A site is verified from any folder, by a path that begins there."""
    write_site(tmp_path / "site", FILES)
    monkeypatch.chdir(tmp_path)
    build(Path("site"), ONE)

    assert compare_with_clean(Path("site"), ONE).differing == ()


def test_what_no_stamp_gives_away(tmp_path: Path) -> None:
    """A file that a failing disk has changed, without a trace in its stamps, is found and named."""
    root = write_site(tmp_path, FILES)
    build(root, ONE)
    _change_unseen(root / "output" / "en" / "index.html")
    (root / "output" / "en" / "stray.html").write_text("stray")
    (root / "output" / "404.html").unlink()

    assert compare_with_clean(root, ONE).differing == (
        "missing  404.html",
        "differs  en/index.html",
    )


def test_nothing_is_loaded_for_nothing(tmp_path: Path) -> None:
    """Where nothing has changed, the command ends before the stages and their libraries are loaded."""
    root = write_site(tmp_path, FILES)
    build(root, ONE)
    # What has just been written may change again within a tick of the clock, and is looked at once more.
    time.sleep(0.05)
    build(root, ONE)
    words = ["build", "-q", "-j", "1", "--site", str(root)]
    script = f"import sys; from timeline_gen.cli import main; main({words!r})"
    heavy = "{'jinja2', 'pydantic', 'markdown', 'babel', 'timeline_gen.building.pipeline'}"

    for stands in (True, False):
        done = subprocess.run(
            [sys.executable, "-c", f"{script}; print(sorted({heavy} & sys.modules.keys()))"],
            check=True,
            capture_output=True,
            text=True,
        )

        assert (done.stdout == "[]\n") is stands
        (root / "output" / "404.html").unlink()


def test_status_of_a_verified_build(
    tmp_path: Path, capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    """A build that is verified says so; one that cannot be lists the files and leaves with status 1."""
    root = write_site(tmp_path, FILES)
    command = ["build", "-j", "1", "--verify", "--site", str(root)]

    main(command)
    sound = capsys.readouterr()
    # No test can change a file in a way that the build itself would not mend.
    found = OutputComparison(3, ("differs  en/index.html",))
    monkeypatch.setattr(clean_build, "compare_with_clean", lambda *_: found)
    with pytest.raises(SystemExit) as left:
        main(command)
    told = capsys.readouterr()

    assert sound.err.endswith(" files are those of a clean build\n")
    assert (left.value.code, told.out) == (1, "differs  en/index.html\n")
    assert "error: 1 of " in told.err


def _change_unseen(target: Path) -> None:
    """Change a byte of the file *target* with no trace in its stamps, as far as a program can."""
    stamps = target.stat()
    data = target.read_bytes()
    target.write_bytes(data.replace(b"<", b">", 1))
    os.utime(target, ns=(stamps.st_atime_ns, stamps.st_mtime_ns))


def test_profile(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    """A profiled build shows every stage with its counts, and writes what speedscope opens."""
    root = write_site(tmp_path, FILES)

    main(["build", "-q", "--profile", "--site", str(root)])
    shown = capsys.readouterr().out.splitlines()
    file = json.loads((root / ".timeline-gen" / "profile.speedscope.json").read_text("utf-8"))

    assert [line.split()[0] for line in shown] == [
        *("stage", "start", "look", "read", "collect", "plan", "render", "write", "other"),
    ]
    assert shown[3].split()[1:3] == ["2", "0"]
    assert all(
        float(line.split()[-2]) > 0 for line in shown[1:] if line.split()[0] in {"read", "plan", "write"}
    )
    profile, frames = file["profiles"][0], file["shared"]["frames"]
    assert file["$schema"] == "https://www.speedscope.app/file-format-schema.json"
    assert len(profile["samples"]) == len(profile["weights"]) > 0
    assert {index for stack in profile["samples"] for index in stack} == set(range(len(frames)))
    assert sum(profile["weights"]) == pytest.approx(profile["endValue"])
    assert {"building/pipeline.py", "building/parse/content.py"} <= {frame["file"] for frame in frames}


def test_profile_of_nothing_to_do(tmp_path: Path) -> None:
    """Where nothing has changed, all that there is counts as taken from earlier builds."""
    root = write_site(tmp_path, FILES)
    build(root, ONE)
    profile = Profile()

    with profile.noting():
        report = build(root, ONE)
    counts = {stage.name: (stage.items, stage.hits) for stage in profile.stages(report)}

    assert counts["read"] == (2, 2)
    assert counts["render"] == (report.pages, report.pages)
    assert counts["write"] == (report.files, report.files)
    assert len(list(table(profile.stages(report)))) == 9
