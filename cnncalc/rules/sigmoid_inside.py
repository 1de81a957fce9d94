"""A sigmoid between layers with weights."""

from collections.abc import Iterator

from cnncalc.kinds._contract import Role
from cnncalc.language import _
from cnncalc.rules._contract import Breach, Rule
from cnncalc.rules._design import Design, takers


class SigmoidInside(Rule):
    """A sigmoid stands between layers with weights, where it lets little gradient through.

    Its slope is 1/4 at most: behind five of them less than a thousandth of the gradient is left. Its outputs are never
    negative either, so that all weights of a neuron are pushed the same way. Inside a network ReLU and its like train
    better; a sigmoid belongs at the end, or on a gate that multiplies.
    """

    severity = "advice"
    bad = """
        input: [1, 28, 28]
        layers:
        - conv2d: {out_channels: 6, kernel_size: 5}
        - sigmoid
        - flatten
        - linear: {out_features: 10}
        """
    good = """
        input: [1, 28, 28]
        layers:
        - conv2d: {out_channels: 6, kernel_size: 5}
        - relu
        - flatten
        - linear: {out_features: 10}
        - sigmoid
        """

    user: str

    @classmethod
    def find(cls, design: Design) -> Iterator[Breach]:
        for node in design.of(Role.NONLINEARITY):
            if node.kind is None or node.kind.probabilities != "each":
                continue
            user = next((one for one in takers(node, frozenset({Role.POOLING})) if one.weighs), None)
            if user is not None:
                yield Breach(cls(user.name), node)

    def message(self) -> str:
        return _("a sigmoid in front of {user} lets at most a quarter of the gradient through").format(user=self.user)

    def hints(self) -> tuple[str, ...]:
        return (_("take an activation that does not saturate, such as ReLU"),)
