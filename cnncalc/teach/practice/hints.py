"""Hints for a question: first the formula, then the first step; never the answer."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from cnncalc.formula import worked as written
from cnncalc.formula.write import lines
from cnncalc.language import _
from cnncalc.teach import hand
from cnncalc.teach.check import Mark
from cnncalc.teach.parts import worked
from cnncalc.tensor import Tensor


def hints(row: dict[str, Any], ask: str, mark: Mark, options: Sequence[Any]) -> tuple[str, ...]:
    """What is said one after the other when somebody asks for help."""
    truth = mark("")
    if ask == "choice":
        wrong = [one for one in options if one.letter != truth.letter]
        return (_("It is not {letter}.").format(letter=wrong[-1].letter),)
    if ask == "values":
        columns = truth.columns
        size = f"{len(truth.expected) // columns}×{columns}"
        return (_("Each value comes from one window; the result is {size}.").format(size=size), _first(worked(row)))
    derived = [lines(one) for one in dict.fromkeys(truth.truth)]
    if all(len(one) == 1 for one in derived):
        return (_("Does the layer learn anything?"),)
    formula = " ; ".join(one[0] for one in derived)
    steps = [one[1] for one in derived if len(one) > 2]
    return (formula, " ; ".join(steps)) if steps else (formula,)


def _first(question: hand.Hand) -> str:
    """How the first value comes about, without the value."""
    shapes = question.kind.tensors((question.x.shape,))
    tensors = {name: Tensor(shape, list(question.kernel.values)) for name, shape in shapes.items() if question.kernel}
    written_out = question.kind.written_out((question.x,), tensors, (0,) * len(question.x.shape))
    said = _("row {row}, column {column}: {calculation}")
    return said.format(row=1, column=1, calculation=written.text(written_out.formula))
