"""Inception v3's modules, worked out from the kernels of each path."""

import pytest

from tests.zoo.chains import chain, part, together


def a(arriving, pooled):
    paths = [(64, 1, 1, 35)], [(48, 1, 1, 35), (64, 5, 5, 35)], [(64, 1, 1, 35), (96, 3, 3, 35), (96, 3, 3, 35)]
    return together(*(chain(arriving, *path) for path in paths), chain(arriving, (pooled, 1, 1, 35)))


def b(arriving):
    deep = chain(arriving, (64, 1, 1, 35), (96, 3, 3, 35), (96, 3, 3, 17))
    return together(chain(arriving, (384, 3, 3, 17)), deep)


def c(arriving, inner):
    one = (192, 1, 1, 17)
    twice = chain(arriving, (inner, 1, 1, 17), (inner, 1, 7, 17), (192, 7, 1, 17))
    rows, columns = (inner, 1, 7, 17), (inner, 7, 1, 17)
    four = chain(arriving, (inner, 1, 1, 17), columns, rows, columns, (192, 1, 7, 17))
    return together(chain(arriving, one), twice, four, chain(arriving, one))


def d(arriving):
    short = chain(arriving, (192, 1, 1, 17), (320, 3, 3, 8))
    return together(short, chain(arriving, (192, 1, 1, 17), (192, 1, 7, 17), (192, 7, 1, 17), (192, 3, 3, 8)))


def e(arriving):
    ends = together(chain(384, (384, 1, 3, 8)), chain(384, (384, 3, 1, 8)))
    paths = [(320, 1, 1, 8)], [(384, 1, 1, 8)], [(448, 1, 1, 8), (384, 3, 3, 8)], [(192, 1, 1, 8)]
    return together(*(chain(arriving, *path) for path in paths), ends, ends)


STEM = together(
    chain(3, (32, 3, 3, 149), (32, 3, 3, 147), (64, 3, 3, 147)),
    chain(64, (80, 1, 1, 73), (192, 3, 3, 71)),
)
MODULES = {
    "mixed5b": a(192, 32),
    "mixed5c": a(64 + 64 + 96 + 32, 64),
    "mixed5d": a(288, 64),
    "mixed6a": b(288),
    "mixed6b": c(384 + 96 + 288, 128),
    "mixed6c": c(768, 160),
    "mixed6d": c(768, 160),
    "mixed6e": c(768, 192),
    "mixed7a": d(768),
    "mixed7b": e(320 + 192 + 768),
    "mixed7c": e(320 + 2 * 384 + 2 * 384 + 192),
}
CLASSIFIER = (2048 * 1000 + 1000, 2048 * 1000)
HEAD = together(chain(768, (128, 1, 1, 5), (768, 5, 5, 1)), (768 * 1000 + 1000, 768 * 1000))


@pytest.mark.parametrize("name", MODULES)
def test_each_module(name):
    assert part("inception_v3", name) == MODULES[name]


def test_the_head_comes_on_top_and_changes_nothing_else():
    assert part("inception_v3_aux", "aux") == HEAD
    assert part("inception_v3_aux", "mixed7a") == MODULES["mixed7a"]


def test_the_modules_and_the_head_make_the_published_totals():
    network = together(STEM, *MODULES.values(), CLASSIFIER)
    # torchvision publishes 27,161,264 parameters, with the head, and 5.713 G multiplications, without. Keras leaves
    # out the scales of its normalisations, one a channel of the 17,216 that are normalised: 23,817,352 learn.
    assert network == (23_817_352 + 17_216, 5_713_216_096)
    assert network[0] + HEAD[0] == 27_161_264
