"""One layer of a question: its kind, its input, the values of its fields; open readings side by side."""

from __future__ import annotations

from collections.abc import Sequence
from math import prod
from typing import Any

from cnncalc.kinds import find
from cnncalc.kinds._contract import Kind, Role
from cnncalc.problem import Finding
from cnncalc.record import Record
from cnncalc.shape import Shape
from cnncalc.shape import text as shape_text
from cnncalc.teach.ask.attached import Attached
from cnncalc.teach.ask.biases import of_bias
from cnncalc.teach.ask.problems import NotRead, NumberNotRead, SaidTwice
from cnncalc.teach.ask.wording import Piece

SMALL = (1, 2, 3, 4)
"""Numbers of channels that pictures have, which tell channels from sides."""


class Said(Record):
    """A layer as a question says it.

    `inputs` are the shapes that its input may have (channels first; without channels where none are said), `open` the
    fields with several values, `output` the sizes that are said to come out, `assumed` what was taken for granted.
    """

    kind: type[Kind]
    inputs: tuple[Shape, ...]
    channels: int | None
    fields: dict[str, Any]
    open: dict[str, tuple[Any, ...]]
    output: Shape | None
    batch: int | None
    keeps: bool
    assumed: dict[str, Any]


def said(segment: Sequence[Piece], attached: Attached, name: str, call: Any) -> Said:
    """The layer that a segment describes.

    Raises:
        NotRead: something is said twice, with different values.
    """
    kind = find(name)
    assert kind is not None  # noqa: S101
    fields: dict[str, Any] = {}
    open_: dict[str, tuple[Any, ...]] = {}
    assumed: dict[str, Any] = {}
    shape: Shape | None = None
    if call is not None:
        fields.update(call[1])
        shape = None if call[2] is None else tuple(call[2])
    values = {slot: _one(slot, found) for slot, found in attached.values.items() if slot not in attached.several}
    linear = Role.LINEAR in kind.roles
    if "both_channels" in values and "out_channels" in kind.model_fields:
        values["in_channels"] = values["out_channels"] = values.pop("both_channels")
    counted = values.pop("in_channels", values.pop("channels", None))
    channels: int | None = counted[0] if counted else fields.pop("in_channels", None)
    kernel = values.pop("kernel_size", None)
    if kernel is not None and kind.rank and len(kernel) == kind.rank + 1:
        kernel, depth = _kernel(kernel)
        channels = _same("in_channels", channels, depth)
    if kernel is not None and len(kernel) == 4 and kind.rank == 2:
        kernel, depth = kernel[2:], kernel[1]
        channels = _same("in_channels", channels, depth)
    arriving = values.pop("input", shape)
    batch = values.pop("batch", (None,))[0]
    height, width = values.pop("height", None), values.pop("width", None)
    if height is not None or width is not None:
        arriving = (
            *(height or width or ()),
            *(width or height or ()),
            *((arriving[0],) if arriving and len(arriving) == 1 else ()),
        )
    if arriving is not None and len(arriving) == kind.rank + 2 and kind.rank:
        batch, arriving = arriving[0], arriving[1:]
    colours = _colours(segment)
    if channels is None and colours and not (arriving is not None and len(arriving) > max(kind.rank, 2)):
        channels = colours
    output = values.pop("output", None)
    if linear:
        _connected(values, fields, arriving, channels, output)
    elif "out_features" in values and "out_channels" in kind.model_fields:
        values.setdefault("out_channels", values.pop("out_features"))
    for slot in ("out_channels", "groups"):
        if slot in values and slot in kind.model_fields:
            fields[slot] = values.pop(slot)[0]
    if kernel is not None:
        values["kernel_size"] = kernel
    for slot in ("kernel_size", "stride", "padding", "dilation", "output_padding"):
        if slot in values and slot in kind.model_fields:
            value = values.pop(slot)
            fields[slot] = value[0] if len(set(value)) == 1 else list(value)
    for slot, several in attached.several.items():
        if slot in kind.model_fields:
            open_[slot] = tuple(one[0] if len(one) == 1 else list(one) for one in dict.fromkeys(several))
    _words(segment, kind, fields, open_, channels if channels is not None else _depth(arriving), assumed)
    # What the kind has no place for is not dropped.
    unplaced = [*values.values(), *(attached.several[slot][0] for slot in attached.several if slot not in open_)]
    if unplaced:
        raise NotRead(*(Finding(NumberNotRead(shape_text(one))) for one in unplaced))
    inputs = _inputs(kind, arriving, channels) if not linear else ()
    if output is not None and "output_size" in kind.model_fields:
        fields.setdefault("output_size", output[0] if len(set(output)) == 1 else list(output))
    keeps = any(one.says("keep") for one in segment)
    if keeps and not inputs and output is not None and not linear:
        # 输出保持28不变: what comes in is as large.
        inputs = _inputs(kind, output, channels)
    if linear:
        inputs = ((fields.pop("in_features"),),) if "in_features" in fields else ()
        channels = None
    return Said(kind, inputs, channels, fields, open_, _output(output, kind, fields), batch, keeps, assumed)


