"""Every quantity of every layer of every shipped network is the engine's number."""

import pytest

from cnncalc.api import analyze, load
from cnncalc.formula.expression import evaluate
from cnncalc.formula.write import lines
from cnncalc.kinds._contract import Reach
from cnncalc.result import COUNTS
from cnncalc.spec import shipped
from cnncalc.spec.network import Network
from cnncalc.teach.explanation import explained
from cnncalc.teach.sight import through
from tests.recorded import spec


@pytest.fixture(scope="module", params=shipped.names())
def net(request):
    network: Network = load(spec(request.param))
    return network, analyze(network)


@pytest.fixture(scope="module")
def explanation(net):
    return list(explained(*net))


def test_every_count_is_the_engines(explanation):
    for one in explanation:
        found = {quantity.name: quantity.value for quantity in one.quantities}
        counts = {count: getattr(one.layer, count) for count in COUNTS if count in found}
        assert {count: found[count] for count in counts} == counts
        assert {"parameters", "multiplications"} <= set(counts)
        # What is not explained is nothing.
        assert not any(getattr(one.layer, count) for count in ("additions", "comparisons") if count not in found)


def test_every_size_is_the_engines(explanation):
    for one in explanation:
        sizes = [quantity.value for quantity in one.quantities if quantity.name == "output_size"]
        output = one.layer.output_shape
        assert not sizes or set(sizes) == set(output[1:])
        values = [quantity.value for quantity in one.quantities if quantity.name == "values"]
        assert not values or values == list(output)


def test_every_connection_is_the_engines(explanation):
    for one in explanation:
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


def _slides(reach):
    """Whether a window of one size moves by one stride; what any other one sees follows no single rule."""
    return not (isinstance(reach, Reach) and (reach.transposed or reach.adaptive or reach.turns))


def _bent(network, result):
    """The layers at or behind a window that does not slide."""
    found = set()
    for layer, counted in zip(network.layers, result.layers, strict=True):
        window = layer.kind.window(counted.input_shapes)
        above = {source.name for source in layer.sources if source is not None}
        if above & found or not all(map(_slides, window if isinstance(window, tuple) else [window])):
            found.add(layer.name)
    return found


def test_every_receptive_field_follows_from_the_one_before(net):
    bent = _bent(*net)
    for one in through(*net):
        if one.sees_all or not one.changes:
            continue
        for axis in one.axes:
            if axis.size_from is None:
                assert one.layer.name in bent
            else:
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
