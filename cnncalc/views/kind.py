"""A layer kind's page: its manual and its fields."""

from __future__ import annotations

from typing import Any

from pydantic_core import PydanticUndefined

from cnncalc.document import Column, Document, Heading, Paragraph, Row, Span, Table, Text, plain
from cnncalc.kinds._contract import Kind, Wanted
from cnncalc.language import _
from cnncalc.render.cells import flowing


def kind(found: type[Kind]) -> Document:
    """The manual of a kind, and a line for each of its fields."""
    heading = Heading((Span(found.name, "bold"),), ", ".join(sorted(found.roles)))
    paragraphs = tuple(
        Paragraph(plain(part if part.startswith(" ") else flowing(part))) for part in _(found.manual()).split("\n\n")
    )
    if not found.model_fields:
        return Document((heading, *paragraphs, Paragraph(plain(_("It has no fields.")))))
    columns = (
        Column("field", _("field")),
        Column("wanted", _("takes"), drop=0),
        Column("default", _("default"), drop=1),
        Column("meaning", _("what it is"), whole=True),
    )
    return Document((heading, *paragraphs, Table(columns, _rows(found))))


def _rows(found: type[Kind]) -> tuple[Row, ...]:
    return tuple(
        (
            Text(name),
            Text(next((str(item) for item in field.metadata if isinstance(item, Wanted)), "")),
            Text(_default(field.default)),
            Text(_(field.description) if field.description else ""),
        )
        for name, field in found.model_fields.items()
    )


def _default(default: Any) -> str:
    if default is PydanticUndefined:
        return _("needed")
    if isinstance(default, bool):
        return "true" if default else "false"
    return "–" if default is None else str(default)