def _one(slot: str, found: list[tuple[int, ...]]) -> tuple[int, ...]:
    different = list(dict.fromkeys(found))
    if slot in ("input", "kernel_size", "stride") and len(different) == 2:
        # 输入7*7 n=7: a side that was said before.
        first, second = sorted(different, key=len)
        if len(first) == 1 and set(second[:2]) == set(first):
            return second
    if len(different) > 1:
        raise NotRead(Finding(SaidTwice(slot, shape_text(different[0]), shape_text(different[1]))))
    return different[0]


def _same(slot: str, first: int | None, second: int) -> int:
    if first is not None and first != second:
        raise NotRead(Finding(SaidTwice(slot, str(first), str(second))))
    return second


def _kernel(sides: tuple[int, ...]) -> tuple[tuple[int, ...], int]:
    """The sides of a kernel that is said with its depth, and the depth."""
    if len(set(sides[1:])) == 1 and sides[0] != sides[1]:
        return sides[1:], sides[0]
    return sides[:-1], sides[-1]


def _colours(segment: Sequence[Piece]) -> int | None:
    if any(one.says("grey") for one in segment):
        return 1
    return 3 if any(one.says("colour") for one in segment) else None


def _depth(shape: Shape | None) -> int | None:
    if shape is None or len(shape) != 3:
        return None
    return _readings(shape)[0][0]


def _readings(shape: Shape) -> list[Shape]:
    """Channels first: the ways to read three numbers of which one counts channels."""
    first, last = shape, (shape[-1], *shape[:-1])
    if first == last or shape[1] == shape[2] != shape[0]:
        return [first]
    if shape[0] == shape[1]:
        return [last]
    if (shape[-1] in SMALL) != (shape[0] in SMALL):
        return [last] if shape[-1] in SMALL else [first]
    return [first, last]


def _inputs(kind: type[Kind], arriving: Shape | None, channels: int | None) -> tuple[Shape, ...]:
    if arriving is None:
        return ()
    rank = kind.rank or 2
    if len(arriving) == 1 and rank > 1:
        arriving = arriving * rank
    if len(arriving) == rank + 1 and rank == 2:
        readings = _readings(arriving)
        known = [one for one in readings if channels in (None, one[0])]
        if channels is not None and not known:
            raise NotRead(Finding(SaidTwice("in_channels", str(readings[0][0]), str(channels))))
        return tuple(known)
    if len(arriving) == rank and channels is not None:
        return ((channels, *arriving),)
    return (arriving,)


