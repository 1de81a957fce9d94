"""The shipped networks against torchvision's, layer by layer: kind, shapes, parameters, buffers, MACs."""

import pytest

from cnncalc.api import analyze, load
from tests.golden.torch_layers import kind_of
from tests.recorded import DATA, SPECS, recorded

NETWORKS = sorted(path.stem for path in (DATA / "tables").glob("*.json"))

FUNCTIONAL = {"add", "flatten"}
"""What torchvision calls as a function: no module, so no row of a table."""


def rows(name):
    return recorded(f"tables/{name}")["layers"]


def layers(name):
    return [layer for layer in analyze(load(SPECS / f"{name}.yaml")).layers if layer.kind not in FUNCTIONAL]


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
    totals = analyze(load(SPECS / f"{name}.yaml")).totals
    table = recorded(f"tables/{name}")
    assert (totals["parameters"].value, totals["macs"].value) == (table["params"], table["macs"])
