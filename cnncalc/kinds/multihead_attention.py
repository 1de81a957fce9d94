"""Multi-head self-attention: each place of a sequence becomes a weighted sum of all of them.

A sequence L×E is turned into queries, keys and values by three linear layers. In each of the heads, queries times keys
give L×L scores, a softmax makes shares of them, and the shares weigh the values; a last linear layer mixes the heads.
Parameters: 4E·E weights and 4E biases. MACs: 4·L·E·E for the linear layers and 2·L·L·E for the two matrix products.
The scaling by 1/√(E/heads) is one multiplication for each query value more; the softmax of each head's row costs L
exponentials, L − 1 additions and L divisions. Axes in front of L are done one by one (Swin's windows).

With several inputs they are query, key and value. `relative_positions: [7, 7]` adds a learned number to each score, by
how far apart two places of a window lie: (2·7 − 1)·(2·7 − 1) biases for each head.

    - multihead_attention: {num_heads: 12}
"""

from collections.abc import Mapping
from math import sqrt
from operator import mul
from typing import Any

from pydantic import Field, field_validator

from cnncalc.formula.expression import Naming, Number, group, plain, product, sides
from cnncalc.formula.letters import E_KEYS, E_VALUES, GROUPS, HEADS, KEYS, QUERIES, SIDE, E
from cnncalc.kinds._attention import AttentionMismatch, EmbedDimMismatch, HeadsDoNotDivide
from cnncalc.kinds._contract import Channels, Cost, Example, Flag, Kind, Role, Sides, Sight, Weights
from cnncalc.kinds._pointwise import call
from cnncalc.kinds._sequence import NotASequence
from cnncalc.kinds.dropout import Share
from cnncalc.language import mark
from cnncalc.problem import Refused
from cnncalc.shape import Shape, elements
from cnncalc.tensor import Tensor, total


