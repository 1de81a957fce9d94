"""Random graphs: a spec that grows layer by layer, while PyTorch runs each layer that is added."""

import math
import warnings
from collections.abc import Callable
from typing import Any, NamedTuple

import torch
from torch import nn

torch.set_num_threads(1)  # the numbers are few, and tests run side by side

MOST_VALUES = 2_000
"""A layer with larger outputs than this, for one example, is left out again."""

ACTIVATIONS = {
    "relu": nn.ReLU,
    "relu6": nn.ReLU6,
    "leaky_relu": nn.LeakyReLU,
    "elu": nn.ELU,
    "gelu": nn.GELU,
    "silu": nn.SiLU,
    "hardswish": nn.Hardswish,
    "sigmoid": nn.Sigmoid,
    "tanh": nn.Tanh,
    "softplus": nn.Softplus,
    "identity": nn.Identity,
    "dropout": nn.Dropout,
}


class Call(nn.Module):
    """A function of tensors as a module, so that it can be watched like all others."""

    def __init__(self, function: Callable[..., Any]) -> None:
        super().__init__()
        self.function = function

    def forward(self, *inputs: torch.Tensor) -> Any:
        return self.function(*inputs)


class Product(Call):
    """A product of matrices."""

    def __init__(self) -> None:
        super().__init__(torch.matmul)


class Attention(nn.MultiheadAttention):
    """Attention of one input to itself, or of a query to keys and values."""

    def forward(self, query, key=None, value=None):
        found, _shares = super().forward(query, query if key is None else key, query if value is None else value)
        return found


def macs(module, inputs, output) -> int:
    """Multiplications of convolutions, linear layers and products of matrices; of nothing else. For the whole batch."""
    if isinstance(module, nn.modules.conv._ConvTransposeNd):
        return inputs[0].numel() * module.weight[0].numel()
    if isinstance(module, nn.modules.conv._ConvNd):
        return output.numel() * module.weight[0].numel()
    if isinstance(module, nn.Linear):
        return output.numel() * module.in_features
    if isinstance(module, Product):
        return output.numel() * inputs[0].shape[-1]
    if isinstance(module, nn.RNNBase):
        batch, steps, _features = inputs[0].shape
        return batch * steps * sum(one.numel() for name, one in module.named_parameters() if name.startswith("weight"))
    if isinstance(module, nn.MultiheadAttention):
        query, key, value = inputs * 3 if len(inputs) == 1 else inputs
        batch, rows, e = query.shape
        columns = key.shape[1]
        entering = rows * e * e + columns * key.shape[2] * e + columns * value.shape[2] * e
        return batch * (entering + 2 * rows * columns * e + rows * e * e)
    return 0


class Live(NamedTuple):
    """An output that further layers may use: what `from` calls it, and its numbers."""

    reference: str
    values: torch.Tensor

    @property
    def shape(self) -> tuple[int, ...]:
        return tuple(self.values.shape[1:])


class Step(NamedTuple):
    """A layer to be added."""

    kind: str
    fields: dict[str, Any]
    sources: list[Live]
    module: nn.Module
    weights_of: str | None = None


class Node(NamedTuple):
    """A layer as PyTorch runs it."""

    shapes: tuple[tuple[int, ...], ...]
    parameters: int
    buffers: int
    macs: int


