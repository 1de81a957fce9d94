"""What to write instead of a value that its field refuses; only what the field accepts is ever offered."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator, Mapping
from typing import Any

from cnncalc.harmless import harmless
from cnncalc.language import _
from cnncalc.problem import Problem
from cnncalc.shape import LARGEST
from cnncalc.source import Place
from cnncalc.spec.scalars import read_plain
from cnncalc.spec.values import NO_VARIABLES, UNKNOWN, Scope, resolved

MOST_READ = 100
"""A longer text is no slip of the pen."""

_ITEM = re.compile(r"[-+]?[0-9]+(?:\.[0-9]+)?|\$?[^\W\d]\w*")
_BETWEEN = re.compile(r"\s*,\s*|(?<=[0-9])\s*[x×X*]\s*(?=[0-9])|\s+")
_THOUSANDS = re.compile(r"[1-9][0-9]{0,2}(?:,[0-9]{3})+")
_DECIMAL_COMMA = re.compile(r"[-+]?[0-9]+,[0-9]+")
_LEADING_ZERO = re.compile(r"0[0-9]+")
_WORDS = {**dict.fromkeys(("yes", "on", "y"), "true"), **dict.fromkeys(("no", "off", "n"), "false")}
_NAME = re.compile(r"[^\W\d]\w*")
_FROM_ELSEWHERE = re.compile(r"\$(?:\w+|\(.*\))")
_TIMES = re.compile(r"(?<=[0-9])\s*[xX×·]\s*(?=[0-9])")


def hint(
    value: Any,
    accepts: Callable[[Any], bool],
    scope: Scope | None = None,
    fields: Mapping[str, Any] = NO_VARIABLES,
    written: Any = None,
) -> str:
    """The sentence with what to write; "" where nothing is known that the field accepts.

    `scope` is what variables stand for, None where there are no expressions. `fields` are the others of the layer,
    and `written` is the value, as they were written before variables were put in.
    """
    written = value if written is None else written
    if isinstance(written, str) and _FROM_ELSEWHERE.fullmatch(written):
        return ""  # what is wrong stands where the variable gets its value
    if isinstance(value, float):
        written = str(int(value)) if value.is_integer() and abs(value) <= LARGEST else ""
    if not isinstance(written, str) or len(written) > MOST_READ:
        return ""
    for texts in _ways(written.strip(), scope, fields):
        good = [text for text in texts if (meant := _value(text, scope)) is not UNKNOWN and accepts(meant)]
        if good == [value]:  # the same characters, so what was refused was a text
            return _("write {value} without quotes").format(value=harmless(value))
        if good:
            return _("write {value}").format(value=harmless(_(" or ").join(good)))
    return ""


def _ways(written: str, scope: Scope | None, fields: Mapping[str, Any]) -> Iterator[list[str]]:
    """What may be meant by a text, the likeliest first; what stands side by side is as likely."""
    plain = read_plain(written)[0]
    yield [written]
    if isinstance(plain, int | float) and not isinstance(plain, bool) and plain == int(plain):
        yield [str(int(plain))]
    yield readings(written)
    yield [_WORDS.get(written.lower(), written.lower())]
    yield list(_expressions(written, scope, fields))


def readings(written: str) -> list[str]:
    """What numbers with commas, parentheses or signs of multiplication between them may mean: a list, or one number."""
    inside = re.fullmatch(r"\(\s*(.*?)[\s,]*\)", written)
    items = _BETWEEN.split(inside[1] if inside else written)
    found = []
    if (inside or len(items) > 1) and all(map(_ITEM.fullmatch, items)) and not any(map(_LEADING_ZERO.fullmatch, items)):
        found.append(f"[{', '.join(items)}]")
    if not inside and _THOUSANDS.fullmatch(written):
        found.append(written.replace(",", ""))
    if not inside and _DECIMAL_COMMA.fullmatch(written) and not written.endswith(",000"):
        found.append(written.replace(",", "."))
    return found


def _expressions(written: str, scope: Scope | None, fields: Mapping[str, Any]) -> Iterator[str]:
    """The text as an expression of its own; where there are no expressions, what comes out."""
    bare = re.sub(r"\$(?=[\w(])", "", _TIMES.sub("*", written))
    if scope is not None and bare in scope:
        yield f"${bare}"
    elif not _NAME.fullmatch(bare):
        expression = f"$({_NAME.sub(lambda name: _of_layer(name[0], scope or {}, fields), bare)})"
        if scope is not None:
            yield f'"{expression}"' if re.search(r"[][{},]", expression) else expression
        elif (value := _value(expression, NO_VARIABLES)) is not UNKNOWN:
            yield str(value)


def _of_layer(name: str, scope: Scope, fields: Mapping[str, Any]) -> str:
    """A name in an expression; that of another field of the layer stands for its number or variable."""
    value = fields.get(name)
    if name in scope or isinstance(value, bool):
        return name
    if isinstance(value, str) and value.startswith("$") and _NAME.fullmatch(value[1:]):
        return value[1:]
    return str(value) if isinstance(value, int) else name


def _value(text: str, scope: Scope | None) -> Any:
    """What is read where the text stands; UNKNOWN where it cannot be worked out."""
    if text.startswith("["):
        items = [_value(item, scope) for item in text[1:-1].split(", ")]
        return UNKNOWN if UNKNOWN in items else items
    value, problem = read_plain(text.strip('"'))
    return UNKNOWN if problem is not None else resolved(value, NO_VARIABLES if scope is None else scope, None, _unsaid)


def _unsaid(problem: Problem, place: Place | None) -> None:
    """A problem of what was only tried."""
