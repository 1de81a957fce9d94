"""Dropout: while training, a random part of the values is set to 0; afterwards it does nothing.

It changes no shape and has no parameters. It keeps a network from leaning on single values, most of all in fully
connected layers. `dropout2d` drops whole channels.

    - dropout: {p: 0.2}
"""

from typing import Annotated, ClassVar

from pydantic import Field

from cnncalc.kinds._contract import Example, Flag, Role, Wanted
from cnncalc.kinds._pointwise import Pointwise
from cnncalc.language import mark

Share = Annotated[float, Field(ge=0, le=1), Wanted("a share from 0 to 1")]


class Dropout(Pointwise):
    names = {"dropout": 0, "dropout1d": 0, "dropout2d": 0, "dropout3d": 0}
    roles = frozenset({Role.REGULARISATION})
    weighted_sum = True
    foreign: ClassVar[tuple[str, ...]] = (
        "Dropout",
        "SpatialDropout1D",
        "SpatialDropout2D",
        "SpatialDropout3D",
        "随机失活",
    )
    foreign_fields = {"rate": "p", "dropout_ratio": "p"}

    p: Share = Field(default=0.5, description=mark("share of the values that is dropped while training"))
    inplace: Flag = Field(default=False, description=mark("changes no number here"))

    def drops(self) -> float:
        return self.p


Dropout.examples = (Example("dropout", {"p": 0.2}, ((512,),), {"output": (512,), "weights": 0, "multiplications": 0}),)
