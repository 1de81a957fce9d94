"""Plain words that YAML accepts and nobody meant: full-width signs, odd spaces, a blank left out behind `-` or `:`."""

from __future__ import annotations

import re

from cnncalc.problem import Problem
from cnncalc.spec import full_width
from cnncalc.spec.full_width import Role
from cnncalc.spec.yaml_problems import JoinedLines, MissingSpace, NotADash, OddSpace

_ODD = "\u00a0\u1680\u2000-\u200a\u202f\u205f\u3000"
_ODD_EDGE = re.compile(f"\\A(?:-|[A-Za-z_]\\w*:)?[{_ODD}]|(?<=[\r\n])[ \t]*[{_ODD}]|[{_ODD}]\\Z")
_GLUED_COLON = re.compile(r"""\A[A-Za-z_]\w*(:)(?=[\[{"'])""", re.ASCII)
_GLUED_PAIR = re.compile(r"[A-Za-z_]\w*(:)[^:]", re.ASCII)
_BULLET = re.compile(r"\A[ \t]*([–—−•·●▪◦*]|[0-9]{1,3}[.)])(?=[ \t])")
_GLUED_DASH = re.compile(r"(?:\A|(?<=[\r\n]))[ \t]*(-)(?=[A-Za-z_])")
_JOINED_DASH = re.compile(r"(?<=[\r\n])[ \t]*(-)[ \t]")


def misread_word(written: str, role: Role) -> tuple[Problem, int, int] | None:
    """What was probably meant otherwise in a plain word, with the offsets of the sign; None when all is well."""
    if role == "key" and (bullet := _bullet(written)):
        return bullet
    if not written.isascii() and (found := _odd_space(written) or full_width.in_word(written, role)):
        return found
    if role in ("key", "item") and (glued := _GLUED_COLON.search(written)):
        return MissingSpace(":"), *glued.span(1)
    if role in ("key", "item") and (glued := _GLUED_DASH.search(written)):
        return MissingSpace("-"), *glued.span(1)
    if role == "item" and (joined := _JOINED_DASH.search(written)):
        return JoinedLines(), *joined.span(1)
    return None


def colon_within(key: str) -> int | None:
    """The offset of the colon in a key that holds its value itself, as in `out:8`; None when it holds none."""
    glued = _GLUED_PAIR.match(key)
    return glued.start(1) if glued else None


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
