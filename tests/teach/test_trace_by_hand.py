"""The matrices that the lectures work by hand, through `trace`."""

import pytest

from cnncalc.api import analyze, parse
from cnncalc.problem import Refused
from cnncalc.source import Source
from cnncalc.teach import matrix
from cnncalc.teach.kernels import EXAMPLES, KERNELS, LECTURE
from cnncalc.teach.learned import Chosen
from cnncalc.teach.trace import fitted, random_input, trace
from cnncalc.teach.trace_size import MOST_BYTES, MOST_SECONDS, SECOND, check_size, size
from cnncalc.tensor import Tensor

X = "1 2 3 0 / 0 1 2 3 / 3 0 1 2 / 2 3 0 1"
Y = "1 0 3 2 3 / 0 1 2 3 0 / 2 0 1 2 3 / 3 3 0 1 2 / 0 2 3 0 1"
K = "2 0 1 / 0 1 2 / 1 0 2"


def read(text):
    return matrix.read(Source("matrix", text))


def by_hand(x, layers, kernels=(), padding_value=0, biases=()):
    """What comes out of layers over a matrix, as rows between slashes."""
    given = read(x)
    given = given if len(given.shape) == 3 else Tensor((1, *given.shape), given.values)
    network = parse({"input": list(given.shape), "layers": layers})
    chosen = Chosen(tuple(map(read, kernels)), tuple(biases))
    found = trace(network, {"input": given}, chosen, padding_value=padding_value)
    return written(found.layers[-1].output)


def written(tensor):
    width = tensor.shape[-1]
    rows = [tensor.values[start : start + width] for start in range(0, len(tensor.values), width)]
    return " / ".join(" ".join(map(str, row)) for row in rows)


def conv(**fields):
    return [{"conv2d": {"out_channels": 1, "kernel_size": 3, **fields}}]


LECTURES = [
    (X, {}, 0, "15 16 / 6 15"),
    (X, {"padding": 1}, 0, "7 12 10 2 / 4 15 16 10 / 10 6 15 6 / 8 10 4 3"),
    (X, {"padding": 1}, 1, "11 15 13 9 / 7 15 16 15 / 13 6 15 11 / 13 13 7 9"),
    (X, {"padding": "same"}, 1, "11 15 13 9 / 7 15 16 15 / 13 6 15 11 / 13 13 7 9"),
    (Y, {}, 0, "14 14 19 / 7 15 16 / 14 6 15"),
    (Y, {"stride": 2}, 0, "14 19 / 14 15"),
]


@pytest.mark.parametrize(("x", "fields", "padding_value", "expected"), LECTURES)
def test_a_convolution_of_the_lectures(x, fields, padding_value, expected):
    assert by_hand(x, conv(**fields), [K], padding_value) == expected


def test_the_shipped_matrices_are_those_of_the_lectures():
    assert [list(row) for row in EXAMPLES["4x4"]] == [[1, 2, 3, 0], [0, 1, 2, 3], [3, 0, 1, 2], [2, 3, 0, 1]]
    assert EXAMPLES["5x5"][3] == (3, 3, 0, 1, 2)
    assert LECTURE == ((2, 0, 1), (0, 1, 2), (1, 0, 2))
    assert KERNELS["edge_horizontal"] == ((1, 1, 1), (0, 0, 0), (-1, -1, -1))
    assert KERNELS["edge_vertical"] == ((1, 0, -1), (1, 0, -1), (1, 0, -1))
    assert sum(value for row in KERNELS["blur"] for value in row) == 1


def test_poolings_and_relu_by_hand():
    corner = "1 3 / 0 2"
    assert by_hand(corner, [{"max_pool2d": {"kernel_size": 2}}]) == "3"
    assert by_hand(corner, [{"avg_pool2d": {"kernel_size": 2}}]) == "3/2"
    assert by_hand("-1 3 / 0 -2", ["relu"]) == "0 3 / 0 0"


def test_channels_are_convolved_with_their_own_slices_and_added():
    two = "1 2 / 3 4 // 5 6 / 7 8".replace("//", "\n\n")
    layers = [{"conv2d": {"out_channels": 1, "kernel_size": 2}}]
    slices = "1 0 / 0 1\n\n0 1 / 1 0"
    assert by_hand(two, layers, [slices], biases=[100]) == str(1 + 4 + 6 + 7 + 100)
    assert by_hand(two, layers, ["1 1 / 1 1"]) == str(1 + 2 + 3 + 4 + 5 + 6 + 7 + 8)


def test_branches_are_added_multiplied_and_joined():
    pool = {"max_pool2d": {"kernel_size": 1, "name": "same", "from": "input"}}
    assert by_hand("1 2 / 3 4", [pool, {"add": {"from": ["input", "same"]}}]) == "2 4 / 6 8"
    assert by_hand("1 2 / 3 4", [pool, {"mul": {"from": ["input", "same"]}}]) == "1 4 / 9 16"
    assert by_hand("1 2 / 3 4", [pool, {"concat": {"from": ["input", "same"]}}]) == "1 2 / 3 4 / 1 2 / 3 4"


def test_a_softmax_beyond_the_range_of_a_float_is_still_right():
    network = parse({"input": [3], "layers": ["softmax"]})
    for values in ([1000, 998, 0], [-1000, -1002, -3000]):
        found = trace(network, {"input": Tensor((3,), values)}, Chosen()).layers[0]
        assert found.output.values == pytest.approx([0.880797, 0.119203, 0], abs=1e-6)
        assert float(found.written_out((1,)).formula.value) == pytest.approx(0.119203, abs=1e-6)


