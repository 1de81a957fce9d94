"""The list of the shipped networks."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from cnncalc.analysis.listing import Listed
from cnncalc.document import Column, Document, Fact, Facts, Table, Text, plain
from cnncalc.language import _
from cnncalc.shape import text
from cnncalc.views.numbers import Units, quantity


def specs(found: Sequence[Listed], units: Units = "exact") -> Document:
    """One line for each: name, year, input, parameters, MACs, receptive field."""
    columns = (
        Column("name", _("name")),
        Column("year", _("year"), "right", drop=1, gap=2),
        Column("input", _("input"), drop=2, gap=2),
        Column("parameters", _("parameters"), "right", gap=2),
        Column("macs", _("MACs"), "right", gap=2),
        Column("receptive_field", "RF", shorten=0, gap=2),
    )
    rows = tuple(
        (
            Text(one.name),
            Text(dict(one.about).get("year", "")),
            Text(text(one.inputs[0][1]) if one.inputs else "?"),
            quantity(one.parameters, units),
            quantity(one.macs, units),
            Text(_("all")) if one.sees_all else _field(one.receptive_field),
        )
        for one in found
    )
    seen = Fact("RF", plain(_("receptive field of the last windowed layer; all: it sees the whole input")))
    use = Fact(_("use"), plain("cnncalc summary NAME"))
    show = Fact(_("read"), plain("cnncalc specs show NAME"))
    return Document((Table(columns, rows), Facts((seen, use, show))))


def _field(sides: tuple[int, ...] | None) -> Text:
    """The sides of a field, one where all are alike; nothing where there is none."""
    if not sides:
        return Text("")
    if len(set(sides)) == 1:
        return Text(str(sides[0]))
    return Text("×".join(map(str, sides)), (f"{sides[0]}×…",))


def as_list(found: Sequence[Listed]) -> list[dict[str, Any]]:
    """The same as mappings, for JSON and CSV."""
    return [
        {
            "name": one.name,
            "family": dict(one.about).get("family"),
            "year": _year(dict(one.about).get("year")),
            "source": dict(one.about).get("source"),
            "inputs": [list(shape) for _name, shape in one.inputs],
            "parameters": one.parameters.value,
            "macs": one.macs.value,
        }
        for one in found
    ]


def _year(written: str | None) -> int | None:
    return int(written) if written is not None and written.isdigit() else None
