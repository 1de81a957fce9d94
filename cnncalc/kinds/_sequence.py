"""What the layers over sequences share: their input has a length and features."""

from cnncalc import shape as shapes
from cnncalc.kinds._contract import Kind
from cnncalc.language import _
from cnncalc.problem import Problem, Refused
from cnncalc.shape import Shape


class NotASequence(Problem):
    """The layer takes a sequence: L places with E features each, L×E.

    A map C×H×W becomes one by `flatten: {start_dim: 2}` and `permute: {dims: [2, 1]}`: H·W places of C features.
    """

    kind: str
    shape: Shape

    def message(self) -> str:
        return _("{kind} needs a sequence L×E, but its input is {shape}").format(
            kind=self.kind, shape=shapes.text(self.shape)
        )

    def hints(self) -> tuple[str, ...]:
        if len(self.shape) == 3:
            return (_("`flatten: {{start_dim: 2}}` and `permute: {{dims: [2, 1]}}` make one of a map").format(),)
        return ()


def sequence(kind: Kind, shape: Shape) -> Shape:
    """Length and features of the input.

    Raises:
        Refused: it has another number of axes.
    """
    if len(shape) != 2:
        raise Refused(NotASequence(kind.name, shape))
    return shape
