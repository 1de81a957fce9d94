"""One layer with its input: sizes, weights, operations, each derived from the kind's own rules."""

from __future__ import annotations

from collections.abc import Iterator
from math import prod

from cnncalc.document import Block, Derivation, Document, Entry, Heading, Pair, Paragraph, Prose, Span, Step, dim, plain
from cnncalc.formula import rules
from cnncalc.formula.expression import AXES, Expression, evaluate, traced
from cnncalc.formula.letters import D, K, N, P, S
from cnncalc.formula.write import in_short, lines, number
from cnncalc.kinds._contract import Role
from cnncalc.language import _
from cnncalc.result import Forms, Geometry
from cnncalc.shape import Shape
from cnncalc.shape import text as shape_text
from cnncalc.teach.given import Given
from cnncalc.teach.quantities import expressions
from cnncalc.views.calculation import stepwise
from cnncalc.views.windows import drawn

MOST_PLACES = 34
"""A side with more places than this is told, not drawn."""


def layer(given: Given, detail: str = "steps") -> Document:
    """The layer's derivation: `detail` is short (a line each), steps, or why (with the reason in words and windows).

    Raises:
        Refused: the layer does not take its input.
    """
    output: Shape = tuple(given.kind.output(given.inputs))
    blocks: list[Block] = [_heading(given, output)]
    sizes = tuple(_sizes(given, output, detail))
    blocks += [Derivation(entries) for entries in (sizes, tuple(_lecture_rule(given))) if entries]
    if given.countable:
        learned, operations = tuple(_learned(given, detail)), tuple(_operations(given, output, detail))
        blocks += [
            Derivation(entries) for entries in (learned, operations, tuple(_same_maps(given, output))) if entries
        ]
    else:
        blocks.append(Paragraph(dim(_needed(given))))
    assumed = _assumed(given)
    if assumed:
        blocks.append(Paragraph(dim(_("assumed: {what}").format(what=", ".join(assumed)))))
    return Document(tuple(blocks))


