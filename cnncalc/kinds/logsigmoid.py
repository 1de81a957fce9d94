"""LogSigmoid: the logarithm of the sigmoid, −ln(1 + e^(−x)).

Two transcendentals (an exponential and a logarithm) and one addition for each value.

    - logsigmoid
"""

from typing import Any

from cnncalc.kinds._contract import Cost, Example
from cnncalc.kinds._pointwise import Pointwise, call


class LogSigmoid(Pointwise):
    names = {"logsigmoid": 0}
    monotone = True
    foreign = ("LogSigmoid", "log_sigmoid")
    each = Cost(additions=1, transcendentals=2)

    def at(self, x: Any) -> Any:
        return -call("log", call("exp", -x) + 1)


LogSigmoid.examples = (
    Example(
        "logsigmoid", {}, ((6, 24, 24),), {"output": (6, 24, 24), "weights": 0, "transcendentals": 2 * 6 * 24 * 24}
    ),
)
