"""ConvNeXt's totals by hand: for c channels a block has 8c² + 58c parameters, and 8c² + 49c MACs at each place."""

import pytest

from cnncalc.api import analyze, load
from tests.recorded import spec

SIZES = {
    "convnext_tiny": (96, (3, 3, 9, 3)),
    "convnext_small": (96, (3, 3, 27, 3)),
    "convnext_base": (128, (3, 3, 27, 3)),
    "convnext_large": (192, (3, 3, 27, 3)),
}


def by_hand(width, depths):
    """Parameters and MACs: patches, four stages, what halves the maps between them, and the classifier."""
    params = (3 * 4 * 4 + 1) * width + 2 * width
    macs = 56 * 56 * 3 * 4 * 4 * width
    for stage, depth in enumerate(depths):
        c, places = width * 2**stage, (56 // 2**stage) ** 2
        depthwise, widen, narrow = 7 * 7 * c, c * 4 * c, 4 * c * c
        params += depth * (depthwise + c + 2 * c + widen + 4 * c + narrow + c + c)
        macs += depth * places * (depthwise + widen + narrow)
        if stage < 3:
            params += 2 * c + 2 * 2 * c * 2 * c + 2 * c
            macs += places // 4 * 2 * 2 * c * 2 * c
    last = 8 * width
    return params + 2 * last + 1000 * last + 1000, macs + 1000 * last


@pytest.mark.parametrize("name", SIZES)
def test_parameters_and_macs_are_those_of_the_papers_table(name):
    totals = analyze(load(spec(name))).totals
    assert (totals["parameters"].value, totals["macs"].value) == by_hand(*SIZES[name])


def test_paths_are_left_out_more_often_the_deeper_they_lie():
    shares = [
        layer.fields["p"] for layer in load(spec("convnext_tiny")).layers if layer.kind_name == "stochastic_depth"
    ]
    assert shares == pytest.approx([0.1 * place / 17 for place in range(18)])
