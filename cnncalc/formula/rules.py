"""The rules, each written once, in the textbook's letters.

Every function takes integers, expressions or arrays alike and uses nothing but arithmetic. Sizes are along one axis.
`total_padding` and `kernel` are whole terms: `2p` or `p₁ + p₂`, `k` or `d(k − 1) + 1`.
"""

from __future__ import annotations

from cnncalc.formula.expression import Number, ceil_divide, exact_divide, group, larger, part_of, product


def effective_kernel(k: Number, d: Number) -> Number:
    """What a kernel with gaps covers: d(k − 1) + 1 places."""
    return d * (k - 1) + 1


def symmetric_padding(p: Number) -> Number:
    """Padding on both sides: 2p places."""
    return 2 * p


def window_size(n: Number, total_padding: Number, kernel: Number, s: Number) -> Number:
    """How many windows fit: ⌊(n + 2p − k)/s⌋ + 1 (torch.nn.Conv2d; also every pooling without ceil_mode)."""
    return (n + total_padding - kernel) // s + 1


def window_size_ceil(n: Number, total_padding: Number, kernel: Number, s: Number) -> Number:
    """How many windows under ceil_mode: one more where something is left over, ⌈(n + 2p − k)/s⌉ + 1."""
    return ceil_divide(n + total_padding - kernel, s) + 1


def window_size_ceil_dropped(n: Number, total_padding: Number, kernel: Number, s: Number) -> Number:
    """The same when the last window would start in the padding behind the input: PyTorch drops it again."""
    return ceil_divide(n + total_padding - kernel, s)


def last_window_start(windows: Number, s: Number) -> Number:
    """Where the last of `windows` windows starts, counted from the start of the padding: (m − 1)s."""
    return (windows - 1) * s


def rows_behind(n: Number, padding: Number, kernel: Number, s: Number, windows: Number) -> Number:
    """Rows of the input that lie behind the last window: n − ((m − 1)s − p + k); below 0 where it ends in padding."""
    return n - (last_window_start(windows, s) - padding + kernel)


def rows_between(windows: Number, s: Number, kernel: Number) -> Number:
    """Rows that a stride larger than the kernel steps over, between the first and the last window: (m − 1)(s − k)."""
    return (windows - 1) * (s - kernel)


def valid_size(n: Number, kernel: Number) -> Number:
    """Stride 1 and no padding, as the lectures write it: n − k + 1."""
    return n - kernel + 1


def divided_size(n: Number, s: Number) -> Number:
    """Pooling as the lectures write it: n/s, rounded down."""
    return n // s


def same_size(n: Number, s: Number) -> Number:
    """The output size that padding `same` aims at: ⌈n/s⌉."""
    return ceil_divide(n, s)


def same_padding(n: Number, kernel: Number, s: Number) -> Number:
    """The total padding that gives ⌈n/s⌉ windows: (⌈n/s⌉ − 1)s + k − n, and never less than 0 (TensorFlow's SAME)."""
    return larger((same_size(n, s) - 1) * s + kernel - n, 0)


def same_padding_total(kernel: Number) -> Number:
    """Padding that keeps the size at stride 1, both sides together: k − 1."""
    return kernel - 1


def same_padding_each_side(kernel: Number) -> Number:
    """Padding that keeps the size at stride 1, on each side: (k − 1)/2; whole for an odd kernel."""
    return exact_divide(same_padding_total(kernel), 2)


def transposed_size(n: Number, total_padding: Number, kernel: Number, s: Number) -> Number:
    """What a transposed window spreads n places over: (n − 1)s − 2p + k (torch.nn.ConvTranspose2d)."""
    return (n - 1) * s - total_padding + kernel


def adaptive_start(i: Number, n: Number, m: Number) -> Number:
    """Where window i of m adaptive windows over n places starts: ⌊i·n/m⌋."""
    return i * n // m


def adaptive_end(i: Number, n: Number, m: Number) -> Number:
    """Where window i of m adaptive windows over n places ends (the first place behind it): ⌈(i + 1)·n/m⌉."""
    return ceil_divide((i + 1) * n, m)


def places_seen(n: Number, m: Number, gcd: Number) -> Number:
    """Places that m adaptive windows over n places see together: n + m − gcd(n, m).

    Each of the m − 1 borders between windows that falls inside a place, not between two, makes both windows see that
    place; gcd(n, m) − 1 of them fall between two.
    """
    return n + m - gcd


def scaled_size(n: Number, factor: Number) -> Number:
    """A side that is enlarged: ⌊n · factor⌋."""
    return n * factor // 1


def channels_of_columns(rows: Number, kernel: tuple[Number, ...]) -> Number:
    """Channels of the map whose windows are the columns: rows/(k·k), which must be whole."""
    return exact_divide(rows, product(kernel))


def channels_per_group(channels: Number, g: Number) -> Number:
    """Channels that one group sees: C/g, which must be whole."""
    return exact_divide(channels, g)


def convolution_weights(c_in: Number, c_out: Number, kernel: tuple[Number, ...]) -> Number:
    """Weights of a convolution without biases: C_in · C_out · k · k (C_in of one group)."""
    return product((c_in, c_out, *kernel))


def separate_kernels(c_in: Number, c_out: Number) -> Number:
    """Separate k×k kernels of a convolution, one for each pair of channels that meet: C_in · C_out."""
    return c_in * c_out


def linear_weights(features_in: Number, features_out: Number) -> Number:
    """Weights of a fully connected layer without biases: in · out."""
    return features_in * features_out


def parameters(weights: Number, biases: Number) -> Number:
    """Weights and biases together."""
    return weights + biases


def products_per_output(c_in: Number, kernel: tuple[Number, ...]) -> Number:
    """Weights that one output value meets: C_in · k · k (C_in of one group)."""
    return product((c_in, *kernel))


def outputs_times(outputs: Number, each: Number) -> Number:
    """So many for each output value: C_out·m·m · C_in·k·k multiplications of a convolution, and the like."""
    return group(outputs) * group(each)


def additions_of_sums(outputs: Number, products: Number) -> Number:
    """Additions that sum `products` products for each output: one fewer than products."""
    return group(outputs) * (products - 1)


def values_of(channels: Number, spatial: tuple[Number, ...]) -> Number:
    """Values in a map: C · H · W. Flattening a map gives so many features."""
    return product((channels, *spatial))


def share_dropped(values_in: Number, values_out: Number) -> Number:
    """The share of its values that a pooling drops: 1 − m·m/(n·n)."""
    return 1 - part_of(values_out, values_in)


def fully_connected_weights(values_in: Number, values_out: Number) -> Number:
    """Weights of a fully connected layer between the same maps: C·H·W · C'·H'·W'."""
    return group(values_in) * group(values_out)


def locally_connected_weights(values_out: Number, products: Number) -> Number:
    """Weights when each output value has a kernel of its own: C'·H'·W' · C·k·k. In a transposed convolution each input
    value spreads by a kernel of its own: C·H·W · C'·k·k."""
    return group(values_out) * group(products)


def receptive_field(r: Number, kernel: Number, jump: Number) -> Number:
    """The receptive field one window further: r + (k − 1)·jump."""
    return r + (kernel - 1) * jump


def next_jump(jump: Number, s: Number) -> Number:
    """How far apart neighbouring values look, one window further: jump · s."""
    return jump * s


def flops(multiplications: Number, additions: Number) -> Number:
    """Floating-point operations: multiplications + additions."""
    return multiplications + additions
