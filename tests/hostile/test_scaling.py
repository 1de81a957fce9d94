"""Twice as much of anything takes at most two and a half times as many steps: counted, not timed."""

import re
from io import StringIO

import pytest

from cnncalc import suggest
from cnncalc.api import SpecError, analyze, loads
from cnncalc.render import terminal
from cnncalc.views.summary import summary
from tests.hostile.growing import GROWING, OK, steps

FEW = 40
"""So many at first, then twice and four times as many."""

MOST = 2.5


def calculate(text):
    """All that a summary takes: read, calculate, say what is wrong, lay out, write."""
    try:
        network = loads(text)
    except SpecError as error:
        network = error.network
    result = analyze(network)
    for finding in network.problems:
        finding.problem.message()
        finding.problem.hints()
    terminal.write(summary(result), StringIO())


def taken(text):
    re.purge()  # a pattern that is compiled already would be cheaper
    return steps(lambda: calculate(text))


@pytest.mark.parametrize("name", GROWING)
def test_steps_grow_with_the_text(name, monkeypatch):
    monkeypatch.setattr(suggest, "MOST_COMPARED", 500)  # up to there, "did you mean" compares all with all
    for text in (OK, GROWING[name](3)):  # what is loaded only once is loaded before
        calculate(text)
    once, twice, four_times = (taken(GROWING[name](count)) for count in (FEW, 2 * FEW, 4 * FEW))
    # What every run takes is in all three, so it is the steps that were added that are compared.
    assert four_times - twice <= MOST * max(twice - once, 1000), (once, twice, four_times)


def test_the_measure_sees_a_square():
    def square(count):
        known = [str(number) for number in range(count)]
        return steps(lambda: [len(one) for _word in known for one in known])

    assert square(4 * FEW) - square(2 * FEW) > 3 * (square(2 * FEW) - square(FEW))
