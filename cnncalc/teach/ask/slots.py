"""What a number means beside a word: the sides of a kernel, how many of them, channels that come or go."""

from __future__ import annotations

from cnncalc.kinds import find
from cnncalc.teach.ask.attached import MOST_STACKED, Attached, counts_maps, is_linear
from cnncalc.teach.ask.nouns import ahead_noun
from cnncalc.teach.ask.wording import Piece

TO = (
    *("into", "to", "到", "变成", "变为", "降到", "降至", "降为", "降维到"),
    *("升到", "升至", "升为", "升维到", "压缩到", "扩展到", "增加到", "减少到"),
)
"""Words in front of the number of channels that comes out."""


def slot_beside(held: Attached, piece: Piece, noun: int, order: str, sized: bool, measured: bool, index: int) -> str:
    """What a number means beside a noun; empty when they do not go together."""
    word = held.pieces[noun]
    size = piece.kind == "size"
    if piece.kind == "number" and counts_maps(held, index):
        return "out_channels" if word.says("filter") else ""
    if word.kind == "kind":
        return _of_kind(held, piece, word, order, measured, index)
    if word.kind == "asked":
        near = order == "back" and ahead_noun(held, index)[0] is None and held.pieces[index - 1].text not in ("of", ":")
        return "output" if word.word in ("output_size", "output_shape") and near and not _of(held, index) else ""
    meaning = word.word
    if meaning == "output" and order == "back" and _of(held, index) and _windowed_ahead(held, index):
        return ""
    if meaning == "output" and order == "back" and held.pieces[index - 1].text == "on":
        # Output on 56×56: what the layer is applied to.
        return ""
    if meaning == "filter":
        return _of_filter(held, piece, word, order, sized, measured, index)
    if meaning == "kernel_size" and len(word.meaning) > 1 and word.meaning[1] == "K" and _letter(held, "F"):
        return "out_channels"
    if meaning == "input" and len(word.meaning) > 1 and word.meaning[1] == "N" and _has_input(held, noun):
        return "batch"
    if meaning == "width" and not any(one.says("height") for one in held.pieces):
        return "input"
    if size and meaning in ("in_channels", "out_channels", "channels", "out_features", "batch", "groups"):
        return "input" if meaning == "in_features" else ""
    if size and meaning == "in_features":
        return "input"
    if meaning == "channels":
        return _of_channels(held, noun, index)
    if meaning in ("input",) and not size and held.linear and order == "back" and "vector" in word.text:
        return "in_features"
    if meaning == "output" and order == "ahead":
        return "out_features" if word.text == "outputs" else ("out_channels" if measured else "output")
    if meaning == "input" and order == "ahead" and measured and not size and piece.word != "numeral":
        return "batch" if word.text in ("images", "pictures", "图片", "图像") else ""
    return meaning


def _of(held: Attached, index: int) -> bool:
    """Whether `of` joins a number to the word in front of it: the output size of a 7×7 picture is not 7×7."""
    return any(one.text == "of" for one in held.pieces[max(index - 3, 0) : index])


def _windowed_ahead(held: Attached, index: int) -> bool:
    """Whether a number is the kernel of what follows: the output of 3×3 max pooling."""
    at = ahead_noun(held, index)[0]
    return at is not None and (held.pieces[at].kind == "kind" or held.pieces[at].says("filter"))


def _letter(held: Attached, letter: str) -> bool:
    return any(
        len(p.meaning) > 1 and p.meaning[1] in (letter, letter.lower()) and p.kind == "field" for p in held.pieces
    ) or any(p.says("kernel_size") and len(p.meaning) == 1 for p in held.pieces)


def _has_input(held: Attached, noun: int) -> bool:
    return any(
        i != noun
        and (p.kind == "size" or p.says("width"))
        and (p.kind != "size" or len(p.values) > 2 or _names_input(held, i))
        for i, p in enumerate(held.pieces)
    )


def _names_input(held: Attached, index: int) -> bool:
    around = held.pieces[max(index - 2, 0) : index + 3]
    return any(one.says("input") for one in around)


def _of_kind(held: Attached, piece: Piece, word: Piece, order: str, measured: bool, index: int) -> str:
    linear = is_linear(word.word)
    windowed = (kind := find(word.word)) is not None and "kernel_size" in kind.model_fields
    if piece.kind == "size":
        if kind is not None and "output_size" in kind.model_fields and order == "back":
            return "output"
        if (not linear and not windowed) or (word.text in ("convolve", "convolved") and order == "ahead"):
            return "input"
        if linear:
            units = any(one.says("out_features") for one in held.pieces)
            return "input" if units or len(piece.values) != 2 else "features"
        return "kernel_size" if len(piece.values) <= 3 else ""
    if linear:
        return "out_features"
    if order == "back":
        return "kernel_size" if windowed else ""
    kind = find(word.word)
    between = held.pieces[index + 1 : held.pieces.index(word)]
    # A few 3×3 convolutions may as well be layers one behind the other.
    counted = measured and any(one.kind == "size" for one in between) and piece.values[0] > MOST_STACKED
    return "out_channels" if counted and kind is not None and "out_channels" in kind.model_fields else ""


def _of_filter(held: Attached, piece: Piece, word: Piece, order: str, sized: bool, measured: bool, index: int) -> str:
    if piece.kind == "size":
        return "kernel_size"
    plural = word.text.isascii() and word.text.endswith("s")
    if order == "ahead":
        between = "".join(one.text for one in held.pieces[index + 1 : held.pieces.index(word)])
        counted = measured or plural or (not word.text.isascii() and "的" not in between and piece.word != "size")
        back = held.pieces[index - 1] if index else None
        if back is not None and back.says("size") and not measured:
            counted = False
        return "out_channels" if counted or piece.values[0] > 11 or piece.values[0] == 1 else "kernel_size"
    behind = held.pieces[index + 1] if index + 1 < len(held.pieces) else None
    if behind is not None and behind.text == "个":
        return "out_channels"
    if sized:
        return "kernel_size"
    return "out_channels" if plural else "kernel_size"


def _of_channels(held: Attached, noun: int, index: int) -> str:
    """Channels of the input or of the output, by the words around them."""
    order: list[int] = [min(noun, index) - 1]
    for step in range(1, 6):
        order += [noun + step, min(noun, index) - step]
    stopped = {1: False, -1: False}
    for at in order:
        side = 1 if at > noun else -1
        if not 0 <= at < len(held.pieces) or stopped[side]:
            continue
        piece = held.pieces[at]
        if piece.kind == "stop" or piece.kind == "number" or (side == 1 and piece.says("and", "with")):
            stopped[side] = True
        elif piece.says("input", "in_channels", "grey", "colour") or piece.text in ("in", "from", "takes", "receives"):
            return "in_channels"
        elif piece.says("output", "filter", "out_channels", "output_size", "output_shape") or piece.text in (
            "into",
            "to",
            *TO,
        ):
            return "out_channels"
        elif piece.kind == "size" and side == -1:
            return "in_channels"
    known = "in_channels" in held.values or any(len(one) == 3 for one in held.values.get("input", []))
    known = known or any(one.says("grey", "colour") for one in held.pieces)
    return "out_channels" if known and "out_channels" not in held.values else "in_channels"
