"""The quantities of a layer as entries of a derivation: in one line, in steps, with the reason, or with a gap."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator
from fractions import Fraction
from math import prod

from cnncalc.document import EQUALS, Derivation, Entry, Pair, Span, Step, plain, words
from cnncalc.formula.expression import AXES, Value, evaluate
from cnncalc.formula.write import Formula, Letters, derivation, lines, number
from cnncalc.kinds._contract import Role
from cnncalc.language import _
from cnncalc.shape import text as shape_text
from cnncalc.teach.derived import WORDS, Derived, behind, not_stated, slides
from cnncalc.teach.given import Given
from cnncalc.views.calculation import in_line, in_short, said, stepwise
from cnncalc.views.gaps import GAP, Gaps
from cnncalc.views.numbers import significant
from cnncalc.views.why import why
from cnncalc.views.windows import adaptive

IN_ONE_LINE = ("separate_kernels", "weights_per_neuron", "biases", "parameters", "same_padding", "pooling_rule", "jump")
"""Quantities whose calculation is mostly too short for a line per step."""

LONGEST_LINE = 54


def parts(
    given: Given,
    found: Iterable[Derived],
    detail: str,
    gaps: Gaps | None = None,
    belongs: Callable[[Derived], bool] = lambda one: True,
) -> list[Derivation]:
    """The quantities, one derivation for each part of the explanation.

    `detail` is short (a line each), steps, or why (with the reasons); with `gaps` the results are left out. Only what
    `belongs` has a calculation of its own; the table of connections sums up all of them, where lines do not already.
    """
    grouped: dict[str, list[Entry]] = {}
    listed = list(found)
    for one in filter(belongs, listed):
        # The lectures' pooling rule stands apart: it is not what was calculated.
        part = one.name if one.name == "pooling_rule" else one.part
        grouped.setdefault(part, []).extend(_entries(given, one, detail, gaps))
        if one.name == "output_size" and detail != "short" and gaps is None:
            grouped[part] += _adaptive_windows(given, one)
        if detail == "why" and gaps is None:
            grouped[part] += why(given, one)
    if gaps is None and not (detail == "short" and any(one.part == "same_maps" and belongs(one) for one in listed)):
        table = _table(listed)
        if table:
            grouped.setdefault("same_maps", []).append(Entry(_("the same maps"), table))
    unknown = not_stated(given)
    if unknown and gaps is None:
        missing = Step(plain(_(", ").join(_(WORDS[name]) for name in unknown)), equals=False)
        grouped.setdefault("unknown", []).append(Entry(_("not known"), (missing,)))
    return [Derivation(tuple(entries)) for entries in grouped.values() if entries]


def label(one: Derived, rank: int) -> str:
    """What a quantity is called, with its axis where the axes differ."""
    if one.name == "output_size" and (one.axis is not None or rank == 1):
        return {"": _("output length"), "h": _("output height"), "w": _("output width"), "d": _("output depth")}[
            AXES[rank][one.axis or 0]
        ]
    word = _(WORDS[one.name])
    if one.axis is None:
        return word
    return _("{quantity}, {axis}").format(quantity=word, axis=axis_word(one.axis, rank))


def axis_word(axis: int, rank: int) -> str:
    """A spatial axis in words."""
    return {"": _("length"), "h": _("height"), "w": _("width"), "d": _("depth")}[AXES[rank][axis]]


def _entries(given: Given, one: Derived, detail: str, gaps: Gaps | None) -> Iterator[Entry]:
    name = label(one, len(given.inputs[0]) - 1)
    if gaps is not None:
        yield Entry(name, _with_gap(one, gaps.leave(name, one.expression, one.value, one.left)))
        return
    if one.name == "parameters" and not one.value:
        yield Entry(name, (Step(plain(_("0: nothing is learned")), equals=False),))
    elif one.name == "pooling_rule":
        yield Entry(name, (_rule(one),))
    elif detail == "short":
        note = _note(given, one) if one.name == "share_dropped" else ""
        yield Entry(name, (Step(in_short(one.expression, one.left), equals=False, note=note),))
    else:
        note, way = _note(given, one), derivation(one.expression)
        if len(way) >= 3 and one.name not in IN_ONE_LINE:
            yield Entry(name, stepwise(way, one.left, note))
            return
        line = in_line(way, one.left, "bold")  # C_in · C_out = 3·10 = 30
        # Groups make a short calculation long.
        if len(way) < 3 or len(words(line)) + len(note) <= LONGEST_LINE:
            yield Entry(name, (Step(line, equals=False, note=note),))
        else:
            yield Entry(name, stepwise(way, one.left, note))


def _adaptive_windows(given: Given, one: Derived) -> Iterator[Entry]:
    """Which places the windows of an adaptive pooling take, along the axes whose output size was told."""
    window, places = given.kind.window(given.inputs), given.inputs[0][1:]
    if not isinstance(window, tuple):
        return
    # Windows that are all alike are told as a stride and a kernel; what pools by given ones has a geometry.
    given_ones = Role.POOLING not in given.kind.roles or given.kind.geometry(given.inputs) is not None
    if given_ones and not any(reach.adaptive for reach in window):
        return
    sizes = tuple(given.kind.output(given.inputs))[1:]
    axes = list(enumerate(zip(places, sizes, strict=True)))
    if one.axis is None and len(set(zip(places, sizes, strict=True))) == 1:
        yield Entry(_("windows"), adaptive(*axes[0][1]))
        return
    for axis, (n, m) in axes if one.axis is None else axes[one.axis : one.axis + 1]:
        label = _("{quantity}, {axis}").format(quantity=_("windows"), axis=axis_word(axis, len(places)))
        yield Entry(label, adaptive(n, m))


def _rule(one: Derived) -> Step:
    """The lectures' rule, and what becomes of it where it is not whole."""
    formula, calculation, *_rest = lines(one.expression)
    value = number(one.value)
    sentence = _("{rule}, which is {calculation} = {value} here")
    if isinstance(one.value, Fraction):
        sentence = _("{rule}, which is {calculation} = {value} here: rounded down")
    rule = f"{one.left} = {formula}"
    return Step(plain(sentence.format(rule=rule, calculation=calculation, value=value)), equals=False)


