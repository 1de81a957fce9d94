"""NASNet-Mobile's cells, worked out by hand; with Keras, 4 numbers a normalised channel."""

from cnncalc.api import analyze, load
from tests.recorded import spec
from tests.zoo.chains import part, together


def mixed(arriving, c, side):
    """1×1 kernels and the normalisation behind them."""
    return arriving * c + 4 * c, arriving * c * side**2


def separable(arriving, c, k, side):
    """Two in a row; the first one may halve the map."""
    depthwise = (arriving + c) * k * k
    return together((depthwise, depthwise * side**2), mixed(arriving, c, side), mixed(c, c, side))


def normal(c, arriving, before, side):
    """p takes part as it is, and in the sums 1 to 4; halved or not, it costs the same."""
    brought = together(mixed(before, c, side), mixed(arriving, c, side))
    return together(brought, *(separable(c, c, k, side) for k in (5, 3, 5, 3, 3)))


def reduction(c, arriving, before, side, p=None, reaching=None):
    """`side` is that of the map that comes out, `reaching` that of the one that comes in."""
    reaching = reaching or 2 * side
    brought = mixed(before, c, reaching) if p is None else (0, 0)
    sums = (separable(c, c, 5, side), *(separable(p or c, c, k, side) for k in (7, 7, 5)), separable(c, c, 3, side))
    return together(brought, mixed(arriving, c, reaching), *sums)


CELLS = {
    "stem1": reduction(11, 32, 32, 56, p=32, reaching=111),
    "stem2": reduction(22, 4 * 11, 32, 28),
    "cell1": normal(44, 4 * 22, 4 * 11, 28),
    "cell2": normal(44, 6 * 44, 4 * 22, 28),
    "cell3": normal(44, 6 * 44, 6 * 44, 28),
    "cell4": normal(44, 6 * 44, 6 * 44, 28),
    "reduction1": reduction(88, 6 * 44, 6 * 44, 14),
    "cell5": normal(88, 4 * 88, 6 * 44, 14),
    "cell6": normal(88, 6 * 88, 4 * 88, 14),
    "cell7": normal(88, 6 * 88, 6 * 88, 14),
    "cell8": normal(88, 6 * 88, 6 * 88, 14),
    "reduction2": reduction(176, 6 * 88, 6 * 88, 7),
    "cell9": normal(176, 4 * 176, 6 * 88, 7),
    "cell10": normal(176, 6 * 176, 4 * 176, 7),
    "cell11": normal(176, 6 * 176, 6 * 176, 7),
    "cell12": normal(176, 6 * 176, 6 * 176, 7),
}


def test_each_cell():
    assert {name: part("nasnet_mobile", name) for name in CELLS} == CELLS


def test_the_cells_make_the_totals_of_the_application():
    stem = (3 * 32 * 9 + 4 * 32, 3 * 32 * 9 * 111**2)
    classifier = (1056 * 1000 + 1000, 1056 * 1000)
    parameters, macs = together(stem, *CELLS.values(), classifier)
    assert parameters == 5_326_716
    assert round(macs / 1e6) == 564  # as in the paper


def test_two_of_four_numbers_a_normalised_channel_are_not_learned():
    totals = analyze(load(spec("nasnet_mobile"))).totals
    assert (totals["parameters"].value, totals["trainable"].value) == (5_326_716, 5_289_978)
