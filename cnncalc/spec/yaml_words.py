"""Plain words that YAML accepts and nobody meant: full-width signs, odd spaces, a blank left out behind `-` or `:`."""

from __future__ import annotations

import re
from typing import Literal

from cnncalc.problem import Problem
from cnncalc.spec.yaml_problems import FullWidthPunctuation, JoinedLines, MissingSpace, OddSpace

Role = Literal["key", "item", "value"]  # an item stands in a list, or is the whole text

_HALF_WIDTH = {full: chr(ord(full) - 0xFEE0) for full in "：，｛｝［］－．０１２３４５６７８９"} | {"、": ","}
_ODD = "\u00a0\u1680\u2000-\u200a\u202f\u205f\u3000"
_ODD_EDGE = re.compile(f"\\A[{_ODD}]|(?<=[\r\n])[ \t]*[{_ODD}]|[{_ODD}]\\Z")
_FULL_NUMBER = re.compile(r"[-+－]?[0-9０-９](?:[0-9０-９.,．，、]|\s)*")
_FULL_SIGN_IN_NUMBER = re.compile("[０-９．，、－]")
_FULL_OPENING = re.compile("[［｛]")
_FULL_KEY = re.compile(r"(?:(?<=\s)|\A)[A-Za-z_]\w*\s*(：)", re.ASCII)
_FULL_IN_KEY = re.compile("[：，｛｝［］]")
_GLUED_COLON = re.compile(r"""\A[A-Za-z_]\w*(:)(?=[\[{"'])""", re.ASCII)
_GLUED_DASH = re.compile(r"(?:\A|(?<=[\r\n]))[ \t]*(-)(?=[A-Za-z_])")
_JOINED_DASH = re.compile(r"(?<=[\r\n])[ \t]*(-)[ \t]")


def misread_word(written: str, role: Role) -> tuple[Problem, int, int] | None:
    """What was probably meant otherwise in a plain word, with the offsets of the sign; None when all is well."""
    if not written.isascii() and (found := _odd_space(written) or _full_width(written, role)):
        return found
    if role != "value" and (glued := _GLUED_COLON.search(written)):
        return MissingSpace(":"), *glued.span(1)
    if role != "value" and (glued := _GLUED_DASH.search(written)):
        return MissingSpace("-"), *glued.span(1)
    if role == "item" and (joined := _JOINED_DASH.search(written)):
        return JoinedLines(), *joined.span(1)
    return None


def misread_line(line: str) -> tuple[Problem, int, int] | None:
    """The same for a line that could not be read at all."""
    if odd := _odd_space(line):
        return odd
    if full := _FULL_KEY.search(line) or _FULL_OPENING.search(line):
        return _full_sign(full.group(full.lastindex or 0), full.start(full.lastindex or 0))
    if glued := _GLUED_DASH.search(line):
        return MissingSpace("-"), *glued.span(1)
    if glued := re.search(r"\A[ \t]*(?:- )?[A-Za-z_]\w*(:)(?=[^\s:/])", line, re.ASCII):
        return MissingSpace(":"), *glued.span(1)
    return None


def _odd_space(written: str) -> tuple[Problem, int, int] | None:
    odd = _ODD_EDGE.search(written)
    return None if odd is None else (OddSpace(odd.group()[-1]), odd.end() - 1, odd.end())


def _full_width(written: str, role: Role) -> tuple[Problem, int, int] | None:
    sign = _FULL_OPENING.match(written)
    if sign is None and _FULL_NUMBER.fullmatch(written):
        sign = _FULL_SIGN_IN_NUMBER.search(written)
    if sign is not None:
        return _full_sign(sign.group(), sign.start())
    if role == "key":
        sign = _FULL_IN_KEY.search(written)
        return None if sign is None else _full_sign(sign.group(), sign.start())
    key = _FULL_KEY.search(written) if role == "item" else None
    return None if key is None else _full_sign(key.group(1), key.start(1))


def _full_sign(sign: str, start: int) -> tuple[Problem, int, int]:
    return FullWidthPunctuation(sign, _HALF_WIDTH[sign]), start, start + 1
