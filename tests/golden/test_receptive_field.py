"""Receptive fields against measured ones: what back-propagation reaches, and how far apart neighbours look."""

import pytest

from cnncalc.api import analyze, load, parse
from tests.recorded import recorded, spec

MEASURED = {network["network"]: network for network in recorded("receptive_field")["networks"]}


def conv(channels, k, s=1, p=0, d=1, rank=2, **name):
    fields = {"out_channels": channels, "kernel_size": k, "stride": s, "padding": p, "dilation": d}
    return {f"conv{rank}d": fields | name}


def pool(k, s, p=0, **name):
    return {"avg_pool2d": {"kernel_size": k, "stride": s, "padding": p} | name}


def dilated(*dilations):
    return [conv(2, 3, p=d, d=d, name=str(i)) for i, d in enumerate(dilations)]


def lenet():
    return [
        conv(6, 5, name="conv1"),
        pool(2, 2, name="pool1"),
        conv(16, 5, name="conv2"),
        pool(2, 2, name="pool2"),
        conv(120, 5, name="conv3"),
    ]


def wavenet():
    return [conv(2, 2, d=2**i, name=str(i), rank=1) for i in range(10)]


def inception():
    """Five branches that see more and more, and two layers behind them."""
    branches = [
        [conv(4, 1, name="b1")],
        [conv(4, 1), conv(4, 3, p=1, name="b3")],
        [conv(4, 1), conv(4, 5, p=2, name="b5")],
        [conv(4, 3, p=1), conv(4, 3, p=1), conv(4, 3, p=1, name="b33")],
        [pool(3, 1, p=1), conv(4, 1, name="bp")],
    ]
    return [
        conv(8, 3, s=2, p=1, name="stem"),
        {"parallel": {"merge": "concat", "paths": branches, "name": "cat"}},
        conv(8, 3, s=2, p=1, name="down"),
        conv(8, 3, p=1, name="after"),
    ]


def alexnet_v2():
    """AlexNet without padding in its first layer and its poolings."""
    rows = [conv(2, 11, s=4), pool(3, 2), conv(2, 5, p=2), pool(3, 2), *[conv(2, 3, p=1)] * 3, pool(3, 2)]
    return [{kind: fields | {"name": str(i)}} for i, row in enumerate(rows) for kind, fields in row.items()]


def mobilenet_v1():
    """The 3×3 windows of MobileNet; with stride 2 the zero stands behind, as TensorFlow's `same` puts it."""
    strides = [2, 1, 2, 1, 2, 1, 2, 1, 1, 1, 1, 1, 2, 1]
    return [conv(2, 3, s=s, p=1 if s == 1 else [[0, 1], [0, 1]], name=f"f.{i}") for i, s in enumerate(strides)]


BUILT = {
    "lenet5": lenet(),
    "dilated_1_2_4_8_16": dilated(1, 2, 4, 8, 16),
    "dilated_2_2_2_gridding": dilated(2, 2, 2),
    "wavenet_1d_k2": wavenet(),
    "inception_like": inception(),
    "slim_alexnet_v2": alexnet_v2(),
    "slim_mobilenet_v1": mobilenet_v1(),
}
"""Networks with the names that the measurement gives their layers."""


def shipped_vgg():
    """The layers below the classifier, which the measurement numbers from 0."""
    return {str(i): layer for i, layer in enumerate(analyze(load(spec("vgg16")), inputs=(3, 512, 512)).layers)}


def shipped_resnet():
    """The stem, and of each block the relu that ends it; a stage ends with its second block."""
    layers = {layer.name: layer for layer in analyze(load(spec("resnet18")), inputs=(3, 800, 800)).layers}
    stem = {"conv1": "conv2d_1", "bn1": "batch_norm2d_1", "relu": "relu_1", "maxpool": "max_pool2d_1"}
    blocks = {f"layer{1 + i // 2}.{i % 2}": f"layer{1 + i // 2}.{i % 2}.relu_2" for i in range(8)}
    stages = {f"layer{stage}": f"layer{stage}.1.relu_2" for stage in (1, 2, 3, 4)}
    return {name: layers[ours] for name, ours in (stem | blocks | stages).items()}


def calculated(network):
    if network == "vgg16_features":
        return shipped_vgg()
    if network == "resnet18":
        return shipped_resnet()
    spec = parse({"input": [1, *MEASURED[network]["input"]], "layers": BUILT[network]})
    return {layer.name: layer for layer in analyze(spec).layers}


def test_every_measured_network_is_built():
    assert set(MEASURED) == {*BUILT, "vgg16_features", "resnet18"}


@pytest.mark.parametrize("network", MEASURED)
def test_the_network_is_the_measured_one(network):
    layers = calculated(network)
    measured = {name: tuple(output[1:]) for name, output, _size, _stride in MEASURED[network]["layers"]}
    assert {name: layers[name].output_shape for name in measured} == measured


@pytest.mark.parametrize("network", MEASURED)
def test_the_receptive_field_is_what_back_propagation_reaches(network):
    layers = calculated(network)
    measured = {name: {size} for name, _output, size, _stride in MEASURED[network]["layers"]}
    assert {name: set(layers[name].receptive_field) for name in measured} == measured


@pytest.mark.parametrize("network", MEASURED)
def test_the_jump_is_the_measured_stride(network):
    layers = calculated(network)
    measured = {name: {stride} for name, _output, _size, stride in MEASURED[network]["layers"]}
    assert {name: set(layers[name].jump) for name in measured} == measured


PUBLISHED = {
    "alexnet": (195, 32),
    "vgg16": (212, 32),
    "inception_v3": (1311, 32),
    "inception_resnet_v2": (3039, 32),
    "mobilenet": (315, 32),
    "resnet50_v2": (483, 32),
    "resnet101_v2": (1027, 32),
    "resnet152_v2": (1507, 32),
}
"""Field and stride of Araujo, Norris, Sim: Computing receptive fields of convolutional neural networks (Distill 2019).
Its residual networks move in the last block of a stage, as those of Keras do, and those of torchvision do not."""


@pytest.mark.parametrize("name", PUBLISHED)
def test_the_receptive_field_is_the_published_one(name):
    result = analyze(load(spec(name)))
    last = [layer for layer in result.layers if not layer.sees_all and None not in layer.jump][-1]
    assert (set(last.receptive_field), set(last.jump)) == ({PUBLISHED[name][0]}, {PUBLISHED[name][1]})
