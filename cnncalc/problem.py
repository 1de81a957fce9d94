"""Problems as values: what is wrong, with the numbers in it, and a finding that ties it to a place and a layer.

A problem's code is a stable word made of its class's name (`InFeaturesMismatch` is `in-features-mismatch`); its
docstring is the manual that `cnncalc rules CODE` prints. Subclasses live in the file of whoever can meet the problem.
"""

from __future__ import annotations

import re
from abc import ABC, abstractmethod
from collections.abc import Callable, Mapping, Sequence
from typing import Any, ClassVar, Literal

from cnncalc.language import _
from cnncalc.record import Record
from cnncalc.source import Edit, Place, Source

MOST_NAMED = 3

Severity = Literal["error", "warning", "advice", "note"]


class Problem(Record, ABC):
    """What is wrong, as fields; the sentences are made from the fields."""

    severity: ClassVar[Severity] = "error"
    other_sizes: ClassVar[bool] = True
    """Whether a layer that is refused so would do what is meant with another size of what arrives."""

    @classmethod
    def code(cls) -> str:
        """The stable word for this kind of problem."""
        return re.sub(r"(?<!^)(?=[A-Z])", "-", cls.__name__).lower()

    @classmethod
    def manual(cls) -> str:
        """The docstring of the problem, which it may share with those it is derived from, but not with all problems."""
        from inspect import cleandoc

        own = (one.__doc__ for one in cls.__mro__ if one is not Problem and issubclass(one, Problem))
        text = next(filter(None, own), None)
        return _("Python leaves the manuals out when it is started with -OO.") if text is None else _(cleandoc(text))

    @abstractmethod
    def message(self) -> str:
        """One line that is enough for a log: what was written and what is true, both as numbers."""

    def caret(self) -> str:
        """A few words for the line under the source line, behind the ^^^; may be empty."""
        return ""

    def hints(self) -> tuple[str, ...]:
        """What to do about it, one sentence each."""
        return ()

    def subject(self) -> str:
        """What tells it from another problem of its kind on the same layer, whatever its numbers are today."""
        return self.message()

    def amount(self) -> int:
        """How bad it is, in a number that grows; 0 when there is nothing to compare."""
        return 0

    def about(self) -> str | tuple[str, int] | None:
        """Which part of a layer is meant: a field's name, (field, index), or None for the layer itself."""
        return None


class Refused(Exception):  # an answer of a shape rule, no fault of the program
    """Raised by a kind that cannot take its input; carries the problem."""

    def __init__(self, problem: Problem) -> None:
        super().__init__(problem.message())
        self.problem = problem


Report = Callable[[Problem, Place | None], None]
"""What takes problems as they are met, each with its place."""


class Mark(Record):
    """A second place that belongs to a finding, with the words that stand under it."""

    place: Place
    text: str


class Finding(Record):
    """A problem found: with its place, its layer, and what was computed for this very network.

    `facts` are labelled lines (`shapes` → `1×28×28 → 6×24×24`), `help` whole sentences (a line feed inside starts an
    indented continuation). Both come in addition to the problem's own hints. `edits` are the changes of the source that
    mend it, where there is one way only and it is safe. `graded` is another severity than the problem's own.
    """

    problem: Problem
    source: Source | None = None
    place: Place | None = None
    layer: str | None = None
    marks: tuple[Mark, ...] = ()
    facts: tuple[tuple[str, str], ...] = ()
    help: tuple[str, ...] = ()
    edits: tuple[Edit, ...] = ()
    graded: Severity | None = None
    variants: tuple[str, ...] = ()
    """The networks of a family in which it was found; none where it holds for all of them."""

    @property
    def code(self) -> str:
        """The problem's stable word."""
        return self.problem.code()

    @property
    def severity(self) -> Severity:
        """`error`, `warning`, `advice` or `note`."""
        return self.graded or self.problem.severity

    def said(self) -> str:
        """The problem in one line, and in which networks of a family it was found."""
        message = self.problem.message()
        if not self.variants:
            return message
        return _("{message} ({variants})").format(message=message, variants=some(self.variants))

    def all_help(self) -> tuple[str, ...]:
        """The problem's own hints, then the computed ones."""
        return self.problem.hints() + self.help

    def to_dict(self) -> dict[str, Any]:
        """The finding as it stands in every JSON document."""
        place: Mapping[str, int | None] = (
            {"line": None, "column": None, "end_line": None, "end_column": None}
            if self.place is None
            else self.place._asdict()
        )
        return {
            "code": self.code,
            "severity": self.severity,
            "message": self.problem.message(),
            "hint": "\n".join(self.all_help()) or None,
            "file": None if self.source is None else self.source.name,
            **place,
            "layer": self.layer,
            "related": [{**mark.place._asdict(), "message": mark.text} for mark in self.marks],
        }


def some(names: Sequence[str]) -> str:
    """The names, the first few of many: `vgg11, vgg13, vgg16 and 5 more`."""
    if len(names) <= MOST_NAMED + 1:
        return _(", ").join(names)
    return _("{names} and {count} more").format(names=_(", ").join(names[:MOST_NAMED]), count=len(names) - MOST_NAMED)


def in_order(finding: Finding) -> tuple[int, ...]:
    """The order in which findings are shown: as they stand in the file, those without a place first."""
    return tuple(finding.place or (0, 0, 0, 0))
