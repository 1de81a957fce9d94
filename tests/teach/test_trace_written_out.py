"""Every value written out: the formula's text, evaluated independently, is the value in the map."""

import math
import random
import re
from fractions import Fraction

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from cnncalc.formula.worked import exact, is_exact, shown, text
from cnncalc.formula.worked import given as number
from cnncalc.tensor import Tensor, indices
from tests.kinds.cases import KINDS, layers
from tests.teach.reading_formulas import evaluated

ONE_OF_EACH = sorted({kind.__module__: name for name, kind in KINDS.items() if not kind.opaque}.values())

BOUNDS = {"div": (1, 4), "lp_pool": (1, 4), "multihead_attention": (-1, 1)}
"""Numbers that a kind is tried with, where those from −4 to 4 would not do."""


@pytest.mark.parametrize("name", ONE_OF_EACH)
@settings(max_examples=12, deadline=None)
@given(data=st.data())
def test_a_written_out_formula_evaluates_to_the_value_in_the_map(name, data):
    kind, shapes = data.draw(layers(KINDS[name]))
    numbers = random.Random(data.draw(st.integers(0, 10**6)))
    halves = numbers.random() < 0.5

    def tensor(shape):
        # What has no value (a division by 0, a root of a negative number) cannot be written out; the exponentials of an
        # attention's large scores leave the range of a float, and `trace` calculates those otherwise.
        least, most = BOUNDS.get(re.sub("[123]d$", "", name), (-4, 4))
        values = [numbers.randint(least, most) for _ in range(math.prod(shape))]
        return Tensor(shape, [Fraction(value, 2) for value in values] if halves else values)

    inputs = tuple(map(tensor, shapes))
    tensors = {key: tensor(shape) for key, shape in kind.tensors(shapes).items()}
    output = kind.compute(inputs, tensors)
    places = list(indices(output.shape))
    for at in numbers.sample(places, min(len(places), 6)):
        found = kind.written_out(inputs, tensors, at)
        assert found.formula.value == pytest.approx(output[at])
        assert evaluated(text(found.formula, exact)) == pytest.approx(float(output[at]), rel=1e-9, abs=1e-9)
        for one in found.slices:
            assert len(one.places) == len(one.window.values)
            for place, value in zip(one.places, one.window.values, strict=True):
                if all(0 <= step < side for step, side in zip(place, inputs[0].shape, strict=True)):
                    assert inputs[0][place] == value
        if found.copied is not None:
            source, place = found.copied
            assert inputs[source][place] == output[at]


@pytest.mark.parametrize(
    ("made", "written"),
    [
        (lambda a, b, c: a + b * c, "1 + (−2)·3"),
        (lambda a, b, c: (a + b) * c, "(1 + (−2))·3"),
        (lambda a, b, c: a * b * c, "1·(−2)·3"),
        (lambda a, b, c: a * (b * c), "1·((−2)·3)"),
        (lambda a, b, c: a / (b / c), "1/((−2)/3)"),
        (lambda a, b, c: a - (b - c), "1 − ((−2) − 3)"),
        (lambda a, b, c: -b, "−(−2)"),
        (lambda a, b, c: (-(a + c)).exp(), "e^(−(1 + 3))"),
        (lambda a, b, c: c.exp() / (c.exp() + b.exp()), "e^3/(e^3 + e^(−2))"),
        (lambda a, b, c: c.clipped(0, 6), "min(max(3, 0), 6)"),
        (lambda a, b, c: 1 / (1 + (-b).exp()), "1/(1 + e^(−(−2)))"),
        (lambda a, b, c: a / (c + a) ** 2, "1/((3 + 1)^2)"),
    ],
)
def test_a_formula_keeps_its_parentheses(made, written):
    formula = made(number(1), number(-2), number(3))
    assert text(formula) == written
    assert evaluated(written) == pytest.approx(formula.value)


@pytest.mark.parametrize(
    ("value", "written", "whole"),
    [
        (-3, "−3", True),
        (Fraction(1, 4), "0.25", True),
        (Fraction(5, 3), "1.667", False),
        (Fraction(1219, 4), "304.75", True),
        (12345.678, "12345.678", True),
        (2 / 3 * 1e5, "66667", False),
        (1.5e-9, "1.500e-9".replace("-", "−"), True),
        (0.0, "0", True),
        (float("-inf"), "−∞", True),
        (10**30, "1" + "0" * 30, True),
    ],
)
def test_a_number_is_exact_where_four_decimals_are_enough(value, written, whole):
    assert shown(value) == written
    assert is_exact(value) is whole


def test_a_long_sum_is_shortened_in_the_middle():
    formula = number(0) + 1
    for value in range(2, 20):
        formula = formula + value
    assert text(formula, most=6) == "0 + 1 + 2 + 3 + … + 18 + 19"
