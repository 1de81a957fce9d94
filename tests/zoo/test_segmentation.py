"""FCN and DeepLab v3 by hand: the heads on a ResNet-50 that is dilated, and what a second head costs."""

import pytest

from cnncalc.api import analyze, load
from tests.recorded import recorded, spec

PLACES = 65 * 65
"""An eighth of 520 on each side."""


def conv(k, c_in, c_out, places=PLACES):
    """Parameters with those of the batch norm behind it, and MACs."""
    return k * k * c_in * c_out + 2 * c_out, places * k * k * c_in * c_out


def scores(c_in):
    """The last convolution of a head, with biases and without batch norm: a map for each of 21 classes."""
    return (c_in + 1) * 21, PLACES * c_in * 21


def backbone():
    """ResNet-50 without its classifier: four stages of bottlenecks behind the first convolution."""
    yield conv(7, 3, 64, 260 * 260)
    arriving, places = 64, 130 * 130
    for stage, depth in enumerate((3, 4, 6, 3)):
        c = 64 * 2**stage
        for number in range(depth):
            yield conv(1, arriving, c, places)
            if (stage, number) == (1, 0):
                places = PLACES
            yield from (conv(3, c, c, places), conv(1, c, 4 * c, places))
            if number == 0:
                yield conv(1, arriving, 4 * c, places)
            arriving = 4 * c


FCN = [conv(3, 2048, 512), scores(512)]
DEEPLAB = [
    conv(1, 2048, 256),
    *[conv(3, 2048, 256)] * 3,
    *(conv(1, 2048, 256, 1), conv(1, 5 * 256, 256), conv(3, 256, 256), scores(256)),
]
SECOND = [conv(3, 1024, 256), scores(256)]
NETWORKS = {
    "fcn_resnet50": FCN,
    "fcn_resnet50_aux": FCN + SECOND,
    "deeplabv3_resnet50": DEEPLAB,
    "deeplabv3_resnet50_aux": DEEPLAB + SECOND,
}


@pytest.mark.parametrize("name", NETWORKS)
def test_parameters_and_macs_are_those_of_the_backbone_and_the_heads(name):
    totals = analyze(load(spec(name))).totals
    parts = [*backbone(), *NETWORKS[name]]
    wanted = (sum(params for params, _macs in parts), sum(macs for _params, macs in parts))
    assert (totals["parameters"].value, totals["macs"].value) == wanted


@pytest.mark.parametrize("name", NETWORKS)
def test_every_head_gives_21_scores_for_every_pixel(name):
    layers = {layer.name: layer.output_shape for layer in analyze(load(spec(name))).layers}
    assert {layers[head] for head in ("out", "aux") if head in layers} == {(21, 520, 520)}
    assert ("aux" in layers) == name.endswith("_aux")


def test_the_backbone_is_dilated_where_torchvisions_is():
    dilated = [layer.name for layer in load(spec("fcn_resnet50")).layers if layer.fields.get("dilation", 1) > 1]
    blocks = [f"layer3.{number}" for number in range(1, 6)] + [f"layer4.{number}" for number in range(3)]
    assert dilated == [f"{block}.conv_2.conv" for block in blocks]


def test_deeplab_has_the_backbone_of_fcn():
    count = len(list(backbone()))
    rows = [row for row in recorded("tables/deeplabv3_resnet50")["layers"] if row[0] == "Conv2d"]
    layers = [layer for layer in analyze(load(spec("fcn_resnet50"))).layers if layer.kind == "conv2d"]
    found = [([1, *layer.output_shape], layer.parameters, layer.macs) for layer in layers[:count]]
    assert found == [(row[2], row[3], row[5]) for row in rows[:count]]
