"""Formats for the findings of many files. Each file here is a format, found by looking; those with `_` are shared.

A format is a function `render(found, encoding, ascii)`: the findings as a text for a stream of this encoding (None
carries every sign), with signs of ASCII only where that is asked for.
"""

from __future__ import annotations

from functools import cache
from importlib import import_module
from pkgutil import iter_modules

from cnncalc.findings import Findings


@cache
def formats() -> tuple[str, ...]:
    """The names of the formats, in order."""
    return tuple(sorted(file.name for file in iter_modules(__path__) if not file.name.startswith("_")))


def render(name: str, found: Findings, encoding: str | None = None, ascii: bool = False) -> str:
    """The findings in the format of this name."""
    text: str = import_module(f"{__name__}.{name}").render(found, encoding, ascii)
    return text
