"""An activation that cuts off the network's own outputs."""

from collections.abc import Iterator

from cnncalc.kinds._contract import Role
from cnncalc.language import _, plural
from cnncalc.rules._contract import Breach, Rule, second_place
from cnncalc.rules._design import Design, through


class ActivationOnScores(Rule):
    """The last layer with weights is followed by an activation that cuts values off, and then the network ends.

    A class that should get a negative score gets 0, and where it is 0 no gradient comes back: an output that is stuck
    there is never corrected. Scores, and numbers that may be negative, leave the network without an activation.
    """

    severity = "advice"
    bad = """
        input: [3, 32, 32]
        layers:
        - conv2d: {out_channels: 16, kernel_size: 3}
        - relu
        - max_pool2d: {kernel_size: 10}
        - flatten
        - linear: {out_features: 10}
        - relu
        """
    good = """
        input: [3, 32, 32]
        layers:
        - conv2d: {out_channels: 16, kernel_size: 3}
        - relu
        - max_pool2d: {kernel_size: 10}
        - flatten
        - linear: {out_features: 10}
        """

    layer: str
    outputs: int

    @classmethod
    def find(cls, design: Design) -> Iterator[Breach]:
        for node in design.of(Role.NONLINEARITY):
            if node.kind is None or not node.kind.idempotent or not node.leaves or node.users:
                continue
            above = through(node.source)
            if above is not None and above.has(Role.LINEAR):
                yield Breach(cls(above.name, above.shape[-1]), node, second_place(above, _("the last weights")))

    def message(self) -> str:
        sentence = plural(
            "the {outputs} output of {layer} leaves the network cut off by an activation",
            "the {outputs} outputs of {layer} leave the network cut off by an activation",
            self.outputs,
        )
        return sentence.format(outputs=self.outputs, layer=self.layer)

    def hints(self) -> tuple[str, ...]:
        return (_("end with {layer}, unless outputs can never be negative").format(layer=self.layer),)
