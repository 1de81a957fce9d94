"""What the kinds share that act on each value alone."""

import math
from collections.abc import Mapping
from typing import Any, ClassVar

from cnncalc.formula.expression import Naming, Number, plain, product, sides
from cnncalc.formula.letters import VALUES, C, N
from cnncalc.formula.worked import Worked, WrittenOut, given
from cnncalc.kinds._contract import FREE, Cost, Kind, Role
from cnncalc.shape import Shape
from cnncalc.tensor import Index, Tensor


class Pointwise(Kind):
    """A kind that maps each value by itself; `each` is the cost of one value, `at` the map."""

    roles = frozenset({Role.NONLINEARITY})
    elementwise = True
    each: ClassVar[Cost] = FREE

    def cost(self, inputs: tuple[Shape, ...], output: Shape, name: Naming = plain) -> Cost:
        if self.each is FREE:
            return FREE
        values = values_in(output, name)
        return Cost(*(values * count if count > 1 else values if count else 0 for count in self.each))

    def at(self, x: Any) -> Any:
        """The function's value for one number."""
        return x

    def compute(self, inputs: tuple[Tensor, ...], tensors: Mapping[str, Tensor]) -> Tensor:
        return Tensor(inputs[0].shape, [self.at(x) for x in inputs[0].values])

    def written_out(self, inputs: tuple[Tensor, ...], tensors: Mapping[str, Tensor], at: Index) -> WrittenOut:
        return WrittenOut(given(self.worked(given(inputs[0][at]))))

    def worked(self, x: Worked) -> Any:
        """The function's value for a number that remembers; for a choice between two, both are to be seen."""
        return self.at(x)


def named(shape: Shape, name: Naming) -> tuple[Number, ...]:
    """The sides of an input under their letters: C, then n for each axis."""
    if len(shape) == 1:
        return (name(VALUES, shape[0]),)
    return (name(C, shape[0]), *sides(name, N, shape[1:]))


def values_in(shape: Shape, name: Naming) -> Number:
    """How many values a map holds that is as large as the input: C · n · n."""
    return product(named(shape, name))


def call(function: str, x: Any) -> Any:
    """`exp`, `tanh`, `erf`, `log` … of a number; a number that has a method of that name is asked itself."""
    own = getattr(x, function, None)
    return own() if own is not None else getattr(math, function)(x)


def power(x: Any, exponent: float) -> Any:
    """x to a power; what no real number is, is not a number here either, as in PyTorch."""
    try:
        found = x**exponent
    except ZeroDivisionError:
        return math.inf
    return math.nan if isinstance(found, complex) else found


def quotient(a: Any, b: Any) -> Any:
    """a/b; over 0 it is infinite, or not a number, as in PyTorch."""
    try:
        return a / b
    except ZeroDivisionError:
        return a * math.inf


def sigmoid(x: Any) -> Any:
    """1/(1 + e⁻ˣ); the sign of x is no operation of its own."""
    return 1 / (1 + call("exp", -x))


def clipped(x: Any, low: Any, high: Any) -> Any:
    """x held between two bounds: two comparisons."""
    own = getattr(x, "clipped", None)
    if own is not None:
        return own(low, high)
    above = low if x < low else x
    return high if above > high else above
