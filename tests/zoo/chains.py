"""Parameters and multiplications of convolutions in a row, by hand: what the tables of papers leave to work out."""

from cnncalc.api import analyze, load
from tests.recorded import spec

NORM = 2
"""Learned numbers of batch normalisation, a channel."""


def chain(arriving, *kernels):
    """Parameters and MACs of (channels, k, w, side) in a row: convolutions without bias, each normalised.

    `side` is that of the square map that comes out.
    """
    parameters = macs = 0
    for channels, k, w, side in kernels:
        weights = arriving * channels * k * w
        parameters, macs = parameters + weights + NORM * channels, macs + weights * side**2
        arriving = channels
    return parameters, macs


def together(*chains):
    """The sums over several chains."""
    return tuple(map(sum, zip(*chains, strict=True)))


def part(network, name):
    """Parameters and MACs that the program finds in a part of a shipped network."""
    layers = [layer for layer in analyze(load(spec(network))).layers if layer.name.startswith(f"{name}.")]
    return sum(layer.parameters for layer in layers), sum(layer.macs for layer in layers)


def up(arriving, channels, side):
    """Parameters and MACs of a 1×1 convolution with bias."""
    return arriving * channels + channels, arriving * channels * side**2


def times(number, counts):
    """The counts of something that comes several times."""
    return tuple(number * count for count in counts)
