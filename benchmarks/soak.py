"""Edit a site at random and build it after each edit; every build must equal a clean one, byte for byte.

The edits are those of a newsroom and of its accidents: words, dates and titles change, files come, go and
are renamed, settings change, clocks are set back, the cache is damaged, the output is tampered with.
"""

from __future__ import annotations

import argparse
import os
import shutil
import sys
import tempfile
from collections.abc import Callable
from pathlib import Path
from random import Random
from time import perf_counter

from corpus import Shape, article, write_corpus

from timeline_gen.errors import ContentError
from timeline_gen.pipeline import build
from timeline_gen.running.options import Options

SHAPE = Shape(articles=24, words=60, people=8, places=4, tags=3)
Edit = Callable[[Random, Path], None]


def articles(site: Path) -> list[Path]:
    """Return the articles of *site* in order."""
    return sorted((site / "content" / "articles").glob("*.md"))


def word(dice: Random, site: Path) -> None:
    """Add a word to a body."""
    with dice.choice(articles(site)).open("a", encoding="utf-8") as file:
        file.write(f"\n\nword {dice.randrange(1000)}\n")


def line(dice: Random, site: Path) -> None:
    """Change the title or the date of an article or an event."""
    target = dice.choice(articles(site))
    lines = target.read_text("utf-8").splitlines(keepends=True)
    places = [number for number, text in enumerate(lines) if text.strip().startswith(("title:", "date:"))]
    place = dice.choice(places)
    key = lines[place].partition(":")[0]
    value = (
        f"Title {dice.randrange(1000)}"
        if key.strip() == "title"
        else f"{dice.randint(1990, 2020)}-05-0{place % 9 + 1}"
    )
    lines[place] = f"{key}: {value}\n"
    target.write_text("".join(lines), "utf-8")


def come(dice: Random, site: Path) -> None:
    """Write an article that was not there, or write one as it was at first."""
    number, lang = dice.randrange(SHAPE.stories + 6), dice.choice(SHAPE.languages)
    target = site / "content" / "articles" / f"story-{number:06}.{lang}.md"
    target.write_text(article(SHAPE, number, lang), "utf-8")


def go(dice: Random, site: Path) -> None:
    """Delete an article."""
    if len(articles(site)) > len(SHAPE.languages) * 3:
        dice.choice(articles(site)).unlink()


def rename(dice: Random, site: Path) -> None:
    """Give an article another slug."""
    target = dice.choice(articles(site))
    target.rename(target.with_name(f"story-{dice.randrange(900000, 900010)}.{target.name.split('.', 1)[1]}"))


def settings(dice: Random, site: Path) -> None:
    """Change the title of the site, or how Arabic months and digits are written."""
    months = dice.choice(("gulf", "levant", "double"))
    digits = dice.choice(("latn", "arab"))
    (site / "site.yaml").write_text(
        f"title: Site {dice.randrange(3)}\nurl: https://example.org/\n"
        f"languages: {{ar: {{months: {months}, digits: {digits}}}, en: {{}}}}\n",
        "utf-8",
    )


def clock(dice: Random, site: Path) -> None:
    """Change a body without changing the size of its file, and set the file's clock back."""
    target = dice.choice(articles(site))
    times = target.stat()
    data = target.read_bytes()
    target.write_bytes(data[:-3] + bytes([dice.randint(97, 122)]) + data[-2:])
    hours = dice.randint(1, 48)
    os.utime(target, (times.st_atime, times.st_mtime - hours * 3600))


def harm(dice: Random, site: Path) -> None:
    """Damage or delete what the program keeps for itself."""
    kept = sorted(path for path in (site / ".timeline-gen").glob("*") if path.is_file())
    if kept and dice.random() < 0.7:
        target = dice.choice(kept)
        data = bytearray(target.read_bytes())
        for _ in range(min(len(data), 20)):
            data[dice.randrange(len(data))] = dice.randrange(256)
        target.write_bytes(bytes(data))
    else:
        shutil.rmtree(site / ".timeline-gen", ignore_errors=True)


def tamper(dice: Random, site: Path) -> None:
    """Change, delete or add a file of the output by hand."""
    built = sorted(path for path in (site / "output").rglob("*") if path.is_file())
    target = dice.choice(built)
    if dice.random() < 0.5:
        target.unlink()
    else:
        target.with_name("stray.html").write_text("stray", "utf-8")


EDITS: tuple[Edit, ...] = (
    word,
    word,
    line,
    line,
    line,
    come,
    come,
    go,
    rename,
    settings,
    clock,
    harm,
    tamper,
)


def tree(folder: Path) -> dict[str, bytes]:
    """Return every file under *folder* by its path."""
    return {
        path.relative_to(folder).as_posix(): path.read_bytes() for path in folder.rglob("*") if path.is_file()
    }


def clean_build(site: Path) -> dict[str, bytes] | None:
    """Build the content of *site* in an empty place and return the files; None where it has errors."""
    with tempfile.TemporaryDirectory(prefix="timeline-clean-") as folder:
        clean = Path(folder)
        shutil.copytree(site / "content", clean / "content")
        shutil.copy(site / "site.yaml", clean)
        try:
            build(clean, Options(jobs=1))
        except ContentError:
            return None
        return tree(clean / "output")


def mend(site: Path) -> None:
    """Put all articles of *site* back as they were at first."""
    for path in articles(site):
        path.unlink()
    write_corpus(site, SHAPE)


def one_step(dice: Random, site: Path) -> tuple[bool, str]:
    """Edit *site* and build it; return whether the content was sound, and what is wrong with the result."""
    edits = dice.choices(EDITS, k=dice.choice((1, 1, 2, 3)))
    for edit in edits:
        edit(dice, site)
    names = ", ".join(edit.__name__ for edit in edits)
    before = tree(site / "output")
    try:
        build(site, Options(jobs=1))
    except ContentError:
        same = tree(site / "output") == before and clean_build(site) is None
        mend(site)
        return (
            False,
            "" if same else f"{names}: the errors differ, or the output was changed in spite of them",
        )
    wanted, after = clean_build(site) or {}, tree(site / "output")
    differing = sorted(path for path in wanted.keys() | after.keys() if wanted.get(path) != after.get(path))
    return True, f"{names}: {len(differing)} files differ, such as {differing[:3]}" if differing else ""


def main() -> None:
    """Take as many steps as the command line asks for; stop at the first difference and keep the site."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--steps", type=int, default=2000)
    parser.add_argument("--seed", type=int, default=1)
    options = parser.parse_args()
    site, dice, begun = Path(tempfile.mkdtemp(prefix="timeline-soak-")), Random(options.seed), perf_counter()
    write_corpus(site, SHAPE)
    build(site, Options(jobs=1))
    built = 0
    for step in range(1, options.steps + 1):
        sound, wrong = one_step(dice, site)
        built += sound
        if wrong:
            sys.exit(f"step {step} of seed {options.seed}: {wrong}\nthe site is kept in {site}")
        if step % 100 == 0:
            print(f"{step} steps, {built} of them built, {perf_counter() - begun:.0f} s", flush=True)
    shutil.rmtree(site)
    print(
        f"{built} builds equalled a clean one; {options.steps - built} were refused for errors in the content"
    )


if __name__ == "__main__":
    main()
