"""For each kind the layer or the function of PyTorch that it stands for."""

import functools
import math
import warnings

import torch
from torch import nn
from torch.nn import functional as F
from torch.utils.flop_counter import FlopCounterMode

from tests.kinds.cases import family

torch.set_num_threads(1)  # the numbers are few, and tests run side by side

BETWEEN = {"lp_pool": (0.1, 2), "div": (0.5, 2), "embedding": (0, 0.9)}
"""Where the random numbers lie, for kinds that cannot take all of them."""

ANY_SHAPE = {"window_reverse", "window_partition", "embedding", "fold"}
"""Kinds whose shapes are not changed into wrong ones: their peer here is no layer that refuses."""

MATRICES = {"conv", "conv_transpose", "linear", "matmul", "multihead_attention", "rnn", "lstm", "gru"}
"""Kinds whose MACs PyTorch's own counter knows."""


class Peer:
    """A function of tensors with a batch in front, and what it learns."""

    def __init__(self, call, module=None, learned=None, parameters=None, buffers=()):
        self.call, self.module = call, module
        self.learned = learned or {}
        own = list(module.parameters()) if module is not None else list(self.learned.values())
        self.parameters = own if parameters is None else parameters
        self.buffers = list(module.buffers()) if module is not None else list(buffers)

    def learn(self, tensors):
        """Give it these weights, by our names for them."""
        named = {**(dict(self.module.named_parameters()) if self.module is not None else {}), **self.learned}
        with torch.no_grad():
            for name, values in tensors.items():
                named[name].copy_(values.reshape(named[name].shape))


def run(peer, inputs):
    """The outputs for a batch of one, and the MACs where the counter knows them."""
    with torch.no_grad(), FlopCounterMode(display=False) as counter, warnings.catch_warnings():
        warnings.simplefilter("ignore")
        found = peer.call(*[one.unsqueeze(0) for one in inputs])
    outputs = list(found) if isinstance(found, (tuple, list)) else [found]
    return outputs, counter.get_total_flops() // 2 if peer.counted else None


def layer(module, call=None):
    module = module.double().eval()
    return Peer(call or module, module)


def norm(cls, kind, fields, inputs):
    fields = dict(fields)
    return layer(cls(fields.pop("normalized_shape", inputs[0][-1:]), **fields))


def layer_norm(kind, fields, inputs):
    if kind.name == "layer_norm2d":
        if len(inputs[0]) != 3:
            raise ValueError(inputs)
        module = nn.LayerNorm(inputs[0][0], **fields).double().eval()
        return Peer(lambda x: module(x.permute(0, 2, 3, 1)).permute(0, 3, 1, 2), module)
    return norm(nn.LayerNorm, kind, fields, inputs)


def rms_norm(kind, fields, inputs):
    # Left out, ε is the smallest step of the number type; ours is that of the usual 32-bit floats.
    return norm(nn.RMSNorm, kind, {"eps": 2.0**-23, **fields}, inputs)


def shifted(module, bias):
    """A normalisation, without its shift unless `bias`; not every version of PyTorch takes the word."""
    if not bias:
        module.register_parameter("bias", None)
    return layer(module)


def group_norm(kind, fields, inputs):
    bias, own = fields["bias"], {key: value for key, value in fields.items() if key != "bias"}
    return shifted(nn.GroupNorm(num_channels=inputs[0][0], **own), bias)


def instance_norm(kind, fields, inputs):
    if len(inputs[0]) != kind.rank + 1:
        raise ValueError(inputs)
    if fields["track_running_stats"]:
        fields = {**fields, "eps": 0}  # the variance of a fresh layer is 1, and ε changes no number here
    own = {key: value for key, value in fields.items() if key != "bias"}
    return shifted(getattr(nn, f"InstanceNorm{kind.rank}d")(inputs[0][0], **own), fields["bias"])


def permute(kind, fields, inputs):
    dims = list(fields["dims"])
    return Peer(lambda x: x.permute(*(dims if 0 in dims else [0, *dims])))


def upsample(kind, fields, inputs):
    fields = {key: tuple(one) if isinstance(one, list) else one for key, one in fields.items()}
    # The layer does not know `antialias`, the function does.
    return Peer(lambda x: F.interpolate(x, **fields))


