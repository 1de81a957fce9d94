"""The shipped networks under Keras's rules against the Keras applications: totals, and layer by layer."""

from typing import NamedTuple

import pytest

from cnncalc.api import analyze, load
from tests.recorded import DATA, recorded, spec

NAMES = {
    "DenseNet121": "densenet121",
    "EfficientNetB0": "efficientnet_b0",
    "InceptionV3": "inception_v3",
    "MobileNet": "mobilenet",
    "MobileNetV2": "mobilenet_v2",
    "ResNet101": "resnet101",
    "ResNet50": "resnet50",
    "ResNet50V2": "resnet50_v2",
    "VGG16": "vgg16",
    "VGG19": "vgg19",
    "Xception": "xception",
}


class Extra(NamedTuple):
    """What an application has more (or, negative, less) than the published network that is shipped."""

    trained: int = 0
    frozen: int = 0
    macs: int = 0


def biases(depths):
    """Of the convolutions of a ResNet, which Keras leaves in front of the norms: stem, blocks, shortcuts."""
    blocks = sum(n * (64 + 64 + 256) * 2**stage for stage, n in enumerate(depths))
    return 64 + blocks + 256 * (1 + 2 + 4 + 8)


HALVED_EARLY = 3 * (56 * 56 * 256 * 128) * 3 // 4
"""The first 1×1 convolution of the stages 3 to 5 has the stride, and so a quarter of the places. All cost alike."""

EXTRA = {
    "EfficientNetB0": Extra(frozen=3 + 3 + 1),  # a layer that normalises the picture: means, variances, a counter
    "InceptionV3": Extra(trained=-34_432 // 2),  # batch norms without scales: as many as there are means
    "ResNet50": Extra(trained=biases([3, 4, 6, 3]), macs=-HALVED_EARLY),
    "ResNet101": Extra(trained=biases([3, 4, 23, 3]), macs=-HALVED_EARLY),
}
"""Where the application is another network than the published one."""

MODELS = recorded("keras")["models"]
TABLES = sorted(path.stem for path in (DATA / "keras").glob("*.json"))
KINDS = {"Conv2D": "conv2d", "DepthwiseConv2D": "conv2d", "Dense": "linear", "BatchNormalization": "batch_norm2d"}


def result(model):
    return analyze(load(spec(NAMES[model]), semantics="keras"))


def test_every_application_has_a_name_of_ours():
    assert {row["model"] for row in recorded("keras")["models"]} == set(NAMES)


@pytest.mark.parametrize("row", MODELS, ids=lambda row: row["model"])
def test_the_totals_are_those_of_keras(row):
    totals = {count: quantity.value for count, quantity in result(row["model"]).totals.items()}
    extra = EXTRA.get(row["model"], Extra())
    trained, frozen = row["params_trainable"] - extra.trained, row["params_non_trainable"] - extra.frozen
    assert (totals["trainable"], totals["parameters"]) == (trained, trained + frozen)
    assert totals["macs"] == row["macs_conv_dense"] - extra.macs


@pytest.mark.parametrize("row", MODELS, ids=lambda row: row["model"])
def test_the_picture_and_the_scores_have_keras_shapes(row):
    found = result(row["model"])
    _batch, *places, channels = row["input_shape"]
    assert [shape for _name, shape in found.inputs] == [(channels, *places)]
    assert [shape for _name, shape in found.outputs] == [tuple(row["output_shape"][1:])]


@pytest.mark.parametrize("model", TABLES)
def test_every_layer_is_that_of_keras(model):
    layers = [layer for layer in result(model).layers if layer.kind in KINDS.values()]
    mine = [(layer.kind, layer.output_shape, layer.parameters, layer.trainable, layer.macs) for layer in layers]
    rows = recorded(f"keras/{model}")["layers"]
    assert mine == [(KINDS[kind], (shape[-1], *shape[1:-1]), *counts) for kind, shape, *counts in rows]
