"""The layer kinds, one file each. A kind's file is its name without `1d`, `2d`, `3d`: `conv2d` stands in `conv.py`.

There is no list of kinds. `find` imports the one file a name asks for; all files are searched only after a miss.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from functools import cache
from importlib import import_module
from pathlib import Path

from cnncalc.kinds._contract import Kind

BY_HAND = "conv2d"
"""The kind that is meant where a matrix and a kernel stand without a layer's name."""

_NAME = re.compile(r"[a-z][a-z0-9_]{0,40}")


@cache
def find(name: str) -> type[Kind] | None:
    """The kind of this name, or None."""
    if not _NAME.fullmatch(name):
        return None
    stem = re.sub(r"[123]d$", "", name)
    if not (Path(__file__).parent / f"{stem}.py").is_file():
        return None
    for family in _families(stem):
        if name in family.names:
            return _variant(family, name)
    return None


def _families(stem: str) -> Iterator[type[Kind]]:
    """The kinds that a file defines."""
    module = import_module(f"cnncalc.kinds.{stem}")
    for value in vars(module).values():
        if isinstance(value, type) and issubclass(value, Kind) and value.__module__ == module.__name__ and value.names:
            yield value


def _variant(family: type[Kind], name: str) -> type[Kind]:
    """The family for one name: `conv2d` is Conv with two spatial axes. A family of one needs no class of its own."""
    if len(family.names) == 1:
        family.name, family.rank = name, family.names[name]
        return family
    members = {"__module__": family.__module__, "__doc__": family.__doc__, "name": name, "rank": family.names[name]}
    variant: type[Kind] = type(family).__call__(type(family), name, (family,), members)
    return variant


def files() -> list[str]:
    """The names of all files that define kinds, in order."""
    return sorted(path.stem for path in Path(__file__).parent.glob("[a-z]*.py"))


@cache
def every() -> tuple[type[Kind], ...]:
    """Every kind there is; imports all files."""
    found = [find(name) for stem in files() for family in _families(stem) for name in family.names]
    return tuple(kind for kind in found if kind is not None)
