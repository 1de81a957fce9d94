"""Numbers in a row: what comes in and what goes out (`3 → 64`), and features from layer to layer (`784 → 512 → 10`)."""

from __future__ import annotations

from cnncalc.teach.ask.attached import Attached, keep

SET = ("stride", "padding", "kernel_size", "dilation", "groups", "channels", "filter", "in_channels", "out_channels")
"""Words that own the number behind them, whatever it leads to."""

LEADS = ("to", "到", "变成", "变为", "into", "down to", "becomes", "become", "变", "from")
"""Words between what comes in and what goes out."""


def pairs(held: Attached) -> None:
    """`3 → 64`, `from 224 to 112`: what comes in and what goes out."""
    for index in range(1, len(held.pieces) - 1):
        between = held.pieces[index]
        if between.kind != "arrow" and between.text not in LEADS:
            continue
        first, second = _number(held, index - 1, -1), _number(held, index + 1, 1)
        if (
            first is None
            or second is None
            or held.pieces[first].kind == "number" != held.pieces[second].kind
            or first in held.used
            or second in held.used
        ):
            continue
        if between.text == "from" and first and held.pieces[first - 1].says(*SET):
            # with stride 2 from 224
            continue
        noun = _near(held, first, second)
        a, b = held.pieces[first], held.pieces[second]
        if (a.kind == "size" and b.kind == "size") or noun in ("input", "output", "width", "height", "output_size"):
            slots = ("input", "output")
        elif a.kind == "size":
            channels = noun in ("channels", "out_channels", "filter")
            slots = ("input", "out_features" if held.linear else "out_channels" if channels else "output")
        elif noun in ("channels", "in_channels", "out_channels", "filter"):
            slots = ("in_channels", "out_channels")
        elif held.linear or noun in ("out_features", "in_features"):
            slots = ("in_features", "out_features")
        elif between.text == "from" or any(p.says("stride", "padding", "kernel_size") for p in held.pieces[:first]):
            slots = ("input", "output")
        elif any(p.kind == "size" for i, p in enumerate(held.pieces) if i not in (first, second)):
            slots = ("in_channels", "out_channels")
        else:
            continue
        if between.text == "from":
            slots = (slots[1], slots[0])
        keep(held, slots[0], first)
        keep(held, slots[1], second)


def run(held: Attached) -> None:
    """`784 → 512 → 10`: the features between fully connected layers, where nothing else is named."""
    if any(one.kind == "call" or one.says("filter", "kernel_size", "channels") for one in held.pieces):
        return
    if not held.linear and any(one.kind == "kind" for one in held.pieces):
        return
    found: list[int] = []
    for index, piece in enumerate(held.pieces):
        linked = index > 1 and held.pieces[index - 1].kind == "arrow" and found and found[-1] == index - 2
        if piece.kind == "number" and (linked or len(found) < 3):
            found = [*found, index] if linked else [index]
    if len(found) > 2:
        held.run = tuple(held.pieces[index].values[0] for index in found)
        held.used.update(found)


def _number(held: Attached, index: int, step: int) -> int | None:
    while 0 <= index < len(held.pieces):
        if held.pieces[index].kind in ("number", "size"):
            return index
        if held.pieces[index].kind != "filler":
            return None
        index += step
    return None


def _near(held: Attached, first: int, second: int) -> str:
    for index in (second + 1, second + 2, first - 1, first - 2, first - 3):
        if 0 <= index < len(held.pieces) and held.pieces[index].kind in ("field", "asked"):
            return held.pieces[index].word
        if 0 <= index < len(held.pieces) and held.pieces[index].kind == "stop" and index > second:
            continue
    return ""
