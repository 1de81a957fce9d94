"""`trainable:` of a spec: which layers learn, by patterns of their names."""

from __future__ import annotations

import re
from collections.abc import Sequence
from fnmatch import translate
from typing import Any

from cnncalc.harmless import harmless
from cnncalc.problem import Report
from cnncalc.source import key_place
from cnncalc.spec.language_problems import PatternMatchesNothing
from cnncalc.spec.network import Layer
from cnncalc.spec.patterns import MOST_MATCHES
from cnncalc.spec.problems import TooManyPatterns


def trained(layers: Sequence[Layer], written: Any, report: Report) -> tuple[Layer, ...]:
    """The layers, frozen or not as the patterns say; of several that match a name the last one decides."""
    if written is True or not layers:
        return tuple(layers)
    patterns = written if isinstance(written, dict) else {"*": written}
    learn = [layer.trainable for layer in layers]
    stars = 0
    for pattern, value in patterns.items():
        stars += max(1, pattern.count("*"))
        if stars * len(layers) > MOST_MATCHES:
            report(TooManyPatterns(len(patterns), len(layers), MOST_MATCHES), key_place(written, pattern))
            break
        # A pattern without signs is a name, and so names a whole block as well.
        matches = re.compile(f"{translate(pattern)}|{re.escape(pattern)}\\..*", re.S).fullmatch
        found = [index for index, layer in enumerate(layers) if matches(layer.name)]
        for index in found:
            learn[index] = bool(value)
        if not found:
            report(PatternMatchesNothing(harmless(pattern, 60)), key_place(written, pattern))
    return tuple(
        layer if layer.trainable == value else layer._replace(trainable=value)
        for layer, value in zip(layers, learn, strict=True)
    )
