"""The manuals of codes: all of them in a line each, or one as a page."""

from __future__ import annotations

from collections.abc import Sequence

from cnncalc.catalogue import Manual
from cnncalc.document import Document, Fact, Facts, Heading, Paragraph, bold, plain
from cnncalc.language import _
from cnncalc.render.cells import flowing


def listing(manuals: Sequence[Manual]) -> Document:
    """Each code with the first sentence of its manual."""
    facts = tuple(Fact(manual.code, plain(flowing(manual.text.split("\n\n")[0]))) for manual in manuals)
    return Document((Facts(facts), Paragraph(plain(_("`cnncalc rules CODE` says more.")))))


def manual(found: Manual) -> Document:
    """One code's page."""
    paragraphs = tuple(
        Paragraph(plain(part if part.startswith(" ") else flowing(part))) for part in found.text.split("\n\n")
    )
    return Document((Heading(bold(found.code), found.severity), *paragraphs))
