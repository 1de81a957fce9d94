"""What kinds declare about themselves is what they compute; and who could declare it, does."""

import math
import random
from itertools import pairwise
from typing import NamedTuple

import pytest

from cnncalc.kinds import every, find
from cnncalc.kinds._contract import Kind, Role
from cnncalc.problem import Refused
from cnncalc.tensor import Tensor

LARGE = 200
"""Inputs of more values are made smaller: what is computed here is computed in plain loops."""

MORE = [
    ("conv2d", {"out_channels": 2, "kernel_size": 3, "groups": 2}, (4, 4, 4)),
    ("rrelu", {"lower": 0.2, "upper": 0.2}, (3, 4)),
    ("leaky_relu", {"negative_slope": -0.1}, (3, 4)),
    ("elu", {"alpha": -1.0}, (3, 4)),
    ("rrelu", {"lower": -0.5, "upper": -0.25}, (3, 4)),
    ("celu", {"alpha": -2.0}, (3, 4)),
    ("celu", {"alpha": 3.0}, (3, 4)),
    ("threshold", {"threshold": 0.5, "value": 0.5}, (3, 4)),
    ("threshold", {"threshold": 0.0, "value": 2.0}, (3, 4)),
    ("hardshrink", {"lambd": -1.0}, (3, 4)),
    ("lp_pool1d", {"norm_type": 1.0, "kernel_size": 2}, (2, 4)),
    ("lp_pool1d", {"norm_type": 2.0, "kernel_size": 2}, (2, 4)),
    ("instance_norm1d", {"affine": True}, (3, 4)),
    ("instance_norm2d", {"track_running_stats": True}, (2, 3, 3)),
    ("group_norm", {"num_groups": 2}, (4, 3, 3)),
    ("group_norm", {"num_groups": 4}, (4, 3, 3)),
    ("group_norm", {"num_groups": 1}, (4, 3)),
    ("layer_norm", {}, (3, 4, 4)),
    ("layer_norm", {"normalized_shape": [4, 4]}, (3, 4, 4)),
    ("layer_norm", {"normalized_shape": [3, 4, 4]}, (3, 4, 4)),
    ("layer_norm", {}, (5,)),
    ("layer_norm", {}, (5, 3)),
    ("upsample", {"scale_factor": 2.0}, (2, 3, 3)),
    ("upsample", {"scale_factor": 1.5, "mode": "nearest-exact"}, (2, 4)),
    ("upsample", {"scale_factor": 2.0, "mode": "bilinear"}, (2, 3, 3)),
    ("upsample", {"scale_factor": 2.0, "mode": "bicubic"}, (2, 3, 3)),
    ("upsample", {"size": 2, "mode": "area"}, (2, 3, 3)),
    ("unfold", {"kernel_size": 2}, (2, 3, 3)),
    ("unfold", {"kernel_size": 2, "padding": 1}, (2, 3, 3)),
    ("fold", {"output_size": [4, 4], "kernel_size": 3}, (9, 4)),
    ("constant_pad1d", {"padding": 1, "value": 0.5}, (2, 3)),
    ("squeeze", {}, (3, 1, 4)),
    ("squeeze", {"dim": 2}, (3, 1, 1)),
    ("window_partition", {"window_size": 2}, (3, 3, 2)),
    ("window_partition", {"window_size": 2}, (4, 4, 2)),
    ("window_reverse", {"window_size": 2}, (4, 4, 2)),
    ("window_reverse", {"window_size": 2, "size": [3, 3]}, (4, 4, 2)),
    ("softmax", {"dim": 2}, (3, 4)),
    ("log_softmax", {"dim": -1}, (3, 4)),
    ("softmin", {}, (5,)),
    ("multihead_attention", {"num_heads": 2}, (3, 4)),
    ("multihead_attention", {"num_heads": 2}, (3, 4), (2, 4), (2, 4)),
    ("rnn", {"hidden_size": 2, "nonlinearity": "relu"}, (3, 4)),
    ("lstm", {"hidden_size": 2, "num_layers": 2}, (3, 4)),
    ("gru", {"hidden_size": 2, "bidirectional": True}, (3, 4)),
]
"""Where a fact hangs on the fields, and where an example is too large: a kind, its fields and what arrives."""


class Case(NamedTuple):
    """A layer, the shapes that arrive, and how tests call it."""

    layer: Kind
    shapes: tuple
    said: str

    @property
    def tensors(self):
        return self.layer.tensors(self.shapes)


def case(name, fields, shapes):
    layer = find(name).model_validate(dict(fields))
    layer.outputs(shapes)
    said = ", ".join(f"{key}={value}" for key, value in fields.items())
    return Case(layer, shapes, f"{name}({said}) over {' and '.join('×'.join(map(str, shape)) for shape in shapes)}")


def shrunk(shapes):
    """Maps of a few values, whose sides of 1 stay."""
    return tuple(tuple(min(side, 5 if len(shape) == 1 else 4) for side in shape) for shape in shapes)


def cases():
    for kind in (kind for kind in every() if not kind.opaque):
        for example in kind.examples:
            if example.kind != kind.name:
                continue
            large = any(math.prod(shape) > LARGE for shape in example.inputs)
            try:
                yield case(kind.name, example.fields, shrunk(example.inputs) if large else example.inputs)
            except Refused:
                continue  # too small for these fields: MORE has another one
    for name, fields, *shapes in MORE:
        yield case(name, fields, tuple(shapes))


CASES = list(cases())
NAMES = sorted({one.layer.name for one in CASES})


def having(*roles):
    return [one for one in CASES if one.layer.roles & set(roles)]


