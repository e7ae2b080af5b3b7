"""One timeline as one file: nothing lies beside it, and no network is needed to read it."""

from __future__ import annotations

import os
from dataclasses import replace
from difflib import get_close_matches
from pathlib import Path, PurePosixPath

from timeline_gen.errors import UsageError
from timeline_gen.planning.alone import WHOLE, Alone, alone, names_of
from timeline_gen.planning.show import view_of
from timeline_gen.planning.widths import files_of
from timeline_gen.rendering.pictures import make_picture
from timeline_gen.rendering.render import render
from timeline_gen.rendering.self_contained import self_contained
from timeline_gen.running.drafting import Draft, draft, picture_data, pictures_of
from timeline_gen.running.fingerprint import program_fingerprint
from timeline_gen.running.options import Options
from timeline_gen.running.problems import Problems
from timeline_gen.running.sharing import workers
from timeline_gen.writing.cache import Cache
from timeline_gen.writing.disk import workings
from timeline_gen.writing.lock import build_lock


def write_single(root: Path, options: Options, name: str, lang: str, target: Path) -> int:
    """Write the timeline *name* of the site in the folder *root* to the file *target*; return its size.

    *lang* is the language, or empty for the site's first. Raises ``ContentError`` where the content has
    errors and ``UsageError`` where there is no such timeline; *target* is then as it was.
    """
    problems = Problems(strict=options.strict)
    folder = workings(root, options.cache)
    with (
        build_lock(folder, options.command, wait=options.patience),
        Cache.open(folder / "cache.sqlite", program_fingerprint()) as cache,
        workers(options.jobs, None) as pool,
    ):
        one = draft(root, options, problems, cache=cache, executor=pool)
    data = single(root, one, _named(one, name, lang or next(iter(one.site.languages))))
    if target.exists() and not target.is_file():
        # A device or a pipe takes what is written, and stays what it is.
        target.write_bytes(data)
        return len(data)
    beside = target.with_name(f".{target.name}.{os.getpid()}")
    try:
        beside.write_bytes(data)
        beside.replace(target)
    finally:
        beside.unlink(missing_ok=True)
    return len(data)


def _named(one: Draft, name: str, lang: str) -> Alone:
    """Return the timeline *name* of *one* in *lang*; raise UsageError where there is none."""
    if lang not in one.site.languages:
        known = ", ".join(one.site.languages)
        raise UsageError(f"the site has no language {lang!r}", f"its languages are {known}")
    try:
        return alone(name, lang, one.chronicle, one.site)
    except KeyError as error:
        near = get_close_matches(name, [WHOLE, *names_of(one.chronicle)], n=3, cutoff=0.5)
        hint = f"did you mean {' or '.join(near)}?" if near else f"{WHOLE!r} is that of the whole site"
        raise UsageError(f"no event names {name!r}", hint) from error


def single(root: Path, one: Draft, timeline: Alone) -> bytes:
    """Return *timeline* of the site *one*, whose files lie in *root*, as one file."""
    kit = replace(one.kit, file_links=False)
    site = one.site
    files = {PurePosixPath(asset.path): asset.data for asset in one.assets}
    files[timeline.finder.path] = render(view_of(timeline.finder, site), kit)
    pictures = {picture.address: picture for picture in pictures_of(one)}

    def read(path: PurePosixPath) -> bytes | None:
        picture = pictures.get(path)
        if picture is None:
            return files.get(path)
        widest = files_of(path, picture.width, picture.height)[-1]
        return make_picture(picture_data(root, one, picture), widest.width)

    html = render(view_of(timeline.page, site), kit)
    return self_contained(html, timeline.page.address, site.settings.url, read)
