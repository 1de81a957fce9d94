"""A graded file or class: a table of questions, one of students, and what was done in the wrong answers."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any

from cnncalc.document import (
    Block,
    Column,
    Count,
    Document,
    Fact,
    Facts,
    Heading,
    Paragraph,
    Table,
    Text,
    Verdict,
    bold,
    plain,
)
from cnncalc.harmless import harmless
from cnncalc.language import _, plural
from cnncalc.render.junit import Case
from cnncalc.teach import report
from cnncalc.teach.grade import Graded, Report, Score
from cnncalc.teach.quantities import ASKS
from cnncalc.views.check import check, right
from cnncalc.views.numbers import share

MOST_EXPLAINED = 50


def grading(graded: Report) -> Document:
    """The whole report."""
    score = graded.score
    said = plural("{right} of {total} answer right", "{right} of {total} answers right", score.total)
    head = Heading(bold(harmless(graded.name, 60)), said.format(right=score.right, total=score.total))
    blocks: list[Block] = [head]
    if graded.students:
        blocks += [_questions(graded), _students(graded), *_notes(graded)]
    else:
        blocks += [_verdicts(graded), *_explained(graded)]
    return Document(tuple(blocks))


def _verdicts(graded: Report) -> Table:
    """One line for each verdict."""
    columns = (
        Column("sign", ""),
        Column("id", _("question")),
        Column("ask", _("asked"), drop=2),
        Column("answer", _("answer")),
        Column("right", _("right"), drop=3),
        Column("slip", _("slip"), drop=1),
    )
    rows = []
    for one in graded.graded:
        verdict = one.verdict
        sign = Text("✓", style="help") if verdict.right else Text("✗", style="error")
        rows.append(
            (
                sign,
                Text(harmless(one.id, 40)),
                Text(_(ASKS[verdict.ask])),
                Text(harmless(verdict.answer, 30)),
                Text(harmless(right(verdict), 30)),
                Text(_slip(one)),
            )
        )
    return Table(columns, tuple(rows))


def _slip(one: Graded) -> str:
    if one.verdict.ruling == "unreadable":
        return _("unreadable")
    return _(" or ").join(" + ".join(slip.codes) for slip in one.verdict.slips)


def _explained(graded: Report) -> list[Block]:
    """What was done in each wrong answer."""
    wrong = [one for one in graded.graded if not one.verdict.right]
    texts = dict(graded.texts)
    blocks: list[Block] = []
    for one in wrong[:MOST_EXPLAINED]:
        first, *rest = check(one.verdict).blocks
        text = f"{harmless(one.id, 40)}: {first.text}" if isinstance(first, Verdict) else ""
        blocks.append(Verdict(False, text))
        if one.id in texts:
            blocks.append(Paragraph(plain(harmless(texts[one.id], 400)), indent=3))
        blocks += rest
    if len(wrong) > MOST_EXPLAINED:
        left = len(wrong) - MOST_EXPLAINED
        said = plural("{count} more wrong answer is not explained here.", "{count} more are not explained here.", left)
        blocks.append(Paragraph(plain(said.format(count=left))))
    return blocks


def _questions(graded: Report) -> Table:
    """Per question: the share right and the commonest slip."""
    columns = (
        Column("id", _("question")),
        Column("ask", _("asked"), drop=1),
        Column("right", _("right"), align="right"),
        Column("share", "", align="right", drop=3),
        Column("slip", _("commonest slip"), drop=2),
    )
    rows = []
    for tally in graded.questions:
        slip = ""
        if tally.slips:
            code, times = tally.slips[0]
            slip = plural("{code} (once)", "{code} ({count} times)", times).format(code=code, count=times)
        score = tally.score
        rows.append(
            (Text(harmless(tally.id, 40)), Text(_(ASKS[tally.ask])), _of(score), Text(_share(score)), Text(slip))
        )
    return Table(columns, tuple(rows))


def _students(graded: Report) -> Table:
    """Per student: the score."""
    columns = (
        Column("student", _("student")),
        Column("score", _("right"), align="right"),
        Column("percent", "", align="right", drop=1),
    )
    rows = tuple(
        (Text(harmless(name, 40)), _of(score), Text(_share(score, nothing="0 %"))) for name, score in graded.students
    )
    total = graded.score
    return Table(columns, rows, (Text(_("class")), _of(total), Text(_share(total))))


def _of(score: Score) -> Count:
    return Count(score.right, "complete", f"{score.right}/{score.total}")


def _share(score: Score, nothing: str = "0 %") -> str:
    return share(score.right, score.total) or nothing


def _notes(graded: Report) -> list[Block]:
    """What was left out, and which keys in the file are wrong."""
    facts = []
    for label, names in (
        (_("columns that are no question"), graded.ignored),
        (_("questions without a column"), graded.missing),
        (_("questions whose answer in the file is wrong"), graded.doubtful),
    ):
        if names:
            facts.append(Fact(label, plain(_(", ").join(harmless(name, 40) for name in names[:20]))))
    return [Facts(tuple(facts))] if facts else []


def rows(graded: Report) -> Sequence[Mapping[str, Any]]:
    """The verdicts as the rows of a table, for CSV."""
    found = []
    for one in graded.graded:
        verdict = one.verdict
        found.append(
            {
                "student": one.student or "",
                "id": one.id,
                "ask": verdict.ask,
                "verdict": verdict.ruling,
                "expected": _written(report.expected(verdict)),
                "given_answer": verdict.answer,
                "slips": "; ".join(" + ".join(slip.codes) for slip in verdict.slips),
                "derivation": report.derivation(verdict),
            }
        )
    return found


def _written(expected: Any) -> str:
    """What is right, for a spreadsheet: a plain number, a shape, a matrix or a letter."""
    if not isinstance(expected, list):
        return str(expected)
    if isinstance(expected[0], list):
        return " / ".join(" ".join(map(str, row)) for row in expected)
    return "×".join(map(str, expected))


def cases(graded: Report) -> list[Case]:
    """The verdicts as cases that pass or fail, for JUnit."""
    found = []
    for one in graded.graded:
        group = graded.name if one.student is None else one.student
        if one.verdict.right:
            found.append(Case(one.id, group))
            continue
        said = check(one.verdict).blocks[0]
        failure = said.text if isinstance(said, Verdict) else ""
        slips = [
            _("{words} ({codes})").format(words=slip.sentence(), codes=" + ".join(slip.codes))
            for slip in one.verdict.slips
        ]
        found.append(Case(one.id, group, failure, "\n".join([*slips, report.derivation(one.verdict)])))
    return found