class MultiheadAttention(Kind):
    names = {"multihead_attention": 0}
    roles = frozenset({Role.ATTENTION})
    arity = (1, 3)
    foreign = ("MultiheadAttention", "MultiHeadAttention", "Attention", "self_attention", "SelfAttention", "注意力")
    foreign_fields = {"heads": "num_heads", "d_model": "embed_dim", "use_bias": "bias", "qkv_bias": "bias"}

    num_heads: Channels = Field(description=mark("heads, which must divide the features"))
    dropout: Share = Field(default=0.0, description=mark("share of the attention weights dropped while training"))
    bias: Flag = Field(default=True, description=mark("whether the linear layers have biases"))
    add_bias_kv: Flag = Field(default=False, description=mark("whether a learned key and value are added behind"))
    add_zero_attn: Flag = Field(default=False, description=mark("whether a key and a value of zeros are added behind"))
    kdim: Channels | None = Field(default=None, description=mark("features of the keys; checked when given"))
    vdim: Channels | None = Field(default=None, description=mark("features of the values; checked when given"))
    batch_first: Flag = Field(default=False, description=mark("changes no number here: the batch is left out"))
    embed_dim: Channels | None = Field(default=None, description=mark("features that arrive; checked when given"))
    relative_positions: Sides | None = Field(
        default=None, description=mark("sides of the window whose distances have a learned number")
    )

    @field_validator("relative_positions")
    @classmethod
    def _both(cls, value: tuple[int, ...] | None) -> tuple[int, ...] | None:
        return value * 2 if value is not None and len(value) == 1 else value

    def _three(self, inputs: tuple[Shape, ...]) -> tuple[Shape, Shape, Shape]:
        """Query, key and value; one input is all three, two are the query, and both key and value."""
        return inputs[0], inputs[min(1, len(inputs) - 1)], inputs[-1]

    def output(self, inputs: tuple[Shape, ...], name: Naming = plain) -> tuple[Number, ...]:
        query, key, value = self._three(inputs)
        for shape in inputs:
            if len(shape) < 2:
                raise Refused(NotASequence(self.name, shape))
        for field, given, arriving in (
            ("embed_dim", self.embed_dim, query[-1]),
            ("kdim", self.kdim, key[-1]),
            ("vdim", self.vdim, value[-1]),
        ):
            if given not in (None, arriving):
                raise Refused(EmbedDimMismatch(field, given or 0, arriving))
        if query[-1] % self.num_heads:
            raise Refused(HeadsDoNotDivide(self.num_heads, query[-1]))
        if not query[:-2] == key[:-2] == value[:-2] or key[-2] != value[-2]:
            raise Refused(AttentionMismatch((query, key, value)))
        if self.relative_positions is not None:
            window = elements(self.relative_positions)
            if (query[-2], key[-2] + self._more) != (window, window):
                raise Refused(EmbedDimMismatch("relative_positions", window, query[-2]))
        return query

    @property
    def _more(self) -> int:
        """Keys that are added behind."""
        return self.add_bias_kv + self.add_zero_attn

    def _distances(self, name: Naming = plain) -> Number:
        """Distances in a window that have a number of their own."""
        return product(tuple(2 * side - 1 for side in sides(name, SIDE, self.relative_positions or ())))

    def _features(self, inputs: tuple[Shape, ...], name: Naming) -> tuple[Number, Number, Number]:
        """The features of query, key and value; those that are as many as the query's have its letter."""
        wanted, *others = (shape[-1] for shape in self._three(inputs))
        e = name(E, wanted)
        e_k, e_v = (
            e if one == wanted else name(letter, one) for letter, one in zip((E_KEYS, E_VALUES), others, strict=True)
        )
        return e, e_k, e_v

    def weights(self, inputs: tuple[Shape, ...], name: Naming = plain) -> Weights:
        e, e_k, e_v = self._features(inputs, name)
        weights = 4 * e * e if e == e_k == e_v else 2 * e * e + e_k * e + e_v * e
        biases = 4 * e if self.bias else 0
        if self.relative_positions is None:
            return Weights(weights + 2 * e if self.add_bias_kv else weights, biases)
        places = elements(self.relative_positions)
        return Weights(
            weights + 2 * e if self.add_bias_kv else weights,
            biases + self._distances(name) * name(HEADS, self.num_heads),
            places * places,
        )

    def cost(self, inputs: tuple[Shape, ...], output: Shape, name: Naming = plain) -> Cost:
        query, key, _value = self._three(inputs)
        e, e_k, e_v = self._features(inputs, name)
        heads, groups = name(HEADS, self.num_heads), elements(query[:-2])
        l_q = name(QUERIES, query[-2])
        l_k = l_q if key[-2] == query[-2] else name(KEYS, key[-2])
        l_all = l_k + self._more if self._more else l_k
        if e == e_k == e_v and l_q == l_k:
            linear = 4 * l_q * e * e
            sums = 4 * l_q * e * (e if self.bias else e - 1)
        else:
            linear = 2 * l_q * e * e + l_k * e * (e_k + e_v)
            sums = 2 * l_q * e * (e if self.bias else e - 1)
            sums = sums + l_k * e * (e_k + e_v if self.bias else e_k + e_v - 2)
        products = 2 * l_q * l_all * e
        scores = heads * l_q * l_all
        # A score sums E/heads products, an output as many as there are keys.
        joined = l_q * l_all * e - scores + l_q * e * (l_all - 1)
        shares = scores - heads * l_q
        macs = linear + products
        additions = sums + joined + shares
        if self.relative_positions is not None:
            additions = additions + scores
        found = Cost(macs + l_q * e, additions, macs, divisions=scores, transcendentals=scores)
        if groups == 1:
            return found
        each = name(GROUPS, groups)
        return Cost(*(each * group(count) if count != 0 else 0 for count in found))

    def window(self, inputs: tuple[Shape, ...]) -> Sight:
        # With groups in front, as Swin's windows are, a row sees its own group only.
        return Sight.ALL if len(inputs[0]) == 2 else Sight.UNKNOWN

    def tensors(self, inputs: tuple[Shape, ...]) -> Mapping[str, Shape]:
        query, key, value = self._three(inputs)
        e = query[-1]
        found: dict[str, Shape] = {
            "q_proj_weight": (e, e),
            "k_proj_weight": (e, key[-1]),
            "v_proj_weight": (e, value[-1]),
            "out_proj.weight": (e, e),
        }
        if self.bias:
            found |= {"in_proj_bias": (3 * e,), "out_proj.bias": (e,)}
        if self.add_bias_kv:
            found |= {"key_behind": (1, e), "value_behind": (1, e)}
        if self.relative_positions is not None:
            found["relative_position_bias"] = (self._distances(), self.num_heads)
        return found

    def compute(self, inputs: tuple[Tensor, ...], tensors: Mapping[str, Tensor]) -> Tensor:
        query, key, value = inputs[0], inputs[min(1, len(inputs) - 1)], inputs[-1]
        values: list[Any] = []
        for number in range(elements(query.shape[:-2])):
            one = [_rows(x, number) for x in (query, key, value)]
            values += [value for row in self._attended(one, tensors) for value in row]
        return Tensor(query.shape, values)

    def _attended(self, three: list[list[list[Any]]], tensors: Mapping[str, Tensor]) -> list[list[Any]]:
        """One sequence."""
        e = len(three[0][0])
        bias = tensors["in_proj_bias"].values if self.bias else []
        q, k, v = (
            _linear(rows, tensors[f"{letter}_proj_weight"], bias[i * e : (i + 1) * e])
            for i, (letter, rows) in enumerate(zip("qkv", three, strict=True))
        )
        if self.add_bias_kv:
            k, v = [*k, tensors["key_behind"].values], [*v, tensors["value_behind"].values]
        if self.add_zero_attn:
            k, v = [*k, [0] * e], [*v, [0] * e]
        depth = e // self.num_heads
        scale = 1 / sqrt(depth)
        q = [[value * scale for value in row] for row in q]
        found: list[list[Any]] = [[] for _row in q]
        for head in range(self.num_heads):
            part = slice(head * depth, (head + 1) * depth)
            for place, row in enumerate(q):
                scores = [total(map(mul, row[part], other[part])) for other in k]
                if self.relative_positions is not None:
                    table = tensors["relative_position_bias"]
                    scores = [score + table[(self._distance(place, other), head)] for other, score in enumerate(scores)]
                powers = [call("exp", score) for score in scores]
                whole = total(powers)
                shares = [power / whole for power in powers]
                found[place] += [total(map(mul, shares, column)) for column in zip(*(r[part] for r in v), strict=True)]
        return _linear(found, tensors["out_proj.weight"], tensors["out_proj.bias"].values if self.bias else [])

    def _distance(self, place: int, other: int) -> int:
        """Which number belongs to two places of a window."""
        down, across = self.relative_positions or (1, 1)
        (row, column), (row_2, column_2) = divmod(place, across), divmod(other, across)
        return (row - row_2 + down - 1) * (2 * across - 1) + column - column_2 + across - 1


