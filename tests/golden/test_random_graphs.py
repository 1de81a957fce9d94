"""Random graphs with branches, several inputs and broadcasting, node by node against PyTorch.

A node whose operator has no kind, or that uses another node's weights again, is cut out: its recorded output becomes
an input of the graph, so that everything around it is held to the record all the same.
"""

from functools import cache
from typing import Any

import pytest

from cnncalc.api import analyze, parse
from cnncalc.kinds import find
from tests.recorded import recorded

GRAPHS: dict[str, dict[str, Any]] = {graph["name"]: graph for graph in recorded("random_graphs")["graphs"]}

NO_KIND = {
    "channel_shuffle",
    "channel_slice",
    "group_norm",
    "instance_norm",
    "layer_norm",
    "pad",
    "pixel_shuffle",
    "pixel_unshuffle",
    "upsample",
}
"""Operators that no kind stands for."""

PER_RANK = {"conv", "conv_transpose", "max_pool", "avg_pool", "adaptive_avg_pool", "adaptive_max_pool", "batch_norm"}
"""Operators whose kinds carry the number of spatial axes in their names."""

KINDS = {"mean_spatial": "global_avg_pool"}
FIELDS = {"kernel": "kernel_size"}


def is_cut(node):
    return node["op"] in NO_KIND or "shares_weights_with" in node


def is_input(node):
    return node["op"] == "input" or is_cut(node)


def entry(node):
    """The node as it stands in a spec."""
    op, rank = node["op"], max(1, len(node["output"]) - 2)
    kind = f"{op}{rank}d" if op in PER_RANK else KINDS.get(op, op)
    fields = {FIELDS.get(field, field): value for field, value in node.get("attrs", {}).items()}
    return {kind: {**fields, "name": node["id"], "from": node["inputs"]}}


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


def test_what_is_cut_out_has_no_kind():
    assert [op for op in NO_KIND if find(op) or find(f"{op}2d")] == []


def test_most_nodes_are_calculated():
    everything = [node for graph in GRAPHS.values() for node in graph["nodes"] if node["op"] != "input"]
    assert sum(is_cut(node) for node in everything) < len(everything) / 10


@pytest.mark.parametrize("name", GRAPHS)
def test_every_node_gives_pytorchs_shape(name):
    shapes = {node["id"]: layers(name)[node["id"]].output_shape for node in nodes(name)}
    assert shapes == {node["id"]: tuple(node["output"][1:]) for node in nodes(name)}


@pytest.mark.parametrize("name", GRAPHS)
@pytest.mark.parametrize(("count", "record"), [("parameters", "params"), ("buffers", "buffers"), ("macs", "macs")])
def test_every_node_counts_as_in_pytorch(name, count, record):
    counts = {node["id"]: getattr(layers(name)[node["id"]], count) for node in nodes(name)}
    assert counts == {node["id"]: node.get(record, 0) for node in nodes(name)}


WHOLE = [name for name, graph in GRAPHS.items() if not any(map(is_cut, graph["nodes"]))]


@pytest.mark.parametrize("name", WHOLE)
def test_a_graph_that_needs_no_cut_has_pytorchs_totals(name):
    totals = [sum(getattr(layer, count) for layer in layers(name).values()) for count in ("parameters", "macs")]
    assert totals == [GRAPHS[name]["params"], GRAPHS[name]["macs"]]
