"""The window on its way over the input: one frame for each place of the first map."""

from __future__ import annotations

from typing import Any

from cnncalc.document import Block, Derivation, Document, Entry, Heading, Paragraph, Phrase, Span, Step, dim, plain
from cnncalc.formula.worked import WrittenOut, shown
from cnncalc.language import _
from cnncalc.shape import text as shape_text
from cnncalc.teach.trace import TracedLayer
from cnncalc.tensor import Index, indices
from cnncalc.views.maps import Marks, beside, number_lines, wide
from cnncalc.views.written_out import calculation, calculation_of_channels

MOST_FRAMES, MOST_ROWS, MOST_WIDTH, MOST_CHANNELS = 100, 20, 68, 3
"""Frames that are shown; rows, cells and channels of an input that are drawn at once."""

AROUND = 1
"""Places round the window that are drawn of an input that is too large."""


def steps(layer: TracedLayer) -> Document:
    """The window of the layer over every place in turn, with the calculation and the map as far as it is known."""
    shape = layer.output.shape
    places = [(0, *place) for place in indices(shape[1:])]
    found = [layer.written_out(at) for at in places[:MOST_FRAMES]]
    heading = Heading(
        (Span(layer.name, "bold"), Span(f" · {shape_text(layer.inputs[0].shape)} → {shape_text(shape)}")),
        _("the first map, place by place"),
    )
    blocks: list[Block] = [heading]
    drawn = _Drawn(layer, found)
    for number, (at, one) in enumerate(zip(places, found, strict=False)):
        label = _("{number} of {count}").format(number=number + 1, count=len(places))
        lines = [Step(line, equals=False, drawn=True) for line in drawn.frame(at, one)]
        blocks.append(Derivation((Entry(label, (*lines, *_calculated(one))),)))
    if len(places) > MOST_FRAMES:
        rest = _("{rest} more places are not shown").format(rest=len(places) - MOST_FRAMES)
        blocks.append(Paragraph(dim(rest)))
    return Document(tuple(blocks))


def _calculated(one: WrittenOut) -> tuple[Step, ...]:
    return tuple(calculation_of_channels(one) if len(one.slices) > 1 else calculation(one.formula))


class _Drawn:
    """What the frames share: the values at all places that a window looks at, padding included."""

    def __init__(self, layer: TracedLayer, found: list[WrittenOut]) -> None:
        self.layer = layer
        self.channels = [one.channel for one in found[0].slices[:MOST_CHANNELS]]
        self.values: dict[Index, Any] = {}
        x = layer.inputs[0]
        for channel in self.channels:
            for place in indices(x.shape[1:]):
                self.values[(channel, *place)] = x[(channel, *place)]
        for one in found:
            for part in one.slices:
                if part.channel in self.channels:
                    self.values.update(zip(part.places, part.window.values, strict=True))
        self.low = tuple(map(min, zip(*self.values, strict=True)))[1:]
        high = tuple(map(max, zip(*self.values, strict=True)))[1:]
        # The slices of a volume stand one below the other, a blank row apart.
        self.pitch = high[-2] - self.low[-2] + 2 if len(high) == 3 else 0
        seen = [self._flat(at[1:]) for at in self.values]
        self.first = (min(y for y, _x in seen), min(x for _y, x in seen))
        self.last = (max(y for y, _x in seen), max(x for _y, x in seen))

        # Decided once, so that all frames look alike.
        whole = [self._input(channel, found[0], self.first, self.last) for channel in self.channels]
        output = number_lines(self._output(layer.output.shape), write=str)
        self.cut = len(whole[0]) > MOST_ROWS or sum(map(wide, [*whole, output])) > MOST_WIDTH

    def frame(self, at: Index, one: WrittenOut) -> list[Phrase]:
        """The input with the window marked, an arrow, and the output up to here."""
        inputs = [self._input(channel, one, self.first, self.last) for channel in self.channels]
        output = number_lines(self._output(at), write=str)
        if self.cut:
            seen = [self._flat(place[1:]) for part in one.slices for place in part.places]
            first = tuple(
                max(min(axis) - AROUND, low) for axis, low in zip(zip(*seen, strict=True), self.first, strict=True)
            )
            last = tuple(
                min(max(axis) + AROUND, high) for axis, high in zip(zip(*seen, strict=True), self.last, strict=True)
            )
            inputs = [self._input(channel, one, first, last) for channel in self.channels]
            output = [plain(shown(self.layer.output[at]))]
        height = max(map(len, (*inputs, output)))
        arrow: list[Phrase] = [
            plain("→" if row == (min(height, len(output)) - 1) // 2 else " ") for row in range(height)
        ]
        return beside([*inputs, arrow, output], "  ")

    def _input(self, channel: int, one: WrittenOut, first: Index, last: Index) -> list[Phrase]:
        """One channel from the place `first` to the place `last`, the window marked."""
        flat = {self._flat(at[1:]): (at, value) for at, value in self.values.items() if at[0] == channel}
        rows, columns = range(first[0], last[0] + 1), range(first[1], last[1] + 1)
        matrix = [[flat.get((y, x), (None, None))[1] for x in columns] for y in rows]
        window = {
            (y - first[0], x - first[1])
            for part in one.slices
            if part.channel == channel
            for y, x in (self._flat(at[1:]) for at in part.places)
        }
        padding = {(y - first[0], x - first[1]) for (y, x), (at, _value) in flat.items() if self.layer.in_padding(at)}
        return number_lines(matrix, Marks(window, padding))

    def _output(self, at: Index) -> list[list[str]]:
        """The values of the first map up to this place; a dot for those to come."""
        shape = self.layer.output.shape[1:]
        done = [place for place in indices(shape) if place <= at[1:]]
        values = [shown(self.layer.output[(0, *place)]) for place in done]
        columns = shape[-1]
        count = len(list(indices(shape)))
        written = [*values, *["."] * (count - len(values))]
        return [written[start : start + columns] for start in range(0, count, columns)]

    def _flat(self, place: Index) -> tuple[int, int]:
        """The place in a drawing: a list is one row."""
        if len(place) == 3:
            return ((place[0] - self.low[0]) * self.pitch + place[1] - self.low[1], place[2])
        return (0, *place) if len(place) == 1 else (place[0], place[1])
