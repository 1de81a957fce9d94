"""What the rules say in numbers, worked out by hand."""

import pytest

from tests.rules.asking import ask, codes, net


def said(text, code, **settings):
    (finding,) = ask(text, code, **settings)
    return " | ".join([finding.problem.message(), *finding.all_help()])


def conv(out, k, **more):
    fields = "".join(f", {name}: {value}" for name, value in more.items())
    return f"conv2d: {{out_channels: {out}, kernel_size: {k}{fields}}}"


def test_dropped_rows_and_columns():
    # ⌊(25 − 2)/2⌋ + 1 = 12 windows end at place 24, so 1 row and 1 column are left: 25·25 − 24·24 = 49
    text = said(net("max_pool2d: {kernel_size: 2}", shape="[4, 25, 25]"), "window-drops-places")
    assert "the last row (bottom) and the last column (right) of 25×25: 49 values" in text
    assert "24×24 or 26×26" in text


def test_dropped_columns_alone():
    # 30 = 10·3 rows come out even; of 32 columns 2 are left: 30·2 = 60
    text = said(net("max_pool2d: {kernel_size: 3}", shape="[1, 30, 32]"), "window-drops-places")
    assert "the last 2 columns (right) of 30×32: 60 values" in text
    assert "30×30 or 30×33" in text


def test_padding_that_is_dropped_is_no_loss():
    # (224 + 6 − 7) = 223 = 2·111 + 1: one of the 3 places of padding behind is left, no place of the map
    assert ask(net(conv(64, 7, stride=2, padding=3), shape="[3, 224, 224]"), "window-drops-places") == []


def test_a_partly_filled_window_drops_nothing():
    assert ask(net("max_pool2d: {kernel_size: 2, ceil_mode: true}", shape="[4, 25, 25]"), "window-drops-places") == []


def test_dropped_in_one_and_in_three_dimensions():
    one = said(net("max_pool1d: {kernel_size: 4}", shape="[8, 10]"), "window-drops-places")
    assert "the last 2 places of the length of 10: 2 values" in one
    three = said(net("max_pool3d: {kernel_size: 2}", shape="[8, 5, 4, 4]"), "window-drops-places")
    assert "the last place of the depth of 5×4×4: 16 values" in three


def test_a_kernel_that_covers_more_than_there_is():
    text = said(net(conv(8, 3, padding=2, dilation=2), shape="[8, 4, 4]"), "kernel-larger-than-input")
    assert "5×5 places, but the map under it has only 4×4" in text


def test_weights_that_meet_only_padding():
    # over 2 places with padding 2, taps 1, 2 and 3 of 5 ever stand on the map: 3·3 of 5·5
    text = said(net(conv(8, 5, padding=2), shape="[8, 2, 2]"), "weights-meet-only-padding")
    assert f"{8 * 8 * 25 - 8 * 8 * 9:,} of {8 * 8 * 25:,} weights" in text
    assert "3×3 of the 5×5 kernel" in text
    assert f"{8 * 8 * 9} weights" in text


def test_windows_in_the_padding():
    # 8 + 2 = 10 outputs a side, 8 of them over the map
    text = said(net(conv(4, 1, padding=1), shape="[3, 8, 8]"), "padding-reaches-kernel")
    assert f"{10 * 10 - 8 * 8} of 100 outputs" in text
    assert "padding: 0 keeps" in text


def test_windows_in_wide_padding_with_a_stride():
    # padding 4, kernel 3, stride 2, 5 places: windows start at −4, −2, 0, 2, 4, 6; only −4 and 6 miss 0 … 4
    text = said(net(conv(1, 3, padding=4, stride=2), shape="[1, 5, 5]"), "padding-reaches-kernel")
    assert f"{6 * 6 - 4 * 4} of 36 outputs" in text


def test_what_an_unused_layer_costs():
    layers = [conv(4, 3, name="a"), conv(8, 1, name="b"), conv(2, 1, name="c", **{"from": "a"})]
    text = said(net(*layers, more="outputs: c"), "unused-layer")
    assert "nobody uses b" in text
    assert f"1 layer is of no use: {4 * 8 + 8} parameters, {30 * 30 * 8 * 4:,} multiplications" in text


def test_a_chain_that_leads_nowhere_is_said_once():
    layers = [conv(4, 3, name="a"), conv(8, 1, name="b"), "relu: {name: r}", conv(2, 1, name="c", **{"from": "a"})]
    text = said(net(*layers, more="outputs: c"), "unused-layer")
    assert "nobody uses r" in text
    assert "2 layers are of no use" in text


def test_biases_that_are_undone():
    text = said(net(conv(16, 3, padding=1), "batch_norm2d", "relu"), "bias-before-norm")
    assert "undoes the 16 biases" in text
    assert f"saves 16 parameters and {16 * 32 * 32:,} additions" in text


