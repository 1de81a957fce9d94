"""Probabilities that are made into probabilities again."""

from __future__ import annotations

from collections.abc import Iterator

from cnncalc.kinds._contract import Role
from cnncalc.language import _
from cnncalc.rules._contract import Breach, Rule, removal, second_place
from cnncalc.rules._design import Design, Node, through
from cnncalc.shape import elements


class SoftmaxTwice(Rule):
    """Softmax is applied to the outputs of a softmax.

    The inputs of the second one lie between 0 and 1, so that of n classes none can get above e/(e + n − 1): 23 % of 10
    classes, 0.3 % of 1000. The network learns slowly, and is never sure.
    """

    severity = "error"
    fixable = True
    bad = """
        input: 128
        layers:
        - linear: {out_features: 10}
        - softmax
        - softmax
        """
    good = """
        input: 128
        layers:
        - linear: {out_features: 10}
        - softmax
        """

    first: str
    values: int

    @classmethod
    def find(cls, design: Design) -> Iterator[Breach]:
        for node in design.of(Role.NONLINEARITY):
            first = through(node.source) if node.shares else None
            if node.kind is None or first is None or first.kind is None or not _over_the_same(first, node):
                continue
            edit = removal(design, node) if first.kind == node.kind else None
            values = node.kind.together((node.arriving,))
            yield Breach(cls(first.name, values), node, second_place(first, _("probabilities already")), edit)

    def message(self) -> str:
        return _(
            "the outputs of {first} sum to 1 already; a second time, none of {values} can get above {most} %"
        ).format(first=self.first, values=self.values, most=_percent(self.values))

    def hints(self) -> tuple[str, ...]:
        return (_("leave one of the two out"),)


def _over_the_same(first: Node, node: Node) -> bool:
    """Whether the values that sum to 1 already are those that are compared again; their logarithms may be."""
    if first.kind is None or node.kind is None or first.kind.probabilities != "together":
        return False
    whole = elements(node.arriving)
    if first.kind.together((first.arriving,)) == node.kind.together((node.arriving,)) == whole:
        return True
    at = node.source
    while at is not None and at is not first:
        if at.has(Role.SHAPE):
            return False
        at = at.source
    return first.window == node.window


def _percent(values: int) -> str:
    """e/(e + n − 1), in percent with one decimal."""
    from math import e

    return f"{100 * e / (e + values - 1):.1f}"
