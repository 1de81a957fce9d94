"""A layer as code writes it, `Conv2d(3, 64, kernel_size=3)` -> the kind and its values."""

from __future__ import annotations

import ast
from functools import cache
from typing import Any

from cnncalc.kinds import every
from cnncalc.kinds._contract import Kind
from cnncalc.spec.fields import ACTIVATION, SHORT_FIELDS, SILENT


@cache
def _called() -> dict[str, tuple[type[Kind], tuple[str, ...]]]:
    found = {}
    for kind in every():
        for name, order in kind.called.items():
            rank = next((int(sign) for sign in name if sign in "123"), kind.rank)
            if kind.rank == rank or not kind.rank:
                found[name] = (kind, order)
    return found


def known(name: str) -> bool:
    """Whether a layer is called so."""
    return name in _called()


def read(name: str, arguments: str) -> tuple[type[Kind], dict[str, Any], tuple[int, ...] | None] | None:
    """The kind, the values of its fields, and the input's shape (channels last) if it is given; None if unreadable."""
    kind, order = _called()[name]
    try:
        tree = ast.parse(f"f({arguments})", mode="eval").body
        assert isinstance(tree, ast.Call)  # noqa: S101
        given = [ast.literal_eval(one) for one in tree.args]
        named = {
            one.arg: ast.literal_eval(one.value)
            for one in tree.keywords
            if one.arg and one.arg not in (*SILENT, ACTIVATION)
        }
    except (SyntaxError, ValueError, AssertionError, MemoryError, RecursionError, TypeError):
        return None
    if len(given) > len(order):
        return None
    shape = named.pop("input_shape", None)
    values: dict[str, Any] = {}
    for field, value in [*zip(order, given, strict=False), *named.items()]:
        own = field if field in kind.model_fields else kind.foreign_fields.get(field) or SHORT_FIELDS.get(field, "")
        if own not in kind.model_fields or own in values:
            return None
        values[own] = list(value) if isinstance(value, tuple) else value.lower() if isinstance(value, str) else value
    if shape is not None and not (isinstance(shape, tuple) and all(type(side) is int and side > 0 for side in shape)):
        return None
    return kind, values, shape