def _connected(
    values: dict[str, tuple[int, ...]],
    fields: dict[str, Any],
    arriving: Shape | None,
    channels: int | None,
    output: Shape | None,
) -> None:
    """The features of a fully connected layer: of a picture, all its values."""
    if "features" in values:
        pair = values.pop("features")
        fields.setdefault("in_features", pair[0])
        fields.setdefault("out_features", pair[1])
    if "in_features" in values:
        fields["in_features"] = _same("in_features", fields.get("in_features"), prod(values.pop("in_features")))
    if arriving is not None:
        whole = prod(arriving) * ((channels or 1) if len(arriving) < 3 else 1)
        fields["in_features"] = _same("in_features", fields.get("in_features"), whole)
    for slot in ("out_features", "out_channels"):
        if slot in values:
            fields["out_features"] = _same("out_features", fields.get("out_features"), values.pop(slot)[0])
    if output is not None:
        fields["out_features"] = _same("out_features", fields.get("out_features"), prod(output))


def _output(output: Shape | None, kind: type[Kind], fields: dict[str, Any]) -> Shape | None:
    if output is None or not kind.rank:
        return None
    if len(output) == 1:
        return output * kind.rank
    if len(output) == kind.rank + 1:
        first = _readings(output)[0]
        if "out_channels" in kind.model_fields:
            fields.setdefault("out_channels", first[0])
        return first[1:]
    return output if len(output) == kind.rank else None


def _words(
    segment: Sequence[Piece],
    kind: type[Kind],
    fields: dict[str, Any],
    open_: dict[str, tuple[Any, ...]],
    channels: int | None,
    assumed: dict[str, Any],
) -> None:
    """What words without numbers say: bias, same, valid, depthwise, one filter."""
    known = kind.model_fields
    for at, one in enumerate(segment):
        front = [p for p in segment[max(at - 4, 0) : at] if p.kind != "filler"]
        behind = [p for p in segment[at + 1 : at + 4] if p.kind != "filler"]
        if one.says("bias") and "bias" in known:
            of_bias(segment, at, fields, open_)
        elif one.says("both") and behind and behind[0].says("padding") and "padding" in known:
            side = fields.pop("padding", None)
            open_["padding"] = (0, 1 if side is None else side)
        elif one.says("same") and "padding" in known and "padding" not in fields:
            if one.text != "same" or _beside(front, behind) or not any(p.says("size", "input") for p in behind):
                fields["padding"] = "same"
        elif one.says("valid", "no_padding") and "padding" in known:
            if fields.get("padding", 0) != 0:
                open_["padding"] = (fields.pop("padding"), 0)
            elif "padding" not in open_:
                fields["padding"] = 0
        elif one.says("padding") and "padding" in known and "padding" not in fields and front and front[-1].says("no"):
            fields["padding"] = 0
        elif one.says("full_padding") and isinstance(fields.get("kernel_size"), int) and "padding" in known:
            fields["padding"] = fields["kernel_size"] - 1
        elif one.says("ceil") and "ceil_mode" in known:
            fields["ceil_mode"] = True
        elif one.says("pointwise") and "kernel_size" in known:
            fields.setdefault("kernel_size", 1)
        elif one.says("one_filter") and "out_channels" in known:
            fields.setdefault("out_channels", 1)
        elif one.says("depthwise") and "groups" in known and channels is not None:
            fields.setdefault("groups", channels)
            fields.setdefault("out_channels", channels)
            if any("separable" in p.text or "可分离" in p.text for p in segment):
                assumed["part"] = "depthwise"
    if "out_channels" in known and "out_channels" not in fields and _one_filter(segment):
        fields["out_channels"] = 1


def _one_filter(segment: Sequence[Piece]) -> bool:
    """`a 3×3×3 kernel`, `one 5×5 filter`: an article in front of a single kernel."""
    for at, one in enumerate(segment):
        if one.says("filter") and not one.text.endswith("s"):
            before = [p.text for p in segment[max(at - 3, 0) : at]]
            if "one" in before or "single" in before:
                return True
    return False


def _beside(front: list[Piece], behind: list[Piece]) -> bool:
    return any(p.says("padding") or p.kind == "kind" for p in (*front[-2:], *behind[:1]))
