"""One layer with its input: sizes, weights, operations, each derived from the kind's own rules."""

from __future__ import annotations

from typing import Any

from cnncalc.document import Block, Document, Heading, Paragraph, Span, dim
from cnncalc.kinds._contract import Role
from cnncalc.language import _, plural
from cnncalc.result import Geometry
from cnncalc.shape import Shape
from cnncalc.shape import text as shape_text
from cnncalc.teach.derived import Derived, derived
from cnncalc.teach.given import Given
from cnncalc.teach.sight import alone
from cnncalc.views.entries import parts
from cnncalc.views.gaps import GAP, Gaps

ASIDE = (
    "same_padding",
    "rows_behind",
    "rows_between",
    "share_dropped",
    "separate_kernels",
    "weights_per_neuron",
    "fully_connected_weights",
    "locally_connected_weights",
    "receptive_field",
)
"""Quantities that are left out when only the usual ones are derived, step by step."""


def layer(given: Given, detail: str = "steps", gaps: Gaps | None = None) -> Document:
    """The layer's derivation: `detail` is short (a line for every quantity), steps (the usual ones), or why (all).

    With `gaps` it is a worksheet: every quantity without its result.

    Raises:
        Refused: the layer does not take its input.
    """
    output: Shape = tuple(given.kind.output(given.inputs))
    multiplications = given.kind.cost(given.inputs, output).multiplications

    def belongs(one: Derived) -> bool:
        # As many additions as multiplications need no second calculation.
        repeated = one.name == "additions" and one.value == multiplications
        return gaps is not None or detail != "steps" or (one.name not in ASIDE and not repeated)

    quantities = [*derived(given), *alone(given)]
    heading = _heading(given, output) if gaps is None else _worksheet(given)
    blocks: list[Block] = [heading, *parts(given, quantities, detail, gaps, belongs)]
    if not given.countable:
        blocks.append(Paragraph(dim(_needed(given))))
    assumed = _assumed(given)
    if assumed:
        blocks.append(Paragraph(dim(_("assumed: {what}").format(what=", ".join(assumed)))))
    return Document(tuple(blocks))


def _worksheet(given: Given) -> Heading:
    """The heading that tells only what was given."""
    arriving = ", ".join(shape_text(shape if given.channels else shape[1:]) for shape in given.inputs)
    return Heading((Span(given.kind.name, "bold"), Span(f" · {arriving} → {GAP}")), stated(given))


def stated(given: Given) -> str:
    """The fields as they were written: what a worksheet gives."""
    kind = given.kind
    names = (name for name in type(kind).model_fields if name in given.stated & kind.model_fields_set)
    return ", ".join(f"{name} {_value(getattr(kind, name))}" for name in names)


def _value(value: Any) -> str:
    if isinstance(value, tuple):
        inside = [_value(one) for one in value]
        return inside[0] if len(set(inside)) == 1 else "×".join(inside)
    return str(value).lower() if isinstance(value, bool) else str(value)


def _heading(given: Given, output: Shape) -> Heading:
    arriving = ", ".join(shape_text(shape if given.channels else shape[1:]) for shape in given.inputs)
    leaving = shape_text(output if given.countable or len(output) < 2 else output[1:])
    left = (Span(given.kind.name, "bold"), Span(f" · {arriving} → {leaving}"))
    return Heading(left, window_in_short(given))


def window_in_short(given: Given, *, counted: bool = True) -> str:
    """Kernel, stride, padding and the like in one line; with `counted` also how many kernels, of which shape."""
    geometry = given.kind.geometry(given.inputs)
    if geometry is None:
        return ""
    fields = [f"k {_sides(geometry.kernel)}", f"s {_sides(geometry.stride)}", f"p {_padding(geometry)}"]
    if set(geometry.dilation) != {1}:
        fields.append(f"d {_sides(geometry.dilation)}")
    if geometry.groups > 1:
        fields.append(f"g {geometry.groups}")
    kernels = given.kind.tensors(given.inputs).get("weight") if given.countable and counted else None
    if kernels is not None and Role.CONVOLUTION in given.kind.roles:
        count, one = (
            given.kind.output(given.inputs)[0],
            shape_text((given.inputs[0][0] // geometry.groups, *geometry.kernel)),
        )
        said = plural("{count} kernel of {shape}", "{count} kernels of {shape}", count)
        fields.insert(0, said.format(count=count, shape=one))
    return _(", ").join(fields)


def _sides(sides: tuple[int, ...]) -> str:
    return str(sides[0]) if len(set(sides)) == 1 else shape_text(sides)


def _padding(geometry: Geometry) -> str:
    written = [str(a) if a == b else f"{a}/{b}" for a, b in geometry.padding]
    return written[0] if len(set(written)) == 1 else "×".join(written)


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
    """The defaults that an answer depends on and that nobody gave."""
    fields = type(given.kind).model_fields
    found = []
    if "padding" in fields and "padding" not in given.stated:
        found.append(_("padding 0"))
    if "stride" in fields and "stride" not in given.stated:
        pooling = Role.POOLING in given.kind.roles
        found.append(_("stride = kernel size") if pooling else _("stride 1"))
    return found
