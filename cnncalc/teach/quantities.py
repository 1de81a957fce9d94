"""The quantities that can be asked of a layer, each as the expression that its kind's own rules trace."""

from __future__ import annotations

import re

from cnncalc import shape as shapes
from cnncalc.formula import rules
from cnncalc.formula.expression import (
    Expression,
    Term,
    as_expression,
    evaluate,
    plain,
    traced,
)
from cnncalc.formula.letters import D, K
from cnncalc.language import _, mark
from cnncalc.problem import Problem
from cnncalc.result import Forms
from cnncalc.teach.answer import normal, without_batch
from cnncalc.teach.derived import slides
from cnncalc.teach.given import Given, NotUnderstood

NAMES = {
    "output_size": mark("output size"),
    "output_shape": mark("output shape"),
    "padding": mark("padding that keeps the size"),
    "weights": mark("weights"),
    "biases": mark("biases"),
    "parameters": mark("parameters"),
    "multiplications": mark("multiplications"),
    "additions": mark("additions"),
    "macs": mark("MACs"),
    "flops": mark("FLOPs"),
    "receptive_field": mark("receptive field"),
    "fully_connected_weights": mark("fully connected weights"),
    "fully_connected_multiplications": mark("fully connected multiplications"),
    "locally_connected_weights": mark("locally connected weights"),
}
"""Every quantity of a layer by the name that a question uses, with its name in words."""

ASKS = {**NAMES, "values": mark("result"), "choice": mark("right choice")}
"""Everything that a question can ask for: the quantities, a calculation by hand, one of several options."""

SIZES = ("output_size", "padding", "receptive_field")
"""What is determined without channels."""


class NotDetermined(Problem):
    """The givens do not determine the quantity that is asked for.

    Sizes need n, k, s and p only. Weights need the numbers of input and output channels; operations need the size as
    well.
    """

    ask: str
    missing: str

    def message(self) -> str:
        return _("{ask} needs {missing}").format(ask=_(NAMES[self.ask]), missing=self.missing)


def expressions(given: Given, ask: str) -> tuple[Expression, ...]:
    """The quantity as traced expressions: one, or one per axis for sizes and shapes.

    Raises:
        Refused: the layer does not take its input.
        NotUnderstood: the quantity is not determined, or the kind has none.
    """
    if ask not in SIZES and not given.countable:
        missing = _("the number of input channels") if not given.channels else _("the number of output channels")
        raise NotUnderstood(NotDetermined(ask, missing))
    kind, inputs = given.kind, given.inputs
    output = kind.output(inputs, plain)
    if ask in ("output_size", "output_shape"):
        shape = tuple(map(as_expression, kind.output(inputs, traced)))
        sizes = shape[1:] if ask == "output_size" and len(shape) > 1 else shape
        return _alike(sizes) if ask == "output_size" else sizes
    if ask in ("padding", "receptive_field"):
        return _kernel(given, ask)
    if kind.opaque:
        raise NotUnderstood(NotDetermined(ask, _("a layer whose rules are known")))
    if ask in ("weights", "biases", "parameters"):
        learned = kind.weights(inputs, traced)
        whole: Term = rules.parameters(learned.weights, learned.biases) if learned.biases else learned.weights
        return (as_expression({"weights": learned.weights, "biases": learned.biases, "parameters": whole}[ask]),)
    cost = kind.cost(inputs, output, traced)
    if ask == "flops":
        return (as_expression(rules.flops(cost.multiplications, cost.additions)),)
    if ask in ("multiplications", "additions", "macs"):
        return (as_expression(getattr(cost, ask)),)
    own = Forms(kind.weights(inputs, traced).weights, cost.multiplications)
    connections = kind.connections(inputs, output, own, traced)
    if connections is None:
        raise NotUnderstood(NotDetermined(ask, _("a layer that connects maps by weights")))
    form = connections.fully_connected if ask.startswith("fully") else connections.locally_connected
    return (as_expression(form.multiplications if ask.endswith("multiplications") else form.weights),)


def _alike(sizes: tuple[Expression, ...]) -> tuple[Expression, ...]:
    """One expression where all axes have the same."""
    return sizes[:1] if len(set(sizes)) == 1 else sizes


def _kernel(given: Given, ask: str) -> tuple[Expression, ...]:
    geometry = given.kind.geometry(given.inputs)
    if geometry is None:
        raise NotUnderstood(NotDetermined(ask, _("a layer with a window")))
    if ask == "receptive_field" and slides(given) is None:
        # A transposed window spreads values: its outputs take turns at how many they see.
        raise NotUnderstood(NotDetermined(ask, _("a window that slides over the input")))
    found = []
    for k, d in zip(geometry.kernel, geometry.dilation, strict=True):
        kernel = traced(K, k) if d == 1 else rules.effective_kernel(traced(K, k), traced(D, d))
        found.append(kernel if ask == "receptive_field" else rules.same_padding_each_side(kernel))
    return _alike(tuple(found))


def determined(given: Given) -> list[str]:
    """The quantities a question without `ask` can mean: the size without channels, everything with them."""
    if not given.countable:
        return ["output_size"]
    return list(NAMES)


_SHAPE = re.compile(r"[0-9]+(?:[x×X][0-9]+)+|[\[(][^\])]*[,，][^\])]*[\])]")
"""What is a shape and nothing else: `6*24*24` may be a product, and `1,024` a number."""


def shaped(given: Given, answer: str) -> list[str]:
    """The quantity that an answer can only be by its form: the output's shape, or without channels its size."""
    text = normal(answer)
    shape = shapes.parse(without_batch(text))
    if shape is None or not _SHAPE.fullmatch(re.sub(r"\s", "", text)):
        return []
    rank = given.kind.rank
    if rank and len(shape) == rank:
        return ["output_size"]
    own = not rank or len(shape) == rank + 1 or (len(shape) == rank + 2 and shape[0] == 1)
    return ["output_shape"] if own else []


def value(given: Given, ask: str) -> tuple[int, ...]:
    """The quantity's value, one number or one per axis.

    Raises:
        Refused, NotUnderstood, NotExact: as `expressions`.
    """
    return tuple(int(evaluate(expression)) for expression in expressions(given, ask))
