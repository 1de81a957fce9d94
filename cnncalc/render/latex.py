"""A document as LaTeX, to be put into a page: tables as `tabular`, signs in mathematics, no package needed."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from itertools import groupby

from cnncalc.document import (
    EQUALS,
    Block,
    Cell,
    Derivation,
    Document,
    Entry,
    Facts,
    Heading,
    Pair,
    Paragraph,
    Phrase,
    Picture,
    Prose,
    Row,
    Span,
    Step,
    Table,
    Text,
    Verdict,
    words,
)
from cnncalc.formula.write import Letters
from cnncalc.render.plain import cell_text, shown_columns
from cnncalc.render.signs import SUBSTITUTES, speaker
from cnncalc.render.stream import USUAL
from cnncalc.render.terminal import lines_of

_MATH = {
    "×": r"\times",
    "−": "-",
    "·": r"\cdot",
    "÷": r"\div",
    "→": r"\rightarrow",
    "←": r"\leftarrow",
    "≥": r"\geq",
    "≤": r"\leq",
    "≠": r"\neq",
    "≈": r"\approx",
    "⌊": r"\lfloor",
    "⌋": r"\rfloor",
    "⌈": r"\lceil",
    "⌉": r"\rceil",
    "²": "^2",
    "³": "^3",
    "∏": r"\prod",
    "<": "<",
    ">": ">",
}
_ESCAPES = {
    "\\": r"\textbackslash{}",
    "~": r"\textasciitilde{}",
    "^": r"\textasciicircum{}",
    "[": "{[}",  # behind a line break \\ it would open an argument
    "]": "{]}",
    "*": "{*}",
    "`": "{`}",
    "'": "{'}",
    "-": "{-}",
    **{sign: f"\\{sign}" for sign in "{}$&%#_"},
    **{sign: f"${command}$" for sign, command in _MATH.items()},
}
_TABLE = str.maketrans(
    {sign: text for sign, text in SUBSTITUTES.items() if sign not in _MATH} | _ESCAPES  # boxes and bars as in ASCII
)
_ALIGNED = {"left": "l", "right": "r", "shape": "r", "bar": "l"}

_say = speaker()


def render(document: Document) -> str:
    """The document as LaTeX."""
    return "\n\n".join("\n".join(_block(block)) for block in document.blocks) + "\n"


def escaped(text: str) -> str:
    """The text so that LaTeX prints it and does nothing else."""
    return _say(text).translate(_TABLE)


def _block(block: Block) -> Iterator[str]:
    match block:
        case Heading():
            yield rf"\noindent {_phrase(block.left)}" + (rf" \hfill {escaped(block.right)}" if block.right else "")
        case Table():
            yield from _table(block)
        case Facts(aligned=False) if not any(fact.mark for fact in block.facts):
            yield from _tabular("ll", ([escaped(fact.label), _phrase(fact.value)] for fact in block.facts))
        case Derivation():
            yield from _tabular("lrl", (line for entry in block.entries for line in _entry(entry)))
        case Paragraph():
            yield r"\noindent " + _phrase(block.text)
        case Verdict():
            yield rf"\noindent {escaped('✓' if block.right else '✗')}: {escaped(block.text)}"
        case _:
            rows = ([rf"\texttt{{{escaped(line).replace(' ', '~')}}}"] for line in lines_of(block, USUAL))
            yield from _tabular("l", rows)


def _phrase(phrase: Phrase) -> str:
    return "".join(
        _mathematics(spans) if is_formula else "".join(map(_span, spans))
        for is_formula, spans in groupby(phrase, lambda span: span.formula is not None or span.text == EQUALS)
    )


def _span(span: Span) -> str:
    return rf"\textbf{{{escaped(span.text)}}}" if span.style == "bold" else r" \\ ".join(_texts(span))


def _mathematics(spans: Iterable[Span]) -> str:
    """Formulas and the equals signs between them, in one piece of mathematics."""
    written = ""
    for span in spans:
        one = EQUALS if span.formula is None else span.formula.latex()
        written += rf"\mathbf{{{one}}}" if span.style == "bold" else one
    large = r"\displaystyle " if r"\frac" in written else ""
    head, tail = (" " if written.startswith(" ") else ""), (" " if written.endswith(" ") else "")
    return f"{head}${large}{written.strip()}${tail}"


def _texts(span: Span) -> list[str]:
    return [escaped(line) for line in span.text.split("\n")]


def _tabular(columns: str, rows: Iterator[Sequence[str]]) -> Iterator[str]:
    yield rf"\noindent\begin{{tabular}}{{{columns}}}"
    for row in rows:
        line = " & ".join(row)
        # Fractions of two lines would touch.
        yield line + (r" \\[2pt]" if r"\frac" in line else r" \\")
    yield r"\end{tabular}"


def _table(table: Table) -> Iterator[str]:
    columns = shown_columns(table)
    yield rf"\noindent\begin{{tabular}}{{{''.join(_ALIGNED[table.columns[index].align] for index in columns)}}}"
    heads = [escaped(table.columns[index].head.replace("\n", " ")) for index in columns]
    yield rf"{' & '.join(heads)} \\ \hline"
    for row in table.rows:
        yield _row(row, columns, "{}")
    if table.total is not None:
        yield r"\hline"
        yield _row(table.total, columns, r"\textbf{{{}}}")
    yield r"\end{tabular}"


def _row(row: Row, columns: Sequence[int], form: str) -> str:
    texts = (_cell(row[index]) for index in columns)
    return rf"{' & '.join(form.format(text) if text else '' for text in texts)} \\"


def _cell(cell: Cell) -> str:
    return _phrase(cell.phrase) if isinstance(cell, Text) and cell.phrase else escaped(cell_text(cell))


def _entry(entry: Entry) -> Iterator[Sequence[str]]:
    label = escaped(entry.label)
    for line in entry.lines:
        match line:
            case Step():
                note = rf"\quad {escaped(line.note)}" if line.note else ""
                left = f"${Letters(line.left).latex()}$" if line.left else ""
                yield label, left, _right(line) + note
            case Pair():
                yield label, "", f"{escaped(line.name)}: {escaped(line.number)} {escaped(line.unit)}".rstrip()
            case Prose():
                yield label, "", rf"\parbox[t]{{0.6\linewidth}}{{\raggedright {escaped(line.text)}}}"
            case Picture():
                for place, drawn in enumerate(line.lines, 1):
                    note = rf"\quad {escaped(line.note)}" if line.note and place == len(line.lines) else ""
                    yield label, "", rf"\texttt{{{escaped(drawn).replace(' ', '~')}}}{note}"
                    label = ""
        label = ""


def _right(step: Step) -> str:
    """The right side, its equals sign in one piece of mathematics with the formula behind it."""
    if step.drawn:
        return rf"\texttt{{{escaped(words(step.right)).replace(' ', '~')}}}"
    if step.equals and step.right and step.right[0].formula is not None:
        return _phrase((Span(EQUALS), *step.right)).lstrip()
    return ("$=$ " if step.equals else "") + _phrase(step.right)
