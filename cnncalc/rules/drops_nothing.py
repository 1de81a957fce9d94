"""A dropout that drops nothing."""

from collections.abc import Iterator

from cnncalc.kinds._contract import Role
from cnncalc.language import _
from cnncalc.rules._contract import Breach, Rule, removal
from cnncalc.rules._design import Design


class DropsNothing(Rule):
    """A dropout with p = 0 does nothing, in training or behind it.

    It is often left over from an experiment. A layer that does nothing makes a network longer to read. Where
    other layers of its kind drop something, 0 is the first of a schedule, as in stochastic depth.
    """

    severity = "advice"
    fixable = True
    bad = """
        input: 128
        layers:
        - linear: {out_features: 64}
        - relu
        - dropout: {p: 0}
        - linear: {out_features: 10}
        """
    good = """
        input: 128
        layers:
        - linear: {out_features: 64}
        - relu
        - dropout: {p: 0.2}
        - linear: {out_features: 10}
        """

    layer: str

    @classmethod
    def find(cls, design: Design) -> Iterator[Breach]:
        dropping = [node for node in design.of(Role.REGULARISATION) if node.kind is not None]
        scheduled = {node.kind.name for node in dropping if node.kind is not None and node.kind.drops()}
        for node in dropping:
            if node.kind is not None and node.kind.drops() == 0 and node.kind.name not in scheduled:
                yield Breach(cls(node.name), node, edit=removal(design, node))

    def message(self) -> str:
        return _("{layer} drops nothing: its p is 0").format(layer=self.layer)

    def about(self) -> str:
        return "p"

    def hints(self) -> tuple[str, ...]:
        return (_("leave it out, or give the share that is to be dropped"),)
