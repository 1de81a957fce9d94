"""Solutions: which layers give a wanted size, which padding keeps it, which layer maps it back."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from pydantic import ValidationError

from cnncalc.document import (
    BLANK,
    Block,
    Column,
    Document,
    Heading,
    Paragraph,
    Phrase,
    Row,
    Span,
    Table,
    Text,
    dim,
    plain,
    words,
)
from cnncalc.formula import rules
from cnncalc.formula.expression import NotExact, as_expression
from cnncalc.formula.write import Formula, derivation, in_one_line, number, short, text
from cnncalc.language import _, plural
from cnncalc.shape import text as shape_text
from cnncalc.teach.asked import Question
from cnncalc.teach.derived import extent
from cnncalc.teach.mirroring import windows
from cnncalc.teach.solving import FIELDS, Sizes, Solution, Solved
from cnncalc.views.calculation import cell, in_line, in_short

MOST_SHOWN = 50


def solved(question: Question, found: Solved) -> Document:
    """The solutions in a table, the commonest marked, or why there are none and what comes nearest."""
    blocks: list[Block] = [_heading(question)]
    if question.n is None and found.solutions:
        extra = ("op",) if any(solution.values().get("op") for solution in found.solutions) else ()
        blocks += [Paragraph(plain(_ranges(found.solutions))), _table(found.solutions, ("n", *extra))]
    elif found.solutions:
        blocks.append(_table(found.solutions, question.unknown))
    else:
        blocks += _none(question, found)
    rest = len(found.solutions) - MOST_SHOWN
    if rest > 0:
        sentence = plural("and {count} more that is not shown", "and {count} more that are not shown", rest)
        blocks.append(Paragraph(plain(sentence.format(count=number(rest)))))
    tried = _tried(found)
    if tried:
        blocks.append(Paragraph(dim(tried)))
    return Document(tuple(blocks))


def _heading(question: Question) -> Heading:
    kind = question.template
    n, m = ("?" if sizes is None else _sides(sizes) for sizes in (question.n, question.m))
    left = (Span(type(kind).name, "bold"), Span(_(" · n {n} → m {m}").format(n=n, m=m)))
    values = Solution(kind, question.n or (1,) * kind.rank, question.m or ()).values() if question.m else {}
    if isinstance(getattr(kind, FIELDS["p"], None), str):
        values["p"] = getattr(kind, FIELDS["p"])
    given = [
        f"{letter} {_written(value)}"
        for letter, value in values.items()
        if letter not in ("n", "m")
        and letter not in question.unknown
        and (letter != "op" or question.n is not None or "op" in question.stated)
    ]
    return Heading(left, ", ".join(given))


def _written(value: object) -> str:
    """A value of a letter: a number, one per axis, or a pair per axis."""
    if isinstance(value, list | tuple):
        inside = ["/".join(map(str, one)) if isinstance(one, list | tuple) else str(one) for one in value]
        return inside[0] if len(set(inside)) == 1 else "×".join(inside)
    return str(value)


def _sides(sizes: Sizes) -> str:
    return str(sizes[0]) if len(set(sizes)) == 1 else shape_text(sizes)


def _table(found: Sequence[Solution], letters: Sequence[str]) -> Table:
    """A row for each solution: the values, the calculation that shows it, and a mark for the commonest."""
    order = [letter for letter in ("n", "k", "s", "p", "d", "op") if letter in letters]
    columns = (
        *(Column(letter, letter, "right") for letter in order),
        Column("rule", _("output size"), whole=True),
        Column("usual", "", drop=1),
    )
    rows: list[Row] = []
    for solution in found[:MOST_SHOWN]:
        values = solution.values()
        first, *rest = _calculations(solution)
        mark = Text(_("the usual choice"), style="bold") if solution.usual else BLANK
        cells = (Text(_written(values[letter])) for letter in order)
        rows.append((*cells, first, mark))
        rows += ((*(BLANK,) * len(order), other, BLANK) for other in rest)
    return Table(columns, tuple(rows))


def _calculations(solution: Solution) -> list[Text]:
    """The output size calculated, once for the axes that read alike."""
    cells = [cell(in_short(one, "m")) for one in solution.sizes()]
    return list({one.text: one for one in cells}.values())


def _ranges(found: Sequence[Solution]) -> str:
    """Input sizes side by side in a few words: `n is 7 or 8`."""
    first, last = _sides(found[0].n), _sides(found[-1].n)
    if len(found) == 1:
        return _("n is {n}").format(n=first)
    if len(found) == 2:
        return _("n is {first} or {last}").format(first=first, last=last)
    return _("n is anything from {first} to {last}").format(first=first, last=last)


def _none(question: Question, found: Solved) -> list[Block]:
    """Why nothing fits, with the numbers that are reached, and how."""
    wanted = _sides(found.m)
    blocks: list[Block] = []
    # With sides that differ there is no larger and smaller; the table says it all.
    alike = all(len(set(sizes)) == 1 for sizes in (found.m, *(solution.m for solution in found.nearest)))
    reached = sorted(solution.m[0] for solution in found.nearest) if alike else []
    below = [size for size in reached if size < found.m[0]]
    above = [size for size in reached if size > found.m[0]]
    if below and above:
        said = _("No layer in range gives {wanted}: {below} and {above} can be had, and nothing between.").format(
            wanted=wanted, below=below[-1], above=above[0]
        )
    elif below:
        said = _("No layer in range gives {wanted}: the most that can be had is {most}.").format(
            wanted=wanted, most=below[-1]
        )
    elif above:
        said = _("No layer in range gives {wanted}: the least that can be had is {least}.").format(
            wanted=wanted, least=above[0]
        )
    else:
        said = _("No layer in range gives {wanted}.").format(wanted=wanted)
    if found.refusal is not None and not found.nearest:
        said = _("{sentence} The reason: {reason}.").format(sentence=said, reason=found.refusal.message())
    blocks.append(Paragraph(plain(said)))
    if found.nearest:
        letters = question.unknown if question.n is not None else ("n",)
        blocks += [Paragraph(plain(_("The nearest:"))), _table(found.nearest, letters)]
    return blocks


def _tried(found: Solved) -> str:
    """Which values were tried for the unknowns."""
    names = [letter for letter in ("k", "s", "p", "d", "op") if len(found.tried.get(letter, ())) > 1]
    ranges = [f"{letter} {_spans(found.tried[letter])}" for letter in names]
    if not ranges:
        return ""
    said = _("tried: {ranges}").format(ranges=", ".join(ranges))
    if "p" in names:
        return _("{tried}; more padding than d(k − 1) would lay windows in the padding alone").format(tried=said)
    return said


def _spans(values: Sequence[int]) -> str:
    """Numbers side by side as spans: `1–16 and 223–225`."""
    spans: list[list[int]] = []
    for value in values:
        if spans and value == spans[-1][-1] + 1:
            spans[-1].append(value)
        else:
            spans.append([value])
    return _(" and ").join(str(span[0]) if len(span) == 1 else f"{span[0]}–{span[-1]}" for span in spans)


def adapted(question: Question, found: Solved) -> Document:
    """An adaptive pooling: the size is given, and the windows follow from it."""
    blocks: list[Block] = [_heading(question)]
    said = _("Its output size is given, so any input gives m = {m}; the windows follow from n.")
    blocks.append(Paragraph(plain(said.format(m=_sides(found.m)))))
    rows: list[Row] = []
    for solution in found.solutions[:MOST_SHOWN]:
        pairs = dict.fromkeys(zip(solution.n, solution.m, strict=True))
        rows.append((Text(_sides(solution.n)), Text("; ".join(_windows(n, m) for n, m in pairs))))
    columns = (Column("n", "n", "right"), Column("windows", _("windows"), whole=True))
    blocks.append(Table(columns, tuple(rows)))
    return Document(tuple(blocks))


def _windows(n: int, m: int) -> str:
    if n % m == 0:
        return _("all of {k} places, as with k = s = n/m = {n}/{m} = {k}").format(n=n, m=m, k=n // m)
    sizes = _(" or ").join(map(str, windows(n, m)))
    return _("of {sizes} places, since {m} does not divide {n}").format(sizes=sizes, m=m, n=n)


def keeping(question: Question, found: Solved) -> Document:
    """Same padding: for each kernel the padding that keeps the size, and how it follows."""
    kind = question.template
    blocks: list[Block] = [Heading((Span(type(kind).name, "bold"), Span(_(" · padding that keeps the size"))), "s 1")]
    shown = found.solutions or found.nearest
    if not found.solutions:
        blocks.append(Paragraph(plain(_not_kept(question, found))))
        if shown:
            blocks.append(Paragraph(plain(_("The nearest:"))))
    rows: list[Row] = []
    for solution in shown:
        values = solution.values()
        cells = (Text(_written(values["k"])), Text(_written(values["p"])))
        for calculations in {tuple(map(words, found)): found for found in _padding(solution)}.values():
            rows.append((*cells, *map(cell, calculations)))
            cells = (BLANK, BLANK)
    if rows:
        columns = (
            Column("k", "k", "right"),
            Column("p", "p", "right"),
            Column("rule", _("padding"), whole=True),
            Column("size", _("output size"), drop=1, whole=True),
        )
        blocks.append(Table(columns, tuple(rows)))
    return Document(tuple(blocks))


def _padding(solution: Solution) -> Iterator[tuple[Phrase, Phrase]]:
    """For each axis how its padding follows from the kernel, and the size it keeps."""
    geometry = solution.kind.geometry(((1, *solution.n),))
    if geometry is None:
        return
    for k, d, size in zip(geometry.kernel, geometry.dilation, solution.sizes(), strict=True):
        half = as_expression(rules.same_padding_each_side(extent(k, d)))
        # With gaps the steps would not fit beside the proof.
        way = derivation(half) if d == 1 else [Formula(half), *short(half)]
        yield in_line(way, "p"), in_short(size, "m")


def _not_kept(question: Question, found: Solved) -> str:
    """Why no padding keeps the size."""
    geometry = question.template.geometry(((1,) * (question.template.rank + 1),))
    axes = () if geometry is None or found.refusal else zip(geometry.kernel, geometry.dilation, strict=True)
    for k, d in axes:
        kernel = extent(k, d)
        half = as_expression(rules.same_padding_each_side(kernel))
        try:
            in_one_line(half)
        except NotExact as error:
            dividend = int(error.dividend)
            said = _("No padding alike on both sides keeps the size: {formula} is {dividend}/2, which is not whole.")
            said = said.format(formula=text(half), dividend=dividend)
            if not _takes_same(question):
                return said
            return _("{sentence} `padding: same` puts {before} before and {behind} behind.").format(
                sentence=said, before=dividend // 2, behind=dividend - dividend // 2
            )
    if found.refusal is not None:
        return _("No padding keeps the size: {reason}.").format(reason=found.refusal.message())
    return _("No padding keeps the size.")


def mirrored(there: Solution, found: Solved) -> Document:
    """A layer and the one that maps its sizes back, each with its calculation."""
    n, m = _sides(there.n), _sides(there.m)
    left = (Span(type(there.kind).name, "bold"), Span(f" · {n} → {m} → {n}"))
    blocks: list[Block] = [Heading(left, _("and back"))]
    back = found.solutions or found.nearest
    if not found.solutions:
        said = _("No {kind} with the same window gives {n} from {m}.").format(kind=found.kind.name, n=n, m=m)
        if found.refusal is not None:
            said = _("{sentence} The reason: {reason}.").format(sentence=said, reason=found.refusal.message())
        blocks.append(Paragraph(plain(said)))
    columns = (
        Column("layer", _("layer")),
        *(Column(letter, letter, "right") for letter in ("k", "s", "p", "d", "op")),
        Column("rule", _("output size"), whole=True),
    )
    rows = [row for one in (there, *back) for row in _mirror_rows(one)]
    blocks.append(Table(columns, tuple(rows)))
    if found.solutions:
        blocks.append(Paragraph(dim(_("Sizes come back, values do not: a mirror is no inverse."))))
    return Document(tuple(blocks))


def _mirror_rows(one: Solution) -> list[Row]:
    values = one.values()
    cells = [Text(_written(values[letter])) if letter in values else BLANK for letter in ("k", "s", "p", "d", "op")]
    first, *rest = _calculations(one)
    blank = (BLANK,) * (len(cells) + 1)
    return [(Text(type(one.kind).name), *cells, first), *((*blank, other) for other in rest)]


def _takes_same(question: Question) -> bool:
    """Whether the kind's padding may be the word `same`; the kind itself says so."""
    kind = question.template
    fields = {name: getattr(kind, name) for name in kind.model_fields_set}
    try:
        type(kind).model_validate({**fields, FIELDS["p"]: "same"})
    except ValidationError:
        return False
    return True
