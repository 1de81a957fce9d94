"""The rules and the kinds that rearrange, attend, remember and normalise, in sound networks and in others."""

import pytest

from tests.rules.asking import ask, codes, net

VIT = net(
    "conv2d: {out_channels: 192, kernel_size: 16, stride: 16}",
    "flatten: {start_dim: 2}",
    "permute: {dims: [2, 1]}",
    "class_token",
    "position_table",
    "dropout: {p: 0.1, name: patches}",
    "layer_norm",
    "multihead_attention: {num_heads: 3}",
    "dropout: {p: 0.1, name: seen}",
    "add: {from: [seen, patches], name: attended}",
    "layer_norm",
    "linear: {out_features: 768, in_features: 192}",
    "gelu",
    "dropout: {p: 0.1}",
    "linear: {out_features: 192, in_features: 768}",
    "dropout: {p: 0.1, name: path}",
    "add: {from: [path, attended]}",
    "layer_norm",
    "slice: {dim: 1, start: 0, end: 1}",
    "squeeze: {dim: 1}",
    "linear: {out_features: 10}",
    shape="[3, 224, 224]",
)

CONVNEXT_BLOCK = net(
    "conv2d: {from: input, out_channels: 96, kernel_size: 7, padding: 3, groups: 96}",
    "permute: {dims: [0, 2, 3, 1]}",
    "layer_norm",
    "linear: {out_features: 384, in_features: 96}",
    "gelu",
    "linear: {out_features: 96, in_features: 384}",
    "permute: {dims: [0, 3, 1, 2]}",
    "layer_scale",
    "stochastic_depth: {p: 0.1}",
    "add: {from: [stochastic_depth_1, input]}",
    shape="[96, 56, 56]",
)

UNET = net(
    "conv2d: {out_channels: 16, kernel_size: 3, padding: 1, bias: false}",
    "batch_norm2d",
    "relu: {name: left}",
    "max_pool2d: {kernel_size: 2}",
    "conv2d: {out_channels: 32, kernel_size: 3, padding: 1, bias: false}",
    "batch_norm2d",
    "relu: {name: middle}",
    "max_pool2d: {kernel_size: 2}",
    "conv2d: {out_channels: 64, kernel_size: 3, padding: 1, bias: false}",
    "batch_norm2d",
    "relu",
    "upsample: {scale_factor: 2, mode: bilinear}",
    "conv2d: {out_channels: 32, kernel_size: 3, padding: 1, name: up}",
    "concat: {from: [middle, up]}",
    "conv2d: {out_channels: 32, kernel_size: 3, padding: 1}",
    "relu",
    "upsample: {scale_factor: 2}",
    "conv2d: {out_channels: 16, kernel_size: 3, padding: 1, name: top}",
    "concat: {from: [left, top]}",
    "conv2d: {out_channels: 16, kernel_size: 3, padding: 1}",
    "relu",
    "conv2d: {out_channels: 2, kernel_size: 1}",
    "log_softmax",
    shape="[3, 64, 64]",
    more="about: {loss: cross_entropy}",
)

CRNN = net(
    "conv2d: {out_channels: 32, kernel_size: 3, padding: 1}",
    "relu",
    "max_pool2d: {kernel_size: 2}",
    "conv2d: {out_channels: 64, kernel_size: 3, padding: 1}",
    "relu",
    "max_pool2d: {kernel_size: [2, 1]}",
    "permute: {dims: [3, 1, 2]}",
    "flatten: {start_dim: 2}",
    "dropout: {p: 0.2}",
    "lstm: {hidden_size: 128, bidirectional: true}",
    "dropout: {p: 0.2}",
    "linear: {out_features: 37, in_features: 256}",
    "log_softmax: {dim: -1}",
    shape="[1, 32, 100]",
)

