"""ResNet for CIFAR-10: the totals from the paper's table, by hand."""

import pytest

from cnncalc.api import analyze, load
from tests.recorded import spec

BLOCKS = {"resnet20": 3, "resnet32": 5, "resnet44": 7, "resnet56": 9, "resnet110": 18}

PUBLISHED = {"resnet20": "0.27", "resnet32": "0.46", "resnet44": "0.66", "resnet56": "0.85", "resnet110": "1.7"}
"""The paper's table 6, in millions."""


def totals(name):
    return {count: one.value for count, one in analyze(load(spec(f"{name}_cifar"))).totals.items()}


@pytest.mark.parametrize("name", BLOCKS)
def test_parameters(name):
    n = BLOCKS[name]
    weights = 9 * (3 * 16 + 2 * n * 16 * 16 + 16 * 32 + (2 * n - 1) * 32 * 32 + 32 * 64 + (2 * n - 1) * 64 * 64)
    norms = 2 * (16 + 2 * n * (16 + 32 + 64))
    assert totals(name)["parameters"] == weights + norms + 64 * 10 + 10


@pytest.mark.parametrize("name", BLOCKS)
def test_macs(name):
    n = BLOCKS[name]
    # Half the side and twice the channels: all convolutions cost alike but for those that widen, which cost half.
    one = 9 * 16 * 16 * 32 * 32
    assert totals(name)["macs"] == 9 * 3 * 16 * 32 * 32 + (6 * n - 2) * one + 2 * (one // 2) + 64 * 10


@pytest.mark.parametrize("name", BLOCKS)
def test_the_papers_count(name):
    said = PUBLISHED[name]
    assert f"{totals(name)['parameters'] / 1e6:.{len(said) - 2}f}" == said


def test_shortcuts_learn_nothing():
    layers = analyze(load(spec("resnet20_cifar"))).layers
    shapes = [(one.kind, one.output_shape, one.parameters) for one in layers if one.kind in {"slice", "pad"}]
    assert shapes == [
        ("slice", (16, 16, 16), 0),
        ("pad", (32, 16, 16), 0),
        ("slice", (32, 8, 8), 0),
        ("pad", (64, 8, 8), 0),
    ]


def test_the_name_counts_layers_with_weights():
    layers = analyze(load(spec("resnet110_cifar"))).layers
    assert sum(one.kind in {"conv2d", "linear"} for one in layers) == 110