class Graph:
    """A spec and, by layer, what PyTorch makes of it."""

    def __init__(self, dice, steps: int) -> None:
        self.dice = dice
        self.batch = dice.randint(1, 2)
        self.live: list[Live] = []
        self.inputs: dict[str, list[int]] = {}
        self.layers: list[dict[str, dict[str, Any]]] = []
        self.nodes: dict[str, Node] = {}
        self.learned: dict[str, Step] = {}
        self.used: set[str] = set()
        for number in range(dice.randint(1, 3)):
            same = number and dice.random() < 0.4
            shape = (
                list(self.live[0].shape) if same else [dice.randint(1, 6) for _ in range(dice.choice([1, 2, 3, 3, 4]))]
            )
            self.inputs[f"x{number}"] = shape
            self.live.append(Live(f"x{number}", torch.randn(self.batch, *shape)))
        for _ in range(steps):
            step = dice.choice(MAKERS)(self)
            if step is not None:
                self.add(step)

    def pick(self, axes=range(1, 9), fits=lambda shape: True) -> Live | None:
        """Some output with so many axes, more often a late one."""
        found = [one for one in self.live if len(one.shape) in axes and fits(one.shape)]
        if not found:
            return None
        return self.dice.choice(found[-3:] if self.dice.random() < 0.6 else found)

    def add(self, step: Step) -> None:
        """Run a layer; what PyTorch refuses, what comes out empty and what is large is left out."""
        counted: list[int] = []
        hook = step.module.eval().register_forward_hook(lambda *call: counted.append(macs(*call)))
        try:
            with torch.no_grad(), warnings.catch_warnings():
                warnings.simplefilter("ignore")
                made = step.module(*[one.values for one in step.sources])
        except (RuntimeError, ValueError, IndexError):
            return
        finally:
            hook.remove()
        outputs = outputs_of(step.module, made)
        if not all(0 < one.numel() <= self.batch * MOST_VALUES and one.ndim > 1 for one in outputs):
            return
        name = f"n{len(self.layers)}"
        written = {**step.fields, "name": name, "from": [one.reference for one in step.sources]}
        again = step.weights_of is not None
        if again:
            written["weights_of"] = step.weights_of
        self.layers.append({step.kind: written})
        self.nodes[name] = Node(
            tuple(tuple(one.shape[1:]) for one in outputs),
            0 if again else sum(one.numel() for one in step.module.parameters()),
            0 if again else sum(one.numel() for one in step.module.buffers()),
            sum(counted),
        )
        if self.nodes[name].parameters:
            self.learned[name] = step
        self.used |= {one.reference.partition(":")[0] for one in step.sources}
        self.live += [Live(f"{name}:{number}" if number else name, one) for number, one in enumerate(outputs)]

    def spec(self) -> dict[str, Any]:
        return {"input": self.inputs, "layers": self.layers}


def outputs_of(module, made) -> list[torch.Tensor]:
    """All outputs, the batch first."""
    if isinstance(module, nn.RNNBase):
        out, last = made
        return [out, *[one.transpose(0, 1) for one in (last if isinstance(last, tuple) else (last,))]]
    return list(made) if isinstance(made, (tuple, list)) else [made]


def flag(dice) -> bool:
    return dice.random() < 0.5


def sides(dice, rank, least, most):
    """One number for all axes, or a list."""
    return dice.randint(least, most) if flag(dice) else [dice.randint(least, most) for _ in range(rank)]


def divisors(number):
    return [one for one in range(1, number + 1) if number % one == 0]


def of_rank(name, x):
    """The class of torch.nn for so many spatial axes."""
    return getattr(nn, f"{name}{len(x.shape) - 1}d")


def convolution(graph):
    dice, x = graph.dice, graph.pick((2, 3, 4))
    if x is None:
        return None
    rank, channels = len(x.shape) - 1, x.shape[0]
    groups = dice.choice(divisors(channels))
    fields = {
        "out_channels": groups * dice.randint(1, 3),
        "kernel_size": sides(dice, rank, 1, 3),
        "dilation": sides(dice, rank, 1, 2),
        "groups": groups,
        "bias": flag(dice),
        "padding_mode": dice.choice(["zeros", "zeros", "reflect", "replicate", "circular"]),
    }
    word = dice.choice(["same", "valid", None, None])
    fields["padding"] = word or sides(dice, rank, 0, 2)
    if word != "same":
        fields["stride"] = sides(dice, rank, 1, 3)
    return Step(f"conv{rank}d", fields, [x], of_rank("Conv", x)(channels, **fields))


