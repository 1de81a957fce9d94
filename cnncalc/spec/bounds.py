"""One value of `expect`: a number, bounds, a value with a tolerance, or a list, read into what must come out."""

from __future__ import annotations

import re
from collections.abc import Callable, Mapping
from fractions import Fraction
from math import ceil, floor
from typing import Any

from cnncalc import shape as shapes
from cnncalc.language import _
from cnncalc.result import BYTES
from cnncalc.source import Place
from cnncalc.spec.describe import as_shape
from cnncalc.spec.network import Expectation
from cnncalc.spec.numbers import SIZES, Measured, measured, stated

SHAPE = "output"
PER_AXIS = ("receptive_field", "downsampling")
"""One number means every axis; a list has one for each."""

MEMORY = "weights_memory"
_PERCENT = re.compile(r"[0-9]{1,3}(?:\.[0-9]{1,18})?")

Number = int | Fraction


def wanted(name: str) -> str:
    """What may be written for it."""
    if name == SHAPE:
        return _("a shape such as [10], or {name: shape, …}")
    if name == MEMORY:
        return _(
            "a size (241 KiB, 1 MB, or bytes), {min: …, max: …} or {value: …, tolerance: 2%}; the last two may have a"
            " `dtype`"
        )
    if name in PER_AXIS:
        return _("a number, one for each axis [9, 9], {min: …, max: …} or {value: …, tolerance: 2%}")
    return _("a number (61706, 61.1M), {min: …, max: …} or {value: …, tolerance: 2%}")


def line(name: str, value: Any, place: Place | None, layer: str | None = None) -> Expectation | None:
    """The line of `expect` that says this; None when the value says nothing that is understood."""
    if name == SHAPE or (name in PER_AXIS and not isinstance(value, dict | float)):
        shape = as_shape(value)
        if shape is not None:
            return Expectation(name, shapes.text(shape), exact=shape, place=place, layer=layer)
        if name == SHAPE:
            return None
    read = _READERS.get(name, _count)
    dtype = None
    if name == MEMORY and isinstance(value, dict) and "dtype" in value:
        dtype = value["dtype"]
        if not isinstance(dtype, str) or dtype not in BYTES:
            return None
        value = {key: bound for key, bound in value.items() if key != "dtype"}
        if set(value) == {"value"}:
            value = value["value"]
    found = _bounds(value, read) if isinstance(value, dict) else _single(value, read)
    if found is None:
        return None
    written, low, high = found
    if dtype is not None:
        written = _("{bound} as {dtype}").format(bound=written, dtype=dtype)
    return Expectation(name, written, low, high, place=place, layer=layer, dtype=dtype)


def parts(name: str) -> tuple[str, ...]:
    """The keys that a mapping may have."""
    return ("min", "max", "value", "tolerance", *(("dtype",) if name == MEMORY else ()))


def wrong_part(name: str, value: Mapping[str, Any]) -> tuple[str, str] | None:
    """The first key whose value is not understood, and what it takes; None where the keys do not go together."""
    read = _READERS.get(name, _count)
    for key, part in value.items():
        if key in ("min", "max", "value") and read(part) is None:
            return key, _("a size (241 KiB, 1 MB, or bytes)") if name == MEMORY else _("a number (61706, 61.1M)")
        if key == "tolerance" and _share(part) is None:
            return key, _("a share such as 2% or 0.02")
        if key == "dtype" and not (isinstance(part, str) and part in BYTES):
            return key, _("one of {names}").format(names=", ".join(BYTES))
    return None


Reader = Callable[[Any], Measured | None]
Found = tuple[str, Number | None, Number | None]


def _single(value: Any, read: Reader) -> Found | None:
    number = read(value)
    return None if number is None else (str(value), *_fitting(number))


def _bounds(value: Mapping[str, Any], read: Reader) -> Found | None:
    if set(value) == {"value", "tolerance"}:
        number, share = read(value["value"]), _share(value["tolerance"])
        if number is None or share is None:
            return None
        low, high = _fitting(number)
        slack = Fraction(low + high, 2) * share
        whole = number.step == int(number.step)
        bounds = (ceil(low - slack), floor(high + slack)) if whole else (low - slack, high + slack)
        return f"{value['value']} ± {value['tolerance']}", *bounds
    if not value or not set(value) <= {"min", "max"}:
        return None
    numbers = {bound: read(value[bound]) for bound in value}
    if None in numbers.values():
        return None
    # A stated bound is meant as written: at most 30k is at most 30,000.
    exact = {bound: _plain(number.value) for bound, number in numbers.items() if number is not None}
    written = [f"{sign} {value[bound]}" for bound, sign in (("min", "≥"), ("max", "≤")) if bound in value]
    return ", ".join(written), exact.get("min"), exact.get("max")


def _fitting(number: Measured) -> tuple[Number, Number]:
    """The lowest and the highest number that the statement fits."""
    value, step = number
    if step == 1:
        return _plain(value), _plain(value)
    # Rounded half up, or cut off: from half a step below up to one step above, that one left out.
    if step > 1:
        return ceil(value - step / 2), ceil(value + step) - 1
    return value - step / 2, value + step - step / 10**6


def _plain(value: Number) -> Number:
    return int(value) if value == int(value) else value


def _count(value: Any) -> Measured | None:
    if isinstance(value, bool):
        return None
    if isinstance(value, int):
        return Measured(Fraction(value), Fraction(1)) if value >= 0 else None
    number = stated(value) if isinstance(value, str) else None
    return None if number is None else Measured(Fraction(number.value), Fraction(number.step))


def _ratio(value: Any) -> Measured | None:
    return measured(str(value)) if isinstance(value, int | float | str) and not isinstance(value, bool) else None


def _size(value: Any) -> Measured | None:
    return measured(str(value), SIZES) if isinstance(value, int | str) and not isinstance(value, bool) else None


_READERS: dict[str, Reader] = {"downsampling": _ratio, MEMORY: _size}


def _share(value: Any) -> Fraction | None:
    if isinstance(value, str) and value.endswith("%"):
        if not _PERCENT.fullmatch(value[:-1].strip()):
            return None
        share = Fraction(value[:-1].strip()) / 100
        return share if share <= 1 else None
    if isinstance(value, float) and 0 <= value <= 1:
        return Fraction(str(value))
    return None
