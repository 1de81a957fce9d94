"""Slips: the ways in which people miscalculate a formula, applied to the formula itself.

A slip is the same expression with a letter at its neutral value, one structural rewrite, or two channels swapped, so
that both calculations can be written out side by side.
"""

from __future__ import annotations

from collections.abc import Callable, Container, Iterator
from fractions import Fraction

from cnncalc.formula.expression import (
    Constant,
    Expression,
    Group,
    NotExact,
    Product,
    Quotient,
    Sum,
    Symbol,
    Value,
    evaluate,
    parts,
    replace,
    symbols,
)
from cnncalc.formula.letters import C_IN, C_OUT
from cnncalc.language import _
from cnncalc.record import Record

SLIPS: dict[str, str] = {
    "forgot_bias": _("The biases were left out."),
    "ignored_padding": _("The padding was left out."),
    "padding_once": _("The padding was counted once; it is added on both sides."),
    "dropped_plus_one": _("The + 1 was forgotten: the first window counts too."),
    "forgot_input_channels": _("The input channels were forgotten: each kernel has a slice for every one of them."),
    "rounded_up": _("The division was rounded up; a window that does not fit is dropped."),
    "rounded_down": _("The division was rounded down; under ceil_mode it is rounded up."),
    "not_rounded_down": _("The division was left unrounded; only whole windows count."),
    "ignored_stride": _("The stride was left out."),
    "ignored_dilation": _("The dilation was left out: a kernel with gaps covers d(k − 1) + 1 places."),
    "ignored_groups": _("The groups were left out: a kernel sees the channels of its own group only."),
    "ignored_output_padding": _("The output padding was left out."),
    "counted_bias": _("The biases were counted in."),
    "macs_as_flops": _(
        "MACs and FLOPs were taken for each other: a MAC is one multiplication, FLOPs count the additions too."
    ),
    "squared_inputs": _(
        "The number of inputs was multiplied in twice, a slip that is also in print as O(M²N). In one forward pass "
        "each weight is used once, so there are as many multiplications as weights."
    ),
    "weights_as_multiplications": _("These are the weights; each is used once for every position of the output map."),
    "multiplications_as_weights": _("These are the multiplications; the positions of the map share their weights."),
    "swapped_channels": _("Input and output channels were swapped."),
    "multiplied_channels": _(
        "Input and output channels were multiplied; the slices of a kernel are added into one map."
    ),
    "forgot_output_channels": _("The output channels were forgotten: there is one kernel for each of them."),
    "kernel_side_once": _("The kernel's side was counted once; a kernel is k · k."),
    "pooling_rule": _("This is n/s, the rule for pooling with k = s; here the kernel and the padding count too."),
    "convolution_rule": _(
        "This is n − k + 1, the rule for a convolution with stride 1; pooling moves on by its stride."
    ),
    "padding_of_both_sides": _("This is the padding of both sides together; each side gets half of it."),
    "channels_last": _("The channels stand last; here they stand first."),
    "flipped_kernel": _("The kernel was turned round; a convolution layer lays it on the window as it is."),
    "ignored_padding_value": _("The padding was filled with zeros; the question fills it with another value."),
    "other_pooling": _("The other pooling was calculated: maximum and average were taken for each other."),
    "power_of_ten": _("The digits are right, the power of ten is not."),
}
"""Every slip's code, with what was done. In this order they are reported: the commonest first."""


class Slip(Record):
    """One miscalculation: its code, the expression that was calculated, and what comes out.

    `second` is the code of another slip made on top of it, `axis` the number of a shape that it concerns; `shown` is
    what came out where that is no expression (a matrix).
    """

    code: str
    expression: Expression
    value: Value
    second: str = ""
    axis: int = 0
    shown: str = ""

    @property
    def codes(self) -> tuple[str, ...]:
        """The slip's code, and that of the second one."""
        return (self.code, self.second) if self.second else (self.code,)

    def sentence(self) -> str:
        """What was done, in words."""
        return " ".join(_(SLIPS[code]) for code in self.codes)


def slips(expression: Expression, without: Container[str] = ()) -> list[Slip]:
    """Every single slip on this expression whose result differs from the truth, the commonest first.

    Slips whose codes are in `without` are not made.
    """
    truth = evaluate(expression)
    order = list(SLIPS)
    found: dict[tuple[str, Value], Slip] = {}
    for code, bent in _bent(expression, without):
        if bent is expression:
            continue
        try:
            value = evaluate(bent)
        except (NotExact, ZeroDivisionError):
            continue
        if value != truth:
            found.setdefault((code, value), Slip(code, bent, value))
    return sorted(found.values(), key=lambda slip: order.index(slip.code))


def _bent(expression: Expression, without: Container[str]) -> Iterator[tuple[str, Expression]]:
    yield from _neutral(expression, without)
    roundings = _roundings(expression)
    for code, (concerned, change) in _REWRITES.items():
        if roundings.issuperset(concerned) and code not in without:
            yield code, replace(expression, change)
    for code, bent in (*_whole(expression), *_factors(expression), *_swapped(expression)):
        if code not in without:
            yield code, bent