def pad(kind, fields, inputs):
    if len(inputs[0]) != kind.rank + 1:
        raise ValueError(inputs)
    fields = dict(fields)
    padding = fields.pop("padding")
    name = family(kind).replace("_", " ").title().replace(" ", "")
    cls = getattr(nn, f"{name}{kind.rank}d")
    return layer(cls(tuple(padding) if isinstance(padding, list) else padding, **fields))


def slice_(kind, fields, inputs):
    cut = [slice(None)] * (len(inputs[0]) + 1)
    for dim, start, end in zip(fields["dim"], fields["start"], fields["end"], strict=True):
        cut[dim] = slice(start, end, fields["step"])
    return Peer(lambda x: x[tuple(cut)])


def axis_pad(kind, fields, inputs):
    axes = len(inputs[0])
    sides = dict.fromkeys(range(1, axes + 1), (0, 0))
    for number, dim in enumerate(fields["dim"]):
        before, after = ([one] if isinstance(one, int) else one for one in (fields["before"], fields["after"]))
        sides[dim] = (before[number % len(before)], after[number % len(after)])
    last_first = [places for dim in range(axes, 0, -1) for places in sides[dim]]
    return Peer(lambda x: F.pad(x, last_first, value=fields["value"]))


def broadcast(function):
    def made(kind, fields, inputs):
        if len({len(shape) for shape in inputs}) > 1:
            raise ValueError(inputs)
        return Peer(function)

    return made


def matmul(kind, fields, inputs):
    if len(inputs[0]) != len(inputs[1]) or len(inputs[0]) < 2:
        raise ValueError(inputs)
    return Peer(torch.matmul)


def layer_scale(kind, fields, inputs):
    dim = fields["dim"]
    scale = torch.ones(inputs[0][dim - 1], dtype=torch.float64)
    after = len(inputs[0]) - dim
    return Peer(lambda x: x * scale.reshape(-1, *[1] * after), learned={"weight": scale})


def class_token(kind, fields, inputs):
    token = torch.zeros(fields["tokens"], inputs[0][1], dtype=torch.float64)
    return Peer(lambda x: torch.cat([token.unsqueeze(0), x], 1), learned={"class_token": token})


def position_table(kind, fields, inputs):
    table = torch.zeros(inputs[0], dtype=torch.float64)
    return Peer(lambda x: x + table, learned={"bias": table})


def window_partition(kind, fields, inputs):
    w, (h, v, c) = fields["window_size"], inputs[0]

    def call(x):
        x = F.pad(x, (0, 0, 0, -v % w, 0, -h % w))
        down, across = x.shape[1] // w, x.shape[2] // w
        return x.view(1, down, w, across, w, c).permute(0, 1, 3, 2, 4, 5).reshape(1, down * across, w * w, c)

    return Peer(call)