CNN_AND_LSTM_LAST = net(
    "conv1d: {out_channels: 32, kernel_size: 5}",
    "relu",
    "max_pool1d: {kernel_size: 2}",
    "permute: {dims: [2, 1]}",
    "dropout: {p: 0.5}",
    "lstm: {hidden_size: 64}",
    shape="[6, 124]",
)

SUPER_RESOLUTION = net(
    "conv2d: {out_channels: 64, kernel_size: 5, padding: 2}",
    "relu",
    "conv2d: {out_channels: 256, kernel_size: 3, padding: 1}",
    "pixel_shuffle: {upscale_factor: 2}",
    "conv2d: {out_channels: 256, kernel_size: 3, padding: 1}",
    "pixel_shuffle: {upscale_factor: 2}",
    "conv2d: {out_channels: 3, kernel_size: 3, padding: 1}",
    shape="[3, 48, 48]",
)

SHUFFLE_UNIT = net(
    "conv2d: {from: input, out_channels: 60, kernel_size: 1, groups: 3, bias: false}",
    "batch_norm2d",
    "relu",
    "channel_shuffle: {groups: 3}",
    "conv2d: {out_channels: 60, kernel_size: 3, padding: 1, groups: 60, bias: false}",
    "batch_norm2d",
    "conv2d: {out_channels: 240, kernel_size: 1, groups: 3, bias: false}",
    "batch_norm2d",
    "add: {from: [batch_norm2d_3, input]}",
    "relu",
    shape="[240, 28, 28]",
)

GENERATOR = net(
    "linear: {out_features: 4096}",
    "unflatten: {dim: 1, unflattened_size: [256, 4, 4]}",
    "batch_norm2d",
    "relu",
    "conv_transpose2d: {out_channels: 128, kernel_size: 4, stride: 2, padding: 1, bias: false}",
    "batch_norm2d",
    "relu",
    "conv_transpose2d: {out_channels: 3, kernel_size: 4, stride: 2, padding: 1}",
    "tanh",
    shape="[100]",
)

EFFICIENT_CHANNEL_ATTENTION = net(
    "conv2d: {out_channels: 32, kernel_size: 3, padding: 1}",
    "relu: {name: map}",
    "mean: {dim: [2, 3]}",
    "unsqueeze: {dim: 1}",
    "conv1d: {out_channels: 1, kernel_size: 3, padding: 1}",
    "sigmoid",
    "reshape: {shape: [32, 1, 1]}",
    "mul: {from: [map, reshape_1]}",
    "conv2d: {out_channels: 32, kernel_size: 3, padding: 1}",
    "relu",
    shape="[3, 32, 32]",
)

SWIN_BLOCK = net(
    "layer_norm: {from: input}",
    "roll: {shifts: [-3, -3], dims: [1, 2]}",
    "window_partition: {window_size: 7}",
    "multihead_attention: {num_heads: 3, relative_positions: 7}",
    "window_reverse: {window_size: 7}",
    "roll: {shifts: [3, 3], dims: [1, 2]}",
    "stochastic_depth: {p: 0.1}",
    "add: {from: [stochastic_depth_1, input], name: attended}",
    "layer_norm",
    "linear: {out_features: 384, in_features: 96}",
    "gelu",
    "linear: {out_features: 96, in_features: 384}",
    "stochastic_depth: {p: 0.1}",
    "add: {from: [stochastic_depth_2, attended]}",
    shape="[56, 56, 96]",
)

SPLIT_AND_JOINED = net(
    "conv2d: {out_channels: 32, kernel_size: 3, padding: 1}",
    "relu",
    "chunk: {chunks: 2, name: halves}",
    "conv2d: {out_channels: 16, kernel_size: 1, from: 'halves:1'}",
    "relu: {name: path}",
    "concat: {from: ['halves:0', path]}",
    "channel_shuffle: {groups: 2}",
    "conv2d: {out_channels: 32, kernel_size: 1}",
    "relu",
    shape="[3, 32, 32]",
)

