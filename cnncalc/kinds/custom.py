"""A layer that you describe yourself: its shape and its counts as expressions. For a layer that is no kind here.

    - custom: {shape: [c, h // 2, w // 2], parameters: c * 4, multiplications: m * 4}

Expressions speak of what arrives and leaves: `c` channels, `h` height, `w` width (`l` length, `d` depth), `n` all
values of the first input, `in0`, `in1` … the shapes of all inputs as lists (`in1[0]` is the second one's channels); in
all but `shape` also `m`, the values of the output, and `out`, its shape. `shape: in0` keeps the shape as it is.
Arithmetic is that of `$( )` in specs, without the `$`.

What is not stated is unknown, not 0: totals are then lower bounds, and say so. What an output sees of the input is
unknown as well, and the layer cannot be computed by `trace`.
"""

from collections.abc import Mapping
from fractions import Fraction
from typing import Annotated, Any

from pydantic import Field

from cnncalc.arithmetic import NotCalculable
from cnncalc.arithmetic_problems import UnknownNameInExpression
from cnncalc.formula.expression import Expression, Naming, Number, as_expression, evaluate, plain
from cnncalc.formula.letters import Letter
from cnncalc.formula.write import number
from cnncalc.harmless import harmless
from cnncalc.kinds._contract import LARGEST, Cost, Example, Kind, NotNegativeInt, PositiveInt, Sight, Wanted, Weights
from cnncalc.kinds._typed import typed
from cnncalc.language import _, mark
from cnncalc.problem import Problem, Refused
from cnncalc.shape import Shape, elements
from cnncalc.tensor import Tensor

MOST_AXES = 8
SIDES = {1: "c", 2: "cl", 3: "chw", 4: "cdhw"}
"""What the sides of an input are called, by the number of its axes."""

LETTERS = {
    "c": Letter("c", mark("channels"), least=1),
    "l": Letter("l", mark("length"), least=1),
    "d": Letter("d", mark("depth"), least=1),
    "h": Letter("h", mark("height"), least=1),
    "w": Letter("w", mark("width"), least=1),
    "n": Letter("n", mark("values of the input"), least=1),
    "m": Letter("m", mark("values of the output"), least=1),
    "out": Letter("out", mark("sides of the output"), least=1),
}


class ExpressionWithoutValue(Problem):
    """An expression of a layer that is described by its user has no value.

    It may use the numbers of what arrives: `c`, and `h` and `w` of a map; the hint names those that this layer has.
    """

    field: str
    expression: str
    reason: Problem
    known: tuple[str, ...]
    at: int | None = None

    def message(self) -> str:
        return _("{field} is `{expression}`: {reason}").format(
            field=self.field, expression=self.expression, reason=self.reason.message()
        )

    def hints(self) -> tuple[str, ...]:
        if not isinstance(self.reason, UnknownNameInExpression):
            return ()
        return (_("here it may use {names}").format(names=", ".join(self.known)),)

    def about(self) -> str | tuple[str, int]:
        return self.field if self.at is None else (self.field, self.at)


class NotACount(Problem):
    """An expression of a layer that is described by its user comes to something that is no count, or no side.

    Counts are whole numbers from 0 up, sides from 1 up. `/` keeps fractions, `//` rounds down, and `ceil(a / b)`
    rounds up.
    """

    field: str
    expression: str
    found: str
    least: int
    fraction: bool = False
    at: int | None = None

    def message(self) -> str:
        return _("{field} is `{expression}`, which comes to {found} here; it must be {wanted}").format(
            field=self.field,
            expression=self.expression,
            found=self.found,
            wanted=_("a whole number from {least} up").format(least=self.least),
        )

    def caret(self) -> str:
        return _("comes to {found}").format(found=self.found)

    def hints(self) -> tuple[str, ...]:
        if not self.fraction:
            return ()
        return (_("`//` divides and rounds down, `ceil(a / b)` rounds up"),)

    def about(self) -> str | tuple[str, int]:
        return self.field if self.at is None else (self.field, self.at)


