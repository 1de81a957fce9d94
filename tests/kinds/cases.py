"""Random small layers of every kind: fields and the shapes that arrive."""

from hypothesis import strategies as st

from cnncalc.kinds import every
from cnncalc.problem import Refused

KINDS = {kind.name: kind for kind in every()}
COMPUTED = {name: kind for name, kind in KINDS.items() if not kind.opaque}
"""The kinds that say what they do to values."""

FLAGS = st.booleans()


def shapes(rank, *, channels=None, least=1):
    """A map with `rank` spatial axes, or for a kind that takes any number of them, with none to two."""
    axes = st.just(rank) if rank else st.integers(0, 2)
    channels = st.integers(1, 4) if channels is None else channels
    most = 4 if rank == 3 else 6
    return axes.flatmap(
        lambda number: st.tuples(channels, *[st.integers(least, most)] * number).map(lambda shape: tuple(shape))
    )


@st.composite
def convolutions(draw, kind):
    rank, groups = kind.rank, draw(st.integers(1, 2))
    per_axis = {
        "kernel_size": draw(st.lists(st.integers(1, 3), min_size=rank, max_size=rank)),
        "stride": draw(st.lists(st.integers(1, 3), min_size=rank, max_size=rank)),
        "dilation": draw(st.lists(st.integers(1, 2), min_size=rank, max_size=rank)),
    }
    pair = st.lists(st.integers(0, 2), min_size=2, max_size=2)
    fields = {
        **per_axis,
        "padding": draw(st.one_of(st.integers(0, 2), st.lists(pair, min_size=rank, max_size=rank))),
        "out_channels": groups * draw(st.integers(1, 2)),
        "groups": groups,
        "bias": draw(FLAGS),
    }
    if "output_padding" not in kind.model_fields:
        fields["padding_mode"] = draw(st.sampled_from(["zeros", "reflect", "replicate", "circular"]))
        word = draw(st.sampled_from([None, "same", "valid"]))
        if word:
            fields["padding"] = word
        if word == "same":
            fields["stride"] = 1
    else:
        fields["output_padding"] = draw(st.integers(0, 1))
    channels = st.integers(1, 2).map(lambda each: each * groups)
    return fields, (draw(shapes(rank, channels=channels, least=2)),)


