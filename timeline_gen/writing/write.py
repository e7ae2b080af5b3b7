"""Write: put the outputs of a build into the tree on disk, in one step for its readers.

A build with nothing new touches nothing. Otherwise the new tree is made next to the live one, the
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
from timeline_gen.writing.foreign_files import (
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
from timeline_gen.writing.manifest import Facts, Folder, Manifest, Touched
from timeline_gen.writing.output_state import OutputState
from timeline_gen.writing.own_files import LIST
from timeline_gen.writing.replacing import replace_files
from timeline_gen.writing.stage import TreeChange, gather
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
    """What the author should know: that the tree could not be exchanged in one step, and what
    of others' making is gone from it."""


def write(
    state: OutputState,
    outputs: Iterable[Output],
    *,
    cache: Cache,
    keys: Mapping[str, str],
    facts: Facts,
) -> Written:
    """Make the tree of *state* hold exactly the *outputs*, and keep its manifest in *cache*.

    *keys* has, by path, what each output was made from: what is there and was made from the same need not
    be among them. *facts* are of the whole build. An output without bytes must be there with its hash.
    Raises ``UsageError`` where the machine refuses; the tree then is as it was, unless files are replaced
    one by one and the disk fails in the middle of that: then the next build finishes it.
    """
    return apply(state, gather(state, outputs, keys), cache=cache, facts=facts)


def apply(state: OutputState, change: TreeChange, *, cache: Cache, facts: Facts) -> Written:
    """Bring the tree of *state* to the *change* that was gathered, as :func:`write` does."""
    tree = state.tree
    try:
        with refusing(tree.output, left=AS_IT_WAS):
            return _apply(cache, state, change, facts)
    finally:
        # Before `turning` is discarded: where an error came after the exchange, files of others are still in
        # it.
        finish(tree)
        discard(str(tree.work_dir / "stage"))
        discard(str(tree.work_dir / "turning"))


def _apply(cache: Cache, state: OutputState, change: TreeChange, facts: Facts) -> Written:
    tree = state.tree
    others = checked(os.path.realpath(tree.output), state.others, change.entries, tree.output.name)
    state = replace(state, others=others)
    notes = (*_losses(state, change), *notes_on(state.tree.output.name, state.others))
    _open_again(state)
    if _is_same(state, change):
        _settle(cache, state, change, facts)
        return Written(len(change.entries) - 1, 0, 0, state.manifest.generation, notes)
    reason = obstacle(tree.output, tree.work_dir)
    if not reason:
        try:
            # The probe of `obstacle` exchanges folders of its own; the system may still refuse these two.
            _exchange(cache, state, change, facts)
        except OSError as error:
            if error.errno not in IMPOSSIBLE:
                raise
            reason = say("the system refuses it ({strerror})", strerror=error.strerror)
    if reason:
        _replace(cache, state, change, facts)
    slow = (
        (say("{reason}, so its files are replaced one by one, and not in one step", reason=reason),)
        if reason
        else ()
    )
    return Written(
        len(change.entries) - 1,
        len(change.sources.keys() - {LIST}),
        len((change.deletes | state.foreign).difference(change.entries)),
        state.manifest.generation + 1,
        slow + notes,
    )


def _losses(state: OutputState, change: TreeChange) -> Iterator[str]:
    """Yield the notes on files of the program's own that others wrote into: that is lost."""
    top, name = os.path.realpath(state.tree.output), state.tree.output.name
    if state.tree.private:
        ours = state.manifest.entries.keys() | change.entries.keys()
        strange = sorted(path for path in state.foreign - ours if _is_file(f"{top}/{path}"))
        if strange:
            yield say(
                "{name} holds only the site; deleted from it, being no part of it: {strange}",
                name=name,
                strange=some_of(strange),
            )
    # Where another tree than the last build's is there, what was changed in it is not known.
    edited = set() if state.walked else state.foreign & state.manifest.entries.keys()
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


def _open_again(state: OutputState) -> None:
    """Give the folders that were shut their permissions back."""
    top = os.path.realpath(state.tree.output)
    for path in state.shut:
        os.chmod(f"{top}/{path}", FOLDER_MODE)


def _is_same(state: OutputState, change: TreeChange) -> bool:
    return state.exists and not (change.sources or change.deletes or state.foreign)


def _settle(cache: Cache, state: OutputState, change: TreeChange, facts: Facts) -> None:
    """Keep what is new about a tree that itself stays as it is."""
    tree = state.tree
    before = state.manifest
    touched = Touched(
        state.files_touched | change.rekeyed,
        None if state.walked else state.folders_touched,
        {} if state.walked else None,
    )
    is_known = facts == before.facts and state.others == before.others
    if not touched.files and touched.folders == frozenset() and is_known:
        return
    after = replace(
        before,
        facts=facts,
        entries=change.entries,
        folders=state.folders,
        others=state.others,
        pending=before.pending | state.files_touched,
    )
    manifests.save(cache, tree.name, after, touched)


# ---------------------------------------------------------------- in one step


