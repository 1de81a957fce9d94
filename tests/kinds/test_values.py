"""What `compute` gives, held against numbers worked by hand."""

import math
import random
from fractions import Fraction

import pytest
from hypothesis import assume, given, settings
from hypothesis import strategies as st

from cnncalc.kinds import find
from cnncalc.problem import Refused
from cnncalc.tensor import Tensor, filled


def layer(name, **fields):
    return find(name).model_validate(fields)


def values(kind, *inputs, **tensors):
    return kind.compute(inputs, tensors).values


def row(*numbers):
    return filled((1, len(numbers)), numbers)


AT = [
    ("relu", 2.24, 2.24),
    ("relu", -1, 0),
    ("relu6", 7, 6),
    ("leaky_relu", -2, -0.02),
    ("elu", -1, 1 / math.e - 1),
    ("elu", 3, 3),
    ("selu", 2, 2 * 1.0507009873554805),
    ("selu", -1, 1.0507009873554805 * 1.6732632423543772 * (1 / math.e - 1)),
    ("gelu", 0, 0),
    ("gelu", 1, 0.5 * (1 + math.erf(1 / math.sqrt(2)))),
    ("sigmoid", 0, 0.5),
    ("sigmoid", -math.log(3), 0.25),
    ("silu", math.log(3), 0.75 * math.log(3)),
    ("tanh", 1, (math.e**2 - 1) / (math.e**2 + 1)),
    ("softplus", 0, math.log(2)),
    ("softsign", -3, -0.75),
    ("mish", 0, 0),
    ("mish", math.log(2), math.log(2) * 0.8),
    ("hardtanh", 5, 1),
    ("hardtanh", -5, -1),
    ("hardsigmoid", 0, 0.5),
    ("hardsigmoid", 4, 1),
    ("hardswish", 1, 4 / 6),
    ("hardswish", -4, 0),
    ("identity", 5, 5),
    ("dropout", 5, 5),
]


@pytest.mark.parametrize(("name", "x", "y"), AT)
def test_an_activation_at_a_point(name, x, y):
    assert values(layer(name), row(x)) == pytest.approx([y])


def test_softmax_of_logarithms_is_their_numbers_shares():
    x = filled((3,), [math.log(1), math.log(2), math.log(5)])
    assert values(layer("softmax"), x) == pytest.approx([1 / 8, 2 / 8, 5 / 8])


def test_softmax_over_the_channels_of_a_map():
    x = filled((2, 2), [0, math.log(3), 0, 0])
    assert values(layer("softmax"), x) == pytest.approx([1 / 2, 3 / 4, 1 / 2, 1 / 4])


def test_log_softmax_is_the_logarithm_of_the_softmax():
    x = filled((3,), [math.log(1), math.log(2), math.log(5)])
    assert values(layer("log_softmax"), x) == pytest.approx([math.log(1 / 8), math.log(2 / 8), math.log(5 / 8)])


def test_prelu_has_one_slope_per_channel():
    x = filled((2, 2), [-1, 1, -1, 1])
    assert values(layer("prelu", num_parameters=2), x, weight=filled((2,), [0.5, 0.25])) == [-0.5, 1, -0.25, 1]


def test_batch_norm_scales_and_shifts_each_channel():
    x = filled((2, 2), [1, 2, 3, 4])
    scaled = values(layer("batch_norm1d"), x, weight=filled((2,), [10, 100]), bias=filled((2,), [1, 2]))
    assert scaled == [11, 21, 302, 402]


def test_local_response_norm_looks_at_the_neighbouring_channels():
    x = filled((3, 1), [1, 2, 3])
    normed = values(layer("local_response_norm", size=3, alpha=3.0, beta=1.0), x)
    assert normed == pytest.approx([1 / (1 + 1 + 4), 2 / (1 + 1 + 4 + 9), 3 / (1 + 4 + 9)])


def test_an_even_window_of_channels_reaches_further_down():
    x = filled((3, 1), [1, 2, 3])
    normed = values(layer("local_response_norm", size=2, alpha=2.0, beta=1.0), x)
    assert normed == pytest.approx([1 / (1 + 1), 2 / (1 + 1 + 4), 3 / (1 + 4 + 9)])


