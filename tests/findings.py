"""A finding built by hand: a wrong number of inputs, with everything a report can show."""

from dataclasses import dataclass

from cnncalc.problem import Finding, Mark, Problem
from cnncalc.source import Place, Source

TEXT = """name: MNIST net
input: [1, 28, 28]
layers:
- conv2d: {out_channels: 6, kernel_size: 5}
- relu
- max_pool2d: {kernel_size: 2}
- conv2d: {out_channels: 16, kernel_size: 5}
- relu
- max_pool2d: {kernel_size: 2}
- flatten
- linear: {in_features: 400, out_features: 120}
- relu
- linear: {out_features: 10}
"""


@dataclass(frozen=True)
class InFeaturesMismatch(Problem):
    """The layer was given a number of inputs that does not arrive."""

    given: int
    arrives: int
    giver: str

    def message(self):
        return f"in_features is {self.given}, but {self.giver} gives {self.arrives} values"

    def caret(self):
        return f"must be {self.arrives}"

    def hints(self):
        return ("leave in_features out, then it is computed",)


@dataclass(frozen=True)
class Said(Problem):
    """Whatever the test wants to be said."""

    text: str

    def message(self):
        return self.text


@dataclass(frozen=True)
class Doubtful(Said):
    """A warning."""

    severity = "warning"


def mismatch():
    source = Source("mnist.yaml", TEXT)
    return Finding(
        InFeaturesMismatch(400, 256, "flatten_1"),
        source=source,
        place=Place(11, 25, 11, 28),
        layer="linear_1",
        marks=(Mark(Place(10, 3, 10, 10), "16·4·4 = 256"),),
        facts=(("shapes", "1×28×28 → 6×24×24 → 6×12×12 → 16×8×8 → 16×4×4 → 256"),),
        help=(
            "400 = 16·5·5 values would arrive with any one of\n"
            "mnist.yaml:4   conv2d_1   padding: 2\n"
            "mnist.yaml:7   conv2d_2   padding: 1\n"
            "mnist.yaml:2   input: [1, 32, 32]",
        ),
    )


def at(text, place, message="wrong", marks=()):
    return Finding(Said(message), source=Source("net.yaml", text), place=place, marks=marks)
