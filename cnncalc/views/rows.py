"""The rows of the summary: which layers share one, and what each is called."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Sequence

from cnncalc.document import Text
from cnncalc.harmless import harmless
from cnncalc.language import _
from cnncalc.record import Record
from cnncalc.result import LayerResult, Result


class LayerRow(Record):
    """A layer, the layers folded into its row, and the rows it takes its other inputs from."""

    layer: LayerResult
    folded: tuple[LayerResult, ...]
    sources: tuple[str, ...]

    def name(self) -> Text:
        """What the row is called: `first_1 + second + third ← other_1`, in short `first_1 +2 ← other_1`; where several
        layers come together and their names do not fit, `first_1 + second + third ← 2 layers`."""
        own = harmless(self.layer.name)
        if not self.folded and not self.sources:
            return Text(own)
        whole = own + "".join(f" + {harmless(_spoken(layer))}" for layer in self.folded)
        brief = f"{own} +{len(self.folded)}" if self.folded else own
        if not self.sources:
            arrows = [""]
        else:
            arrows = [f" ← {', '.join(map(harmless, self.sources))}"]
            counted = " ← " + _("{count} layers").format(count=len(self.layer.inputs))
            if len(self.layer.inputs) > 1 and len(counted) < len(arrows[0]):
                arrows.append(counted)
        text, *shorter = dict.fromkeys(name + arrow for arrow in arrows for name in (whole, brief))
        return Text(text, tuple(shorter))


def layer_rows(result: Result, counts: Sequence[str], all_rows: bool) -> list[LayerRow]:
    """The rows of the table. A layer that acts on each value alone and prints only zeros shares the one above."""
    users = _users(result)
    rows: list[list[LayerResult]] = []
    for layer in result.layers:
        if rows and not all_rows and _folds(layer, rows[-1], users, counts):
            rows[-1].append(layer)
        else:
            rows.append([layer])
    holders = {layer.name: row[0].name for row in rows for layer in row}
    made: list[LayerRow] = []
    above = {name for name, _shape in result.inputs[-1:]}
    for first, *folded in rows:
        sources = [bare(name, holders) for name in first.inputs if bare(name, holders) not in above]
        made.append(LayerRow(first, tuple(folded), tuple(dict.fromkeys(holders.get(name, name) for name in sources))))
        above = {(folded or [first])[-1].name}
    return made


def bare(name: str, known: dict[str, str]) -> str:
    """The layer's name without the number of the output (`split:1`)."""
    head, colon, _number = name.rpartition(":")
    return head if colon and name not in known else name


def _users(result: Result) -> Counter[str]:
    """How often each output is used; what leaves the network is used once more."""
    known = {layer.name: layer.name for layer in result.layers}
    used = Counter(name for layer in result.layers for name in {bare(name, known) for name in layer.inputs})
    used.update(bare(name, known) for name, _shape in result.outputs)
    return used


def _folds(layer: LayerResult, row: Sequence[LayerResult], users: Counter[str], counts: Sequence[str]) -> bool:
    previous = row[-1]
    if not layer.elementwise or layer.inputs != (previous.name,) or users[previous.name] != 1:
        return False
    shown = [getattr(layer, count) for count in dict.fromkeys(("parameters", "multiplications", *counts))]
    if all(value == 0 for value in shown):
        return True
    # Behind a layer of unknown shape nothing is known of a nonlinearity either, and its row would say so twice.
    return previous.output_shape is None and not any(shown) and bool(layer.roles & {"nonlinearity", "regularisation"})


def _spoken(layer: LayerResult) -> str:
    """The kind of a layer that was given no name of its own."""
    numbered = re.fullmatch(rf"(?:.*\.)?{re.escape(layer.kind)}_[0-9]+", layer.name)
    return layer.kind if numbered else layer.name