class NotAListOfSides(Problem):
    """`shape` of a layer that is described by its user is a list of sides, the channels first, one to eight of them."""

    expression: str
    most: int

    def message(self) -> str:
        return _("shape is `{expression}`, which is no list of 1 to {most} sides").format(
            expression=self.expression, most=self.most
        )

    def about(self) -> str:
        return "shape"

    def hints(self) -> tuple[str, ...]:
        return (_("write the sides, channels first: [c, h // 2, w // 2]; `in0` is the shape of the first input"),)


class PartExceedsWhole(Problem):
    """Biases are some of the parameters and MACs some of the multiplications, so they cannot be more."""

    field: str
    part: int
    whole: str
    most: int

    def message(self) -> str:
        return _("{field} comes to {part:,}, but {whole} only to {most:,}").format(
            field=self.field, part=self.part, whole=self.whole, most=self.most
        )

    def caret(self) -> str:
        return _("at most {most:,}").format(most=self.most)

    def about(self) -> str:
        return self.field

    def hints(self) -> tuple[str, ...]:
        return (_("{whole} counts all of them, {field} those among them").format(whole=self.whole, field=self.field),)


class CannotBeComputed(Problem):
    """`trace` shows what a layer does to numbers, and a layer that is described by its user says only what it costs.

    Trace the layers above it with `--layer`, or put a kind in its place that does the same.
    """

    kind: str

    def message(self) -> str:
        return _("{kind} says how large its output is, not what is in it: it cannot be computed").format(kind=self.kind)

    def hints(self) -> tuple[str, ...]:
        return (_("trace a layer above it: --layer NAME"),)


Side = PositiveInt | str
Sides = Annotated[
    Annotated[tuple[Side, ...], Field(strict=False, min_length=1, max_length=MOST_AXES)] | str,
    Wanted(mark("a list of sides, whole numbers or expressions such as h // 2, or an expression such as in0")),
]
Count = Annotated[NotNegativeInt | str | None, Wanted(mark("a whole number from 0 up, or an expression such as c * 4"))]


class Custom(Kind):
    names = {"custom": 0}
    roles = frozenset()
    arity = (1, None)
    opaque = True
    foreign = ("Lambda", "自定义")
    foreign_fields = {"output": "shape", "output_shape": "shape", "params": "parameters", "weights": "parameters"}

    shape: Sides = Field(description=mark("shape of the output, channels first: numbers or expressions"))
    parameters: Count = Field(None, description=mark("numbers it learns, weights and biases together"))
    biases: Count = Field(None, description=mark("those of the parameters that are added"))
    buffers: Count = Field(None, description=mark("numbers it keeps without learning them"))
    multiplications: Count = Field(None, description=mark("multiplications of one forward pass"))
    additions: Count = Field(None, description=mark("additions of one forward pass"))
    macs: Count = Field(None, description=mark("those of the multiplications that belong to products of a matrix"))
    comparisons: Count = Field(None, description=mark("comparisons of one forward pass"))
    divisions: Count = Field(None, description=mark("divisions of one forward pass"))
    transcendentals: Count = Field(None, description=mark("exponentials, roots and the like of one forward pass"))

    def output(self, inputs: tuple[Shape, ...], name: Naming = plain) -> tuple[Number, ...]:
        names = _arriving(inputs)
        if isinstance(self.shape, str):
            sides = _worked_out("shape", self.shape, names, name)
            if not isinstance(sides, list) or not 1 <= len(sides) <= MOST_AXES:
                raise Refused(NotAListOfSides(harmless(self.shape, 60), MOST_AXES))
            return tuple(_checked("shape", self.shape, side, 1) for side in sides)
        return tuple(
            _checked("shape", side, _worked_out("shape", side, names, name, at), 1, at)
            for at, side in enumerate(self.shape)
        )

    def _counts(self, fields: tuple[str, ...], inputs: tuple[Shape, ...], name: Naming) -> list[Number]:
        """The counts of these names; None for what is not stated."""
        stated = {field: getattr(self, field) for field in fields}
        if all(written is None for written in stated.values()):
            return [None] * len(fields)
        output = self.output(inputs)
        names = {**_arriving(inputs), "m": elements(output), "out": list(output)}
        return [
            None if written is None else _checked(field, written, _worked_out(field, written, names, name), 0)
            for field, written in stated.items()
        ]

    def weights(self, inputs: tuple[Shape, ...], name: Naming = plain) -> Weights:
        parameters, biases, buffers = self._counts(("parameters", "biases", "buffers"), inputs, name)
        if parameters is None or biases is None:
            return Weights(None, biases, buffers)
        _within("biases", biases, "parameters", parameters)
        return Weights(parameters - biases, biases, buffers)

    def learned(self, found: Weights, inputs: tuple[Shape, ...], name: Naming = plain) -> Number:
        return self._counts(("parameters",), inputs, name)[0]

    def cost(self, inputs: tuple[Shape, ...], output: Shape, name: Naming = plain) -> Cost:
        cost = Cost(*self._counts(Cost._fields, inputs, name))
        if cost.macs is not None and cost.multiplications is not None:
            _within("macs", cost.macs, "multiplications", cost.multiplications)
        return cost

    def window(self, inputs: tuple[Shape, ...]) -> Sight:
        return Sight.UNKNOWN

    def tensors(self, inputs: tuple[Shape, ...]) -> Mapping[str, Shape]:
        learned = self.weights(inputs)
        sizes = {"weight": learned.weights, "bias": learned.biases}
        if learned.weights is None:
            sizes = {"parameters": self.learned(learned, inputs)}
        return {name: (size,) for name, size in sizes.items() if size}

    def compute(self, inputs: tuple[Tensor, ...], tensors: Mapping[str, Tensor]) -> Tensor:
        raise Refused(CannotBeComputed(self.name))


