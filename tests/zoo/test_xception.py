"""Xception's blocks, worked out by hand, with Keras's rules: 4 numbers a normalised channel, of which 2 are learned."""

from cnncalc.api import analyze, load
from tests.recorded import spec
from tests.zoo.chains import part, times, together


def normalised(weights, channels, side):
    """Weights with the normalisation behind them, and MACs."""
    return weights + 4 * channels, weights * side**2


def separable(arriving, channels, side):
    depthwise, pointwise = 9 * arriving, arriving * channels
    return normalised(depthwise + pointwise, channels, side)


def halved(arriving, inner, channels, side):
    shortcut = normalised(arriving * channels, channels, -(-side // 2))
    return together(separable(arriving, inner, side), separable(inner, channels, side), shortcut)


PARTS = {
    "block1": together(normalised(3 * 32 * 9, 32, 149), normalised(32 * 64 * 9, 64, 147)),
    "block2": halved(64, 128, 128, 147),
    "block3": halved(128, 256, 256, 74),
    "block4": halved(256, 728, 728, 37),
    **{f"block{number}": times(3, separable(728, 728, 19)) for number in range(5, 13)},
    "block13": halved(728, 728, 1024, 19),
    "block14": together(separable(1024, 1536, 10), separable(1536, 2048, 10)),
}


def test_each_block():
    assert {name: part("xception", name) for name in PARTS} == PARTS


def test_the_totals_are_those_of_the_application():
    classifier = (2048 * 1000 + 1000, 2048 * 1000)
    assert together(*PARTS.values(), classifier) == (22_910_480, 8_357_403_496)


def test_two_of_four_numbers_a_normalised_channel_are_not_learned():
    totals = analyze(load(spec("xception"))).totals
    assert (totals["parameters"].value, totals["trainable"].value) == (22_910_480, 22_855_952)
