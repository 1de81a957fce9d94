"""U-Net's totals by hand, and what the paper says of it: 23 convolutions, 572×572 pixels in, 388×388 places out."""

import pytest

from cnncalc.api import analyze, load
from tests.recorded import spec

CHANNELS = (64, 128, 256, 512, 1024)


def conv(k, c_in, c_out, m):
    """Parameters and MACs of a convolution that gives m×m places; transposed, of one that takes m×m."""
    return (k * k * c_in + 1) * c_out, m * m * k * k * c_in * c_out


def by_hand(side, lost):
    """Parameters, MACs and the side that comes out, when a 3×3 kernel takes `lost` rows."""
    found, arriving = [], 1
    for level, channels in enumerate(CHANNELS):
        side = side // 2 if level else side
        found += [conv(3, arriving, channels, side - lost), conv(3, channels, channels, side - 2 * lost)]
        side, arriving = side - 2 * lost, channels
    for channels in reversed(CHANNELS[:-1]):
        found += [conv(2, 2 * channels, channels, side)]
        side = 2 * side
        found += [conv(3, 2 * channels, channels, side - lost), conv(3, channels, channels, side - 2 * lost)]
        side -= 2 * lost
    found.append(conv(1, 64, 2, side))
    return sum(params for params, _macs in found), sum(macs for _params, macs in found), side


@pytest.mark.parametrize(("name", "side", "lost"), [("unet", 572, 2), ("unet_same", 512, 0)])
def test_parameters_macs_and_output_follow_from_the_papers_figure(name, side, lost):
    result = analyze(load(spec(name)))
    found = (result.totals["parameters"].value, result.totals["macs"].value, result.layers[-1].output_shape[-1])
    assert found == by_hand(side, lost)


def test_there_are_the_papers_23_convolutions():
    assert sum("conv" in layer.kind for layer in analyze(load(spec("unet"))).layers) == 23


def test_the_maps_have_the_sides_of_the_papers_figure():
    layers = analyze(load(spec("unet"))).layers
    sides = [layer.output_shape[-1] for layer in layers if layer.kind == "conv2d"]
    assert sides == [570, 568, 282, 280, 138, 136, 66, 64, 30, 28, 54, 52, 102, 100, 198, 196, 390, 388, 388]


def test_a_skip_connection_is_cropped_to_what_it_meets():
    layers = {layer.name: layer for layer in analyze(load(spec("unet"))).layers}
    assert [layers[f"up{level}.skipped.slice_1"].output_shape for level in (4, 3, 2, 1)] == [
        (512, 56, 56),
        (256, 104, 104),
        (128, 200, 200),
        (64, 392, 392),
    ]
