"""A network of several layers without anything non-linear."""

from collections.abc import Iterator

from cnncalc.language import _
from cnncalc.rules._contract import Breach, Rule, second_place
from cnncalc.rules._design import Design


class NoNonlinearity(Rule):
    """The network has several layers with weights, and nothing non-linear anywhere.

    However many layers there are, the whole network is one weighted sum of its input: it can learn no more than a
    single fully connected layer. Put an activation behind every layer with weights except the last.
    """

    severity = "warning"
    bad = """
        input: [1, 28, 28]
        layers:
        - conv2d: {out_channels: 6, kernel_size: 5}
        - avg_pool2d: {kernel_size: 2}
        - flatten
        - linear: {out_features: 10}
        """
    good = """
        input: [1, 28, 28]
        layers:
        - conv2d: {out_channels: 6, kernel_size: 5}
        - relu
        - avg_pool2d: {kernel_size: 2}
        - flatten
        - linear: {out_features: 10}
        """

    first: str
    layers: int

    @classmethod
    def find(cls, design: Design) -> Iterator[Breach]:
        if design.bends:
            return
        weighted = [node for node in design if node.connects]
        if len(weighted) > 1:
            last = weighted[-1]
            yield Breach(
                cls(weighted[0].name, len(weighted)),
                last,
                second_place(weighted[0], _("nothing non-linear from here on")),
            )

    def message(self) -> str:
        return _("{layers} layers with weights, and nothing non-linear between them").format(layers=self.layers)

    def hints(self) -> tuple[str, ...]:
        return (_("put an activation behind {first}").format(first=self.first),)
