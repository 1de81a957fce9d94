"""Tables laid out for a width: which columns stay, how wide they are, and the lines themselves."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from itertools import chain, pairwise
from typing import NamedTuple

from cnncalc.document import Bar, Cell, Column, Count, Phrase, Row, ShapeCell, Share, Span, Style, Table, Text
from cnncalc.render.cells import cells, shortened, wrapped
from cnncalc.render.signs import JOINTS, Say

Line = Phrase

LEAST_WRAPPED = 20
"""The least number of cells that a column gets whose cells go on in further lines."""

LONGEST_BAR = 8
SHORTEST_BAR = 4
MOST_WORDS = 36
"""A column of words may always take this much, and two fifths of a wider terminal."""

_EIGHTHS = " ▏▎▍▌▋▊▉"


class Written(NamedTuple):
    """A cell as it will be printed: its text and its width, the same of its shorter forms, its style, and how far its
    first number reaches."""

    text: str
    width: int
    style: Style
    lead: int
    shorter: tuple[tuple[str, int], ...] = ()

    def fitting(self, width: int) -> tuple[str, int]:
        """The first form that fits, with its width; the shortest one when none does."""
        for form in ((self.text, self.width), *self.shorter):
            if form[1] <= width:
                break
        return form


class Plan(NamedTuple):
    """How a group of tables is laid out: the columns that stay, where each begins, and how wide it is."""

    kept: tuple[int, ...]
    starts: tuple[int, ...]
    widths: tuple[int, ...]
    leads: tuple[int, ...]
    end: int


class Placed(NamedTuple):
    """A cell's text in a line: where it begins and ends, and its style."""

    begin: int
    text: str
    end: int
    style: Style


Known = dict[tuple[int, int], Placed]
"""The cells placed so far, by their column and their id: in a long table most of them stand in many rows."""


class Choice(NamedTuple):
    """One way to lay a table out: what has been given up, the length of the bars, and whether gaps are wide."""

    given_up: frozenset[int]
    bar: int
    loose: bool


def lay_out(tables: Sequence[Table], width: int, say: Say) -> tuple[list[list[Line]], int]:
    """The lines of tables that share their columns, one list per table, in the same widths; and where they all end."""
    columns = tables[0].columns
    # Cells that stand in several places are written once. The tables keep them: no other cell has the same id.
    cells_ = {id(cell): cell for table in tables for row in _rows(table) for cell in row}
    made = {key: _written(cell, say) for key, cell in cells_.items()}
    written = [[[made[id(cell)] for cell in row] for row in _rows(table)] for table in tables]
    heads = [[[say(part) for part in column.head.split("\n")] for column in table.columns] for table in tables]
    plan = _plan(columns, _by_column([row for rows in written for row in rows], len(columns)), heads, width)
    lines = [_lines(table, rows, head, plan, say) for table, rows, head in zip(tables, written, heads, strict=True)]
    return lines, plan.end


def _rows(table: Table) -> Iterator[Row]:
    yield from table.rows
    if table.total is not None:
        yield table.total


def _written(cell: Cell, say: Say) -> Written | Bar:
    match cell:
        case Bar():
            return cell
        case Count(value=value, text=text):
            return _one(say(text), "dim" if value == 0 else "")
        case ShapeCell(shape=None):
            return _one("?", "")
        case ShapeCell(shape=shape):
            first, *rest = map(str, shape or ("",))
            text = say("×".join((first, *rest)))
            return Written(text, cells(text), "", len(first))
        case Share(text=text):
            return _one(say(text), "dim")
        case Text(text=text, shorter=shorter, style=style):
            forms = tuple((form, cells(form)) for form in map(say, shorter))
            return _one(say(text), style, forms)


def _one(text: str, style: Style, shorter: tuple[tuple[str, int], ...] = ()) -> Written:
    width = cells(text)
    return Written(text, width, style, width, shorter)


def _by_column(rows: Sequence[list[Written | Bar]], count: int) -> list[list[Written]]:
    """The cells of each column that take room of their own, each once."""
    columns = zip(*rows, strict=True) if rows else [()] * count
    return [
        [cell for cell in {id(cell): cell for cell in column}.values() if type(cell) is Written] for column in columns
    ]


