"""YOLO's networks, worked out by hand from the tables of the papers."""

import pytest

from cnncalc.api import analyze, load
from tests.recorded import spec
from tests.zoo.chains import chain, together, up

V1 = [
    (64, 7, 224),
    (192, 3, 112),
    *((128, 1, 56), (256, 3, 56), (256, 1, 56), (512, 3, 56)),
    *([(256, 1, 28), (512, 3, 28)] * 4),
    *((512, 1, 28), (1024, 3, 28)),
    *([(512, 1, 14), (1024, 3, 14)] * 2),
    (1024, 3, 14),
    *([(1024, 3, 7)] * 3),
]
"""Channels, side of the kernel, side of the map: with bias, not normalised."""

V1_LINEAR = together((7 * 7 * 1024 * 4096 + 4096, 7 * 7 * 1024 * 4096), (4096 * 1470 + 1470, 4096 * 1470))

V3 = chain(
    3,
    *((16, 3, 3, 416), (32, 3, 3, 208), (64, 3, 3, 104), (128, 3, 3, 52), (256, 3, 3, 26)),
    *((512, 3, 3, 13), (1024, 3, 3, 13)),
)
V3_HEADS = together(
    chain(1024, (256, 1, 1, 13), (512, 3, 3, 13)),
    up(512, 3 * (4 + 1 + 80), 13),
    chain(256, (128, 1, 1, 13)),
    chain(128 + 256, (256, 3, 3, 26)),
    up(256, 255, 26),
)


def v1():
    arriving, parameters, macs = 3, 0, 0
    for channels, k, side in V1:
        weights = arriving * channels * k * k
        parameters, macs, arriving = parameters + weights + channels, macs + weights * side**2, channels
    return parameters, macs


NETWORKS = {
    "yolo_v1": v1(),
    "yolo_v1_detector": together(v1(), V1_LINEAR),
    "yolo_v3_tiny": V3,
    "yolo_v3_tiny_detector": together(V3, V3_HEADS),
}


@pytest.mark.parametrize("name", NETWORKS)
def test_the_totals(name):
    totals = analyze(load(spec(name))).totals
    assert (totals["parameters"].value, totals["macs"].value) == NETWORKS[name]


def test_v1_has_24_convolutions_of_these_sizes():
    layers = [layer for layer in analyze(load(spec("yolo_v1"))).layers if layer.kind == "conv2d"]
    assert [layer.output_shape for layer in layers] == [(channels, side, side) for channels, _k, side in V1]
    assert len(V1) == 24


def test_the_tiny_detector_needs_the_published_operations():
    assert round(2 * NETWORKS["yolo_v3_tiny_detector"][1] / 1e9, 2) == 5.56  # Darknet counts two a multiplication


def test_the_pooling_with_stride_1_pads_behind_and_keeps_the_size():
    layer = next(one for one in analyze(load(spec("yolo_v3_tiny"))).layers if one.name == "max_pool2d_6")
    assert (layer.geometry.padding, layer.output_shape) == (((0, 1), (0, 1)), (512, 13, 13))
