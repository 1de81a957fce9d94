"""Formulas say what they mean: a letter stands for one number throughout the calculation of a layer."""

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from cnncalc.formula.expression import as_expression, evaluate, symbols, traced
from cnncalc.formula.write import lines, text
from cnncalc.kinds import find
from cnncalc.teach.derived import derived
from cnncalc.teach.given import Given
from tests.kinds.cases import KINDS, layers
from tests.kinds.test_facts import CASES


def quantities(kind, inputs):
    """Every quantity of an explanation."""
    return derived(Given(kind, inputs, frozenset(type(kind).model_fields), channels=True, outputs=True))


def explained(name, fields, *inputs):
    """The calculations of a layer by their names."""
    return {one.name: one for one in quantities(find(name).model_validate(fields), inputs)}


def with_several_values(found):
    """The letters that stand for several numbers. A side that is calculated for its axis alone keeps to itself."""
    pages = [[one.expression for one in found if one.axis is None]]
    pages += [[one.expression] for one in found if one.axis is not None]
    for page in pages:
        values = {}
        for symbol in (symbol for expression in page for symbol in symbols(expression)):
            values.setdefault((symbol.letter.name, symbol.axis), set()).add(symbol.value)
        yield from (letter for letter, numbers in values.items() if len(numbers) > 1)


@pytest.mark.parametrize("case", CASES, ids=lambda case: case.said)
def test_a_letter_stands_for_one_number(case):
    assert list(with_several_values(quantities(case.layer, case.shapes))) == []


@pytest.mark.parametrize("name", KINDS)
@given(data=st.data())
@settings(max_examples=12, deadline=None)
def test_a_letter_stands_for_one_number_in_any_layer(name, data):
    kind, inputs = data.draw(layers(KINDS[name]))
    assert list(with_several_values(quantities(kind, inputs))) == []


def test_hidden_size_projection_and_both_inputs_have_letters_of_their_own():
    weights = explained("lstm", {"hidden_size": 4, "proj_size": 2, "num_layers": 2}, (5, 7))["weights"].expression
    assert {symbol.letter.name: symbol.value for symbol in symbols(weights)} == {"h": 4, "proj": 2, "in": 7, "in₂": 2}
    assert text(weights) == "4h(in + proj) + proj·h + 4h(in₂ + proj) + proj·h"


def test_a_second_layer_takes_what_both_directions_of_the_first_give():
    fields = {"hidden_size": 4, "num_layers": 2, "bidirectional": True}
    weights = explained("gru", fields, (5, 7))["weights"].expression
    assert {symbol.letter.name: symbol.value for symbol in symbols(weights)} == {"h": 4, "in": 7, "in₂": 2 * 4}
    assert evaluate(weights) == 2 * 3 * 4 * (7 + 4) + 2 * 3 * 4 * (2 * 4 + 4)


def test_the_features_and_places_of_keys_and_values_have_letters_of_their_own():
    found = explained("multihead_attention", {"num_heads": 2}, (5, 8), (3, 6), (3, 4))
    letters = {symbol.letter.name: symbol.value for one in found.values() for symbol in symbols(one.expression)}
    assert letters == {"E": 8, "E_k": 6, "E_v": 4, "L": 5, "L_k": 3, "heads": 2}
    assert text(found["divisions"].expression) == "heads · L · L_k"


def test_what_agrees_with_the_queries_has_their_letters():
    found = explained("multihead_attention", {"num_heads": 2}, (5, 8))
    letters = {symbol.letter.name for one in found.values() for symbol in symbols(one.expression)}
    assert letters == {"E", "L", "heads"}


def test_sides_that_differ_are_told_apart_where_they_are_normalised_over():
    weights = explained("layer_norm", {"normalized_shape": [6, 7]}, (5, 6, 7))["weights"].expression
    assert text(weights) == "in_h · in_w"


def test_the_sides_of_what_leaves_an_upsampling_are_not_those_of_what_arrives():
    found = explained("upsample", {"scale_factor": 1.5, "mode": "bilinear"}, (8, 5, 5))
    assert lines(found["output_size"].expression) == ["⌊n·factor⌋", "⌊5·1.5⌋", "⌊7.5⌋", "7"]
    assert text(found["multiplications"].expression) == "4 · C · m · m"


@given(n=st.integers(1, 2000), factor=st.floats(0.001, 100))
def test_the_rule_of_a_side_never_gives_another_side(n, factor):
    kind = find("upsample").model_validate({"scale_factor": factor})
    if n * factor >= 1:
        assert evaluate(as_expression(kind.output(((1, n),), traced)[1])) == kind.output(((1, n),))[1]


def test_a_side_that_rounding_makes_smaller_than_its_factor_has_no_rule():
    kind = find("upsample").model_validate({"scale_factor": 0.29})
    assert kind.output(((1, 100),)) == (1, 28)
    assert text(kind.output(((1, 100),), traced)[1]) == "m"


def test_a_letter_needs_no_other_in_front_of_it():
    assert explained("adaptive_avg_pool2d", {"output_size": 3}, (2, 7, 5))["output_size"].left == ""


@pytest.mark.parametrize("kind", ["adaptive_avg_pool2d", "adaptive_max_pool2d", "upsample"])
def test_overlapping_windows_say_what_they_take(kind):
    fields = {"size": 3, "mode": "area"} if kind == "upsample" else {"output_size": 3}
    found = explained(kind, fields, (2, 7, 5))
    counted = found["comparisons" if "max" in kind else "additions"].expression
    # Height: 0–2, 2–4, 4–6; width: 0–1, 1–3, 3–4.
    assert lines(counted)[2] == f"2·{3 + 3 + 3}·{2 + 3 + 2} − {2 * 3 * 3}"


def test_windows_side_by_side_take_each_value_once():
    found = explained("adaptive_avg_pool2d", {"output_size": 3}, (2, 6, 6))
    assert text(found["additions"].expression) == "C·n·n − C·m·m"


def test_folding_says_why_the_columns_fit():
    found = explained("fold", {"output_size": [8, 6], "kernel_size": 3}, (27, 24))
    assert lines(found["output_channels"].expression) == ["rows/(k·k)", "27/(3·3)", "27/9", "3"]
    assert evaluate(found["columns"].expression) == (8 - 3 + 1) * (6 - 3 + 1)
    assert {symbol.letter.name for symbol in symbols(found["columns"].expression)} == {"m", "p", "k", "s"}


def test_unfolding_says_its_rows_and_columns():
    kernel, stride, padding, dilation = [3, 2], [2, 1], [1, 0], [1, 2]
    fields = {"kernel_size": kernel, "stride": stride, "padding": padding, "dilation": dilation}
    found = explained("unfold", fields, (4, 9, 6))
    assert evaluate(found["output_side"].expression) == 4 * 3 * 2
    assert evaluate(found["columns"].expression) == ((9 + 2 - 3) // 2 + 1) * (6 - 3 + 1)


def test_halves_and_kept_axes_are_calculated_from_what_arrives():
    assert text(explained("glu", {"dim": 1}, (6, 4))["divisions"].expression) == "C·n/2"
    assert text(explained("mean", {"dim": [2, 3]}, (6, 5, 5))["additions"].expression) == "C·n·n − C"
