"""The arguments of `analyze`: what is understood, and that all else is refused in a sentence."""

import pytest

from cnncalc.api import analyze, parse

NETWORK = parse({"input": [3, 8, 8], "layers": ["relu"]})
SHAPES = [(3, 16, 16), [3, 16, 16], "3x16x16", "3×16×16", "[3, 16, 16]", "(3, 16, 16)", "3X16X16", "3*16*16"]
SHAPES += ["3 16 16", "3，16，16", " [ 3 ,16 , 16 ] "]


@pytest.mark.parametrize("shape", SHAPES)
def test_a_shape_is_understood_however_it_is_written(shape):
    for inputs in [shape, {"input": shape}]:
        assert analyze(NETWORK, inputs=inputs).inputs == (("input", (3, 16, 16)),)


@pytest.mark.parametrize("batch", [True, False, 2.0, "2", None, [2], 0, -3])
def test_a_batch_is_a_whole_number_from_1_up(batch):
    with pytest.raises(ValueError, match="the batch must be"):
        analyze(NETWORK, batch=batch)


NO_SHAPES = [5, 2.5, True, object(), "3y", "", b"3x8x8", [3, "a"], [True, 3, 3], (3, 8.0, 8), [None], {3, 8}, [[3], 8]]


@pytest.mark.parametrize("shape", NO_SHAPES, ids=lambda shape: type(shape).__name__)
def test_what_is_no_shape_is_refused_in_a_sentence(shape):
    for inputs in [shape, {"input": shape}]:
        with pytest.raises(ValueError, match="an input is a shape such as"):
            analyze(NETWORK, inputs=inputs)


@pytest.mark.parametrize("shape", [(), "0x3", [3, -1]])
def test_a_side_is_at_least_1(shape):
    with pytest.raises(ValueError, match="from 1 up"):
        analyze(NETWORK, inputs=shape)


@pytest.mark.parametrize("name", [3, None, ("input",)])
def test_the_name_of_an_input_is_a_text(name):
    with pytest.raises(ValueError, match="the name of an input is a text"):
        analyze(NETWORK, inputs={name: (3, 8, 8)})
