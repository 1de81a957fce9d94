"""Every quantity of one layer as the expression that its kind's own rules trace, in the order of an explanation."""

from __future__ import annotations

from collections.abc import Iterator
from math import prod
from typing import Literal

from cnncalc.formula import rules
from cnncalc.formula.expression import (
    Constant,
    Expression,
    Number,
    Symbol,
    Value,
    as_expression,
    evaluate,
    part_of,
    product,
    sides,
    traced,
)
from cnncalc.formula.letters import P_BEFORE, D, K, M, N, P, S
from cnncalc.kinds._contract import Kind, Role
from cnncalc.language import mark
from cnncalc.record import Record
from cnncalc.result import Forms, Geometry
from cnncalc.shape import Shape
from cnncalc.teach.given import Given

Part = Literal["sizes", "learned", "operations", "same_maps", "sight"]

WORDS = {
    "output_channels": mark("output channels"),
    "output_size": mark("output size"),
    "output_side": mark("output side"),
    "columns": mark("columns"),
    "values": mark("values"),
    "same_padding": mark("padding (same)"),
    "pooling_rule": mark("in the lectures"),
    "rows_behind": mark("rows never seen"),
    "rows_between": mark("rows stepped over"),
    "share_dropped": mark("share dropped"),
    "separate_kernels": mark("separate kernels"),
    "weights_per_neuron": mark("weights per neuron"),
    "weights": mark("weights"),
    "biases": mark("biases"),
    "parameters": mark("parameters"),
    "multiplications": mark("multiplications"),
    "additions": mark("additions"),
    "comparisons": mark("comparisons"),
    "divisions": mark("divisions"),
    "transcendentals": mark("exponentials and the like"),
    "fully_connected_weights": mark("fully connected"),
    "locally_connected_weights": mark("locally connected"),
    "receptive_field": mark("receptive field"),
    "jump": mark("jump"),
}
"""Every quantity by its JSON name, with its name in words."""

OPERATIONS = ("multiplications", "additions", "comparisons", "divisions", "transcendentals")


class Derived(Record):
    """A quantity with its expression; `axis` where the axes differ, None where one calculation holds for all."""

    name: str
    part: Part
    expression: Expression
    left: str = ""
    axis: int | None = None

    @property
    def value(self) -> Value:
        """The exact value."""
        return evaluate(self.expression)


def derived(given: Given) -> list[Derived]:
    """What the givens determine: sizes always, counts when the channels are known.

    Raises:
        Refused: the layer does not take its input.
    """
    output: Shape = tuple(given.kind.output(given.inputs))
    found = list(_sizes(given, output))
    if given.countable:
        found += [*_learned(given), *_operations(given, output), *_same_maps(given, output)]
    return found


def not_stated(given: Given) -> tuple[str, ...]:
    """The counts that nobody knows: those that a description leaves out."""
    if not given.kind.opaque or not given.countable:
        return ()
    output: Shape = tuple(given.kind.output(given.inputs))
    learned = given.kind.weights(given.inputs)
    found = {"parameters": given.kind.learned(learned, given.inputs), **given.kind.cost(given.inputs, output)._asdict()}
    return tuple(name for name in ("parameters", *OPERATIONS) if found[name] is None)


def slides(given: Given) -> Geometry | None:
    """The window of a layer that slides over its input; None for one that spreads it, or has none."""
    window = given.kind.window(given.inputs)
    return given.kind.geometry(given.inputs) if isinstance(window, tuple) and not spreads(given) else None


def spreads(given: Given) -> bool:
    """Whether the layer's window is a transposed one, which spreads each input value over the output."""
    window = given.kind.window(given.inputs)
    return isinstance(window, tuple) and any(reach.transposed for reach in window)


def behind(kind: Kind, arriving: Shape, output: Shape) -> tuple[int, ...]:
    """Rows behind the last window, one number per axis; zeros for a layer that does not slide."""
    window, geometry = kind.window((arriving,)), kind.geometry((arriving,))
    if geometry is None or not isinstance(window, tuple) or any(reach.transposed for reach in window):
        return (0,) * (len(arriving) - 1)
    kernels = map(rules.effective_kernel, geometry.kernel, geometry.dilation)
    axes = zip(arriving[1:], geometry.padding, kernels, geometry.stride, output[1:], strict=True)
    return tuple(max(rules.rows_behind(n, pair[0], kernel, s, m), 0) for n, pair, kernel, s, m in axes)