def test_convolution_is_cross_correlation_the_kernel_is_not_flipped():
    conv = layer("conv1d", out_channels=1, kernel_size=2, bias=False)
    assert values(conv, row(1, 2, 3), weight=filled((1, 1, 2), [10, 1])) == [12, 23]


def test_a_convolution_adds_the_channels_and_the_bias():
    conv = layer("conv1d", out_channels=1, kernel_size=1)
    x = filled((2, 2), [1, 2, 3, 4])
    assert values(conv, x, weight=filled((1, 2, 1), [1, 10]), bias=filled((1,), [100])) == [131, 142]


PADDED = [
    ("zeros", [0, 0, 1, 2, 3, 0, 0]),
    ("reflect", [3, 2, 1, 2, 3, 2, 1]),
    ("replicate", [1, 1, 1, 2, 3, 3, 3]),
    ("circular", [2, 3, 1, 2, 3, 1, 2]),
]


@pytest.mark.parametrize(("mode", "padded"), PADDED)
def test_the_padding_is_filled_as_its_mode_says(mode, padded):
    conv = layer("conv1d", out_channels=1, kernel_size=1, padding=2, padding_mode=mode, bias=False)
    assert values(conv, row(1, 2, 3), weight=filled((1, 1, 1), [1])) == padded


def test_same_padding_puts_the_odd_place_behind():
    conv = layer("conv1d", out_channels=1, kernel_size=2, padding="same", bias=False)
    assert values(conv, row(1, 2, 3), weight=filled((1, 1, 2), [10, 1])) == [12, 23, 30]


def test_a_transposed_convolution_spreads_each_value():
    spread = layer("conv_transpose1d", out_channels=1, kernel_size=3, stride=2, bias=False)
    assert values(spread, row(1, 2), weight=filled((1, 1, 3), [1, 10, 100])) == [1, 10, 100 + 2, 20, 200]


def test_output_padding_adds_places_behind():
    spread = layer("conv_transpose1d", out_channels=1, kernel_size=2, stride=3, output_padding=1, bias=False)
    assert values(spread, row(1, 2), weight=filled((1, 1, 2), [1, 10])) == [1, 10, 0, 2, 20, 0]


AVERAGES = [
    # The window of the first output covers one place of padding and the values 6 and 12.
    ({"padding": 1}, [Fraction(18, 3), Fraction(6 + 12 + 24, 3), Fraction(12 + 24, 3)]),
    ({"padding": 1, "count_include_pad": False}, [Fraction(18, 2), Fraction(42, 3), Fraction(36, 2)]),
    ({"padding": 1, "divisor_override": 4}, [Fraction(18, 4), Fraction(42, 4), Fraction(36, 4)]),
]


@pytest.mark.parametrize(("fields", "means"), AVERAGES)
def test_an_average_is_divided_by_what_its_window_covers(fields, means):
    pool = layer("avg_pool1d", kernel_size=3, stride=1, **fields)
    assert values(pool, row(*map(Fraction, (6, 12, 24)))) == means


def test_under_ceil_mode_the_last_window_is_divided_by_its_places_up_to_the_padding():
    # 5 values, windows of 3 every 2 places without padding in front: the third window starts at 4 and covers one value.
    pool = layer("avg_pool1d", kernel_size=3, stride=2, ceil_mode=True)
    assert values(pool, row(*map(Fraction, (3, 6, 9, 12, 15, 18)))) == [6, 12, Fraction(15 + 18, 2)]


def test_under_ceil_mode_the_padding_counts_but_not_what_lies_behind_it():
    # Padded to 0 3 6 9 12 0; the window at place 4 of it covers 12 and one padding zero, and one place beyond.
    pool = layer("avg_pool1d", kernel_size=3, stride=2, padding=1, ceil_mode=True)
    assert values(pool, row(*map(Fraction, (3, 6, 9, 12)))) == [3, 9, Fraction(12, 2)]


def test_max_pooling_ignores_the_padding():
    assert values(layer("max_pool1d", kernel_size=2, padding=1), row(-5, -3, -4)) == [-5, -3]


