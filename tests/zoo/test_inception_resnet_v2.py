"""Inception-ResNet v2's parts, worked out from the kernels of each path."""

import pytest

from tests.zoo.chains import chain, part, times, together, up


def paths(arriving, *kernels):
    return together(*(chain(arriving, *path) for path in kernels))


def one(channels, side):
    return (channels, 1, 1, side)


STEM = together(
    chain(3, (32, 3, 3, 149), (32, 3, 3, 147), (64, 3, 3, 147)),
    chain(64, (80, 1, 1, 73), (192, 3, 3, 71)),
)
PARTS = {
    "mixed5b": paths(
        192,
        [one(96, 35)],
        [one(48, 35), (64, 5, 5, 35)],
        [one(64, 35), (96, 3, 3, 35), (96, 3, 3, 35)],
        [one(64, 35)],
    ),
    "block35": times(
        10,
        together(
            paths(
                96 + 64 + 96 + 64,
                [one(32, 35)],
                [one(32, 35), (32, 3, 3, 35)],
                [one(32, 35), (48, 3, 3, 35), (64, 3, 3, 35)],
            ),
            up(32 + 32 + 64, 320, 35),
        ),
    ),
    "mixed6a": paths(320, [(384, 3, 3, 17)], [one(256, 35), (256, 3, 3, 35), (384, 3, 3, 17)]),
    "block17": times(
        20,
        together(
            paths(384 + 384 + 320, [one(192, 17)], [one(128, 17), (160, 1, 7, 17), (192, 7, 1, 17)]),
            up(192 + 192, 1088, 17),
        ),
    ),
    "mixed7a": paths(
        1088,
        [one(256, 17), (384, 3, 3, 8)],
        [one(256, 17), (288, 3, 3, 8)],
        [one(256, 17), (288, 3, 3, 17), (320, 3, 3, 8)],
    ),
    "block8": times(
        10,
        together(
            paths(384 + 288 + 320 + 1088, [one(192, 8)], [one(192, 8), (224, 1, 3, 8), (256, 3, 1, 8)]),
            up(192 + 256, 2080, 8),
        ),
    ),
    "conv7b": chain(2080, (1536, 1, 1, 8)),
}


@pytest.mark.parametrize("name", PARTS)
def test_each_part(name):
    assert part("inception_resnet_v2", name) == PARTS[name]


def test_the_parts_make_the_published_total():
    classifier = (1536 * 1000 + 1000, 1536 * 1000)
    # Keras says 55,873,736 parameters, of which 60,544 are the means and variances of 30,272 channels. It has no
    # scales, of which this network has one a channel.
    assert together(STEM, *PARTS.values(), classifier) == (55_873_736 - 60_544 + 30_272, 13_155_794_016)