def transposed(graph):
    dice, x = graph.dice, graph.pick((2, 3, 4))
    if x is None:
        return None
    rank, channels = len(x.shape) - 1, x.shape[0]
    groups = dice.choice(divisors(channels))
    fields = {
        "out_channels": groups * dice.randint(1, 2),
        "kernel_size": sides(dice, rank, 1, 3),
        "stride": sides(dice, rank, 1, 2),
        "padding": sides(dice, rank, 0, 1),
        "output_padding": sides(dice, rank, 0, 1),
        "dilation": sides(dice, rank, 1, 2),
        "groups": groups,
        "bias": flag(dice),
    }
    return Step(f"conv_transpose{rank}d", fields, [x], of_rank("ConvTranspose", x)(channels, **fields))


def pooling(graph):
    dice, x = graph.dice, graph.pick((2, 3, 4))
    if x is None:
        return None
    rank = len(x.shape) - 1
    fields = {"kernel_size": sides(dice, rank, 1, 3), "padding": sides(dice, rank, 0, 1), "ceil_mode": flag(dice)}
    if flag(dice):
        fields["stride"] = sides(dice, rank, 1, 3)
    if flag(dice):
        fields["dilation"] = sides(dice, rank, 1, 2)
        return Step(f"max_pool{rank}d", fields, [x], of_rank("MaxPool", x)(**fields))
    fields["count_include_pad"] = flag(dice)
    return Step(f"avg_pool{rank}d", fields, [x], of_rank("AvgPool", x)(**fields))


def adaptive(graph):
    dice, x = graph.dice, graph.pick((2, 3, 4))
    if x is None:
        return None
    rank = len(x.shape) - 1
    if flag(dice):
        keep = flag(dice)
        module = Call(lambda one: one.mean(tuple(range(2, one.ndim)), keepdim=keep))
        return Step("global_avg_pool", {"keepdim": keep}, [x], module)
    word, fields = dice.choice(["Avg", "Max"]), {"output_size": sides(dice, rank, 1, 4)}
    return Step(f"adaptive_{word.lower()}_pool{rank}d", fields, [x], of_rank(f"Adaptive{word}Pool", x)(**fields))


def norm_of_channels(graph):
    dice, x = graph.dice, graph.pick((2, 3, 4))
    if x is None:
        return None
    rank, channels = len(x.shape) - 1, x.shape[0]
    affine = {"affine": flag(dice)}
    if dice.random() < 0.3:
        # A group of one value is refused by PyTorch too, but only where the batch is one example.
        several = [groups for groups in divisors(channels) if math.prod(x.shape) > groups]
        if not several:
            return None
        groups = dice.choice(several)
        return Step("group_norm", {"num_groups": groups, **affine}, [x], nn.GroupNorm(groups, channels, **affine))
    fields = {**affine, "track_running_stats": flag(dice)}
    name, cls = dice.choice([("batch_norm", "BatchNorm"), ("instance_norm", "InstanceNorm")])
    return Step(f"{name}{rank}d", fields, [x], of_rank(cls, x)(channels, **fields))


def norm_of_rows(graph):
    dice, x = graph.dice, graph.pick()
    normalized = list(x.shape[-dice.randint(1, len(x.shape)) :])
    fields = {"normalized_shape": normalized, "elementwise_affine": flag(dice)}
    if flag(dice):
        return Step("rms_norm", fields, [x], nn.RMSNorm(**fields))
    fields["bias"] = flag(dice)
    return Step("layer_norm", fields, [x], nn.LayerNorm(**fields))


def linear(graph):
    dice, x = graph.dice, graph.pick()
    fields = {"out_features": dice.randint(1, 6), "bias": flag(dice), "in_features": x.shape[-1]}
    return Step("linear", fields, [x], nn.Linear(**fields))


def activation(graph):
    dice, x = graph.dice, graph.pick()
    name = dice.choice([*ACTIVATIONS, "prelu", "softmax", "log_softmax"])
    if name == "prelu":
        fields = {"num_parameters": dice.choice([1, x.shape[0]])}
        return Step(name, fields, [x], nn.PReLU(**fields))
    if name.endswith("softmax"):
        fields = {"dim": dice.randint(1, len(x.shape))}
        return Step(name, fields, [x], (nn.Softmax if name == "softmax" else nn.LogSoftmax)(**fields))
    return Step(name, {}, [x], ACTIVATIONS[name]())