def extent(k: int, d: int) -> Number:
    """What a kernel covers, traced: `k`, or `d(k − 1) + 1` with gaps."""
    return traced(K, k) if d == 1 else rules.effective_kernel(traced(K, k), traced(D, d))


def _each(name: str, part: Part, found: list[Expression], left: str = "") -> Iterator[Derived]:
    """One entry where all axes agree, else one for each."""
    if not found:
        return
    # A letter needs no second one in front of it: `m = 3`, not `m = m = 3`.
    found_left = ["" if isinstance(one, Symbol) else left for one in found]
    if len(set(found)) == 1:
        yield Derived(name, part, found[0], found_left[0])
    else:
        axes = enumerate(zip(found, found_left, strict=True))
        yield from (Derived(name, part, one, before, axis) for axis, (one, before) in axes)


def _sizes(given: Given, output: Shape) -> Iterator[Derived]:
    kind, inputs = given.kind, given.inputs
    sizes = [as_expression(side) for side in kind.output(inputs, traced)]
    if kind.opaque:
        yield from _stated_sizes(sizes, inputs[0])
    elif kind.geometry(inputs) is not None or (Role.POOLING in kind.roles and len(output) > 1):
        yield from _each("output_size", "sizes", sizes[1:], "m")
    elif Role.SHAPE in kind.roles and len(output) == 1 and output != inputs[0]:
        yield Derived("values", "sizes", sizes[0])
    elif Role.SHAPE in kind.roles:
        yield from _reshaped_sizes(given, sizes)
    geometry = slides(given)
    if geometry is not None:
        yield from _same_padding(given, geometry, output)
        yield from _unseen(given, geometry, output)
    if Role.POOLING in kind.roles and prod(output[1:]) < prod(inputs[0][1:]):
        into: Number = product(sides(traced, N, inputs[0][1:]))
        out_of: Number = product(sides(traced, M, output[1:]))
        yield Derived("share_dropped", "sizes", as_expression(rules.share_dropped(into, out_of)))
    if geometry is not None:
        yield from _pooling_rule(given, geometry)


def _reshaped_sizes(given: Given, sizes: list[Expression]) -> Iterator[Derived]:
    """The sides that follow from a rule; a side that is given or stays needs no calculation."""
    arriving = given.inputs[0]
    if not isinstance(sizes[0], (Constant, Symbol)):
        yield Derived("output_channels" if len(sizes) > len(arriving) else "output_side", "sizes", sizes[0])
    if any(not isinstance(side, (Constant, Symbol)) for side in sizes[1:]):
        yield from _each("output_size", "sizes", sizes[1:], "m")
    columns = given.kind.columns(given.inputs, traced)
    if isinstance(columns, Expression):
        yield Derived("columns", "sizes", columns)


def _stated_sizes(sizes: list[Expression], arriving: Shape) -> Iterator[Derived]:
    """The sides of an output that somebody described: each of them may be any expression."""
    if 1 < len(sizes) == len(arriving) < 5:
        yield Derived("output_channels", "sizes", sizes[0])
        yield from _each("output_size", "sizes", sizes[1:])
    else:
        yield from (Derived("output_side", "sizes", side) for side in sizes)


def _same_padding(given: Given, geometry: Geometry, output: Shape) -> Iterator[Derived]:
    """The padding that keeps the size, where it was asked for by `same` or does so at stride 1."""
    if Role.CONVOLUTION not in given.kind.roles or output[1:] != given.inputs[0][1:] or set(geometry.stride) != {1}:
        return
    found = []
    for k, d, (before, after) in zip(geometry.kernel, geometry.dilation, geometry.padding, strict=True):
        rule = rules.same_padding_each_side if before == after else rules.same_padding_total
        found.append(as_expression(rule(extent(k, d))))
    if any(evaluate(one) for one in found):
        alike = all(before == after for before, after in geometry.padding)
        yield from _each("same_padding", "sizes", found, "p" if alike else "p₁ + p₂")


