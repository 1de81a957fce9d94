"""What the convolutions share: channels and groups, and the same maps connected in other ways."""

from typing import Any

from cnncalc.formula import rules
from cnncalc.formula.expression import Naming, Number, sides
from cnncalc.formula.letters import C_OUT, C, G, M, N
from cnncalc.language import _
from cnncalc.problem import Problem, Refused
from cnncalc.result import Connections, Forms
from cnncalc.shape import Shape

FOREIGN_FIELDS = {
    "filters": "out_channels",
    "num_output": "out_channels",
    "neurons": "out_channels",
    "channels": "out_channels",
    "strides": "stride",
    "pads": "padding",
    "dilation_rate": "dilation",
    "dilations": "dilation",
    "group": "groups",
    "use_bias": "bias",
    "kernel_shape": "kernel_size",
    "kernel": "kernel_size",
    "filter_size": "kernel_size",
}
"""Other words for the fields of a convolution, and of one the other way round."""


class InChannelsMismatch(Problem):
    """`in_channels` says another number of channels than arrive.

    In a spec `in_channels` is never needed: it is computed from the layer above. When it is given, it is checked.
    """

    given: int
    arriving: int

    def message(self) -> str:
        return _("in_channels is {given}, but {arriving} channels arrive").format(
            given=self.given, arriving=self.arriving
        )

    def caret(self) -> str:
        return _("must be {arriving}").format(arriving=self.arriving)

    def about(self) -> str:
        return "in_channels"

    def hints(self) -> tuple[str, ...]:
        return (_("leave in_channels out, then it is computed"),)


class GroupsDoNotDivide(Problem):
    """`groups` must divide both the input channels and the output channels.

    With g groups the channels are split into g equal parts, and each kernel sees one part: C_in/g channels. With
    g = C_in (depthwise) each kernel sees a single channel.
    """

    groups: int
    field: str
    channels: int

    def message(self) -> str:
        return _(
            "groups is {groups}, which does not divide {what} {channels}: {channels}/{groups} = {quotient}"
        ).format(
            groups=self.groups,
            what=_("the input channels") if self.field == "in_channels" else _("the output channels"),
            channels=self.channels,
            quotient=f"{self.channels / self.groups:.6g}" if self.channels < 10**12 else "…",
        )

    def caret(self) -> str:
        return _("must divide {channels}").format(channels=self.channels)

    def about(self) -> str:
        return "groups"

    def hints(self) -> tuple[str, ...]:
        if self.channels > 10**6:
            return ()
        divisors = [g for g in range(1, self.channels + 1) if self.channels % g == 0]
        near = sorted(divisors, key=lambda g: abs(g - self.groups))[:3]
        return (
            _("groups that divide {channels}: {near}").format(
                channels=self.channels, near=", ".join(map(str, sorted(near)))
            ),
        )


def check_channels(declared: int | None, arriving: int) -> None:
    """Refuse a declared `in_channels` that is not what arrives."""
    if declared is not None and declared != arriving:
        raise Refused(InChannelsMismatch(declared, arriving))


def check_groups(groups: int, channels_in: int, channels_out: int) -> None:
    """Refuse groups that do not divide the channels on both sides."""
    if groups == 1:
        return
    for field, channels in (("in_channels", channels_in), ("out_channels", channels_out)):
        if channels % groups:
            raise Refused(GroupsDoNotDivide(groups, field, channels))


def per_group(name: Naming, letter: Any, channels: int, groups: int) -> Number:
    """The channels that one kernel sees: `C_in`, or `C_in/g` with groups."""
    if groups == 1:
        return name(letter, channels)
    return rules.channels_per_group(name(letter, channels), name(G, groups))


def connected(
    shape: Shape, output: Shape, each: Number, own: Forms, name: Naming, spreads: bool = False
) -> Connections:
    """The same maps connected fully, locally with kernels of their own, and by the layer itself.

    `each` is the size of a kernel: so many values an output value sees, or an input value `spreads` to.
    """
    values_in = rules.values_of(name(C, shape[0]), sides(name, N, shape[1:]))
    values_out = rules.values_of(name(C_OUT, output[0]), sides(name, M, output[1:]))
    full = rules.fully_connected_weights(values_in, values_out)
    local = rules.locally_connected_weights(values_in if spreads else values_out, each)
    return Connections(Forms(full, full), Forms(local, local), own)
