"""The columns of the summary: their names, their heads, and what each shows of a layer."""

from __future__ import annotations

from collections.abc import Sequence
from functools import lru_cache

from cnncalc.document import BLANK, Cell, Column, ShapeCell, Text
from cnncalc.harmless import harmless
from cnncalc.language import _
from cnncalc.result import COUNTS, SHORT, Geometry, LayerResult
from cnncalc.shape import Shape, text
from cnncalc.suggest import did_you_mean, nearest
from cnncalc.views.numbers import Units, count

SHORT_WORDS = {**SHORT, "line": "place", "input_shapes": "input", "output_shapes": "output"}
"""Other words for columns: the short ones of everywhere, the place's, and the JSON names of the shapes."""

WINDOW = ("k", "s", "p", "d", "g")
WORDS = ("kind", "inputs", "status")
NAMES = ("name", *WORDS, *WINDOW, "input", "output", "receptive_field", "jump", *COUNTS, "place")
"""Every column that can be asked for; the name always comes first."""

BARRED = ("parameters", "multiplications", "macs", "flops")
"""The counts that are drawn as bars beside their numbers."""

_DROPPED = {
    "weights": 1,
    "biases": 1,
    "receptive_field": 2,
    "share": 3,
    "bar": 4,
    "name": 5,
    "p": 6,
    "d": 6,
    "g": 6,
    "s": 7,
    "k": 8,
    "output": 9,
}
"""What gives way first when the width shrinks; what is not named here stays."""


class UnknownColumn(ValueError):
    """A word that names no column, with the one that may have been meant."""

    def __init__(self, word: str) -> None:
        self.word = word
        near = nearest(word, (*NAMES, *SHORT_WORDS), 1)
        self.meant = near[0] if near else None
        super().__init__(word)

    def __str__(self) -> str:
        if not self.word:
            return _("a column has an empty name; write them with one comma between two, as in k,s,output")
        if self.meant is not None:
            line = _("no column is called {word}").format(word=harmless(self.word, 60))
            return _("{line}; {more}").format(line=line, more="".join(did_you_mean([self.meant])))
        return _("no column is called {word}; there are {names}").format(
            word=harmless(self.word, 60), names=", ".join(NAMES)
        )


def chosen(asked: Sequence[str]) -> tuple[str, ...]:
    """The full names of the columns beside the name, each once, in the order in which they were asked for."""
    names = [SHORT_WORDS.get(word.strip(), word.strip()) for word in asked]
    for name in names:
        if name not in NAMES:
            raise UnknownColumn(name)
    return tuple(name for name in dict.fromkeys(names) if name != "name")


def usual(layers: Sequence[LayerResult]) -> tuple[str, ...]:
    """The columns that are shown unasked, as far as they have something to say of these layers."""
    windows = [layer.geometry for layer in layers if layer.geometry is not None]
    dilated = ("d",) if any(size != 1 for window in windows for size in window.dilation) else ()
    grouped = ("g",) if any(window.groups != 1 for window in windows) else ()
    sliding = ("k", "s", "p") if windows else ()
    seeing = ("receptive_field",) if any(_seen(layer) for layer in layers) else ()
    counted = ("weights", "biases", "parameters", "multiplications")
    return (*sliding, *dilated, *grouped, "output", *seeing, *counted)


def label(name: str) -> str:
    """What the reader calls a column or an expected number."""
    return {
        "kind": _("kind"),
        "inputs": _("inputs"),
        "status": _("status"),
        "input": _("input"),
        "output": _("output"),
        "receptive_field": _("RF"),
        "jump": _("jump"),
        "place": _("line"),
        "weights": _("weights"),
        "biases": _("biases"),
        "parameters": _("parameters"),
        "trainable": _("trainable"),
        "buffers": _("buffers"),
        "multiplications": _("multiplications"),
        "additions": _("additions"),
        "macs": _("MACs"),
        "flops": _("FLOPs"),
        "comparisons": _("comparisons"),
        "divisions": _("divisions"),
        "transcendentals": _("transcendentals"),
        "depth": _("depth"),
        "activations": _("activations"),
        "downsampling": _("downsampling"),
        "weights_memory": _("bytes of the weights"),
    }.get(name, name)


