"""Values of a spec: as shapes, and in a few harmless words for a message."""

from __future__ import annotations

from typing import Any

from cnncalc import shape as shapes
from cnncalc.harmless import harmless
from cnncalc.kinds._contract import LARGEST
from cnncalc.language import _

_DEEPEST = 2  # a list of lists of lists says enough


def as_shape(value: Any) -> shapes.Shape | None:
    """A list of whole numbers, a single one, or a written shape."""
    if isinstance(value, bool):
        return None
    if isinstance(value, int):
        value = [value]
    elif isinstance(value, str):
        value = list(shapes.parse(value) or ())
    if (
        isinstance(value, list)
        and 0 < len(value) <= shapes.MOST_AXES
        and all(type(side) is int and 0 < side <= LARGEST for side in value)
    ):
        return tuple(value)
    return None


def describe(value: Any, depth: int = 0) -> str:
    """A value of a spec in a few harmless words, for a message."""
    match value:
        case None:
            return _("nothing")
        case bool():
            return _("the word {value} (true or false)").format(value="true" if value else "false")
        case dict():
            return _("a mapping")
        case list() | tuple():
            if depth == _DEEPEST:
                return "[…]"
            inner = ", ".join(describe(item, depth + 1) for item in value[:6])
            return f"[{inner}{', …' if len(value) > 6 else ''}]"
        case str():
            return _("the text `{value}`").format(value=harmless(value, 60))
        case float():
            return _("the decimal number {value}").format(value=value)
        case _:
            return harmless(str(value), 60)
