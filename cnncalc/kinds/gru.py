"""GRU: a recurrent layer with two gates, one that forgets and one that mixes old and new.

The input is a sequence L×F. Outputs: the values of all steps, L×H (2H in both directions), and as `name:1` the last
ones of each layer. 3H·(F + H) weights and 6H biases; a step costs as many MACs as there are weights. For each
remembered value come on top: two sigmoids (a transcendental, an addition, a division each), a tanh, 3 multiplications
and 2 additions.

    - gru: {hidden_size: 128}
"""

from typing import Any

from cnncalc.kinds._contract import Cost, Example
from cnncalc.kinds._pointwise import call, sigmoid
from cnncalc.kinds._recurrent import Recurrent


class GRU(Recurrent):
    names = {"gru": 0}
    gates = 3
    foreign = ("GRUCell", "GRU", "门控循环单元")

    def joining(self) -> Cost:
        return Cost(multiplications=3, additions=2 + 2, divisions=2, transcendentals=2 + 1)

    def step(self, entering: list[Any], remembered: list[Any], state: list[list[Any]]) -> list[list[Any]]:
        size, values = self.hidden_size, []
        for i in range(size):
            forget = sigmoid(entering[i] + remembered[i])
            mix = sigmoid(entering[size + i] + remembered[size + i])
            new = call("tanh", entering[2 * size + i] + remembered[2 * size + i] * forget)
            values.append(new * (1 - mix) + mix * state[0][i])
        return [values]


GRU.examples = (
    Example(
        "gru",
        {"hidden_size": 128, "num_layers": 2},
        ((26, 512),),
        {
            "output": (26, 128),
            "weights": 3 * 128 * (512 + 128) + 3 * 128 * (128 + 128),
            "biases": 2 * 2 * 3 * 128,
            "macs": 26 * (3 * 128 * (512 + 128) + 3 * 128 * (128 + 128)),
        },
    ),
)
