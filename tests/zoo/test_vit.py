"""ViT's totals by hand: for L places of e features a block has 12e² + 13e parameters and L·12e² + 2L²·e MACs."""

import pytest

from cnncalc.api import analyze, load
from tests.recorded import recorded, spec

SIZES = {
    "vit_b_16": (16, 768, 12),
    "vit_b_32": (32, 768, 12),
    "vit_l_16": (16, 1024, 24),
    "vit_l_32": (32, 1024, 24),
}


def by_hand(patch, e, depth):
    """Parameters and MACs: patches, class and places, the blocks, the last normalisation, the classifier."""
    patches = (224 // patch) ** 2
    places = patches + 1
    attention, widen, narrow = 4 * (e * e + e), e * 4 * e + 4 * e, 4 * e * e + e
    params = 3 * patch * patch * e + e + e + places * e
    params += depth * (2 * e + attention + 2 * e + widen + narrow) + 2 * e + 1000 * e + 1000
    looking = places * 4 * e * e + 2 * places * places * e
    macs = patches * 3 * patch * patch * e + depth * (looking + places * 8 * e * e) + 1000 * e
    return params, macs


@pytest.mark.parametrize("name", SIZES)
def test_parameters_and_macs_are_those_of_the_papers_table(name):
    totals = analyze(load(spec(name))).totals
    assert (totals["parameters"].value, totals["macs"].value) == by_hand(*SIZES[name])


def test_every_attention_takes_gives_and_holds_what_torchvisions_does():
    rows = [row for row in recorded("tables/vit_b_16")["layers"] if row[0] == "MultiheadAttention"]
    layers = [layer for layer in analyze(load(spec("vit_b_16"))).layers if layer.kind == "multihead_attention"]
    found = [([1, *layer.input_shapes[0]], [1, *layer.output_shape], layer.parameters) for layer in layers]
    assert found == [(row[1][0], row[2], row[3]) for row in rows]
