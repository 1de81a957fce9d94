"""What RNN, LSTM and GRU share: layers that go through a sequence step by step and remember what they have seen.

Each layer has for each of its gates a weight for every input and for every remembered value, and two biases (PyTorch
keeps both).
"""

from collections.abc import Mapping
from operator import mul
from typing import Any, ClassVar

from pydantic import Field

from cnncalc.formula.expression import Expression, Naming, Number, plain
from cnncalc.formula.letters import F_IN, F_IN_2, PROJ, ROWS, H
from cnncalc.kinds._contract import Channels, Cost, Flag, Kind, Role, Sight, Weights
from cnncalc.kinds._sequence import sequence
from cnncalc.kinds.dropout import Share
from cnncalc.language import _, mark
from cnncalc.problem import Problem, Refused
from cnncalc.shape import Shape
from cnncalc.tensor import Tensor, total

MOST_LAYERS = 1_000


class InputSizeMismatch(Problem):
    """`input_size` says another number of features than arrive; left out, it is computed."""

    given: int
    arriving: int

    def message(self) -> str:
        return _("input_size is {given}, but {arriving} features arrive").format(
            given=self.given, arriving=self.arriving
        )

    def about(self) -> str:
        return "input_size"

    def hints(self) -> tuple[str, ...]:
        return (_("leave input_size out, then it is computed"),)


class TooManyRecurrentLayers(Problem):
    """At most 1,000 layers can be stacked."""

    layers: int

    def message(self) -> str:
        return _("num_layers is {layers}; at most {most} are possible").format(layers=self.layers, most=MOST_LAYERS)

    def about(self) -> str:
        return "num_layers"