def window_reverse(kind, fields, inputs):
    w, (h, v), c = fields["window_size"], fields["size"], inputs[0][2]
    down, across = -(-h // w), -(-v // w)

    def call(x):
        x = x.view(1, down, across, w, w, c).permute(0, 1, 3, 2, 4, 5).reshape(1, down * w, across * w, c)
        return x[:, :h, :v, :]

    return Peer(call)


def attention(kind, fields, inputs):
    fields = dict(fields)
    window = fields.pop("relative_positions", None)
    query, key, value = inputs[0], inputs[min(1, len(inputs) - 1)], inputs[-1]
    if any(len(shape) < 2 for shape in inputs) or query[:-2] != key[:-2] or key[:-2] != value[:-2]:
        raise ValueError(inputs)
    e, heads = query[-1], fields["num_heads"]
    module = nn.MultiheadAttention(e, kdim=key[-1], vdim=value[-1], batch_first=True, **fields).double().eval()
    table, buffers = None, []
    if window is not None:
        h, w = window
        table = torch.zeros((2 * h - 1) * (2 * w - 1), heads, dtype=torch.float64)
        at = torch.stack(torch.meshgrid(torch.arange(h), torch.arange(w), indexing="ij")).flatten(1)
        apart = (at[:, :, None] - at[:, None, :]).permute(1, 2, 0) + torch.tensor([h - 1, w - 1])
        index = apart[..., 0] * (2 * w - 1) + apart[..., 1]
        buffers = [index]

    def call(*arriving):
        three = (arriving[0], arriving[min(1, len(arriving) - 1)], arriving[-1])
        rows = [one.reshape(-1, *one.shape[-2:]) for one in three]
        mask = None
        if table is not None:
            length = index.shape[0]
            bias = table[index.view(-1)].view(length, length, heads).permute(2, 0, 1)
            mask = bias.repeat(rows[0].shape[0], 1, 1)
        found, _shares = module(*rows, attn_mask=mask, need_weights=True)
        return found.reshape(arriving[0].shape)

    peer = Peer(call, module)
    if table is not None:
        peer.parameters, peer.buffers = [*peer.parameters, table], buffers
    named = dict(module.named_parameters())
    if "in_proj_weight" in named:
        parts = named["in_proj_weight"].data.chunk(3)
    else:
        parts = [named[f"{letter}_proj_weight"].data for letter in "qkv"]
    peer.learned = dict(zip(("q_proj_weight", "k_proj_weight", "v_proj_weight"), parts, strict=True))
    if fields.get("add_bias_kv"):
        peer.learned |= {"key_behind": named["bias_k"].data, "value_behind": named["bias_v"].data}
    if table is not None:
        peer.learned["relative_position_bias"] = table
    return peer


def recurrent(kind, fields, inputs):
    if len(inputs[0]) != 2:
        raise ValueError(inputs)
    module = getattr(nn, kind.name.upper())(inputs[0][1], batch_first=True, **fields).double().eval()

    def call(x):
        out, last = module(x)
        kept = last if isinstance(last, tuple) else (last,)
        return (out, *[one.permute(1, 0, 2) for one in kept])

    return Peer(call, module)


def fold(kind, fields, inputs):
    if len(inputs[0]) != (2 if kind.name == "fold" else 3):
        raise ValueError(inputs)
    return layer((nn.Fold if kind.name == "fold" else nn.Unfold)(**fields))


def lp_pool(kind, fields, inputs):
    if len(inputs[0]) != kind.rank + 1:
        raise ValueError(inputs)
    sides = {key: tuple(one) if isinstance(one, list) else one for key, one in fields.items()}
    if kind.rank == 1:
        sides["kernel_size"] = sides["kernel_size"][0]
    return layer(getattr(nn, f"LPPool{kind.rank}d")(**sides))


def embedding(kind, fields, inputs):
    module = nn.Embedding(**fields).double().eval()
    return Peer(lambda x: module(x.long() % fields["num_embeddings"]), module)


def named(cls):
    """A module of torch.nn with the same fields."""

    def made(kind, fields, inputs):
        if kind.rank and len(inputs[0]) != kind.rank + 1:
            raise ValueError(inputs)
        return layer(getattr(nn, cls)(**fields))

    return made


def of_rank(kind, inputs, cls):
    """The class of torch.nn for the kind's spatial axes."""
    if len(inputs[0]) != kind.rank + 1:
        raise ValueError(inputs)
    return getattr(nn, f"{cls}{kind.rank}d")


def pairs(padding):
    """A padding of one pair per axis, or None where it is written otherwise."""
    return padding if isinstance(padding, list) and isinstance(padding[0], list) else None


def conv(kind, fields, inputs):
    cls, fields = of_rank(kind, inputs, "Conv"), dict(fields)
    sides, module = pairs(fields["padding"]), None
    if sides is None:
        return layer(cls(inputs[0][0], **fields))
    # PyTorch's layer knows no pairs; its function that pads does.
    mode = fields.pop("padding_mode").replace("zeros", "constant")
    module = cls(inputs[0][0], **{**fields, "padding": 0}).double().eval()
    around = [places for pair in reversed(sides) for places in pair]
    return layer(module, lambda x: module(F.pad(x, around, mode=mode)))


def conv_transpose(kind, fields, inputs):
    cls, sides = of_rank(kind, inputs, "ConvTranspose"), pairs(fields["padding"])
    if sides is None:
        return layer(cls(inputs[0][0], **fields))
    module = cls(inputs[0][0], **{**fields, "padding": 0}).double().eval()

    def call(x):
        whole = module(x)
        places = [slice(a, max(a, n - b)) for n, (a, b) in zip(whole.shape[2:], sides, strict=True)]
        return whole[(slice(None), slice(None), *places)]

    return layer(module, call)


def pool(kind, fields, inputs):
    if family(kind) == "max_pool":
        return layer(of_rank(kind, inputs, "MaxPool")(**fields))
    if kind.rank > 1:
        return layer(of_rank(kind, inputs, "AvgPool")(**fields))
    if len(inputs[0]) != 2:
        raise ValueError(inputs)
    # The 1-D layer knows no `divisor_override`, so it is the 2-D one over a single row.
    (k,), s, p = fields["kernel_size"], fields["stride"], fields["padding"]
    rest = {key: fields[key] for key in ("ceil_mode", "count_include_pad", "divisor_override")}
    row = nn.AvgPool2d((1, k), (1, k if s is None else s), (0, p), **rest)
    return layer(row, lambda x: row(x.unsqueeze(2)).squeeze(2))


def adaptive(kind, fields, inputs):
    word = "Avg" if "avg" in kind.name else "Max"
    sizes = tuple(fields["output_size"])
    return layer(of_rank(kind, inputs, f"Adaptive{word}Pool")(sizes if kind.rank > 1 else sizes[0]))


def global_pool(kind, fields, inputs):
    if len(inputs[0]) < 2:
        return Peer(lambda x: x)  # no axis to reduce
    reduce = torch.mean if "avg" in kind.name else torch.amax
    return Peer(lambda x: reduce(x, tuple(range(2, x.ndim)), **fields))


def batch_norm(kind, fields, inputs):
    if fields["track_running_stats"]:
        fields = {**fields, "eps": 0}  # the variance of a fresh layer is 1, and ε changes no number here
    own = {key: value for key, value in fields.items() if key != "bias"}
    return shifted(of_rank(kind, inputs, "BatchNorm")(inputs[0][0], **own), fields["bias"])


def linear(kind, fields, inputs):
    if len(inputs[0]) > 1 and "in_features" not in fields:
        raise ValueError(inputs)
    return layer(nn.Linear(**{"in_features": inputs[0][-1], **fields}))


def joined(kind, fields, inputs):
    return Peer(lambda *xs: torch.cat(xs, fields["dim"]))


def unchanged(kind, fields, inputs):
    """Dropout and its like, in inference."""
    return Peer(lambda x: x)


def stack(kind, fields, inputs):
    return Peer(lambda *xs: torch.stack(xs, fields["dim"]))


def on(function):
    """A function of the input and the fields."""
    return lambda kind, fields, inputs: Peer(lambda x: function(x, **fields))


FAMILIES = {
    "layer_norm": layer_norm,
    "rms_norm": rms_norm,
    "group_norm": group_norm,
    "instance_norm": instance_norm,
    "permute": permute,
    "reshape": on(lambda x, shape: x.reshape(1, *shape)),
    "unflatten": named("Unflatten"),
    "squeeze": on(lambda x, dim: x.squeeze(dim)),
    "unsqueeze": on(lambda x, dim: x.unsqueeze(dim)),
    "upsample": upsample,
    "pixel_shuffle": named("PixelShuffle"),
    "pixel_unshuffle": named("PixelUnshuffle"),
    "channel_shuffle": lambda kind, fields, inputs: layer(nn.ChannelShuffle(**fields)),
    **dict.fromkeys(["zero_pad", "constant_pad", "reflection_pad", "replication_pad", "circular_pad"], pad),
    "slice": slice_,
    "pad": axis_pad,
    "split": on(lambda x, split_size, dim: torch.split(x, split_size, dim)),
    "chunk": on(lambda x, chunks, dim: torch.chunk(x, chunks, dim)),
    "stack": stack,
    "conv": conv,
    "conv_transpose": conv_transpose,
    **dict.fromkeys(["max_pool", "avg_pool"], pool),
    **dict.fromkeys(["adaptive_avg_pool", "adaptive_max_pool"], adaptive),
    **dict.fromkeys(["global_avg_pool", "global_max_pool"], global_pool),
    "batch_norm": batch_norm,
    "linear": linear,
    "concat": joined,
    "flatten": named("Flatten"),
    "local_response_norm": named("LocalResponseNorm"),
    "prelu": named("PReLU"),
    "log_softmax": named("LogSoftmax"),
    **dict.fromkeys(["dropout", "stochastic_depth", "identity"], unchanged),
    "relu": named("ReLU"),
    "relu6": named("ReLU6"),
    "leaky_relu": named("LeakyReLU"),
    "elu": named("ELU"),
    "selu": named("SELU"),
    "gelu": named("GELU"),
    "silu": named("SiLU"),
    "mish": named("Mish"),
    "sigmoid": named("Sigmoid"),
    "tanh": named("Tanh"),
    "softplus": named("Softplus"),
    "softsign": named("Softsign"),
    "hardsigmoid": named("Hardsigmoid"),
    "hardswish": named("Hardswish"),
    "hardtanh": named("Hardtanh"),
    "add": broadcast(lambda *xs: functools.reduce(torch.add, xs)),
    "mul": broadcast(lambda *xs: functools.reduce(torch.mul, xs)),
    "sub": broadcast(torch.sub),
    "div": broadcast(torch.div),
    "matmul": matmul,
    "mean": on(torch.mean),
    "sum": on(torch.sum),
    "layer_scale": layer_scale,
    "class_token": class_token,
    "position_table": position_table,
    "window_partition": window_partition,
    "window_reverse": window_reverse,
    "roll": on(torch.roll),
    "multihead_attention": attention,
    **dict.fromkeys(["rnn", "lstm", "gru"], recurrent),
    "unfold": fold,
    "fold": fold,
    "lp_pool": lp_pool,
    "glu": named("GLU"),
    "embedding": embedding,
    "celu": named("CELU"),
    "threshold": named("Threshold"),
    "hardshrink": named("Hardshrink"),
    "softshrink": named("Softshrink"),
    "tanhshrink": named("Tanhshrink"),
    "logsigmoid": named("LogSigmoid"),
    "rrelu": named("RReLU"),
    "softmin": named("Softmin"),
    "softmax": lambda kind, fields, inputs: layer(
        nn.Softmax2d() if kind.name == "softmax2d" and len(inputs[0]) == 3 else nn.Softmax(fields["dim"])
    ),
    "alpha_dropout": named("AlphaDropout"),
    "feature_alpha_dropout": named("FeatureAlphaDropout"),
}


def peer(kind, fields, inputs):
    """PyTorch's layer for one case."""
    made = FAMILIES[family(kind)](kind, fields, inputs)
    made.counted = family(kind) in MATRICES
    return made


def differs(kind, fields, inputs):
    """Whether one of the two may refuse what the other takes, for a reason that is written down here."""
    shape, file = inputs[0], family(kind)
    if file == "squeeze":
        return math.prod(shape) == 1  # no axis would be left
    if file == "batch_norm":
        # Without running statistics PyTorch's needs more than one value; ours normalises by nothing then.
        return not fields["track_running_stats"] and math.prod(shape[1:]) == 1
    if file in ("channel_shuffle", "local_response_norm"):
        return len(shape) == 1  # PyTorch wants a map
    if file in ("pixel_shuffle", "pixel_unshuffle"):
        return len(shape) != 3  # PyTorch takes any axes in front, ours is a map
    if file == "slice":  # PyTorch cuts a slice silently to what there is
        sides = [shape[dim - 1] if dim <= len(shape) else 0 for dim in fields["dim"]]
        return any(end is not None and end > side for end, side in zip(fields["end"], sides, strict=True))
    if file == "upsample":  # a list of one stands for all axes, as for windows
        return isinstance(fields.get("size"), list) and len(fields["size"]) == 1 < len(shape) - 1
    return False


def same_values(kind, fields, inputs):
    """Whether the values are comparable: not where PyTorch does something else on purpose."""
    if family(kind) == "batch_norm" and not fields["track_running_stats"]:
        return False  # PyTorch's would normalise by the statistics of the batch, which a spec has not
    # PyTorch's power pooling scales a partly filled last window as if it were full.
    return not (family(kind) == "lp_pool" and fields["ceil_mode"])