def each(chosen):
    return pytest.mark.parametrize("case", chosen, ids=[one.said for one in chosen])


def filled(shape, chance):
    return Tensor(shape, [chance.uniform(-3, 3) for _ in range(math.prod(shape))])


def learned(case, chance):
    return {key: filled(shape, chance) for key, shape in case.tensors.items()}


def values(case, inputs, tensors):
    """The values of all outputs."""
    return [value for output in case.layer.computed(inputs, tensors) for value in output.values]


def test_every_family_of_kinds_is_held_to_its_facts():
    assert {kind.__module__ for kind in every() if not kind.opaque} == {find(name).__module__ for name in NAMES}


def sums(case, seed):
    """f(x + y) + f(0) = f(x) + f(y), for numbers at random."""
    chance = random.Random(seed)
    tensors = learned(case, chance)
    xs, ys = (tuple(filled(shape, chance) for shape in case.shapes) for _ in range(2))
    both = tuple(
        Tensor(x.shape, [a + b for a, b in zip(x.values, y.values, strict=True)]) for x, y in zip(xs, ys, strict=True)
    )
    zero = tuple(Tensor(shape, [0.0] * math.prod(shape)) for shape in case.shapes)
    try:
        of_both, of_zero, of_x, of_y = (values(case, inputs, tensors) for inputs in (both, zero, xs, ys))
    except TypeError:
        return False  # a root of a negative number, for one
    return all(
        math.isclose(a + b, c + d, abs_tol=1e-9) for a, b, c, d in zip(of_both, of_zero, of_x, of_y, strict=True)
    )


@each([one for one in CASES if one.layer.name != "hardshrink" or one.layer.lambd > 0])  # below 0 it lets all pass
def test_a_weighted_sum_is_one_and_every_other_kind_is_none(case):
    assert all(sums(case, seed) for seed in range(5)) == case.layer.weighted_sum


def once(case, seed):
    """Whether the layer gives back what it has made."""
    chance = random.Random(seed)
    tensors = learned(case, chance)
    first = case.layer.compute(tuple(filled(shape, chance) for shape in case.shapes), tensors)
    try:
        second = case.layer.compute((first,), tensors)
    except (Refused, ValueError):
        return False  # what it makes it does not take
    return (second.shape, second.values) == (first.shape, first.values)


@each(having(Role.NONLINEARITY))
def test_twice_is_once_for_those_that_say_so(case):
    assert all(once(case, seed) for seed in range(5)) == case.layer.idempotent


@each([one for one in CASES if one.layer.idempotent])
def test_who_says_that_twice_is_once_keeps_its_word(case):
    assert all(once(case, seed) for seed in range(5))


def drawn_anew(case):
    """Slopes that differ from value to value while training, which no inference shows."""
    return getattr(case.layer, "lower", 0) != getattr(case.layer, "upper", 0)


@each([one for one in CASES if one.layer.elementwise and not one.tensors and one.layer.drops() is None])
def test_a_monotone_kind_keeps_the_order(case):
    line = Tensor((1, 401), [x / 20 for x in range(-200, 201)])
    found = case.layer.compute((line,), {}).values
    keeps = all(a <= b + 1e-12 for a, b in pairwise(found))
    assert case.layer.monotone == (keeps and not drawn_anew(case))


def picked(case):
    """Whether all values that leave have arrived; the largest of no values is −∞."""
    chance = random.Random(7)
    inputs = tuple(filled(shape, chance) for shape in case.shapes)
    arrived = {value for x in inputs for value in x.values} | {-math.inf}
    return set(values(case, inputs, learned(case, chance))) <= arrived


@each([one for one in CASES if one.layer.picks])
def test_a_kind_that_picks_gives_values_that_arrived(case):
    assert picked(case)


@pytest.mark.parametrize("name", sorted({one.layer.name for one in having(Role.POOLING, Role.SHAPE)}))
def test_a_kind_that_does_not_pick_makes_other_values(name):
    others = [one for one in CASES if one.layer.name == name and not one.layer.picks]
    assert not others or not all(picked(one) for one in others)


@each([one for one in having(Role.NORMALISATION) if not one.layer.weighted_sum])
def test_who_centres_channels_undoes_what_is_added_to_one(case):
    chance = random.Random(7)
    x, tensors = filled(case.shapes[0], chance), learned(case, chance)
    place = len(x.values) // x.shape[0]
    shifts = [chance.uniform(1, 9) for _channel in range(x.shape[0])]
    shifted = Tensor(x.shape, [value + shifts[i // place] for i, value in enumerate(x.values)])
    pairs = zip(values(case, (x,), tensors), values(case, (shifted,), tensors), strict=True)
    assert all(math.isclose(a, b, abs_tol=1e-6) for a, b in pairs) == case.layer.centres_channels(case.shapes)


@each(CASES)
def test_probabilities_that_sum_to_one(case):
    together, said = case.layer.together(case.shapes), case.layer.probabilities
    assert bool(together) == (said in ("together", "logarithms"))
    if together:
        found = values(case, (filled(case.shapes[0], random.Random(7)),), {})
        whole = sum(map(math.exp, found)) if said == "logarithms" else sum(found)
        assert math.isclose(whole, len(found) / together)


@each([one for one in CASES if one.layer.probabilities == "each"])
def test_a_probability_of_its_own_lies_between_0_and_1(case):
    found = values(case, (filled(case.shapes[0], random.Random(7)),), {})
    assert all(0 < value < 1 for value in found)


def test_who_drops_says_how_much():
    dropping = {one.layer.name for one in CASES if one.layer.drops() is not None}
    assert dropping == {one.layer.name for one in having(Role.REGULARISATION)}
