"""Values in YAML that are read otherwise than they were meant: cut at a comma, or glued to their keys.

They are reported once and read as they were meant, so that nothing is reported that only follows from the slip.
"""

from __future__ import annotations

from typing import NamedTuple

from cnncalc.problem import Problem
from cnncalc.source import Place
from cnncalc.spec.instead import readings
from cnncalc.spec.positions import place_within
from cnncalc.spec.scalars import read_plain
from cnncalc.spec.yaml_problems import CutAtComma, EqualsSign, MissingSpace
from cnncalc.spec.yaml_words import cut_tuple, sign_within


class Meant(NamedTuple):
    """What was meant: the value (None where that cannot be told) and its place, and the problem with its own.

    `end` is the offset up to which a cut value goes: keys that begin before it are the rest of the value.
    """

    value: object
    place: Place
    problem: Problem
    where: Place
    end: int = 0


def glued(text: str, key: str, begin: Place, index: int) -> tuple[str, Place, Meant] | None:
    """Take apart a plain key without a value that holds its value itself: within braces, `out:8` is such a key.

    The key proper, its place, and its value; None where the key holds none. `index` is the offset behind the key.
    """
    sign = sign_within(key)
    if sign is None or begin.end_column - begin.column != len(key):
        return None
    name, word = key[: sign[0]], key[sign[1] :]
    name_place, place = place_within(begin, key, 0, len(name)), place_within(begin, key, sign[1], len(key))
    if key[sign[0]] == ":":
        where = place_within(begin, key, *sign)
        return name, name_place, Meant(read_plain(word)[0], place, MissingSpace(":"), where)
    closed = tuple_end(text, word, index)
    value: object = word[1:-1] if word[0] in "\"'" else read_plain(word)[0]
    if closed is not None:
        word, value, place = _rejoined(text, text.rfind("(", 0, index), closed, place)
        word = ", ".join(readings(word))
    whole = Place(begin.line, begin.column, place.end_line, place.end_column)
    return name, name_place, Meant(value, place, EqualsSign(name, word), whole, closed or 0)


def tuple_end(text: str, word: str, index: int) -> int | None:
    """Where a tuple ends whose beginning is a whole value for YAML, up to the index; None where there is none."""
    if word[:1] != "(" or word.count("(") > 1:
        return None
    closed = cut_tuple(text, text.rfind("(", 0, index))
    return closed if closed is not None and closed > index else None


def cut(text: str, start: int, end: int, place: Place) -> Meant:
    """A value that commas have cut, from its first part (at `place`) to its end."""
    written, value, whole = _rejoined(text, start, end, place)
    return Meant(value, whole, CutAtComma(written, tuple(readings(written))), whole, end)


def _rejoined(text: str, start: int, end: int, place: Place) -> tuple[str, object, Place]:
    """A value that a comma has cut: as it is written, what is surely meant (else None), and its whole place."""
    written = text[start:end]
    whole = place_within(place, written, 0, len(written))
    written = " ".join(written.split())
    meant = readings(written)
    if len(meant) != 1:
        return written, None, whole
    items = meant[0].strip("[]").split(", ")
    values = [read_plain(item)[0] for item in items]
    return written, values if meant[0].startswith("[") else values[0], whole
