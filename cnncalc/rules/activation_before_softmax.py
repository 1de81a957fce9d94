"""An activation that cuts the scores off before softmax compares them."""

from collections.abc import Iterator

from cnncalc.kinds._contract import Role
from cnncalc.language import _
from cnncalc.rules._contract import Breach, Rule, second_place
from cnncalc.rules._design import Design, through


class ActivationBeforeSoftmax(Rule):
    """An activation stands directly in front of the layer that turns scores into probabilities.

    Softmax compares scores by their differences. ReLU makes all negative ones equal, tanh and sigmoid hold all within
    2 or 1 of each other: with sigmoid in front, one class of 10 cannot get above e/(e + 9), which is 23 %. The last
    layer with weights feeds softmax as it is.
    """

    severity = "warning"
    bad = """
        input: 128
        layers:
        - linear: {out_features: 10}
        - relu
        - softmax
        """
    good = """
        input: 128
        layers:
        - linear: {out_features: 10}
        - softmax
        """

    activation: str
    probabilities: str

    @classmethod
    def find(cls, design: Design) -> Iterator[Breach]:
        for node in design.of(Role.NONLINEARITY):
            above = through(node.source) if node.shares else None
            if above is not None and above.has(Role.NONLINEARITY) and not above.shares:
                yield Breach(cls(above.name, node.name), above, second_place(node, _("compares the scores")))

    def message(self) -> str:
        return _("{activation} bends the scores before {probabilities} compares them").format(
            activation=self.activation, probabilities=self.probabilities
        )

    def hints(self) -> tuple[str, ...]:
        return (_("leave {activation} out").format(activation=self.activation),)