class Recurrent(Kind):
    """The fields and rules; `gates` is how many blocks of weights a layer has, `step` one step of one layer."""

    roles = frozenset({Role.RECURRENT})
    several = True
    gates: ClassVar[int] = 1
    states: ClassVar[int] = 1
    foreign_fields = {"units": "hidden_size", "neurons": "hidden_size", "use_bias": "bias"}

    hidden_size: Channels = Field(description=mark("values that are remembered"))
    num_layers: Channels = Field(default=1, description=mark("layers on top of each other"))
    bias: Flag = Field(default=True, description=mark("whether there are biases, two for each gate value"))
    batch_first: Flag = Field(default=False, description=mark("changes no number here: the batch is left out"))
    dropout: Share = Field(default=0.0, description=mark("share dropped between the layers while training"))
    bidirectional: Flag = Field(default=False, description=mark("whether a second one goes through from the end"))
    input_size: Channels | None = Field(default=None, description=mark("features that arrive; checked when given"))

    @property
    def directions(self) -> int:
        """2 when the sequence is gone through from both ends."""
        return 2 if self.bidirectional else 1

    @property
    def given_on(self) -> int:
        """Values that a step gives on."""
        return self.hidden_size

    def outputs(self, inputs: tuple[Shape, ...], name: Naming = plain) -> tuple[tuple[Number, ...], ...]:
        length, features = sequence(self, inputs[0])
        if self.input_size not in (None, features):
            raise Refused(InputSizeMismatch(self.input_size or 0, features))
        if self.num_layers > MOST_LAYERS:
            raise Refused(TooManyRecurrentLayers(self.num_layers))
        kept = self.directions * self.num_layers
        last = ((kept, self.given_on), (kept, self.hidden_size))[: self.states]
        return ((length, self.directions * self.given_on), *last)

    def output(self, inputs: tuple[Shape, ...], name: Naming = plain) -> tuple[Number, ...]:
        return self.outputs(inputs, name)[0]

    def _arriving(self, features: int, name: Naming = plain) -> list[tuple[int, Number]]:
        """What arrives at the first layer, and at all others: (how many layers, features)."""
        first, further = name(F_IN, features), name(F_IN_2, self.directions * self.given_on)
        return [(1, first), (self.num_layers - 1, further)][: 1 + (self.num_layers > 1)]

    def _remembered(self, name: Naming) -> tuple[Number, Number]:
        """The hidden size, and how many values a step gives on: the same number unless they are projected."""
        hidden = name(H, self.hidden_size)
        return hidden, hidden if self.given_on == self.hidden_size else name(PROJ, self.given_on)

    def weights(self, inputs: tuple[Shape, ...], name: Naming = plain) -> Weights:
        hidden, remembered = self._remembered(name)
        layers = []
        for times, entering in self._arriving(inputs[0][1], name):
            one = _times(self.gates, hidden) * (entering + remembered)
            if self.given_on != self.hidden_size:
                one = one + remembered * hidden
            layers.append(_times(times * self.directions, one))
        weights = total(layers)
        biases = 2 * self.gates * self.directions * self.num_layers * hidden
        return Weights(weights, biases if self.bias else 0)

    def cost(self, inputs: tuple[Shape, ...], output: Shape, name: Naming = plain) -> Cost:
        """Products of the gates are MACs; what joins the gates to a value comes on top (`joining`)."""
        hidden, remembered = self._remembered(name)
        steps = name(ROWS, inputs[0][0])
        products_, sums_ = [], []
        gates = _times(self.gates, hidden)
        for times, entering in self._arriving(inputs[0][1], name):
            products = gates * (entering + remembered)
            # Two sums of products, one addition to join them, and two biases.
            sums = gates * (entering + remembered + 1 if self.bias else entering + remembered - 1)
            if self.given_on != self.hidden_size:
                products = products + remembered * hidden
                sums = sums + remembered * (hidden - 1)
            products_.append(_times(times, products))
            sums_.append(_times(times, sums))
        joining, steps = self.joining(), _times(self.directions, steps)
        macs, units = steps * total(products_), _times(self.num_layers, steps) * hidden
        return Cost(
            multiplications=_plus(macs, _counted(units, joining.multiplications)),
            additions=_plus(steps * total(sums_), _counted(units, joining.additions)),
            macs=macs,
            comparisons=_counted(units, joining.comparisons),
            divisions=_counted(units, joining.divisions),
            transcendentals=_counted(units, joining.transcendentals),
        )

    def joining(self) -> Cost:
        """Operations for each remembered value, once the gates' sums are there."""
        raise NotImplementedError

    def window(self, inputs: tuple[Shape, ...]) -> Sight:
        return Sight.ALL

    def tensors(self, inputs: tuple[Shape, ...]) -> Mapping[str, Shape]:
        found: dict[str, Shape] = {}
        rows = self.gates * self.hidden_size
        arriving = [features for times, features in self._arriving(inputs[0][1]) for _one in range(times)]
        for layer, features in enumerate(arriving):
            for end in ("", "_reverse")[: self.directions]:
                found[f"weight_ih_l{layer}{end}"] = (rows, features)
                found[f"weight_hh_l{layer}{end}"] = (rows, self.given_on)
                if self.bias:
                    found |= {f"bias_ih_l{layer}{end}": (rows,), f"bias_hh_l{layer}{end}": (rows,)}
                if self.given_on != self.hidden_size:
                    found[f"weight_hr_l{layer}{end}"] = (self.given_on, self.hidden_size)
        return found

    def compute(self, inputs: tuple[Tensor, ...], tensors: Mapping[str, Tensor]) -> Tensor:
        return self.computed(inputs, tensors)[0]

    def computed(self, inputs: tuple[Tensor, ...], tensors: Mapping[str, Tensor]) -> tuple[Tensor, ...]:
        x = inputs[0]
        rows = [x.values[first : first + x.shape[1]] for first in range(0, len(x.values), x.shape[1])]
        last: list[list[list[Any]]] = []
        for layer in range(self.num_layers):
            found = []
            for end in ("", "_reverse")[: self.directions]:
                learned = {
                    name.removesuffix(f"_l{layer}{end}"): one
                    for name, one in tensors.items()
                    if name.endswith(f"_l{layer}{end}")
                }
                steps, state = self._through(rows[::-1] if end else rows, learned)
                found.append(steps[::-1] if end else steps)
                last.append(state)
            rows = [[value for one in parts for value in one] for parts in zip(*found, strict=True)]
        kept = [[value for state in last for value in state[number]] for number in range(self.states)]
        everything = [[value for row in rows for value in row], *kept]
        return tuple(map(Tensor, self.outputs((x.shape,)), everything))

    def _through(self, rows: list[list[Any]], learned: Mapping[str, Tensor]) -> tuple[list[list[Any]], list[list[Any]]]:
        """All steps of one layer in one direction, and what is remembered in the end."""
        state = [[0] * self.given_on, [0] * self.hidden_size][: self.states]
        found = []
        for row in rows:
            entering = _products(learned["weight_ih"], row, learned.get("bias_ih"))
            remembered = _products(learned["weight_hh"], state[0], learned.get("bias_hh"))
            state = self.step(entering, remembered, state)
            if "weight_hr" in learned:
                state[0] = _products(learned["weight_hr"], state[0], None)
            found.append(state[0])
        return found, state

    def step(self, entering: list[Any], remembered: list[Any], state: list[list[Any]]) -> list[list[Any]]:
        """What is remembered after a step, from both sums of every gate and what was remembered before."""
        raise NotImplementedError


def _times(count: int, number: Number) -> Number:
    return number if count == 1 else count * number


def _plus(first: Number, second: Number) -> Number:
    return first + second if isinstance(second, Expression) or second else first


def _counted(units: Number, each: int) -> Number:
    return units * each if each > 1 else units if each else 0


def _products(weight: Tensor, values: list[Any], bias: Tensor | None) -> list[Any]:
    """The matrix times the values, plus the bias."""
    features = weight.shape[1]
    found = [
        total(map(mul, weight.values[first : first + features], values))
        for first in range(0, len(weight.values), features)
    ]
    return found if bias is None else [a + b for a, b in zip(found, bias.values, strict=True)]