def _arriving(inputs: tuple[Shape, ...]) -> dict[str, Any]:
    """What the names of an expression stand for."""
    first = inputs[0]
    named: dict[str, Any] = dict(zip(SIDES.get(len(first), "c"), first, strict=False))
    return {**named, "n": elements(first), **{f"in{number}": list(shape) for number, shape in enumerate(inputs)}}


def _letters(names: Mapping[str, Any]) -> dict[str, Letter]:
    return {name: LETTERS.get(name) or Letter(name, "sides of an input", least=1) for name in names}


def _worked_out(field: str, written: int | str, names: Mapping[str, Any], name: Naming, at: int | None = None) -> Any:
    """What an expression comes to, or the formula of it."""
    try:
        return typed(written, names, _letters(names), name)
    except NotCalculable as refusal:
        raise Refused(
            ExpressionWithoutValue(field, harmless(str(written), 60), refusal.problem, tuple(names), at)
        ) from None


def _checked(field: str, written: int | str, found: Any, least: int, at: int | None = None) -> Any:
    """A count or a side as it is, if it is one."""
    value = evaluate(found) if isinstance(found, Expression) else found
    if isinstance(value, int) and not isinstance(value, bool) and least <= value and (not least or value <= LARGEST):
        return found
    fraction = isinstance(value, Fraction)
    text = number(value) if isinstance(value, int | Fraction) and not isinstance(value, bool) else _described(value)
    raise Refused(NotACount(field, harmless(str(written), 60), text, least, fraction, at))


def _described(value: Any) -> str:
    if isinstance(value, bool):
        return _("true") if value else _("false")
    if value is None:
        return _("nothing")
    return _("a list") if isinstance(value, list) else _("a text")


def _within(field: str, part: Number, whole: str, most: Number) -> None:
    """Refuse a part that is more than the whole."""
    few, many = (int(evaluate(as_expression(one))) for one in (part, most))
    if few > many:
        raise Refused(PartExceedsWhole(field, few, whole, many))


Custom.examples = (
    Example(
        "custom",
        {"shape": ["c", "h // 2", "w // 2"], "parameters": "c * 4", "biases": 0, "multiplications": "m * 4"},
        ((16, 7, 7),),
        {"output": (16, 3, 3), "weights": 16 * 4, "biases": 0, "multiplications": 16 * 3 * 3 * 4, "additions": None},
    ),
    Example(
        "custom",
        {"shape": "in0", "macs": "n * in1[0]", "multiplications": "n * (in1[0] + 1)"},
        ((8, 5, 5), (3, 5, 5)),
        {"output": (8, 5, 5), "macs": 8 * 5 * 5 * 3, "multiplications": 8 * 5 * 5 * (3 + 1), "weights": None},
    ),
)
