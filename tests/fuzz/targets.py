"""What is fuzzed: functions that take any text, and what must hold of what they give.

By hand, for as long as you like, with atheris (`pip install atheris`), one target at a time:

    python -m tests.fuzz.targets yaml -max_total_time=600
"""

import re
import sys
from contextlib import suppress
from fractions import Fraction
from io import StringIO
from unicodedata import category

from cnncalc.arithmetic import LARGEST, NotCalculable, calculate
from cnncalc.document import Document
from cnncalc.harmless import harmless
from cnncalc.source import Source
from cnncalc.spec.read import decode, parse_text


def yaml(text):
    """A tree, or a finding that says why not; a place is inside the text."""
    _read(text, is_json=False)


def json(text):
    """As for YAML."""
    _read(text, is_json=True)


def _read(text, is_json):
    value, findings = parse_text(Source("t", text), is_json=is_json)
    assert value is not None or findings
    for finding in findings:
        message = re.sub(r"(?<=\w)::", "..", finding.problem.message())  # part of a name, which begins no line
        assert harmless(message, 10_000) == message


def undecoded(text):
    """Bytes of any kind: a text, or a finding."""
    source, findings = decode(text.encode("utf-8", "surrogatepass"), "t")
    assert source is not None or findings


def number(text):
    """A stated number is whole, bounded, and fits itself."""
    from cnncalc.spec.numbers import SIZES, measured, stated

    found = stated(text)
    if found is not None:
        assert 0 <= found.value <= 10**15
        assert found.fits(found.value)
    for units in (None, SIZES):
        found = measured(text, units)
        assert found is None or 0 <= found.value <= 10**15


def arithmetic(text):
    """A value within the bounds, or a refusal that knows the column."""
    for loose in (False, True):
        column = 1
        try:
            value = calculate(text, {"a": 3, "b": [1, 2], "c": "x"}, loose=loose)
        except NotCalculable as refusal:
            column = refusal.problem.column
            value = None
        assert 1 <= column <= len(text) + 1 or len(text) > 256
        assert not isinstance(value, float)
        assert not isinstance(value, int | Fraction) or abs(value) <= LARGEST


def rendered(text):
    """A network with such names, in each format for reading: nothing in it acts."""
    from cnncalc.api import analyze, parse
    from cnncalc.render import html, latex, markdown, terminal
    from cnncalc.views.summary import summary

    layers = [{"relu": {"name": text}}, {text: {text: text}}]
    network = None
    with suppress(ValueError):
        network = parse({"name": text, "input": [3, 4, 4], "layers": layers[:1]})
    if network is None:
        return
    document = summary(analyze(network))
    assert isinstance(document, Document)
    page = StringIO()
    terminal.write(document, page)
    for written in (page.getvalue(), markdown.render(document), latex.render(document), html.render(document)):
        assert not [sign for sign in written if sign != "\n" and category(sign) in ("Cc", "Cs")]
        assert not set(written) & set("\x1b\x9b\r\u202e\u2028")


TARGETS = {one.__name__: one for one in (yaml, json, undecoded, number, arithmetic, rendered)}


def main():
    """Fuzz one target with atheris until it is stopped or something is found."""
    import atheris

    target = TARGETS[sys.argv.pop(1)]

    def once(data):
        target(atheris.FuzzedDataProvider(data).ConsumeUnicode(4096))

    atheris.instrument_all()
    atheris.Setup(sys.argv, once)
    atheris.Fuzz()


if __name__ == "__main__":
    main()
