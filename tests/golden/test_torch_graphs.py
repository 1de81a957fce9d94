"""Random graphs against PyTorch itself, node by node: shapes, parameters, buffers, and MACs counted by forward hooks.

Needs the extra `torch`; skipped where it is missing. How many are tried: `tests/golden/amount.py`.
"""

import json

import pytest
from hypothesis import HealthCheck, given, note, seed, settings
from hypothesis import strategies as st

from cnncalc.api import analyze, parse
from tests.golden.amount import GRAPHS, SEED

pytest.importorskip("torch")

from tests.golden import torch_graphs  # it needs torch

PARTS = 8
"""The graphs are tried in so many parts, which may run side by side."""


@pytest.mark.parametrize("part", range(PARTS))
def test_a_graph_does_what_pytorchs_does(part):
    @seed(SEED + part)
    @settings(
        max_examples=max(1, GRAPHS // PARTS), deadline=None, database=None, suppress_health_check=list(HealthCheck)
    )
    @given(dice=st.randoms(use_true_random=False), steps=st.integers(1, 24))
    def tried(dice, steps):
        graph = torch_graphs.Graph(dice, steps)
        if not graph.layers:
            return
        note(f"TORCH_SEED={SEED}, part {part}, batch {graph.batch}: {json.dumps(graph.spec())}")
        result = analyze(parse(graph.spec()), batch=graph.batch)
        assert [finding.code for finding in result.problems if finding.severity == "error"] == []
        found = {
            layer.name: torch_graphs.Node(layer.output_shapes, layer.parameters, layer.buffers, layer.macs)
            for layer in result.layers
        }
        assert found == graph.nodes
        assert {name for name, _shape in result.outputs} == set(graph.nodes) - graph.used

    tried()
