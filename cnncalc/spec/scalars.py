"""Plain words as YAML 1.2's core schema reads them: null, true, false, numbers, and everything else is text."""

from __future__ import annotations

import math
import re

from cnncalc.problem import Problem
from cnncalc.shape import LARGEST
from cnncalc.spec.reading_problems import LeadingZero, NotANumber, NumberTooLarge

_MOST_DIGITS = 400  # beyond this a number is refused unread: converting digits takes quadratic time

WORDS: dict[str, bool | None] = {
    **dict.fromkeys(("", "~", "null", "Null", "NULL")),
    **dict.fromkeys(("true", "True", "TRUE"), True),
    **dict.fromkeys(("false", "False", "FALSE"), False),
}
# Only a word that begins with one of these can be more than text, so most words are settled by one look.
FIRST_CHARACTERS = frozenset("~nNtTfF0123456789+-.")

_WHOLE = re.compile(r"[-+]?[0-9]+")
_OTHER_BASE = re.compile(r"0(?:o[0-7]+|x[0-9a-fA-F]+)")
_FRACTION = re.compile(r"[-+]?(?:\.[0-9]+|[0-9]+(?:\.[0-9]*)?)(?:[eE][-+]?[0-9]+)?")
_INFINITE = re.compile(r"[-+]?\.(?:inf|Inf|INF)|\.(?:nan|NaN|NAN)")

Scalar = str | int | float | bool | None


def read_plain(word: str) -> tuple[Scalar, Problem | None]:
    """The value of a word without quotes, and what is wrong with it; a refused number has the value None."""
    if word in WORDS:
        return WORDS[word], None
    if _WHOLE.fullmatch(word):
        return _whole(word)
    if _OTHER_BASE.fullmatch(word):
        return _other_base(word)
    if _FRACTION.fullmatch(word):
        if len(word) > _MOST_DIGITS:
            return None, NumberTooLarge(word)
        value = float(word)
        return (value, None) if math.isfinite(value) else (None, NotANumber(word))
    if _INFINITE.fullmatch(word):
        return None, NotANumber(word)
    return word, None


def _whole(word: str) -> tuple[Scalar, Problem | None]:
    digits = word.lstrip("+-")
    significant = digits.lstrip("0")
    if len(significant) > len(str(LARGEST)) or int(significant or "0") > LARGEST:
        return None, NumberTooLarge(word)
    value = -int(significant or "0") if word[0] == "-" else int(significant or "0")
    if len(digits) > 1 and digits[0] == "0":
        return value, LeadingZero(word if len(word) <= 40 else "0…" + significant, value)
    return value, None


def _other_base(word: str) -> tuple[Scalar, Problem | None]:
    significant = word[2:].lstrip("0") or "0"
    base = 16 if word[1] == "x" else 8
    if len(significant) > 20 or int(significant, base) > LARGEST:
        return None, NumberTooLarge(word)
    return int(significant, base), None
