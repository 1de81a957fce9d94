"""A layer that is called like something else than it is."""

import re
from collections.abc import Iterator

from cnncalc.kinds._contract import Role
from cnncalc.language import _
from cnncalc.rules._contract import Breach, Rule
from cnncalc.rules._design import Design

_NAME = re.compile(r"([a-z]+?)[_\-.]?(?:\d+[a-z]?)?(?:[_\-.]\d+)*")

WORDS = {
    "conv": {Role.CONVOLUTION},
    "convolution": {Role.CONVOLUTION},
    "pool": {Role.POOLING},
    "pooling": {Role.POOLING},
    "fc": {Role.LINEAR, Role.CONVOLUTION},  # a fully connected layer over maps is written as a convolution
    "dense": {Role.LINEAR, Role.CONVOLUTION},
    "norm": {Role.NORMALISATION},
    "bn": {Role.NORMALISATION},
    "act": {Role.NONLINEARITY},
    "activation": {Role.NONLINEARITY},
    "drop": {Role.REGULARISATION},
    "merge": {Role.MERGE},
}
"""What people call layers, and the roles that such a layer has."""


class NameUnlikeKind(Rule):
    """A layer's name says that it is something else than it is.

    A convolution called `pool1` misleads whoever reads a `from`, a table or a diagram. Only names are meant that are
    nothing but such a word and a number.
    """

    severity = "warning"
    bad = """
        input: [3, 32, 32]
        layers:
        - conv2d: {out_channels: 8, kernel_size: 3, name: pool1}
        - relu
        """
    good = """
        input: [3, 32, 32]
        layers:
        - conv2d: {out_channels: 8, kernel_size: 3, name: conv1}
        - relu
        """

    name: str
    kind: str

    @classmethod
    def find(cls, design: Design) -> Iterator[Breach]:
        for node in design:
            if "name" not in node.layer.fields or node.kind is None or not node.kind.roles:
                continue
            match = _NAME.fullmatch(node.layer.name.lower())
            roles = WORDS.get(match[1]) if match else None
            if roles is not None and not roles & node.kind.roles:
                yield Breach(cls(node.name, node.layer.kind_name), node)

    def message(self) -> str:
        return _("{name} is no name for a {kind}").format(name=self.name, kind=self.kind)

    def about(self) -> str:
        return "name"

    def hints(self) -> tuple[str, ...]:
        return (_("call it by what it does, or leave the name out"),)
