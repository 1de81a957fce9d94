"""ResNet v2, layer by layer as Keras builds it: written down here from the paper's table, apart from the spec."""

import pytest

from cnncalc.api import analyze, load
from tests.recorded import spec

DEPTHS = {"resnet50_v2": [3, 4, 6, 3], "resnet101_v2": [3, 4, 23, 3], "resnet152_v2": [3, 8, 36, 3]}


def conv(arriving, c, k, side, bias):
    return ("conv2d", (c, side, side), k * k * arriving * c + c * bias, k * k * arriving * c * side * side)


def norm(c, side):
    return ("batch_norm2d", (c, side, side), 4 * c, 0)


def rows(depths):
    """Kind, map, parameters and MACs of every layer that learns."""
    yield conv(3, 64, 7, 112, bias=True)
    arriving, side = 64, 56
    for stage, depth in enumerate(depths):
        inner = 64 * 2**stage
        for block in range(depth):
            yield norm(arriving, side)
            yield conv(arriving, inner, 1, side, bias=False)
            yield norm(inner, side)
            before, side = side, side // 2 if block == depth - 1 and stage < 3 else side
            yield conv(inner, inner, 3, side, bias=False)
            yield norm(inner, side)
            if block == 0:
                yield conv(arriving, 4 * inner, 1, before, bias=True)
            yield conv(inner, 4 * inner, 1, side, bias=True)
            arriving = 4 * inner
    yield norm(2048, 7)
    yield ("linear", (1000,), 2048 * 1000 + 1000, 2048 * 1000)


@pytest.mark.parametrize("name", DEPTHS)
def test_every_layer_is_that_of_the_table(name):
    layers = [layer for layer in analyze(load(spec(name))).layers if layer.parameters]
    assert [(one.kind, one.output_shape, one.parameters, one.macs) for one in layers] == list(rows(DEPTHS[name]))


@pytest.mark.parametrize("name", DEPTHS)
def test_a_network_has_as_many_layers_as_its_name_says(name):
    on_the_way = 1 + 3 * sum(DEPTHS[name]) + 1  # the shortcuts' own convolutions are not counted
    assert on_the_way == int(name.removeprefix("resnet").removesuffix("_v2"))


@pytest.mark.parametrize("name", DEPTHS)
def test_the_running_means_and_variances_do_not_train(name):
    totals = analyze(load(spec(name))).totals
    norms = [found for found in rows(DEPTHS[name]) if found[0] == "batch_norm2d"]
    assert totals["parameters"].value - totals["trainable"].value == sum(2 * one[1][0] for one in norms)
