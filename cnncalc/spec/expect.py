"""The contract of a spec: `expect` read into bounds."""

from __future__ import annotations

import re
from collections.abc import Callable, Mapping
from fractions import Fraction
from typing import Any

from cnncalc import shape as shapes
from cnncalc.harmless import harmless
from cnncalc.language import _
from cnncalc.problem import Problem
from cnncalc.result import COUNTS, SHORT
from cnncalc.source import Place, key_place, value_place
from cnncalc.spec.describe import as_shape, describe
from cnncalc.spec.network import Expectation
from cnncalc.spec.numbers import stated
from cnncalc.spec.problems import EmptyBounds, UnknownExpectation, WrongValue
from cnncalc.suggest import nearest

LISTS = ("output", "receptive_field")
_PERCENT = re.compile(r"[0-9]{1,3}(?:\.[0-9]{1,18})?")

NAMES = ("output", *COUNTS, "receptive_field", "depth")

Report = Callable[[Problem, Place | None], None]


def read(written: dict[str, Any] | None, report: Report) -> tuple[Expectation, ...]:
    """The lines of `expect`; what cannot be read is reported and left out."""
    found = []
    for key, value in (written or {}).items():
        name = SHORT.get(key, key)
        if name not in NAMES:
            near = nearest(key, [*NAMES, *SHORT])
            report(UnknownExpectation(harmless(key, 60), tuple(near)), key_place(written, key))
            continue
        line = _line(name, value, value_place(written, key))
        if line is None:
            wanted = _("a shape such as [10]") if name in LISTS else WANTED()
            report(WrongValue(key, describe(value), wanted), value_place(written, key))
        elif line.low is not None and line.high is not None and line.low > line.high:
            report(EmptyBounds(key, line.low, line.high), value_place(written, key))
        else:
            found.append(line)
    return tuple(found)


def WANTED() -> str:
    """What a count in `expect` may be."""
    return _("a number (61706, 61.1M), {min: …, max: …} or {value: …, tolerance: 2%}")


def _line(name: str, value: Any, place: Place | None) -> Expectation | None:
    if name in LISTS:
        shape = as_shape(value)
        return None if shape is None else Expectation(name, shapes.text(shape), exact=shape, place=place)
    if isinstance(value, dict):
        return _bounds(name, value, place)
    number = _number(value)
    if number is None:
        return None
    return Expectation(name, str(value), *number, place=place)


def _bounds(name: str, value: Mapping[str, Any], place: Place | None) -> Expectation | None:
    if set(value) == {"value", "tolerance"}:
        number, share = _number(value["value"]), _share(value["tolerance"])
        if number is None or share is None:
            return None
        low, high = number
        slack = Fraction(low + high, 2) * share
        return Expectation(
            name, f"{value['value']} ± {value['tolerance']}", -(-(low - slack) // 1), (high + slack) // 1, place=place
        )
    if not value or not set(value) <= {"min", "max"}:
        return None
    low_bound, high_bound = _number(value.get("min", 0)), _number(value.get("max", 0))
    if low_bound is None or high_bound is None:
        return None
    written = [f"{sign} {value[bound]}" for bound, sign in (("min", "≥"), ("max", "≤")) if bound in value]
    # A stated bound is meant as written: at most 30k is at most 30,000.
    least, most = _exact(value.get("min")), _exact(value.get("max"))
    return Expectation(name, ", ".join(written), least, most, place=place)


def _exact(value: Any) -> int | None:
    if value is None or isinstance(value, int):
        return value
    number = stated(str(value))
    return None if number is None else number.value


def _number(value: Any) -> tuple[int, int] | None:
    """The lowest and the highest number that the statement fits."""
    if isinstance(value, bool):
        return None
    if isinstance(value, int):
        return (value, value) if value >= 0 else None
    number = stated(value) if isinstance(value, str) else None
    if number is None:
        return None
    if number.step == 1:
        return (number.value, number.value)
    # Rounded half up, or cut off: from half a step below up to one step above, that one left out.
    return (number.value - number.step // 2, number.value + number.step - 1)


def _share(value: Any) -> Fraction | None:
    if isinstance(value, str) and value.endswith("%"):
        if not _PERCENT.fullmatch(value[:-1].strip()):
            return None
        share = Fraction(value[:-1].strip()) / 100
        return share if share <= 1 else None
    if isinstance(value, float) and 0 <= value <= 1:
        return Fraction(str(value))
    return None
