"""Every target of the fuzzer on random texts: few in a run of the tests, FUZZ_EXAMPLES in a longer one.

With FUZZ_FRESH they are others each time (tests/conftest.py).
"""

import os

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from cnncalc.source import Source
from cnncalc.spec.read import parse_text
from tests.fuzz.targets import TARGETS

EXAMPLES = int(os.environ.get("FUZZ_EXAMPLES", "60"))
SIGNS = "-?:,[]{}()#&*!|>'\"%@`~$ \n\t\r\\/ab01.9xe+kM：　\u00a0<=万\x1b\u202e_^"
WORDS = [
    "input",
    "layers",
    "- ",
    "relu",
    "$(",
    "$a",
    "1e9",
    "**",
    "//",
    "if",
    "else",
    "min(",
    "true",
    "\\u",
    "0x",
    "\n  ",
]
texts = st.text(SIGNS, max_size=40) | st.lists(st.sampled_from(WORDS) | st.text(SIGNS, max_size=4), max_size=12).map(
    "".join
)


@pytest.mark.parametrize("target", TARGETS)
def test_any_text(target):
    @settings(max_examples=EXAMPLES, deadline=None)
    @given(texts | st.text(max_size=20))
    def holds(text):
        TARGETS[target](text)

    holds()


def verdict(text):
    value, findings = parse_text(Source("t", text))
    return value, [(finding.code, finding.place) for finding in findings]


@settings(max_examples=5 * EXAMPLES, deadline=None)
@given(texts)
def test_both_parsers_of_yaml_accept_and_refuse_the_same(text):
    import yaml

    fast = verdict(text)
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(yaml, "__with_libyaml__", False)
        slow = verdict(text)
    assert bool(fast[1]) == bool(slow[1])
    if not fast[1]:
        assert fast[0] == slow[0]
