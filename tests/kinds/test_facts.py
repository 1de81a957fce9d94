"""What kinds declare about themselves is what they compute; and who could declare it, does."""

import math
import random
from itertools import pairwise

import pytest

from cnncalc.kinds import every
from cnncalc.kinds._contract import Role
from cnncalc.tensor import Tensor

KINDS = {}
for _kind in (kind for kind in every() if not kind.opaque):
    for _example in _kind.examples:
        if _example.kind == _kind.name:
            KINDS.setdefault(_kind.name, _example)
SMALL = {0: (3, 4), 1: (3, 4), 2: (3, 4, 4), 3: (2, 2, 2, 2)}


def example(name):
    """A small layer of this kind, its inputs' shapes and numbers that it has learned."""
    from cnncalc.kinds import find

    case = KINDS[name]
    layer = find(name).model_validate(dict(case.fields))
    shapes = tuple(shape if math.prod(shape) <= 200 else None for shape in case.inputs)
    if None in shapes:
        shapes = tuple(
            SMALL[layer.rank] if layer.rank else (5,) if Role.LINEAR in layer.roles else (3, 4, 4) for _ in case.inputs
        )
    return layer, shapes


def filled(shape, random):
    return Tensor(shape, [random.uniform(-3, 3) for _ in range(math.prod(shape))])


def outputs(layer, inputs, tensors):
    return layer.compute(inputs, tensors).values


def sums(name, seed):
    """f(x + y) + f(0) = f(x) + f(y), for numbers at random."""
    layer, shapes = example(name)
    chance = random.Random(seed)
    tensors = {key: filled(shape, chance) for key, shape in layer.tensors(shapes).items()}
    xs, ys = (tuple(filled(shape, chance) for shape in shapes) for _ in range(2))
    both = tuple(
        Tensor(x.shape, [a + b for a, b in zip(x.values, y.values, strict=True)]) for x, y in zip(xs, ys, strict=True)
    )
    zero = tuple(Tensor(shape, [0.0] * math.prod(shape)) for shape in shapes)
    together = [a + b for a, b in zip(outputs(layer, both, tensors), outputs(layer, zero, tensors), strict=True)]
    apart = [a + b for a, b in zip(outputs(layer, xs, tensors), outputs(layer, ys, tensors), strict=True)]
    return all(math.isclose(a, b, abs_tol=1e-9) for a, b in zip(together, apart, strict=True))


@pytest.mark.parametrize("name", KINDS)
def test_a_weighted_sum_is_one_and_every_other_kind_is_none(name):
    layer, _shapes = example(name)
    assert all(sums(name, seed) for seed in range(5)) == layer.weighted_sum


@pytest.mark.parametrize("name", [name for name in KINDS if Role.NONLINEARITY in example(name)[0].roles])
def test_twice_is_once_for_those_that_say_so(name):
    layer, shapes = example(name)
    assert all(_once(layer, shapes[0], random.Random(seed)) for seed in range(5)) == layer.idempotent


def _once(layer, shape, chance):
    tensors = {key: filled(shape, chance) for key, shape in layer.tensors((shape,)).items()}
    once = layer.compute((filled(shape, chance),), tensors)
    return layer.compute((once,), tensors).values == once.values


@pytest.mark.parametrize("name", [name for name in KINDS if example(name)[0].elementwise])
def test_a_monotone_kind_keeps_the_order(name):
    layer, _shapes = example(name)
    if layer.tensors(((1, 401),)) or layer.drops() is not None:
        return  # what is learned may turn the order round
    line = Tensor((1, 401), [x / 20 for x in range(-200, 201)])
    values = layer.compute((line,), {}).values
    assert all(a <= b + 1e-12 for a, b in pairwise(values)) == layer.monotone


@pytest.mark.parametrize("name", [name for name in KINDS if Role.POOLING in example(name)[0].roles])
def test_a_kind_that_picks_gives_values_that_arrived(name):
    layer, shapes = example(name)
    x = filled(shapes[0], random.Random(7))
    assert (set(layer.compute((x,), {}).values) <= set(x.values)) == layer.picks


@pytest.mark.parametrize("name", KINDS)
def test_probabilities_that_sum_to_one(name):
    layer, shapes = example(name)
    together = layer.together(shapes)
    assert bool(together) == (layer.probabilities == "together")
    if together:
        x = filled(shapes[0], random.Random(7))
        values = layer.compute((x,), {}).values
        whole = sum(values) if min(values) >= 0 else sum(map(math.exp, values))  # or the logarithms of probabilities
        assert math.isclose(whole, len(values) / together)


@pytest.mark.parametrize("name", [name for name in KINDS if example(name)[0].probabilities == "each"])
def test_a_probability_of_its_own_lies_between_0_and_1(name):
    layer, shapes = example(name)
    values = layer.compute((filled(shapes[0], random.Random(7)),), {}).values
    assert all(0 < value < 1 for value in values)


def test_who_drops_says_how_much():
    dropping = {name for name in KINDS if example(name)[0].drops() is not None}
    assert dropping == {name for name in KINDS if Role.REGULARISATION in example(name)[0].roles}
