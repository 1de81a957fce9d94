"""What every format says of a finding, harmless and without a layout."""

from __future__ import annotations

from cnncalc.harmless import harmless
from cnncalc.language import _
from cnncalc.problem import Finding


def message(finding: Finding) -> str:
    """The finding in one line, and in which networks of a family it was found."""
    return harmless(finding.said())


def in_full(finding: Finding) -> str:
    """The finding in one line, and what to do about it in a line each."""
    return "\n".join([message(finding), *(f"{_('help')}: {line}" for line in remedies(finding))])


def remedies(finding: Finding) -> list[str]:
    """What to do about it; what continues a line is indented."""
    lines = [text.split("\n") for text in finding.all_help()]
    return ["\n  ".join(map(harmless, parts)) for parts in lines]
