"""Layers that one description stands for: a perceptron's, a stack's, the two of a separable convolution."""

from __future__ import annotations

from collections.abc import Sequence
from itertools import pairwise
from typing import Any

from cnncalc.kinds import find
from cnncalc.kinds._contract import Role
from cnncalc.record import changed
from cnncalc.teach.ask.attached import Attached
from cnncalc.teach.ask.layers import Said, said
from cnncalc.teach.ask.wording import Piece

OF_THE_KERNEL = ("kernel_size", "stride", "padding", "dilation")


def said_layers(segment: Sequence[Piece], attached: Attached, name: str, call: Any) -> list[Said]:
    """The layers that a segment describes, mostly one.

    Raises:
        NotRead: see `layers.said`.
    """
    features = attached.run or _hidden(segment, attached, name)
    if features:
        attached.values["in_features"], attached.values["out_features"] = [features[:1]], [features[1:2]]
    one = said(segment, attached, name, call)
    if features:
        return [
            changed(one, inputs=((arriving,),), fields=one.fields | {"out_features": leaving})
            for arriving, leaving in pairwise(features)
        ]
    leaving = attached.values.get("out_channels")
    if _separable(segment) and leaving and "groups" not in attached.values and one.fields.get("groups") is not None:
        return list(_separated(one, leaving[0][0]))
    return [one]


def stacked(one: Said, times: int) -> list[Said]:
    """The layer so many times; where no other number of channels is said, it keeps them."""
    fields, assumed = one.fields, one.assumed
    arriving = one.channels or next((shape[0] for shape in one.inputs if len(shape) > one.kind.rank), None)
    if "out_channels" in one.kind.model_fields and "out_channels" not in fields and arriving is not None:
        fields, assumed = fields | {"out_channels": arriving}, assumed | {"out_channels": arriving}
    first = changed(one, fields=fields, assumed=assumed, output=None)
    further = changed(first, inputs=(), channels=None, batch=None)
    return [first, *[further] * (times - 2), changed(further, output=one.output)]


def _separable(segment: Sequence[Piece]) -> bool:
    return any(one.says("depthwise") and ("separable" in one.text or "可分离" in one.text) for one in segment)


def _separated(one: Said, leaving: int) -> tuple[Said, Said]:
    """A kernel for each channel by itself, then 1×1 kernels over all of them."""
    inside = {field: value for field, value in one.fields.items() if field not in (*OF_THE_KERNEL, "groups")}
    each = one.fields["groups"]
    first = changed(one, fields=one.fields | {"out_channels": each}, output=None, assumed={})
    second = changed(one, inputs=(), channels=None, fields=inside | {"kernel_size": 1, "out_channels": leaving})
    open_ = {field: values for field, values in one.open.items() if field not in OF_THE_KERNEL}
    return first, changed(second, open=open_, keeps=False, assumed={}, batch=None)


def _hidden(segment: Sequence[Piece], attached: Attached, name: str) -> tuple[int, ...]:
    """`784 inputs, 256 hidden units and 10 outputs`: all but the last are said to be hidden."""
    kind, values = find(name), attached.values
    if kind is None or Role.LINEAR not in kind.roles or "out_features" in attached.several:
        return ()
    leaving = [one[0] for one in values.get("out_features", [])]
    arriving = values.get("in_features", [])
    hidden = [at for at, one in enumerate(segment) if one.says("out_features") and _is_hidden(segment, at)]
    if len(arriving) != 1 or len(arriving[0]) != 1 or len(leaving) < 2 or len(hidden) != len(leaving) - 1:
        return ()
    last = [
        at for at, one in enumerate(segment) if one.says("out_features") and at not in hidden and attached.valued(at)
    ]
    return (*arriving[0], *leaving) if len(last) == 1 and last[0] > hidden[-1] else ()


def _is_hidden(segment: Sequence[Piece], at: int) -> bool:
    return any("hidden" in one.text or "隐" in one.text for one in segment[max(at - 1, 0) : at + 1])
