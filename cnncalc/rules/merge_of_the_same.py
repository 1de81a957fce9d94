"""A merge that takes the same map twice."""

from collections.abc import Iterator

from cnncalc.kinds._contract import Role
from cnncalc.language import _
from cnncalc.rules._contract import Breach, Rule
from cnncalc.rules._design import Design


class MergeOfTheSame(Rule):
    """A layer that merges several inputs is given the same one twice.

    Added to itself a map is doubled, joined to itself its channels stand there twice: nothing new comes in. Usually one
    of the names in `from` was to be another.
    """

    severity = "advice"
    bad = """
        input: [3, 32, 32]
        layers:
        - conv2d: {out_channels: 8, kernel_size: 1, name: a}
        - conv2d: {out_channels: 8, kernel_size: 3, padding: 1, name: b, from: input}
        - add: {from: [b, b]}
        - relu
        """
    good = """
        input: [3, 32, 32]
        layers:
        - conv2d: {out_channels: 8, kernel_size: 1, name: a}
        - conv2d: {out_channels: 8, kernel_size: 3, padding: 1, name: b, from: input}
        - add: {from: [a, b]}
        - relu
        """

    source: str
    times: int

    @classmethod
    def find(cls, design: Design) -> Iterator[Breach]:
        for node in design.of(Role.MERGE):
            if node.kind is None or not node.kind.weighted_sum:
                continue  # a product with itself is a square, and so something new
            for above, source in zip(node.above, node.layer.sources, strict=True):
                times = node.layer.sources.count(source)
                if above is not None and times > 1:
                    yield Breach(cls(above.name, times), node)
                    break

    def message(self) -> str:
        return _("{source} is merged with itself: it comes in {times} times").format(
            source=self.source, times=self.times
        )

    def about(self) -> str:
        return "from"

    def hints(self) -> tuple[str, ...]:
        return (_("name another layer instead of one of them"),)
