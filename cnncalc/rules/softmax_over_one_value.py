"""A softmax over a single value."""

from collections.abc import Iterator

from cnncalc.kinds._contract import Role
from cnncalc.language import _
from cnncalc.rules._contract import Breach, Rule
from cnncalc.rules._design import Design


class SoftmaxOverOneValue(Rule):
    """Softmax is taken over a single value, and is always 1.

    Whatever comes in is divided by itself, so the network says 1 for every input and learns nothing. For a yes or no
    take one output with a sigmoid, or two outputs with softmax. On a map, the axis may be the wrong one: `dim`.
    """

    severity = "error"
    bad = """
        input: 128
        layers:
        - linear: {out_features: 1}
        - softmax
        """
    good = """
        input: 128
        layers:
        - linear: {out_features: 1}
        - sigmoid
        """

    layer: str

    @classmethod
    def find(cls, design: Design) -> Iterator[Breach]:
        for node in design.of(Role.NONLINEARITY):
            if node.kind is not None and node.kind.together((node.arriving,)) == 1:
                yield Breach(cls(node.name), node)

    def message(self) -> str:
        return _("{layer} normalises over a single value, which always comes out the same").format(layer=self.layer)

    def caret(self) -> str:
        return _("over 1 value")

    def about(self) -> str:
        return "dim"

    def hints(self) -> tuple[str, ...]:
        return (_("a sigmoid for one output, or two outputs"),)
