"""Position table: a learned number is added to each value, so that a layer behind it can tell the places apart.

Attention does not see in which order its places stand; vision transformers add a table of the input's size (their
position embedding). As many biases and additions as values.

    - position_table
"""

from collections.abc import Mapping

from cnncalc.formula.expression import Naming, plain
from cnncalc.formula.worked import WrittenOut, given
from cnncalc.kinds._contract import Cost, Example, Kind, Role, Weights
from cnncalc.kinds._pointwise import values_in
from cnncalc.shape import Shape
from cnncalc.tensor import Index, Tensor


class PositionTable(Kind):
    names = {"position_table": 0}
    roles = frozenset({Role.EMBEDDING})
    weighted_sum = True
    foreign = ("PositionEmbedding", "pos_embedding", "pos_embed", "position_embedding", "positional_encoding")

    def weights(self, inputs: tuple[Shape, ...], name: Naming = plain) -> Weights:
        return Weights(biases=values_in(inputs[0], name))

    def cost(self, inputs: tuple[Shape, ...], output: Shape, name: Naming = plain) -> Cost:
        return Cost(additions=values_in(output, name))

    def tensors(self, inputs: tuple[Shape, ...]) -> Mapping[str, Shape]:
        return {"bias": inputs[0]}

    def compute(self, inputs: tuple[Tensor, ...], tensors: Mapping[str, Tensor]) -> Tensor:
        x = inputs[0]
        return Tensor(x.shape, [a + b for a, b in zip(x.values, tensors["bias"].values, strict=True)])

    def written_out(self, inputs: tuple[Tensor, ...], tensors: Mapping[str, Tensor], at: Index) -> WrittenOut:
        return WrittenOut(given(inputs[0][at]) + tensors["bias"][at])


PositionTable.examples = (
    Example(
        "position_table",
        {},
        ((197, 768),),
        {"output": (197, 768), "weights": 0, "biases": 197 * 768, "additions": 197 * 768, "multiplications": 0},
    ),
)
