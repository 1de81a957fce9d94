"""A layer that its user describes: what its expressions mean, what is unknown, and what is refused."""

import pytest

from cnncalc import analyze, loads
from cnncalc.formula.expression import as_expression, traced
from cnncalc.formula.write import lines, text
from cnncalc.kinds import find
from cnncalc.problem import Refused
from cnncalc.result import COUNTS, Quantity

NETWORK = """\
input: [3, 32, 32]
layers:
- conv2d: {out_channels: 16, kernel_size: 3}
- relu
- custom: {name: own, shape: [c, h // 2, w // 2], parameters: c * 4, multiplications: m * 4}
- relu
- flatten
- linear: {out_features: 10}
"""


def layer(**fields):
    return find("custom").model_validate(fields)


def own(text, name="own"):
    result = analyze(loads(text))
    return result, next(layer for layer in result.layers if layer.name == name)


def test_shape_and_counts_are_worked_out_from_what_arrives():
    result, found = own(NETWORK)
    assert found.input_shapes == ((16, 30, 30),)
    assert found.output_shape == (16, 30 // 2, 30 // 2)
    assert (found.parameters, found.multiplications) == (16 * 4, 16 * 15 * 15 * 4)
    assert result.layers[-1].input_shapes == ((16 * 15 * 15,),)


def test_what_is_not_stated_is_unknown_and_totals_are_lower_bounds():
    result, found = own(NETWORK)
    stated = {"parameters", "trainable", "multiplications"}
    assert {count for count in COUNTS if getattr(found, count) is not None} == stated
    assert (found.status, result.status) == ("lower_bound", "lower_bound")
    linear, convolution = 16 * 15 * 15 * 10, 16 * 30 * 30 * 3 * 9
    assert result.totals["macs"] == Quantity(convolution + linear, "lower_bound")
    assert result.totals["multiplications"] == Quantity(convolution + 16 * 15 * 15 * 4 + linear, "complete")


def test_a_batch_multiplies_what_is_stated_and_nothing_else():
    found = analyze(loads(NETWORK), batch=8).layers[2]
    assert (found.parameters, found.multiplications, found.additions) == (16 * 4, 8 * 16 * 15 * 15 * 4, None)


def test_a_layer_whose_counts_are_all_stated_is_complete():
    counts = ("parameters", "biases", "buffers", "multiplications", "additions", "macs", "comparisons", "divisions")
    stated = ", ".join(f"{count}: 0" for count in (*counts, "transcendentals"))
    result, found = own(f"input: [3, 8, 8]\nlayers:\n- custom: {{name: own, shape: in0, {stated}}}\n")
    assert (found.status, result.status) == ("complete", "complete")
    assert {getattr(found, count) for count in COUNTS} == {0}


@pytest.mark.parametrize(
    ("shape", "inputs", "output"),
    [
        ("in0", ((3, 8, 6),), (3, 8, 6)),
        ("in0 + [2]", ((3, 8),), (3, 8, 2)),
        (["c * 2", "l - 1"], ((3, 8),), (3 * 2, 8 - 1)),
        (["c", "d", "h // 2", "w // 2"], ((2, 3, 9, 8),), (2, 3, 4, 4)),
        (["n"], ((2, 3, 4, 5, 6),), (2 * 3 * 4 * 5 * 6,)),
        (["c + in1[0]", "h", "w"], ((3, 8, 8), (5, 8, 8)), (3 + 5, 8, 8)),
        (["c", "ceil(h / 2)", 7], ((3, 9, 8),), (3, 5, 7)),
        (["c if c > 2 else 9"], ((3,),), (3,)),
    ],
)
def test_shapes(shape, inputs, output):
    assert layer(shape=shape).output(inputs) == output


@pytest.mark.parametrize(
    ("expression", "written", "value"),
    [
        ("c * 4", "c · 4", 3 * 4),
        ("c * (h + 1) // 2", "⌊c(h + 1)/2⌋", 3 * (9 + 1) // 2),
        ("ceil(h / 2)", "⌈h/2⌉", 5),
        ("floor(h / 2)", "⌊h/2⌋", 4),
        ("max(c, h)", "max(c, h)", 9),
        ("min(c, h) * 2", "c · 2", 3 * 2),
        ("c if h > 100 else w * 2", "w · 2", 8 * 2),
        ("c ** 3", "c · c · c", 3**3),
        ("h % c + 1", "h − c·⌊h/c⌋ + 1", 9 % 3 + 1),
        ("in0[1] * 2", "in0[1] · 2", 9 * 2),
        ("m - n", "m − n", 0),
        ("round(7 / 2)", "4", 4),
        ("2 * 3 * c", "2 · 3 · c", 2 * 3 * 3),
    ],
)
def test_the_derivation_shows_the_expression_as_it_was_written(expression, written, value):
    one = layer(shape="in0", additions=expression)
    inputs = ((3, 9, 8),)
    assert one.cost(inputs, (3, 9, 8)).additions == value
    found = as_expression(one.cost(inputs, (3, 9, 8), traced).additions)
    assert text(found) == written
    assert lines(found)[-1] == str(value)


def test_no_short_expression_becomes_a_long_formula():
    doubling = "((((((((c)**2)**2)**2)**2)**2)**2)**2)"
    rest = "%".join(["c"] * 100)
    for expression in (doubling, f"{rest} + 1"):
        found = layer(shape="in0", additions=expression).cost(((1,),), (1,), traced)
        assert len(text(as_expression(found.additions))) < 1000


@pytest.mark.parametrize(
    ("fields", "message", "about"),
    [
        ({"shape": ["c", "h / 2", "w"]}, "shape is `h / 2`, which comes to 4.5 here", ("shape", 1)),
        ({"shape": ["c - 3"]}, "which comes to 0 here; it must be a whole number from 1 up", ("shape", 0)),
        ({"shape": "c"}, "shape is `c`, which is no list of 1 to 8 sides", "shape"),
        ({"shape": "in0 + in0 + in0"}, "no list of 1 to 8 sides", "shape"),
        ({"shape": "[in0]"}, "comes to a list here", "shape"),
        ({"shape": "in0", "additions": "c > 1"}, "comes to true here", "additions"),
        ({"shape": "in0", "additions": "'x'"}, "comes to a text here", "additions"),
        ({"shape": "in0", "additions": "c - 4"}, "comes to −1 here; it must be a whole number from 0 up", "additions"),
        ({"shape": "in0", "parameters": "c * q"}, "column 5: `q` is not known here", "parameters"),
        ({"shape": "in0", "parameters": "c * ("}, "the expression ends too early", "parameters"),
        ({"shape": "in0", "divisions": "c // 0"}, "this divides by zero", "divisions"),
        ({"shape": "in0", "divisions": "9 ** 9 ** 9"}, "the result is too large", "divisions"),
        ({"shape": ["m"]}, "`m` is not known here", ("shape", 0)),
        ({"shape": "in0", "parameters": 3, "biases": "c + 1"}, "biases comes to 4, but parameters only to 3", "biases"),
        ({"shape": "in0", "multiplications": 1, "macs": 2}, "macs comes to 2, but multiplications only to 1", "macs"),
    ],
)
def test_what_is_no_count_is_refused_where_it_is_written(fields, message, about):
    one, inputs = layer(**fields), ((3, 9, 8),)
    with pytest.raises(Refused) as refusal:
        one.learned(one.weights(inputs), inputs), one.cost(inputs, one.output(inputs))
    problem = refusal.value.problem
    assert message in problem.message()
    assert problem.about() == about


def test_parameters_without_their_biases_are_not_split():
    one = layer(shape="in0", parameters="c * 4")
    learned = one.weights(((3,),))
    assert (learned.weights, learned.biases, one.learned(learned, ((3,),))) == (None, None, 3 * 4)
    split = layer(shape="in0", parameters="c * 4", biases="c").weights(((3,),))
    assert (split.weights, split.biases) == (3 * 4 - 3, 3)


def test_what_it_sees_of_the_input_is_unknown_and_so_is_what_follows():
    text = NETWORK.replace("- flatten", "- conv2d: {out_channels: 4, kernel_size: 3}\n- flatten")
    found = analyze(loads(text)).layers
    assert [one.receptive_field for one in found[:6]] == [(3, 3), (3, 3), None, None, None, None]
    assert not any(one.sees_all for one in found[:5])


def test_the_depth_counts_the_layers_around_it():
    assert analyze(loads(NETWORK)).depth == 2


def test_weights_are_shared_only_when_as_many_are_stated():
    same = NETWORK + "- custom: {weights_of: own, shape: in0, parameters: 64}\n"
    other = NETWORK + "- custom: {weights_of: own, shape: in0, parameters: 65}\n"
    assert analyze(loads(same)).layers[-1].parameters == 0
    assert [one.code for one in analyze(loads(other)).problems] == ["weights-do-not-fit"]
