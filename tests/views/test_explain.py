"""The documents of `explain` and `layer`: what stands behind each label, and what a worksheet leaves out."""

import pytest

from cnncalc.api import analyze, load
from cnncalc.document import Derivation, Pair, Step, Table, words
from cnncalc.render.cells import cells
from cnncalc.render.terminal import render
from cnncalc.spec import shipped
from cnncalc.teach.explanation import explained
from cnncalc.teach.given import read
from cnncalc.teach.sight import through
from cnncalc.views.explain import explain, explain_layer, receptive_field
from cnncalc.views.gaps import GAP, Gaps, key
from cnncalc.views.layer import layer
from tests.recorded import spec


def network(name):
    found = load(spec(name))
    return found, analyze(found)


def one_layer(name, wanted):
    return next(one for one in explained(*network(name)) if one.layer.name == wanted)


def entries(document):
    blocks = [block for block in document.blocks if isinstance(block, Derivation)]
    return {entry.label: entry.lines for block in blocks for entry in block.entries if entry.label}


def last(lines):
    return words(next(line for line in reversed(lines) if isinstance(line, Step)).right)


def test_a_layer_alone_and_in_a_network_have_the_same_derivations():
    alone = entries(layer(read("conv2d", ["3x64x64", "c_out=10", "k=3"])))
    inside = entries(explain_layer(one_layer("tinyvgg", "conv2d_1")))
    assert {label: inside[label] for label in alone} == alone


def test_separate_kernels_and_weights_per_neuron_stand_before_the_weights():
    labels = list(entries(layer(read("conv2d", ["3x64x64", "c_out=10", "k=3"]), "why")))
    at = labels.index("separate kernels")
    assert [label for label in labels[at:] if label][:3] == ["separate kernels", "weights per neuron", "weights"]


def test_three_ways_to_connect_the_same_maps_stand_side_by_side():
    pairs = entries(layer(read("conv2d", ["3x7x7", "c_out=10", "k=3", "p=1", "s=2"])))["the same maps"]
    assert [pair.number for pair in pairs if isinstance(pair, Pair)] == ["23,520", "4,320", "270"]


def test_short_is_one_line_for_each_quantity():
    lines = entries(explain_layer(one_layer("tinyvgg", "conv2d_1"), "short"))
    assert {len(found) for label, found in lines.items() if label != "the same maps"} == {1}


def test_why_gives_the_reason_and_draws_what_fits():
    text = render(layer(read("conv2d", ["7x7", "k=3", "p=1", "s=2"]), "why"))
    assert "The padded side has 7 + 2·1 = 9 places." in text
    assert "p 1 2 3 4 5 6 7 p" in text


def test_sides_that_differ_are_labelled_by_their_axis():
    labels = set(entries(explain_layer(one_layer("speech", "conv2d_1"))))
    assert {"output height", "output width", "receptive field, height", "receptive field, width"} <= labels


def test_a_gap_stands_for_every_result_and_the_key_says_it():
    gaps = Gaps()
    document = explain_layer(one_layer("tinyvgg", "conv2d_1"), "steps", gaps)
    assert {last(lines).endswith(GAP) for lines in entries(document).values()} == {True}
    assert "the same maps" not in entries(document)
    assert len(key(gaps).blocks[1].facts) == len(entries(document))


def test_a_worksheet_of_one_layer_says_what_the_layers_above_saw():
    text = render(explain_layer(one_layer("lenet5", "conv2d_2"), "steps", Gaps()))
    assert "so far: r = 6, jump = 2" in text


def widest_of_each(layers):
    """Of layers that are alike the one with the longest name and the last, which sees most: the others are no wider."""
    alike = {}
    for one in layers:
        what = one.layer.kind, one.layer.input_shapes, tuple(quantity.name for quantity in one.quantities)
        alike.setdefault(what, []).append(one)
    return [one for group in alike.values() for one in (max(group, key=lambda one: len(one.layer.name)), group[-1])]


@pytest.mark.parametrize("name", shipped.names())
def test_every_shipped_network_keeps_to_the_width(name):
    found, result = network(name)
    layers = widest_of_each(explained(found, result))
    gaps = Gaps()
    documents = [explain(result, layers, detail) for detail in ("short", "why")]  # the reasons stand beside the steps
    documents += [explain(result, layers, "steps", gaps), key(gaps)]
    documents.append(receptive_field(result, list(through(found, result))))
    for document in documents:
        assert max(cells(line) for line in render(document, 80).splitlines()) <= 80


def test_the_receptive_field_has_a_row_for_each_layer_that_changes_it():
    found, result = network("alexnet")
    document = receptive_field(result, list(through(found, result)))
    (table,) = [block for block in document.blocks if isinstance(block, Table)]
    assert [row[0].text for row in table.rows[:3]] == ["input", "conv2d_1", "max_pool2d_1"]
    assert table.rows[2][3].text == "11 + (3 − 1)·4"


def told(lines):
    return [words(line.right) for line in lines]


def test_the_windows_of_an_adaptive_pooling_are_told_for_each_axis():
    found = entries(layer(read("adaptive_avg_pool2d", ["2x7x5", "output_size=3"])))
    rule = "⌊i·n/m⌋ … ⌈(i + 1)·n/m⌉ − 1"
    # ⌊0·7/3⌋ = 0 to ⌈1·7/3⌉ − 1 = 2; ⌊1·7/3⌋ = 2 to ⌈2·7/3⌉ − 1 = 4; ⌊2·7/3⌋ = 4 to ⌈3·7/3⌉ − 1 = 6
    assert told(found["windows, height"]) == [rule, "0–2, 2–4, 4–6"]
    assert told(found["windows, width"]) == [rule, "0–1, 1–3, 3–4"]
    assert told(found["output size"]) == ["m = 3"]


def test_windows_that_are_alike_along_all_axes_are_told_once():
    found = entries(layer(read("adaptive_max_pool2d", ["2x6x6", "output_size=3"])))
    assert told(found["windows"])[1] == "0–1, 2–3, 4–5"


def test_of_many_windows_the_first_ones_and_the_last_are_told():
    found = entries(layer(read("adaptive_avg_pool1d", ["1x2000000", "output_size=1000000"])))
    first, _rule, last = told(found["windows"])[1].partition(", …, ")
    assert (first, last) == ("0–1, 2–3, 4–5, 6–7, 8–9, 10–11", "1999998–1999999")


def test_a_pooling_to_one_place_has_no_windows_to_tell_apart():
    assert "windows" not in entries(layer(read("adaptive_avg_pool2d", ["2x7x5", "output_size=1"])))


def test_a_fold_says_why_its_columns_become_a_map():
    found = entries(layer(read("fold", ["27x24", "output_size=8,6", "kernel_size=3"])))
    assert told(found["output channels"])[-1] == str(27 // (3 * 3))
    assert told(found["columns"])[-1] == str((8 - 3 + 1) * (6 - 3 + 1))
