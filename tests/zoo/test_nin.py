"""Network in Network's stages, worked out by hand, and the sizes between them, which Caffe rounds up."""

from math import ceil

import pytest

from cnncalc.api import analyze, load
from tests.recorded import spec
from tests.zoo.chains import part, together

STAGES = {
    "nin": [
        (32, 3, 5, (192, 160, 96)),
        (ceil((32 - 3) / 2) + 1, 96, 5, (192, 192, 192)),
        (ceil((16 - 3) / 2) + 1, 192, 3, (192, 192, 10)),
    ],
    "nin_imagenet": [
        ((224 - 11) // 4 + 1, 3, 11, (96, 96, 96)),
        (ceil((54 - 3) / 2) + 1, 96, 5, (256, 256, 256)),
        (ceil((27 - 3) / 2) + 1, 256, 3, (384, 384, 384)),
        (ceil((13 - 3) / 2) + 1, 384, 3, (1024, 1024, 1000)),
    ],
}
"""Side of the map, channels that arrive, side of the kernel, channels."""


def counts(side, arriving, k, widths):
    first, second, third = widths
    weights = (arriving * first * k * k, first * second, second * third)
    return sum(weights) + sum(widths), sum(weights) * side**2


@pytest.mark.parametrize("name", STAGES)
def test_each_stage(name):
    found = [part(name, f"stage{number}") for number in range(1, len(STAGES[name]) + 1)]
    assert found == [counts(*stage) for stage in STAGES[name]]


@pytest.mark.parametrize("name", STAGES)
def test_nothing_else_has_weights_and_the_maps_are_of_that_size(name):
    result = analyze(load(spec(name)))
    total = together(*(counts(*stage) for stage in STAGES[name]))
    assert (result.totals["parameters"].value, result.totals["macs"].value) == total
    maps = [layer.output_shape for layer in result.layers if layer.kind == "conv2d"]
    assert maps == [(width, side, side) for side, _arriving, _k, widths in STAGES[name] for width in widths]
