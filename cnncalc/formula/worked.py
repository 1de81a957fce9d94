"""Numbers that remember how they came about: `1·2 + 2·0 + 3` beside its value.

A formula of `expression.py` says what a layer costs or how large it is; this one says how a single output value was
worked out. It is a number itself, so the function that calculates a value writes it out when it is called with these.
"""

from __future__ import annotations

import math
from collections.abc import Callable, Sequence
from fractions import Fraction
from typing import Any, NamedTuple

from cnncalc.record import Record
from cnncalc.tensor import Index, Tensor, total

Write = Callable[[Any], str]
"""How a number is written."""

MOST_DECIMALS = 4

SUM, PRODUCT, ATOM = 1, 2, 3
"""How tightly a piece of text binds."""


class Worked:
    """A number with the numbers it was made of. `sign` is empty for a given number, else what was done."""

    __slots__ = ("parts", "sign", "value")

    def __init__(self, value: Any, sign: str = "", parts: tuple[Worked, ...] = ()) -> None:
        self.value, self.sign, self.parts = value, sign, parts

    def __repr__(self) -> str:
        return f"Worked({text(self, exact)} = {self.value})"

    def __add__(self, other: Any) -> Worked:
        return added((self, given(other)))

    def __radd__(self, other: Any) -> Worked:
        return added((given(other), self))

    def __sub__(self, other: Any) -> Worked:
        right = given(other)
        return Worked(self.value - right.value, "−", (self, right))

    def __rsub__(self, other: Any) -> Worked:
        return given(other) - self

    def __mul__(self, other: Any) -> Worked:
        right = given(other)
        return Worked(self.value * right.value, "·", (self, right))

    def __rmul__(self, other: Any) -> Worked:
        return given(other) * self

    def __truediv__(self, other: Any) -> Worked:
        right = given(other)
        return Worked(self.value / right.value, "/", (self, right))

    def __rtruediv__(self, other: Any) -> Worked:
        return given(other) / self

    def __pow__(self, other: Any) -> Worked:
        right = given(other)
        return Worked(self.value**right.value, "^", (self, right))

    def __neg__(self) -> Worked:
        return Worked(-self.value, "−", (self,))

    def __lt__(self, other: Any) -> bool:
        return bool(self.value < given(other).value)

    def __gt__(self, other: Any) -> bool:
        return bool(self.value > given(other).value)

    def exp(self) -> Worked:
        """e to this power."""
        return Worked(_call("exp", self.value), "e^", (self,))

    def log(self) -> Worked:
        """The natural logarithm."""
        return Worked(_call("log", self.value), "ln", (self,))

    def tanh(self) -> Worked:
        """The hyperbolic tangent."""
        return Worked(_call("tanh", self.value), "tanh", (self,))

    def erf(self) -> Worked:
        """The error function."""
        return Worked(_call("erf", self.value), "erf", (self,))

    def clipped(self, low: Any, high: Any) -> Worked:
        """This number held between two bounds."""
        above = picked("max", (self, given(low)))
        return picked("min", (above, given(high)))


def _call(function: str, x: Any) -> Any:
    own = getattr(x, function, None)
    return own() if own is not None else getattr(math, function)(x)


def given(value: Any) -> Worked:
    """The number as it is given."""
    return value if isinstance(value, Worked) else Worked(value)


def added(parts: Sequence[Any]) -> Worked:
    """The sum of one number or more, from the left; sums in it are written on, without parentheses."""
    pieces = tuple(map(given, parts))
    if len(pieces) == 1:
        return pieces[0]
    value = total(piece.value for piece in pieces)
    return Worked(
        value, "+", tuple(part for piece in pieces for part in (piece.parts if piece.sign == "+" else (piece,)))
    )


def picked(function: str, parts: Sequence[Any]) -> Worked:
    """The largest (`max`) or smallest (`min`) of some numbers; the first of equal ones."""
    pieces = tuple(map(given, parts))
    chosen = pieces[0].value
    for piece in pieces[1:]:
        if piece.value > chosen if function == "max" else piece.value < chosen:
            chosen = piece.value
    return Worked(chosen, function, pieces)


class Slice(NamedTuple):
    """What one input channel gives: the places a window looks at, what stands there, and the kernel's slice over it.

    `places` are indices of the input, which may lie in its padding; `window` and `kernel` have the window's sides.
    """

    channel: int
    places: tuple[Index, ...]
    window: Tensor
    formula: Worked
    kernel: Tensor | None = None


