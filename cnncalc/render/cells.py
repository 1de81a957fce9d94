"""How wide a text is on a terminal, counted in cells: a Chinese character takes two, a combining mark none."""

from __future__ import annotations

import re
import unicodedata
from functools import lru_cache

_JOINT = "\x1f"  # takes no cell and counts as a blank
_GLUE = "\ue000"  # takes a cell and counts as none
_WORDS = re.compile(r"\S+(?: %\S*)*|\s+")
_PAUSES = "，。；：！？、）」』》”"
_TOLD_APART = 12
"""With fewer cells for two parts nothing of them can be told apart."""


@lru_cache(maxsize=4096)
def _cell(character: str) -> int:
    if unicodedata.category(character) in ("Mn", "Me", "Cf"):
        return 0
    return 2 if unicodedata.east_asian_width(character) in "WF" else 1


def cells(text: str) -> int:
    """The number of cells the text takes."""
    return len(text) if text.isascii() else sum(map(_cell, text))


def shortened(text: str, width: int, joints: tuple[str, ...] = (), mark: str = "…") -> str:
    """The text, or its two ends with the mark between them, in at most `width` cells.

    Of two parts that one of the `joints` joins each is shortened on its own: the first one in the middle, the second in
    front, because names end in what tells them apart.
    """
    if cells(text) <= width:
        return text
    for joint in joints:
        left, found, right = text.partition(joint)
        room = width - cells(joint)
        if found and room >= _TOLD_APART:
            first = min(cells(left), max(room * 3 // 5, room - cells(right)))
            return f"{_ends(left, first, first * 3 // 5, mark)}{joint}{_ends(right, room - first, 0, mark)}"
    return _ends(text, width, (max(width - cells(mark), 0) + 1) // 2, mark)


def _ends(text: str, width: int, most: int, mark: str) -> str:
    """The text, or its two ends with the mark between them; the first one takes `most` cells at most."""
    if cells(text) <= width:
        return text
    room = max(width - cells(mark), 0)
    head = _fitting(text, min(most, room))
    tail = _fitting(text[::-1], room - cells(head))[::-1]
    return f"{head}{mark}{tail}"


def _fitting(text: str, width: int) -> str:
    used = 0
    for index, character in enumerate(text):
        used += _cell(character)
        if used > width:
            return text[:index]
    return text


def wrapped(text: str, width: int) -> list[str]:
    """The text in lines of at most `width` cells, broken at spaces and between wide characters, never in a word
    or before a percent sign."""
    lines = []
    for paragraph in text.split("\n"):
        line = ""
        for piece in _pieces(paragraph):
            if line.strip() and cells(line) + cells(piece.rstrip()) > width:
                lines.append(line.rstrip())
                line = piece.lstrip()
            else:
                line += piece
        lines.append(line.rstrip())
    return lines


def hanging(text: str, width: int, indent: int, least: int = 20) -> list[str]:
    """The text in lines of at most `width` cells, of which all but the first leave room for an indent."""
    first, *more = wrapped(text, max(width, least))
    if not more:
        return [first]
    return [first, *wrapped(text[len(first) :].lstrip(), max(width - indent, least))]


def _pieces(text: str) -> list[str]:
    """Where a line may be broken: before a space, and after a wide character that no closing mark follows."""
    pieces: list[str] = []
    for word in _WORDS.findall(text):
        if word.isascii() or cells(word) == len(word):
            pieces.append(word)
            continue
        start = 0
        for index in range(1, len(word)):
            wide = _cell(word[index - 1]) == 2 or _cell(word[index]) == 2
            if wide and word[index] not in _PAUSES and word[index - 1] not in "（「『《“":
                pieces.append(word[start:index])
                start = index
        pieces.append(word[start:])
    return pieces


def breakable(text: str) -> str:
    """The text for a writer that breaks lines at blanks only: with joints where Chinese may be broken, and glue for
    its blanks, because what ends in a wide character and a blank is cut off there when it just fits.

    Examples, between lines of three back quotes, stay as they are. `joined` takes both out again.
    """
    parts = text.split("```")
    return "```".join(part if number % 2 else _jointed(part) for number, part in enumerate(parts))


def joined(text: str) -> str:
    """The text as it was before it was made breakable."""
    return text.replace(_JOINT, "").replace(_GLUE, " ")


def _jointed(text: str) -> str:
    pieces = _pieces(text)
    jointed = ""
    for piece, following in zip(pieces, [*pieces[1:], ""], strict=False):
        if piece.isspace() and piece.count("\n") < 2 and jointed and jointed[-1] in _PAUSES:
            jointed += _JOINT  # the end of a line, behind which Chinese has no blank
        elif piece == " " and any(_cell(sign) == 2 for sign in jointed[-1:] + following[:1]):
            jointed += _GLUE
        elif not jointed or jointed[-1] == _GLUE or jointed[-1].isspace() or piece.isspace():
            jointed += piece
        else:
            jointed += _JOINT + piece
    return jointed


def flowing(text: str) -> str:
    """The lines of a paragraph as one: with a blank between two words, and none between two wide characters."""
    lines = [" ".join(line.split()) for line in text.split("\n") if line.strip()]
    joined = "".join(lines[:1])
    for line in lines[1:]:
        tight = _cell(joined[-1]) == 2 and _cell(line[0]) == 2
        joined += line if tight else f" {line}"
    return joined