STYLE = net(
    "reflection_pad2d: {padding: 4}",
    "conv2d: {out_channels: 32, kernel_size: 9, bias: false}",
    "instance_norm2d: {affine: true}",
    "relu",
    "upsample: {scale_factor: 2}",
    "reflection_pad2d: {padding: 1}",
    "conv2d: {out_channels: 16, kernel_size: 3, bias: false}",
    "instance_norm2d: {affine: true}",
    "relu",
    "reflection_pad2d: {padding: 4}",
    "conv2d: {out_channels: 3, kernel_size: 9}",
    shape="[3, 64, 64]",
)

SOUND = {
    "ViT": VIT,
    "ConvNeXt block": CONVNEXT_BLOCK,
    "U-Net": UNET,
    "LSTM over CNN features": CRNN,
    "LSTM at the end": CNN_AND_LSTM_LAST,
    "super-resolution": SUPER_RESOLUTION,
    "ShuffleNet unit": SHUFFLE_UNIT,
    "generator": GENERATOR,
    "ECA": EFFICIENT_CHANNEL_ATTENTION,
    "Swin block": SWIN_BLOCK,
    "split and joined": SPLIT_AND_JOINED,
    "style transfer": STYLE,
}


@pytest.mark.parametrize("name", SOUND)
def test_a_sound_network_stays_silent(name):
    found = ask(SOUND[name], "default")
    assert [(one.code, one.problem.message()) for one in found] == []


CONV = "conv2d: {out_channels: 8, kernel_size: 3}"
LOGITS = "linear: {out_features: 10}"

