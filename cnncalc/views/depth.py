"""The layers of a network folded by block: `layer2.0.conv2d_1` belongs to `layer2`, and deeper to `layer2.0`."""

from __future__ import annotations

from collections.abc import Sequence
from itertools import groupby
from typing import Any

from cnncalc.record import changed
from cnncalc.result import COUNTS, LayerResult, Result
from cnncalc.views.rows import bare


def folded(result: Result, depth: int) -> Result:
    """The result with a row for each block at that depth, its counts added up; other layers as they are."""
    own = {layer.name: layer.name for layer in result.layers}
    rows = {layer.name: ".".join(layer.name.split(".")[:depth]) for layer in result.layers}
    parts = [list(group) for _row, group in groupby(result.layers, key=lambda layer: rows[layer.name])]
    layers = [_block(rows[part[0].name], part) if rows[part[0].name] != part[0].name else part[0] for part in parts]
    named = [
        layer._replace(inputs=tuple(dict.fromkeys(_row(name, rows, own) for name in layer.inputs))) for layer in layers
    ]
    outputs = tuple((_row(name, rows, own), shape) for name, shape in result.outputs)
    return changed(result, layers=tuple(named), outputs=outputs)


def _row(name: str, rows: dict[str, str], own: dict[str, str]) -> str:
    """The row that holds what a layer takes."""
    source = bare(name, own)
    row = rows.get(source)
    return name if row is None or row == source else row


def _block(name: str, layers: Sequence[LayerResult]) -> LayerResult:
    """The layers of a block as one row."""
    inside = {layer.name: layer.name for layer in layers}
    outside = dict.fromkeys(one for layer in layers for one in layer.inputs if bare(one, inside) not in inside)
    first, last = layers[0], layers[-1]
    counts: dict[str, Any] = {}
    for count in COUNTS:
        values = [getattr(layer, count) for layer in layers]
        counts[count] = None if None in values else sum(values)
    return first._replace(
        name=name,
        kind="block",
        inputs=tuple(outside),
        output_shapes=last.output_shapes,
        receptive_field=last.receptive_field,
        jump=last.jump,
        sees_all=last.sees_all,
        status="complete" if all(layer.status == "complete" for layer in layers) else "unknown",
        roles=frozenset().union(*(layer.roles for layer in layers)),
        elementwise=False,
        geometry=None,
        connect=None,
        **counts,
    )