def columns(names: Sequence[str], *, fixed: bool) -> tuple[Column, ...]:
    """The table's columns, each barred one followed by its bar and its share; fixed ones never give way."""
    made = [Column("name", _("layer"), shorten=_DROPPED["name"], group="window")]
    for name in names:
        drop = None if fixed else _DROPPED.get(name)
        if name in WORDS:
            made.append(Column(name, label(name), "left", drop, group=name))
        elif name in WINDOW:
            made.append(Column(name, name, "right", drop, group="window"))
        elif name in ("input", "output"):
            made.append(Column(name, label(name), "shape", drop, group=name))
        elif name in COUNTS:
            group = "parameters" if name in COUNTS[:5] else name
            made.append(Column(name, label(name), "right", drop, group=group))
        else:
            made.append(Column(name, label(name), "right", drop, group="output"))
        if name in BARRED:
            made.append(Column(f"{name}_bar", "", "bar", _DROPPED["bar"], group=made[-1].group, attached=True))
            made.append(Column(f"{name}_share", "", "right", _DROPPED["share"], group=made[-1].group, attached=True))
    return tuple(made)


def cell(name: str, layer: LayerResult, units: Units) -> Cell:
    """What the column shows of the layer."""
    if name in WINDOW:  # what a table shows unasked comes first: very long ones take long
        return BLANK if layer.geometry is None else _window(name, layer.geometry)
    if name == "output":
        return _shape(layer.output_shape)
    if name in COUNTS:
        return count(getattr(layer, name), units=units)
    if name in WORDS:
        return Text(_word(name, layer))
    if name == "input":
        if len(layer.input_shapes) == 1:
            return ShapeCell(layer.input_shapes[0])
        return Text(", ".join("?" if shape is None else text(shape) for shape in layer.input_shapes))
    if name == "place":
        return BLANK if layer.place is None else Text(str(layer.place.line))
    return _shared(_seen(layer) if name == "receptive_field" else _jump(layer))


@lru_cache(maxsize=1024)
def _shared(text: str) -> Text:
    """A cell with the text; the same one wherever it is shown again, for tables of very many rows."""
    return Text(text)


@lru_cache(maxsize=1024)
def _shape(shape: Shape | None) -> ShapeCell:
    """A cell with the shape; the same one wherever it comes again."""
    return ShapeCell(shape)


def _word(name: str, layer: LayerResult) -> str:
    match name:
        case "kind":
            return harmless(layer.kind)
        case "inputs":
            return ", ".join(map(harmless, layer.inputs))
        case _:
            return layer.status


@lru_cache(maxsize=1024)
def _window(name: str, window: Geometry) -> Text:
    """What a column says of a window; worked out once for windows that are alike."""
    match name:
        case "k":
            shown = _sizes(window.kernel)
        case "s":
            shown = _sizes(window.stride)
        case "p":
            shown = _sizes([str(low) if low == high else f"{low}/{high}" for low, high in window.padding])
        case "d":
            shown = _sizes(window.dilation)
        case _:
            shown = str(window.groups)
    return Text(shown)


def _sizes(sizes: Sequence[object]) -> str:
    """One value per axis; once when all are alike."""
    if len(sizes) > 1 and len(set(sizes)) == 1:
        sizes = sizes[:1]
    return "×".join(map(str, sizes))


def _seen(layer: LayerResult) -> str:
    """The receptive field. A vector of features has none of its own unless it sees everything."""
    if layer.sees_all:
        return _("all")
    if layer.output_shape is None:
        return "?"
    if len(layer.output_shape) < 2:
        return ""
    if layer.receptive_field is None:
        # Without a jump there is nothing to see; with one, the field could not be followed.
        return "" if layer.jump is None else "?"
    return _sizes(layer.receptive_field)


def _jump(layer: LayerResult) -> str:
    if layer.output_shape is None:
        return "?"
    if layer.jump is None or None in layer.jump or len(layer.output_shape) < 2:
        return ""
    return _sizes(layer.jump)
