"""Names that are no kinds here: what they are called here, and how they are built of our kinds."""

from __future__ import annotations

import json
import re
from collections.abc import Iterable
from functools import cache
from itertools import chain

from pydantic import ValidationError

from cnncalc.harmless import harmless
from cnncalc.kinds import every
from cnncalc.language import _, mark
from cnncalc.spec import calls
from cnncalc.spec.problems import UnknownKind
from cnncalc.suggest import nearest

BUILT_OF = {
    "Sequential ModuleList ModuleDict": mark("layers stand one below the other in `layers`; a group is a block"),
    "Transformer TransformerEncoder TransformerDecoder TransformerEncoderLayer TransformerDecoderLayer": mark(
        "it is built of `multihead_attention`, `add`, `layer_norm` and `linear`: cnncalc specs show vit"
    ),
    "scaled_dot_product_attention": mark("it is a `matmul` with the keys, a `softmax`, and a `matmul` with the values"),
    "DepthwiseConv DepthwiseConv1D DepthwiseConv2D dwconv": mark("it is a `conv2d` with as many groups as channels"),
    "SeparableConv SeparableConv1D SeparableConv2D": mark(
        "it is a `conv2d` with as many groups as channels, and behind it a `conv2d` with a kernel of 1"
    ),
    "EmbeddingBag": mark("it is an `embedding`, and behind it a `mean` over axis 1"),
    "SwiGLU GEGLU": mark("it is a `linear`, a `chunk` in two, one of the halves through `silu` or `gelu`, and a `mul`"),
}
"""What other tools have as one layer, and how it is built here."""

MISSING = (
    "AdaptiveLogSoftmaxWithLoss Bilinear CosineSimilarity DeformConv2d FractionalMaxPool2d "
    "FractionalMaxPool3d MaxUnpool1d MaxUnpool2d MaxUnpool3d PairwiseDistance RoIAlign RoIPool argmax cumsum expand "
    "gather max maximum min minimum norm repeat_interleave sort topk where"
)
"""What other tools have, and nothing here does: names that resemble one of ours and are something else."""


LONGEST_CALL = 200
_CALL = re.compile(r"(?:\w+\.)*(\w+)\((.*)\)")


def _folded(word: str) -> str:
    return word.lower().replace("_", "").replace("-", "").replace(" ", "")


_HOW = {_folded(word): hint for words, hint in BUILT_OF.items() for word in words.split()}
_NOWHERE = frozenset(map(_folded, MISSING.split()))
_LOSS = mark("a loss is no part of the network; leave it out")


@cache
def _elsewhere() -> tuple[dict[str, list[str]], ...]:
    """Our kinds by our own names and by those that others have for them: folded, as they are written, and folded."""
    found: tuple[dict[str, list[str]], ...] = ({}, {}, {})
    for kind in every():
        found[0].setdefault(_folded(kind.name), []).append(kind.name)
        for word in kind.foreign:
            found[1].setdefault(word, []).append(kind.name)
        for word in set(map(_folded, (*kind.foreign, *kind.spoken))):
            found[2].setdefault(word, []).append(kind.name)
    return found


def unknown_kind(name: str, blocks: Iterable[str] = ()) -> UnknownKind:
    """The problem of an unknown kind, with the kinds that may be meant: those that others call so first, then similar
    ones and the blocks of the spec. What stands in front of a dot (`torch.nn.`) is no part of the name, and a call
    (`Conv2d(3, 16, 3)`) is read as code."""
    shown = harmless(name, 60)
    call = _CALL.fullmatch(name) if len(name) <= LONGEST_CALL else None
    if call and (line := _as_layer(call[1], call[2])):
        return UnknownKind(shown, (), "", _("write `{line}`").format(line=line))
    word = call[1] if call else name.rpartition(".")[2] or name
    folded = _folded(word)
    if folded in _NOWHERE:
        return UnknownKind(shown, (), _opaque())
    if how := _HOW.get(folded) or (_LOSS if folded.endswith("loss") else ""):
        return UnknownKind(shown, (), _opaque(), _(how))
    ours, as_written, loosely = _elsewhere()
    meant = ours.get(folded) or as_written.get(word) or loosely.get(folded) or []
    digit = re.search(r"([123])[dD]", word)
    if digit:
        meant = [kind for kind in meant if kind.endswith(f"{digit[1]}d")] or meant
    elif len(meant) > 1:
        plain = [kind for kind in meant if not re.search(r"\dd\Z", kind)]
        meant = plain or [kind for kind in meant if kind.endswith("2d")] or meant[:1]
    if meant:
        return UnknownKind(shown, tuple(meant[:2]))
    near = nearest(word, chain(blocks, (kind.name for kind in every())))
    return UnknownKind(shown, tuple(harmless(one, 60) for one in near), _opaque())


def _as_layer(name: str, arguments: str) -> str:
    """A layer as code writes it, as a spec does; empty where it cannot be read or does not suit."""
    read = calls.read(name, arguments) if calls.known(name) else None
    if read is None:
        return ""
    kind, fields, _shape = read
    try:
        kind.model_validate(fields)
    except ValidationError:
        return ""
    written = ", ".join(f"{field}: {json.dumps(value)}" for field, value in fields.items())
    return f"- {kind.name}: {{{written}}}" if fields else f"- {kind.name}"


@cache
def _opaque() -> str:
    """The kind that the user describes."""
    return next((kind.name for kind in every() if kind.opaque), "")