class WrittenOut(Record):
    """One output value written out: the whole formula, and for a window its slices, one for each input channel.

    `copied` is (which input, where in it) for a value that is only moved.
    """

    formula: Worked
    slices: tuple[Slice, ...] = ()
    bias: Any = None
    copied: tuple[int, Index] | None = None


def exact(value: Any) -> str:
    """The number with all its digits: `−3`, `1/3`, `0.1`."""
    if isinstance(value, (int, Fraction)):
        return str(value).replace("-", "−")
    return repr(float(value)).replace("-", "−")


def shown(value: Any) -> str:
    """The number as it is where four decimals are enough, else its first four digits: `−3`, `304.75`, `1.667`."""
    if isinstance(value, int):
        return str(value).replace("-", "−")
    if isinstance(value, Fraction) and value.denominator == 1:
        return shown(value.numerator)
    number = float(value)
    if number == 0:
        return "0"
    if math.isinf(number) or math.isnan(number):
        return "−∞" if number == -math.inf else "∞" if number == math.inf else "?"
    size = math.floor(math.log10(abs(number)))
    if size < 12 and Fraction(round(number, MOST_DECIMALS)) == value:
        digits = f"{number:.{MOST_DECIMALS}f}"
        return (digits.rstrip("0").rstrip(".")).replace("-", "−")
    if size < -5 or size > 15:
        return f"{number:.3e}".replace("e+0", "e").replace("e-0", "e-").replace("e+", "e").replace("-", "−")
    digits = f"{number:.{max(3 - size, 0) if size < 4 else 0}f}"
    return (digits.rstrip("0").rstrip(".") if "." in digits else digits).replace("-", "−")


def is_exact(value: Any) -> bool:
    """Whether `shown` writes the very number."""
    if isinstance(value, int) or (isinstance(value, float) and math.isinf(value)):
        return True
    written = shown(value).replace("−", "-")
    try:
        return Fraction(written) == value if isinstance(value, Fraction) else float(written) == value
    except ValueError:
        return False


def brief(value: Any) -> str:
    """The number as it stands in a formula: a simple fraction as such, `1/9`; else as `shown` writes it."""
    if isinstance(value, Fraction) and value.denominator < 100 and abs(value.numerator) < 100 and not is_exact(value):
        return str(value).replace("-", "−")
    return shown(value)


def text(number: Worked, write: Write = brief, most: int | None = None) -> str:
    """The formula of a number; where more than `most` parts stand beside each other, the middle is left out."""
    return _written(number, write, most, 0)


def _written(number: Worked, write: Write, most: int | None, within: int) -> str:
    sign, parts = number.sign, number.parts
    if not sign:
        written = write(number.value)
        binds = SUM if written.startswith("−") else PRODUCT if "/" in written else ATOM
        return f"({written})" if binds < within else written
    if sign == "+":
        pieces = [_written(part, write, most, SUM if place == 0 else PRODUCT) for place, part in enumerate(parts)]
        return _enclosed(" + ".join(_shortened(pieces, most)), SUM, within)
    if sign == "−":
        pieces = [_written(part, write, most, PRODUCT) for part in parts]
        return _enclosed(f"−{pieces[0]}" if len(parts) == 1 else " − ".join(pieces), SUM, within)
    if sign == "·":
        # a·b·c from the left needs no parentheses; a factor on the right that is itself a product does.
        left, right = (_written(part, write, most, bond) for part, bond in zip(parts, (PRODUCT, ATOM), strict=True))
        return _enclosed(f"{left}·{right}", PRODUCT, within)
    if sign == "/":
        left, right = (_written(part, write, most, ATOM) for part in parts)
        return _enclosed(f"{left}/{right}", PRODUCT, within)
    if sign == "^":
        left, right = (_written(part, write, most, ATOM) for part in parts)
        return f"({left}^{right})" if within == ATOM else f"{left}^{right}"
    if sign == "e^":
        return f"e^{_written(parts[0], write, most, ATOM)}"
    pieces = [_written(part, write, most, 0) for part in parts]
    return f"{sign}({', '.join(_shortened(pieces, most))})"


def _enclosed(written: str, binds: int, within: int) -> str:
    return f"({written})" if binds < within else written


def _shortened(pieces: list[str], most: int | None) -> list[str]:
    if most is None or len(pieces) <= most:
        return pieces
    last = most // 3
    return [*pieces[: most - last], "…", *pieces[len(pieces) - last :]]
