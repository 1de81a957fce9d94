"""Kinds against PyTorch itself: whether a layer is accepted, its shape, parameters, buffers, MACs, and its values.

Needs the extra `torch`; skipped where it is missing. How many are tried: `tests/golden/amount.py`.
"""

import random

import pytest
from hypothesis import HealthCheck, given, note, seed, settings
from hypothesis import strategies as st
from pydantic import ValidationError

from cnncalc.problem import Refused
from cnncalc.tensor import Tensor
from tests.golden.amount import LAYERS, SEED
from tests.kinds.cases import KINDS, SPECIAL, family, shapes

torch = pytest.importorskip("torch")

from tests.golden import torch_kinds  # noqa: E402  # it needs torch

NAMES = [name for name in KINDS if family(KINDS[name]) in torch_kinds.FAMILIES]
EACH = -(-LAYERS // len(NAMES))
TOLERANCE = 1e-5


@st.composite
def cases(draw, kind):
    """Fields and shapes, also of layers that are refused: the number of axes and some sides are changed at times."""
    special = SPECIAL.get(family(kind)) if kind.name != "softmax2d" else None
    fields, inputs = draw(special(kind) if special else st.tuples(st.just({}), st.tuples(shapes(kind.rank))))
    change = draw(st.integers(0, 5))
    if change == 0 and family(kind) not in torch_kinds.ANY_SHAPE:
        inputs = (draw(shapes(draw(st.integers(1, 3)))), *inputs[1:])
    return fields, inputs


def ours(kind, fields, inputs):
    """The layer and its output shapes; None when it is refused."""
    try:
        layer = kind.model_validate(fields)
        return layer, layer.outputs(inputs)
    except (Refused, ValidationError):
        return None


def torchs(kind, fields, inputs, arriving):
    """PyTorch's layer, its outputs and its MACs; no outputs when it refuses, or makes a side of 0."""
    try:
        peer = torch_kinds.peer(kind, fields, inputs)
        outputs, macs = torch_kinds.run(peer, [tensor(x) for x in arriving])
    except Exception:  # whatever it refuses with
        return None, None, None
    return peer, outputs if all(one.numel() for one in outputs) else None, macs


def numbers(shape, dice, kind):
    low, high = torch_kinds.BETWEEN.get(family(kind), (-2, 2))
    size = 1
    for side in shape:
        size *= side
    return Tensor(tuple(shape), [low + (high - low) * dice.random() for _ in range(size)])


def tensor(x):
    return torch.tensor(x.values, dtype=torch.float64).reshape(x.shape)


def test_every_kind_but_the_users_own_has_its_peer():
    assert [name for name in KINDS if name not in NAMES] == ["custom"]


@pytest.mark.parametrize("name", NAMES)
@seed(SEED)
@settings(max_examples=EACH, deadline=None, database=None, suppress_health_check=list(HealthCheck))
@given(data=st.data(), dealt=st.integers(0, 2**32))
def test_a_layer_does_what_pytorchs_does(name, data, dealt):
    kind = KINDS[name]
    fields, inputs = data.draw(cases(kind))
    note(f"TORCH_SEED={SEED}: {name} {fields} of {inputs}")
    found, dice = ours(kind, fields, inputs), random.Random(dealt)
    arriving = [numbers(shape, dice, kind) for shape in inputs]
    peer, outputs, macs = torchs(kind, fields, inputs, arriving)
    if found is None or outputs is None:
        # What one of the two refuses the other refuses too; differences on purpose are written down.
        assert found is None is outputs or torch_kinds.differs(kind, fields, inputs), (fields, inputs)
        return
    layer, shapes_ = found
    assert [tuple(shape) for shape in shapes_] == [tuple(one.shape[1:]) for one in outputs]
    weights = layer.weights(inputs)
    assert weights.weights + weights.biases == sum(one.numel() for one in peer.parameters)
    assert weights.buffers == sum(one.numel() for one in peer.buffers)
    if macs is not None:
        assert layer.cost(inputs, shapes_[0]).macs == macs
    learned = {key: numbers(shape, dice, kind) for key, shape in layer.tensors(inputs).items()}
    if not torch_kinds.same_values(kind, fields, inputs):
        return
    peer.learn({key: tensor(one) for key, one in learned.items()})
    outputs, _macs = torch_kinds.run(peer, [tensor(x) for x in arriving])
    for mine, theirs in zip(layer.computed(tuple(arriving), learned), outputs, strict=True):
        assert list(map(float, mine.values)) == pytest.approx(theirs[0].reshape(-1).tolist(), rel=TOLERANCE, abs=1e-6)
