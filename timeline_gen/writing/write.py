"""Write: make the tree on disk what the outputs of a build say, in one step for whoever reads it.

A build with nothing new touches nothing. Otherwise the new tree is made beside the live one, the
manifest is kept, and the two are exchanged. Where that can't be, files are replaced one by one.
Files are not flushed to the disk one by one: a build that is killed leaves the old site or the new one,
whole; after a power cut the next build looks at every file and mends what didn't reach the disk.
"""

from __future__ import annotations

import os
import stat
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, replace
from functools import partial

from timeline_gen.messages import say
from timeline_gen.model.files import Output
from timeline_gen.writing import manifest as manifests
from timeline_gen.writing import standby
from timeline_gen.writing.cache import Cache
from timeline_gen.writing.disk import (
    AS_IT_WAS,
    FOLDER_MODE,
    discard,
    folders_of,
    look,
    make_folders,
    refusing,
    remove_file,
)
from timeline_gen.writing.manifest import Facts, Folder, Manifest, Touched
from timeline_gen.writing.others import (
    MARK,
    announce,
    bring_over,
    checked,
    finish,
    new_names,
    notes_on,
    share,
    some_of,
)
from timeline_gen.writing.own_files import LIST
from timeline_gen.writing.replacing import replace_files
from timeline_gen.writing.stage import Change, gather
from timeline_gen.writing.survey import OutputState
from timeline_gen.writing.swap import IMPOSSIBLE, exchange, obstacle


@dataclass(frozen=True, slots=True)
class Written:
    """What a build did to its tree."""

    files: int
    """How many there are now."""
    changed: int
    """How many of them were put there now."""
    deleted: int
    generation: int
    notes: tuple[str, ...] = ()
    """What whoever built the site should know: that the tree could not be exchanged in one step, and what
    of others' making is gone from it."""


def changed(pages: Mapping[str, str], known: Mapping[str, str]) -> set[str]:
    """Return the paths of *pages* (what each is made from) that *known* doesn't hold just so."""
    return {path for path, key in pages.items() if known.get(path) != key}


def write(
    standing: OutputState,
    outputs: Iterable[Output],
    *,
    cache: Cache,
    keys: Mapping[str, str],
    facts: Facts,
) -> Written:
    """Make the tree that is *standing* hold exactly the *outputs*, and keep its manifest in *cache*.

    *keys* tells, by path, what each output was made from: what stands and was made from the same need not
    be among them. *facts* tell of the whole build. An output without bytes must stand as its hash says.
    Raises ``UsageError`` where the machine refuses; the tree then is as it was, unless files are replaced
    one by one and the disk fails in the middle of that: then the next build finishes it.
    """
    return apply(standing, gather(standing, outputs, keys), cache=cache, facts=facts)


def apply(standing: OutputState, change: Change, *, cache: Cache, facts: Facts) -> Written:
    """Bring the tree that is *standing* to the *change* that was gathered, as :func:`write` says."""
    tree = standing.tree
    try:
        with refusing(tree.output, left=AS_IT_WAS):
            return _apply(cache, standing, change, facts)
    finally:
        finish(tree)
        discard(str(tree.workings / "stage"))
        discard(str(tree.workings / "turning"))


def _apply(cache: Cache, standing: OutputState, change: Change, facts: Facts) -> Written:
    tree = standing.tree
    others = checked(os.path.realpath(tree.output), standing.others, change.entries, tree.output.name)
    standing = replace(standing, others=others)
    notes = (*_losses(standing, change), *notes_on(standing.tree.output.name, standing.others))
    _open_again(standing)
    if _is_same(standing, change):
        _settle(cache, standing, change, facts)
        return Written(len(change.entries) - 1, 0, 0, standing.manifest.generation, notes)
    reason = obstacle(tree.output, tree.workings)
    if not reason:
        try:
            _turn(cache, standing, change, facts)
        except OSError as error:
            if error.errno not in IMPOSSIBLE:
                raise
            reason = say("the system refuses it ({strerror})", strerror=error.strerror)
    if reason:
        _replace(cache, standing, change, facts)
    slow = (
        (say("{reason}, so its files are replaced one by one, and not in one step", reason=reason),)
        if reason
        else ()
    )
    return Written(
        len(change.entries) - 1,
        len(change.sources.keys() - {LIST}),
        len((change.deletes | standing.foreign).difference(change.entries)),
        standing.manifest.generation + 1,
        slow + notes,
    )


