"""Every quantity of every layer of every shipped network is the engine's number."""

import pytest

from cnncalc.api import analyze, load
from cnncalc.formula.expression import evaluate
from cnncalc.formula.write import lines
from cnncalc.result import COUNTS
from cnncalc.spec import shipped
from cnncalc.spec.network import Network
from cnncalc.teach.explanation import explained
from cnncalc.teach.sight import through
from tests.recorded import CLASSIC, spec

NAMES = shipped.names()


def explanation(name):
    network: Network = load(spec(name))
    return list(explained(network, analyze(network)))


@pytest.mark.parametrize("name", NAMES)
def test_every_count_is_the_engines(name):
    for one in explanation(name):
        found = {quantity.name: quantity.value for quantity in one.quantities}
        counts = {count: getattr(one.layer, count) for count in COUNTS if count in found}
        assert {count: found[count] for count in counts} == counts
        assert {"parameters", "multiplications"} <= set(counts)
        # What is not explained is nothing.
        assert not any(getattr(one.layer, count) for count in ("additions", "comparisons") if count not in found)


@pytest.mark.parametrize("name", NAMES)
def test_every_size_is_the_engines(name):
    for one in explanation(name):
        sizes = [quantity.value for quantity in one.quantities if quantity.name == "output_size"]
        output = one.layer.output_shape
        assert not sizes or set(sizes) == set(output[1:])
        values = [quantity.value for quantity in one.quantities if quantity.name == "values"]
        assert not values or values == list(output)


@pytest.mark.parametrize("name", NAMES)
def test_every_connection_is_the_engines(name):
    for one in explanation(name):
        found = {quantity.name: quantity.value for quantity in one.quantities}
        if "fully_connected_weights" in found:
            connections = one.layer.connections
            assert found["fully_connected_weights"] == connections.fully_connected.weights
            assert found["locally_connected_weights"] == connections.locally_connected.weights
            assert found["separate_kernels"] * _product(one.layer.geometry.kernel) == one.layer.weights


def _product(sides):
    result = 1
    for side in sides:
        result *= side
    return result


@pytest.mark.parametrize("name", CLASSIC)
def test_every_receptive_field_follows_from_the_one_before(name):
    network = load(spec(name))
    for one in through(network, analyze(network)):
        if one.sees_all or not one.changes:
            continue
        for axis in one.axes:
            assert axis.size_from is not None
            assert evaluate(axis.size_from) == axis.size


def test_alexnets_fields_grow_as_worked_by_hand():
    network = load(spec("alexnet"))
    seen = [one for one in through(network, analyze(network)) if one.changes and not one.sees_all]
    sizes = [one.axes[0].size for one in seen][:4]
    assert sizes == [11, 11 + (3 - 1) * 4, 19 + (5 - 1) * 8, 51 + (3 - 1) * 8]
    assert lines(seen[1].axes[0].size_from) == ["r + (k − 1)·jump", "11 + (3 − 1)·4", "11 + 2·4", "19"]


def test_a_layer_that_could_not_be_calculated_has_no_quantities(tmp_path):
    spec = tmp_path / "net.yaml"
    spec.write_text("input: [1, 4, 4]\nlayers: [max_pool2d: {kernel_size: 9}, relu]\n")
    network = load(spec)
    assert [one.given for one in explained(network, analyze(network))] == [None, None]
