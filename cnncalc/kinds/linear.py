"""Fully connected layer: each output is a weighted sum of all inputs, plus a bias.

M inputs and N outputs make M·N weights and N biases. Each weight is used once in a forward pass, so there are M·N
multiplications too. On pictures this grows fast: a 300×200×3 image with 512 neurons needs 92,160,000 weights.

`linear` acts on the last axis. On a map with channels and space a `flatten` was usually forgotten, so that is a problem
unless `in_features` is given and equals the last axis.

    - linear: {out_features: 10}
"""

from collections.abc import Mapping
from operator import mul

from pydantic import Field

from cnncalc import shape as shapes
from cnncalc.formula import rules
from cnncalc.formula.expression import Naming, Number, group, plain
from cnncalc.formula.letters import F_IN, F_OUT, ROWS
from cnncalc.formula.worked import Slice, WrittenOut, added, given
from cnncalc.kinds._contract import Channels, Cost, Example, Flag, Kind, Mixed, Role, Sight, Weights, Window
from cnncalc.language import _, mark
from cnncalc.problem import Problem, Refused
from cnncalc.result import Connections, Forms
from cnncalc.shape import Shape, elements
from cnncalc.tensor import Index, Tensor, total


class InFeaturesMismatch(Problem):
    """`in_features` says another number of values than arrive.

    It is the commonest mistake behind a flatten: the number was worked out for another input, padding or kernel. In a
    spec `in_features` is never needed; left out, it is computed from the layer above.
    """

    given: int
    arriving: int
    source: str = ""

    def message(self) -> str:
        if self.source:
            return _("in_features is {given}, but {source} gives {arriving} values").format(
                given=self.given, source=self.source, arriving=self.arriving
            )
        return _("in_features is {given}, but {arriving} values arrive").format(
            given=self.given, arriving=self.arriving
        )

    def caret(self) -> str:
        return _("must be {arriving}").format(arriving=self.arriving)

    def about(self) -> str:
        return "in_features"

    def hints(self) -> tuple[str, ...]:
        return (_("leave in_features out, then it is computed"),)


class ForgottenFlatten(Problem):
    """A fully connected layer meets a map with channels and space.

    `linear` acts on the last axis only, which on a map is seldom meant. Put a `flatten` above it (or a
    `global_avg_pool`). If the last axis is meant, say so by giving `in_features`.
    """

    shape: Shape

    def message(self) -> str:
        return _("a fully connected layer takes a list of values, but a map of {shape} arrives").format(
            shape=shapes.text(self.shape)
        )

    def caret(self) -> str:
        return _("flatten it first")

    def hints(self) -> tuple[str, ...]:
        return (
            _("put `- flatten` above it: {product} = {values} values").format(
                product="·".join(map(str, self.shape)), values=elements(self.shape)
            ),
            _("or `in_features: {last}` if it is meant for the last axis").format(last=self.shape[-1]),
        )