def _losses(standing: OutputState, change: Change) -> Iterator[str]:
    """Yield what to say of files of the program's own that somebody else wrote into: that is lost."""
    top, name = os.path.realpath(standing.tree.output), standing.tree.output.name
    if standing.tree.private:
        ours = standing.manifest.entries.keys() | change.entries.keys()
        strange = sorted(path for path in standing.foreign - ours if _is_file(f"{top}/{path}"))
        if strange:
            yield say(
                "{name} holds the site alone; deleted from it, being no part of it: {strange}",
                name=name,
                strange=some_of(strange),
            )
    # Where another tree than the last build's stands, nobody can tell what was changed in it.
    edited = set() if standing.walked else standing.foreign & standing.manifest.entries.keys()
    edited = {path for path in edited if _is_file(f"{top}/{path}")}
    if edited:
        yield say(
            "a build makes all of {name} anew; changes made by hand are lost: {edited}",
            name=name,
            edited=some_of(sorted(edited)),
        )


def _is_file(path: str) -> bool:
    found = look(path)
    return found is not None and not stat.S_ISDIR(found.st_mode)


def _open_again(standing: OutputState) -> None:
    """Give the folders that somebody shut their permissions back."""
    top = os.path.realpath(standing.tree.output)
    for path in standing.shut:
        os.chmod(f"{top}/{path}", FOLDER_MODE)


def _is_same(standing: OutputState, change: Change) -> bool:
    return standing.exists and not (change.sources or change.deletes or standing.foreign)


def _settle(cache: Cache, standing: OutputState, change: Change, facts: Facts) -> None:
    """Keep what is new about a tree that itself stays as it is."""
    tree = standing.tree
    before = standing.manifest
    touched = Touched(
        standing.files_touched | change.rekeyed,
        None if standing.walked else standing.folders_touched,
        {} if standing.walked else None,
    )
    is_known = facts == before.facts and standing.others == before.others
    if not touched.files and touched.folders == frozenset() and is_known:
        return
    after = replace(
        before,
        facts=facts,
        entries=change.entries,
        folders=standing.folders,
        others=standing.others,
        pending=before.pending | standing.files_touched,
    )
    manifests.save(cache, tree.name, after, touched)


# ---------------------------------------------------------------- in one step


def _turn(cache: Cache, standing: OutputState, change: Change, facts: Facts) -> None:
    """Make the new tree beside the live one, keep its manifest, and exchange the two."""
    tree = standing.tree
    before = standing.manifest
    folders, folders_touched, moved = _make_turning(cache, standing, change)
    entries = standby.file_stats(str(tree.workings / "turning"), change.entries, moved)
    after = Manifest(
        facts,
        before.generation + 1,
        entries,
        folders,
        frozenset(change.sources) | change.deletes,
        1 - before.slot,
        standing.others,
    )
    files_touched = standing.files_touched | change.rekeyed | change.sources.keys() | change.deletes | moved
    standby_folders: Mapping[str, Folder] | None = {}
    if standing.sound:
        standby_folders = standing.folders if standing.folders_touched else None
    manifests.save(cache, tree.name, after, Touched(files_touched, folders_touched, standby_folders))
    others = _put_in_place(standing, change, keep=standing.sound)
    if not standing.sound and moved:
        # The tree that was thrown away shared its files with this one, whose stat data changed with that.
        entries = standby.file_stats(os.path.realpath(tree.output), entries, moved)
        after = replace(after, entries=entries)
        manifests.save(cache, tree.name, after, Touched(moved, (), None))
    if others:
        _save_others(cache, standing, after, others)


