"""Two normalisations in a row."""

from collections.abc import Iterator

from cnncalc.kinds._contract import Mixed, Role
from cnncalc.language import _
from cnncalc.rules._contract import Breach, Rule, removal, second_place
from cnncalc.rules._design import Design


class NormTwice(Rule):
    """A normalisation stands directly behind another one of the same kind.

    The values that arrive are normalised already. Where it is done channel by channel, the scale and shift of the first
    are undone by the second. One of them can go.
    """

    severity = "warning"
    fixable = True
    bad = """
        input: [3, 32, 32]
        layers:
        - conv2d: {out_channels: 16, kernel_size: 3, bias: false}
        - batch_norm2d
        - batch_norm2d
        - relu
        """
    good = """
        input: [3, 32, 32]
        layers:
        - conv2d: {out_channels: 16, kernel_size: 3, bias: false}
        - batch_norm2d
        - relu
        """

    first: str
    parameters: int

    @classmethod
    def find(cls, design: Design) -> Iterator[Breach]:
        for node in design.of(Role.NORMALISATION):
            first = node.sole_source
            if node.kind is None or first is None or type(first.kind) is not type(node.kind):
                continue
            centres = node.centres_channels
            if node.kind.weighted_sum and not centres:
                continue  # it scales by what it has learned, and makes nothing alike
            said = second_place(first, _("normalises already"))
            # A scale of its own for each place of a row, as a layer norm has, is not undone.
            undone = centres and not isinstance(node.window, Mixed)
            edit = removal(design, node) if undone else None
            yield Breach(cls(first.name, node.result.parameters or 0), node, said, edit)

    def message(self) -> str:
        return _("{first} has normalised these values already").format(first=self.first)

    def caret(self) -> str:
        return _("a second time")

    def hints(self) -> tuple[str, ...]:
        return (_("without it there are {parameters:,} parameters fewer").format(parameters=self.parameters),)
