"""A verdict: right, right by a convention, or wrong with the slip named and both calculations side by side."""

from __future__ import annotations

from cnncalc.document import Block, Document, Fact, Facts, Paragraph, Phrase, Verdict, plain
from cnncalc.formula.expression import Value
from cnncalc.formula.slips import Slip
from cnncalc.formula.write import in_one_line, number
from cnncalc.harmless import harmless
from cnncalc.language import _, _as, plural
from cnncalc.teach import written_matrix as matrix
from cnncalc.teach.check import Verdict as Judged
from cnncalc.teach.quantities import ASKS

ONE_THING = ("output_size", "output_shape", "padding", "receptive_field", "values", "choice")
"""Quantities that are one thing; the others are numbers of things."""


def check(judged: Judged) -> Document:
    """What is said about an answer."""
    what, value = _(ASKS[judged.ask]), right(judged)
    one = judged.ask in ONE_THING
    if judged.ruling == "right":
        said = _("{what} is {value}") if one else _("{what}: {value} is right")
        return Document((Verdict(True, said.format(what=what, value=value)),))
    if judged.ruling == "right_by_convention":
        return Document((Verdict(True, _by_convention(judged)),))
    written = harmless(judged.answer, 60)
    if judged.given is None:
        said = _("the answer `{written}` cannot be read; {what}: {value}")
        if not written.strip():
            said = _("there is no answer; {what}: {value}")
        said = said.format(what=what, value=value, written=written)
        return Document((Verdict(False, said), _right(judged)))
    said = _("{what} is {value}, not {answer}") if one else _("there are {value} {what}, not {answer}")
    if not one and judged.expected == (1,):
        said = _("the number of {what} is {value}, not {answer}")
    answer = _values(judged.given.numbers) if judged.given.readings else written
    return Document((Verdict(False, said.format(what=what, value=value, answer=answer)), *_explained(judged)))


def right(judged: Judged) -> str:
    """The right answer as it is said: a number, a shape, a matrix, a letter."""
    if judged.letter:
        return judged.shown
    return matrix.text(judged.expected, judged.columns) if judged.columns else _values(judged.expected)


def _values(values: tuple[Value, ...]) -> str:
    return number(values[0]) if len(values) == 1 else "×".join(map(number, values))


def _by_convention(judged: Judged) -> str:
    slip = judged.slips[0]
    if slip.code == "channels_last":
        written = _values(judged.given.numbers) if judged.given is not None else ""
        return _("{answer} is right with the channels last; channels first it is {truth} ({code})").format(
            answer=written, truth=_values(judged.expected), code=slip.code
        )
    if slip.code == "one_bias_vector":
        said = _("{answer} is right with one bias vector; with two, as in PyTorch, it is {truth} ({code})")
        return said.format(answer=number(slip.value), truth=_values(judged.expected), code=slip.code)
    if judged.ask not in ("parameters", "weights"):
        said = _("{answer} is right without biases; with them it is {truth} ({code})")
        return said.format(answer=number(slip.value), truth=_values(judged.expected), code=slip.code)
    answer = number(slip.value)
    truth = _values(judged.expected)
    if slip.code == "forgot_bias":
        biases = int(judged.expected[0]) - int(slip.value)
        said = plural(
            "{answer} is right without bias; with the {biases} bias it is {truth} ({code})",
            "{answer} is right without biases; with the {biases} biases it is {truth} ({code})",
            biases,
        )
    else:
        biases = int(slip.value) - int(judged.expected[0])
        said = plural(
            "{answer} is right with the {biases} bias; the weights alone are {truth} ({code})",
            "{answer} is right with the {biases} biases; the weights alone are {truth} ({code})",
            biases,
        )
    return said.format(answer=answer, biases=number(biases), truth=truth, code=slip.code)


def _explained(judged: Judged) -> list[Block]:
    if not judged.slips and judged.letter:
        return [Paragraph(plain(judged.derivation), indent=3)] if judged.derivation else []
    if not judged.slips:
        said = _("No single slip leads to this answer. This is the way:")
        return [Paragraph(plain(said), indent=3), _right(judged)]
    answer = _values(judged.given.numbers) if judged.given is not None and judged.given.readings else ""
    if len(judged.slips) == 1:
        slip = judged.slips[0]
        return [
            Paragraph(plain(_("{sentence} ({codes}).").format(sentence=_sentence(slip), codes=_codes(slip))), indent=3),
            _side_by_side(slip, judged),
        ]
    said = (
        _("{count} pairs of slips give {answer}; was it one of them?")
        if judged.slips[0].second
        else _("{count} slips give {answer}; which was it?")
    )
    counted = said.format(count=_count(len(judged.slips)), answer=answer)
    facts: list[Fact] = []
    for slip in judged.slips:
        facts.append(Fact(_("{words} ({codes})").format(words=slip.short(), codes=_codes(slip))))
        facts.append(Fact(" ", plain(slip.shown or in_one_line(slip.expression))))
    blocks: list[Block] = [Paragraph(plain(counted), indent=3), Facts(tuple(facts), indent=3, gap=3)]
    return [*blocks, _right(judged)]


def _count(count: int) -> str:
    return {2: _("Two"), 3: _("Three")}.get(count, str(count))


def _sentence(slip: Slip) -> str:
    return slip.sentence().removesuffix(".").removesuffix("。")


def _codes(slip: Slip) -> str:
    return " + ".join(slip.codes)


def _side_by_side(slip: Slip, judged: Judged) -> Facts:
    if slip.shown:
        return Facts((Fact(_("yours"), plain(slip.shown)), *_right(judged).facts), indent=3, gap=3)
    yours, right = in_one_line(slip.expression), in_one_line(judged.truth[slip.axis])
    if slip.code == "power_of_ten":
        yours = number(slip.value)
    if yours.count(" = ") == right.count(" = ") == 1:
        both = (Fact(_("yours"), _one_step(yours)), Fact(_as("calculation", "right"), _one_step(right)))
        return Facts(both, indent=3, gap=3, aligned=True)
    parted = next((i for i, (a, b) in enumerate(zip(yours, right, strict=False)) if a != b), None)
    mark = None if parted is None or slip.code == "power_of_ten" else (parted, 1)
    return Facts(
        (Fact(_("yours"), plain(yours)), Fact(_as("calculation", "right"), plain(right), mark)), indent=3, gap=3
    )


def _one_step(written: str) -> Phrase:
    formula, value = written.split(" = ")
    return (*plain(formula), *plain(" = "), *plain(value))


def _right(judged: Judged) -> Facts:
    """How the right answer comes about: a line for each different calculation."""
    lines = [in_one_line(expression) for expression in dict.fromkeys(judged.truth)]
    if judged.columns:
        lines = [matrix.text(judged.expected, judged.columns)]
    if judged.derivation:
        lines += judged.derivation.splitlines()
    rows = [Fact(_as("calculation", "right") if not index else " ", plain(line)) for index, line in enumerate(lines)]
    return Facts(tuple(rows), indent=3, gap=3)
