"""Which input sizes pass a network without dropping a row."""

from __future__ import annotations

from cnncalc.document import Block, Document, Heading, Paragraph, Span, dim, plain
from cnncalc.harmless import harmless
from cnncalc.language import _, plural
from cnncalc.shape import Shape
from cnncalc.teach.passing import Drop, runs


def passing(
    name: str, shape: Shape, bounds: tuple[int, int], sizes: list[int], near: list[int], first: Drop | None
) -> Document:
    """Which input sizes pass a network without dropping a row."""
    low, high = bounds
    said = _("square inputs from {low} to {high}").format(low=low, high=high)
    left = (Span(harmless(name), "bold"), Span(f" · {said}")) if name else (Span(said),)
    blocks: list[Block] = [Heading(left, _("no row dropped"))]
    if sizes:
        counted = plural("{count} size: {sizes}", "{count} sizes: {sizes}", len(sizes))
        blocks.append(Paragraph(plain(counted.format(count=len(sizes), sizes=_runs(sizes)))))
        blocks.append(Paragraph(dim(_example(shape, sizes[0]))))
        return Document(tuple(blocks))
    blocks.append(Paragraph(plain(_("None of them passes whole. {reason}").format(reason=_reason(low, first)))))
    if near:
        said = _("The nearest that do: {sizes}.").format(sizes=", ".join(map(str, near)))
        blocks.append(Paragraph(plain(said)))
    return Document(tuple(blocks))


def _runs(sizes: list[int]) -> str:
    """Sizes in a few words: `224, 256`, `200–260`, `every 32 from 224 to 512`."""
    written = []
    for first, last, step in runs(sizes):
        if step == 0:
            written.append(str(first))
        elif step == 1:
            written.append(f"{first}–{last}")
        else:
            written.append(_("every {step} from {first} to {last}").format(step=step, first=first, last=last))
    return ", ".join(written)


def _example(shape: Shape, size: int) -> str:
    written = "x".join(map(str, (shape[0], *(size,) * (len(shape) - 1))))
    return _("to try one: --input {shape}").format(shape=written)


def _reason(size: int, drop: Drop | None) -> str:
    if drop is None:
        return ""
    if drop.reason:
        return _("At {size}, {layer}: {reason}.").format(size=size, layer=harmless(drop.layer), reason=drop.reason)
    sentence = plural(
        "At {size}, {layer} drops {rows} row of {of}.", "At {size}, {layer} drops {rows} rows of {of}.", drop.rows
    )
    return sentence.format(size=size, layer=harmless(drop.layer), rows=drop.rows, of=drop.of)