def _save_others(cache: Cache, standing: OutputState, after: Manifest, others: frozenset[str]) -> None:
    """Keep what *others* have in the tree since *after* was saved, and the stat data of its folders."""
    tree = standing.tree
    touched = {step for path in others for step in folders_of(path)} | {""}
    live, rest = os.path.realpath(tree.output), str(tree.workings / "standby")
    standby_folders: Mapping[str, Folder] = {}
    if standing.sound:
        ours = touched & standing.folders.keys()
        standby_folders = {**standing.folders, **standby.folder_stats(rest, ours)}
    touched &= after.folders.keys()
    folders = {**after.folders, **standby.folder_stats(live, touched)}
    after = replace(after, folders=folders, others=others)
    manifests.save(cache, tree.name, after, Touched((), touched, standby_folders))


def _make_turning(
    cache: Cache, standing: OutputState, change: Change
) -> tuple[dict[str, Folder], set[str] | None, set[str]]:
    """Make the folder ``turning`` in the workings hold the new tree.

    Returns its folders, which of them differ from the sharded_table (None for all), and the files that were
    linked or moved into it.
    """
    tree = standing.tree
    turning = str(tree.workings / "turning")
    rest = tree.workings / "standby"
    if not standing.entries:
        discard(str(rest))
        known = set(change.folders)
        make_folders(turning, "", known)
        share(str(tree.output), turning, standing.others)
        return standby.folder_stats(turning, known), None, set()
    older = manifests.load_folders(cache, tree.name, 1 - standing.manifest.slot)
    if not standby.usable(standing, older):
        discard(str(rest))
        known = standby.make_from_live(turning, str(tree.output), change)
        share(str(tree.output), turning, standing.others)
        return standby.folder_stats(turning, known), None, set(change.entries)
    rest.rename(turning)
    touched, moved = standby.bring_forward(turning, str(tree.output), standing, change)
    share(str(tree.output), turning, standing.others)
    touched |= {step for path in standing.others for step in folders_of(path) if step in older}
    folders = {path: folder for path, folder in older.items() if path not in touched}
    return folders | standby.folder_stats(turning, touched), touched, moved


def _put_in_place(standing: OutputState, change: Change, *, keep: bool) -> frozenset[str]:
    """Let the tree in ``turning`` become the live one; *keep* the former one as its standby.

    Returns what there is of others in it, with what came while the build was at work.
    """
    tree = standing.tree
    turning = tree.workings / "turning"
    if look(str(tree.output)) is None:
        turning.rename(tree.output)
        return standing.others
    announce(tree)
    exchange(turning, tree.output)
    others = standing.others
    if not tree.private:
        others |= {*new_names(str(turning), standing.folders, partial(_is_known, standing, change))}
        bring_over(tree, others, change.entries.keys())
    remove_file(str(tree.workings / MARK))
    if keep:
        turning.rename(tree.workings / "standby")
    else:
        discard(str(turning))
        discard(str(tree.workings / "standby"))
    return others


def _is_known(standing: OutputState, change: Change, path: str) -> bool:
    """Tell whether *path* was in the tree when a build looked at it, or is the program's own."""
    return standing.is_own(path) or path in standing.folders or path in change.entries


# ---------------------------------------------------------------- one by one


def _replace(cache: Cache, standing: OutputState, change: Change, facts: Facts) -> None:
    """Replace the files of the live tree one by one, and keep its manifest."""
    tree = standing.tree
    turning = tree.workings / "turning"
    sources = {
        path: source if look(source) is not None else str(turning / path)
        for path, source in change.sources.items()
    }
    folders = {folder for path in change.entries for folder in folders_of(path)} | {""}
    gone = (change.deletes | standing.foreign).difference(folders, change.entries)
    replace_files(tree, sources, gone, private=tree.private)
    shared = [str(path) for path in (turning, tree.workings / "standby") if look(str(path)) is not None]
    for path in shared:
        discard(path)
    top = os.path.realpath(tree.output)
    # Trees that shared files with this one are gone, which changed the stat data of those that stay.
    entries = standby.file_stats(top, change.entries, change.entries if shared else sources)
    before = standing.manifest
    after = Manifest(
        facts,
        before.generation + 1,
        entries,
        standby.folder_stats(top, folders),
        slot=before.slot,
        others=standing.others,
    )
    manifests.save(cache, tree.name, after, Touched(None, None, {}))
