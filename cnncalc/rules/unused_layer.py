"""A layer that is calculated for nobody."""

from collections.abc import Iterator

from cnncalc.language import _, plural
from cnncalc.rules._contract import Breach, Rule
from cnncalc.rules._design import Design, Node


class UnusedLayer(Rule):
    """Nobody uses the output of this layer, and `outputs` does not name it.

    All that leads only to it is calculated for nothing, and its parameters are never trained, because no gradient
    reaches them. Usually a `from` names the wrong layer, or `outputs` forgot one.
    """

    severity = "warning"
    bad = """
        input: [3, 8, 8]
        layers:
        - conv2d: {out_channels: 4, kernel_size: 3, name: edges}
        - relu: {name: strong}
        - conv2d: {out_channels: 2, kernel_size: 1, name: scores, from: edges}
        outputs: scores
        """
    good = """
        input: [3, 8, 8]
        layers:
        - conv2d: {out_channels: 4, kernel_size: 3, name: edges}
        - relu: {name: strong}
        - conv2d: {out_channels: 2, kernel_size: 1, name: scores, from: strong}
        outputs: scores
        """

    layer: str
    layers: int
    parameters: int | None
    multiplications: int | None

    @classmethod
    def find(cls, design: Design) -> Iterator[Breach]:
        if not design.whole or not design.network.outputs:
            return
        dead: set[int] = set()
        for node in reversed(design.nodes):
            if not node.leaves and all(user.index in dead for user in node.users):
                dead.add(node.index)
        for node in design.nodes:
            if node.index in dead and not node.users:
                alone = list(_only_for(node, dead))
                yield Breach(
                    cls(
                        node.name,
                        len(alone),
                        _sum([one.result.parameters for one in alone]),
                        _sum([one.result.multiplications for one in alone]),
                    ),
                    node,
                )

    def message(self) -> str:
        return _("nobody uses {layer}, and `outputs` does not name it").format(layer=self.layer)

    def amount(self) -> int:
        return self.parameters or 0

    def caret(self) -> str:
        return _("leads nowhere")

    def hints(self) -> tuple[str, ...]:
        first = _("name it in `outputs`, let a layer take it by `from`, or leave it out")
        if self.parameters is None or self.multiplications is None:
            return (first,)
        sentence = plural(
            "{layers} layer is of no use: {parameters:,} parameters, {multiplications:,} multiplications",
            "{layers} layers are of no use: {parameters:,} parameters, {multiplications:,} multiplications",
            self.layers,
        )
        cost = sentence.format(layers=self.layers, parameters=self.parameters, multiplications=self.multiplications)
        return (first, cost)


def _only_for(node: Node, dead: set[int]) -> Iterator[Node]:
    """The layer and those above it that lead nowhere else."""
    yield node
    while (above := node.sole_source) is not None and above.index in dead:
        node = above
        yield node


def _sum(counts: list[int | None]) -> int | None:
    known = [count for count in counts if count is not None]
    return sum(known) if len(known) == len(counts) else None
