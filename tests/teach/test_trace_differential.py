"""`trace` against calculations written here in another way: by slices and sums over lists, without the package."""

import math
import random
from fractions import Fraction

import pytest

from cnncalc.api import parse
from cnncalc.teach.learned import Chosen
from cnncalc.teach.trace import trace
from cnncalc.tensor import Tensor


def nested(tensor):
    """Channels as lists of rows."""
    channels, height, width = tensor.shape
    rows = [tensor.values[i : i + width] for i in range(0, len(tensor.values), width)]
    return [rows[c * height : (c + 1) * height] for c in range(channels)]


def framed(rows, p, value):
    """A map with `p` places of `value` on each side."""
    side = [value] * p
    width = len(rows[0]) + 2 * p
    edge = [[value] * width for _ in range(p)]
    return edge + [side + list(row) + side for row in rows] + edge


def windows(rows, k, s, d):
    """Every window of a map, as lists of values, row by row."""
    reach = d * (k - 1)
    return [
        [[value for row in rows[y : y + reach + 1 : d] for value in row[x : x + reach + 1 : d]]
         for x in range(0, len(rows[0]) - reach, s)]
        for y in range(0, len(rows) - reach, s)
    ]  # fmt: skip


def convolved(x, weight, bias, k, s, p, d, groups, value):
    per_in, per_out = len(x) // groups, len(weight) // groups
    padded = [framed(rows, p, value) for rows in x]
    maps = []
    for out, kernel in enumerate(weight):
        own = padded[out // per_out * per_in :][:per_in]
        slid = [windows(rows, k, s, d) for rows in own]
        maps.append(
            [
                [
                    sum(a * b for part, slice_ in zip(slid, kernel, strict=True)
                        for a, b in zip(part[y][x_], slice_, strict=True)) + bias[out]
                    for x_ in range(len(slid[0][0]))
                ]
                for y in range(len(slid[0]))
            ]
        )  # fmt: skip
    return maps


def upsampled(rows, s):
    """The map with s − 1 zeros between its values: what a transposed convolution slides over."""
    width = (len(rows[0]) - 1) * s + 1
    spread = [[rows[y // s][x // s] if y % s == x % s == 0 else 0 for x in range(width)]
              for y in range((len(rows) - 1) * s + 1)]  # fmt: skip
    return spread


def run(kind, fields, x, kernels=None, biases=None, padding_value=0):
    network = parse({"input": list(x.shape), "layers": [{kind: fields}]})
    found = trace(network, {"input": x}, Chosen(seed=5), padding_value=padding_value)
    return found.layers[0]


def picture(rng, channels, height, width):
    return Tensor((channels, height, width), [rng.randint(-9, 9) for _ in range(channels * height * width)])


@pytest.mark.parametrize("seed", range(60))
def test_convolution(seed):
    rng = random.Random(seed)
    groups, k, s, d = rng.choice([1, 1, 2]), rng.randint(1, 3), rng.randint(1, 3), rng.randint(1, 2)
    p, value = rng.randint(0, 2), rng.choice([0, 1, -2])
    x = picture(rng, groups * rng.randint(1, 2), rng.randint(5, 7), rng.randint(5, 7))
    fields = {"out_channels": groups * rng.randint(1, 2), "kernel_size": k, "stride": s, "padding": p,
              "dilation": d, "groups": groups}  # fmt: skip
    layer = run("conv2d", fields, x, padding_value=value)
    per_in, each = x.shape[0] // groups, k * k
    flat = layer.tensors["weight"].values
    weight = [[flat[(o * per_in + c) * each :][:each] for c in range(per_in)] for o in range(fields["out_channels"])]
    assert nested(layer.output) == convolved(nested(x), weight, layer.tensors["bias"].values, k, s, p, d, groups, value)


@pytest.mark.parametrize("seed", range(40))
def test_transposed_convolution_is_a_convolution_over_the_spread_map_with_the_kernel_turned(seed):
    rng = random.Random(1000 + seed)
    k, s, c_in, c_out = rng.randint(1, 3), rng.randint(1, 3), rng.randint(1, 2), rng.randint(1, 2)
    p = rng.randint(0, k - 1)
    x = picture(rng, c_in, rng.randint(3, 4), rng.randint(3, 4))
    fields = {"out_channels": c_out, "kernel_size": k, "stride": s, "padding": p}
    # At least (3 − 1)·1 − 2(k − 1) + k = 4 − k ≥ 1 places are left, so no draw is refused.
    layer = run("conv_transpose2d", fields, x)
    each = k * k
    flat = layer.tensors["weight"].values
    turned = [[flat[(c * c_out + o) * each :][:each][::-1] for c in range(c_in)] for o in range(c_out)]
    spread = [upsampled(rows, s) for rows in nested(x)]
    bias = layer.tensors["bias"].values
    assert nested(layer.output) == convolved(spread, turned, bias, k, 1, k - 1 - p, 1, 1, 0)


@pytest.mark.parametrize("seed", range(40))
def test_poolings(seed):
    rng = random.Random(2000 + seed)
    k, s = rng.randint(1, 3), rng.randint(1, 3)
    p = rng.randint(0, k // 2)
    x = picture(rng, rng.randint(1, 2), rng.randint(4, 7), rng.randint(4, 7))
    fields = {"kernel_size": k, "stride": s, "padding": p}
    largest = [[[max(w) for w in row] for row in windows(framed(rows, p, -math.inf), k, s, 1)] for rows in nested(x)]
    mean = [[[Fraction(sum(w), k * k) for w in row] for row in windows(framed(rows, p, 0), k, s, 1)]
            for rows in nested(x)]  # fmt: skip
    assert nested(run("max_pool2d", fields, x).output) == largest
    averaged = run("avg_pool2d", fields, x).output
    assert nested(averaged) == mean
    assert not any(isinstance(value, float) for value in averaged.values)


@pytest.mark.parametrize("seed", range(10))
def test_batch_norm_softmax_and_linear(seed):
    rng = random.Random(3000 + seed)
    x = picture(rng, 3, 2, 2)
    normed = run("batch_norm2d", {}, x)
    scales = normed.tensors["weight"].values
    assert nested(normed.output) == [
        [[value * scale for value in row] for row in rows] for rows, scale in zip(nested(x), scales, strict=True)
    ]
    y = Tensor((5,), [rng.randint(-5, 5) for _ in range(5)])
    powers = [math.e**value for value in y.values]
    assert run("softmax", {}, y).output.values == pytest.approx([power / sum(powers) for power in powers])
    layer = run("linear", {"out_features": 3}, y)
    rows = [layer.tensors["weight"].values[i : i + 5] for i in (0, 5, 10)]
    assert layer.output.values == [sum(a * b for a, b in zip(row, y.values, strict=True)) for row in rows]
