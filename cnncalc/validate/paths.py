"""Which files the arguments of `validate` mean: files, directories with all below them, patterns, standard input."""

from __future__ import annotations

import glob
import os
from collections.abc import Iterator, Sequence

from cnncalc.record import Record
from cnncalc.spec.load import apart
from cnncalc.spec.shipped import ENDINGS

LEFT_OUT = ("node_modules", "__pycache__")
"""Directories that hold other people's files; those whose names begin with a dot are left out as well."""


class Candidate(Record):
    """A file that may hold a spec. One that was named must hold one; one that was only come across need not.

    `shown` is what messages call it; a shipped spec, which nobody may write to, is called by its name.
    """

    file: str
    named: bool
    shown: str = ""
    variant: str | None = None
    """The network of a family that is meant; all of them when none was named."""

    @property
    def own(self) -> bool:
        """Whether it is a file of the user's, which may be written."""
        return self.file != "-" and not self.shown

    @property
    def name(self) -> str:
        """What messages call the file."""
        return self.shown or ("<stdin>" if self.file == "-" else self.file)


def candidates(arguments: Sequence[str]) -> list[Candidate]:
    """The files in the order of the arguments, those of a directory or pattern in the order of their names; each once.

    A pattern is expanded here because not every shell does it. An argument that is nothing at all is kept as it is:
    reading it says so.
    """
    found: dict[tuple[str, str | None], Candidate] = {}
    for argument in arguments:
        for candidate in _meant(argument):
            file = candidate.file if candidate.file == "-" else _real(candidate.file)
            key = (file, candidate.variant)
            if key not in found or (candidate.named and not found[key].named):
                found[key] = candidate
    return list(found.values())


def _meant(argument: str) -> Iterator[Candidate]:
    if argument == "-" or os.path.isfile(argument):
        yield Candidate(argument, True)
    elif os.path.isdir(argument):
        yield from (Candidate(file, False) for file in below(argument))
    elif glob.has_magic(argument) and (files := _matching(argument)):
        for file in files:
            # A pattern such as `specs/*` names directories too.
            yield from (
                (Candidate(one, False) for one in below(file)) if os.path.isdir(file) else [Candidate(file, True)]
            )
    else:
        file, variant = apart(argument)
        yield Candidate(file, True, variant=variant)


def _matching(pattern: str) -> list[str]:
    """The files and directories that a pattern names, in order."""
    try:
        return sorted(glob.glob(pattern, recursive=True))
    except (OSError, ValueError, RecursionError):  # a pattern that no file can match
        return []


def _real(file: str) -> str:
    """The file itself, whatever links and ways lead to it."""
    try:
        return os.path.realpath(file)
    except (OSError, ValueError):  # a name that no file can have
        return file


def below(folder: str) -> Iterator[str]:
    """The files below a directory whose names end like specs, and the directories that cannot be looked into.

    Links to directories are not followed, so that no circle is walked; pipes and devices, which could keep a reader
    waiting for ever, are left out.
    """
    closed: list[str] = []
    for here, folders, files in os.walk(folder, onerror=lambda error: closed.append(error.filename)):
        folders[:] = sorted(name for name in folders if not name.startswith(".") and name not in LEFT_OUT)
        for name in sorted(files):
            file = os.path.normpath(os.path.join(here, name))
            if name.endswith(ENDINGS) and (os.path.isfile(file) or not os.path.exists(file)):
                yield file
    yield from sorted(closed)
