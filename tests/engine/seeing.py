"""Receptive fields by following places one by one: which places of an endless 1-D input does an output value see?

Layers are given as in a spec. Nothing is clipped at a border, because the line has none.
"""

from functools import cache
from math import ceil, floor


def sees(layer, n, m):
    """For one layer (n places in, m out): which places of its input an output place sees."""
    ((kind, fields),) = layer.items() if isinstance(layer, dict) else ((layer, {}),)
    k, p, d = fields.get("kernel_size", 1), fields.get("padding", 0), fields.get("dilation", 1)
    if kind == "conv_transpose1d":
        s = fields.get("stride", 1)
        return lambda o: {(o + p - d * t) // s for t in range(k) if (o + p - d * t) % s == 0}
    if kind in ("conv1d", "max_pool1d", "avg_pool1d"):
        s = fields.get("stride", 1 if kind == "conv1d" else k)
        return lambda o: {o * s - p + t * d for t in range(k)}
    if kind.startswith("adaptive"):
        windows = [(floor(o * n / m), ceil((o + 1) * n / m)) for o in range(m)]
        step, width = windows[1][0], windows[0][1]
        if step and all(window == (o * step, o * step + width) for o, window in enumerate(windows)):
            # Evenly spaced windows go on so behind the last one.
            return lambda o: set(range(o * step, o * step + width))
        return lambda o: set(range(floor(o * n / m), ceil((o + 1) * n / m)))
    return lambda o: {o}


def path_sees(layers, lengths):
    """For a path (layers, and the lengths before, between and behind them): what an output place sees of the input."""
    rules = [sees(layer, n, m) for layer, n, m in zip(layers, lengths, lengths[1:], strict=False)]

    @cache
    def through(depth, place):
        if depth == 0:
            return frozenset({place})
        return frozenset().union(*(through(depth - 1, below) for below in rules[depth - 1](place)))

    return lambda place: through(len(rules), place)


def largest(see, outputs):
    """From the first place seen to the last, for the output that sees most."""
    return max((max(seen) - min(seen) + 1 for seen in map(see, range(outputs)) if seen), default=0)


def even_step(see, outputs):
    """How far apart neighbouring outputs look, if each sees just what the one before sees, moved on; else None."""
    steps = set()
    for place in range(outputs):
        here, there = see(place), see(place + 1)
        if not here or not there:
            return None
        step = min(there) - min(here)
        if {one + step for one in here} != there:
            return None
        steps.add(step)
    return steps.pop() if len(steps) == 1 else None
