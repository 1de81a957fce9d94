"""A question in words: what was understood, what was assumed, and each answer with its derivation."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

from cnncalc.document import Block, Derivation, Document, Entry, Fact, Facts, Step, plain
from cnncalc.formula.write import derivation, number
from cnncalc.language import _, mark
from cnncalc.shape import text as shape_text
from cnncalc.teach.ask.answering import Answered
from cnncalc.teach.ask.chains import SUMMED, total
from cnncalc.teach.ask.one_layer import SHAPES, Answer, label_of
from cnncalc.teach.ask.report import understood
from cnncalc.views.calculation import stepwise

WORDS = {
    "images": mark("one image of the batch"),
    "bias": mark("with bias"),
}


def ask(done: Answered) -> Document:
    """The answers to a question, under what they rest on."""
    facts = [Fact(_("understood"), plain(_said(understood(done))))]
    if done.assumed:
        facts.append(Fact(_("assumed"), plain(_taken(done.assumed))))
    if done.understood.network:
        facts.append(Fact(_("layer by layer"), plain(f"cnncalc summary {done.understood.network}")))
    blocks: list[Block] = [Facts(tuple(facts))]
    blocks += [Derivation(tuple(_entries(one))) for one in done.answers]
    return Document(tuple(blocks))


def _said(found: dict[str, Any]) -> str:
    """The layers as the question says them; what it asks for stands below."""
    if "network" in found:
        return str(found["network"])
    if "layers" in found:
        return " → ".join(_said(one) for one in found["layers"])
    fields = dict(found)
    kind = fields.pop("kind")
    fields.pop("asked", None)
    open_ = fields.pop("open", {})
    said = [_setting(field, value) for field, value in fields.items()]
    said += [f"{field} {_(' or ').join(map(_shown, values))}" for field, values in open_.items()]
    return _(", ").join([kind, *said])


def _setting(field: str, value: Any) -> str:
    return f"{field} {_shown(value)}"


def _shown(value: Any) -> str:
    if isinstance(value, list):
        nested = any(isinstance(one, list) for one in value)
        return ", ".join(map(_shown, value)) if nested else shape_text(tuple(value))
    return number(value) if type(value) is int else str(value)


def _taken(assumed: dict[str, Any]) -> str:
    found = []
    for field, value in assumed.items():
        if isinstance(value, dict):
            found.append(f"{field} ({_taken(value)})")
        elif field in WORDS and value:
            found.append(_(WORDS[field]))
        elif field == "part":
            found.append(_("only the {part} part").format(part=value))
        else:
            found.append(_setting(field, value))
    return _(", ").join(found)


def _entries(one: Answer) -> Iterator[Entry]:
    """The layers in front, then the quantity: its calculation along each axis that differs."""
    for given, truth in one.way:
        for expression in dict.fromkeys(truth):
            yield Entry(given.kind.name, stepwise(derivation(expression), "m" if one.ask in SHAPES else ""))
    label = label_of(one)
    if one.reading:
        label = f"{label} ({', '.join(_setting(field, value) for field, value in one.reading.items())})"
    different = list(dict.fromkeys(one.truth))
    if one.way and one.ask in SUMMED:
        different = [total(one)]
    if one.ask == SHAPES[1] or one.settings or len(different) > 1:
        values = one.settings or (list(one.value),)
        said = _(" or ").join(_shown(value) for value in values)
        if one.ask == "input_size" and (len(values) > 2 or (values[1:] and isinstance(values[0], list))):
            said = _("{first} to {last}").format(first=_shown(values[0]), last=_shown(values[-1]))
        yield Entry(label, (Step(plain(said), equals=False),))
        for expression in different:
            if len(way := derivation(expression)) > 2:
                yield Entry(" ", stepwise(way, "m"))
        return
    left = "m" if one.ask == SHAPES[0] else ""
    yield Entry(label, stepwise(derivation(different[0]), left))
