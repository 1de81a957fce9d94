"""Counted, not believed: `compute` is run on numbers that count, and does exactly what `cost` says.

Both sides of a choice are calculated (ELU and SELU as if each value were negative, leaky ReLU as max(x, slope·x)), so
that these counts hold for every input. Only where values are cut off is the count an upper one: a value that was cut
is a constant, with which no more is calculated. Inputs between the bounds make it exact.
"""

import random
import re

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from cnncalc.formula.expression import as_expression, evaluate, traced
from cnncalc.formula.write import latex, text
from cnncalc.kinds._contract import Role
from tests.formula.reading import value_of_latex, value_of_text
from tests.kinds.cases import COMPUTED, KINDS, layers
from tests.kinds.counting import count

CUT_OFF = {
    "relu6": (0, 6),
    "hardtanh": (-1, 1),
    "hardsigmoid": (-3, 3),
    "hardswish": (-3, 3),
    "softshrink": (-0.5, 0.5),
}
BOUNDS = {
    **CUT_OFF,
    **{f"lp_pool{rank}d": (0.1, 4) for rank in (1, 2, 3)},
    "multihead_attention": (-0.5, 0.5),
}
"""Where a kind's random values come from: powers are taken of positive ones, exponentials of the products in attention
of small ones, as a float holds no exponential of 710."""

OPERATIONS = ("multiplications", "additions", "comparisons", "divisions", "transcendentals")


def numbers_for(kind, seed):
    """Random values: any small ones, or between the bounds of a kind that cuts off."""
    low, high = BOUNDS.get(kind.name, (-4, 4))
    dice = random.Random(seed)
    return lambda: low + (high - low) * dice.random()


@pytest.mark.parametrize("name", COMPUTED)
@given(data=st.data(), seed=st.integers(0, 2**32))
@settings(max_examples=12, deadline=None)
def test_compute_does_what_cost_says(name, data, seed):
    kind, inputs = data.draw(layers(KINDS[name]))
    output = kind.output(inputs)
    cost = kind.cost(inputs, output)
    tally, result = count(kind, inputs, numbers_for(kind, seed))
    assert {what: tally[what] for what in OPERATIONS} == {what: getattr(cost, what) for what in OPERATIONS}
    assert result.shape == output


@pytest.mark.parametrize("name", CUT_OFF)
def test_values_that_are_cut_off_cost_no_more_than_is_counted(name):
    kind, inputs = KINDS[name].model_validate({}), ((2, 3),)
    cost = kind.cost(inputs, (2, 3))
    for far in (-100, 100):
        tally, _result = count(kind, inputs, lambda far=far: far)
        assert all(tally[what] <= getattr(cost, what) for what in OPERATIONS)


@pytest.mark.parametrize("name", KINDS)
@given(data=st.data())
@settings(max_examples=12, deadline=None)
def test_the_tensors_hold_the_weights_and_the_biases(name, data):
    kind, inputs = data.draw(layers(KINDS[name]))
    learned = kind.weights(inputs)
    sizes = {tensor: _product(shape) for tensor, shape in kind.tensors(inputs).items()}
    assert sum(sizes.values()) == learned.weights + learned.biases
    assert sum(size for tensor, size in sizes.items() if "bias" in tensor) == learned.biases


SAID = {
    "multiplications": "multipl|square|product|·",
    "additions": "addition|subtraction|added|sum",
    "comparisons": "comparison",
    "divisions": "division",
    "transcendentals": "exponential|transcendental|root|power|logarithm|tanh|error function",
}
"""The words by which a manual says that a kind costs such operations."""


EXAMPLES = [(kind, example) for kind in COMPUTED.values() for example in kind.examples if example.kind == kind.name]


@pytest.mark.parametrize(("kind", "example"), EXAMPLES, ids=[kind.name for kind, _example in EXAMPLES])
def test_the_manual_names_every_operation_that_is_counted(kind, example):
    layer = kind.model_validate(dict(example.fields))
    cost = layer.cost(example.inputs, layer.output(example.inputs))
    unsaid = [what for what, words in SAID.items() if getattr(cost, what) and not re.search(words, kind.manual())]
    assert unsaid == []


def _product(shape):
    result = 1
    for side in shape:
        result *= side
    return result


def attention_macs(kind, inputs):
    """Each linear layer by its rows, inputs and outputs, and both products of each head."""
    query, key, value = inputs[0], inputs[min(1, len(inputs) - 1)], inputs[-1]
    e, keys = query[-1], key[-2] + kind.add_bias_kv + kind.add_zero_attn
    each = query[-2] * e * e * 2 + key[-2] * e * (key[-1] + value[-1]) + 2 * query[-2] * keys * e
    return _product(query[:-2]) * each


def recurrent_macs(kind, inputs):
    """Every weight is used once in each step."""
    return inputs[0][0] * kind.weights(inputs).weights


MACS = {
    "matmul": lambda kind, inputs: _product(inputs[0]) * inputs[1][-1],
    "multihead_attention": attention_macs,
    **dict.fromkeys(["rnn", "lstm", "gru"], recurrent_macs),
}
"""Kinds that do more than the products which are MACs."""


@pytest.mark.parametrize("name", COMPUTED)
@given(data=st.data())
@settings(max_examples=8, deadline=None)
def test_macs_are_the_multiplications_of_matrix_products_alone(name, data):
    kind, inputs = data.draw(layers(KINDS[name]))
    cost = kind.cost(inputs, kind.output(inputs))
    if kind.name in MACS:
        assert cost.macs == MACS[kind.name](kind, inputs)
    else:
        matrix = bool(kind.roles & {Role.CONVOLUTION, Role.LINEAR})
        assert cost.macs == (cost.multiplications if matrix else 0)


@pytest.mark.parametrize("name", KINDS)
@given(data=st.data())
@settings(max_examples=12, deadline=None)
def test_what_explains_a_number_comes_to_that_number(name, data):
    kind, inputs = data.draw(layers(KINDS[name]))
    output = kind.output(inputs)
    plain = (*output, *kind.weights(inputs), *kind.cost(inputs, output))
    symbolic = (*kind.output(inputs, traced), *kind.weights(inputs, traced), *kind.cost(inputs, output, traced))
    for number, term in zip(plain, symbolic, strict=True):
        expression = as_expression(term)
        assert evaluate(expression) == number
        assert value_of_text(text(expression, values=True)) == number
        assert value_of_latex(latex(expression, values=True)) == number


@pytest.mark.parametrize("name", KINDS)
@given(data=st.data())
@settings(max_examples=6, deadline=None)
def test_the_three_ways_to_connect_grow_from_shared_to_local_to_full(name, data):
    kind, inputs = data.draw(layers(KINDS[name]))
    output, weights = kind.output(inputs), kind.weights(inputs).weights
    forms = kind.connections(inputs, output, (weights, kind.cost(inputs, output).multiplications))
    if not kind.roles & {Role.CONVOLUTION, Role.LINEAR}:
        assert forms is None
    elif Role.LINEAR in kind.roles:
        assert forms.fully_connected == forms.locally_connected == forms.convolution
    else:
        full = _product(inputs[0]) * _product(output)
        local = kind.cost(inputs, output).multiplications  # every product has a weight of its own
        assert forms.fully_connected == (full, full)
        assert forms.locally_connected == (local, local)
        assert forms.convolution[0] == weights
