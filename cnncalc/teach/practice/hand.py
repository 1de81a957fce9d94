"""Small matrices to be worked through by hand."""

from __future__ import annotations

from typing import Any

from cnncalc.kinds._contract import Kind, Role
from cnncalc.language import _
from cnncalc.teach.practice import numbers
from cnncalc.teach.practice.numbers import Draw
from cnncalc.teach.practice.topics import QUESTIONS


def by_hand(kind: type[Kind], draw: Draw, level: int) -> tuple[str, dict[str, Any]]:
    """A calculation by hand that stays short: at most nine values come out."""
    pools = Role.POOLING in kind.roles
    fields, n = (_pooling if pools else _convolution)(draw, level)
    k = fields["kernel_size"]
    times = k * k if pools and _divides(kind, fields, n) else 1
    matrix = numbers.matrix(draw, (n, n), 0, 9 if pools else 3, times)
    row: dict[str, Any] = {"kind": kind.name, "ask": "values", "matrix": matrix}
    if not pools:
        row["kernel"] = numbers.matrix(draw, (k, k), 0 if level == 1 else -1, 2)
    # A kernel that is written out needs no size.
    shown = {name: value for name, value in fields.items() if pools or name != "kernel_size"}
    row |= shown
    return _(QUESTIONS["values"]).format(layer=numbers.layer(kind, shown)), row


def _divides(kind: type[Kind], fields: dict[str, Any], n: int) -> bool:
    """Whether the layer divides: its averages are whole when every number has the window's size in it."""
    layer, inputs = kind.model_validate(fields), ((1, n, n),)
    return bool(layer.cost(inputs, layer.output(inputs)).divisions)


def _convolution(draw: Draw, level: int) -> tuple[dict[str, Any], int]:
    if level == 1:
        k = draw.number(2, 3)
        return {"kernel_size": k}, k + 1
    if level == 2:
        return draw.one((({"kernel_size": 3, "padding": 1}, 3), ({"kernel_size": 3, "stride": 2}, 5)))
    return draw.one((({"kernel_size": 2, "dilation": 2}, 4), ({"kernel_size": 3, "stride": 2, "padding": 1}, 5)))


def _pooling(draw: Draw, level: int) -> tuple[dict[str, Any], int]:
    if level == 1:
        return {"kernel_size": 2, "stride": 2}, 4
    if level == 2:
        return {"kernel_size": 2, "stride": 2}, draw.number(5, 6)
    return draw.one((({"kernel_size": 3, "stride": 2}, 6), ({"kernel_size": 2, "stride": 1}, 4)))