ADAPTIVE = [
    # windows over 5 places: [0, 2), [1, 4), [3, 5)
    (5, 3, [(0, 2), (1, 4), (3, 5)]),
    (7, 3, [(0, 3), (2, 5), (4, 7)]),
    (4, 2, [(0, 2), (2, 4)]),
    (2, 3, [(0, 1), (0, 2), (1, 2)]),
    (10, 4, [(0, 3), (2, 5), (5, 8), (7, 10)]),
]


@pytest.mark.parametrize(("n", "m", "windows"), ADAPTIVE)
def test_adaptive_windows_lie_where_they_lie_in_pytorch(n, m, windows):
    x = [Fraction(place * place) for place in range(n)]
    means = values(layer("adaptive_avg_pool1d", output_size=m), row(*x))
    assert means == [sum(x[first:end]) / (end - first) for first, end in windows]
    assert values(layer("adaptive_max_pool1d", output_size=m), row(*x)) == [x[end - 1] for _, end in windows]


def test_a_global_pooling_is_one_number_per_channel():
    x = filled((2, 2, 2), [1, 2, 3, 6, 4, 4, 4, 8])
    assert values(layer("global_avg_pool"), x) == [3, 5]
    assert values(layer("global_max_pool"), x) == [6, 8]


def test_a_broadcast_factor_scales_its_whole_channel():
    x, gate = filled((2, 2), [1, 2, 3, 4]), filled((2, 1), [10, 100])
    assert values(layer("mul"), x, gate) == [10, 20, 300, 400]


def test_concatenation_lays_one_input_behind_the_other():
    a, b = filled((2, 1), [1, 2]), filled((2, 2), [3, 4, 5, 6])
    assert values(layer("concat", dim=2), a, b) == [1, 3, 4, 2, 5, 6]


def test_flattening_keeps_the_order():
    assert values(layer("flatten"), filled((2, 1, 2), [1, 2, 3, 4])) == [1, 2, 3, 4]


def test_a_linear_layer_is_a_matrix_product():
    x, weight = filled((2,), [1, 2]), filled((3, 2), [1, 0, 0, 1, 1, 1])
    assert values(layer("linear", out_features=3), x, weight=weight, bias=filled((3,), [10, 20, 30])) == [11, 22, 33]


@st.composite
def mirrored(draw):
    """A convolution without biases, the shape that arrives, and the transposed convolution that mirrors it."""
    rank, groups = draw(st.integers(1, 2)), draw(st.integers(1, 2))
    sides = st.lists(st.integers(1, 3), min_size=rank, max_size=rank)
    pair = st.lists(st.integers(0, 2), min_size=2, max_size=2)
    window = {
        "kernel_size": draw(sides),
        "stride": draw(sides),
        "dilation": draw(sides),
        "padding": draw(st.lists(pair, min_size=rank, max_size=rank)),
        "groups": groups,
        "bias": False,
    }
    channels_in, channels_out = (groups * draw(st.integers(1, 2)) for _ in range(2))
    shape = (channels_in, *draw(st.lists(st.integers(1, 7), min_size=rank, max_size=rank)))
    conv = layer(f"conv{rank}d", out_channels=channels_out, **window)
    try:
        output = conv.output((shape,))
    except Refused:
        assume(False)
    # What the rounding of the convolution left over at the end.
    left = [
        (n + sum(p) - (d * (k - 1) + 1)) % s
        for n, p, k, d, s in zip(
            shape[1:], window["padding"], window["kernel_size"], window["dilation"], window["stride"], strict=True
        )
    ]
    mirror = layer(f"conv_transpose{rank}d", out_channels=channels_in, output_padding=left, **window)
    return conv, mirror, shape, output


@given(case=mirrored(), seed=st.integers(0, 2**32))
@settings(max_examples=80, deadline=None)
def test_a_transposed_convolution_is_the_transpose_of_the_convolution(case, seed):
    conv, mirror, shape, output = case
    dice = random.Random(seed)

    def integers(form):
        return Tensor(tuple(form), [dice.randint(-9, 9) for _ in range(math.prod(form))])

    x, y, weight = integers(shape), integers(output), integers(conv.tensors((shape,))["weight"])
    assert mirror.tensors((output,))["weight"] == weight.shape
    assert mirror.output((output,)) == shape
    there = values(conv, x, weight=weight)
    back = values(mirror, y, weight=weight)
    assert sum(a * b for a, b in zip(there, y.values, strict=True)) == sum(
        a * b for a, b in zip(x.values, back, strict=True)
    )


