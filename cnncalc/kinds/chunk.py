"""Chunk: a map is cut into so many parts along one axis, all of them as large as ⌈n/chunks⌉ but the last.

The parts are the outputs `name:0`, `name:1` …; the name alone is the first. ShuffleNet v2 sends one half of its
channels past the block.

    - chunk: {chunks: 2, name: halves}
    - conv2d: {out_channels: 58, kernel_size: 1, from: "halves:1"}
"""

from pydantic import Field

from cnncalc.formula.expression import ceil_divide
from cnncalc.kinds._contract import Channels, Example
from cnncalc.kinds._parts import Parts, equal_parts
from cnncalc.language import mark
from cnncalc.shape import Shape


class Chunk(Parts):
    names = {"chunk": 0}
    foreign = ("Chunk", "tensor_split")
    foreign_fields = {"axis": "dim", "num_splits": "chunks", "parts": "chunks"}

    chunks: Channels = Field(description=mark("number of parts"))

    def sizes(self, side: int, shape: Shape) -> tuple[int, ...]:
        return equal_parts("chunks", side, ceil_divide(side, self.chunks))


Chunk.examples = (
    Example("chunk", {"chunks": 2}, ((116, 28, 28),), {"output": (116 // 2, 28, 28), "weights": 0}),
    Example("chunk", {"chunks": 4, "dim": 2}, ((3, 10),), {"output": (3, 3)}),
)
