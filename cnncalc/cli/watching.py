"""`--watch`: a command runs again whenever one of its files is saved, until somebody stops it."""

from __future__ import annotations

import glob
import os
import sys
from collections.abc import Callable, Iterable
from contextlib import suppress

import typer

from cnncalc.cli.nets import fail, say
from cnncalc.language import _
from cnncalc.spec.shipped import ENDINGS

CLEAR = "\x1b[2J\x1b[H"
PATIENCE = 200
"""So many milliseconds must pass without a change before the command runs: editors save in several steps."""


def again(
    paths: list[str],
    run: Callable[[], object],
    written: Iterable[str | None] = (),
    also: Callable[[], Iterable[str]] = tuple,
) -> None:
    """Run now and after each change of a file that is meant by the paths, those left out that the command writes.

    `also` are files that need not be there, a configuration or a baseline. They are looked at now and then: their
    folders may hold far more than anybody wants to watch.
    """
    if "-" in paths:
        raise typer.BadParameter(_("standard input cannot be watched; name a file"), param_hint="--watch")
    try:
        import watchfiles
    except ImportError:
        raise fail(_("--watch needs another package: pip install 'cnncalc[watch]'"), 2) from None
    files, folders = _meant(paths)
    own = {os.path.realpath(file) for file in written if file is not None}

    def wanted(_change: object, path: str) -> bool:
        inside = path.endswith(ENDINGS) and any(path.startswith(folder + os.sep) for folder in folders)
        return (path in files or inside) and path not in own

    roots = sorted({*folders, *(os.path.dirname(file) for file in files)})
    changes = watchfiles.watch(
        *roots,
        watch_filter=wanted,
        step=50,
        debounce=PATIENCE,
        rust_timeout=PATIENCE,
        yield_on_timeout=True,
        recursive=bool(folders),
        raise_interrupt=True,
    )
    try:
        next(changes)  # it looks from now on: what is saved while the command runs is seen as well
        before = _state(also())
        _once(run)
        for change in changes:
            now = _state(also())
            if change or now != before:
                before = now
                _once(run)
    except KeyboardInterrupt:
        return  # that is how a watch ends


def _state(files: Iterable[str]) -> list[tuple[int, ...] | None]:
    """What changes when one of these files is saved, made or removed."""
    found: list[tuple[int, ...] | None] = []
    for file in files:
        try:
            seen = os.stat(file)
        except (OSError, ValueError):
            found.append(None)
        else:
            found.append((seen.st_mtime_ns, seen.st_size, seen.st_ino))
    return found


def _once(run: Callable[[], object]) -> None:
    if sys.stdout is not None and sys.stdout.isatty():
        sys.stdout.write(CLEAR)
        sys.stdout.flush()
    with suppress(typer.Exit):  # what is wrong has been said, and may be mended by the next change
        run()
    say(_("watching for changes; Ctrl-C ends"))


def _meant(paths: list[str]) -> tuple[set[str], list[str]]:
    """The files and the directories to be watched: those that are there, patterns expanded, shipped ones by name."""
    from cnncalc.spec import shipped
    from cnncalc.spec.load import apart

    files, folders = set[str](), list[str]()
    for path in paths:
        own = shipped.file_of(path) or apart(path)[0]
        for one in [path] if os.path.lexists(path) else glob.glob(path, recursive=True) or [str(own)]:
            real = os.path.realpath(one)
            if os.path.isdir(real):
                folders.append(real)
            elif os.path.isdir(os.path.dirname(real)):
                files.add(real)
            else:
                raise fail(_("{path}: no such directory to watch").format(path=ascii(path)))
    return files, folders