class Linear(Kind):
    names = {"linear": 0}
    roles = frozenset({Role.LINEAR})
    weighted_sum = True
    foreign = ("Dense", "dense", "fc", "FC", "InnerProduct", "Gemm", "fully_connected", "全连接", "全连接层")
    foreign_fields = {
        "units": "out_features",
        "neurons": "out_features",
        "num_output": "out_features",
        "out_channels": "out_features",
        "in_channels": "in_features",
        "use_bias": "bias",
    }

    spoken = (
        *(
            "fully connected",
            "fully connected layer",
            "fully connected layers",
            "fc",
            "fc layer",
            "dense",
            "dense layer",
        ),
        *("linear layer", "linear", "mlp layer", "fully connected hidden layer"),
        *("fully connected network", "fully connected neural network", "perceptron", "affine layer"),
        *("mlp", "multilayer perceptron", "multi layer perceptron", "多层感知机", "感知机", "mlp网络"),
        *("全连接", "全连接层", "线性层", "稠密层", "全连接网络", "全连接神经网络"),
    )
    called = {"Linear": ("in_features", "out_features", "bias"), "Dense": ("out_features",)}

    out_features: Channels = Field(description=mark("number of outputs (neurons)"))
    bias: Flag = Field(default=True, description=mark("whether each output has a bias"))
    in_features: Channels | None = Field(default=None, description=mark("values that arrive; checked when given"))

    def output(self, inputs: tuple[Shape, ...], name: Naming = plain) -> tuple[Number, ...]:
        shape = inputs[0]
        if self.in_features is None:
            if len(shape) > 1:
                raise Refused(ForgottenFlatten(shape))
        elif self.in_features != shape[-1]:
            if len(shape) > 1 and self.in_features == elements(shape):
                raise Refused(ForgottenFlatten(shape))
            raise Refused(InFeaturesMismatch(self.in_features, shape[-1]))
        return (*shape[:-1], name(F_OUT, self.out_features))

    def weights(self, inputs: tuple[Shape, ...], name: Naming = plain) -> Weights:
        out = name(F_OUT, self.out_features)
        return Weights(rules.linear_weights(name(F_IN, inputs[0][-1]), out), out if self.bias else 0)

    def cost(self, inputs: tuple[Shape, ...], output: Shape, name: Naming = plain) -> Cost:
        features_in, out = name(F_IN, inputs[0][-1]), name(F_OUT, self.out_features)
        multiplications: Number = rules.linear_weights(features_in, out)
        sums: Number = out * (features_in - 1)
        if len(output) > 1:
            rows = name(ROWS, elements(output[:-1]))
            multiplications, sums, out = rows * group(multiplications), rows * group(sums), rows * out
        return Cost(multiplications, multiplications if self.bias else sums, macs=multiplications)

    def window(self, inputs: tuple[Shape, ...]) -> Window:
        axes = len(inputs[0])
        return Sight.ALL if axes == 1 else Mixed((axes - 1,))

    def connections(self, inputs: tuple[Shape, ...], output: Shape, own: Forms, name: Naming = plain) -> Connections:
        return Connections(own, own, own)

    def products(self, inputs: tuple[Shape, ...], name: Naming = plain) -> Number:
        return name(F_IN, inputs[0][-1])

    def tensors(self, inputs: tuple[Shape, ...]) -> Mapping[str, Shape]:
        shapes_ = {"weight": (self.out_features, inputs[0][-1])}
        return {**shapes_, "bias": (self.out_features,)} if self.bias else shapes_

    def compute(self, inputs: tuple[Tensor, ...], tensors: Mapping[str, Tensor]) -> Tensor:
        x, weights = inputs[0], tensors["weight"].values
        each = x.shape[-1]
        values = []
        for first in range(0, len(x.values), each):
            row = x.values[first : first + each]
            for out in range(self.out_features):
                value = total(map(mul, weights[out * each : (out + 1) * each], row))
                values.append(value + tensors["bias"][(out,)] if self.bias else value)
        return Tensor((*x.shape[:-1], self.out_features), values)

    def written_out(self, inputs: tuple[Tensor, ...], tensors: Mapping[str, Tensor], at: Index) -> WrittenOut:
        x, weight, (*row, out) = inputs[0], tensors["weight"], at
        seen = tuple((*row, i) for i in range(x.shape[-1]))
        features, factors = [x[place] for place in seen], [weight[(out, i)] for i in range(x.shape[-1])]
        formula = added([given(value) * factor for value, factor in zip(features, factors, strict=True)])
        sides = (len(seen),)
        slices = (Slice(0, seen, Tensor(sides, features), formula, Tensor(sides, factors)),)
        if not self.bias:
            return WrittenOut(formula, slices)
        bias = tensors["bias"][(out,)]
        return WrittenOut(formula + bias, slices, bias)


Linear.examples = (
    Example(
        "linear",
        {"out_features": 512},
        ((784,),),
        {"output": (512,), "weights": 784 * 512, "biases": 512, "multiplications": 784 * 512, "additions": 784 * 512},
    ),
    Example(
        "linear",
        {"out_features": 4, "bias": False, "in_features": 6},
        ((5, 6),),
        {"output": (5, 4), "weights": 6 * 4, "biases": 0, "multiplications": 5 * 6 * 4, "additions": 5 * 4 * (6 - 1)},
    ),
)
