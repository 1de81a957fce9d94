"""Facts, derivations, paragraphs and verdicts laid out in lines."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from cnncalc.document import (
    Derivation,
    Entry,
    Facts,
    Heading,
    Pair,
    Paragraph,
    Phrase,
    Picture,
    Prose,
    Span,
    Step,
    Verdict,
    words,
)
from cnncalc.render.cells import cells, wrapped
from cnncalc.render.layout import Line
from cnncalc.render.signs import Say

_FEWEST = 20
"""The least number of cells a wrapped text is given, however narrow the terminal."""


def heading(block: Heading, end: int, width: int, say: Say) -> list[Line]:
    """The left part, and the right part so that it ends at `end`; a line of its own for each when both do not fit in
    one, and what is wider than the terminal wrapped."""
    raw = block.left if say("·") == "·" else _without_dot(block.left)
    left, right = said(raw, say), say(block.right)
    gap = end - 1 - cells(words(left)) - cells(right)
    if right and gap >= 2:
        return [(Span(" "), *left, Span(" " * gap), Span(right, "dim"))]
    below = flowing((Span(block.right, "dim"),), 1, width, say) if right else []
    return [*([(Span(" "), *left)] if 1 + cells(words(left)) <= width else flowing(raw, 1, width, say)), *below]


def _without_dot(left: Phrase) -> Phrase:
    """The dot of a heading stands between a name and what it is about; elsewhere it multiplies and becomes `*`."""
    return tuple(Span(span.text.replace(" · ", ": "), span.style) for span in left)


def paragraph(block: Paragraph, width: int, say: Say) -> list[Line]:
    """The sentences, wrapped."""
    return flowing(block.text, block.indent, width, say)


def verdict(block: Verdict, width: int, say: Say) -> list[Line]:
    """The sign for right or wrong, and the answer."""
    text = say("✓" if block.right else "✗")
    sign = Span(text if cells(text) == 1 else f"{text}:", "help" if block.right else "error")
    first, *rest = flowing((Span(block.text),), cells(sign.text) + 2, width, say)
    return [(Span(" "), sign, Span(" "), *first[1:]), *rest]


def facts(block: Facts, labels: int, width: int, say: Say) -> list[Line]:
    """Labels in a column of `labels` cells, values behind them, wrapped; a caret under what is marked."""
    start = block.indent + (labels + block.gap if labels else 0)
    parts = _part_widths(block, say) if block.aligned else ()
    lines: list[Line] = []
    for fact in block.facts:
        label = say(fact.label)
        if not fact.value:
            lines.append((Span(" " * block.indent), Span(label)))
            continue
        if block.aligned:
            lines.append((*_label(label, block.indent, start), *_aligned(said(fact.value, say), parts)))
            continue
        laid = flowing(fact.value, start, width, say)
        if fact.mark is not None:
            laid = _with_caret(laid, words(fact.value), fact.mark, start, say)
        first, *rest = laid
        lines += [(*_label(label, block.indent, start), *first[1:]), *rest]
    return lines


def label_width(blocks: Sequence[Facts], say: Say) -> int:
    """The width of the label column that these blocks share."""
    return max((cells(say(fact.label)) for block in blocks for fact in block.facts if fact.value), default=0)


def derivations(blocks: Sequence[Derivation], width: int, say: Say) -> list[list[Line]]:
    """The lines of each derivation, with one column of labels, of equals signs and of notes for all of them."""
    entries = [entry for block in blocks for entry in block.entries]
    steps = [line for entry in entries for line in entry.lines if isinstance(line, Step)]
    start = 1 + max((cells(say(entry.label)) for entry in entries), default=0) + 3
    left = max((cells(say(step.left)) + 1 for step in steps if step.left), default=0)
    equals = start + left
    noted = [
        line
        for entry in entries
        if any(isinstance(line, Step) and line.note for line in entry.lines)
        for line in entry.lines
        if isinstance(line, Step)
    ]
    note = 2 + max((equals + _step_width(step, say) for step in noted), default=0)
    sizes = [(equals + _step_width(step, say) + 2, cells(say(step.note))) for step in noted]
    # A note that is too long for the column they share stands two blanks behind its own line.
    note = min(note, width - max((length for begin, length in sizes if begin + length <= width), default=0))
    return [
        [line for entry in block.entries for line in _entry(entry, start, equals, note, width, say)] for block in blocks
    ]


def _entry(entry: Entry, start: int, equals: int, note: int, width: int, say: Say) -> Iterator[Line]:
    pairs = [line for line in entry.lines if isinstance(line, Pair)]
    names = max((cells(say(pair.name)) for pair in pairs), default=0)
    numbers = max((cells(say(pair.number)) for pair in pairs), default=0)
    label = say(entry.label)
    for line in entry.lines:
        match line:
            case Step(right=(), note=""):
                yield ()  # room between what belongs together
            case Step():
                head = _step_head(label, line, start, equals, say)
                if equals + _step_width(line, say) + (2 + cells(say(line.note)) if line.note else 0) <= width:
                    yield (*head, *_step_tail(line, equals, note, say))
                else:
                    yield from _long_step(head, line, equals, width, say)
            case Pair():
                name, number = say(line.name), say(line.number)
                gap = " " * (names - cells(name) + 3 + numbers - cells(number))
                unit = (Span(" " + say(line.unit)),) if line.unit else ()
                yield (*_label(label, 1, equals), Span(name), Span(gap), Span(number), *unit)
            case Prose():
                first, *rest = flowing((Span(line.text),), start, width, say)
                yield (*_label(label, 1, start), *first[1:])
                yield from rest
            case Picture():
                yield from _picture(line, start, note, width, say)
        label = ""


def _step_head(label: str, step: Step, start: int, equals: int, say: Say) -> Line:
    """Label, left side and equals sign."""
    left = say(step.left)
    head = _label(label, 1, start)
    middle = Span(left + " " * (equals - start - cells(left)))
    return (*head, middle, Span("= ")) if step.equals else (*head, middle)


def _step_tail(step: Step, equals: int, note: int, say: Say) -> Line:
    """Right side and note."""
    right = said(step.right, say)
    if not step.note:
        return right
    used = equals + _step_width(step, say)
    return (*right, Span(" " * max(note - used, 2)), Span(say(step.note), "dim"))


def _long_step(head: Line, step: Step, equals: int, width: int, say: Say) -> Iterator[Line]:
    """A step that is wider than the terminal, broken at its blanks; its note stands below."""
    start = equals + (2 if step.equals else 0)
    if equals + _step_width(step, say) <= width:
        yield (*head, *said(step.right, say))
    else:
        first, *rest = flowing(step.right, start, width, say)
        yield (*head, *first[1:])
        yield from rest
    if step.note:
        yield from flowing((Span(step.note, "dim"),), start, width, say)


def _step_width(step: Step, say: Say) -> int:
    return (2 if step.equals else 0) + cells(words(said(step.right, say)))


def _picture(picture: Picture, start: int, note: int, width: int, say: Say) -> Iterator[Line]:
    yield ()
    *above, last = [(Span(" " * start), Span(say(line))) for line in picture.lines]
    yield from above
    used, said_note = cells(words(last)), say(picture.note)
    gap = max(note - used, 2)
    if not said_note:
        yield last
    elif used + gap + cells(said_note) <= width:
        yield (*last, Span(" " * gap), Span(said_note, "dim"))
    else:
        yield last
        yield from flowing((Span(picture.note, "dim"),), start, width, say)


def _label(label: str, indent: int, start: int) -> Line:
    return (Span(" " * indent), Span(label), Span(" " * max(start - indent - cells(label), 0)))


def _with_caret(lines: list[Line], text: str, mark: tuple[int, int], start: int, say: Say) -> list[Line]:
    """The lines of a value with a caret below the one in which its marked part begins."""
    place, length = len(say(text[: mark[0]])), len(say(text[mark[0] : mark[0] + mark[1]]))
    whole, cursor = say(text), 0
    found = []
    for line in lines:
        shown = words(line[1:])
        cursor = whole.index(shown, cursor)
        found.append(line)
        if cursor <= place < cursor + len(shown):
            before, marked = shown[: place - cursor], shown[place - cursor :][:length]
            found.append((Span(" " * (start + cells(before))), Span("^" * max(cells(marked), 1), "error")))
        cursor += len(shown)
    return found


def _part_widths(block: Facts, say: Say) -> tuple[int, ...]:
    values = [said(fact.value, say) for fact in block.facts if fact.value]
    count = max(map(len, values), default=0)
    return tuple(max(cells(value[i].text) for value in values if i < len(value)) for i in range(count))


def _aligned(value: Phrase, parts: Sequence[int]) -> Phrase:
    return tuple(
        Span(" " * (width - cells(span.text)) + span.text, span.style)
        for span, width in zip(value, parts, strict=False)
    )


def said(phrase: Phrase, say: Say) -> Phrase:
    """The phrase as it is written for this stream."""
    return tuple(Span(say(span.text), span.style) for span in phrase)


def flowing(phrase: Phrase, indent: int, width: int, say: Say) -> list[Line]:
    """A phrase in indented lines that leave the last cell of the width free; styles are kept across the breaks."""
    pieces = [("\n".join(map(say, span.text.split("\n"))), span.style) for span in phrase]
    text = "".join(piece for piece, _ in pieces)
    styles = [style for piece, style in pieces for _ in piece]
    lines: list[Line] = []
    cursor = 0
    for line in wrapped(text, max(width - 1 - indent, _FEWEST)):
        cursor = text.index(line, cursor)
        spans: list[Span] = [Span(" " * indent)]
        for character, style in zip(line, styles[cursor : cursor + len(line)], strict=True):
            if len(spans) > 1 and spans[-1].style == style:
                spans[-1] = Span(spans[-1].text + character, style)
            else:
                spans.append(Span(character, style))
        cursor += len(line)
        lines.append(tuple(spans))
    return lines
