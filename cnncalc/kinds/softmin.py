"""Softmin: the softmax of the negated values; the smallest one gets the largest share.

Over n values: n exponentials, n − 1 additions, n divisions, as a softmax.

    - softmin            # over the channels (axis 1)
"""

from collections.abc import Mapping

from cnncalc.formula.worked import WrittenOut, added, given
from cnncalc.kinds._contract import Example
from cnncalc.kinds.softmax import Softmax
from cnncalc.tensor import Index, Tensor


class Softmin(Softmax):
    names = {"softmin": 0}
    foreign = ("Softmin",)

    def compute(self, inputs: tuple[Tensor, ...], tensors: Mapping[str, Tensor]) -> Tensor:
        x = inputs[0]
        return super().compute((Tensor(x.shape, [-value for value in x.values]),), tensors)

    def written_out(self, inputs: tuple[Tensor, ...], tensors: Mapping[str, Tensor], at: Index) -> WrittenOut:
        row = self.row(inputs[0], at)
        return WrittenOut((-given(inputs[0][at])).exp() / added([(-given(value)).exp() for value in row]))


Softmin.examples = (
    Example("softmin", {}, ((10,),), {"output": (10,), "transcendentals": 10, "additions": 10 - 1, "divisions": 10}),
)
