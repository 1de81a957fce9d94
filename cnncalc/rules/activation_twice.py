"""Two activations in a row."""

from collections.abc import Iterator

from cnncalc.kinds._contract import Role
from cnncalc.language import _
from cnncalc.rules._contract import Breach, Rule, removal, second_place
from cnncalc.rules._design import Design, through


class ActivationTwice(Rule):
    """An activation stands behind another one, with no layer with weights between them.

    Where both are the same ReLU, the second changes nothing: what was not negative stays so, also through a max pooling
    or a dropout. Two different ones bend the values twice where one bend was meant, and squeeze their range.
    """

    severity = "warning"
    fixable = True
    bad = """
        input: [3, 32, 32]
        layers:
        - conv2d: {out_channels: 16, kernel_size: 3}
        - relu
        - relu
        - max_pool2d: {kernel_size: 2}
        """
    good = """
        input: [3, 32, 32]
        layers:
        - conv2d: {out_channels: 16, kernel_size: 3}
        - relu
        - max_pool2d: {kernel_size: 2}
        """

    first: str
    same: bool
    operations: int

    @classmethod
    def find(cls, design: Design) -> Iterator[Breach]:
        for node in design.of(Role.NONLINEARITY):
            kind = node.kind
            if kind is None or node.shares:
                continue
            first = through(node.source, "keeps_signs", shared=True)
            if first is None or not first.has(Role.NONLINEARITY) or first.kind is None:
                continue
            if first.shares:
                continue
            same = kind.idempotent and first.kind == kind
            if not same and first is not node.source:
                continue  # what stands between may be the reason for the second one
            problem = cls(first.name, same, node.operations)
            edit = removal(design, node) if same else None
            yield Breach(problem, node, second_place(first, _("the first activation")), edit)

    def message(self) -> str:
        if self.same:
            return _("{first} has done this already; a second time it changes nothing").format(first=self.first)
        return _("an activation directly behind the activation {first}").format(first=self.first)

    def hints(self) -> tuple[str, ...]:
        if self.same:
            return (_("without it {operations:,} operations fewer").format(operations=self.operations),)
        return (_("keep one of them, or put a layer with weights between them"),)