FOUND = {
    "a padding layer hides no missing activation": (
        net(CONV, "zero_pad2d: {padding: 1}", CONV, "relu"),
        ["collapsing-layers"],
    ),
    "a learned scale neither": (net(CONV, "layer_scale", CONV, "relu"), ["collapsing-layers"]),
    "a path that is left out at random neither": (
        net(CONV, "stochastic_depth: {p: 0.1}", CONV, "relu"),
        ["collapsing-layers"],
    ),
    "a change of shape in front of a fully connected layer neither": (
        net("conv2d: {out_channels: 64, kernel_size: 32}", "reshape: {shape: -1}", LOGITS, "softmax", "identity"),
        ["collapsing-layers"],
    ),
    "two layers over each row": (
        net(*["linear: {out_features: 64, in_features: 64}"] * 2, "gelu", shape="[16, 64]"),
        ["collapsing-layers"],
    ),
    "nothing non-linear among moved and enlarged maps": (
        net(
            CONV, "upsample: {scale_factor: 2, mode: bilinear}", CONV, "mean: {dim: [2, 3]}", LOGITS, shape="[3, 4, 4]"
        ),
        ["no-nonlinearity"],
    ),
    "a bias before instance norm": (net(CONV, "instance_norm2d", "relu"), ["bias-before-norm"]),
    "a bias before a group norm of single channels": (
        net(CONV, "group_norm: {num_groups: 8}", "relu"),
        ["bias-before-norm"],
    ),
    "a bias before a layer norm over whole maps": (
        net(CONV, "layer_norm: {normalized_shape: [30, 30]}", "relu"),
        ["bias-before-norm"],
    ),
    "a layer norm twice": (net(CONV, "layer_norm2d", "layer_norm2d", "relu"), ["norm-twice"]),
    "an RMS norm twice": (net("rms_norm", "rms_norm", shape="[16, 64]"), ["norm-twice"]),
    "the same activation behind a change of shape": (
        net(CONV, "relu", "permute: {dims: [2, 3, 1]}", "relu"),
        ["activation-twice"],
    ),
    "the same activation behind copied places": (
        net(CONV, "relu", "reflection_pad2d: {padding: 1}", "relu"),
        ["activation-twice"],
    ),
    "two new activations": (net(CONV, "celu", "tanhshrink"), ["activation-twice"]),
    "an activation before log softmax": (
        net(LOGITS, "relu", "log_softmax", shape="[64]"),
        ["activation-before-softmax"],
    ),
    "softmin behind softmax": (net(LOGITS, "softmax", "softmin", shape="[64]"), ["softmax-twice"]),
    "log softmax behind softmax": (net(LOGITS, "softmax", "log_softmax", shape="[64]"), ["softmax-twice"]),
    "softmax twice behind a change of shape": (
        net(LOGITS, "softmax", "unsqueeze: {dim: 1}", "softmax: {dim: 2}", shape="[64]"),
        ["softmax-twice"],
    ),
    "log softmax inside": (net(LOGITS, "log_softmax", LOGITS, shape="[64]"), ["softmax-not-last"]),
    "log softmax over one value": (
        net("linear: {out_features: 1}", "log_softmax", shape="[64]"),
        ["softmax-over-one-value"],
    ),
    "softmax in front of an LSTM": (
        net("softmax: {dim: -1}", "lstm: {hidden_size: 8}", shape="[16, 64]"),
        ["softmax-not-last"],
    ),
    "a sigmoid in front of an attention": (
        net("sigmoid", "multihead_attention: {num_heads: 4}", shape="[16, 64]"),
        ["sigmoid-inside"],
    ),
    "a path that is always left out": (
        net(LOGITS, "relu", "stochastic_depth: {p: 1.0}", LOGITS, shape="[64]"),
        ["drops-everything"],
    ),
    "an alpha dropout that drops nothing": (
        net(LOGITS, "selu", "alpha_dropout: {p: 0.0}", LOGITS, shape="[64]"),
        ["drops-nothing"],
    ),
    "dropout behind an LSTM": (
        net("lstm: {hidden_size: 8}", "dropout: {p: 0.5}", shape="[16, 64]"),
        ["dropout-last"],
    ),
    "a depthwise convolution that is only scaled and moved": (
        net(
            "conv2d: {out_channels: 8, kernel_size: 3, groups: 8}",
            "relu",
            "layer_scale",
            "zero_pad2d: {padding: 1}",
            shape="[8, 16, 16]",
        ),
        ["depthwise-alone"],
    ),
    "groups that are not shuffled": (
        net(
            *["conv2d: {out_channels: 8, kernel_size: 3, groups: 2}", "relu"] * 2,
            "conv2d: {out_channels: 4, kernel_size: 1}",
            shape="[8, 16, 16]",
        ),
        ["groups-never-mix"],
    ),
    "a reshape of a list to a list": (net("reshape: {shape: [64]}", LOGITS, shape="[64]"), ["flatten-of-a-list"]),
    "a squeeze of a list": (net("squeeze", LOGITS, shape="[64]"), ["flatten-of-a-list"]),
    "a map less itself": (
        net("relu: {name: a}", "sub: {from: [a, a]}", CONV),
        ["merge-of-the-same"],
    ),
    "one part twice": (
        net(
            "split: {split_size: 2, name: parts}",
            "concat: {from: ['parts:1', 'parts:1', 'parts:0']}",
            CONV,
            shape="[4, 8, 8]",
        ),
        ["merge-of-the-same"],
    ),
    "a recurrent layer that nobody uses": (
        net(
            "lstm: {hidden_size: 8, name: a}",
            "gru: {hidden_size: 8, from: input, name: b}",
            shape="[16, 64]",
            more="outputs: b",
        ),
        ["unused-layer"],
    ),
    "an attention with a name that misleads": (
        net("multihead_attention: {num_heads: 4, name: pool1}", shape="[16, 64]"),
        ["name-unlike-kind"],
    ),
}


@pytest.mark.parametrize("name", FOUND)
def test_what_is_wrong_is_found(name):
    text, expected = FOUND[name]
    assert codes(ask(text, "default")) == expected


