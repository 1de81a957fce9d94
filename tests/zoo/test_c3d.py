"""C3D's totals by hand, and the sides of its maps."""

from cnncalc.api import analyze, load
from tests.recorded import spec

CONVOLUTIONS = [
    (3, 64, 16 * 112 * 112),
    (64, 128, 16 * 56 * 56),
    *((128, 256, 8 * 28 * 28), (256, 256, 8 * 28 * 28)),
    *((256, 512, 4 * 14 * 14), (512, 512, 4 * 14 * 14)),
    *((512, 512, 2 * 7 * 7), (512, 512, 2 * 7 * 7)),
]
"""Channels that arrive and leave, and places, of every 3×3×3 convolution."""

LINEAR = [(8192, 4096), (4096, 4096), (4096, 487)]


def test_parameters_and_macs_are_those_of_the_papers_figure():
    totals = analyze(load(spec("c3d"))).totals
    params = sum((27 * a + 1) * b for a, b, _ in CONVOLUTIONS) + sum((a + 1) * b for a, b in LINEAR)
    macs = sum(27 * a * b * places for a, b, places in CONVOLUTIONS) + sum(a * b for a, b in LINEAR)
    assert (totals["parameters"].value, totals["macs"].value) == (params, macs)


def test_time_is_halved_four_times_and_space_five_times():
    pools = [layer.output_shape[1:] for layer in analyze(load(spec("c3d"))).layers if layer.kind == "max_pool3d"]
    assert pools == [(16, 56, 56), (8, 28, 28), (4, 14, 14), (2, 7, 7), (1, 4, 4)]