def test_the_same_seed_gives_the_same_numbers_everywhere():
    assert random_input((12,), 1).values == [7, 0, 8, 1, 3, 8, 3, 2, 9, 4, 8, 4]
    assert set(random_input((500,), 3).values) == set(range(10))


def test_only_what_leads_to_a_layer_is_calculated():
    network = parse({"input": [1, 4, 4], "layers": [*conv(), "relu", "flatten"]})
    inputs = {"input": random_input((1, 4, 4), 0)}
    assert [layer.name for layer in trace(network, inputs, Chosen(), "relu_1").layers] == ["conv2d_1", "relu_1"]


def test_a_network_that_is_too_large_is_refused_with_a_smaller_input_that_passes():
    network = parse({"input": [3, 256, 256], "layers": [{"conv2d": {"out_channels": 16, "kernel_size": 5}}]})
    with pytest.raises(Refused) as refusal:
        check_size(network, analyze(network), None)
    smaller = refusal.value.problem.smaller
    assert smaller == (3, 128, 128)
    assert check_size(network, analyze(network, 1, smaller), None).time <= MOST_SECONDS * SECOND
    assert "--input 3x128x128" in refusal.value.problem.hints()[0]


def test_a_huge_map_without_multiplications_is_refused_too():
    network = parse({"input": [1, 10**6, 10**6], "layers": ["relu"]})
    with pytest.raises(Refused):
        check_size(network, analyze(network), None)


@pytest.mark.parametrize(
    ("layer", "side"),
    [
        ("gelu", 2500),
        ("identity", 3100),
        ("relu", 2200),
        ({"unfold": {"kernel_size": 3}}, 500),
        ({"avg_pool2d": {"kernel_size": 5, "stride": 1}}, 500),
        ({"zero_pad2d": {"padding": 1}}, 1500),
        ({"matmul": {"from": ["input", "input"]}}, 250),
    ],
)
def test_what_took_half_a_minute_or_a_gigabyte_is_refused(layer, side):
    network = parse({"input": [1, side, side], "layers": [layer]})
    with pytest.raises(Refused):
        check_size(network, analyze(network), None)


def test_a_map_that_fills_the_memory_is_refused_before_the_time_is_up():
    network = parse({"input": [1, 1600, 1600], "layers": ["identity"]})
    found = size(analyze(network))
    assert found.time <= MOST_SECONDS * SECOND
    assert size(analyze(network, 1, (1, 3200, 3200))).memory > MOST_BYTES
    refused = parse({"input": [1, 2000, 2000], "layers": ["identity"]})
    result = analyze(refused)
    with pytest.raises(Refused, match="MiB; trace stops at 500 MiB"):
        check_size(refused, result, None)


def test_exponentials_and_divisions_take_time():
    def time(layer):
        return size(analyze(parse({"input": [1, 100, 100], "layers": [layer]}))).time

    assert time("gelu") > time("hardswish") > time("relu") > time("identity")


def test_fractions_take_longer_in_all_layers_behind_them():
    def time(first, **given):
        layers = [first, {"conv2d": {"out_channels": 4, "kernel_size": 3}}]
        result = analyze(parse({"input": [1, 100, 100], "layers": layers}))
        return size(result, **given).time - size(result, ["conv2d_1"]).time

    pooled, plain = {"avg_pool2d": {"kernel_size": 1}}, {"max_pool2d": {"kernel_size": 1}}
    products = 4 * 98 * 98 * 9
    assert time(pooled) - time(plain) > 3000 * products
    assert time(plain, fractions=True) - time(plain) > 3000 * products


def test_the_denominators_of_deep_networks_do_not_grow_for_ever():
    network = parse({"input": [1, 2, 2], "layers": ["hardswish"] * 40})
    inputs = {"input": Tensor((1, 2, 2), [1, 2, 1, 2])}
    last = trace(network, inputs, Chosen()).layers[-1].output.values
    value = 1.0
    for _time in range(40):
        value = value * (value + 3) / 6
    assert float(last[0]) == pytest.approx(value)


def test_numbers_that_square_themselves_are_refused():
    squared = [{"mul": {"from": ["a0", "a0"], "name": "a1"}}]
    squared += [{"mul": {"from": [f"a{i}", f"a{i}"], "name": f"a{i + 1}"}} for i in range(1, 40)]
    network = parse({"input": [2], "layers": [{"identity": {"name": "a0"}}, *squared]})
    with pytest.raises(Refused, match="300 digits"):
        trace(network, {"input": Tensor((2,), [9, 9])}, Chosen())


def test_a_matrix_of_another_shape_is_refused():
    with pytest.raises(Refused, match="5×5"):
        fitted(read(Y), (1, 4, 4))
    assert fitted(read(X), (1, 4, 4)).shape == (1, 4, 4)
    assert fitted(read("1 2 3"), (3,)).shape == (3,)


@pytest.mark.parametrize(("kernels", "words"), [(["1 2 / 3 4"], "3×3"), ([K, K], "2 kernels")])
def test_a_kernel_that_does_not_fit_is_refused(kernels, words):
    with pytest.raises(Refused, match=words):
        by_hand(X, conv(), kernels)