def _rows(x: Tensor, number: int) -> list[list[Any]]:
    """The rows of one sequence of several."""
    length, features = x.shape[-2:]
    first = number * length * features
    return [x.values[first + i * features : first + (i + 1) * features] for i in range(length)]


def _linear(rows: list[list[Any]], weight: Tensor, bias: list[Any]) -> list[list[Any]]:
    features = weight.shape[1]
    kernels = [weight.values[first : first + features] for first in range(0, len(weight.values), features)]
    found = [[total(map(mul, kernel, row)) for kernel in kernels] for row in rows]
    return [[a + b for a, b in zip(row, bias, strict=True)] for row in found] if bias else found


MultiheadAttention.examples = (
    Example(
        "multihead_attention",
        {"num_heads": 12},
        ((197, 768),),
        {
            "output": (197, 768),
            "weights": 4 * 768 * 768,
            "biases": 4 * 768,
            "macs": 4 * 197 * 768 * 768 + 2 * 197 * 197 * 768,
            "transcendentals": 12 * 197 * 197,
        },
    ),
    Example(
        "multihead_attention",
        {"num_heads": 3, "relative_positions": 7},
        ((64, 49, 96),),
        {
            "output": (64, 49, 96),
            "weights": 4 * 96 * 96,
            "biases": 4 * 96 + 13 * 13 * 3,
            "buffers": 49 * 49,
            "macs": 64 * (4 * 49 * 96 * 96 + 2 * 49 * 49 * 96),
        },
    ),
)
