"""Channel shuffle: the channels of the groups are dealt out anew, so that the next grouped layer sees all of them.

Channel c of group g becomes channel c·groups + g. ShuffleNet puts it between grouped 1×1 convolutions, which would
otherwise never mix their groups.

    - channel_shuffle: {groups: 2}
"""

from pydantic import Field

from cnncalc.formula.expression import Naming, plain
from cnncalc.kinds._channels import GroupsDoNotDivide
from cnncalc.kinds._contract import Channels, Example
from cnncalc.kinds._moving import Moving
from cnncalc.language import mark
from cnncalc.problem import Refused
from cnncalc.shape import Shape
from cnncalc.tensor import Index


class ChannelShuffle(Moving):
    names = {"channel_shuffle": 0}
    foreign = ("ChannelShuffle", "shuffle")

    groups: Channels = Field(description=mark("parts whose channels are dealt out"))

    def output(self, inputs: tuple[Shape, ...], name: Naming = plain) -> Shape:
        if inputs[0][0] % self.groups:
            raise Refused(GroupsDoNotDivide(self.groups, "in_channels", inputs[0][0]))
        return inputs[0]

    def origin(self, at: Index, shapes: tuple[Shape, ...], output: int = 0) -> tuple[int, Index]:
        place, group = divmod(at[0], self.groups)
        return 0, (group * (shapes[0][0] // self.groups) + place, *at[1:])


ChannelShuffle.examples = (
    Example("channel_shuffle", {"groups": 2}, ((116, 28, 28),), {"output": (116, 28, 28), "weights": 0}),
)
