"""The list of the shipped networks."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from cnncalc.document import Column, Document, Fact, Facts, ShapeCell, Table, Text, plain
from cnncalc.language import _
from cnncalc.result import Result
from cnncalc.views.numbers import Units, quantity


def specs(results: Sequence[tuple[str, Result]], units: Units = "exact") -> Document:
    """One line for each: name, year, input, parameters, MACs."""
    columns = (
        Column("name", _("name")),
        Column("year", _("year"), "right", drop=0),
        Column("input", _("input"), "shape", drop=1),
        Column("parameters", _("parameters"), "right"),
        Column("macs", _("MACs"), "right"),
    )
    rows = tuple(
        (
            Text(name),
            Text(dict(result.about).get("year", "")),
            ShapeCell(result.inputs[0][1] if result.inputs else None),
            quantity(result.totals["parameters"], units),
            quantity(result.totals["macs"], units),
        )
        for name, result in results
    )
    use = Fact(_("use"), plain("cnncalc summary NAME"))
    show = Fact(_("read"), plain("cnncalc specs show NAME"))
    return Document((Table(columns, rows), Facts((use, show))))


def as_list(results: Sequence[tuple[str, Result]]) -> list[dict[str, Any]]:
    """The same as mappings, for JSON and CSV."""
    return [
        {
            "name": name,
            "family": dict(result.about).get("family"),
            "year": _year(dict(result.about).get("year")),
            "source": dict(result.about).get("source"),
            "inputs": [list(shape) for _name, shape in result.inputs],
            "parameters": result.totals["parameters"].value,
            "macs": result.totals["macs"].value,
        }
        for name, result in results
    ]


def _year(written: str | None) -> int | None:
    return int(written) if written is not None and written.isdigit() else None
