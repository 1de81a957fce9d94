"""MobileNet: each block worked out, and what the paper's tables say of narrower networks and smaller pictures."""

from functools import cache

import pytest

from cnncalc.api import analyze, load
from tests.recorded import spec

BLOCKS = [
    *((32, 64, 112), (64, 128, 56), (128, 128, 56), (128, 256, 28), (256, 256, 28), (256, 512, 14)),
    *[(512, 512, 14)] * 5,
    *((512, 1024, 7), (1024, 1024, 7)),
]
"""Of each block: channels that arrive, channels that leave, side of the map."""


@cache
def totals(**variables):
    found = analyze(load(spec("mobilenet"), variables=variables)).totals
    return {name: found[name].value for name in ("parameters", "trainable", "macs")}


def test_the_multiplications_of_every_block():
    first, last = 3 * 9 * 32 * 112 * 112, 1024 * 1000
    assert totals()["macs"] == first + sum((9 * c + c * made) * n * n for c, made, n in BLOCKS) + last


def test_batch_norm_counts_four_numbers_a_channel_and_trains_two():
    weights = 3 * 9 * 32 + sum(9 * c + c * made for c, made, _n in BLOCKS) + 1024 * 1000 + 1000
    normed = 32 + sum(c + made for c, made, _n in BLOCKS)
    assert totals()["parameters"] == weights + 4 * normed
    assert totals()["trainable"] == weights + 2 * normed


def test_a_block_at_stride_2_pads_one_row_and_one_column_behind():
    layers = {layer.name: layer for layer in analyze(load(spec("mobilenet"))).layers}
    alone = layers["block2.conv2d_1"]
    assert alone.input_shapes == ((64, 112 + 1, 112 + 1),)
    assert (alone.output_shape, alone.geometry.padding) == ((64, 56, 56), ((0, 0), (0, 0)))


@pytest.mark.parametrize(("width", "millions"), [(0.25, 0.5), (0.5, 1.3), (0.75, 2.6), (1.0, 4.2)])
def test_the_papers_parameters_by_width(width, millions):
    assert round(totals(width=width)["trainable"] / 1e6, 1) == millions


@pytest.mark.parametrize(("width", "millions"), [(0.25, 41), (0.5, 149), (0.75, 325), (1.0, 569)])
def test_the_papers_multiplications_by_width(width, millions):
    assert round(totals(width=width)["macs"] / 1e6) == millions


@pytest.mark.parametrize(("size", "millions"), [(128, 186), (160, 290), (192, 418), (224, 569)])
def test_the_papers_multiplications_by_size(size, millions):
    assert totals(size=size)["macs"] / 1e6 == pytest.approx(millions, abs=1)  # the paper cut 290.7 off
