"""Random small layers of every kind: fields and the shapes that arrive."""

from hypothesis import strategies as st

from cnncalc.kinds import every
from cnncalc.problem import Refused

KINDS = {kind.name: kind for kind in every()}
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
    if "padding_mode" in kind.model_fields:
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
    fields = {"affine": draw(FLAGS), "track_running_stats": draw(FLAGS)}
    return fields, (draw(shapes(kind.rank)),)


@st.composite
def slopes(draw, kind):
    shape = draw(shapes(0))
    return {"num_parameters": draw(st.sampled_from([1, shape[0]]))}, (shape,)


SPECIAL = {
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
    special = SPECIAL.get(family(kind))
    drawn = special(kind) if special else st.tuples(st.just({}), st.tuples(shapes(kind.rank)))
    return drawn.map(lambda case: (kind.model_validate(case[0]), case[1])).filter(_accepted)


def _accepted(case):
    kind, inputs = case
    try:
        kind.output(inputs)
    except Refused:
        return False
    return True