def _neutral(expression: Expression, without: Container[str]) -> Iterator[tuple[str, Expression]]:
    """Each ignorable letter at its neutral value, everywhere in the expression at once."""
    codes = dict.fromkeys(symbol.letter.ignored for symbol in symbols(expression) if symbol.letter.ignored)
    for code in codes:
        if code in without:
            continue

        def neutral(part: Expression, code: str = code) -> Expression | None:
            if isinstance(part, Symbol) and part.letter.ignored == code and part.letter.neutral is not None:
                return Symbol(part.letter, part.letter.neutral, part.axis)
            return None

        yield code, replace(expression, neutral)


def _roundings(expression: Expression) -> set[str]:
    """How divisions in the expression are rounded: without a floor in it, none can be rounded up."""
    found = {expression.rounding} if isinstance(expression, Quotient) else set()
    return found.union(*map(_roundings, parts(expression)))


def _whole(expression: Expression) -> Iterator[tuple[str, Expression]]:
    """What is done to a formula as a whole."""
    match expression:
        case Quotient(total, Constant(2), "exact"):
            yield "padding_of_both_sides", total


def _once(part: Expression) -> Expression | None:
    match part:
        case Product((Constant(2), Symbol() as padding)) if padding.letter.ignored == "ignored_padding":
            return padding
    return None


def _without_one(part: Expression) -> Expression | None:
    """A sum that holds a rounded division, without its + 1."""
    match part:
        case Sum(terms) if (1, Constant(1)) in terms and any(isinstance(term, Quotient) for _, term in terms):
            kept = tuple(term for term in terms if term != (1, Constant(1)))
            return kept[0][1] if len(kept) == 1 and kept[0][0] == 1 else Sum(kept)
    return None


def _rounded(before: str, after: str) -> Callable[[Expression], Expression | None]:
    def change(part: Expression) -> Expression | None:
        match part:
            case Quotient(dividend, divisor, rounding) if rounding == before:
                return Quotient(dividend, divisor, after)
        return None

    return change


_REWRITES: dict[str, tuple[tuple[str, ...], Callable[[Expression], Expression | None]]] = {
    "padding_once": ((), _once),
    "dropped_plus_one": ((), _without_one),
    "rounded_up": (("floor",), _rounded("floor", "ceil")),
    "rounded_down": (("ceil",), _rounded("ceil", "floor")),
    "not_rounded_down": (("floor",), _rounded("floor", "fraction")),
}
"""The rewrites of a formula's structure, wherever they apply, with the roundings that they need."""


def _factors(expression: Expression) -> Iterator[tuple[str, Expression]]:
    """One factor of an outermost product left out, or multiplied in twice."""
    match expression:
        case Product(factors):
            pass
        case Sum(((1, Product()), *_)):
            # weights + biases, multiplications + additions: the slip is made wherever it can be.
            inside = [dict(_factors(term)) if isinstance(term, Product) else {} for _, term in expression.terms]
            for code in dict.fromkeys(code for one in inside for code in one):
                terms = zip(inside, expression.terms, strict=True)
                yield code, Sum(tuple((sign, one.get(code, term)) for one, (sign, term) in terms))
            return
        case _:
            return
    seen: set[str] = set()
    for position, factor in enumerate(factors):
        if isinstance(factor, Group) and isinstance(factor.inner, Product):
            for code, bent in _factors(factor.inner):
                if code not in seen:
                    seen.add(code)
                    yield code, Product((*factors[:position], Group(bent), *factors[position + 1 :]))
            continue
        symbol = next(symbols(factor), None)
        if symbol is None:
            continue
        rest = factors[:position] + factors[position + 1 :]
        if symbol.letter.forgotten and rest and symbol.letter.forgotten not in seen:
            seen.add(symbol.letter.forgotten)
            yield symbol.letter.forgotten, Product(rest) if len(rest) > 1 else rest[0]
        if symbol.letter.repeated and symbol.letter.repeated not in seen:
            seen.add(symbol.letter.repeated)
            yield symbol.letter.repeated, Product((*factors[: position + 1], factor, *factors[position + 1 :]))


def _swapped(expression: Expression) -> Iterator[tuple[str, Expression]]:
    """C_in where C_out belongs and the other way round."""
    found = list(symbols(expression))
    values = {id(symbol.letter): symbol.value for symbol in found if symbol.letter is C_IN or symbol.letter is C_OUT}
    if len(values) < 2:
        return

    def swap(part: Expression) -> Expression | None:
        if isinstance(part, Symbol) and (part.letter is C_IN or part.letter is C_OUT):
            other = C_OUT if part.letter is C_IN else C_IN
            return Symbol(part.letter, values[id(other)], part.axis)
        return None

    yield "swapped_channels", replace(expression, swap)


def off_by_power_of_ten(answer: Value, truth: Value) -> bool:
    """Whether an answer has the right digits and the wrong power of ten."""
    if not answer or not truth or answer == truth:
        return False
    ratio = Fraction(answer) / Fraction(truth)
    if ratio < 0:
        return False
    tens = ratio.numerator if ratio.denominator == 1 else ratio.denominator if ratio.numerator == 1 else 0
    return tens > 1 and set(str(tens)[1:]) == {"0"} and str(tens)[0] == "1"
