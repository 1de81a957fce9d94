"""The shipped networks, each in a few numbers."""

from __future__ import annotations

from cnncalc.engine.walk import analyze
from cnncalc.record import Record
from cnncalc.result import Quantity
from cnncalc.shape import Shape
from cnncalc.spec import shipped
from cnncalc.spec.load import load


class Listed(Record):
    """A shipped network: what it is, and its totals."""

    name: str
    about: tuple[tuple[str, str], ...]
    inputs: tuple[tuple[str, Shape], ...]
    parameters: Quantity
    macs: Quantity
    receptive_field: tuple[int, ...] | None


def listed(names: list[str]) -> list[Listed]:
    """The networks of these names, in their order."""
    return list(map(_one, names))


def _one(name: str) -> Listed:
    result = analyze(load(shipped.find(name) or name))
    totals = result.totals
    return Listed(name, result.about, result.inputs, totals["parameters"], totals["macs"], result.receptive_field)
