"""Identity: what arrives, leaves. A place to hang a name on.

It changes no shape and has no parameters.

    - identity
"""

from cnncalc.kinds._contract import Example
from cnncalc.kinds._pointwise import Pointwise


class Identity(Pointwise):
    names = {"identity": 0}
    roles = frozenset()
    weighted_sum = True
    idempotent = True
    monotone = True
    foreign = ("Identity", "Activation", "linear activation")


Identity.examples = (Example("identity", {}, ((3, 4),), {"output": (3, 4), "weights": 0, "additions": 0}),)
