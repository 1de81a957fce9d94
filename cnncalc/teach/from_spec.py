"""Questions about a network that a spec describes: a layer's numbers, its receptive field, the network's totals."""

from __future__ import annotations

import os

from cnncalc.engine.walk import analyze
from cnncalc.formula import rules
from cnncalc.formula.expression import Constant, Expression, Sum, Term, as_expression, evaluate, product, traced
from cnncalc.formula.letters import D, K, S
from cnncalc.harmless import harmless
from cnncalc.kinds._contract import Reach, Sight
from cnncalc.language import _
from cnncalc.result import COUNTS, LayerResult, Result
from cnncalc.spec import shipped
from cnncalc.spec.load import apart, load
from cnncalc.spec.network import Layer, Network, SpecError
from cnncalc.suggest import nearest
from cnncalc.teach.given import Given, NotUnderstood
from cnncalc.teach.quantities import NotDetermined, expressions
from cnncalc.teach.question_problems import NoSuchLayer, SpecHasProblems, SpecNotFound

Analysed = tuple[Network, Result]


def analysed(spec: str, folder: str) -> Analysed:
    """The network of a spec (a path from the question file's folder, or a shipped name) with all its numbers.

    Raises:
        NotUnderstood: there is no such spec, or something is wrong in it.
    """
    path = os.path.join(folder, spec)
    own = shipped.find(spec)
    try:
        network = load(path if os.path.isfile(apart(path)[0]) or own is None else own, name=spec)
    except SpecError as error:
        first = next(found for found in error.problems if found.severity == "error")
        raise NotUnderstood(SpecHasProblems(harmless(spec, 60), first.problem.message())) from None
    except (OSError, ValueError) as error:
        reason = getattr(error, "strerror", None) or harmless(str(error), 60)
        raise NotUnderstood(SpecNotFound(harmless(spec, 60), reason)) from None
    return network, analyze(network)


def truth(of: Analysed, layer: str | None, ask: str) -> tuple[tuple[Expression, ...], Given | None]:
    """What is asked of a layer, or of the network where no layer is named; and the layer as a question gives it.

    Raises:
        NotUnderstood: there is no such layer or no such number.
        Refused, NotExact: as `quantities.expressions`.
    """
    network, result = of
    if layer is None:
        return _of_network(result, ask), None
    written = next((one for one in network.layers if one.name == layer), None)
    found = next((one for one in result.layers if one.name == layer), None)
    if written is None or found is None:
        names = [one.name for one in network.layers]
        raise NotUnderstood(NoSuchLayer(harmless(layer, 60), tuple(nearest(layer, names))))
    inputs = tuple(shape for shape in found.input_shapes if shape is not None)
    if written.kind is None or len(inputs) < len(found.input_shapes) or found.output_shape is None:
        raise NotUnderstood(SpecHasProblems(network.name, _("the layer {layer} is unknown").format(layer=layer)))
    # A spec leaves nothing open: what it does not say has the value that its language gives it.
    given = Given(written.kind, inputs, frozenset(type(written.kind).model_fields), True, True)
    if ask == "receptive_field":
        return _field(network, result, found), None
    return expressions(given, ask), given


def _of_network(result: Result, ask: str) -> tuple[Expression, ...]:
    """A number of the whole network: a total as the sum of its layers, its output, its receptive field."""
    if ask in COUNTS and result.totals[ask].status == "complete":
        counts = [count for layer in result.layers if (count := getattr(layer, ask))]
        return (Sum(tuple((1, Constant(count)) for count in counts)) if len(counts) > 1 else Constant(sum(counts)),)
    shape = result.outputs[0][1] if len(result.outputs) == 1 else None
    if ask in ("output_shape", "output_size") and shape is not None:
        return tuple(map(Constant, shape[1:] if ask == "output_size" and len(shape) > 1 else shape))
    if ask == "receptive_field" and result.receptive_field is not None:
        return _alike(result.receptive_field)
    raise NotUnderstood(NotDetermined(ask, _("a layer of the spec")))


def _alike(sizes: tuple[int, ...]) -> tuple[Expression, ...]:
    return tuple(map(Constant, sizes[:1] if len(set(sizes)) == 1 else sizes))


def _field(network: Network, result: Result, layer: LayerResult) -> tuple[Expression, ...]:
    """The engine's receptive field; along a single path of square windows with the recurrence that leads to it."""
    if layer.receptive_field is None:
        raise NotUnderstood(NotDetermined("receptive_field", _("a network with one input that has space")))
    sizes = _alike(layer.receptive_field)
    reaches = windows((network, result), layer.name)
    if reaches is None or len(sizes) != 1:
        return sizes
    field: Term = 1
    strides: list[Term] = []
    for reach in reaches:
        kernel = traced(K, reach.kernel)
        if reach.dilation > 1:
            kernel = rules.effective_kernel(kernel, traced(D, reach.dilation))
        field = rules.receptive_field(field, kernel, product(tuple(strides)) if strides else 1)
        if reach.stride > 1:
            strides.append(traced(S, reach.stride))
    whole = as_expression(field)
    return (whole,) if evaluate(whole) == layer.receptive_field[0] else sizes


def windows(of: Analysed, name: str) -> list[Reach] | None:
    """The windows from the input up to a layer, along the first axis; None where there is more than a chain of them."""
    network, result = of
    path = _path(network, name)
    shapes = {one.name: one.input_shapes[0] for one in result.layers if len(one.input_shapes) == 1}
    found = []
    for one in path or ():
        shape = shapes.get(one.name)
        window = Sight.ALL if one.kind is None or shape is None else one.kind.window((shape,))
        if window is Sight.SAME:
            continue
        if not isinstance(window, tuple) or window[0].transposed or window[0].adaptive or window[0].turns:
            return None
        found.append(window[0])
    return None if path is None else found


def _path(network: Network, name: str) -> list[Layer] | None:
    """The layers from the input to this one, when there is one way only."""
    layers = {layer.name: layer for layer in network.layers}
    path: list[Layer] = []
    while name in layers:
        layer = layers[name]
        if len(layer.sources) != 1 or layer.sources[0] is None:
            return None
        path.append(layer)
        name = layer.sources[0].name
    return path[::-1]
