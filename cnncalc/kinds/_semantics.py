"""Whose rules a layer follows where frameworks differ, and the paddings that depend on it."""

from typing import Annotated, Literal

from cnncalc.formula import rules
from cnncalc.kinds._contract import Wanted
from cnncalc.language import mark

Semantics = Annotated[
    Literal["torch", "keras", "onnx", "caffe"],
    Wanted("torch, keras, onnx or caffe"),
]
WHOSE = mark("whose rules hold where frameworks differ: torch, keras, onnx or caffe")

FITTING = ("keras", "onnx")
"""Here `same` pads so that ⌈n/s⌉ windows fit, whatever the stride; an odd total puts its extra place behind."""


def same_pairs(
    places: tuple[int, ...], kernel: tuple[int, ...], dilation: tuple[int, ...], stride: tuple[int, ...]
) -> tuple[tuple[int, int], ...]:
    """Padding before and after, per axis, with which ⌈n/s⌉ windows fit over these places."""
    axes = zip(places, kernel, dilation, stride, strict=True)
    totals = [rules.same_padding(n, rules.effective_kernel(k, d), s) for n, k, d, s in axes]
    return tuple((total // 2, total - total // 2) for total in totals)
