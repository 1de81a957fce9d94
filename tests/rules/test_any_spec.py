"""Specs with lines doubled, lost, exchanged: no rule stumbles, and no edit makes anything worse."""

import random

import pytest

from cnncalc.engine.walk import analyze
from cnncalc.rules import Settings, broken, every
from cnncalc.spec.edit import applied
from cnncalc.spec.load import loads
from cnncalc.spec.network import SpecError
from tests.recorded import SPECS

TEXTS = [path.read_text(encoding="utf-8") for path in sorted(SPECS.glob("*.yaml"))]
TEXTS += [text for rule in every().values() for text in (rule.bad, rule.good)]
LAYERS = [line.lstrip() for text in TEXTS for line in text.splitlines() if line.lstrip().startswith("- ")]


def spoiled(chance):
    """A text with a few lines that are not what they were."""
    lines = chance.choice(TEXTS).splitlines()
    for _ in range(chance.randint(1, 4)):
        at = chance.randrange(len(lines))
        line = lines[at]
        match chance.randrange(4):
            case 0:
                lines.insert(at, line)
            case 1 if len(lines) > 1:
                del lines[at]
            case 2:
                lines[at] = line.replace(chance.choice("23458"), chance.choice("0123579"))
            case _:
                lines.insert(at, " " * (len(line) - len(line.lstrip())) + chance.choice(LAYERS))
    return "\n".join(lines) + "\n"


def looked_at(text):
    try:
        network = loads(text)
    except SpecError as error:
        network = error.network
    result = analyze(network)
    return network, result, broken(network, result, Settings(select=("all",)))


def errors(network):
    return sum(finding.severity == "error" for finding in network.problems)


@pytest.mark.parametrize("seed", range(10))
def test_edits_keep_outputs_and_come_to_an_end(seed):
    chance = random.Random(seed)
    for _ in range(30):
        text = spoiled(chance)
        network, result, found = looked_at(text)
        edits = [edit for finding in found for edit in finding.edits]
        mended, after, rest = looked_at(applied(text, edits))
        assert errors(mended) <= errors(network), text
        if result.status == "complete":
            assert [shape for _, shape in after.outputs] == [shape for _, shape in result.outputs], text
        assert len([edit for finding in rest for edit in finding.edits]) < max(len(edits), 1), text