def _exchange(cache: Cache, state: OutputState, change: TreeChange, facts: Facts) -> None:
    """Make the new tree next to the live one, keep its manifest, and exchange the two."""
    tree = state.tree
    before = state.manifest
    folders, folders_touched, moved = _make_staging(cache, state, change)
    entries = standby.file_stats(str(tree.work_dir / "turning"), change.entries, moved)
    after = Manifest(
        facts,
        before.generation + 1,
        entries,
        folders,
        frozenset(change.sources) | change.deletes,
        1 - before.slot,
        state.others,
    )
    files_touched = state.files_touched | change.rekeyed | change.sources.keys() | change.deletes | moved
    standby_folders: Mapping[str, Folder] | None = {}
    if state.sound:
        # The slot of the live tree becomes that of the standby: it is right as it is, unless folders have
        # changed.
        standby_folders = state.folders if state.folders_touched else None
    # Before the exchange: a build that is killed between the two is noticed by the inode of the live folder.
    manifests.save(cache, tree.name, after, Touched(files_touched, folders_touched, standby_folders))
    others = _put_in_place(state, change, keep=state.sound)
    if not state.sound and moved:
        # The tree that was thrown away shared its files with this one, whose stat data changed with that.
        entries = standby.file_stats(os.path.realpath(tree.output), entries, moved)
        after = replace(after, entries=entries)
        manifests.save(cache, tree.name, after, Touched(moved, (), None))
    if others:
        _save_others(cache, state, after, others)


def _save_others(cache: Cache, state: OutputState, after: Manifest, others: frozenset[str]) -> None:
    """Keep what *others* have in the tree since *after* was saved, and the stat data of its folders."""
    tree = state.tree
    touched = {step for path in others for step in folders_of(path)} | {""}
    live, rest = os.path.realpath(tree.output), str(tree.work_dir / "standby")
    standby_folders: Mapping[str, Folder] = {}
    if state.sound:
        ours = touched & state.folders.keys()
        standby_folders = {**state.folders, **standby.folder_stats(rest, ours)}
    touched &= after.folders.keys()
    folders = {**after.folders, **standby.folder_stats(live, touched)}
    after = replace(after, folders=folders, others=others)
    manifests.save(cache, tree.name, after, Touched((), touched, standby_folders))


def _make_staging(
    cache: Cache, state: OutputState, change: TreeChange
) -> tuple[dict[str, Folder], set[str] | None, set[str]]:
    """Make the folder ``turning`` in the work folder hold the new tree.

    Returns its folders, which of them differ from the sharded_table (None for all), and the files that were
    linked or moved into it.
    """
    tree = state.tree
    staging = str(tree.work_dir / "turning")
    rest = tree.work_dir / "standby"
    if not state.entries:
        discard(str(rest))
        # Nothing of the live tree stays, so `gather` has written all of the new one into `turning` already.
        known = set(change.folders)
        make_folders(staging, "", known)
        share(str(tree.output), staging, state.others)
        return standby.folder_stats(staging, known), None, set()
    older = manifests.load_folders(cache, tree.name, 1 - state.manifest.slot)
    if not standby.usable(state, older):
        discard(str(rest))
        known = standby.make_from_live(staging, str(tree.output), change)
        share(str(tree.output), staging, state.others)
        return standby.folder_stats(staging, known), None, set(change.entries)
    # Renamed before anything in it changes: what a killed build leaves as `turning` is never taken for a
    # standby.
    rest.rename(staging)
    touched, moved = standby.bring_up_to_date(staging, str(tree.output), state, change)
    share(str(tree.output), staging, state.others)
    touched |= {step for path in state.others for step in folders_of(path) if step in older}
    folders = {path: folder for path, folder in older.items() if path not in touched}
    return folders | standby.folder_stats(staging, touched), touched, moved


def _put_in_place(state: OutputState, change: TreeChange, *, keep: bool) -> frozenset[str]:
    """Let the tree in ``turning`` become the live one; *keep* the former one as its standby.

    Returns what there is of others in it, with what came while the build was at work.
    """
    tree = state.tree
    staging = tree.work_dir / "turning"
    if look(str(tree.output)) is None:
        # RENAME_EXCHANGE needs both folders to exist (renameat2(2)).
        staging.rename(tree.output)
        return state.others
    # The mark comes first: after a kill it shows that `turning` may be the former tree, with files of others.
    announce(tree)
    exchange(staging, tree.output)
    others = state.others
    if not tree.private:
        others |= {*new_names(str(staging), state.folders, partial(_is_known, state, change))}
        bring_over(tree, others, change.entries.keys())
    remove_file(str(tree.work_dir / MARK))
    if keep:
        # Only of a sound tree `pending` names every difference from the new one.
        staging.rename(tree.work_dir / "standby")
    else:
        discard(str(staging))
        discard(str(tree.work_dir / "standby"))
    return others


def _is_known(state: OutputState, change: TreeChange, path: str) -> bool:
    """Return whether *path* was in the tree when a build looked at it, or is the program's own."""
    return state.is_own(path) or path in state.folders or path in change.entries


# ---------------------------------------------------------------- one by one


def _replace(cache: Cache, state: OutputState, change: TreeChange, facts: Facts) -> None:
    """Replace the files of the live tree one by one, and keep its manifest."""
    tree = state.tree
    staging = tree.work_dir / "turning"
    sources = {
        # An exchange that was refused has moved some of them into `turning` already.
        path: source if look(source) is not None else str(staging / path)
        for path, source in change.sources.items()
    }
    folders = {folder for path in change.entries for folder in folders_of(path)} | {""}
    gone = (change.deletes | state.foreign).difference(folders, change.entries)
    replace_files(tree, sources, gone, private=tree.private)
    shared = [str(path) for path in (staging, tree.work_dir / "standby") if look(str(path)) is not None]
    for path in shared:
        discard(path)
    top = os.path.realpath(tree.output)
    # Trees that shared files with this one are gone, which changed the stat data of those that stay.
    entries = standby.file_stats(top, change.entries, change.entries if shared else sources)
    before = state.manifest
    after = Manifest(
        facts,
        before.generation + 1,
        entries,
        standby.folder_stats(top, folders),
        slot=before.slot,
        others=state.others,
    )
    manifests.save(cache, tree.name, after, Touched(None, None, {}))