SILENT = {
    "an enlargement between convolutions": net(CONV, "upsample: {scale_factor: 2}", CONV, "relu"),
    "a permutation between convolutions": net(
        CONV, "permute: {dims: [2, 3, 1]}", "conv2d: {out_channels: 8, kernel_size: 3}", "relu"
    ),
    "a table of positions between two layers over rows": net(
        "linear: {out_features: 64, in_features: 64}",
        "position_table",
        "linear: {out_features: 64, in_features: 64}",
        "gelu",
        shape="[16, 64]",
    ),
    "a bias before layer norm over channels": net(CONV, "layer_norm2d", "relu"),
    "a bias before group norm": net(CONV, "group_norm: {num_groups: 2}", "relu"),
    "a bias before RMS norm": net(LOGITS, "rms_norm", shape="[64]"),
    "a bias of each feature before a norm over features": net(
        "linear: {out_features: 64, in_features: 64}", "layer_norm", "relu", shape="[16, 64]"
    ),
    "two learned scales": net("layer_scale", "layer_scale", CONV),
    "dropout before a norm that learns no statistics": net(
        "dropout: {p: 0.5}", "layer_norm", "multihead_attention: {num_heads: 4}", shape="[16, 64]"
    ),
    "dropout before instance norm": net("dropout2d: {p: 0.5}", "instance_norm2d", CONV),
    "alpha dropout, which keeps the variance": net(
        "conv1d: {out_channels: 8, kernel_size: 3, bias: false}",
        "alpha_dropout: {p: 0.1}",
        "batch_norm1d",
        "selu",
        "conv1d: {out_channels: 8, kernel_size: 1}",
        shape="[4, 16]",
    ),
    "dropout on a path that is added": net(
        "linear: {out_features: 64, from: input}", "dropout: {p: 0.5}", "add: {from: [dropout_1, input]}", shape="[64]"
    ),
    "log softmax for a loss that compares scores": net(
        LOGITS, "log_softmax", shape="[64]", more="about: {loss: cross_entropy}"
    ),
    "softmax of a log softmax, which is the softmax": net(LOGITS, "log_softmax", "softmax", shape="[64]"),
    "softmax along one axis and then the other": net("softmax: {dim: 1}", "softmax: {dim: 2}", shape="[8, 16]"),
    "softmax along two axes of a turned map": net("softmax", "permute: {dims: [2, 1]}", "softmax", shape="[8, 8]"),
    "a square": net("mul: {from: [input, input]}", CONV),
    "a mean over the channels": net(CONV, "relu", "mean: {dim: 1}", shape="[3, 8, 64]"),
    "a pooling of powers over one place": net(CONV, "lp_pool2d: {norm_type: 2, kernel_size: 1}"),
    "an activation behind a pooling of powers": net(CONV, "lp_pool2d: {norm_type: 2, kernel_size: 2}", "sigmoid"),
    "the same activation behind an enlargement that overshoots": net(
        CONV, "relu", "upsample: {scale_factor: 2, mode: bicubic}", "relu"
    ),
    "the same activation behind a padding of its own value": net(
        CONV, "relu", "constant_pad2d: {padding: 1, value: -1}", "relu"
    ),
    "a shuffle between groups": net(
        "conv2d: {out_channels: 8, kernel_size: 3, groups: 2}",
        "relu",
        "channel_shuffle: {groups: 2}",
        "conv2d: {out_channels: 8, kernel_size: 3, groups: 2}",
        "relu",
        "conv2d: {out_channels: 4, kernel_size: 1}",
        shape="[8, 16, 16]",
    ),
    "dilated convolutions with an attention between them": net(
        "conv1d: {out_channels: 8, kernel_size: 3, padding: 2, dilation: 2}",
        "multihead_attention: {num_heads: 4}",
        "conv1d: {out_channels: 8, kernel_size: 3, padding: 2, dilation: 2}",
        "relu",
        shape="[8, 16]",
    ),
}


@pytest.mark.parametrize("name", SILENT)
def test_what_is_sound_is_not_found(name):
    assert codes(ask(SILENT[name], "default")) == []
