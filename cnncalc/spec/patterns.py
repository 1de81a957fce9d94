"""Which layers a name or a pattern (`conv2d_*`) means."""

from __future__ import annotations

import re
from collections.abc import Collection, Iterator
from fnmatch import translate

MOST_MATCHES = 1_000_000
"""How many comparisons of a pattern with a name a spec may ask for; each further `*` in it makes one more."""


def is_pattern(written: str) -> bool:
    """Whether it has a sign that stands for other characters."""
    return any(sign in written for sign in "*?[")


def matching(written: str, names: Collection[str]) -> Iterator[str]:
    """The names that are meant, in their order. A name that is written just so is meant alone."""
    if written in names:
        yield written
    elif is_pattern(written):
        found = re.compile(translate(written)).match
        yield from (name for name in names if found(name))
