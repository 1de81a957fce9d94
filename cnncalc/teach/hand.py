"""Calculations by hand: a small matrix through a layer, and what comes out when one step is left out."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from fractions import Fraction
from itertools import islice
from math import isfinite, prod
from typing import Any

from pydantic import ValidationError

from cnncalc.formula.expression import Constant, Value
from cnncalc.formula.slip_words import ORDER
from cnncalc.formula.slips import Slip
from cnncalc.formula.worked import is_exact, shown, text
from cnncalc.kinds import find
from cnncalc.kinds._contract import Kind
from cnncalc.language import _
from cnncalc.problem import Refused
from cnncalc.record import Record, changed
from cnncalc.shape import Shape
from cnncalc.spec.fields import complaints
from cnncalc.teach import written_matrix as matrix
from cnncalc.teach.answer import Answer
from cnncalc.teach.check import Mark, Ruling, Verdict, without_reading
from cnncalc.teach.given import NotUnderstood
from cnncalc.teach.question_problems import NotByHand
from cnncalc.teach.wide import Wide
from cnncalc.tensor import Tensor, indices

MOST_VALUES, MOST_PRODUCTS = 4096, 200_000

MOST_WRITTEN_OUT = 4
"""How many places of the result are written out."""


class Hand(Record):
    """A calculation by hand: the layer, the map it gets, its kernel and bias, and what the padding is filled with."""

    kind: Kind
    x: Tensor
    kernel: Tensor | None = None
    bias: Value | None = None
    fill: Value = 0


def hand(
    kind: type[Kind], fields: Mapping[str, Any], x: Tensor, kernel: Tensor | None, bias: Value | None, fill: Value
) -> Hand:
    """The calculation, with the fields that follow from the matrices filled in.

    Raises:
        NotUnderstood: the parts do not fit together, or are too large to be done by hand.
    """
    own = dict(fields)
    known = kind.model_fields
    if kernel is not None:
        own.setdefault("kernel_size", list(kernel.shape[-kind.rank :]) if kind.rank else None)
    if "out_channels" in known:
        own.setdefault("out_channels", 1)
    if "bias" in known:
        own["bias"] = bias is not None
    try:
        layer = kind.model_validate(own)
    except ValidationError as error:
        raise NotUnderstood(*[problem for problem, _place in complaints(kind, kind.name, error, own)]) from None
    done = Hand(layer, x, kernel, bias, fill)
    try:
        output = layer.output((x.shape,))
        wanted = layer.tensors((x.shape,))
    except Refused as refusal:
        raise NotUnderstood(refusal.problem) from None
    if "weight" in wanted and (kernel is None or prod(wanted["weight"]) != len(kernel.values)):
        shape = "×".join(map(str, wanted["weight"]))
        raise NotUnderstood(NotByHand(kind.name, _("it needs a kernel of {shape}").format(shape=shape)))
    geometry = layer.geometry((x.shape,))
    each = prod(geometry.kernel) if geometry is not None else 1
    padding = geometry.padding if geometry is not None else ((0, 0),) * kind.rank
    # With stride 1, which is one of the slips, there are as many windows as places.
    places = prod(n + sum(pair) for n, pair in zip(x.shape[1:], padding, strict=False))
    if max(len(x.values), each) > MOST_VALUES or max(places, prod(output)) * each * x.shape[0] > MOST_PRODUCTS:
        raise NotUnderstood(NotByHand(kind.name, _("there are too many numbers")))
    return done


def computed(question: Hand) -> Tensor:
    """What comes out: exactly, or as a float where a function has no exact value.

    Raises:
        NotUnderstood: nothing comes out of this kind.
    """
    kind, x, tensors = _prepared(question)
    try:
        return kind.compute((x,), tensors)
    except (ArithmeticError, ValueError):  # an exponential left the range of a float
        return kind.compute((Tensor(x.shape, list(map(Wide, x.values))),), tensors)
    except (TypeError, AttributeError):
        raise NotUnderstood(NotByHand(question.kind.name, _("it needs more than arithmetic"))) from None


def _prepared(question: Hand) -> tuple[Kind, Tensor, dict[str, Tensor]]:
    """The layer, its input with a filled padding as part of it, and what it has learned."""
    kind, x = question.kind, question.x
    geometry = kind.geometry((x.shape,))
    if question.fill and geometry is not None:
        # The filled padding becomes part of the map; the layer itself then needs none.
        x = _framed(x, geometry.padding, question.fill)
        kind = _other(kind, padding=((0, 0),) * kind.rank)
    tensors = {}
    for name, shape in kind.tensors((x.shape,)).items():
        values = question.kernel.values if name == "weight" and question.kernel is not None else None
        tensors[name] = Tensor(shape, values or [question.bias] * prod(shape))
    # A division of whole numbers is to stay exact.
    return kind, Tensor(x.shape, list(map(Fraction, x.values))), tensors


def _other(kind: Kind, **fields: Any) -> Kind:
    """The layer with other fields, and without what it had worked out from the old ones."""
    other = kind.model_copy(update=fields)
    for name in set(vars(other)) - set(type(kind).model_fields):
        del vars(other)[name]
    return other


def _framed(x: Tensor, padding: tuple[tuple[int, int], ...], fill: Value) -> Tensor:
    before = (0, *(pair[0] for pair in padding))
    shape = (x.shape[0], *(n + sum(pair) for n, pair in zip(x.shape[1:], padding, strict=True)))
    values = [x.get(tuple(i - b for i, b in zip(at, before, strict=True)), fill) for at in indices(shape)]
    return Tensor(shape, values)


def marker(question: Hand) -> Mark:
    """What marks a matrix against what comes out.

    Raises:
        NotUnderstood: nothing comes out; see `computed`.
    """
    y = computed(question)
    expected, columns = tuple(map(_exact, y.values)), y.shape[-1]
    slips: list[tuple[Slip, tuple[Value, ...]]] = []

    def mark(written: str) -> Verdict:
        read = matrix.readings(written)
        if not read:
            return judged(without_reading(written), written, None, range(len(expected)))
        answer = Answer(written, ())
        wrong = min((_parting(rows, expected, columns) for rows in read), key=len)
        if not wrong:
            return judged("right", written, answer, range(len(expected)))
        if not slips:
            slips.extend(slips_of(question, y))
        found = [slip for slip, values in slips if any(matrix.says(rows, values) for rows in read)]
        return judged("wrong", written, answer, wrong, tuple(found))

    def judged(
        ruling: Ruling, written: str, answer: Answer | None, places: Sequence[int], found: tuple[Slip, ...] = ()
    ) -> Verdict:
        ways = [way(question, place, y.shape) for place in places[:MOST_WRITTEN_OUT]]
        derivation = "\n".join(filter(None, ways))
        return Verdict("values", ruling, written, answer, expected, (), found, columns, derivation=derivation)

    return mark


def _parting(rows: matrix.Matrix, expected: Sequence[Value], columns: int) -> list[int]:
    """The places at which a matrix is not what is expected: all, when it has another shape."""
    entries = [entry for row in rows for entry in row]
    if len(entries) != len(expected) or (len(rows[0]) != columns and len(rows) > 1):
        return list(range(len(expected)))
    return [place for place, value in enumerate(expected) if not entries[place].says(value)]


def _exact(value: Any) -> Value:
    """The very number; of what has no exact value, as many digits as a float is good for."""
    if isinstance(value, Wide):
        value = float(value)
    if isinstance(value, float) and not isfinite(value):
        raise NotUnderstood(NotByHand("", _("not every result is a number")))
    exact = Fraction(value) if not isinstance(value, float) else Fraction(f"{value:.14g}")
    return exact.numerator if exact.denominator == 1 else exact


def way(question: Hand, index: int, shape: Shape) -> str:
    """How one number of the result comes about: `row 1, column 1: max(1, 2, 0, 1) = 2`."""
    kind, x, tensors = _prepared(question)
    at = next(islice(indices(shape), index, None))
    try:
        formula = kind.written_out((x,), tensors, at).formula
    except (ArithmeticError, ValueError):
        return ""
    calculation = text(formula)
    if formula.sign:
        calculation += (" = " if is_exact(formula.value) else " ≈ ") + shown(formula.value)
    row, column = divmod(index, shape[-1])
    said = _("row {row}, column {column}: {calculation}")
    return said.format(row=row + 1, column=column + 1, calculation=calculation)


def slips_of(question: Hand, right: Tensor) -> Iterator[tuple[Slip, tuple[Value, ...]]]:
    """What comes out of each slip, where it is something else."""
    found = []
    for code, other in _bent(question):
        try:
            y = computed(other)
            values = tuple(map(_exact, y.values))
        except (NotUnderstood, Refused):
            continue
        if y != right:
            shown_ = matrix.text(values, y.shape[-1])
            found.append((Slip(code, Constant(values[0]), values[0], shown=shown_), values))
    yield from sorted(found, key=lambda one: ORDER[one[0].code])


def _bent(question: Hand) -> Iterator[tuple[str, Hand]]:
    kind, kernel = question.kind, question.kernel
    fields = type(kind).model_fields
    geometry = kind.geometry((question.x.shape,))

    def with_fields(**fields: Any) -> Hand:
        return changed(question, kind=_other(kind, **fields))

    if geometry is not None:
        if any(map(sum, geometry.padding)):
            yield "ignored_padding", with_fields(padding=((0, 0),) * kind.rank)
            if question.fill:
                yield "ignored_padding_value", changed(question, fill=0)
        if set(geometry.stride) != {1}:
            yield "ignored_stride", with_fields(stride=(1,) * kind.rank)
        if set(geometry.dilation) != {1}:
            yield "ignored_dilation", with_fields(dilation=(1,) * kind.rank)
    if kernel is not None:
        size = prod(kernel.shape[-kind.rank :])
        slices = [kernel.values[start : start + size] for start in range(0, len(kernel.values), size)]
        turned = Tensor(kernel.shape, [value for one in slices for value in reversed(one)])
        yield "flipped_kernel", changed(question, kernel=turned)
    if question.bias is not None:
        yield "forgot_bias", changed(question, kind=_other(kind, bias=False), bias=None)
    other = find(f"{kind.taken_for}{kind.rank}d") if kind.taken_for else None
    if other is not None:
        shared = {name: getattr(kind, name) for name in other.model_fields if name in fields}
        yield "other_pooling", changed(question, kind=other.model_construct(**{**_defaults(other), **shared}))


def _defaults(kind: type[Kind]) -> dict[str, Any]:
    """A kind's fields as they are when only a kernel is given."""
    plain = kind.model_validate({"kernel_size": 1})
    return {name: getattr(plain, name) for name in kind.model_fields}
