"""Probabilities in the middle of the network."""

from collections.abc import Iterator

from cnncalc.kinds._contract import Role
from cnncalc.language import _
from cnncalc.rules._contract import Breach, Rule, second_place
from cnncalc.rules._design import Design, takers


class SoftmaxNotLast(Rule):
    """Softmax stands in front of a layer with weights.

    It makes all values sum to 1, so that one can only grow where the others shrink, and its gradient vanishes as soon
    as one of them wins. That is meant for the end of a classifier (and for attention, where it weighs values by a
    product). Between layers with weights an activation such as ReLU stands.
    """

    severity = "warning"
    bad = """
        input: 128
        layers:
        - linear: {out_features: 64}
        - softmax
        - linear: {out_features: 10}
        """
    good = """
        input: 128
        layers:
        - linear: {out_features: 64}
        - relu
        - linear: {out_features: 10}
        - softmax
        """

    user: str
    values: int
    logarithms: bool

    @classmethod
    def find(cls, design: Design) -> Iterator[Breach]:
        for node in design.of(Role.NONLINEARITY):
            if node.kind is None or not node.shares:
                continue
            user = next((one for one in takers(node) if one.weighs or one.has(Role.NORMALISATION)), None)
            if user is not None:
                values = node.kind.together((node.arriving,))
                problem = cls(user.name, values, node.kind.probabilities == "logarithms")
                yield Breach(problem, node, second_place(user, _("takes the probabilities")))

    def message(self) -> str:
        said = _("{values} values that sum to 1 are fed to {user}; probabilities belong at the end")
        if self.logarithms:
            said = _("the logarithms of {values} shares are fed to {user}; probabilities belong at the end")
        return said.format(values=self.values, user=self.user)

    def hints(self) -> tuple[str, ...]:
        return (_("take an activation such as ReLU here"),)
