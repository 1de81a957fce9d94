"""Plain words that YAML accepts and nobody meant: full-width signs, odd spaces, a blank left out behind `-` or `:`."""

from __future__ import annotations

import re

from cnncalc.problem import Problem
from cnncalc.spec import full_width
from cnncalc.spec.full_width import Role
from cnncalc.spec.reading_problems import MissingColon
from cnncalc.spec.yaml_problems import JoinedLines, MissingSpace, NotADash, OddSpace

_ODD = "\u00a0\u1680\u2000-\u200a\u202f\u205f\u3000"
_ODD_EDGE = re.compile(f"\\A(?:-|[A-Za-z_]\\w*:)?[{_ODD}]|(?<=[\r\n])[ \t]*[{_ODD}]|[{_ODD}]\\Z")
_GLUED_COLON = re.compile(r"""\A[A-Za-z_]\w*(:)(?=[\[{"'])""", re.ASCII)
_GLUED_PAIR = re.compile(r"([A-Za-z_]\w*)(:(?!:)| *= *(?!=))(?=.)", re.ASCII)
_BULLET = re.compile(r"\A[ \t]*([–—−•·●▪◦*]|[0-9]{1,3}[.)])(?=[ \t])")
_GLUED_DASH = re.compile(r"(?:\A|(?<=[\r\n]))[ \t]*(-)(?=[A-Za-z_])")
_NO_COLON = re.compile(r"(?P<key>(?P<word>[A-Za-z_]\w*)[ \t]*\{)(?=\s*[A-Za-z_]\w*[ \t]*(?::|\Z))", re.ASCII)
_ITEM_DASH = re.compile(r"(?<=[\r\n])[ \t]*-(?:[ \t]+|(?=[A-Za-z_]))")
_PART = r"[^\s()\[\]{},:#]+"
_TUPLE = re.compile(rf"\(\s*{_PART}(?:\s*,\s*{_PART})*\s*,?\s*\)(?=\s*[,}}])")
_NUMBERS = re.compile(r"[-+]?[0-9][0-9.]*(?: *, *[-+]?[0-9][0-9.]*)+(?=\s*[,}])")
_JOINED_DASH = re.compile(r"(?<=[\r\n])[ \t]*(-)[ \t]")


def misread_word(written: str, role: Role) -> tuple[Problem, int, int] | None:
    """What was probably meant otherwise in a plain word, with the offsets of the sign; None when all is well."""
    if role == "key" and (bullet := _bullet(written)):
        return bullet
    if not written.isascii() and (found := _odd_space(written) or full_width.in_word(written, role)):
        return found
    if role == "key" and (bare := _NO_COLON.match(written)):
        return MissingColon(bare["word"]), *bare.span("key")
    if role in ("key", "item") and (glued := _GLUED_COLON.search(written)):
        return MissingSpace(":"), *glued.span(1)
    if role in ("key", "item") and (glued := _GLUED_DASH.search(written)):
        return MissingSpace("-"), *glued.span(1)
    if role == "item" and (joined := _JOINED_DASH.search(written)):
        return JoinedLines(), *joined.span(1)
    return None


def sign_within(key: str) -> tuple[int, int] | None:
    """The offsets of the sign in a key that holds its value itself, as in `out:8` or `out = 8`; else None."""
    glued = _GLUED_PAIR.match(key)
    return glued.span(2) if glued else None


def joined_items(written: str) -> list[tuple[int, int]]:
    """The offsets of the items that a text of several lines is made of, for lack of a dash that begins one."""
    ends = [(dash.start(), dash.end()) for dash in _ITEM_DASH.finditer(written)]
    starts = [0, *(end for _start, end in ends)]
    return [
        (start, start + len(written[start:end].rstrip()))
        for start, end in zip(starts, [*(start for start, _end in ends), len(written)], strict=True)
    ]


def cut_tuple(text: str, start: int) -> int | None:
    """Where a tuple ends that begins at `start`, as in `(3, 3)`; None when none does."""
    found = _TUPLE.match(text, start)
    return found.end() if found else None


def cut_number(text: str, start: int) -> int | None:
    """Where numbers end with commas between them that begin at `start`, within braces; None when none do."""
    found = _NUMBERS.match(text, start)
    return found.end() if found else None


def misread_line(line: str) -> tuple[Problem, int, int] | None:
    """What was probably meant otherwise in a line that could not be read at all."""
    if found := _bullet(line) or _odd_space(line) or full_width.in_line(line):
        return found
    if glued := _GLUED_DASH.search(line):
        return MissingSpace("-"), *glued.span(1)
    if glued := re.search(r"\A[ \t]*(?:- )?[A-Za-z_]\w*(:)(?=[^\s:/])", line, re.ASCII):
        return MissingSpace(":"), *glued.span(1)
    return None


def _bullet(line: str) -> tuple[Problem, int, int] | None:
    bullet = _BULLET.match(line)
    return (NotADash(bullet[1]), *bullet.span(1)) if bullet else None


def _odd_space(written: str) -> tuple[Problem, int, int] | None:
    odd = _ODD_EDGE.search(written)
    return None if odd is None else (OddSpace(odd.group()[-1]), odd.end() - 1, odd.end())
