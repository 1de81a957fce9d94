"""Whatever stands in a spec: it is a network, or a SpecError that says what is wrong; never anything else."""

import json

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from cnncalc.api import SpecError, analyze, loads, parse

WORDS = st.sampled_from(
    [
        "relu",
        "conv2d",
        "linear",
        "flatten",
        "add",
        "concat",
        "parallel",
        "merge",
        "paths",
        "name",
        "from",
        "input",
        "a",
        "out_channels",
        "kernel_size",
        "stride",
        "padding",
        "same",
        "dim",
        "out_features",
        "in_features",
        "relu_1",
        "a:0",
        "params",
        "output",
        "rf",
        "min",
        "max",
        "value",
        "tolerance",
        "61.1M",
        "2%",
        "3x8x8",
        "channels",
        "height",
        ":",
    ]
)
SCALARS = st.one_of(
    st.none(),
    st.booleans(),
    st.integers(-2, 9),
    st.integers(),
    st.sampled_from([10**15, 10**15 + 1, 10**400, -(10**400), 1e300, 0.0, 3.0, 2.5]),
    st.floats(),
    WORDS,
    st.text(max_size=8),
    st.binary(max_size=3),
)
KEYS = st.one_of(WORDS, WORDS, WORDS, st.text(max_size=5), st.integers(-1, 3), st.none(), st.booleans())
ANYTHING = st.recursive(
    SCALARS,
    lambda inner: st.one_of(
        st.lists(inner, max_size=4), st.lists(inner, max_size=3).map(tuple), st.dictionaries(KEYS, inner, max_size=4)
    ),
    max_leaves=14,
)
FIELDS = st.dictionaries(WORDS, ANYTHING, max_size=4)
LAYERS = st.lists(st.one_of(WORDS, st.dictionaries(WORDS, FIELDS, min_size=1, max_size=1), ANYTHING), max_size=5)
INPUTS = st.one_of(
    st.just([3, 8, 8]),
    ANYTHING,
    st.dictionaries(st.text(max_size=4), st.lists(st.integers(1, 9), max_size=3), max_size=3),
)
EXPECT = st.one_of(st.dictionaries(WORDS, ANYTHING, max_size=4), ANYTHING)
SPECS = st.fixed_dictionaries(
    {},
    optional={
        "name": ANYTHING,
        "input": INPUTS,
        "layers": st.one_of(LAYERS, LAYERS, LAYERS, ANYTHING),
        "outputs": ANYTHING,
        "about": ANYTHING,
        "expect": EXPECT,
    },
)


def judged(read):
    """The codes of what is wrong with a spec; its network, whole or not, is analysed and written out on the way."""
    try:
        network = read()
    except SpecError as error:
        network = error.network
    result = analyze(network)
    json.dumps(result.to_dict())
    for finding in result.problems:
        said = [finding.problem.message(), finding.problem.caret(), *finding.all_help()]
        assert all(isinstance(line, str) for line in said)
        assert said[0]
    return [finding.code for finding in result.problems]


@given(spec=SPECS)
@settings(max_examples=200, deadline=None)
def test_any_mapping_is_a_network_or_a_spec_error(spec):
    judged(lambda: parse(spec))


@given(spec=st.dictionaries(KEYS, ANYTHING, max_size=4))
@settings(max_examples=150, deadline=None)
def test_any_mapping_at_all_is_a_network_or_a_spec_error(spec):
    judged(lambda: parse(spec))


def writable(value):
    """Whether JSON can hold it, and its reader here would take its numbers and keys."""
    if isinstance(value, dict):
        return all(isinstance(key, str) and writable(inner) for key, inner in value.items())
    if isinstance(value, list | tuple):
        return all(map(writable, value))
    if type(value) is int:
        return abs(value) <= 10**15
    return not isinstance(value, bytes)


@given(spec=SPECS.filter(writable))
@settings(max_examples=80, deadline=None)
def test_any_text_of_such_a_mapping_is_a_network_or_a_spec_error(spec):
    judged(lambda: loads(json.dumps(spec)))
    judged(lambda: loads(json.dumps(spec, ensure_ascii=False, indent=1)))


@pytest.mark.parametrize("shape", ["list", "mapping"])
def test_depth_without_end_is_refused(shape):
    deep = []
    for _ in range(5000):
        deep = [deep] if shape == "list" else {"relu": deep}
    assert "too-deep" in judged(lambda: parse({"input": 8, "layers": [deep]}))


def test_a_list_that_holds_itself_is_refused():
    layers = ["relu"]
    layers.append(layers)
    assert "too-deep" in judged(lambda: parse({"input": 8, "layers": layers}))


def test_a_mapping_is_refused_where_its_text_would_be():
    assert judged(lambda: parse({"input": [3, 10**15 + 1], "layers": ["relu"]})) == ["number-too-large", "not-a-shape"]
    assert judged(lambda: parse({"input": 8, "layers": [{"elu": {"alpha": float("nan")}}]})) == [
        "not-a-number",
        "wrong-value",
    ]


def test_a_number_too_long_to_be_written_is_refused():
    assert judged(lambda: parse({"input": 10**5000, "layers": ["relu"]})) == ["number-too-large", "not-a-shape"]
