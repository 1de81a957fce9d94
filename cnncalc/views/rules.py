"""The manuals of codes: all of them in a line each, or one as a page."""

from __future__ import annotations

from collections.abc import Sequence
from textwrap import indent

from cnncalc.catalogue import Manual
from cnncalc.document import Block, Document, Fact, Facts, Heading, Paragraph, bold, plain
from cnncalc.language import _
from cnncalc.render.cells import flowing


def listing(manuals: Sequence[Manual]) -> Document:
    """Each code with the first sentence of its manual; design rules by themselves, with their severity."""
    rules = [manual for manual in manuals if manual.bad]
    facts = [Fact(manual.code, plain(_first(manual))) for manual in manuals if not manual.bad]
    blocks: list[Block] = [Facts(tuple(facts))] if facts else []
    if rules:
        judged = [Fact(rule.code, plain(f"{_severity(rule)}: {_first(rule)}")) for rule in rules]
        blocks += [Heading(bold(_("Design rules"))), Facts(tuple(judged))]
    return Document((*blocks, Paragraph(plain(_("`cnncalc rules CODE` says more.")))))


def _first(manual: Manual) -> str:
    """The first paragraph of a manual."""
    return flowing(manual.text.split("\n\n")[0])


def _severity(rule: Manual) -> str:
    return rule.severity if rule.on else _("{severity}, on demand").format(severity=rule.severity)


def manual(found: Manual) -> Document:
    """One code's page; that of a design rule has an example that breaks it, and one that does not."""
    paragraphs = tuple(
        Paragraph(plain(part if part.startswith(" ") else flowing(part))) for part in found.text.split("\n\n")
    )
    heading = Heading(bold(found.code), _severity(found))
    if not found.bad:
        return Document((heading, *paragraphs))
    remarks = [_("`--fix` mends it where that is safe.")] if found.fixable else []
    if not found.on:
        remarks.append(_("It is asked on demand: `--select {code}`.").format(code=found.code))
    said = (Paragraph(plain(" ".join(remarks))),) if remarks else ()
    examples = (
        Paragraph(bold(_("Broken"))),
        Paragraph(plain(indent(found.bad.rstrip("\n"), "    "))),
        Paragraph(bold(_("Kept"))),
        Paragraph(plain(indent(found.good.rstrip("\n"), "    "))),
    )
    return Document((heading, *paragraphs, *said, *examples))
