"""A dropout that leaves nothing."""

from collections.abc import Iterator

from cnncalc.kinds._contract import Role
from cnncalc.language import _
from cnncalc.rules._contract import Breach, Rule
from cnncalc.rules._design import Design


class DropsEverything(Rule):
    """A dropout with p = 1 sets every value to 0 while training.

    `p` is the share that is dropped, not the share that is kept: some frameworks count the other way round. Nothing
    behind it can be learned, and nothing above it gets a gradient.
    """

    severity = "error"
    bad = """
        input: 128
        layers:
        - dropout: {p: 1.0}
        - linear: {out_features: 10}
        """
    good = """
        input: 128
        layers:
        - dropout: {p: 0.5}
        - linear: {out_features: 10}
        """

    layer: str

    @classmethod
    def find(cls, design: Design) -> Iterator[Breach]:
        for node in design.of(Role.REGULARISATION):
            if node.kind is not None and node.kind.drops() == 1:
                yield Breach(cls(node.name), node)

    def message(self) -> str:
        return _("{layer} drops every value while training").format(layer=self.layer)

    def about(self) -> str:
        return "p"

    def hints(self) -> tuple[str, ...]:
        return (_("p is the share that is dropped, 0.5 for example"),)
