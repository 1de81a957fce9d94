"""WaveNet: sizes, sight and totals of the stack, by hand."""

import pytest

from cnncalc.api import analyze, load
from tests.recorded import spec


@pytest.fixture(scope="module")
def wavenet():
    return analyze(load(spec("wavenet")))


def test_a_stack_of_ten_layers_sees_1024_samples():
    two = analyze(load(spec("wavenet"), variables={"stacks": 1}))
    assert two.layers[-1].receptive_field == (1 + 1023 + 1,)  # and one by the first layer


def test_three_stacks_see_three_times_as_far(wavenet):
    assert wavenet.layers[-1].receptive_field == (1 + 3 * 1023 + 1,)


def test_no_kernel_sees_what_comes_later(wavenet):
    kernels = [one.geometry for one in wavenet.layers if one.kind == "conv1d"]
    assert {(one.padding, one.kernel) for one in kernels if one.kernel != (1,)} == {
        (((one.dilation[0], 0),), (2,)) for one in kernels if one.kernel != (1,)
    }


def test_dilations_double_in_every_stack(wavenet):
    gates = [one.geometry.dilation[0] for one in wavenet.layers if one.name.endswith(".conv1d_2")]
    assert gates == [2**i for i in range(10)] * 3


def test_the_totals(wavenet):
    first, gate, kept, skip = 2 * 256 * 32, 2 * 2 * 32 * 32, 32 * 32, 32 * 512
    end = 512 * 512 + 512 * 256
    weights = first + 30 * (gate + skip) + 29 * kept + end  # the last layer keeps nothing: only its skip is used
    biases = 32 + 30 * (2 * 32 + 512) + 29 * 32 + 512 + 256
    assert wavenet.totals["parameters"].value == weights + biases
    assert wavenet.totals["macs"].value == 16_000 * weights


def test_all_layers_meet_in_one_sum(wavenet):
    sums = [one for one in wavenet.layers if one.name.endswith(".sum")]
    skips = {f"stack.layer{i}.skip" for i in range(30)}
    assert len(sums) == 29
    assert {source for one in sums for source in one.inputs} >= skips
    assert wavenet.outputs[0][1] == (256, 16_000)
