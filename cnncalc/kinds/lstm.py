"""LSTM: a recurrent layer with a memory of its own, and gates that say what is written, kept and read.

The input is a sequence L×F. Outputs: the values of all steps, L×H (2H in both directions), and as `name:1` and `name:2`
the last values and memories of each layer. Four gates make 4H·(F + H) weights and 8H biases; a step costs as many MACs
as there are weights. For each remembered value come on top: three sigmoids (a transcendental, an addition, a division
each), two tanhs, 3 multiplications and an addition. `proj_size` makes the values smaller by one more matrix.

    - lstm: {hidden_size: 256, bidirectional: true}
"""

from typing import Annotated, Any

from pydantic import Field

from cnncalc.formula.expression import Naming, Number, plain
from cnncalc.kinds._contract import Cost, Example, NotNegativeInt, Wanted
from cnncalc.kinds._pointwise import call, sigmoid
from cnncalc.kinds._recurrent import Recurrent
from cnncalc.language import _, mark
from cnncalc.problem import Problem, Refused
from cnncalc.shape import Shape


class ProjectionTooLarge(Problem):
    """`proj_size` makes the values that a step gives on fewer, so it must be below `hidden_size`; 0 means none."""

    given: int
    hidden: int

    def message(self) -> str:
        return _("proj_size is {given}, but must be below hidden_size {hidden}").format(
            given=self.given, hidden=self.hidden
        )

    def about(self) -> str:
        return "proj_size"


class LSTM(Recurrent):
    names = {"lstm": 0}
    gates = 4
    states = 2
    foreign = ("LSTMCell", "LSTM", "长短期记忆")

    proj_size: Annotated[NotNegativeInt, Wanted("a whole number from 0 up")] = Field(
        default=0, description=mark("values that a step gives on; 0 for hidden_size")
    )

    @property
    def given_on(self) -> int:
        return self.proj_size or self.hidden_size

    def outputs(self, inputs: tuple[Shape, ...], name: Naming = plain) -> tuple[tuple[Number, ...], ...]:
        if self.proj_size >= self.hidden_size:
            raise Refused(ProjectionTooLarge(self.proj_size, self.hidden_size))
        return super().outputs(inputs, name)

    def joining(self) -> Cost:
        return Cost(multiplications=3, additions=3 + 1, divisions=3, transcendentals=3 + 2)

    def step(self, entering: list[Any], remembered: list[Any], state: list[list[Any]]) -> list[list[Any]]:
        sums, size = [a + b for a, b in zip(entering, remembered, strict=True)], self.hidden_size
        write, keep, new, read = (sums[first : first + size] for first in range(0, 4 * size, size))
        memory = [
            c * sigmoid(f) + sigmoid(i) * call("tanh", g) for i, f, g, c in zip(write, keep, new, state[1], strict=True)
        ]
        return [[sigmoid(o) * call("tanh", c) for o, c in zip(read, memory, strict=True)], memory]


LSTM.examples = (
    Example(
        "lstm",
        {"hidden_size": 256, "bidirectional": True},
        ((26, 512),),
        {
            "output": (26, 2 * 256),
            "weights": 2 * 4 * 256 * (512 + 256),
            "biases": 2 * 8 * 256,
            "macs": 26 * 2 * 4 * 256 * (512 + 256),
            "transcendentals": 26 * 2 * 256 * 5,
        },
    ),
)
