"""What can be wrong with the inputs of an attention."""

from cnncalc import shape as shapes
from cnncalc.language import _
from cnncalc.problem import Problem
from cnncalc.shape import Shape


class EmbedDimMismatch(Problem):
    """`embed_dim`, `kdim`, `vdim` or the places of `relative_positions` are others than what arrives.

    They are never needed, except for the window: they are computed from the layer above, and checked when given.
    """

    field: str
    given: int
    arriving: int

    def message(self) -> str:
        return _("{field} stands for {given}, but {arriving} arrive").format(
            field=self.field, given=self.given, arriving=self.arriving
        )

    def caret(self) -> str:
        return _("must be {arriving}").format(arriving=self.arriving)

    def about(self) -> str:
        return self.field


class HeadsDoNotDivide(Problem):
    """Each head takes an equal part of the features, so that `num_heads` must divide them."""

    heads: int
    features: int

    def message(self) -> str:
        return _("num_heads is {heads}, which does not divide the {features} features").format(
            heads=self.heads, features=self.features
        )

    def about(self) -> str:
        return "num_heads"


class AttentionMismatch(Problem):
    """Query, key and value do not belong together.

    Keys and values stand at the same places, so they must be equally long; axes in front must agree.
    """

    shapes: tuple[Shape, ...]

    def message(self) -> str:
        return _("query, key and value do not fit each other: {shapes}").format(
            shapes=", ".join(map(shapes.text, self.shapes))
        )
