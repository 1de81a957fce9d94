"""Where a setting stands in a TOML file: the reader of Python's library keeps no places."""

from __future__ import annotations

import re
from collections.abc import Sequence

from cnncalc.source import Place, Source

_COMMENT = re.compile(r"""^(?:[^"'#]|"(?:[^"\\]|\\.)*"|'[^']*')*#""")
_SECTION = re.compile(r"^\s*\[\s*tool\s*\.\s*[\"']?cnncalc\b")


def place(source: Source, words: Sequence[str]) -> Place | None:
    """Where the last of these words stands: keys from the outermost inwards, each behind the one before.

    In a `pyproject.toml` the search starts at the first table of ours. When a word is not found as it is (it is written
    with escapes, say) the one before it is the place.
    """
    lines = [_without_comment(line) for line in source.lines]
    first = next((number for number, line in enumerate(lines) if _SECTION.match(line)), 0)
    found, line, column = None, first, 0
    for word in words:
        at = _next(lines, word, line, column)
        if at is None and found is not None:
            # A table may stand above another part of the one that it belongs to.
            at = _next(lines, word, first, 0)
        if at is None:
            break
        line, start = at
        column = start + len(word)
        found = Place(line + 1, start + 1, line + 1, column + 1)
    return found


def _without_comment(line: str) -> str:
    comment = _COMMENT.match(line)
    return line if comment is None else line[: comment.end() - 1]


def _next(lines: Sequence[str], word: str, line: int, column: int) -> tuple[int, int] | None:
    """The next place at which the word stands alone."""
    alone = re.compile(rf"(?<![\w-]){re.escape(word)}(?![\w-])")
    for number in range(line, len(lines)):
        found = alone.search(lines[number], column if number == line else 0)
        if found is not None:
            return number, found.start()
    return None