def test_biases_along_another_axis_stay():
    text = net("linear: {out_features: 8, in_features: 5}", "batch_norm1d", "relu", shape="[4, 5]")
    assert ask(text, "bias-before-norm") == []


def test_two_kernels_in_one():
    # 3 + (3 − 1)·1 = 5; 8·16·9 + 16·16·9 = 3,456 against 8·16·25 = 3,200
    text = said(net(conv(16, 3), conv(16, 3), "relu", shape="[8, 32, 32]"), "collapsing-layers")
    assert "one 5×5 convolution" in text
    assert f"{8 * 16 * 25:,} weights instead of 1,152 + 2,304 = 3,456, 256 fewer" in text


def test_two_kernels_in_one_behind_a_stride():
    # 3 + (3 − 1)·2 = 7
    text = said(net(conv(16, 3, stride=2), "batch_norm2d", conv(16, 3), "relu"), "collapsing-layers")
    assert "one 7×7 convolution" in text


def test_a_larger_kernel_that_would_cost_more_is_said_so():
    text = said(net(conv(16, 3), conv(16, 3), "relu", shape="[16, 32, 32]"), "collapsing-layers")
    assert f"would have {16 * 16 * 25:,} weights, these have 2,304 + 2,304 = 4,608" in text


def test_two_fully_connected_layers_in_one():
    text = said(
        net("relu", "linear: {out_features: 50}", "linear: {out_features: 10}", shape="20"), "collapsing-layers"
    )
    assert "one fully connected layer" in text
    assert f"{20 * 10} weights instead of 1,000 + 500 = 1,500, 1,300 fewer" in text


@pytest.mark.parametrize(
    "layers",
    [
        ["linear: {out_features: 2}", "linear: {out_features: 10}"],  # narrow between 20 and 10
        ["linear: {out_features: 50}", "relu", "linear: {out_features: 10}"],
        ["linear: {out_features: 50}", "dropout", "relu", "linear: {out_features: 10}"],
    ],
)
def test_pairs_that_are_meant_to_be_two(layers):
    assert ask(net("relu", *layers, shape="20"), "collapsing-layers") == []


def test_one_by_k_with_k_by_one_is_meant():
    assert ask(net(conv(8, "[1, 7]"), conv(8, "[7, 1]"), "relu", shape="[8, 32, 32]"), "collapsing-layers") == []


def test_a_layer_that_two_others_use_is_not_collapsed():
    layers = [conv(8, 3, name="a"), conv(8, 3, padding=1), "add: {from: [a, conv2d_1]}", "relu"]
    assert ask(net(*layers), "collapsing-layers") == []


def test_an_activation_twice_through_a_pooling():
    text = net(conv(4, 3), "relu", "max_pool2d: {kernel_size: 2}", "relu")
    assert "relu_1 has done this already" in said(text, "activation-twice")
    assert f"{4 * 15 * 15} operations fewer" in said(text, "activation-twice")


def test_an_activation_behind_an_average_is_no_second_one():
    assert ask(net(conv(4, 3), "tanh", "avg_pool2d: {kernel_size: 2}", "tanh"), "activation-twice") == []


def test_two_different_activations():
    assert "behind the activation relu_1" in said(net(conv(4, 3), "relu", "tanh"), "activation-twice")


def test_a_quarter_behind_the_pooling():
    text = said(net(conv(16, 3, padding=1), "relu", "max_pool2d: {kernel_size: 2}"), "activation-before-max-pool")
    assert f"{16 * 16 * 16:,} operations instead of {16 * 32 * 32:,}" in text


def test_what_is_not_monotone_stays_in_front():
    assert ask(net(conv(16, 3), "gelu", "max_pool2d: {kernel_size: 2}"), "activation-before-max-pool") == []


def test_probabilities_of_probabilities():
    # e/(e + 9) = 0.2320
    text = said(net("linear: {out_features: 10}", "softmax", "softmax", shape="5"), "softmax-twice")
    assert "none of 10 can get above 23.2 %" in text


def test_softmax_over_a_map_of_one_channel():
    assert codes(ask(net(conv(1, 3), "softmax"), "softmax-over-one-value")) == ["softmax-over-one-value"]
    assert ask(net(conv(1, 3), "softmax: {dim: 2}"), "softmax-over-one-value") == []


@pytest.mark.parametrize("loss", ["cross_entropy", "CrossEntropyLoss", "cross-entropy"])
def test_a_loss_that_makes_the_probabilities_itself(loss):
    text = net("linear: {out_features: 10}", "softmax", shape="5", more=f"about: {{loss: {loss}}}")
    assert f"the loss {loss} takes scores" in said(text, "softmax-before-loss")


