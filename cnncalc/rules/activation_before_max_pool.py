"""An activation in front of a max pooling, where it costs more than behind it."""

from collections.abc import Iterator

from cnncalc.kinds._contract import Role
from cnncalc.language import _
from cnncalc.rules._contract import Breach, Rule, second_place
from cnncalc.rules._design import Design
from cnncalc.shape import elements


class ActivationBeforeMaxPool(Rule):
    """An activation stands in front of a max pooling; behind it the result is the same, for less.

    ReLU, tanh and their like never change which of two values is larger, so the largest of the activated values is the
    activated largest value. Behind a 2×2 pooling only a quarter of the values is left to activate. Networks are usually
    written the other way round, and the saving is small beside the convolutions: the rule is asked on demand only.
    """

    severity = "advice"
    on = False
    bad = """
        input: [3, 32, 32]
        layers:
        - conv2d: {out_channels: 16, kernel_size: 3, padding: 1}
        - relu
        - max_pool2d: {kernel_size: 2}
        """
    good = """
        input: [3, 32, 32]
        layers:
        - conv2d: {out_channels: 16, kernel_size: 3, padding: 1}
        - max_pool2d: {kernel_size: 2}
        - relu
        """

    pool: str
    before: int
    behind: int

    @classmethod
    def find(cls, design: Design) -> Iterator[Breach]:
        for pool in design.of(Role.POOLING):
            node = pool.sole_source
            if pool.kind is None or not pool.kind.picks or node is None or node.kind is None or not node.kind.monotone:
                continue
            before, values = node.operations, elements(node.shape)
            behind = before * elements(pool.shape) // values
            if node.has(Role.NONLINEARITY) and behind < before:
                said = second_place(pool, _("picks the largest values"))
                yield Breach(cls(pool.name, before, behind), node, said)

    def message(self) -> str:
        return _(
            "behind {pool} this activation gives the same with {behind:,} operations instead of {before:,}"
        ).format(pool=self.pool, behind=self.behind, before=self.before)

    def hints(self) -> tuple[str, ...]:
        return (_("put it behind {pool}").format(pool=self.pool),)
