"""From the pieces of a question to their places in it, where a problem points."""

from __future__ import annotations

from cnncalc.problem import Finding, Problem
from cnncalc.source import Place, Source
from cnncalc.teach.ask.wording import Piece


class Pointing:
    """From pieces to places in the source."""

    def __init__(self, source: Source) -> None:
        self.source = source

    def at(self, problem: Problem, *found: Piece) -> Finding:
        """The problem at these pieces."""
        if not found:
            return Finding(problem, self.source, self._place(0, max(len(self.source.text.rstrip()), 1)))
        return Finding(problem, self.source, self._place(found[0].start, found[-1].end))

    def within(self, problem: Problem, start: int, end: int) -> Finding:
        """The problem at these signs."""
        return Finding(problem, self.source, self._place(start, end))

    def _place(self, start: int, end: int) -> Place:
        before = self.source.text[:start].splitlines() or [""]
        if self.source.text[:start].endswith(("\n", "\r")):
            before.append("")
        line, column = len(before), len(before[-1]) + 1
        inside = self.source.text[start:end].splitlines() or [""]
        return Place(line, column, line, column + max(len(inside[0]), 1))


def point(source: Source, problem: Problem) -> Finding:
    """The problem at the whole question."""
    return Pointing(source).at(problem)