def choices(columns: Sequence[Column]) -> Iterator[Choice]:
    """The ways to lay out a table, the widest first.

    A column shows only while the bars keep their full length; before the bars go they give up half of it. Wide gaps
    need the room that bars have; without bars they are kept only as long as nothing was given up.
    """
    stages = sorted({stage for column in columns for stage in (column.drop, column.shorten) if stage is not None})
    for count in range(len(stages) + 1):
        given_up = frozenset(stages[:count])
        bars = [column.drop for column in columns if column.align == "bar" and column.drop not in given_up]
        if not bars:
            if not given_up:
                yield Choice(given_up, 0, True)
            yield Choice(given_up, 0, False)
            continue
        last_stand = count == len(stages) or stages[count] in bars
        for bar in range(LONGEST_BAR, SHORTEST_BAR - 1 if last_stand else LONGEST_BAR - 1, -1):
            yield Choice(given_up, bar, True)


def _plan(
    columns: Sequence[Column], shown: Sequence[list[Written]], heads: Sequence[list[list[str]]], width: int
) -> Plan:
    widths, least, leads = [], [], []
    most = max(MOST_WORDS, width * 2 // 5)
    for index, column in enumerate(columns):
        column_cells = shown[index]
        head = max(cells(part) for table in heads for part in table[index])
        lead = max((cell.lead for cell in column_cells), default=0) if column.align == "shape" else 0
        if column.align == "left":
            longest = max([head, *(cell.width for cell in column_cells)]) if column.whole else most
            widths.append(min(max([head, *(cell.fitting(longest)[1] for cell in column_cells)]), longest))
            least.append(min(max([head, *(cell.fitting(0)[1] for cell in column_cells)]), widths[-1]))
        else:
            widths.append(max([head, *(_reach(cell, lead) for cell in column_cells)]))
            least.append(widths[-1])
        leads.append(lead)
    for choice in choices(columns):
        plan = _arranged(columns, shown, widths, least, leads, choice, width)
        if plan.end <= width:
            return plan
    if columns[plan.kept[-1]].whole:  # what is not cut goes on below
        room = max(width - plan.starts[-1], LEAST_WRAPPED)
        return plan._replace(widths=(*plan.widths[:-1], room), end=plan.starts[-1] + room)
    return plan


def _reach(cell: Written, lead: int) -> int:
    return cell.width + max(lead - cell.lead, 0)


def _arranged(
    columns: Sequence[Column],
    shown: Sequence[list[Written]],
    widths: Sequence[int],
    least: Sequence[int],
    leads: Sequence[int],
    choice: Choice,
    width: int,
) -> Plan:
    kept = [index for index, column in enumerate(columns) if column.drop not in choice.given_up or column.drop is None]
    gaps = [1, *(_gap(columns[left], columns[right], choice.loose) for left, right in pairwise(kept))]
    taken = [choice.bar if columns[index].align == "bar" else widths[index] for index in kept]
    over = sum(gaps) + sum(taken) - width
    for place, index in enumerate(kept):
        if over > 0 and columns[index].shorten is not None and columns[index].shorten in choice.given_up:
            room = max(taken[place] - over, least[index])
            used = max((cell.fitting(room)[1] for cell in shown[index]), default=0)
            room = min(room, max(used, least[index]))
            over -= taken[place] - room
            taken[place] = room
    starts, cursor = [], 0
    for gap, room in zip(gaps, taken, strict=True):
        starts.append(cursor + gap)
        cursor += gap + room
    return Plan(tuple(kept), tuple(starts), tuple(taken), tuple(leads), cursor)


def _gap(left: Column, right: Column, loose: bool) -> int:
    """The room between two neighbours. A bar seldom reaches its end, so the gap behind it looks wide enough."""
    if right.attached:
        return 1
    if not loose or left.group == right.group:
        return 2
    return max(right.gap - 1, 2) if left.align == "bar" else right.gap


def _lines(
    table: Table, rows: Sequence[list[Written | Bar]], heads: Sequence[list[str]], plan: Plan, say: Say
) -> list[Line]:
    rule: Line = (Span(" "), Span(say("─") * (plan.end - 1), "dim"))
    height = max(len(heads[index]) for index in plan.kept)
    lines: list[Line] = []
    for level in range(height):
        parts = [_head(heads[index], level, height) for index in range(len(table.columns))]
        lines.append(_line(table.columns, parts, plan, say, {}))
    known: Known = {}
    body = [_row(table.columns, row, plan, say, known) for row in rows]
    lines.append(rule)
    if table.total is None:
        return [*lines, *chain(*body)]
    total = [tuple(Span(span.text, "bold") for span in line) for line in body.pop()]
    return [*lines, *chain(*body), rule, *total]


def _row(columns: Sequence[Column], row: Sequence[Written | Bar], plan: Plan, say: Say, known: Known) -> list[Line]:
    """A row in one line, or in more where its last cell is wider than its column and may not be cut."""
    last, room, start = plan.kept[-1], plan.widths[-1], plan.starts[-1]
    cell = row[last]
    if isinstance(cell, Bar) or not columns[last].whole or cell.fitting(room)[1] <= room:
        return [_line(columns, row, plan, say, known)]
    first, *rest = wrapped(cell.text, room)
    begun = [*row[:last], _one(first, cell.style), *row[last + 1 :]]
    return [_line(columns, begun, plan, say, {}), *((Span(" " * start), Span(part, cell.style)) for part in rest)]


def _head(parts: Sequence[str], level: int, height: int) -> Written:
    """The part of a head that stands on this level: heads stand on the rule."""
    index = level - (height - len(parts))
    return _one(parts[index] if index >= 0 else "", "")._replace(lead=-1)


def _line(columns: Sequence[Column], row: Sequence[Written | Bar], plan: Plan, say: Say, known: Known) -> Line:
    line: list[Span] = []
    pending = ""  # what has no style yet: gaps and plain texts, which need no span of their own
    cursor = 0
    for place, index in enumerate(plan.kept):
        cell = row[index]
        found = known.get((place, id(cell)))
        if found is None:
            text, used, style, offset = _placed(cell, columns[index], plan.widths[place], plan.leads[index], say)
            begin = plan.starts[place] + offset
            known[place, id(cell)] = found = Placed(begin, text, begin + used, style)
        begin, text, end, style = found
        if not text:
            continue
        pending += " " * (begin - cursor)
        cursor = end
        if style:
            line += (Span(pending), Span(text, style))
            pending = ""
        else:
            pending += text
    return (*line, Span(pending)) if pending else tuple(line)


def _placed(cell: Written | Bar, column: Column, width: int, lead: int, say: Say) -> tuple[str, int, Style, int]:
    """A cell's text, its width, its style, and how far it stands from the start of its column."""
    if isinstance(cell, Bar):
        text = say(bar(cell, width))
        return text, len(text), "bar", 0
    text, used = cell.text, cell.width
    if column.align == "left" and used > width:
        text, used = cell.fitting(width)
        if used > width:
            text = shortened(text, width, JOINTS, say("…"))
            used = cells(text)
    return text, used, cell.style, _offset(column, cell, used, width, lead)


def _offset(column: Column, cell: Written, used: int, width: int, lead: int) -> int:
    """How far a cell's text stands from the start of its column; shapes line up at the first ×, heads at the start."""
    if column.align == "right":
        return width - used
    if column.align == "shape" and cell.lead >= 0:
        return max(lead - cell.lead, 0)
    return 0


def bar(cell: Bar, width: int) -> str:
    """The bar in at most `width` cells, in eighths of a cell; the smallest number still shows one eighth."""
    if cell.value <= 0 or cell.longest <= 0 or width <= 0:
        return ""
    eighths = -((cell.longest - 2 * cell.value * width * 8) // (2 * cell.longest))
    eighths = min(max(eighths, 1), width * 8)
    return "█" * (eighths // 8) + _EIGHTHS[eighths % 8].strip()
