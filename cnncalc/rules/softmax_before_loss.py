"""Probabilities for a loss that makes them itself."""

from collections.abc import Iterator

from cnncalc.harmless import harmless
from cnncalc.kinds._contract import Role
from cnncalc.language import _
from cnncalc.rules._contract import Breach, Rule
from cnncalc.rules._design import Design, through

TAKES_SCORES = {
    "crossentropy": "together",
    "bcewithlogits": "each",
    "binarycrossentropywithlogits": "each",
}
"""PyTorch's losses that take scores, and the probabilities that they make of them."""


class SoftmaxBeforeLoss(Rule):
    """The network ends with probabilities, but the loss it is trained with makes them itself.

    `about: {loss: cross_entropy}` says which loss that is, by PyTorch's name. `cross_entropy` contains the softmax,
    `binary_cross_entropy_with_logits` the sigmoid: with one in the network too it is applied twice. Training still
    runs, slowly, and stops short of what it could reach.
    """

    severity = "error"
    bad = """
        input: 128
        layers:
        - linear: {out_features: 10}
        - softmax
        about: {loss: cross_entropy}
        """
    good = """
        input: 128
        layers:
        - linear: {out_features: 10}
        about: {loss: cross_entropy}
        """

    layer: str
    loss: str

    @classmethod
    def find(cls, design: Design) -> Iterator[Breach]:
        loss = dict(design.network.about).get("loss", "")
        word = loss.lower().replace("_", "").replace("-", "").removesuffix("loss")
        made = TAKES_SCORES.get(word)
        for node in design.of(Role.NONLINEARITY) if made else ():
            end = node.leaves or any(user.leaves and through(user) is node for user in node.users)
            if end and node.kind is not None and node.kind.probabilities == made:
                yield Breach(cls(node.name, harmless(loss, 60)), node)

    def message(self) -> str:
        return _("the loss {loss} takes scores, but {layer} makes probabilities of them").format(
            loss=self.loss, layer=self.layer
        )

    def caret(self) -> str:
        return _("a second time in the loss")

    def hints(self) -> tuple[str, ...]:
        return (
            _("end with the scores, and apply {layer} only where probabilities are shown").format(layer=self.layer),
        )
