"""Swin's totals by hand: attention in windows of 49 places costs 4c² + 2·49·c MACs a place, whatever the map's size."""

import pytest

from cnncalc.api import analyze, load
from tests.recorded import spec

SIZES = {"swin_t": (96, (2, 2, 6, 2)), "swin_s": (96, (2, 2, 18, 2)), "swin_b": (128, (2, 2, 18, 2))}


def by_hand(width, depths):
    """Parameters, buffers and MACs: patches, four stages, the merging between them, the classifier."""
    params = (3 * 4 * 4 + 1) * width + 2 * width
    macs, buffers = 56 * 56 * 3 * 4 * 4 * width, 0
    for stage, depth in enumerate(depths):
        c, places = width * 2**stage, (56 // 2**stage) ** 2
        distances = 13 * 13 * (c // 32)
        params += depth * (2 * c + 4 * (c * c + c) + distances + 2 * c + 4 * c * c + 4 * c + 4 * c * c + c)
        macs += depth * places * (4 * c * c + 2 * 49 * c + 8 * c * c)
        buffers += depth * 49 * 49
        if stage < 3:
            params += 2 * 4 * c + 4 * c * 2 * c
            macs += places // 4 * 4 * c * 2 * c
    last = 8 * width
    return params + 2 * last + 1000 * last + 1000, buffers, macs + 1000 * last


@pytest.mark.parametrize("name", SIZES)
def test_parameters_buffers_and_macs_are_those_of_the_papers_table(name):
    totals = analyze(load(spec(name))).totals
    assert tuple(totals[count].value for count in ("parameters", "buffers", "macs")) == by_hand(*SIZES[name])


def test_every_second_block_shifts_but_for_the_last_stage_which_is_one_window():
    rolled = {layer.name.rpartition(".")[0] for layer in load(spec("swin_t")).layers if layer.kind_name == "roll"}
    assert rolled == {"stage1.1", "stage2.1", "stage3.1", "stage3.3", "stage3.5"}
