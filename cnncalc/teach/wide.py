"""Numbers of any size for functions that leave the range of a float: a softmax of 1000 and 998 is 0.88 and 0.12."""

from __future__ import annotations

import math
from collections.abc import Callable
from decimal import MAX_EMAX, MIN_EMIN, Context, Decimal
from fractions import Fraction
from typing import Any

CONTEXT = Context(prec=30, Emax=MAX_EMAX, Emin=MIN_EMIN, traps=[])
"""Thirty digits, and exponents without a practical limit."""


class Wide:
    """A decimal number that takes part in arithmetic with whole numbers, fractions and floats."""

    __slots__ = ("decimal",)

    def __init__(self, value: Any) -> None:
        self.decimal = decimal(value)

    def __float__(self) -> float:
        return float(self.decimal)

    def __add__(self, other: Any) -> Wide:
        return Wide(CONTEXT.add(self.decimal, decimal(other)))

    __radd__ = __add__

    def __sub__(self, other: Any) -> Wide:
        return Wide(CONTEXT.subtract(self.decimal, decimal(other)))

    def __rsub__(self, other: Any) -> Wide:
        return Wide(CONTEXT.subtract(decimal(other), self.decimal))

    def __mul__(self, other: Any) -> Wide:
        return Wide(CONTEXT.multiply(self.decimal, decimal(other)))

    __rmul__ = __mul__

    def __truediv__(self, other: Any) -> Wide:
        return Wide(CONTEXT.divide(self.decimal, decimal(other)))

    def __rtruediv__(self, other: Any) -> Wide:
        return Wide(CONTEXT.divide(decimal(other), self.decimal))

    def __pow__(self, other: Any) -> Wide:
        return Wide(CONTEXT.power(self.decimal, decimal(other)))

    def __neg__(self) -> Wide:
        return Wide(CONTEXT.minus(self.decimal))

    def __lt__(self, other: Any) -> bool:
        return self.decimal < decimal(other)

    def __gt__(self, other: Any) -> bool:
        return self.decimal > decimal(other)

    def exp(self) -> Wide:
        """e to this power."""
        return Wide(CONTEXT.exp(self.decimal))

    def log(self) -> Wide:
        """The natural logarithm."""
        return Wide(CONTEXT.ln(self.decimal))

    def tanh(self) -> Wide:
        """The hyperbolic tangent, which is ±1 long before a float ends."""
        return self._bounded(math.tanh)

    def erf(self) -> Wide:
        """The error function, likewise."""
        return self._bounded(math.erf)

    def _bounded(self, function: Callable[[float], float]) -> Wide:
        return Wide(function(float(max(Decimal(-100), min(Decimal(100), self.decimal)))))


def decimal(value: Any) -> Decimal:
    """The value as a decimal number."""
    if isinstance(value, Wide):
        return value.decimal
    if isinstance(value, Decimal):
        return value
    if isinstance(value, Fraction):
        return CONTEXT.divide(Decimal(value.numerator), Decimal(value.denominator))
    return Decimal(value)
