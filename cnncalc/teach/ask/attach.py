"""Which word each number of a question belongs to: `stride 2`, `10 filters`, `k = 3, 5, 7`, `3 → 64 channels`."""

from __future__ import annotations

from collections.abc import Sequence

from cnncalc.kinds import find
from cnncalc.kinds._contract import Role
from cnncalc.teach.ask.wording import Piece
from cnncalc.teach.ask.words import COUNTED

GENERIC = ("input", "output", "filter")
"""Nouns that leave a number to the counted thing behind it: `input 3 channels`."""

SEVERAL = ("kernel_size", "stride", "padding", "dilation")
"""What may have several values, each a question of its own: `for k = 3, 5, 7`."""

ON = ("on", "over", "onto", "to", "for", "对", "在")
"""Words behind a layer that lead to its input."""

MOST_STACKED = 5

Values = dict[str, list[tuple[int, ...]]]


class Attached:
    """The numbers by what they mean; `used` are the pieces that are spoken for."""

    def __init__(self, pieces: Sequence[Piece], layer_kind: str = "") -> None:
        self.pieces = pieces
        self.values: Values = {}
        self.several: dict[str, list[tuple[int, ...]]] = {}
        self.used: set[int] = set()
        self.nouns: dict[int, set[str]] = {}
        self.linear = _is_linear(layer_kind)
        self.run: tuple[int, ...] = ()
        self._run()
        self._pairs()
        for index, piece in enumerate(pieces):
            if piece.kind in ("number", "size") and index not in self.used:
                self._attach(index)
        for index, piece in enumerate(pieces):
            if piece.kind in ("number", "size") and index not in self.used:
                self._left_over(index)

    def left(self) -> list[Piece]:
        """Numbers that belong to nothing."""
        return [
            piece
            for index, piece in enumerate(self.pieces)
            if index not in self.used
            and (piece.kind == "unread" or (piece.kind in ("number", "size") and not _article(piece)))
        ]

    def valued(self, index: int) -> bool:
        """Whether a word has a number."""
        return bool(self.nouns.get(index))

    def keep(self, slot: str, index: int, noun: int | None = None) -> None:
        """A number with its meaning."""
        self.values.setdefault(slot, []).append(self.pieces[index].values)
        self.used.add(index)
        if noun is not None:
            self.nouns.setdefault(noun, set()).add(slot)
            before = noun - 1
            while before >= 0 and self.pieces[before].kind == "filler":
                before -= 1
            letter = self.pieces[noun].kind == "field" and len(self.pieces[noun].meaning) > 1
            same = before >= 0 and self._slot_name(before) in (self._slot_name(noun), slot)
            if same and letter and before not in self.nouns:
                # 填充p=1, padding (p) 1: the letter repeats the word.
                self.nouns.setdefault(before, set()).add(slot)

    def _slot_name(self, index: int) -> str:
        piece = self.pieces[index]
        return piece.word if piece.kind in ("field", "asked") else ""

    # Pairs -----------------------------------------------------------------------------------------------------------

    def _pairs(self) -> None:
        """`3 → 64`, `from 224 to 112`: what comes in and what goes out."""
        for index in range(1, len(self.pieces) - 1):
            between = self.pieces[index]
            if between.kind != "arrow" and between.text not in (
                "to",
                "到",
                "变成",
                "变为",
                "into",
                "down to",
                "becomes",
                "become",
                "变",
            ):
                continue
            first, second = self._number(index - 1, -1), self._number(index + 1, 1)
            if (
                first is None
                or second is None
                or self.pieces[first].kind == "number" != self.pieces[second].kind
                or first in self.used
                or second in self.used
            ):
                continue
            noun = self._near(first, second)
            a, b = self.pieces[first], self.pieces[second]
            if (a.kind == "size" and b.kind == "size") or noun in ("input", "output", "width", "height", "output_size"):
                slots = ("input", "output")
            elif a.kind == "size":
                channels = noun in ("channels", "out_channels", "filter")
                slots = ("input", "out_features" if self.linear else "out_channels" if channels else "output")
            elif noun in ("channels", "in_channels", "out_channels", "filter"):
                slots = ("in_channels", "out_channels")
            elif self.linear or noun in ("out_features", "in_features"):
                slots = ("in_features", "out_features")
            elif any(p.says("stride", "padding", "kernel_size") for p in self.pieces[:first]):
                slots = ("input", "output")
            elif any(p.kind == "size" for i, p in enumerate(self.pieces) if i not in (first, second)):
                slots = ("in_channels", "out_channels")
            else:
                continue
            self.keep(slots[0], first)
            self.keep(slots[1], second)

    def _run(self) -> None:
        """`784 → 512 → 10`: the features between fully connected layers, where nothing else is named."""
        if any(one.kind == "call" or one.says("filter", "kernel_size", "channels") for one in self.pieces):
            return
        if not self.linear and any(one.kind == "kind" for one in self.pieces):
            return
        found: list[int] = []
        for index, piece in enumerate(self.pieces):
            linked = index > 1 and self.pieces[index - 1].kind == "arrow" and found and found[-1] == index - 2
            if piece.kind == "number" and (linked or len(found) < 3):
                found = [*found, index] if linked else [index]
        if len(found) > 2:
            self.run = tuple(self.pieces[index].values[0] for index in found)
            self.used.update(found)

    def _number(self, index: int, step: int) -> int | None:
        while 0 <= index < len(self.pieces):
            if self.pieces[index].kind in ("number", "size"):
                return index
            if self.pieces[index].kind != "filler":
                return None
            index += step
        return None

    def _near(self, first: int, second: int) -> str:
        for index in (second + 1, second + 2, first - 1, first - 2, first - 3):
            if 0 <= index < len(self.pieces) and self.pieces[index].kind in ("field", "asked"):
                return self.pieces[index].word
            if 0 <= index < len(self.pieces) and self.pieces[index].kind == "stop" and index > second:
                continue
        return ""

    # One number ------------------------------------------------------------------------------------------------------

    def _attach(self, index: int) -> None:
        piece = self.pieces[index]
        back, joined, sized = self._back(index)
        ahead, measured = self._ahead(index)
        if piece.kind == "number" and (slot := self._in_and_out(index)):
            self.keep(slot, index)
            return
        for noun, order in self._choices(index, back, joined or sized, ahead, measured):
            slot = self._slot(piece, noun, order, sized, measured, index)
            if _article(piece) and slot != "out_channels":
                continue
            if slot and slot not in self.nouns.get(noun, set()):
                self.keep(slot, index, noun)
                return

    def _in_and_out(self, index: int) -> str:
        """`64 in, 128 out`: channels, or features of a fully connected layer."""
        texts = [one.text for one in self.pieces[index + 1 : index + 3]] + ["?"]
        front = [one.text for one in self.pieces[max(index - 2, 0) : index]]
        if front in (["in", "="], ["out", "="]) and {"in", "out"} <= {one.text for one in self.pieces}:
            # in=64, out=128
            return f"{front[0]}_{'features' if self.linear else 'channels'}"
        if texts[0] not in ("in", "out") or texts[1] not in (",", "?", "and", ".", ")", ";", "/", ":"):
            return ""
        if not any(one.text == "in" for one in self.pieces):
            return ""
        return f"{texts[0]}_{'features' if self.linear else 'channels'}"

    def _choices(
        self, index: int, back: int | None, joined: bool, ahead: int | None, measured: bool
    ) -> list[tuple[int, str]]:
        """The nouns that may be meant, the likeliest first."""
        behind = [] if back is None else [(back, "back")]
        front = [] if ahead is None else [(ahead, "ahead")]
        if ahead is None or back is None:
            return behind + front
        if self._set_in_a_row(index, back, ahead):
            return behind + front
        counts = self.pieces[ahead].kind == "field" and (self.pieces[ahead].word in COUNTED or measured)
        generic = self.pieces[back].kind == "kind" or self.pieces[back].word in GENERIC
        taken = bool(self.nouns.get(back)) and not (
            self.pieces[index].kind == "size" and self.pieces[back].says("filter")
        )
        front_noun = self.pieces[ahead].kind == "field" and self.pieces[ahead].word not in (
            "stride",
            "padding",
            "dilation",
        )
        sight = self.pieces[back].text in ("receptive field", "感受野")
        if ((self.pieces[back].kind == "kind" or sight) and front_noun) or self.pieces[index - 1].text == ":":
            return front + behind
        beside = front_noun or self.pieces[ahead].kind == "kind"
        if ahead == index + 1 and back < index - 1 and not joined and beside:
            return front + behind
        if joined and not (generic and counts):
            return behind + front
        if measured or taken or (generic and counts):
            return front + behind
        return behind + front

    def _set_in_a_row(self, index: int, back: int, ahead: int) -> bool:
        """Whether words stand in front of their numbers: `输入7×7 卷积核3 步长2`, `input 7×7 kernel 3×3 stride 2`."""
        first, own, second = self.pieces[back], self.pieces[index], self.pieces[ahead]
        if back != index - 1 or ahead != index + 1 or second.kind != "field":
            return False
        close = first.end == own.start and own.end < second.start and not first.text.isascii()
        if close and not (own.kind == "number" and second.says("channels", "in_channels", "out_channels")):
            return True
        # The word ahead has a number of its own behind it, and so on to the end.
        rest = [one.kind for one in self.pieces[ahead : ahead + 4]]
        return own.kind == "size" and rest[:3] == ["field", "size", "field"] and first.says("input", "filter")

    def _back(self, index: int) -> tuple[int | None, bool, bool]:
        """The noun in front of a number, whether a verb or an equals sign joins them, and whether `size` does."""
        joined = sized = False
        for at in range(index - 1, max(index - 9, -1), -1):
            piece = self.pieces[at]
            if piece.says("is"):
                joined = True
            elif piece.says("size"):
                sized = True
            elif (
                piece.kind in ("filler", "open")
                or piece.says("each", "what", "keep")
                or piece.text in ("^", "has", "have", "有")
            ):
                continue
            elif piece.kind == "kind" and self._leads_on(at, index, joined and not sized):
                return None, joined, sized
            elif piece.kind == "kind" or (piece.kind in ("field", "asked")):
                return at, joined, sized
            else:
                return None, joined, sized
        return None, joined, sized

    def _leads_on(self, at: int, index: int, joined: bool) -> bool:
        """Whether a number behind a layer is not its own: `a pooling on 28×28`, `the convolution is 3`."""
        kind = find(self.pieces[at].word)
        if kind is not None and "output_size" in kind.model_fields:
            # An adaptive pooling leads to its output.
            return False
        on = any(one.text in ON for one in self.pieces[at + 1 : index])
        return on or (self.pieces[index].kind == "number" and joined)

    def _ahead(self, index: int) -> tuple[int | None, bool]:
        """The noun behind a number, and whether a measure word says that things are counted."""
        measured = self.pieces[index].word == "numeral"
        skipped_size = False
        for at in range(index + 1, min(index + 9, len(self.pieces))):
            piece = self.pieces[at]
            if piece.kind == "filler":
                measured = measured or piece.text in (
                    "个",
                    "different",
                    "separate",
                    "learnable",
                    "distinct",
                    "不同的",
                    "种",
                )
            elif (
                piece.text == "@"
                or (piece.kind == "other" and piece.word in ("size", "grey", "colour", "each", "two_d"))
                or (piece.text in ("full",))
            ):
                continue
            elif piece.kind == "size" and self.pieces[index].kind == "number" and not skipped_size:
                skipped_size = True
            elif self._between(at, index):
                continue
            elif piece.kind in ("kind", "field") or (piece.kind == "asked" and piece.word == "output_size"):
                if skipped_size and not (piece.kind == "kind" or piece.word in ("filter", "channels")):
                    return None, False
                return at, measured or skipped_size
            else:
                return None, measured
        return None, measured

    def _between(self, at: int, index: int) -> bool:
        """Whether a word may stand between a number and its noun: `5×5 gizmo kernels`, `3×3 same convolution`."""
        strange = self.pieces[at].kind == "unknown" and at == index + 1 and self.pieces[index].kind == "size"
        return strange or self.pieces[at].says("depthwise", "pointwise", "same", "valid")

    def _slot(self, piece: Piece, noun: int, order: str, sized: bool, measured: bool, index: int) -> str:
        """What a number means beside a noun; empty when they do not go together."""
        word = self.pieces[noun]
        size = piece.kind == "size"
        if piece.kind == "number" and self._times_maps(index):
            return "out_channels" if word.says("filter") else ""
        if word.kind == "kind":
            return self._of_kind(piece, word, order, measured, index)
        if word.kind == "asked":
            near = order == "back" and self._ahead(index)[0] is None and self.pieces[index - 1].text not in ("of", ":")
            return "output" if word.word in ("output_size", "output_shape") and near and not self._of(index) else ""
        meaning = word.word
        if meaning == "output" and order == "back" and self._of(index) and self._windowed_ahead(index):
            return ""
        if meaning == "filter":
            return self._of_filter(piece, word, order, sized, measured, index)
        if meaning == "kernel_size" and len(word.meaning) > 1 and word.meaning[1] == "K" and self._letter("F"):
            return "out_channels"
        if meaning == "input" and len(word.meaning) > 1 and word.meaning[1] == "N" and self._has_input(noun):
            return "batch"
        if meaning == "width" and not any(one.says("height") for one in self.pieces):
            return "input"
        if size and meaning in ("in_channels", "out_channels", "channels", "out_features", "batch", "groups"):
            return "input" if meaning == "in_features" else ""
        if size and meaning == "in_features":
            return "input"
        if meaning == "channels":
            return self._of_channels(noun, index)
        if meaning in ("input",) and not size and self.linear and order == "back" and "vector" in word.text:
            return "in_features"
        if meaning == "output" and order == "ahead":
            return "out_features" if word.text == "outputs" else ("out_channels" if measured else "output")
        if meaning == "input" and order == "ahead" and measured and not size and piece.word != "numeral":
            return "batch" if word.text in ("images", "pictures", "图片", "图像") else ""
        return meaning

    def _of(self, index: int) -> bool:
        """Whether `of` joins a number to the word in front of it: the output size of a 7×7 picture is not 7×7."""
        return any(one.text == "of" for one in self.pieces[max(index - 3, 0) : index])

    def _times_maps(self, index: int) -> bool:
        """The notation of LeNet's paper: `64@5×5`."""
        behind = [one.text for one in self.pieces[index + 1 : index + 2]]
        return behind == ["@"] and [one.kind for one in self.pieces[index + 2 : index + 3]] == ["size"]

    def _windowed_ahead(self, index: int) -> bool:
        """Whether a number is the kernel of what follows: the output of 3×3 max pooling."""
        at = self._ahead(index)[0]
        return at is not None and (self.pieces[at].kind == "kind" or self.pieces[at].says("filter"))

    def _letter(self, letter: str) -> bool:
        return any(
            len(p.meaning) > 1 and p.meaning[1] in (letter, letter.lower()) and p.kind == "field" for p in self.pieces
        ) or any(p.says("kernel_size") and len(p.meaning) == 1 for p in self.pieces)

    def _has_input(self, noun: int) -> bool:
        return any(
            i != noun
            and (p.kind == "size" or p.says("width"))
            and (p.kind != "size" or len(p.values) > 2 or self._names_input(i))
            for i, p in enumerate(self.pieces)
        )

    def _names_input(self, index: int) -> bool:
        around = self.pieces[max(index - 2, 0) : index + 3]
        return any(one.says("input") for one in around)

    def _of_kind(self, piece: Piece, word: Piece, order: str, measured: bool, index: int) -> str:
        linear = _is_linear(word.word)
        windowed = (kind := find(word.word)) is not None and "kernel_size" in kind.model_fields
        if piece.kind == "size":
            if kind is not None and "output_size" in kind.model_fields and order == "back":
                return "output"
            if (not linear and not windowed) or (word.text in ("convolve", "convolved") and order == "ahead"):
                return "input"
            if linear:
                units = any(one.says("out_features") for one in self.pieces)
                return "input" if units or len(piece.values) != 2 else "features"
            return "kernel_size" if len(piece.values) <= 3 else ""
        if linear:
            return "out_features"
        if order == "back":
            return "kernel_size" if windowed else ""
        kind = find(word.word)
        between = self.pieces[index + 1 : self.pieces.index(word)]
        # A few 3×3 convolutions may as well be layers one behind the other.
        counted = measured and any(one.kind == "size" for one in between) and piece.values[0] > MOST_STACKED
        return "out_channels" if counted and kind is not None and "out_channels" in kind.model_fields else ""

    def _of_filter(self, piece: Piece, word: Piece, order: str, sized: bool, measured: bool, index: int) -> str:
        if piece.kind == "size":
            return "kernel_size"
        plural = word.text.isascii() and word.text.endswith("s")
        if order == "ahead":
            between = "".join(one.text for one in self.pieces[index + 1 : self.pieces.index(word)])
            counted = measured or plural or (not word.text.isascii() and "的" not in between and piece.word != "size")
            back = self.pieces[index - 1] if index else None
            if back is not None and back.says("size") and not measured:
                counted = False
            return "out_channels" if counted or piece.values[0] > 11 or piece.values[0] == 1 else "kernel_size"
        behind = self.pieces[index + 1] if index + 1 < len(self.pieces) else None
        if behind is not None and behind.text == "个":
            return "out_channels"
        if sized:
            return "kernel_size"
        return "out_channels" if plural else "kernel_size"

    def _of_channels(self, noun: int, index: int) -> str:
        """Channels of the input or of the output, by the words around them."""
        order: list[int] = []
        for step in range(1, 6):
            order += [noun + step, min(noun, index) - step]
        stopped = {1: False, -1: False}
        for at in order:
            side = 1 if at > noun else -1
            if not 0 <= at < len(self.pieces) or stopped[side]:
                continue
            piece = self.pieces[at]
            if piece.kind == "stop" or piece.kind == "number" or (side == 1 and piece.says("and", "with")):
                stopped[side] = True
            elif piece.says("input", "in_channels", "grey", "colour") or piece.text in (
                "in",
                "from",
                "takes",
                "receives",
            ):
                return "in_channels"
            elif piece.says("output", "filter", "out_channels", "output_size", "output_shape") or piece.text in (
                "into",
                "to",
            ):
                return "out_channels"
            elif piece.kind == "size" and side == -1:
                return "in_channels"
        known = "in_channels" in self.values or any(len(one) == 3 for one in self.values.get("input", []))
        known = known or any(one.says("grey", "colour") for one in self.pieces)
        return "out_channels" if known and "out_channels" not in self.values else "in_channels"

    # What is left ----------------------------------------------------------------------------------------------------

    def _left_over(self, index: int) -> None:
        piece = self.pieces[index]
        slot = self._series(index)
        if slot:
            self.several.setdefault(slot, [*self.values[slot]]).append(piece.values)
            self.used.add(index)
            return
        keeps = any(one.says("keep") for one in self.pieces)
        if piece.values in self.values.get("input", ()) and keeps:
            self.keep("output", index)
            return
        if piece.kind == "size" and len(piece.values) > 1:
            small = max(piece.values) <= 11 and len(piece.values) == 2 and "kernel_size" not in self.values
            if small and "in_channels" in self.values and not self.linear:
                self.keep("kernel_size", index)
            elif "input" not in self.values and "in_features" not in self.values and len(piece.values) <= 4:
                self.keep("input", index)
            elif "kernel_size" not in self.values and len(piece.values) <= 3 and not self.linear:
                self.keep("kernel_size", index)
            return
        behind = self.pieces[index + 1] if index + 1 < len(self.pieces) else None
        front = [one for one in self.pieces[max(index - 3, 0) : index] if one.kind != "filler"]
        if (
            (self.pieces[index - 1].text in ON or (front and front[-1].text in ON))
            and "input" not in self.values
            and index
        ):
            self.keep("input", index)
            return
        numbered = (
            bool(front)
            and self.pieces[index - 1].text in ("个数", "数量", "数目", "数为", "为", "number", "count")
            and any(
                one.text in ("个数", "数量", "数目", "number", "count")
                for one in self.pieces[max(index - 3, 0) : index]
            )
        )
        numbered = numbered or self.pieces[index - 1].text in ("个数", "数量", "数目")
        them = [one.text for one in self.pieces[index + 1 : index + 3]] == ["of", "them"]
        if (
            behind is not None
            and (behind.text == "个" or them or numbered)
            and any(one.says("filter") for one in self.pieces)
        ):
            if "out_channels" not in self.values:
                self.keep("out_channels", index)
        elif (
            self.linear
            and "in_features" not in self.values
            and "input" not in self.values
            and "out_features" in self.values
        ):
            self.keep("in_features", index)

    def _series(self, index: int) -> str:
        """The word whose further value this is: the 5 and the 7 of `k = 3, 5, 7`."""
        at, apart = index - 1, False
        while at >= 0 and (self.pieces[at].says("and") or self.pieces[at].text in (",", "、")):
            at, apart = at - 1, True
        if not apart or at < 0 or self.pieces[at].kind not in ("number", "size") or at not in self.used:
            return ""
        if index + 1 < len(self.pieces) and self.pieces[index + 1].kind not in ("stop", "other", "number", "filler"):
            return ""
        values = self.pieces[at].values
        return next(
            (s for s in SEVERAL for one in (*self.values.get(s, ()), *self.several.get(s, ())) if one == values), ""
        )


def _is_linear(name: str) -> bool:
    kind = find(name) if name else None
    return kind is not None and Role.LINEAR in kind.roles


def _article(piece: Piece) -> bool:
    return piece.word == "numeral" and piece.text == "one"
