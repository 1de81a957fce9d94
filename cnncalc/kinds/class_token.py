"""Class token: a learned row is laid in front of a sequence, L×E becomes (L + 1)×E.

A vision transformer reads the class off this row in the end. E weights for each token, nothing to calculate.

    - class_token
"""

from collections.abc import Mapping

from pydantic import Field

from cnncalc.formula.expression import Naming, Number, plain
from cnncalc.formula.letters import F_IN
from cnncalc.formula.worked import WrittenOut, given
from cnncalc.kinds._contract import Channels, Example, Kind, Role, Sight, Weights
from cnncalc.kinds._sequence import sequence
from cnncalc.language import mark
from cnncalc.shape import Shape
from cnncalc.tensor import Index, Tensor


class ClassToken(Kind):
    names = {"class_token": 0}
    roles = frozenset({Role.EMBEDDING})
    weighted_sum = True
    foreign = ("ClassToken", "cls_token", "CLS", "cls")
    foreign_fields = {"count": "tokens", "num_tokens": "tokens"}

    tokens: Channels = Field(default=1, description=mark("rows that are laid in front"))

    def output(self, inputs: tuple[Shape, ...], name: Naming = plain) -> tuple[Number, ...]:
        length, features = sequence(self, inputs[0])
        return (length + self.tokens, features)

    def weights(self, inputs: tuple[Shape, ...], name: Naming = plain) -> Weights:
        features = name(F_IN, inputs[0][1])
        return Weights(features if self.tokens == 1 else self.tokens * features)

    def window(self, inputs: tuple[Shape, ...]) -> Sight:
        return Sight.SCATTERED

    def tensors(self, inputs: tuple[Shape, ...]) -> Mapping[str, Shape]:
        return {"class_token": (self.tokens, inputs[0][1])}

    def compute(self, inputs: tuple[Tensor, ...], tensors: Mapping[str, Tensor]) -> Tensor:
        x = inputs[0]
        return Tensor(tuple(self.output((x.shape,))), [*tensors["class_token"].values, *x.values])

    def written_out(self, inputs: tuple[Tensor, ...], tensors: Mapping[str, Tensor], at: Index) -> WrittenOut:
        row, feature = at
        if row < self.tokens:
            return WrittenOut(given(tensors["class_token"][at]))
        source = (row - self.tokens, feature)
        return WrittenOut(given(inputs[0][source]), copied=(0, source))


ClassToken.examples = (
    Example(
        "class_token", {}, ((196, 768),), {"output": (196 + 1, 768), "weights": 768, "biases": 0, "multiplications": 0}
    ),
)
