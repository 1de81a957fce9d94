"""What each slip is called: a code, a few words for a list, and a sentence that says what was done and why not."""

from __future__ import annotations

from typing import NamedTuple

from cnncalc.language import mark


class Said(NamedTuple):
    """A slip in a few words, and in whole sentences; both are translated where they are used."""

    short: str
    sentence: str


SLIPS: dict[str, Said] = {
    "forgot_bias": Said(mark("biases left out"), mark("The biases were left out.")),
    "ignored_padding": Said(mark("padding left out"), mark("The padding was left out.")),
    "padding_once": Said(
        mark("padding counted once"), mark("The padding was counted once; it is added on both sides.")
    ),
    "dropped_plus_one": Said(mark("+ 1 forgotten"), mark("The + 1 was forgotten: the first window counts too.")),
    "forgot_input_channels": Said(
        mark("input channels forgotten"),
        mark("The input channels were forgotten: each kernel has a slice for every one of them."),
    ),
    "rounded_up": Said(mark("rounded up"), mark("The division was rounded up; a window that does not fit is dropped.")),
    "rounded_down": Said(
        mark("rounded down"), mark("The division was rounded down; under ceil_mode it is rounded up.")
    ),
    "not_rounded_down": Said(
        mark("left unrounded"), mark("The division was left unrounded; only whole windows count.")
    ),
    "ignored_stride": Said(mark("stride left out"), mark("The stride was left out.")),
    "ignored_dilation": Said(
        mark("dilation left out"),
        mark("The dilation was left out: a kernel with gaps covers d(k − 1) + 1 places."),
    ),
    "ignored_groups": Said(
        mark("groups left out"),
        mark("The groups were left out: a kernel sees the channels of its own group only."),
    ),
    "ignored_output_padding": Said(mark("output padding left out"), mark("The output padding was left out.")),
    "counted_bias": Said(mark("biases counted in"), mark("The biases were counted in.")),
    "one_bias_vector": Said(
        mark("one bias vector instead of two"),
        mark("One bias vector was counted, as in textbooks and in Keras's LSTM; PyTorch keeps two."),
    ),
    "macs_as_flops": Said(
        mark("MACs and FLOPs taken for each other"),
        mark("MACs and FLOPs were taken for each other: a MAC is one multiplication, FLOPs count the additions too."),
    ),
    "squared_inputs": Said(
        mark("number of inputs multiplied in twice"),
        mark(
            "The number of inputs was multiplied in twice, a slip that is also in print as O(M²N). In one forward "
            "pass each weight is used once, so there are as many multiplications as weights."
        ),
    ),
    "weights_as_multiplications": Said(
        mark("weights given for multiplications"),
        mark("These are the weights; each is used once for every position of the output map."),
    ),
    "multiplications_as_weights": Said(
        mark("multiplications given for weights"),
        mark("These are the multiplications; the positions of the map share their weights."),
    ),
    "swapped_channels": Said(
        mark("input and output channels swapped"), mark("Input and output channels were swapped.")
    ),
    "multiplied_channels": Said(
        mark("input and output channels multiplied"),
        mark("Input and output channels were multiplied; the slices of a kernel are added into one map."),
    ),
    "forgot_output_channels": Said(
        mark("output channels forgotten"),
        mark("The output channels were forgotten: there is one kernel for each of them."),
    ),
    "kernel_side_once": Said(
        mark("kernel's side counted once"), mark("The kernel's side was counted once; a kernel is k · k.")
    ),
    "same_for_valid": Said(
        mark("same taken for valid"),
        mark("This is the size with `same` padding, p = (k − 1)/2 on each side; here the padding is another."),
    ),
    "valid_for_same": Said(
        mark("valid taken for same"),
        mark("This is `valid`, no padding at all; what keeps the size is `same`, p = (k − 1)/2."),
    ),
    "pooling_rule": Said(
        mark("n/s, the rule for pooling"),
        mark("This is n/s, the rule for pooling with k = s; here the kernel and the padding count too."),
    ),
    "convolution_rule": Said(
        mark("n − k + 1, the rule for a convolution"),
        mark("This is n − k + 1, the rule for a convolution with stride 1; pooling moves on by its stride."),
    ),
    "padding_of_both_sides": Said(
        mark("padding of both sides together"),
        mark("This is the padding of both sides together; each side gets half of it."),
    ),
    "channels_last": Said(mark("channels last"), mark("The channels stand last; here they stand first.")),
    "flipped_kernel": Said(
        mark("kernel turned round"),
        mark("The kernel was turned round; a convolution layer lays it on the window as it is."),
    ),
    "ignored_padding_value": Said(
        mark("padding filled with zeros"),
        mark("The padding was filled with zeros; the question fills it with another value."),
    ),
    "other_pooling": Said(
        mark("the other pooling"),
        mark("The other pooling was calculated: maximum and average were taken for each other."),
    ),
    "power_of_ten": Said(mark("wrong power of ten"), mark("The digits are right, the power of ten is not.")),
}
"""Every slip by its code. In this order they are reported: the commonest first."""

ORDER = {code: place for place, code in enumerate(SLIPS)}
"""The place of each slip in that order."""
