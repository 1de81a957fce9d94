"""The shipped networks against torchvision's, layer by layer: kind, shapes, parameters, buffers, MACs."""

from functools import cache

import pytest

from cnncalc.api import analyze, load
from tests.golden.torch_layers import kind_of
from tests.recorded import DATA, recorded, spec

NETWORKS = sorted(path.stem for path in (DATA / "tables").glob("*.json"))

COUNTED = {"Conv2d", "Linear", "BatchNorm2d", "LayerNorm", "LayerNorm2d"}
"""The modules that are compared. Some of the others are called as functions, and then are no row of a table."""


def rows(name):
    return [row for row in recorded(f"tables/{name}")["layers"] if row[0] in COUNTED]


@cache
def layers(name):
    kinds = {kind_of(one) for one in COUNTED}
    return [layer for layer in analyze(load(spec(name))).layers if layer.kind in kinds]


@pytest.mark.parametrize("name", NETWORKS)
def test_the_kinds_come_in_torchvisions_order(name):
    assert [layer.kind for layer in layers(name)] == [kind_of(row[0]) for row in rows(name)]


@pytest.mark.parametrize("name", NETWORKS)
def test_every_layer_takes_and_gives_torchvisions_shapes(name):
    shapes = [([(1, *shape) for shape in layer.input_shapes], (1, *layer.output_shape)) for layer in layers(name)]
    assert shapes == [([tuple(shape) for shape in row[1]], tuple(row[2])) for row in rows(name)]


@pytest.mark.parametrize("name", NETWORKS)
@pytest.mark.parametrize(("count", "column"), [("parameters", 3), ("buffers", 4), ("macs", 5)])
def test_every_layer_counts_as_in_torchvision(name, count, column):
    assert [getattr(layer, count) for layer in layers(name)] == [row[column] for row in rows(name)]


@pytest.mark.parametrize("name", NETWORKS)
def test_the_totals_are_torchvisions(name):
    totals = analyze(load(spec(name))).totals
    table = recorded(f"tables/{name}")
    assert (totals["parameters"].value, totals["macs"].value) == (table["params"], table["macs"])


@pytest.mark.parametrize("model", recorded("torchvision")["models"], ids=lambda model: model["model"])
def test_parameters_buffers_and_macs_are_those_of_the_released_network(model):
    totals = analyze(load(spec(model["model"]))).totals
    found = [totals[count].value for count in ("parameters", "buffers", "macs")]
    assert found == [model["parameters"], model["buffers"], model["macs_with_attention"]]
