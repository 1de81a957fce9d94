"""Alpha dropout: a dropout that keeps mean and variance, made for SELU networks.

While training only; afterwards it does nothing. It changes no shape and has no parameters.

    - alpha_dropout: {p: 0.1}
"""

from cnncalc.kinds._contract import Example
from cnncalc.kinds.dropout import Dropout


class AlphaDropout(Dropout):
    names = {"alpha_dropout": 0}
    keeps_spread = True
    foreign = ("AlphaDropout",)


AlphaDropout.examples = (Example("alpha_dropout", {"p": 0.1}, ((512,),), {"output": (512,), "multiplications": 0}),)
