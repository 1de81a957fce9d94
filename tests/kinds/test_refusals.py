"""What a kind refuses, it refuses with the reason and with what fits."""

import pytest

from cnncalc.api import analyze, loads
from cnncalc.kinds import find
from cnncalc.problem import Refused
from cnncalc.spec.network import SpecError


def refused(name, arriving, /, **fields):
    with pytest.raises(Refused) as problem:
        find(name).model_validate(fields).output((arriving,))
    return problem.value.problem


def finding(text):
    (found,) = analyze(loads(text)).problems
    return found


@pytest.mark.parametrize(
    ("name", "fields"),
    [("reshape", {"shape": [-1, -1]}), ("unflatten", {"dim": 1, "unflattened_size": [-1, -1]})],
)
def test_two_open_sides_are_no_question_of_how_many_values_there_are(name, fields):
    assert refused(name, (4, 6, 7), **fields).code() == "several-open-sides"
    assert find(name).model_validate({**fields, list(fields)[-1]: [2, -1]}).output(((4, 6, 7),))[0] == 2


def test_a_padding_that_fits_comes_before_another_kernel():
    padded = "input: [1, 7, 7]\nlayers:\n- max_pool2d: {{kernel_size: 3, dilation: 2, padding: {padding}}}\n"
    first, *others = finding(padded.format(padding=2)).all_help()
    assert first == "padding: 1 fits"
    assert "kernel_size" in others[0]
    assert not analyze(loads(padded.format(padding=1))).problems


def test_no_padding_is_named_where_the_window_does_not_fit_with_it():
    # Dilated, three places cover 2·2 + 1 = 5, and 2 + 2·1 = 4 are there.
    assert refused("max_pool2d", (1, 2, 2), kernel_size=3, dilation=2, padding=2).hints() == ()


def test_the_padding_that_is_named_fits_along_every_axis():
    assert refused("avg_pool2d", (1, 7, 7), kernel_size=(5, 2), padding=2).hints() == ("padding: 1 fits",)


@pytest.mark.parametrize(
    ("shape", "hints"),
    [
        ((1, 1, 1), ("squeeze: {dim: [2, 3]} leaves the channels",)),
        ((1, 1), ("squeeze: {dim: 2} leaves the channels",)),
        ((1,), ()),
    ],
)
def test_no_other_input_is_named_where_nothing_would_be_squeezed(shape, hints):
    found = finding(f"input: {list(shape)}\nlayers: [squeeze]\n")
    assert found.all_help() == hints


def test_what_is_named_for_a_squeeze_leaves_the_channels():
    assert find("squeeze").model_validate({"dim": [2, 3]}).output(((1, 1, 1),)) == (1,)


def test_an_open_end_of_one_of_several_axes_is_null():
    kind = find("slice").model_validate({"dim": [1, 2], "start": [1, 2], "end": [None, 5]})
    assert kind.output(((4, 6, 7),)) == (4 - 1, 5 - 2, 7)
    assert not analyze(loads("input: [4, 6]\nlayers:\n- slice: {dim: [1, 2], end: [null, 5]}\n")).problems


def test_taking_places_away_is_said_to_be_a_slice():
    with pytest.raises(SpecError, match="slice takes places away"):
        loads("input: [4, 6, 7]\nlayers:\n- pad: {before: -1}\n")
