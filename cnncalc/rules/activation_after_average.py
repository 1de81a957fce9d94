"""An activation that sees only means of what should have been activated."""

from collections.abc import Iterator

from cnncalc.kinds._contract import Role
from cnncalc.language import _
from cnncalc.rules._contract import Breach, Rule, second_place
from cnncalc.rules._design import Design, through


class ActivationAfterAverage(Rule):
    """The activation stands behind an average pooling, where it sees only means.

    Before the mean, strong and weak responses are told apart one by one; behind it positive and negative ones have
    cancelled already, and ReLU(mean) is not mean(ReLU). For max pooling the order changes nothing, and behind it is
    cheaper; for average pooling the usual order is convolution, activation, pooling.
    """

    severity = "advice"
    bad = """
        input: [1, 28, 28]
        layers:
        - conv2d: {out_channels: 6, kernel_size: 5}
        - avg_pool2d: {kernel_size: 2}
        - relu
        """
    good = """
        input: [1, 28, 28]
        layers:
        - conv2d: {out_channels: 6, kernel_size: 5}
        - relu
        - avg_pool2d: {kernel_size: 2}
        """

    pool: str
    window: int
    activation: str

    @classmethod
    def find(cls, design: Design) -> Iterator[Breach]:
        for node in design.of(Role.NONLINEARITY):
            pool = node.sole_source
            if node.kind is None or node.kind.probabilities or pool is None or pool.kind is None:
                continue
            geometry = pool.result.geometry
            if not pool.has(Role.POOLING) or not pool.kind.weighted_sum or geometry is None:
                continue
            above = through(pool.sole_source, "lets_collapse")
            if above is not None and above.connects:
                values = 1
                for k in geometry.kernel:
                    values *= k
                yield Breach(cls(pool.name, values, node.name), node, second_place(pool, _("takes means")))

    def message(self) -> str:
        return _("{activation} sees only means of {window} values that nothing has activated before {pool}").format(
            activation=self.activation, window=self.window, pool=self.pool
        )

    def hints(self) -> tuple[str, ...]:
        return (_("put {activation} in front of {pool}").format(activation=self.activation, pool=self.pool),)
