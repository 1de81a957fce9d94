"""A bias that the normalisation behind it takes off again."""

from collections.abc import Iterator

from cnncalc.kinds._contract import Role
from cnncalc.language import _
from cnncalc.rules._contract import Breach, Rule, second_place
from cnncalc.rules._design import Design
from cnncalc.shape import elements
from cnncalc.spec.edit import with_field


class BiasBeforeNorm(Rule):
    """A layer adds a bias to each channel, and the normalisation behind it takes it off again.

    Batch normalisation subtracts each channel's mean, and the bias is part of that mean. Whatever is learned there, the
    output stays the same. So does instance normalisation. Layer and group normalisation take off a mean over several
    channels, and leave what tells their biases apart. `bias: false` saves the parameters and additions.
    """

    severity = "advice"
    fixable = True
    bad = """
        input: [3, 32, 32]
        layers:
        - conv2d: {out_channels: 16, kernel_size: 3, padding: 1}   # 16 biases
        - batch_norm2d
        - relu
        """
    good = """
        input: [3, 32, 32]
        layers:
        - conv2d: {out_channels: 16, kernel_size: 3, padding: 1, bias: false}
        - batch_norm2d
        - relu
        """

    norm: str
    biases: int
    additions: int

    @classmethod
    def find(cls, design: Design) -> Iterator[Breach]:
        for norm in design.of(Role.NORMALISATION):
            node = norm.sole_source
            if not norm.centres_channels or node is None or not node.connects:
                continue
            if not node.result.biases or not hasattr(node.kind, "bias"):
                continue
            if node.has(Role.LINEAR) and len(node.shape) > 1:  # its biases go along another axis than the channels
                continue
            edit = with_field(design.written, node.layer, "bias", "false")
            problem = cls(norm.name, node.result.biases, elements(node.shape))
            yield Breach(problem, node, second_place(norm, _("takes each channel's mean off")), edit)

    def message(self) -> str:
        return _("{norm} undoes the {biases:,} biases of this layer").format(norm=self.norm, biases=self.biases)

    def amount(self) -> int:
        return self.biases

    def about(self) -> str:
        return "bias"

    def hints(self) -> tuple[str, ...]:
        return (
            _("bias: false saves {biases:,} parameters and {additions:,} additions").format(
                biases=self.biases, additions=self.additions
            ),
        )
