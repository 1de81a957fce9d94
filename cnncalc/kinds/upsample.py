"""Upsampling: a map is enlarged (or made smaller) without anything learned.

Give the `size`, or a `scale_factor`: m = ⌊n · factor⌋ along each axis. `nearest` copies the nearest value and costs
nothing. `linear` (1-D), `bilinear` (2-D) and `trilinear` (3-D) weigh the 2, 4 or 8 nearest values: as many
multiplications and one addition fewer for each output, `bicubic` 16 of them. `area` is an adaptive average pooling.

    - upsample: {scale_factor: 2}
    - upsample: {size: [28, 28], mode: bilinear}
"""

from collections.abc import Mapping
from fractions import Fraction
from itertools import product as choices
from math import prod
from typing import Annotated, Any, Literal

from pydantic import BeforeValidator, Field

from cnncalc import shape as shapes
from cnncalc.formula import rules
from cnncalc.formula.expression import Naming, Number, plain, sides
from cnncalc.formula.letters import C, M
from cnncalc.formula.worked import WrittenOut, added, given
from cnncalc.kinds._adaptive import mean, values_seen
from cnncalc.kinds._contract import FREE, Cost, Example, Flag, Kind, Reach, Role, Sides, Wanted
from cnncalc.kinds._resize import Axis, scaled, sized, taps
from cnncalc.kinds._window import OutputEmpty, axis_word
from cnncalc.language import _, mark, plural
from cnncalc.problem import Problem, Refused
from cnncalc.shape import Shape
from cnncalc.tensor import Index, Tensor, indices, total

MODES = {
    "nearest": (1, 2, 3),
    "nearest-exact": (1, 2, 3),
    "linear": (1,),
    "bilinear": (2,),
    "bicubic": (2,),
    "trilinear": (3,),
    "area": (1, 2, 3),
}
"""How many spatial axes each mode takes."""

PER_AXIS = {"linear": 2, "bilinear": 2, "trilinear": 2, "bicubic": 4}
"""Values that are weighed along each axis."""


def _factors(value: Any) -> Any:
    return tuple(value) if isinstance(value, list) else (value,)


Factor = Annotated[float, Field(gt=0, le=1e9)]
Mode = Annotated[
    Literal["nearest", "nearest-exact", "linear", "bilinear", "bicubic", "trilinear", "area"],
    Wanted("nearest, nearest-exact, linear, bilinear, bicubic, trilinear or area"),
]


class SizeOrFactor(Problem):
    """An upsampling needs the size of its output or the factor, and not both.

    `scale_factor: 2` doubles each side; `size: [28, 28]` gives the sides themselves.
    """

    both: bool

    def message(self) -> str:
        if self.both:
            return _("size and scale_factor are both given; one of them says what comes out")
        return _("neither size nor scale_factor is given")

    def about(self) -> str | None:
        return "scale_factor" if self.both else None

    def hints(self) -> tuple[str, ...]:
        return () if self.both else (_("scale_factor: 2 doubles each side"),)


class ModeNeedsAxes(Problem):
    """Each way to interpolate is made for a number of spatial axes.

    `linear` takes one, `bilinear` and `bicubic` two, `trilinear` three. The others take one to three.
    """

    mode: str
    shape: Shape

    def message(self) -> str:
        axes = len(self.shape) - 1
        return plural(
            "mode {mode} does not suit {shape}, which has {axes} spatial axis",
            "mode {mode} does not suit {shape}, which has {axes} spatial axes",
            axes,
        ).format(mode=self.mode, shape=shapes.text(self.shape), axes=axes)

    def about(self) -> str:
        return "mode"

    def hints(self) -> tuple[str, ...]:
        fitting = [mode for mode, axes in MODES.items() if len(self.shape) - 1 in axes]
        return (_("for {shape}: {modes}").format(shape=shapes.text(self.shape), modes=", ".join(fitting)),)[
            : len(fitting)
        ]


class OnePerSpatialAxis(Problem):
    """`size` and `scale_factor` take one number for all spatial axes, or one for each."""

    field: str
    given: int
    axes: int

    def message(self) -> str:
        return plural(
            "{field} has {given} numbers, but there is {axes} spatial axis",
            "{field} has {given} numbers, but there are {axes} spatial axes",
            self.axes,
        ).format(field=self.field, given=self.given, axes=self.axes)

    def about(self) -> str:
        return self.field


