"""The inputs of a spec: one shape, or a mapping from name to shape."""

from __future__ import annotations

from typing import Any

from cnncalc.harmless import harmless
from cnncalc.language import _
from cnncalc.problem import Report
from cnncalc.shape import Shape
from cnncalc.source import Place, key_place, value_place
from cnncalc.spec.describe import as_shape, describe
from cnncalc.spec.problems import ChannelsLast, NotAName, NotAShape, UnknownAxis
from cnncalc.spec.values import copied
from cnncalc.suggest import nearest

AXIS_NAMES = ({"channels", "length"}, {"channels", "height", "width"}, {"channels", "depth", "height", "width"})
"""The names of the axes of a shape that is written as a mapping; in this order they stand in the shape."""

ORDER = ("channels", "features", "depth", "height", "width", "length")
_LETTERS = {"C": "channels", "D": "depth", "H": "height", "W": "width", "L": "length", "通道": "channels"}
SOLE = "input"
"""What the input is called when there is only one."""


def read(
    spec: dict[str, Any], tree: dict[str, Any], report: Report
) -> tuple[tuple[tuple[str, Shape | None], ...], dict[str, Place]]:
    """Every input with its shape (None where it could not be read), and where the shapes are written."""
    written = _with_our_axes(spec.get("input"), report)
    if isinstance(written, dict) and not _is_shape(written):
        if not written:
            report(NotAShape(_("input"), describe(written)), value_place(tree, "input"))
            return ((SOLE, None),), {}
        named = {str(name): (shape, value_place(written, name)) for name, shape in written.items()}
        for name in named:
            if not name or ":" in name or len(name) > 256:
                report(NotAName(describe(name)), key_place(written, name))
    else:
        named = {SOLE: (written, value_place(tree, "input"))}
    inputs = tuple((name, _shape(name, value, place, report)) for name, (value, place) in named.items())
    return inputs, {name: place for name, (_value, place) in named.items() if place is not None}


def _with_our_axes(written: Any, report: Report) -> Any:
    """A shape whose axes have other names, with ours, which is reported; all else as it is."""
    if not isinstance(written, dict) or len(written) < 2 or any(type(side) is not int for side in written.values()):
        return written
    meant = {axis: _LETTERS.get(str(axis).upper()) or next(iter(nearest(str(axis), ORDER, 1)), "") for axis in written}
    others = [axis for axis, ours in meant.items() if axis != ours]
    if not others or set(meant.values()) not in AXIS_NAMES or len(set(meant.values())) < len(meant):
        return written
    shape = {ours: written[axis] for axis, ours in meant.items()}
    names = tuple(harmless(str(axis), 60) for axis in others)
    report(UnknownAxis(names, tuple(shape.items())), key_place(written, others[0]))
    return copied(written, shape)


def _is_shape(written: dict[str, Any]) -> bool:
    return bool(written) and set(written) <= set(ORDER) and all(type(side) is int for side in written.values())


def _shape(name: str, value: Any, place: Place | None, report: Report) -> Shape | None:
    shape = shape_of(value)
    if shape is None:
        what = _("input") if name == SOLE else _("input {name}").format(name=describe(name))
        report(NotAShape(what, describe(value)), place)
    elif looks_channels_last(shape):
        report(ChannelsLast(shape), place)
    return shape


def shape_of(value: Any) -> Shape | None:
    """The shape that is written as a list, a text, one number, or a mapping of named axes."""
    if not isinstance(value, dict):
        return as_shape(value)
    if set(value) not in (*AXIS_NAMES, {"features"}, {"channels"}):
        return None
    return as_shape([value[axis] for axis in ORDER if axis in value])


def looks_channels_last(shape: Shape) -> bool:
    """Whether a last axis of 1, 3 or 4 stands behind larger ones, as in 64×64×3; 512×1×1 is a map like any other."""
    return len(shape) >= 3 and shape[-1] in (1, 3, 4) and min(shape[:-1]) > shape[-1]
