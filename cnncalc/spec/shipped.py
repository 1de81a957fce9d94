"""The specs that come with cnncalc, found by their bare names wherever it is installed.

A name is that of a file, or of a variant in one: `resnet50` stands in `resnet.yaml`. Files are looked through as text
only, for the few lines below `variants:`, so that finding a name costs no reading of specs.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from functools import cache
from pathlib import Path

_PACKAGE = Path(__file__).resolve().parent.parent
FOLDERS = (_PACKAGE / "specs", _PACKAGE.parent / "specs")
"""Inside an installed package, and beside it in a checkout."""

ENDINGS = (".yaml", ".yml", ".json")
"""What the names of files end with that hold specs."""

_VARIANTS = re.compile(r"(?m)^variants:[ \t]*(?:#.*)?\r?\n((?:(?:[ \t#].*)?\r?\n)+)")
_KEY = re.compile(r"(?m)^  ([A-Za-z0-9_.-]+):(?=\s)")


def folder() -> Path | None:
    """Where the shipped specs are; None in an installation that lost them."""
    return next((folder for folder in FOLDERS if folder.is_dir()), None)


@cache
def names() -> tuple[str, ...]:
    """The names of all shipped networks, in order: of a family those of its variants."""
    return tuple(sorted(name for file in _files() for name in variants(file) or (file.stem,)))


@cache
def variants(file: Path) -> tuple[str, ...]:
    """The names of the variants in a shipped file, in order."""
    found = _VARIANTS.search(file.read_text(encoding="utf-8"))
    return tuple(_KEY.findall(found[1])) if found else ()


def find(name: str) -> str | None:
    """What `load` takes for a shipped name: a file, or `file@variant`; None when there is nothing of that name.

    Only a bare name is looked up, never a path; `resnet.yaml@resnet50` and `resnet@resnet50` are names too.
    """
    bare, sign, variant = name.partition("@")
    file = path(bare)
    if sign:
        return None if file is None else f"{file}@{variant}"
    if file is not None:
        return str(file)
    # Families are mostly called as their variants begin.
    for one in sorted(_files(), key=lambda file: not name.startswith(file.stem)):
        if name in variants(one):
            return f"{one}@{name}"
    return None


def file_of(name: str) -> Path | None:
    """The file in which a shipped network stands."""
    found = find(name)
    return None if found is None else Path(found.partition("@")[0] if not Path(found).is_file() else found)


def _files() -> Iterator[Path]:
    where = folder()
    return iter(()) if where is None else where.glob("*.yaml")


def path(name: str, inside: str = "") -> Path | None:
    """The file of this name among the shipped ones, or None. Only a bare name is looked up, never a path."""
    where = folder()
    if where is None or not name or any(sign in name for sign in "/\\:\0") or name.startswith("."):
        return None
    file = where / inside / f"{name.removesuffix('.yaml')}.yaml"
    try:
        return file if file.is_file() else None
    except OSError:  # a name that no file can have
        return None


def questions(name: str) -> Path | None:
    """The file of a shipped set of questions, or None. Only a bare name is looked up."""
    return path(name, "questions")