class CornersNeedLines(Problem):
    """`align_corners` chooses between two ways to interpolate along lines; the other modes do not know it."""

    mode: str

    def message(self) -> str:
        return _("align_corners has no meaning for mode {mode}").format(mode=self.mode)

    def about(self) -> str:
        return "align_corners"


class AntialiasNotKnown(Problem):
    """`antialias` weighs more values the more a side shrinks, and `bicubic` with another curve; neither is calculated.

    PyTorch knows it for `bilinear` and `bicubic`. A bilinear map that grows along every side, with the corners not
    aligned, is the same with it and without.
    """

    mode: str

    def message(self) -> str:
        if self.mode not in ("bilinear", "bicubic"):
            return _("antialias has no meaning for mode {mode}").format(mode=self.mode)
        return _("antialias is calculated only for mode bilinear where no side shrinks, without align_corners")

    def about(self) -> str:
        return "antialias"

    def hints(self) -> tuple[str, ...]:
        return (_("leave antialias out: the shape stays, and fewer values are weighed"),)[: self.mode[:2] == "bi"]


class Upsample(Kind):
    names = {"upsample": 0}
    roles = frozenset({Role.SHAPE})
    weighted_sum = True
    foreign = (
        *("Upsample", "UpSampling1D", "UpSampling2D", "UpSampling3D", "interpolate", "Interpolate", "Resize"),
        *("UpsamplingNearest2d", "UpsamplingBilinear2d", "upsampling", "unpool", "上采样"),
    )
    foreign_fields = {"interpolation": "mode", "factor": "scale_factor", "scale": "scale_factor"}
    spoken = ("upsample", "upsampling", "upsampling layer", "上采样", "上采样层")

    size: Sides | None = Field(default=None, description=mark("sides of the output"))
    scale_factor: (
        Annotated[
            tuple[Factor, ...],
            BeforeValidator(_factors, json_schema_input_type=Factor | list[Factor]),
            Wanted("a factor above 0, or a list with one per axis"),
        ]
        | None
    ) = Field(default=None, description=mark("by how much each side grows"))
    mode: Mode = Field(default="nearest", description=mark("how the values in between are found"))
    align_corners: Flag | None = Field(default=None, description=mark("whether the corners stay at the corners"))
    recompute_scale_factor: Flag | None = Field(
        default=None, description=mark("whether the rounded size decides which places are looked at")
    )
    antialias: Flag = Field(default=False, description=mark("whether more values are weighed where a side shrinks"))

    @property
    def picks(self) -> bool:  # type: ignore[override]
        return self.mode not in PER_AXIS and self.mode != "area"

    def _sides(self, shape: Shape) -> Shape:
        """The sides of the output."""
        if (self.size is None) == (self.scale_factor is None):
            raise Refused(SizeOrFactor(self.size is not None))
        axes = len(shape) - 1
        if axes not in MODES[self.mode]:
            raise Refused(ModeNeedsAxes(self.mode, shape))
        if self.align_corners is not None and self.mode not in PER_AXIS:
            raise Refused(CornersNeedLines(self.mode))
        field, given = ("size", self.size) if self.size is not None else ("scale_factor", self.scale_factor or ())
        if len(given) not in (1, axes):
            raise Refused(OnePerSpatialAxis(field, len(given), axes))
        given = given * axes if len(given) == 1 else given
        if self.size is not None:
            return tuple(int(side) for side in given)
        found = tuple(scaled(n, factor) for n, factor in zip(shape[1:], given, strict=True))
        for axis, (n, m, factor) in enumerate(zip(shape[1:], found, given, strict=True)):
            if m < 1:
                raise Refused(OutputEmpty("scale_factor", axis_word(axis, axes), f"⌊{n}·{factor:g}⌋", m))
        return found

    def output(self, inputs: tuple[Shape, ...], name: Naming = plain) -> tuple[Number, ...]:
        places = self._sides(inputs[0])
        if self.antialias and (
            self.mode != "bilinear"
            or self.align_corners
            or any(m < n for n, m in zip(inputs[0][1:], places, strict=True))
        ):
            raise Refused(AntialiasNotKnown(self.mode))
        if name is plain or self.scale_factor is None:
            return (name(C, inputs[0][0]), *sides(name, M, places))
        factors = self.scale_factor * (len(places) if len(self.scale_factor) == 1 else 1)
        found = [sized(n, m, factor, name) for n, m, factor in zip(inputs[0][1:], places, factors, strict=True)]
        return (name(C, inputs[0][0]), *found)

    def cost(self, inputs: tuple[Shape, ...], output: Shape, name: Naming = plain) -> Cost:
        outputs = rules.values_of(name(C, output[0]), sides(name, M, output[1:]))
        if self.mode == "area":
            return Cost(additions=values_seen(inputs[0], output[1:], name) - outputs, divisions=outputs)
        if self.mode not in PER_AXIS:
            return FREE
        weighed = PER_AXIS[self.mode] ** (len(output) - 1)
        return Cost(multiplications=weighed * outputs, additions=(weighed - 1) * outputs if weighed > 2 else outputs)

    def _axes(self, shape: Shape) -> list[Axis]:
        """Each axis, with the step of the input that belongs to one of the output."""
        found = []
        for axis, (n, m) in enumerate(zip(shape[1:], self._sides(shape), strict=True)):
            ratio = Fraction(n, m)
            if self.align_corners and self.mode in PER_AXIS:
                ratio = Fraction(n - 1, m - 1) if m > 1 else Fraction(0)
            elif self.scale_factor is not None and not self.recompute_scale_factor:
                factor = self.scale_factor[axis if len(self.scale_factor) > 1 else 0]
                ratio = 1 / Fraction(factor).limit_denominator(10**6) if factor > 1e-6 else ratio
            found.append(Axis(n, m, ratio, self.mode, bool(self.align_corners)))
        return found

    def window(self, inputs: tuple[Shape, ...]) -> tuple[Reach, ...]:
        return tuple(axis.reach() for axis in self._axes(inputs[0]))

    def _weights(self, shape: Shape) -> list[list[list[tuple[int, float]]]]:
        """For each axis and each place along it, the places that are looked at, with their weights."""
        return [[taps(axis, place) for place in range(axis.m)] for axis in self._axes(shape)]

    def compute(self, inputs: tuple[Tensor, ...], tensors: Mapping[str, Tensor]) -> Tensor:
        x = inputs[0]
        output, along = self.output((x.shape,)), self._weights(x.shape)
        return Tensor(output, [self._value(x, at, along, lambda value: value) for at in indices(output)])

    def _value(self, x: Tensor, at: Index, along: list[list[list[tuple[int, float]]]], given: Any) -> Any:
        axes = [weights[place] for weights, place in zip(along, at[1:], strict=True)]
        terms = [
            (given(x[(at[0], *(place for place, _weight in tap))]), prod(weight for _place, weight in tap))
            for tap in choices(*axes)
        ]
        if self.mode == "area":
            return mean([value for value, _weight in terms])
        if self.mode not in PER_AXIS:
            return terms[0][0]
        return total([value * weight for value, weight in terms])

    def written_out(self, inputs: tuple[Tensor, ...], tensors: Mapping[str, Tensor], at: Index) -> WrittenOut:
        x = inputs[0]
        along = self._weights(x.shape)
        if self.mode in PER_AXIS or self.mode == "area":
            return WrittenOut(added([self._value(x, at, along, given)]))
        source = (at[0], *(weights[place][0][0] for weights, place in zip(along, at[1:], strict=True)))
        return WrittenOut(given(x[source]), copied=(0, source))


Upsample.examples = (
    Example("upsample", {"scale_factor": 2.0}, ((64, 7, 7),), {"output": (64, 14, 14), "multiplications": 0}),
    Example(
        "upsample",
        {"size": [28, 28], "mode": "bilinear"},
        ((21, 7, 7),),
        {"output": (21, 28, 28), "multiplications": 4 * 21 * 28 * 28, "additions": 3 * 21 * 28 * 28},
    ),
    Example("upsample", {"scale_factor": 1.5}, ((8, 5),), {"output": (8, 7), "additions": 0}),
)
