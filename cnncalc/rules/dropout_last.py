"""Dropout behind the last weights."""

from collections.abc import Iterator

from cnncalc.kinds._contract import Role
from cnncalc.language import _
from cnncalc.rules._contract import Breach, Rule
from cnncalc.rules._design import Design


class DropoutLast(Rule):
    """Dropout stands behind the last layer with weights, so that it drops outputs of the network.

    While training, answers are set to 0 at random, right ones too, and the loss punishes the network for it. There is
    no layer behind it that could learn to do with fewer values, which is what dropout is for.
    """

    severity = "warning"
    bad = """
        input: 128
        layers:
        - linear: {out_features: 64}
        - relu
        - linear: {out_features: 10}
        - dropout: {p: 0.5}
        """
    good = """
        input: 128
        layers:
        - linear: {out_features: 64}
        - relu
        - dropout: {p: 0.5}
        - linear: {out_features: 10}
        """

    share: float

    @classmethod
    def find(cls, design: Design) -> Iterator[Breach]:
        weighted = any(node.weighs for node in design)
        for node in design.of(Role.REGULARISATION) if weighted else ():
            share = None if node.kind is None else node.kind.drops()
            # What is merged behind it with values that were not dropped leaves the network whole.
            if share and node.index not in design.before_weights and node.index not in design.before_merges:
                yield Breach(cls(share), node)

    def message(self) -> str:
        return _("{percent:g} % of the network's own outputs are dropped while training").format(
            percent=100 * self.share
        )

    def caret(self) -> str:
        return _("no weights behind it")

    def hints(self) -> tuple[str, ...]:
        return (_("put it in front of the last layer with weights"),)