def _with_gap(one: Derived, mark: str) -> tuple[Step, ...]:
    """The formula alone, and a gap for what it gives."""
    formula = said(Formula(one.expression))
    shown = [Span(one.left, "", Letters(one.left))] if one.left else []
    if one.name == "parameters":
        shown.append(Span(_("weights + biases")))
    elif formula.text != number(one.value):
        shown.append(formula)
    before = [part for span in shown for part in (span, Span(EQUALS))]
    return (Step((*before, Span(GAP, "bold")), equals=False, note=mark),)


def _note(given: Given, one: Derived) -> str:
    """What a number means, beside it."""
    match one.name:
        case "output_size":
            return _dropped(given, one) or _alike(given, one)
        case "share_dropped":
            return _("{percent} % of the values").format(percent=_percent(one.value))
        case "separate_kernels":
            geometry = given.kind.geometry(given.inputs)
            return "" if geometry is None else _("of {shape}").format(shape=shape_text(geometry.kernel))
        case "weights":
            return _per_kernel(given)
        case "multiplications":
            return _per_value(given, one)
        case "fully_connected_weights" | "locally_connected_weights":
            return _("weights")
        case "same_padding":
            return _on_each_side(given, one)
    return ""


def _alike(given: Given, one: Derived) -> str:
    rank = len(given.inputs[0]) - 1
    if one.axis is not None or rank < 2:
        return ""
    return _("height and width alike") if rank == 2 else _("all axes alike")


def _dropped(given: Given, one: Derived) -> str:
    """Which rows and columns lie behind the last window."""
    geometry = slides(given)
    if geometry is None:
        return ""
    places, axis = given.inputs[0][1:], one.axis or 0
    rest = behind(given.kind, given.inputs[0], tuple(given.kind.output(given.inputs)))
    if not rest[axis]:
        return ""
    n = places[axis]
    which = str(n) if rest[axis] == 1 else f"{n - rest[axis] + 1}–{n}"
    if len(places) == 2 and rest[0] == rest[1] and places[0] == places[1]:
        return _("row {which} and column {which} are dropped").format(which=which)
    words = {"h": _("row {which} is dropped"), "w": _("column {which} is dropped")}
    return words.get(AXES[len(places)][axis], _("place {which} is dropped")).format(which=which)


def _percent(share: Value) -> str:
    """A share in per cent: exact where it has an end, else to three digits."""
    part = Fraction(share) * 100
    written = number(part.numerator if part.denominator == 1 else part)
    return written if "/" not in written else significant(part.numerator, part.denominator)


def _on_each_side(given: Given, one: Derived) -> str:
    geometry = slides(given)
    if geometry is None:
        return ""
    before, after = geometry.padding[one.axis or 0]
    if before == after:
        return _("on each side")
    return _("{before} before and {after} behind").format(before=before, after=after)


def _per_kernel(given: Given) -> str:
    """What one kernel or neuron holds."""
    if Role.CONVOLUTION not in given.kind.roles:
        return ""
    weight = given.kind.tensors(given.inputs)["weight"]
    one = weight[1:] if weight[0] == given.kind.output(given.inputs)[0] else (weight[0], *weight[2:])
    return _("{product} = {value} in each kernel").format(product="·".join(map(str, one)), value=number(prod(one)))


def _per_value(given: Given, one: Derived) -> str:
    """How many multiplications there are for each value of the output."""
    output = given.kind.output(given.inputs)
    values, counted = prod(output), int(evaluate(one.expression))
    if not given.kind.cost(given.inputs, output).macs or counted % values:
        return ""
    return _("{each} for each of the {values} values").format(each=number(counted // values), values=number(values))


def _table(found: list[Derived]) -> tuple[Pair, ...]:
    """The same maps connected in three ways, side by side."""
    values = {one.name: one.value for one in found}
    if "fully_connected_weights" not in values:
        return ()
    return (
        Pair(_("fully connected"), number(values["fully_connected_weights"]), _("weights")),
        Pair(_("locally connected"), number(values["locally_connected_weights"])),
        Pair(_("convolution"), number(values["weights"])),
    )