def _heading(given: Given, output: Shape) -> Heading:
    arriving = ", ".join(shape_text(shape if given.channels else shape[1:]) for shape in given.inputs)
    leaving = shape_text(output if given.countable or len(output) < 2 else output[1:])
    left = (Span(given.kind.name, "bold"), Span(f" · {arriving} → {leaving}"))
    geometry = given.kind.geometry(given.inputs)
    if geometry is None:
        return Heading(left)
    fields = [f"k {_sides(geometry.kernel)}", f"s {_sides(geometry.stride)}", f"p {_padding(geometry)}"]
    if set(geometry.dilation) != {1}:
        fields.append(f"d {_sides(geometry.dilation)}")
    if geometry.groups > 1:
        fields.append(f"g {geometry.groups}")
    kernels = given.kind.tensors(given.inputs).get("weight") if given.countable else None
    if kernels is not None and Role.CONVOLUTION in given.kind.roles:
        count, one = output[0], shape_text((given.inputs[0][0] // geometry.groups, *geometry.kernel))
        fields.insert(0, _("{count} kernels of {shape}").format(count=count, shape=one))
    return Heading(left, ", ".join(fields))


def _sides(sides: tuple[int, ...]) -> str:
    return str(sides[0]) if len(set(sides)) == 1 else shape_text(sides)


def _padding(geometry: Geometry) -> str:
    written = [str(a) if a == b else f"{a}/{b}" for a, b in geometry.padding]
    return written[0] if len(set(written)) == 1 else "×".join(written)


def _sizes(given: Given, output: Shape, detail: str) -> Iterator[Entry]:
    """The output size: once where all axes agree, else once for each."""
    if given.kind.geometry(given.inputs) is None:
        if len(output) != 1 or Role.SHAPE not in given.kind.roles:
            return
        yield Entry(_("values"), _lines(expressions(given, "output_shape")[0], "", detail))
        return
    found = expressions(given, "output_size")
    rank = len(output) - 1
    for axis, expression in enumerate(found):
        alike = len(found) == 1 and rank > 1
        label = _("output size") if len(found) == 1 else _axis(axis, rank)
        note = _("height and width alike") if alike and rank == 2 else _("all axes alike") if alike else ""
        dropped = _dropped(given, output, axis)
        yield Entry(label, _lines(expression, "m", detail, dropped or note))
        if detail == "why":
            yield from _why(given, axis, int(evaluate(expression)))


def _axis(axis: int, rank: int) -> str:
    return {"": _("output length"), "h": _("output height"), "w": _("output width"), "d": _("output depth")}[
        AXES[rank][axis]
    ]


def _lines(expression: Expression, left: str, detail: str, note: str = "") -> tuple[Step, ...]:
    if detail == "short":
        text = in_short(expression, left)
        return (Step(plain(text), equals=False, note=note),)
    return stepwise(expression, left, note)


def left_over(geometry: Geometry, n: int, m: int, axis: int) -> int:
    """Places of the input behind the last window; 0 where the windows reach the end."""
    before, _after = geometry.padding[axis]
    extent = rules.effective_kernel(geometry.kernel[axis], geometry.dilation[axis])
    end: int = rules.last_window_start(m, geometry.stride[axis]) - before + extent
    return max(0, n - end)


def _slides(given: Given) -> Geometry | None:
    """The window of a layer that slides over its input; None for one that spreads it."""
    window = given.kind.window(given.inputs)
    if not isinstance(window, tuple) or any(reach.transposed for reach in window):
        return None
    return given.kind.geometry(given.inputs)


def _dropped(given: Given, output: Shape, axis: int) -> str:
    """Which rows and columns no window sees."""
    geometry = _slides(given)
    if geometry is None:
        return ""
    places = given.inputs[0][1:]
    rest = [left_over(geometry, n, m, i) for i, (n, m) in enumerate(zip(places, output[1:], strict=True))]
    if not rest[axis]:
        return ""
    n = places[axis]
    which = str(n) if rest[axis] == 1 else f"{n - rest[axis] + 1}–{n}"
    if len(places) == 2 and rest[0] == rest[1] and places[0] == places[1]:
        return _("row {which} and column {which} are dropped").format(which=which)
    words = {"h": _("row {which} is dropped"), "w": _("column {which} is dropped")}
    return words.get(AXES[len(places)][axis], _("place {which} is dropped")).format(which=which)


def _lecture_rule(given: Given) -> Iterator[Entry]:
    """The lectures' m = n/s for a pooling, where it says something."""
    geometry = _slides(given)
    if geometry is None or Role.POOLING not in given.kind.roles or geometry.kernel != geometry.stride:
        return
    if any(pair != (0, 0) for pair in geometry.padding) or len(set(given.inputs[0][1:])) > 1:
        return
    n, s = given.inputs[0][1], geometry.stride[0]
    exact = evaluate(traced(N, n) / traced(S, s))
    said = _("m = n/s, which is {n}/{s} = {value} here").format(n=n, s=s, value=number(exact))
    if n % s:
        said = _("m = n/s, which is {n}/{s} = {value} here: rounded down").format(n=n, s=s, value=number(exact))
    yield Entry(_("in the lectures"), (Step(plain(said), equals=False),))


def _why(given: Given, axis: int, m: int) -> Iterator[Entry]:
    """The size in words, and the windows drawn."""
    geometry = _slides(given)
    if geometry is None:
        return
    n, (before, after) = given.inputs[0][1:][axis], geometry.padding[axis]
    k, s, d = geometry.kernel[axis], geometry.stride[axis], geometry.dilation[axis]
    padded = n + before + after
    extent = int(evaluate(rules.effective_kernel(traced(K, k), traced(D, d))))
    places = str(n)
    if before == after and before:
        places = f"{lines(traced(N, n) + rules.symmetric_padding(traced(P, before)))[1]} = {padded}"
    elif before or after:
        places = f"{n} + {before} + {after} = {padded}"
    sentences = [_("The side has {places} places.").format(places=places)]
    if before or after:
        sentences = [_("The padded side has {places} places.").format(places=places)]
    sentences.append(
        _("The first window takes {extent} and leaves {rest}.").format(extent=extent, rest=padded - extent)
    )
    if m > 1:
        fit = f"{padded - extent}/{s} = {number(evaluate(traced(N, padded - extent) / traced(S, s)))}"
        said = _("Each further one moves on by {stride}, and {fit}: {more} of them fit.")
        if (padded - extent) % s == 0:
            said = _("Each further one moves on by {stride}, and {fit} of them fit.")
        sentences.append(said.format(stride=s, fit=fit, more=m - 1))
    picture = drawn(n, (before, after), extent, s, m) if padded <= MOST_PLACES and d == 1 else None
    reason = Prose(" ".join(sentences))
    yield Entry(_("why {m}").format(m=m), (reason,) if picture is None else (reason, picture))


def _learned(given: Given, detail: str) -> Iterator[Entry]:
    weights, biases = (expressions(given, ask)[0] for ask in ("weights", "biases"))
    counted, added = int(evaluate(weights)), int(evaluate(biases))
    if not counted and not added:
        yield Entry(_("parameters"), (Step(plain(_("0: nothing is learned")), equals=False),))
        return
    yield Entry(_("weights"), _formula(weights, detail, _each(given)))
    if added:
        yield Entry(_("biases"), (_named(biases),))
        total = f"{number(counted)} + {number(added)} = "
        yield Entry(_("parameters"), (Step((Span(total), Span(number(counted + added), "bold")), equals=False),))


def _each(given: Given) -> str:
    """What one kernel or neuron holds."""
    if Role.CONVOLUTION not in given.kind.roles:
        return ""
    weight = given.kind.tensors(given.inputs)["weight"]
    one = weight[1:] if weight[0] == given.kind.output(given.inputs)[0] else (weight[0], *weight[2:])
    return _("{product} = {value} in each kernel").format(product="·".join(map(str, one)), value=number(prod(one)))


def _named(expression: Expression) -> Step:
    """A formula that is a single letter, with its value: `C_out = 10`."""
    formula, *rest = lines(expression)
    if not rest:
        return Step((Span(formula, "bold"),), equals=False)
    return Step((Span(f"{formula} = "), Span(rest[-1], "bold")), equals=False)


def _formula(expression: Expression, detail: str, note: str = "") -> tuple[Step, ...]:
    """A formula that stands for itself, above its calculation."""
    if detail == "short":
        return (Step(plain(in_short(expression)), equals=False, note=note),)
    found = lines(expression)
    if len(found) < 3:
        return (_named(expression),)
    return (
        Step(plain(found[0]), equals=False),
        *(Step(plain(line)) for line in found[1:-1]),
        Step((Span(found[-1], "bold"),), note=note),
    )


def _operations(given: Given, output: Shape, detail: str) -> Iterator[Entry]:
    cost = given.kind.cost(given.inputs, output)
    if cost.multiplications:
        expression = expressions(given, "multiplications")[0]
        note = ""
        values = prod(output)
        if cost.macs and values and cost.multiplications % values == 0:
            note = _("{each} for each of the {values} values").format(
                each=number(cost.multiplications // values), values=number(values)
            )
        yield Entry(_("multiplications"), _formula(expression, detail, note))
    else:
        yield Entry(_("multiplications"), (Step(plain("0"), equals=False),))
    others = {
        _("additions"): cost.additions if cost.additions != cost.multiplications else 0,
        _("comparisons"): cost.comparisons,
        _("divisions"): cost.divisions,
        _("exponentials and the like"): cost.transcendentals,
    }
    for label, value in others.items():
        if value:
            yield Entry(label, (Step(plain(number(value)), equals=False),))


def _same_maps(given: Given, output: Shape) -> Iterator[Entry]:
    if Role.CONVOLUTION not in given.kind.roles:
        return
    weights = given.kind.weights(given.inputs).weights
    own = Forms(weights, given.kind.cost(given.inputs, output).multiplications)
    connections = given.kind.connections(given.inputs, output, own)
    if connections is None:
        return
    pairs = (
        Pair(_("fully connected"), number(connections.fully_connected.weights), _("weights")),
        Pair(_("locally connected"), number(connections.locally_connected.weights)),
        Pair(_("convolution"), number(connections.convolution.weights)),
    )
    yield Entry(_("the same maps"), pairs)


def _needed(given: Given) -> str:
    """What the counts would need."""
    if not given.channels and not given.outputs:
        return _("weights and multiplications need the channels: an input such as 3x{size}, and out_channels=…").format(
            size="x".join(map(str, given.inputs[0][1:]))
        )
    if not given.channels:
        return _("weights and multiplications need the input channels: an input such as 3x{size}").format(
            size="x".join(map(str, given.inputs[0][1:]))
        )
    return _("weights and multiplications need the number of outputs: out_channels=…")


def _assumed(given: Given) -> list[str]:
    """The defaults that an answer depends on and that nobody gave; the biases have a line of their own."""
    fields = type(given.kind).model_fields
    found = []
    if "padding" in fields and "padding" not in given.stated:
        found.append(_("padding 0"))
    if "stride" in fields and "stride" not in given.stated:
        pooling = Role.POOLING in given.kind.roles
        found.append(_("stride = kernel size") if pooling else _("stride 1"))
    return found