@pytest.mark.parametrize("loss", ["nll_loss", "categorical_crossentropy", "mse_loss"])
def test_a_loss_that_does_not(loss):
    text = net("linear: {out_features: 10}", "softmax", shape="5", more=f"about: {{loss: {loss}}}")
    assert ask(text, "softmax-before-loss") == []


def test_a_sigmoid_before_its_loss():
    text = net("linear: {out_features: 1}", "sigmoid", shape="5", more="about: {loss: BCEWithLogitsLoss}")
    assert codes(ask(text, "softmax-before-loss")) == ["softmax-before-loss"]
    text = net("linear: {out_features: 1}", "sigmoid", shape="5", more="about: {loss: cross_entropy}")
    assert ask(text, "softmax-before-loss") == []


def test_attention_weighs_by_a_product():
    layers = ["softmax: {dim: 2, name: a}", "mul: {from: [a, input]}", conv(4, 3)]
    assert ask(net(*layers), "softmax-not-last") == []


def test_the_variance_that_dropout_adds():
    # 1/(1 − 0.2) = 1.25
    layers = ["linear: {out_features: 8}", "relu", "dropout: {p: 0.2}", "batch_norm1d", "linear: {out_features: 2}"]
    assert "1.25 times" in said(net(*layers, shape="5"), "dropout-before-norm")


def test_most_parameters_in_one_layer():
    # 64·8·8·100 + 100 = 409,700 of these and 3·64·9 + 64 = 1,792: 99 %; averaged 64·100 + 100 = 6,500
    layers = [conv(64, 3, padding=1), "relu", "max_pool2d: {kernel_size: 4}", "flatten", "linear: {out_features: 100}"]
    text = said(net(*layers), "dominant-linear")
    assert "409,700 of 411,492 parameters, 99 %" in text
    assert "each 8×8 map instead of its 64 values it would hold 6,500, and the network 8,292" in text


def test_a_perceptron_has_no_map_to_average():
    layers = ["flatten", "linear: {out_features: 100}"]
    assert ask(net(*layers), "dominant-linear") == []


def test_the_field_against_what_is_to_be_seen():
    layers = [conv(4, 3), "relu", "global_avg_pool"]
    assert "see 3×3 places of the input, less than the 16×16" in said(net(*layers), "field-too-small")
    assert "less than the 5×5" in said(net(*layers), "field-too-small", object_size=5)
    assert ask(net(*layers), "field-too-small", object_size=3) == []


def test_a_largest_value_need_not_have_seen_all():
    assert ask(net(conv(4, 3), "relu", "global_max_pool"), "field-too-small") == []


def test_holes_of_the_grid():
    # two 3×3 with dilation 2 reach 1 + 2·(2·2) = 9 places and look at 1 + 2·2 = 5
    text = said(net(conv(4, 3, dilation=2), "relu", conv(4, 3, dilation=2)), "gridding")
    assert "dilations 2, 2: of 9×9 places only 5×5" in text
    assert "dilation: 1 in conv2d_1 closes the holes" in text


def test_dilations_without_a_common_divisor():
    assert ask(net(conv(4, 3, dilation=2), "relu", conv(4, 3, dilation=3)), "gridding") == []


def test_dilations_with_a_common_divisor():
    # 2 and 4: 1 + 4 + 8 = 13 places, of which every second one: 7; with 1 and 4, taps 0–2, 4–6, 8–10 leave holes
    text = said(net(conv(4, 3, dilation=2), "relu", conv(4, 3, dilation=4)), "gridding")
    assert "dilations 2, 4: of 13×13 places only 7×7" in text
    assert "such as 1, 2, 3" in text


def test_a_chequered_output():
    up = "conv_transpose2d: {out_channels: 8, kernel_size: 5, stride: 2}"
    # along an axis 2 or 3 taps: 4 to 9 products
    assert "sums of 4 to 9 products" in said(net(up), "checkerboard")
    assert "a kernel of 6×6" in said(net(up), "checkerboard")


def test_a_kernel_without_a_middle():
    assert "adds 1 before and 2 behind for a kernel of 4×4" in said(
        net(conv(8, 4, padding="same")), "same-with-even-kernel"
    )
    # d(k − 1) + 1 = 2·3 + 1 = 7 has a middle
    assert ask(net(conv(8, 4, padding="same", dilation=2)), "same-with-even-kernel") == []


def test_uneven_zeros_that_come_of_a_stride_are_not_the_kernels_doing():
    text = net(conv(8, 3, padding="same", stride=2), more="semantics: keras")
    # (16 − 1)·2 + 3 − 32 = 1: none before, one behind
    assert ask(text, "same-with-even-kernel") == []


def test_channels_of_the_hardware():
    text = net(conv(30, 3), "relu", conv(20, 3))
    assert "30 channels are no multiple of 8 | 32 channels" in said(text, "unsuited-channels")
    assert ask(text, "unsuited-channels", channel_multiple=10) == []


