"""Input sizes that pass a network whole."""

import pytest

from cnncalc.api import load, parse
from cnncalc.teach.passing import AROUND, dropped, nearest, passing, runs
from tests.recorded import spec


def sizes(name, low, high):
    network = load(spec(name))
    return list(passing(network, network.inputs[0][1], range(low, high + 1)))


def test_vgg_halves_five_times_without_a_row_over():
    assert sizes("vgg16", 190, 260) == [size for size in range(190, 261) if size % 2**5 == 0]


def test_many_sizes_are_one_run():
    assert runs(sizes("vgg16", 200, 330)) == [(224, 320, 32)]


def test_strides_with_padding_lose_nothing():
    assert sizes("resnet18", 220, 230) == list(range(220, 231))


def test_the_first_layer_that_drops_rows_is_named():
    drop = dropped(load(spec("vgg16")), (3, 225, 225))
    assert (drop.layer, drop.rows, drop.of) == ("max_pool2d_1", 1, 225)


def test_the_filter_demo_drops_a_row_of_25():
    drop = dropped(load(spec("filter-demo")), (1, 28, 28))
    assert (drop.rows, drop.of) == (1, 28 - 4 + 1)


def test_the_nearest_sizes_lie_on_both_sides():
    network = load(spec("vgg16"))
    assert nearest(network, (3, 224, 224), 225, 250) == [224, 256]


@pytest.mark.parametrize(("size", "whole"), [(8, True), (9, False)])
def test_an_input_that_a_layer_refuses_does_not_pass(size, whole):
    network = parse({"input": [1, 8, 8], "layers": ["flatten", {"linear": {"in_features": 64, "out_features": 2}}]})
    drop = dropped(network, (1, size, size))
    assert (drop is None) == whole
    assert whole or "in_features is 64" in drop.reason


def test_the_nearest_are_looked_for_with_what_is_left_of_the_time(monkeypatch):
    network = load(spec("vgg16"))
    each = len(network.layers) + AROUND
    monkeypatch.setattr("cnncalc.teach.passing.MOST_LAYERS", each * (26 + 2 * 5))
    assert nearest(network, (3, 224, 224), 225, 250) == [224]
    monkeypatch.setattr("cnncalc.teach.passing.MOST_LAYERS", each * (26 + 2 * 6))
    assert nearest(network, (3, 224, 224), 225, 250) == [224, 256]


def test_a_size_that_is_refused_costs_no_search_for_remedies(monkeypatch):
    def searched(*_given):
        raise AssertionError

    monkeypatch.setattr("cnncalc.engine.remedy._remedies", searched)
    network = load(spec("vgg16"))
    assert sizes("vgg16", 1, 31) == []
    assert dropped(network, (3, 1, 1)).reason
