"""Embedding: each whole number of a list (a word, say) is looked up in a learned table and becomes its row.

A list of L numbers becomes L×E. The table has as many rows as there are words: num_embeddings · E weights. Nothing is
calculated.

    - embedding: {num_embeddings: 10000, embedding_dim: 128}
"""

from collections.abc import Mapping
from typing import Annotated

from pydantic import Field

from cnncalc.formula import rules
from cnncalc.formula.expression import Naming, Number, plain
from cnncalc.formula.letters import F_IN, F_OUT
from cnncalc.kinds._contract import LARGEST, Channels, Example, Flag, Float, Kind, Role, Sight, Wanted, Weights
from cnncalc.language import _, mark
from cnncalc.problem import Problem, Refused
from cnncalc.shape import Shape
from cnncalc.tensor import Tensor


class PaddingRowOutside(Problem):
    """`padding_idx` is a row of the table: from 0 to num_embeddings − 1, or negative from its end."""

    given: int
    rows: int

    def message(self) -> str:
        return _("padding_idx is {given}, but the table has the rows 0 to {last}").format(
            given=self.given, last=self.rows - 1
        )

    def about(self) -> str:
        return "padding_idx"


class Embedding(Kind):
    names = {"embedding": 0}
    roles = frozenset({Role.EMBEDDING})
    foreign = ("Embedding", "Embed", "词嵌入")
    foreign_fields = {"input_dim": "num_embeddings", "output_dim": "embedding_dim", "vocab_size": "num_embeddings"}

    num_embeddings: Channels = Field(description=mark("rows of the table: how many different numbers arrive"))
    embedding_dim: Channels = Field(description=mark("features of each row"))
    padding_idx: Annotated[int, Field(ge=-LARGEST, le=LARGEST), Wanted("a whole number")] | None = Field(
        default=None, description=mark("row that stays as it is while training")
    )
    max_norm: Float | None = Field(default=None, description=mark("rows are shortened to it; changes no number here"))
    norm_type: Float = Field(default=2.0, description=mark("which norm that is; changes no number here"))
    scale_grad_by_freq: Flag = Field(default=False, description=mark("changes no number here"))
    sparse: Flag = Field(default=False, description=mark("changes no number here"))

    def output(self, inputs: tuple[Shape, ...], name: Naming = plain) -> tuple[Number, ...]:
        rows = self.num_embeddings
        if self.padding_idx is not None and not -rows <= self.padding_idx < rows:
            raise Refused(PaddingRowOutside(self.padding_idx, rows))
        return (*inputs[0], name(F_OUT, self.embedding_dim))

    def weights(self, inputs: tuple[Shape, ...], name: Naming = plain) -> Weights:
        return Weights(rules.linear_weights(name(F_IN, self.num_embeddings), name(F_OUT, self.embedding_dim)))

    def window(self, inputs: tuple[Shape, ...]) -> Sight:
        return Sight.SCATTERED

    def tensors(self, inputs: tuple[Shape, ...]) -> Mapping[str, Shape]:
        return {"weight": (self.num_embeddings, self.embedding_dim)}

    def compute(self, inputs: tuple[Tensor, ...], tensors: Mapping[str, Tensor]) -> Tensor:
        """The rows of the numbers; what is no number of a row (a random input) counts from the start again."""
        x, table = inputs[0], tensors["weight"].values
        each = self.embedding_dim
        rows = [int(value) % self.num_embeddings for value in x.values]
        return Tensor((*x.shape, each), [value for row in rows for value in table[row * each : (row + 1) * each]])


Embedding.examples = (
    Example(
        "embedding",
        {"num_embeddings": 10_000, "embedding_dim": 128},
        ((56,),),
        {"output": (56, 128), "weights": 10_000 * 128, "biases": 0, "multiplications": 0},
    ),
)
