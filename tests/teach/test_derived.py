"""The quantities of one layer: the lectures' numbers, and what no window sees, counted place by place."""

from fractions import Fraction

import pytest
from hypothesis import assume, given, settings
from hypothesis import strategies as st

from cnncalc.formula.write import lines
from cnncalc.problem import Refused
from cnncalc.teach.derived import behind, derived
from cnncalc.teach.given import read


def found(kind, *words):
    return {one.name: one for one in derived(read(kind, words))}


def value(kind, words, name):
    return found(kind, *words.split())[name].value


FACTS = [
    ("linear", "784 out=512", "weights", 784 * 512),
    ("linear", "784 out=512", "multiplications", 784 * 512),
    ("linear", "784 out=512", "weights_per_neuron", 784),
    ("linear", "180000 out=512", "weights", 180_000 * 512),
    ("conv2d", "3x64x64 c_out=10 k=3", "separate_kernels", 3 * 10),
    ("conv2d", "3x64x64 c_out=10 k=3", "weights", 3 * 10 * 3 * 3),
    ("conv2d", "3x64x64 c_out=10 k=3", "biases", 10),
    ("conv2d", "3x64x64 c_out=10 k=3", "parameters", 3 * 10 * 3 * 3 + 10),
    ("conv2d", "3x32x32 c_out=20 k=5", "weights_per_neuron", 5 * 5 * 3),
    ("conv2d", "3x6x6 c_out=1 k=3", "weights_per_neuron", 3 * 3 * 3),
    ("conv2d", "3x7x7 c_out=10 k=3 p=1 s=2", "multiplications", 10 * 4 * 4 * 27),
    ("conv2d", "3x7x7 c_out=10 k=3 p=1 s=2 bias=false", "additions", 10 * 4 * 4 * 26),
    ("conv2d", "3x7x7 c_out=10 k=3 p=1 s=2", "additions", 10 * 4 * 4 * 26 + 10 * 4 * 4),
    ("conv2d", "3x7x7 c_out=10 k=3 p=1 s=2", "fully_connected_weights", 3 * 7 * 7 * 10 * 4 * 4),
    ("conv2d", "3x7x7 c_out=10 k=3 p=1 s=2", "locally_connected_weights", 27 * 10 * 4 * 4),
    ("conv2d", "8x5x5 c_out=12 k=3 g=4", "separate_kernels", 8 // 4 * 12),
    ("conv2d", "8x5x5 c_out=12 k=3 g=4", "weights_per_neuron", 8 // 4 * 9),
    ("conv_transpose2d", "8x5x5 c_out=12 k=3 g=4", "separate_kernels", 8 * 12 // 4),
    ("conv_transpose2d", "8x5x5 c_out=12 k=3 g=4", "weights_per_neuron", 8 // 4 * 9),
    ("conv2d", "1x19x19 c_out=1 k=5 p=2", "same_padding", (5 - 1) // 2),
    ("conv2d", "1x19x19 c_out=1 k=4 p=same", "same_padding", 4 - 1),
    ("max_pool2d", "10x60x60 k=2", "share_dropped", Fraction(75, 100)),
    ("max_pool2d", "4x25x25 k=2", "pooling_rule", Fraction(25, 2)),
    ("max_pool2d", "4x25x25 k=2", "output_size", 12),
    ("max_pool2d", "4x25x25 k=2", "rows_behind", 1),
    ("max_pool2d", "4x25x25 k=2", "parameters", 0),
    ("flatten", "2x5x5", "values", 50),
    ("global_avg_pool", "512x7x7", "share_dropped", 1 - Fraction(1, 49)),
    ("adaptive_avg_pool2d", "256x6x6 output_size=3", "share_dropped", Fraction(3, 4)),
]


@pytest.mark.parametrize(("kind", "words", "name", "expected"), FACTS)
def test_a_number_of_the_lectures(kind, words, name, expected):
    assert value(kind, words, name) == expected


def test_a_derivation_goes_from_the_formula_over_the_values_to_the_result():
    kernels = found("conv2d", "3x64x64", "c_out=10", "k=3")["separate_kernels"]
    assert lines(kernels.expression) == ["C_in · C_out", "3·10", "30"]


def test_a_pooling_that_keeps_every_row_says_nothing_of_rows():
    assert not {"rows_behind", "rows_between"} & set(found("max_pool2d", "4x26x26", "k=2"))


def test_a_stride_above_one_has_no_padding_that_keeps_the_size():
    assert "same_padding" not in found("conv2d", "3x7x7", "c_out=1", "k=3", "p=1", "s=2")


def test_sides_that_differ_have_calculations_of_their_own():
    sizes = [one for one in derived(read("conv2d", ["8x11", "k=3", "s=2"])) if one.name == "output_size"]
    assert [(one.axis, one.value) for one in sizes] == [(0, (8 - 3) // 2 + 1), (1, (11 - 3) // 2 + 1)]


def test_without_channels_only_sizes_are_said():
    assert {one.part for one in derived(read("conv2d", ["n=7", "k=3"]))} == {"sizes"}


@given(n=st.integers(1, 40), k=st.integers(1, 6), s=st.integers(1, 8), p=st.integers(0, 3), d=st.integers(1, 3))
@settings(max_examples=200, deadline=None)
def test_rows_that_no_window_reaches_are_counted(n, k, s, p, d):
    layer = read("conv1d", [f"n={n}", f"k={k}", f"s={s}", f"p={p}", f"d={d}"])
    try:
        quantities = {one.name: one.value for one in derived(layer)}
    except Refused:
        assume(False)
    extent = d * (k - 1) + 1
    assume(p < extent)  # else windows lie in the padding alone
    starts = [start for start in range(-p, n + p, s) if start + extent <= n + p]
    reached = {place for start in starts for place in range(start, start + extent) if 0 <= place < n}
    unseen, last = set(range(n)) - reached, max(reached)
    assert behind(layer.kind, (1, n), (1, len(starts))) == (n - 1 - last,)
    assert quantities.get("rows_behind", 0) == len({place for place in unseen if place > last})
    assert quantities.get("rows_between", 0) == len({place for place in unseen if place < last})