def moved(graph):
    """Values that only get other places: flatten, permute, reshape, squeeze, unsqueeze."""
    dice, x = graph.dice, graph.pick()
    axes = len(x.shape)
    word = dice.choice(["flatten", "permute", "permute", "reshape", "squeeze", "unsqueeze"])
    if word == "flatten":
        start = dice.randint(1, axes)
        fields = {"start_dim": start, "end_dim": dice.choice([-1, dice.randint(start, axes)])}
        return Step(word, fields, [x], nn.Flatten(**fields))
    if word == "permute":
        order = list(range(1, axes + 1))
        if axes > 1 and flag(dice):
            order[-2:] = order[:-3:-1]
        else:
            dice.shuffle(order)
        return Step(word, {"dims": order}, [x], Call(lambda one: one.permute(0, *order)))
    if word == "reshape":
        values = math.prod(x.shape)
        first = dice.choice(divisors(values))
        shape = [first, dice.choice([-1, values // first])]
        return Step(word, {"shape": shape}, [x], Call(lambda one: one.reshape(one.shape[0], *shape)))
    if word == "squeeze":
        ones = [axis for axis, side in enumerate(x.shape, 1) if side == 1]
        if not ones or axes == 1:
            return None
        dim = dice.choice(ones)
        return Step(word, {"dim": dim}, [x], Call(lambda one: one.squeeze(dim)))
    if axes > 3:
        return None
    dim = dice.randint(1, axes + 1)
    return Step(word, {"dim": dim}, [x], Call(lambda one: one.unsqueeze(dim)))


def resized(graph):
    dice, x = graph.dice, graph.pick((2, 3, 4))
    if x is None:
        return None
    rank = len(x.shape) - 1
    word = dice.choice(["upsample", "zero_pad", "pixel_shuffle", "pixel_unshuffle"])
    if word == "upsample":
        fields = {"scale_factor": dice.choice([1, 2, 1.5, 0.5])} if flag(dice) else {"size": sides(dice, rank, 1, 6)}
        fields["mode"] = dice.choice(["nearest", [None, "linear", "bilinear", "trilinear"][rank]])
        size = fields.get("size")
        whole = {**fields, **({"size": tuple(size)} if isinstance(size, list) else {})}
        return Step(word, fields, [x], nn.Upsample(**whole))
    if word == "zero_pad":
        fields = {"padding": [dice.randint(-1, 2) for _ in range(2 * rank)]}
        return Step(f"zero_pad{rank}d", fields, [x], of_rank("ZeroPad", x)(tuple(fields["padding"])))
    if rank != 2:
        return None
    factor = dice.randint(1, 2)
    if word == "pixel_shuffle":
        return Step(word, {"upscale_factor": factor}, [x], nn.PixelShuffle(factor))
    return Step(word, {"downscale_factor": factor}, [x], nn.PixelUnshuffle(factor))


def cut(graph):
    dice, x = graph.dice, graph.pick()
    dim = dice.randint(1, len(x.shape))
    side = x.shape[dim - 1]
    word = dice.choice(["slice", "split", "chunk"])
    if word == "chunk":
        fields = {"chunks": dice.randint(1, 4), "dim": dim}
        return Step(word, fields, [x], Call(lambda one: torch.chunk(one, **fields)))
    if word == "split":
        first = dice.randint(1, side)
        size = [first, side - first] if first < side and flag(dice) else first
        return Step(word, {"split_size": size, "dim": dim}, [x], Call(lambda one: torch.split(one, size, dim)))
    start = dice.randint(0, side - 1)
    end, step = dice.choice([None, dice.randint(start + 1, side)]), dice.randint(1, 2)
    fields = {"dim": dim, "start": start, "end": end, "step": step}
    place = (slice(None),) * dim + (slice(start, end, step),)
    return Step(word, fields, [x], Call(lambda one: one[place]))


def meets(one, other):
    """Whether two shapes with equally many axes can be broadcast."""
    return len(one) == len(other) and all(a == b or 1 in (a, b) for a, b in zip(one, other, strict=True))


def merged(graph):
    dice, x = graph.dice, graph.pick()
    word = dice.choice(["add", "mul", "sub", "div", "add", "mul"])
    y = graph.pick(fits=lambda shape: meets(shape, x.shape))
    return Step(word, {}, [x, y], Call(getattr(torch, word)))


def joined(graph):
    dice, x = graph.dice, graph.pick()
    if flag(dice) and len(x.shape) < 4:
        others = [graph.pick(fits=lambda shape: shape == x.shape) for _ in range(dice.randint(1, 2))]
        dim = dice.randint(1, len(x.shape) + 1)
        return Step("stack", {"dim": dim}, [x, *others], Call(lambda *all_: torch.stack(all_, dim)))
    dim = dice.randint(1, len(x.shape))
    rest = x.shape[: dim - 1] + x.shape[dim:]
    alike = [
        graph.pick((len(x.shape),), lambda shape: shape[: dim - 1] + shape[dim:] == rest)
        for _ in range(dice.randint(1, 3))
    ]
    return Step("concat", {"dim": dim}, [x, *alike], Call(lambda *all_: torch.cat(all_, dim)))


def multiplied(graph):
    x = graph.pick((2, 3))
    y = x and graph.pick((len(x.shape),), lambda shape: shape[-2] == x.shape[-1] and meets(shape[:-2], x.shape[:-2]))
    return Step("matmul", {}, [x, y], Product()) if y else None


def reduced(graph):
    dice, x = graph.dice, graph.pick()
    dims = sorted(dice.sample(range(1, len(x.shape) + 1), dice.randint(1, len(x.shape))))
    keep, word = flag(dice) or len(dims) == len(x.shape), dice.choice(["mean", "sum"])
    function = getattr(torch, word)
    fields = {"dim": dims, "keepdim": keep}
    return Step(word, fields, [x], Call(lambda one: function(one, **fields)))


def recurrent(graph):
    dice, x = graph.dice, graph.pick((2,))
    if x is None:
        return None
    word = dice.choice(["rnn", "lstm", "gru"])
    fields = {"hidden_size": dice.randint(2, 4), "num_layers": dice.randint(1, 2)}
    fields |= {"bias": flag(dice), "bidirectional": flag(dice)}
    if word == "lstm" and flag(dice):
        fields["proj_size"] = 1
    return Step(word, fields, [x], getattr(nn, word.upper())(x.shape[1], batch_first=True, **fields))


def attention(graph):
    dice, x = graph.dice, graph.pick((2,))
    if x is None:
        return None
    e = x.shape[1]
    fields = {"num_heads": dice.choice(divisors(e)), "bias": flag(dice)}
    key = x if flag(dice) else graph.pick((2,))
    value = graph.pick((2,), lambda shape: shape[0] == key.shape[0])
    sources = [x] if key is x and value is x else [x, key, value]
    module = Attention(e, kdim=key.shape[1], vdim=value.shape[1], batch_first=True, **fields)
    return Step("multihead_attention", fields, sources, module)


def shared(graph):
    """A layer that has been there already, on another input."""
    if not graph.learned:
        return None
    name = graph.dice.choice(sorted(graph.learned))
    step = graph.learned[name]
    if len(step.sources) > 1:
        return None
    first = step.sources[0].shape
    channels_only = isinstance(step.module, nn.modules.conv._ConvNd)
    x = graph.pick((len(first),), lambda shape: shape[0] == first[0] and (channels_only or shape[1:] == first[1:]))
    return step._replace(sources=[x], weights_of=name)


MAKERS = [
    *[convolution] * 3, transposed, *[pooling] * 2, adaptive, *[norm_of_channels] * 2, norm_of_rows, *[linear] * 2,
    *[activation] * 2, *[moved] * 3, resized, *[cut] * 2, *[merged] * 3, *[joined] * 2, multiplied, reduced,
    recurrent, attention, *[shared] * 2,
]  # fmt: skip
"""What may come next; some more often."""
