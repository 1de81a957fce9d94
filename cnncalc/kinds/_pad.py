"""What the paddings share: `padding` in PyTorch's order or as pairs, and the places that it takes."""

from typing import Annotated, Any, ClassVar

from pydantic import Field, field_validator
from pydantic_core import PydanticCustomError

from cnncalc.formula.expression import Naming, Number, plain
from cnncalc.kinds._contract import LARGEST, Reach, Wanted, spatial
from cnncalc.kinds._moving import Moving
from cnncalc.kinds._sliding import PLACES
from cnncalc.kinds._window import OutputEmpty, Pair, axis_word
from cnncalc.language import _, mark
from cnncalc.problem import Problem, Refused
from cnncalc.shape import Shape
from cnncalc.tensor import Index

Places = Annotated[int, Field(ge=-LARGEST, le=LARGEST)]


class PadTakesTooMuch(Problem):
    """A padding that copies its values from the map cannot take more than the map has.

    Reflecting p places needs n > p (the border itself is not repeated), wrapping round needs n ≥ p.
    """

    axis: str
    n: int
    p: int
    most: int

    def message(self) -> str:
        return _("{p} places of padding cannot be taken from an input {axis} of {n}").format(
            p=self.p, axis=self.axis, n=self.n
        )

    def caret(self) -> str:
        return _("at most {most}").format(most=self.most)

    def about(self) -> str:
        return "padding"


def _tuple(value: Any) -> Any:
    return tuple(value) if isinstance(value, list) else value


class Pad(Moving):
    """A map with places added on its sides; `mode` says where their values come from."""

    mode: ClassVar[str] = "zeros"

    @property
    def picks(self) -> bool:  # type: ignore[override]
        """Some paddings copy what is there, others add a value of their own."""
        return self.mode in PLACES and self.mode != "zeros"

    padding: Annotated[
        tuple[tuple[Places, Places], ...],
        Wanted("a number for all sides, a list with two for each axis, or one pair for each axis"),
    ] = Field(description=mark("places on each side: all alike, [left, right, top, bottom], or [before, after] pairs"))

    @field_validator(
        "padding",
        mode="before",
        json_schema_input_type=Places | Annotated[list[Places | tuple[Places, Places]], Field(max_length=6)],
    )
    @classmethod
    def _pairs(cls, value: Any) -> Any:
        """One (before, after) for each axis, from one number, PyTorch's list (the last axis first), or pairs."""
        if isinstance(value, int) and not isinstance(value, bool):
            return ((value, value),) * cls.rank
        if not isinstance(value, list):
            return value
        pairs = any(isinstance(one, list) for one in value)
        if len(value) != (cls.rank if pairs else 2 * cls.rank) or not (pairs or all(type(one) is int for one in value)):
            # PyTorch takes two numbers for the last axis alone, Keras for one axis each: better no guess.
            raise PydanticCustomError("per_side", "two numbers for each axis")
        return tuple(map(_tuple, value)) if pairs else tuple(zip(value[-2::-2], value[::-2], strict=True))

    def output(self, inputs: tuple[Shape, ...], name: Naming = plain) -> tuple[Number, ...]:
        found = []
        for axis, (n, pair) in enumerate(zip(spatial(self, inputs[0]), self.padding, strict=True)):
            self._check(axis_word(axis, self.rank), n, pair)
            found.append(n + pair[0] + pair[1])
        return (inputs[0][0], *found)

    def _check(self, axis: str, n: int, pair: Pair) -> None:
        most = {"reflect": n - 1, "circular": n}.get(self.mode)
        if most is not None and max(pair) > most:
            raise Refused(PadTakesTooMuch(axis, n, max(pair), most))
        if sum(pair) + n < 1:
            written = " ".join(["−" + str(-p) if p < 0 else f"+ {p}" for p in pair])
            raise Refused(OutputEmpty("padding", axis, f"{n} {written}", sum(pair) + n))

    def window(self, inputs: tuple[Shape, ...]) -> tuple[Reach, ...]:
        return tuple(Reach(1, 1, before) for before, _after in self.padding)

    def origin(self, at: Index, shapes: tuple[Shape, ...], output: int = 0) -> tuple[int, Index] | None:
        moved = (step - before for step, (before, _after) in zip(at[1:], self.padding, strict=True))
        places = tuple(PLACES[self.mode](place, n) for place, n in zip(moved, shapes[0][1:], strict=True))
        return None if min(places) < 0 else (0, (at[0], *places))
