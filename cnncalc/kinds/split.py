"""Split: a map is cut into parts of given sizes along one axis.

`split_size` is the size of every part (the last one takes what is left), or a list with the size of each. The parts
are the outputs `name:0`, `name:1` …; the name alone is the first.

    - split: {split_size: [24, 48], name: parts}
    - conv2d: {out_channels: 8, kernel_size: 3, from: "parts:1"}
"""

from typing import Annotated

from pydantic import BeforeValidator, Field

from cnncalc.kinds._contract import LARGEST, Example, PositiveInt, Wanted, one_or_more
from cnncalc.kinds._parts import MOST_PARTS, Parts, equal_parts
from cnncalc.language import _, mark
from cnncalc.problem import Problem, Refused
from cnncalc.shape import Shape


class PartsDoNotSum(Problem):
    """The sizes of the parts must sum to the side that is cut."""

    sizes: tuple[int, ...]
    side: int

    def message(self) -> str:
        return _("the parts sum to {total}, but the side that is cut has {side} places").format(
            total=sum(self.sizes), side=self.side
        )

    def about(self) -> str:
        return "split_size"


class Split(Parts):
    names = {"split": 0}
    foreign = ("Split", "tf.split", "拆分")
    foreign_fields = {"axis": "dim", "split_size_or_sections": "split_size", "num_or_size_splits": "split_size"}

    split_size: (
        Annotated[
            tuple[PositiveInt, ...],
            Field(min_length=1, max_length=MOST_PARTS),
            BeforeValidator(lambda value: value if isinstance(value, int) else one_or_more(value)),
            Wanted("the size of every part, or a list with the size of each"),
        ]
        | Annotated[int, Field(ge=1, le=LARGEST)]
    ) = Field(description=mark("size of every part, or of each one"))

    def sizes(self, side: int, shape: Shape) -> tuple[int, ...]:
        if isinstance(self.split_size, int):
            return equal_parts("split_size", side, self.split_size)
        if sum(self.split_size) != side:
            raise Refused(PartsDoNotSum(self.split_size, side))
        return self.split_size


Split.examples = (
    Example("split", {"split_size": [24, 48]}, ((72, 7, 7),), {"output": (24, 7, 7), "weights": 0}),
    Example("split", {"split_size": 50, "dim": -1}, ((3, 120),), {"output": (3, 50)}),
)