@st.composite
def poolings(draw, kind):
    rank = kind.rank
    kernel = draw(st.lists(st.integers(1, 3), min_size=rank, max_size=rank))
    fields = {
        "kernel_size": kernel,
        "stride": draw(st.one_of(st.none(), st.integers(1, 3))),
        "padding": draw(st.integers(0, min(kernel) // 2)),
        "ceil_mode": draw(FLAGS),
    }
    if "dilation" in kind.model_fields:
        fields["dilation"] = draw(st.integers(1, 2))
    else:
        fields["count_include_pad"] = draw(FLAGS)
        fields["divisor_override"] = draw(st.one_of(st.none(), st.integers(1, 5)))
    return fields, (draw(shapes(rank, least=2)),)


@st.composite
def adaptive(draw, kind):
    sizes = st.lists(st.one_of(st.none(), st.integers(1, 7)), min_size=kind.rank, max_size=kind.rank)
    return {"output_size": draw(sizes)}, (draw(shapes(kind.rank)),)


@st.composite
def linears(draw, kind):
    shape = draw(shapes(0))
    fields = {"out_features": draw(st.integers(1, 4)), "bias": draw(FLAGS)}
    return ({**fields, "in_features": shape[-1]} if len(shape) > 1 else fields), (shape,)


@st.composite
def axes(draw, kind):
    shape = draw(shapes(0))
    return {"dim": draw(st.integers(1, len(shape)))}, (shape,)


@st.composite
def merges(draw, kind):
    output = draw(shapes(0))
    sides = [st.sampled_from([side, 1]) for side in output]
    others = draw(st.lists(st.tuples(*sides), min_size=1, max_size=2))
    return {}, (output, *others)


@st.composite
def concatenations(draw, kind):
    shape, dim = draw(shapes(0)), 1
    first = draw(st.lists(st.integers(1, 3), min_size=1, max_size=3))
    return {"dim": dim}, tuple((channels, *shape[1:]) for channels in first)


@st.composite
def batch_norms(draw, kind):
    fields = {"affine": draw(FLAGS), "track_running_stats": draw(FLAGS), "bias": draw(FLAGS)}
    return fields, (draw(shapes(kind.rank)),)


@st.composite
def slopes(draw, kind):
    shape = draw(shapes(0))
    return {"num_parameters": draw(st.sampled_from([1, shape[0]]))}, (shape,)


@st.composite
def norms(draw, kind):
    fields = {key: draw(FLAGS) for key in ("elementwise_affine", "bias") if key in kind.model_fields}
    shape = draw(shapes(kind.rank))
    if not kind.rank and draw(FLAGS):
        fields["normalized_shape"] = list(shape[-draw(st.integers(1, len(shape))) :])
    return fields, (shape,)


@st.composite
def group_norms(draw, kind):
    groups = draw(st.integers(1, 3))
    shape = draw(shapes(0, channels=st.integers(1, 2).map(lambda each: each * groups)))
    return {"num_groups": groups, "affine": draw(FLAGS), "bias": draw(FLAGS)}, (shape,)


@st.composite
def permutations(draw, kind):
    shape = draw(shapes(0))
    order = draw(st.permutations(range(1, len(shape) + 1)))
    return {"dims": [0, *order] if draw(FLAGS) else order}, (shape,)


@st.composite
def reshapes(draw, kind):
    shape = draw(shapes(0))
    total = 1
    for side in shape:
        total *= side
    first = draw(st.sampled_from([side for side in range(1, total + 1) if total % side == 0]))
    return {"shape": [first, draw(st.sampled_from([-1, total // first]))]}, (shape,)


@st.composite
def unflattenings(draw, kind):
    shape = draw(shapes(0))
    axis = draw(st.integers(1, len(shape)))
    side = shape[axis - 1]
    first = draw(st.sampled_from([one for one in range(1, side + 1) if side % one == 0]))
    return {"dim": axis, "unflattened_size": [first, draw(st.sampled_from([-1, side // first]))]}, (shape,)


@st.composite
def one_axis(draw, kind, more=0, **values):
    """A kind with `dim` and other fields."""
    shape = draw(shapes(0))
    fields = {key: draw(value) for key, value in values.items()}
    return {**fields, "dim": draw(st.integers(1, len(shape) + more))}, (shape,)


@st.composite
def upsamplings(draw, kind):
    shape = draw(shapes(draw(st.integers(1, 3))))
    axes = len(shape) - 1
    own = [["linear"], ["bilinear", "bicubic"], ["trilinear"]][axes - 1]
    mode = draw(st.sampled_from(["nearest", "nearest-exact", "area", *own]))
    fields = {"mode": mode}
    if mode in own:
        fields["align_corners"] = draw(st.sampled_from([None, True, False]))
    if mode == "bilinear":
        fields["antialias"] = draw(FLAGS)
    if draw(FLAGS):
        fields["size"] = draw(st.lists(st.integers(1, 7), min_size=axes, max_size=axes))
    else:
        fields["scale_factor"] = draw(st.sampled_from([1, 2, 3, 1.5, 0.5, 2.5]))
    return fields, (shape,)


@st.composite
def pixel_shuffles(draw, kind):
    r = draw(st.integers(1, 2))
    if kind.name == "pixel_shuffle":
        return {"upscale_factor": r}, (draw(shapes(2, channels=st.integers(1, 2).map(lambda c: c * r * r))),)
    c, h, w = draw(shapes(2))
    return {"downscale_factor": r}, ((c, h * r, w * r),)


@st.composite
def channel_shuffles(draw, kind):
    groups = draw(st.integers(1, 3))
    return {"groups": groups}, (draw(shapes(0, channels=st.integers(1, 2).map(lambda c: c * groups))),)


@st.composite
def pads(draw, kind):
    low = -1 if kind.name.startswith(("zero", "constant")) else 0
    places = st.integers(low, 2)
    padding = draw(st.one_of(places, st.lists(places, min_size=2 * kind.rank, max_size=2 * kind.rank)))
    fields = {"padding": padding, **({"value": 0.5} if kind.name.startswith("constant") else {})}
    return fields, (draw(shapes(kind.rank, least=3)),)


@st.composite
def splits(draw, kind):
    shape = draw(shapes(0))
    axis = draw(st.integers(1, len(shape)))
    if kind.name == "chunk":
        return {"chunks": draw(st.integers(1, 4)), "dim": axis}, (shape,)
    first = draw(st.integers(1, shape[axis - 1]))
    sizes = [first, shape[axis - 1] - first] if first < shape[axis - 1] else first
    return {"split_size": sizes, "dim": axis}, (shape,)


@st.composite
def slices(draw, kind):
    shape = draw(shapes(0))
    dims = draw(st.lists(st.integers(1, len(shape)), min_size=1, unique=True))
    starts = [draw(st.integers(0, shape[axis - 1] - 1)) for axis in dims]
    ends = [
        draw(st.one_of(st.none(), st.integers(start + 1, shape[axis - 1])))
        for axis, start in zip(dims, starts, strict=True)
    ]
    return {"dim": dims, "start": starts, "end": ends, "step": draw(st.integers(1, 3))}, (shape,)


@st.composite
def axis_pads(draw, kind):
    shape = draw(shapes(0))
    dims = draw(st.lists(st.integers(1, len(shape)), min_size=1, unique=True))
    per_axis = st.lists(st.integers(0, 2), min_size=len(dims), max_size=len(dims))
    places = st.one_of(st.integers(0, 2), per_axis)
    return {"dim": dims, "before": draw(places), "after": draw(places), "value": draw(st.integers(-1, 1))}, (shape,)


@st.composite
def stacks(draw, kind):
    shape = draw(shapes(0))
    return {"dim": draw(st.integers(1, len(shape) + 1))}, (shape,) * draw(st.integers(1, 3))


@st.composite
def pairs(draw, kind):
    output = draw(shapes(0))
    return {}, (output, draw(st.tuples(*[st.sampled_from([side, 1]) for side in output])))


@st.composite
def products(draw, kind):
    n, k, m = (draw(st.integers(1, 4)) for _ in range(3))
    front = draw(st.sampled_from([(), (2,), (3,)]))
    return {}, ((*front, n, k), (*front, k, m))


@st.composite
def reductions(draw, kind):
    shape = draw(shapes(0))
    axes = draw(st.lists(st.integers(1, len(shape)), min_size=1, max_size=len(shape), unique=True))
    return {"dim": axes, "keepdim": draw(FLAGS) or len(axes) == len(shape)}, (shape,)


@st.composite
def window_partitions(draw, kind):
    return {"window_size": draw(st.integers(1, 3))}, (draw(shapes(2)),)


@st.composite
def window_reversals(draw, kind):
    h, w, size = (draw(st.integers(1, 5)) for _ in range(3))
    windows = -(-h // size) * -(-w // size)
    return {"window_size": size, "size": [h, w]}, ((windows, size * size, 2),)


@st.composite
def rolls(draw, kind):
    shape = draw(shapes(0))
    return {"shifts": draw(st.integers(-3, 3)), "dims": draw(st.integers(1, len(shape)))}, (shape,)


@st.composite
def attentions(draw, kind):
    heads = draw(st.integers(1, 2))
    features, length = heads * draw(st.integers(1, 2)), draw(st.sampled_from([1, 2, 4]))
    front = draw(st.sampled_from([(), (2,)]))
    fields = {"num_heads": heads, "bias": draw(FLAGS)}
    if draw(FLAGS):
        fields |= {"relative_positions": {1: [1, 1], 2: [1, 2], 4: [2, 2]}[length]}
        return fields, ((*front, length, features),)
    fields |= {"add_bias_kv": draw(FLAGS), "add_zero_attn": draw(FLAGS)}
    query = (*front, length, features)
    if draw(FLAGS):
        return fields, (query,)
    keys = draw(st.integers(1, 3))
    return fields, (query, (*front, keys, draw(st.integers(1, 3))), (*front, keys, draw(st.integers(1, 3))))


@st.composite
def recurrents(draw, kind):
    hidden = draw(st.integers(1, 3))
    fields = {
        "hidden_size": hidden,
        "num_layers": draw(st.integers(1, 2)),
        "bias": draw(FLAGS),
        "bidirectional": draw(FLAGS),
    }
    if "nonlinearity" in kind.model_fields:
        fields["nonlinearity"] = draw(st.sampled_from(["tanh", "relu"]))
    if "proj_size" in kind.model_fields:
        fields["proj_size"] = draw(st.integers(0, hidden - 1))
    return fields, ((draw(st.integers(1, 3)), draw(st.integers(1, 3))),)


@st.composite
def foldings(draw, kind):
    sides = st.lists(st.integers(1, 2), min_size=2, max_size=2)
    fields = {"kernel_size": draw(sides), "stride": draw(sides), "padding": draw(st.integers(0, 1))}
    fields["dilation"] = draw(st.integers(1, 2))
    shape = draw(shapes(2, least=3))
    if kind.name == "unfold":
        return fields, (shape,)
    columns = KINDS["unfold"].model_validate(fields).output((shape,))
    return {**fields, "output_size": list(shape[1:])}, (columns,)


@st.composite
def power_pools(draw, kind):
    kernel = draw(st.lists(st.integers(1, 3), min_size=kind.rank, max_size=kind.rank))
    fields = {"kernel_size": kernel, "stride": draw(st.one_of(st.none(), st.integers(1, 3)))}
    fields |= {"norm_type": draw(st.sampled_from([1, 2, 3.5])), "ceil_mode": draw(FLAGS)}
    return fields, (draw(shapes(kind.rank, least=2)),)


@st.composite
def gated(draw, kind):
    shape = draw(shapes(0))
    axis = draw(st.integers(1, len(shape)))
    return {"dim": axis}, ((*shape[: axis - 1], 2 * shape[axis - 1], *shape[axis:]),)


@st.composite
def embeddings(draw, kind):
    fields = {"num_embeddings": draw(st.integers(1, 5)), "embedding_dim": draw(st.integers(1, 3))}
    return fields, (draw(shapes(0)),)


@st.composite
def instance_norms(draw, kind):
    fields = {"affine": draw(FLAGS), "track_running_stats": draw(FLAGS), "bias": draw(FLAGS)}
    return fields, (draw(shapes(kind.rank)),)


OPERANDS = ["c", "n", "m", "in0[0]", "out[-1]", "len(in0)", "3", "2"]


def expressions():
    """Expressions of a layer that its user describes; all of them come to whole numbers from 1 up."""
    return st.recursive(
        st.sampled_from(OPERANDS),
        lambda inner: st.one_of(
            st.tuples(inner, inner).map(lambda two: "{} + {}".format(*two)),
            st.tuples(inner, inner).map(lambda two: "({}) * ({})".format(*two)),
            st.tuples(inner, inner).map(lambda two: "ceil(({}) / ({}))".format(*two)),
            st.tuples(inner, inner).map(lambda two: "({}) // ({}) + 1".format(*two)),
            st.tuples(inner, inner).map(lambda two: "max({}, {})".format(*two)),
            st.tuples(inner, inner).map(lambda two: "min({}, {}) - 0".format(*two)),
            st.tuples(inner, inner).map(lambda two: "({0} if {0} > {1} else {1})".format(*two)),
            inner.map(lambda one: f"({one}) ** 2"),
            inner.map(lambda one: f"({one}) * 4 / 2"),
            inner.map(lambda one: f"c % 5 + ({one})"),
            inner.map(lambda one: f"abs(-({one}))"),
        ),
        max_leaves=4,
    ).filter(lambda text: len(text) < 120)


@st.composite
def described(draw, kind):
    inputs = draw(st.lists(shapes(0), min_size=1, max_size=2))
    shape = draw(st.sampled_from(["in0", ["c", 3], ["c + 1", "n // c"], ["max(in0)", "min(in0)", 2], "in0 + [2]"]))
    fields = {name: draw(expressions()) for name in ("buffers", "additions", "comparisons", "divisions")}
    fields |= {"transcendentals": draw(st.integers(0, 9))}
    for whole, part in (("parameters", "biases"), ("multiplications", "macs")):
        fields[part] = draw(expressions())
        fields[whole] = f"({fields[part]}) * 3"
    return {"shape": shape, **fields}, tuple(inputs)


SEQUENCES = st.tuples(st.integers(1, 4), st.integers(1, 3))

SPECIAL = {
    "custom": described,
    "layer_norm": norms,
    "rms_norm": norms,
    "group_norm": group_norms,
    "instance_norm": instance_norms,
    "permute": permutations,
    "reshape": reshapes,
    "unflatten": unflattenings,
    "squeeze": one_axis,
    "unsqueeze": lambda kind: one_axis(kind, more=1),
    "upsample": upsamplings,
    "pixel_shuffle": pixel_shuffles,
    "pixel_unshuffle": pixel_shuffles,
    "channel_shuffle": channel_shuffles,
    **dict.fromkeys(["zero_pad", "constant_pad", "reflection_pad", "replication_pad", "circular_pad"], pads),
    "split": splits,
    "chunk": splits,
    "slice": slices,
    "pad": axis_pads,
    "stack": stacks,
    "sub": pairs,
    "div": pairs,
    "matmul": products,
    "mean": reductions,
    "sum": reductions,
    "layer_scale": one_axis,
    "class_token": lambda kind: st.tuples(st.fixed_dictionaries({"tokens": st.integers(1, 2)}), st.tuples(SEQUENCES)),
    "window_partition": window_partitions,
    "window_reverse": window_reversals,
    "roll": rolls,
    "multihead_attention": attentions,
    **dict.fromkeys(["rnn", "lstm", "gru"], recurrents),
    "unfold": foldings,
    "fold": foldings,
    "lp_pool": power_pools,
    "glu": gated,
    "embedding": embeddings,
    "softmin": axes,
    "softplus": lambda kind: st.tuples(
        st.fixed_dictionaries({"beta": st.sampled_from([1, 2, 0.5, -1]), "threshold": st.sampled_from([20, 1, 0.5])}),
        st.tuples(shapes(0)),
    ),
    "threshold": lambda kind: st.tuples(st.just({"threshold": 0.5, "value": 2}), st.tuples(shapes(0))),
    "conv": convolutions,
    "conv_transpose": convolutions,
    "max_pool": poolings,
    "avg_pool": poolings,
    "adaptive_avg_pool": adaptive,
    "adaptive_max_pool": adaptive,
    "linear": linears,
    "softmax": axes,
    "log_softmax": axes,
    "add": merges,
    "mul": merges,
    "concat": concatenations,
    "batch_norm": batch_norms,
    "prelu": slopes,
    "local_response_norm": lambda kind: st.tuples(
        st.fixed_dictionaries({"size": st.integers(1, 5)}), st.tuples(shapes(0))
    ),
    "global_avg_pool": lambda kind: st.tuples(st.fixed_dictionaries({"keepdim": FLAGS}), st.tuples(shapes(0))),
    "global_max_pool": lambda kind: st.tuples(st.fixed_dictionaries({"keepdim": FLAGS}), st.tuples(shapes(0))),
}
"""By file: what a kind needs beyond its defaults and one map of its rank."""


def family(kind):
    return kind.__module__.rpartition(".")[2]


def layers(kind):
    """Layers of this kind with the shapes that arrive; those that the kind refuses are left out."""
    special = SPECIAL.get(family(kind)) if kind.name != "softmax2d" else None
    drawn = special(kind) if special else st.tuples(st.just({}), st.tuples(shapes(kind.rank)))
    return drawn.map(lambda case: (kind.model_validate(case[0]), case[1])).filter(_accepted)


def _accepted(case):
    kind, inputs = case
    try:
        kind.output(inputs)
    except Refused:
        return False
    return True
