"""The specs that come with cnncalc, found by their bare names wherever it is installed."""

from __future__ import annotations

from pathlib import Path

_PACKAGE = Path(__file__).resolve().parent.parent
FOLDERS = (_PACKAGE / "specs", _PACKAGE.parent / "specs")
"""Inside an installed package, and beside it in a checkout."""


def folder() -> Path | None:
    """Where the shipped specs are; None in an installation that lost them."""
    return next((folder for folder in FOLDERS if folder.is_dir()), None)


def names() -> list[str]:
    """The names of all shipped specs, in order."""
    where = folder()
    return [] if where is None else sorted(path.stem for path in where.glob("*.yaml"))


def path(name: str, inside: str = "") -> Path | None:
    """The file of a shipped spec, or None. Only a bare name is looked up, never a path."""
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
