"""RNN: a recurrent layer that remembers one list of values: h = tanh(W·x + b + V·h + c), for each step of a sequence.

The input is a sequence L×F. Outputs: the values of all steps, L×H (2H in both directions), and as `name:1` the last
ones of each layer. A layer has H·(F + H) weights and 2H biases; a step costs as many MACs as there are weights. They
are summed up with the biases: F + H + 1 additions for each remembered value of a step. Each remembered value takes a
tanh, or with `nonlinearity: relu` a comparison.

    - rnn: {hidden_size: 128}
"""

from typing import Annotated, Any, Literal

from pydantic import Field

from cnncalc.kinds._contract import Cost, Example, Wanted
from cnncalc.kinds._pointwise import call
from cnncalc.kinds._recurrent import Recurrent
from cnncalc.language import mark


class RNN(Recurrent):
    names = {"rnn": 0}
    foreign = ("RNNCell", "RNN", "SimpleRNN", "循环神经网络")

    nonlinearity: Annotated[Literal["tanh", "relu"], Wanted("tanh or relu")] = Field(
        default="tanh", description=mark("what the sum passes through")
    )

    def joining(self) -> Cost:
        return Cost(transcendentals=1) if self.nonlinearity == "tanh" else Cost(comparisons=1)

    def step(self, entering: list[Any], remembered: list[Any], state: list[list[Any]]) -> list[list[Any]]:
        sums = [a + b for a, b in zip(entering, remembered, strict=True)]
        if self.nonlinearity == "tanh":
            return [[call("tanh", value) for value in sums]]
        return [[value if value > 0 else 0 for value in sums]]


RNN.examples = (
    Example(
        "rnn",
        {"hidden_size": 128},
        ((26, 512),),
        {
            "output": (26, 128),
            "weights": 128 * (512 + 128),
            "biases": 2 * 128,
            "macs": 26 * 128 * (512 + 128),
            "additions": 26 * 128 * (512 + 128 + 1),
            "transcendentals": 26 * 128,
        },
    ),
)
