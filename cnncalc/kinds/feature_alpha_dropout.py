"""Feature alpha dropout: an alpha dropout that drops whole channels.

While training only; afterwards it does nothing. It changes no shape and has no parameters.

    - feature_alpha_dropout: {p: 0.1}
"""

from cnncalc.kinds._contract import Example
from cnncalc.kinds.dropout import Dropout


class FeatureAlphaDropout(Dropout):
    names = {"feature_alpha_dropout": 0}
    keeps_spread = True
    foreign = ("FeatureAlphaDropout",)


FeatureAlphaDropout.examples = (
    Example("feature_alpha_dropout", {"p": 0.1}, ((512,),), {"output": (512,), "multiplications": 0}),
)
