"""Group normalisation: the channels of each group are together shifted and scaled to mean 0 and variance 1.

Each example is normalised by itself, so a small batch does no harm. One scale and one shift are learned for each
channel. Mean and variance are worked out for every example: for a group of n values 3n − 1 additions, 2n
multiplications, 2 divisions and a root; scale and shift are one multiplication and one addition for each value more.

    - group_norm: {num_groups: 8}
"""

from collections.abc import Mapping

from pydantic import Field

from cnncalc.formula.expression import Naming, plain
from cnncalc.formula.letters import C, G
from cnncalc.kinds._channels import GroupsDoNotDivide
from cnncalc.kinds._contract import Channels, Cost, Example, Flag, Float, Kind, Role, Sight, Weights
from cnncalc.kinds._pointwise import values_in
from cnncalc.kinds._row_norm import OneValueEach, norm_cost, normalised
from cnncalc.language import _, mark
from cnncalc.problem import Problem, Refused
from cnncalc.shape import Shape, elements
from cnncalc.tensor import Tensor


class NumChannelsMismatch(Problem):
    """`num_channels` says another number of channels than arrive; left out, it is computed."""

    given: int
    arriving: int

    def message(self) -> str:
        return _("num_channels is {given}, but {arriving} channels arrive").format(
            given=self.given, arriving=self.arriving
        )

    def about(self) -> str:
        return "num_channels"

    def hints(self) -> tuple[str, ...]:
        return (_("leave num_channels out, then it is computed"),)


class NumGroupsDoNotDivide(GroupsDoNotDivide):
    """`num_groups` must divide the channels that arrive, so that all groups are equally large."""

    def message(self) -> str:
        return _("num_groups is {groups}, which does not divide the {channels} channels that arrive").format(
            groups=self.groups, channels=self.channels
        )

    def about(self) -> str:
        return "num_groups"


class GroupNorm(Kind):
    names = {"group_norm": 0}
    roles = frozenset({Role.NORMALISATION})
    foreign = ("GroupNormalization", "GroupNorm", "gn", "groupnorm", "组归一化")
    foreign_fields = {"epsilon": "eps", "groups": "num_groups"}

    num_groups: Channels = Field(description=mark("groups into which the channels are split"))
    eps: Float = Field(default=1e-5, description=mark("added to the variance; changes no number here"))
    affine: Flag = Field(default=True, description=mark("whether a scale and a shift are learned"))
    bias: Flag = Field(default=True, description=mark("whether the shift is learned too"))
    num_channels: Channels | None = Field(default=None, description=mark("channels that arrive; checked when given"))

    def output(self, inputs: tuple[Shape, ...], name: Naming = plain) -> Shape:
        shape = inputs[0]
        if self.num_channels not in (None, shape[0]):
            raise Refused(NumChannelsMismatch(self.num_channels or 0, shape[0]))
        if shape[0] % self.num_groups:
            raise Refused(NumGroupsDoNotDivide(self.num_groups, "in_channels", shape[0]))
        if elements(shape) == self.num_groups:
            raise Refused(OneValueEach())
        return shape

    def weights(self, inputs: tuple[Shape, ...], name: Naming = plain) -> Weights:
        channels = name(C, inputs[0][0]) if self.affine else 0
        return Weights(channels, channels if self.bias else 0)

    def cost(self, inputs: tuple[Shape, ...], output: Shape, name: Naming = plain) -> Cost:
        return norm_cost(
            values_in(output, name), name(G, self.num_groups), scaled=self.affine, shifted=self.affine and self.bias
        )

    def window(self, inputs: tuple[Shape, ...]) -> Sight:
        return Sight.ALL

    def centres_channels(self, inputs: tuple[Shape, ...]) -> bool:
        return self.num_groups == inputs[0][0]

    def tensors(self, inputs: tuple[Shape, ...]) -> Mapping[str, Shape]:
        channels = inputs[0][:1]
        if not self.affine:
            return {}
        return {"weight": channels, "bias": channels} if self.bias else {"weight": channels}

    def compute(self, inputs: tuple[Tensor, ...], tensors: Mapping[str, Tensor]) -> Tensor:
        x = inputs[0]
        each, area = len(x.values) // self.num_groups, len(x.values) // x.shape[0]
        values = []
        for first in range(0, len(x.values), each):
            values += normalised(x.values[first : first + each], self.eps)
        if "weight" in tensors:
            values = [value * tensors["weight"].values[i // area] for i, value in enumerate(values)]
        if "bias" in tensors:
            values = [value + tensors["bias"].values[i // area] for i, value in enumerate(values)]
        return Tensor(x.shape, values)


GroupNorm.examples = (
    Example(
        "group_norm",
        {"num_groups": 4, "bias": False},
        ((32, 8, 8),),
        {"weights": 32, "biases": 0, "additions": 3 * 32 * 8 * 8 - 4},
    ),
    Example(
        "group_norm",
        {"num_groups": 4},
        ((32, 8, 8),),
        {
            "output": (32, 8, 8),
            "weights": 32,
            "biases": 32,
            "multiplications": 3 * 32 * 8 * 8,
            "additions": 4 * 32 * 8 * 8 - 4,
            "divisions": 2 * 4,
            "transcendentals": 4,
        },
    ),
)
