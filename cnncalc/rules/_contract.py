"""What a design rule is: a problem with a severity, a function that finds it, and a bad and a good example.

The docstring is the manual: what is wrong with such a design, and why it matters. `bad` and `good` are whole specs; in
the bad one the rule finds exactly one place, in the good one none. They are tests and stand on the rule's page.
"""

from __future__ import annotations

from abc import abstractmethod
from collections.abc import Iterator
from inspect import cleandoc
from typing import Any, ClassVar, NamedTuple

from cnncalc.problem import Mark, Problem
from cnncalc.rules._design import Design, Node
from cnncalc.source import Edit, Place
from cnncalc.spec.edit import without


class Breach(NamedTuple):
    """A rule that a layer breaks. Without a layer it is the network, and `place` says where that is written."""

    rule: Rule
    node: Node | None
    marks: tuple[Mark, ...] = ()
    edit: Edit | None = None
    """The one safe change that mends it."""
    place: Place | None = None


class Rule(Problem):
    """A design rule.

    Class attributes:
        on: whether it is asked when nothing is selected.
        fixable: whether it may come with a change of the source that mends it.
        bad, good: a spec that breaks it at one place, and one that does not.
    """

    on: ClassVar[bool] = True
    fixable: ClassVar[bool] = False
    bad: ClassVar[str] = ""
    good: ClassVar[str] = ""

    def __init_subclass__(cls, **options: Any) -> None:
        super().__init_subclass__(**options)
        cls.bad, cls.good = (cleandoc(text) + "\n" for text in (cls.bad, cls.good))

    def subject(self) -> str:
        """Nothing more: on one layer a rule is broken once, and its sentence changes with its numbers."""
        return ""

    @classmethod
    @abstractmethod
    def find(cls, design: Design) -> Iterator[Breach]:
        """Every place in the design at which the rule is broken."""


def removal(design: Design, node: Node) -> Edit | None:
    """The edit that takes a layer out, so that the one above it feeds whoever it fed; None where that is not safe."""
    above = node.source
    if above is None or above.index != node.index - 1 or "from" in node.layer.fields:
        return None
    return without(design.written, node.layer, above.layer)


def alike(values: tuple[int, ...]) -> str:
    """One number for all axes where they agree, else one for each: `2`, `2×1`."""
    return str(values[0]) if len(set(values)) == 1 else "×".join(map(str, values))


def second_place(node: Node, text: str) -> tuple[Mark, ...]:
    """A second place: where this layer is written, with a few words; nothing when it has no place."""
    return () if node.layer.place is None else (Mark(node.layer.place, text),)