def _pooling_rule(given: Given, geometry: Geometry) -> Iterator[Derived]:
    """The lectures' m = n/s for a pooling, where it is meant: kernel = stride, no padding."""
    if Role.POOLING not in given.kind.roles or geometry.kernel != geometry.stride:
        return
    if any(pair != (0, 0) for pair in geometry.padding) or set(geometry.dilation) != {1}:
        return
    found = [part_of(traced(N, n), traced(S, s)) for n, s in zip(given.inputs[0][1:], geometry.stride, strict=True)]
    yield from _each("pooling_rule", "sizes", found, "m")


def _unseen(given: Given, geometry: Geometry, output: Shape) -> Iterator[Derived]:
    """Rows of the input that no window sees: behind the last window, and stepped over between two."""
    behind: list[Expression] = []
    between: list[Expression] = []
    places = zip(given.inputs[0][1:], output[1:], geometry.kernel, geometry.dilation, strict=True)
    for (n, m, k, d), s, pair in zip(places, geometry.stride, geometry.padding, strict=True):
        kernel, padding = extent(k, d), traced(P if pair[0] == pair[1] else P_BEFORE, pair[0])
        behind.append(as_expression(rules.rows_behind(traced(N, n), padding, kernel, traced(S, s), traced(M, m))))
        covered = int(evaluate(as_expression(kernel)))
        between.append(as_expression(rules.rows_between(traced(M, m), traced(S, s), kernel)))
        if pair[0] > covered or s <= covered:
            between.clear()
            break
    for name, found in (("rows_behind", behind), ("rows_between", between)):
        lost = [one for one in found if evaluate(one) > 0]
        if len(lost) == len(found):
            yield from _each(name, "sizes", lost)
        else:
            yield from (Derived(name, "sizes", one, axis=i) for i, one in enumerate(found) if evaluate(one) > 0)


def _learned(given: Given) -> Iterator[Derived]:
    learned = given.kind.weights(given.inputs, traced)
    if learned.weights is None or learned.biases is None:
        whole = given.kind.learned(learned, given.inputs, traced)
        if whole is not None:
            yield Derived("parameters", "learned", as_expression(whole))
        return
    weights, biases = as_expression(learned.weights), as_expression(learned.biases)
    counted, added = int(evaluate(weights)), int(evaluate(biases))
    kernels, each = given.kind.kernels(given.inputs, traced), given.kind.products(given.inputs, traced)
    if isinstance(kernels, Expression):
        yield Derived("separate_kernels", "learned", kernels)
    geometry = given.kind.geometry(given.inputs)
    turns = spreads(given) and geometry is not None and max(geometry.stride) > 1
    if isinstance(each, Expression) and not turns:  # values behind a wide transposed window meet some of the weights
        yield Derived("weights_per_neuron", "learned", each)
    if counted or added:
        yield Derived("weights", "learned", weights)
        yield Derived("biases", "learned", biases)
    # The two numbers are worked out by now; what is left is their sum.
    yield Derived("parameters", "learned", rules.parameters(as_expression(counted), as_expression(added)))


def _operations(given: Given, output: Shape) -> Iterator[Derived]:
    cost = given.kind.cost(given.inputs, output, traced)
    for name in OPERATIONS:
        if getattr(cost, name) is None:
            continue
        expression = as_expression(getattr(cost, name))
        if name == "multiplications" or evaluate(expression):
            yield Derived(name, "operations", expression)


def _same_maps(given: Given, output: Shape) -> Iterator[Derived]:
    """The same maps connected fully, and locally with kernels of their own."""
    if Role.CONVOLUTION not in given.kind.roles:
        return
    own = Forms(given.kind.weights(given.inputs).weights, given.kind.cost(given.inputs, output).multiplications)
    connections = given.kind.connections(given.inputs, output, own, traced)
    if connections is not None:
        for way in ("fully_connected", "locally_connected"):
            form = as_expression(getattr(connections, way).weights)
            yield Derived(f"{way}_weights", "same_maps", form)
