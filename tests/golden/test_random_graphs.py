"""Random graphs with branches, several inputs, broadcasting and shared weights, node by node against PyTorch."""

from functools import cache
from typing import Any

import pytest

from cnncalc.api import analyze, parse
from tests.recorded import recorded

GRAPHS: dict[str, dict[str, Any]] = {graph["name"]: graph for graph in recorded("random_graphs")["graphs"]}

PER_RANK = {"conv", "conv_transpose", "max_pool", "avg_pool", "adaptive_avg_pool", "adaptive_max_pool", "batch_norm"}
PER_RANK |= {"instance_norm"}
"""Operators whose kinds carry the number of spatial axes in their names."""

KINDS = {"mean_spatial": "global_avg_pool", "channel_slice": "slice"}
FIELDS = {
    "kernel": "kernel_size",
    "pads": "padding",
    ("pixel_shuffle", "factor"): "upscale_factor",
    ("pixel_unshuffle", "factor"): "downscale_factor",
}


def is_input(node):
    return node["op"] == "input"


def entry(node):
    """The node as it stands in a spec."""
    op, rank = node["op"], max(1, len(node["output"]) - 2)
    kind = f"zero_pad{rank}d" if op == "pad" else f"{op}{rank}d" if op in PER_RANK else KINDS.get(op, op)
    fields = {
        FIELDS.get((op, field), FIELDS.get(field, field)): value for field, value in node.get("attrs", {}).items()
    }
    again = {"weights_of": node["shares_weights_with"]} if "shares_weights_with" in node else {}
    return {kind: {**fields, **again, "name": node["id"], "from": node["inputs"]}}


def nodes(name):
    """The nodes of a graph that are calculated."""
    return [node for node in GRAPHS[name]["nodes"] if not is_input(node)]


@cache
def layers(name):
    """What is calculated for them, by name."""
    whole = GRAPHS[name]["nodes"]
    inputs = {node["id"]: node["output"][1:] for node in whole if is_input(node)}
    network = parse({"input": inputs, "layers": [entry(node) for node in nodes(name)]})
    return {layer.name: layer for layer in analyze(network, batch=whole[0]["output"][0]).layers}


@pytest.mark.parametrize("name", GRAPHS)
def test_every_node_gives_pytorchs_shape(name):
    shapes = {node["id"]: layers(name)[node["id"]].output_shape for node in nodes(name)}
    assert shapes == {node["id"]: tuple(node["output"][1:]) for node in nodes(name)}


@pytest.mark.parametrize("name", GRAPHS)
@pytest.mark.parametrize(("count", "record"), [("parameters", "params"), ("buffers", "buffers"), ("macs", "macs")])
def test_every_node_counts_as_in_pytorch(name, count, record):
    counts = {node["id"]: getattr(layers(name)[node["id"]], count) for node in nodes(name)}
    assert counts == {node["id"]: node.get(record, 0) for node in nodes(name)}


@pytest.mark.parametrize("name", GRAPHS)
def test_a_graph_has_pytorchs_totals(name):
    totals = [sum(getattr(layer, count) for layer in layers(name).values()) for count in ("parameters", "macs")]
    assert totals == [GRAPHS[name]["params"], GRAPHS[name]["macs"]]