def test_a_bottleneck_that_widens():
    # 128·128·9 = 147,456 against 64·64·9 = 36,864
    text = said(net(conv(128, 1), "relu", conv(128, 3), "relu", conv(64, 1), shape="[64, 32, 32]"), "wide-bottleneck")
    assert "128 channels inside, 64 arrive" in text
    assert "147,456 weights; with 64 channels it would have 36,864" in text


def test_a_depthwise_kernel_inside_may_be_wide():
    layers = [conv(128, 1), "relu", conv(128, 3, groups=128), "relu", conv(64, 1)]
    assert ask(net(*layers, shape="[64, 32, 32]"), "wide-bottleneck") == []


def test_weights_behind_a_collapsed_map():
    # 8·16·9 = 1,152 weights, of which 8·16 meet the one place
    layers = [conv(8, 3), "max_pool2d: {kernel_size: 30}", conv(16, 3, padding=1), "relu"]
    text = said(net(*layers), "collapsed-map")
    assert "8×30×30 becomes a single place here, and 1 convolution" in text
    assert "1,024 of their 1,152 weights" in text


def test_a_gate_of_one_place_is_no_collapse():
    layers = [
        "global_avg_pool: {keepdim: true}",
        conv(4, 1),
        "relu",
        conv(3, 1),
        "sigmoid",
        "mul: {from: [input, sigmoid_1]}",
    ]
    assert ask(net(*layers), "collapsed-map") == []


def test_places_that_are_stepped_over():
    # of 32 places a side 16 are looked at
    text = said(net(conv(8, 3, padding=1), "relu", conv(8, 1, stride=2)), "stride-skips-places")
    assert f"{16 * 16} of 1,024 places" in text


def test_a_shortcut_whose_other_path_sees_the_rest():
    layers = [conv(8, 3, padding=1), "relu: {name: r}", conv(8, 3, stride=2, padding=1, name="a")]
    layers += [conv(8, 1, stride=2, name="b", **{"from": "r"}), "add: {from: [a, b]}"]
    assert ask(net(*layers), "stride-skips-places") == []


def test_copies_of_an_adaptive_pooling():
    text = said(net("adaptive_avg_pool2d: {output_size: 7}", shape="[8, 1, 1]"), "adaptive-pool-enlarges")
    assert "48 of 49 values are copies" in text


def test_padding_that_forgot_the_dilation():
    # 32 + 2 − 5 + 1 = 30; 2·(3 − 1)/2 = 2 would keep it
    text = said(net(conv(8, 3, padding=1, dilation=2)), "padding-ignores-dilation")
    assert "shrinks 32×32 to 30×30" in text
    assert "padding: 2 keeps" in text


@pytest.mark.parametrize(
    ("name", "layer", "found"),
    [
        ("pool1", conv(8, 3, name="pool1"), True),
        ("conv1", conv(8, 3, name="conv1"), False),
        ("fc6", conv(8, 3, name="fc6"), False),
        ("conv2_1", "max_pool2d: {kernel_size: 2, name: conv2_1}", True),
        ("Conv_3", "relu: {name: Conv_3}", True),
        ("pooling_features", conv(8, 3, name="pooling_features"), False),
        ("stem", conv(8, 3, name="stem"), False),
        ("bn2a", "relu: {name: bn2a}", True),
    ],
)
def test_names(name, layer, found):
    assert bool(ask(net(layer), "name-unlike-kind")) is found, name


def test_the_stem_of_a_large_network_on_a_small_input():
    layers = [
        conv(8, 7, stride=2, padding=3),
        "relu",
        "max_pool2d: {kernel_size: 3, stride: 2, padding: 1}",
        conv(8, 3),
    ]
    assert "of 32×32 only 8×8 is left before conv2d_2" in said(net(*layers), "early-downsampling")
    assert ask(net(*layers, shape="[3, 224, 224]"), "early-downsampling") == []


def test_groups_that_stay_apart():
    text = said(net(conv(32, 3, groups=4), "relu", conv(32, 3, groups=4), shape="[16, 32, 32]"), "groups-never-mix")
    assert "none sees more than 8 channels" in text


def test_depthwise_with_its_partner_further_down():
    layers = [conv(3, 3, groups=3), "relu", "max_pool2d: {kernel_size: 2}", "flatten", "linear: {out_features: 4}"]
    assert ask(net(*layers), "depthwise-alone") == []


def test_a_field_far_beyond():
    # 9 convolutions of 5×5 over 2 places see 1 + 9·4 = 37; the eighth is the first above 16·2 = 32
    text = said(net(*[conv(3, 5, padding=2)] * 9, shape="[3, 2, 2]"), "field-far-beyond-input")
    assert "from here on a unit's field is 33×33, but the input is only 2×2" in text
    assert "1 window behind it" in text
