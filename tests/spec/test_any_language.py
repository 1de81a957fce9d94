"""Any spec that uses the language, sensible or not, is a network or problems: nothing else is raised, and soon."""

from time import perf_counter

from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from cnncalc.api import SpecError, analyze, loads, parse
from cnncalc.spec.dump import text_of

EXPRESSIONS = ("$n", "$i", "$w", "$f", "$t", "$nope", "$$", "a$n", "$(n * 2)", "$(i == 0)", "$(w[i])", "$(n / 2)")
WRONG = ("$(", "$(n", "${n}", "$(1 / 0)", "$(9**9**9)")
PLAIN = ("x", "input", "b1", "b1_1", "b1_1.relu_1", "relu_1", "g:1", "none", "same", "")
WORDS = st.sampled_from((*EXPRESSIONS, *WRONG, *PLAIN))
VALUES = st.none() | st.booleans() | st.integers(-2, 5) | st.floats(allow_nan=False) | WORDS
VALUE = st.recursive(VALUES, lambda inner: st.lists(inner, max_size=3), max_leaves=4)
CONTROL = st.sampled_from(["repeat", "index", "when", "name", "from", "trainable", "semantics", "n", "act", "layers"])
FIELD = CONTROL | st.sampled_from(["out_channels", "kernel_size", "padding", "stride", "merge", "paths", "p", "odd"])
KIND = st.sampled_from(["relu", "conv2d", "linear", "add", "b1", "b2", "$act", "$n", "parallel", "dropout", "nope"])


def _entries(inner):
    fields = st.dictionaries(FIELD, VALUE | st.lists(inner, max_size=2), max_size=4)
    path = st.lists(inner, max_size=3)
    parallel = st.fixed_dictionaries(
        {"merge": st.sampled_from(["add", "none", "concat", "mul", "$t"]), "paths": st.lists(path, max_size=3)}
    )
    group = st.fixed_dictionaries({"layers": path}, optional={"repeat": VALUE, "when": VALUE, "name": VALUE})
    return (
        st.tuples(KIND, fields).map(lambda pair: {pair[0]: pair[1]})
        | parallel.map(lambda one: {"parallel": one})
        | group
    )


ENTRY = st.recursive(KIND | VALUE, _entries, max_leaves=8)
LAYERS = st.lists(ENTRY, max_size=4)
ARGUMENTS = VALUE | st.lists(st.sampled_from(["n", "act", {"n": 3}, {"act": "relu"}, {"m": "$(n + 1)"}]), max_size=3)
BLOCK = LAYERS | st.fixed_dictionaries({"layers": LAYERS}, optional={"args": ARGUMENTS}) | VALUE
NAMES = st.sampled_from(["n", "w", "f", "t", "act", "if"])
SPECS = st.fixed_dictionaries(
    {"input": st.just([2, 6, 6]) | VALUE, "layers": LAYERS},
    optional={
        "vars": st.just({"n": 2, "w": [1, 2], "f": 0.5, "t": True, "act": "relu"}) | st.dictionaries(NAMES, VALUE),
        "variants": st.dictionaries(st.sampled_from(["a", "b"]), st.dictionaries(NAMES, VALUE) | VALUE),
        "blocks": st.dictionaries(st.sampled_from(["b1", "b2", "relu"]), BLOCK),
        "trainable": VALUE | st.dictionaries(WORDS, st.booleans()),
        "semantics": VALUE | st.sampled_from(["keras", "caffe"]),
        "outputs": VALUE,
        "name": VALUE,
    },
)


@given(spec=SPECS, variant=st.none() | st.just("a"), variables=st.dictionaries(NAMES, VALUE, max_size=2))
@settings(max_examples=600, deadline=None, suppress_health_check=[HealthCheck.too_slow])
def test_anything_is_a_network_or_problems(spec, variant, variables):
    begin = perf_counter()
    try:
        network = parse(spec, variant=variant, variables=variables)
    except SpecError as refusal:
        network = refusal.network
    result = analyze(network)
    for finding in result.problems:
        assert finding.problem.message()
        assert all(map(str, finding.all_help()))
    if not any(finding.severity == "error" for finding in network.problems):
        again = loads(text_of(network))
        assert [layer.name for layer in again.layers] == [layer.name for layer in network.layers]
        assert analyze(again).totals == result.totals
    assert perf_counter() - begin < 5
