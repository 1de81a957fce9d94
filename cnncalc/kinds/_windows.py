"""What cutting a map into windows and putting them together share."""

from cnncalc import shape as shapes
from cnncalc.formula.expression import ceil_divide
from cnncalc.kinds._contract import Kind
from cnncalc.language import _
from cnncalc.problem import Problem, Refused
from cnncalc.shape import Shape


class NotChannelsLast(Problem):
    """The layer works on a map with three axes.

    Windows are cut from height × width × channels: put `permute: {dims: [0, 2, 3, 1]}` in front. Put together they are
    windows × places × channels.
    """

    kind: str
    shape: Shape

    def message(self) -> str:
        return _("{kind} needs three axes, with the channels last, but its input is {shape}").format(
            kind=self.kind, shape=shapes.text(self.shape)
        )


def channels_last(kind: Kind, shape: Shape) -> Shape:
    """The shape itself.

    Raises:
        Refused: it has not three axes.
    """
    if len(shape) != 3:
        raise Refused(NotChannelsLast(kind.name, shape))
    return shape


def place_in_map(window: int, place: int, sides: tuple[int, ...], width: int) -> tuple[int, int]:
    """Row and column of a place of a window, in a map of this width."""
    down, across = divmod(window, ceil_divide(width, sides[1]))
    row, column = divmod(place, sides[1])
    return down * sides[0] + row, across * sides[1] + column