@pytest.mark.parametrize(("slope", "value"), [(0.5, -1.0), (1.0, -2.0), (3.0, -6.0), (-1.0, 2.0)])
def test_a_leaky_relu_bends_what_is_negative_whatever_its_slope(slope, value):
    layer = find("leaky_relu").model_validate({"negative_slope": slope})
    assert layer.compute((Tensor((2,), [-2.0, 2.0]),), {}).values == [value, 2.0]


def test_a_3d_average_pooling_wants_a_kernel_that_fits_without_padding():
    layer = find("avg_pool3d").model_validate({"kernel_size": [3, 2, 3], "padding": 1, "stride": 1})
    assert layer.output(((1, 3, 2, 4),)) == (1, 3 + 2 - 3 + 1, 2 + 2 - 2 + 1, 4 + 2 - 3 + 1)
    with pytest.raises(Refused):
        layer.output(((1, 2, 2, 4),))


@pytest.mark.parametrize("threshold", [20.0, 0.5])
def test_a_softplus_bends_as_sharply_as_beta_says(threshold):
    found = layer("softplus", beta=2.0, threshold=threshold).compute((Tensor((2,), [0.2, 3.0]),), {}).values
    assert found[0] == pytest.approx(math.log(1 + math.exp(2 * 0.2)) / 2)
    assert (found[1] == 3.0) == (threshold < 2 * 3.0)


@pytest.mark.parametrize("name", ["batch_norm2d", "instance_norm2d", "group_norm"])
def test_a_normalisation_without_a_bias_learns_half_as_many_numbers(name):
    fields = {"num_groups": 2} if name == "group_norm" else {"affine": True}
    with_shift, without = layer(name, **fields), layer(name, **fields, bias=False)
    assert sum(with_shift.weights(((4, 3, 3),))[:2]) == 2 * 4
    assert without.weights(((4, 3, 3),))[:2] == (4, 0)
    assert set(without.tensors(((4, 3, 3),))) == {"weight"}


def test_a_bilinear_map_that_grows_is_the_same_with_antialias():
    plain, smooth = (layer("upsample", size=(4, 4), mode="bilinear", antialias=on) for on in (False, True))
    x = Tensor((1, 3, 3), list(range(9)))
    assert smooth.compute((x,), {}).values == plain.compute((x,), {}).values


@pytest.mark.parametrize(
    ("fields", "said"),
    [
        ({"size": (2, 4), "mode": "bilinear"}, "no side shrinks"),
        ({"size": (4, 4), "mode": "bicubic"}, "no side shrinks"),
        ({"size": (4, 4), "mode": "bilinear", "align_corners": True}, "no side shrinks"),
        ({"size": (4, 4)}, "no meaning for mode nearest"),
    ],
)
def test_other_antialiased_maps_are_refused(fields, said):
    with pytest.raises(Refused) as refused:
        layer("upsample", antialias=True, **fields).output(((1, 3, 3),))
    assert said in refused.value.problem.message()
    assert bool(refused.value.problem.hints()) == fields.get("mode", "").startswith("bi")


@pytest.mark.parametrize(
    ("name", "fields"),
    [
        ("max_pool2d", {"kernel_size": (2, 2), "return_indices": True}),
        ("adaptive_max_pool2d", {"output_size": [2, 2], "return_indices": True}),
        ("conv_transpose2d", {"out_channels": 2, "kernel_size": (2, 2), "padding_mode": "zeros"}),
    ],
)
def test_a_field_of_pytorch_that_changes_no_number_is_taken(name, fields):
    *own, (_last, _value) = fields.items()
    with_it, without = layer(name, **fields), layer(name, **dict(own))
    shape = ((2, 4, 4),)
    assert with_it.output(shape) == without.output(shape)
    assert with_it.cost(shape, with_it.output(shape)) == without.cost(shape, without.output(shape))
