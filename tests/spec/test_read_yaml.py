"""YAML text -> a tree with places; everything that can be wrong has its own code and its own place."""

import math

import pytest
import yaml
from hypothesis import given, settings
from hypothesis import strategies as st

from cnncalc.source import Place, PlacedList, PlacedMapping, Source
from cnncalc.spec.language_problems import BracedVariable
from cnncalc.spec.read import decode, parse_text, read_bytes
from cnncalc.spec.reading_problems import KeyTooLong, LeadingZero, MissingComma
from cnncalc.spec.yaml_events import open_events
from cnncalc.spec.yaml_problems import BadIndentation, KeyNotText, TwoColons, UnquotedExpression


@pytest.fixture(params=["libyaml", "pure"])
def parser(request, monkeypatch):
    """Every case goes through both of PyYAML's parsers."""
    if request.param == "pure":
        monkeypatch.setattr(yaml, "__with_libyaml__", False)
    return request.param


def tree(text):
    value, findings = parse_text(Source("t.yaml", text))
    assert findings == []
    return value


def codes(text):
    return [finding.code for finding in parse_text(Source("t.yaml", text))[1]]


def only(text):
    (finding,) = parse_text(Source("t.yaml", text))[1]
    return finding


VALUES = [
    ("no", "no"),
    ("yes", "yes"),
    ("on", "on"),
    ("off", "off"),
    ("true", True),
    ("False", False),
    ("null", None),
    ("Null", None),
    ("NULL", None),
    ("nULL", "nULL"),
    ("~", None),
    ("", None),
    ("True", True),
    ("TRUE", True),
    ("tRUE", "tRUE"),
    ("false", False),
    ("FALSE", False),
    ("12:30", "12:30"),
    ("1:30", "1:30"),
    ("0", 0),
    ("-0", 0),
    ("9", 9),
    ("-3", -3),
    ("+3", 3),
    ("1e3", 1000.0),
    ("1E+3", 1000.0),
    ("25e-1", 2.5),
    ("1.5", 1.5),
    (".5", 0.5),
    ("5.", 5.0),
    ("-.5", -0.5),
    ("+.5", 0.5),
    ("-1.5e1", -15.0),
    ("." + "0" * 399, 0.0),
    ("1e", "1e"),
    ("1.e+", "1.e+"),
    (".", "."),
    ("+", "+"),
    ("1.5.5", "1.5.5"),
    ("0x1F", 31),
    ("0xaf", 10 * 16 + 15),
    ("0x0000000000000000000000ff", 255),
    ("0x38D7EA4C68000", 10**15),
    ("0x0", 0),
    ("0o10", 8),
    ("0o17", 15),
    ("0o8", "0o8"),
    ("0xg", "0xg"),
    ("0x", "0x"),
    ("0o", "0o"),
    ("-0x1", "-0x1"),
    ("0b11", "0b11"),
    ("1_000", "1_000"),
    ("1000000000000000", 1000000000000000),
    ("-1000000000000000", -1000000000000000),
    ("2024-01-01", "2024-01-01"),
    ("3x64x64", "3x64x64"),
    ("b\tc", "b\tc"),
    ("b \t\n  c", "b c"),
    ("b\n  \tc", "b c"),
    ("b\n \tc", "b c"),
    ("[b\n \tc]", ["b c"]),
    ("-x", "-x"),
    ('b:"c"', 'b:"c"'),
    ("=", "="),
    ("<<", "<<"),
    ("inf", "inf"),
    ('"3"', "3"),
    ("'true'", "true"),
    ('"010"', "010"),
    ('"\\e"', "\x1b"),
    ("[3, 64, 64]", [3, 64, 64]),
    ("{b: 1}", {"b": 1}),
]


@pytest.mark.parametrize(("written", "value"), VALUES)
def test_a_value_is_read_as_yaml_1_2_reads_it(parser, written, value):
    read = tree(f"a: {written}")["a"]
    assert read == value
    assert type(read) is type(value) or isinstance(read, PlacedList | PlacedMapping)


PROBLEMS = [
    ("", "no-spec", (1, 1, 1, 1)),
    ("# only a comment\n", "no-spec", (1, 1, 1, 1)),
    ("---\n", "no-spec", (1, 1, 1, 4)),
    ("a: 1\na: 2\n", "duplicate-key", (2, 1, 2, 2)),
    ('{a: 1, "a": 2}', "duplicate-key", (1, 8, 1, 11)),
    ("1: x", "key-not-text", (1, 1, 1, 2)),
    ("true: x", "key-not-text", (1, 1, 1, 5)),
    ("? [1, 2]\n: x", "key-not-text", (1, 3, 1, 4)),
    ("{a: 1}: b", "key-not-text", (1, 1, 1, 2)),
    ("a: &x 1\n*x : 2\n", "key-not-text", (2, 1, 2, 3)),
    ("<<: {a: 1}", "merge-key", (1, 1, 1, 3)),
    *((f"a: {word}", "not-a-number", (1, 4, 1, 8)) for word in (".inf", ".Inf", ".INF", ".nan", ".NaN", ".NAN")),
    ("a: -.inf", "not-a-number", (1, 4, 1, 9)),
    ("a: +.inf", "not-a-number", (1, 4, 1, 9)),
    ("a: 1e400", "not-a-number", (1, 4, 1, 9)),
    ("a: 1000000000000001", "number-too-large", (1, 4, 1, 20)),
    ("a: -1000000000000001", "number-too-large", (1, 4, 1, 21)),
    ("a: 9999999999999999", "number-too-large", (1, 4, 1, 20)),
    ("a: 0x38D7EA4C68001", "number-too-large", (1, 4, 1, 19)),
    ("a: ." + "0" * 400, "number-too-large", (1, 4, 1, 405)),
    ("a: " + "9" * 5000, "number-too-large", (1, 4, 1, 5004)),
    ("a: 0x" + "f" * 5000, "number-too-large", (1, 4, 1, 5006)),
    ("a: 010", "leading-zero", (1, 4, 1, 7)),
    ("a: 00", "leading-zero", (1, 4, 1, 6)),
    ("a: -010", "leading-zero", (1, 4, 1, 8)),
    ("a: !!int 3", "tag-not-allowed", (1, 4, 1, 9)),
    ("a: ! b", "tag-not-allowed", (1, 4, 1, 5)),
    ("a: !!python/object/apply:os.system [x]", "tag-not-allowed", (1, 4, 1, 35)),
    ("a: &x !t b", "tag-not-allowed", (1, 7, 1, 9)),
    ("a: &x # c\n  # d\n\n  !t b", "tag-not-allowed", (4, 3, 4, 5)),
    ("a: &x #\r  !t b", "tag-not-allowed", (2, 3, 2, 5)),
    ("a: &x # c\r  !t b", "tag-not-allowed", (2, 3, 2, 5)),
    ("a: &x ! b", "tag-not-allowed", (1, 7, 1, 8)),
    ("a: &x " + "# c " * 5000 + "\n  !t b", "tag-not-allowed", (2, 3, 2, 5)),
    ("a: !%zz b", "tag-not-allowed", (1, 4, 1, 8)),
    ("a: !<b c", "tag-not-allowed", (1, 4, 1, 7)),
    ("a: !<b@c d", "tag-not-allowed", (1, 4, 1, 9)),
    ("%YAML 1.1\n---\na: 1", "directive-not-allowed", (1, 1, 1, 10)),
    ("a: 1\n---\nb: 2", "several-documents", (2, 1, 2, 4)),
    ("a\n--- b", "several-documents", (2, 1, 2, 4)),
    ("a\n---\tb", "several-documents", (2, 1, 2, 4)),
    ("a\n---\nb", "several-documents", (2, 1, 2, 4)),
    ("a\n---\rb", "several-documents", (2, 1, 2, 4)),
    ("a\n---", "several-documents", (2, 1, 2, 4)),
    ("a: *b", "undefined-alias", (1, 4, 1, 6)),
    ("a: &x [*x]", "recursive-alias", (1, 8, 1, 10)),
    ("a: &an:chor b", "bad-anchor", (1, 4, 1, 7)),
    ("a: & b", "bad-anchor", (1, 4, 1, 5)),
    ("a: [*é]", "bad-anchor", (1, 5, 1, 6)),
    ("a: *", "bad-anchor", (1, 4, 1, 5)),
    ("[" * 100_000, "too-deep", (1, 65, 1, 66)),
    ('[{"":' * 50_000, "too-deep", (1, 161, 1, 162)),
    ("k" * 257 + ": 1", "key-too-long", (1, 1, 1, 258)),
    ("k" * 2000 + ": 1", "key-too-long", (1, 1, 1, 2001)),
    ("a: 1\n" + "k" * 2000 + ": 1", "key-too-long", (2, 1, 2, 2001)),
    ("{" + "k" * 2000 + ": 1}", "key-too-long", (1, 2, 1, 2002)),
    ("[" + "k" * 2000 + ": 1]", "key-too-long", (1, 2, 1, 2002)),
    ("{a: 1," + "k" * 2000 + ": 1}", "key-too-long", (1, 7, 1, 2007)),
    ("{a: 1,\n" + "k" * 2000 + ": 1}", "key-too-long", (2, 1, 2, 2001)),
    ("{a: 1, " + "k" * 2000 + ": 1}", "key-too-long", (1, 8, 1, 2008)),
    ("[1, # c\n" + "k" * 2000 + ": 1]", "key-too-long", (2, 1, 2, 2001)),
    ("[1, {" + "k" * 2000 + ": 1}]", "key-too-long", (1, 6, 1, 2006)),
    ("a:\n\t- b\n", "tab-indentation", (2, 1, 2, 2)),
    ("a: b\n\tc", "tab-indentation", (2, 1, 2, 2)),
    ("a: [b\n\tc]", "tab-indentation", (2, 1, 2, 2)),
    ("a: 1\n  b: 2\n", "bad-indentation", (2, 3, 2, 4)),
    ("a:\n    b: 1\n  c: 2\n", "bad-indentation", (3, 3, 3, 7)),
    ("- x\n- a\n  b: 1", "bad-indentation", (3, 3, 3, 4)),
    ("a: 1\n- b\n", "mixed-block", (2, 1, 2, 4)),
    ("- a\nb: c", "mixed-block", (2, 1, 2, 5)),
    ("a: b: c", "two-colons", (1, 5, 1, 6)),
    ("--- a: b", "syntax-problem", (1, 6, 1, 7)),
    ("# c\n--- a: b", "syntax-problem", (2, 6, 2, 7)),
    ("a: - b", "misplaced-dash", (1, 4, 1, 5)),
    ("a: @x", "reserved-character", (1, 4, 1, 5)),
    ("a: `x`", "reserved-character", (1, 4, 1, 5)),
    ('a: "b', "unclosed-quote", (1, 5, 1, 6)),
    ("a: [1, 2\nb: 3\n", "unclosed-bracket", (2, 2, 2, 3)),
    ("a: [1, 2}", "unclosed-bracket", (1, 9, 1, 10)),
    ("a: 1]\nb: ]", "stray-bracket", (2, 4, 2, 5)),
    ("a: 1}\nb: }", "stray-bracket", (2, 4, 2, 5)),
    ('[a, "b" c]', "missing-comma", (1, 9, 1, 10)),
    ('["[", "b" c]', "missing-comma", (1, 11, 1, 12)),
    ('{"a":"[", "b" c}', "missing-comma", (1, 15, 1, 16)),
    ('{"[": 1, "b" c}', "missing-comma", (1, 14, 1, 15)),
    ("[1, '[', \"b\" c]", "missing-comma", (1, 14, 1, 15)),
    ('["]", "b" c', "unclosed-bracket", (1, 11, 1, 12)),
    ('[$(a + 1), "b" c]', "missing-comma", (1, 16, 1, 17)),
    ('["b" c, $(x[0])]', "missing-comma", (1, 6, 1, 7)),
    ('[$(a, 1), "b" c]', "unquoted-expression", (1, 2, 1, 9)),
    ("[$(x[0]), 3]", "unquoted-expression", (1, 2, 1, 9)),
    ("[$((x[0]) + (1)), 3]", "unquoted-expression", (1, 2, 1, 17)),
    ("[$(x[0], 3]", "unquoted-expression", (1, 2, 1, 12)),
    ("[$(x[0), 3]", "unquoted-expression", (1, 2, 1, 8)),
    ("[$(x{0), 3]", "unquoted-expression", (1, 2, 1, 8)),
    ("[$(x}0), 3]", "unquoted-expression", (1, 2, 1, 8)),
    ("[$(x]0), 3]", "unquoted-expression", (1, 2, 1, 8)),
    ('a: "${b}" c', "text-after-value", (1, 11, 1, 12)),
    ("a: '${b}' c", "text-after-value", (1, 11, 1, 12)),
    ('["a", ${b}]', "braced-variable", (1, 7, 1, 11)),
    ("['a', ${b}]", "braced-variable", (1, 7, 1, 11)),
    ('["${a}", ${b}]', "braced-variable", (1, 10, 1, 14)),
    ("[a,, b]", "extra-comma", (1, 4, 1, 5)),
    ('a: "b" c', "text-after-value", (1, 8, 1, 9)),
    ("[1]\n[2]", "text-after-value", (2, 1, 2, 4)),
    ("input [3]\nlayers: []", "missing-colon", (1, 1, 1, 10)),
    ("# comment\n" * 200 + "input [3]\nlayers: []", "missing-colon", (201, 1, 201, 10)),
    ("---\na\nb: 1", "missing-colon", (2, 1, 2, 2)),
    ('a: "\\q"', "bad-escape", (1, 5, 1, 7)),
    ('a: "\\uaB1q"', "bad-escape", (1, 5, 1, 10)),
    ('a: "\\U00aB1q"', "bad-escape", (1, 5, 1, 12)),
    ('a: "\\x4q"', "bad-escape", (1, 5, 1, 8)),
    ('a: "\\xaq"', "bad-escape", (1, 5, 1, 8)),
    ('a: "\\xAq"', "bad-escape", (1, 5, 1, 8)),
    ('a: "\\U00110000"', "bad-escape", (1, 5, 1, 15)),
    ('a: "\\U000a0000\\U000A0000\\U00100000 \\U00110000"', "bad-escape", (1, 36, 1, 46)),
    ('a: "\\uDBFF"', "lone-surrogate", (1, 5, 1, 11)),
    ('a: "\\udbff"', "lone-surrogate", (1, 5, 1, 11)),
    ('a: "\\U0000dBaF"', "lone-surrogate", (1, 5, 1, 15)),
    ('a: "\\ud800"', "lone-surrogate", (1, 5, 1, 11)),
    ('a: "\\ud83d\\ude00"', "lone-surrogate", (1, 5, 1, 11)),
    ("a: |x\n  b", "syntax-problem", (1, 5, 1, 6)),
    ("layers:\n- relu\n-flatten\n", "missing-space", (3, 1, 3, 2)),
    ("-a\n-b", "missing-space", (1, 1, 1, 2)),
    ("x: 1\n-a: b: c", "missing-space", (2, 1, 2, 2)),
    ("x:\n  -a: b: c", "missing-space", (2, 3, 2, 4)),
    ('["a"\n -b\n]', "missing-space", (2, 2, 2, 3)),
    ('x:\n  - "a"\n  -b', "missing-space", (3, 3, 3, 4)),
    ('x:\n  - "a"\n  -b: 1', "missing-space", (3, 3, 3, 4)),
    ("- conv2d:{k: 3}", "missing-space", (1, 9, 1, 10)),
    ("layers:\n - relu\n- flatten", "bad-indentation", (3, 1, 3, 10)),
    ("a:\n- repeat: 3\n  b: [c]\n  - d", "bad-indentation", (4, 3, 4, 6)),
    ("layers:\n- relu\nflatten", "missing-dash", (3, 1, 3, 8)),
    ("layers:\n- relu\nflatten it", "missing-colon", (3, 1, 3, 11)),
    ("layers:\n– relu", "not-a-dash", (2, 1, 2, 2)),
    ("layers:\n1. relu\n2. tanh", "not-a-dash", (2, 1, 2, 3)),
    ("layers:\n• relu\n• tanh", "not-a-dash", (2, 1, 2, 2)),
    ("layers:\n* relu", "not-a-dash", (2, 1, 2, 2)),
    ("layers:\n— conv2d: {k: 3}", "not-a-dash", (2, 1, 2, 2)),
    ("```yaml\nlayers: [relu]\n```", "code-fence", (1, 1, 1, 4)),
    ('name: "My net\nlayers: [relu]\nabout: "x"', "unclosed-quote", (1, 13, 1, 14)),
    ("- 'a\n- b\n- 'c'", "unclosed-quote", (1, 4, 1, 5)),
    ("{“k”: 3}", "full-width-punctuation", (1, 2, 1, 3)),
    ("- [conv2d:{k: 3}]", "missing-space", (1, 10, 1, 11)),
    ("[{relu:}]", "missing-space", (1, 7, 1, 8)),
    ("{k: a, b:[3]}", "missing-space", (1, 9, 1, 10)),
    ("{a: 1, out:8}", "missing-space", (1, 11, 1, 12)),
    ("{\n  out:8\n}", "missing-space", (2, 6, 2, 7)),
    ("{a: 1, out=8}", "equals-sign", (1, 8, 1, 13)),
    ("{a: 1, out: (8, 8)}", "cut-at-comma", (1, 13, 1, 19)),
    ("a: >\n \tb", "tab-indentation", (2, 2, 2, 3)),
    ("a: |\n\n\tb", "tab-indentation", (3, 1, 3, 2)),
    ("a: |\n  b\n \tc", "tab-indentation", (3, 2, 3, 3)),
    ("layers:\n - relu\n   - flatten\n", "joined-lines", (3, 4, 3, 5)),
    ("a，b: 1", "full-width-punctuation", (1, 2, 1, 3)),
    ("a：1", "full-width-punctuation", (1, 2, 1, 3)),
    ("---\na：1\nb: 2", "full-width-punctuation", (2, 2, 2, 3)),
    ("input: [3，64，64]", "full-width-punctuation", (1, 10, 1, 11)),
    ("k: ３", "full-width-punctuation", (1, 4, 1, 5)),
    ("a: 1\nb：2\nc: 3", "full-width-punctuation", (2, 2, 2, 3)),
    ("- conv: {c: 8，k: 3}", "full-width-punctuation", (1, 14, 1, 15)),
    ("- conv: {c: 8，k：3}", "full-width-punctuation", (1, 14, 1, 15)),
    ("- conv: {c: 8、k: 3}", "full-width-punctuation", (1, 14, 1, 15)),
    ("- conv: {c: 8；k: 3}", "full-width-punctuation", (1, 14, 1, 15)),
    ("- conv: {c: 8，步长: 3}", "full-width-punctuation", (1, 14, 1, 15)),
    ("- conv: {c: 8, k: 3，}", "full-width-punctuation", (1, 20, 1, 21)),
    ("- conv: {c: 8, k: 3}，\n- relu", "full-width-punctuation", (1, 21, 1, 22)),
    ("- conv: {c: 8, k: 3｝\n- relu", "full-width-punctuation", (1, 20, 1, 21)),
    ("- conv: {c: 8, k: 3）\n- relu", "full-width-punctuation", (1, 20, 1, 21)),
    ("- conv: （c: 8, k: 3）", "full-width-punctuation", (1, 9, 1, 10)),
    ("- conv: {c: 8, k: 3} ＃ 注释\n- relu", "full-width-punctuation", (1, 22, 1, 23)),
    ("input: 【3, 32, 32】", "full-width-punctuation", (1, 8, 1, 9)),
    ("input: （3, 32, 32）", "full-width-punctuation", (1, 8, 1, 9)),
    ("input: ３x３２x３２", "full-width-punctuation", (1, 8, 1, 9)),
    ("input: 3＊32", "full-width-punctuation", (1, 9, 1, 10)),
    ("k: “8”", "full-width-punctuation", (1, 4, 1, 5)),
    ("k: 1。", "full-width-punctuation", (1, 5, 1, 6)),
    ("k: $（w * 2）", "full-width-punctuation", (1, 5, 1, 6)),
    ("a: 1\n－ relu", "full-width-punctuation", (2, 1, 2, 2)),
    ("k:\u30003", "odd-space", (1, 3, 1, 4)),
    ("-\u3000relu", "odd-space", (1, 2, 1, 3)),
    ("a: 1\n\u00a0b: 1", "odd-space", (2, 1, 2, 2)),
    ('"\\u00e9": 1\n"e\\u0301": 2', "look-alike-keys", (2, 1, 2, 10)),
    ("é: 1\ne\u0301: 2", "look-alike-keys", (2, 1, 2, 3)),
    ("a: b\x1b", "control-character", (1, 5, 1, 6)),
    ("a\x00: b", "control-character", (1, 2, 1, 3)),
    ("a: b\u2028c", "control-character", (1, 5, 1, 6)),
    ("a: \ud800", "lone-surrogate", (1, 4, 1, 5)),
    ("a: b\u202ec", "invisible-character", (1, 5, 1, 6)),
]


@pytest.mark.parametrize(("text", "code", "place"), PROBLEMS, ids=lambda value: str(value)[:20])
def test_a_problem_has_its_code_and_its_place(parser, text, code, place):
    finding = only(text)
    assert (finding.code, finding.place) == (code, Place(*place))


@pytest.mark.parametrize("text", [text for text, _, _ in PROBLEMS], ids=lambda value: str(value)[:20])
def test_a_message_is_one_harmless_line(text):
    for finding in parse_text(Source("t.yaml", text))[1]:
        for sentence in (finding.problem.message(), finding.problem.caret(), *finding.all_help()):
            assert len(sentence) <= 700
            assert not set(sentence) & set("\n\r\x1b\x00\u202e\u2028\ud800")
        assert finding.problem.__doc__


LEADING = [
    ("010", LeadingZero("010", 10)),
    ("-010", LeadingZero("-010", -10)),
    ("+00", LeadingZero("+00", 0)),
    ("0" * 38 + "17", LeadingZero("0" * 38 + "17", 17)),
    ("0" * 39 + "17", LeadingZero("0…17", 17)),
]


@pytest.mark.parametrize(("written", "problem"), LEADING)
def test_a_leading_zero_changes_no_number(written, problem):
    value, (finding,) = parse_text(Source("t.yaml", f"a: {written}"))
    assert (value, finding.problem) == ({"a": problem.value}, problem)


FORBIDDEN = [0x00, 0x01, 0x08, 0x0B, 0x0C, 0x0E, 0x1F, 0x7F, 0x85, 0x9F, 0x2028, 0x2029, 0xFFFE, 0xFFFF]
INVISIBLE = [0x200B, 0x200F, 0x202A, 0x202E, 0x2060, 0x2066, 0x2069, 0xFEFF]


@pytest.mark.parametrize(
    ("code", "said"),
    [(code, "control-character") for code in FORBIDDEN]
    + [(code, "invisible-character") for code in INVISIBLE]
    + [(code, "lone-surrogate") for code in (0xD800, 0xDBFF, 0xDC00, 0xDFFF)],
)
def test_a_character_that_can_not_be_seen_is_found(code, said):
    finding = only(f"a: b{chr(code)}c")
    assert (finding.code, finding.place) == (said, Place(1, 5, 1, 6))


@pytest.mark.parametrize("code", [0x09, 0x20, 0x7E, 0xA0, 0x200A, 0x2027, 0x202F, 0x2061, 0x206A, 0xFFFD, 0x1F600])
def test_its_neighbours_are_ordinary_characters(code):
    assert tree(f"a: b{chr(code)}c") == {"a": f"b{chr(code)}c"}


def test_each_character_is_found_once_at_its_first_place():
    findings = parse_text(Source("t.yaml", "a: \x02\x01\x02\nb: \u200b\x01"))[1]
    assert [tuple(finding.place)[:2] for finding in findings] == [(1, 4), (1, 5), (2, 4)]


@pytest.mark.parametrize(
    ("text", "place"),
    [
        ("%", (1, 1, 1, 2)),
        ("# a\n%TAG x\n---\n%b", (2, 1, 2, 7)),
        ("a: 1\r%b c\rd: 2", (2, 1, 2, 5)),
        ("a: 1\r\n%b c\r\nd: 2", (2, 1, 2, 5)),
        ("a: 1\r%b\n%cd", (2, 1, 2, 3)),
        ("a: 1\n%b\r%cd", (2, 1, 2, 3)),
        ("%a\n%bc", (1, 1, 1, 3)),
        ("\n%ab", (2, 1, 2, 4)),
    ],
)
def test_the_first_line_that_begins_with_a_percent_sign_is_no_yaml_of_ours(text, place):
    finding = only(text)
    assert (finding.code, finding.place) == ("directive-not-allowed", Place(*place))


def test_a_percent_sign_inside_a_line_is_text():
    assert tree("a: 5%\nb: x %d") == {"a": "5%", "b": "x %d"}


def test_a_duplicate_key_marks_the_first_one(parser):
    assert [mark.place for mark in only("a: 1\nb: 2\na: 3").marks] == [Place(1, 1, 1, 2)]


MARKED = [
    ("- x\n- a\n  b: 1", BadIndentation(3, 1, 1), (2, 1, 2, 2)),
    ("- x\n-  a:\n   b: 1\n  c: 2", BadIndentation(3, 4, 1), (1, 1, 1, 2)),
    ("x:\n  -  a:\n     b: 1\n    c: 2", BadIndentation(5, 6, 3), (2, 3, 2, 4)),
    ("x: 1\na: b: c", TwoColons(), (2, 2, 2, 3)),
    ('x: 1\na: ["b" c]', MissingComma("["), (2, 4, 2, 5)),
]


@pytest.mark.parametrize(("text", "problem", "place"), MARKED)
def test_a_problem_with_two_places_marks_the_other_one(parser, text, problem, place):
    finding = only(text)
    assert (finding.problem, [mark.place for mark in finding.marks]) == (problem, [Place(*place)])


@pytest.mark.parametrize(("indentation", "column"), [("", 1), ("\t", 2), ("  ", 3)])
def test_a_list_below_a_word_is_joined_to_it_until_a_colon_comes(parser, indentation, column):
    found = [(finding.code, finding.place) for finding in parse_text(Source("t", f"a\n{indentation}- b: 1"))[1]]
    dash, word = Place(2, column, 2, column + 1), Place(2, column + 2, 2, column + 3)
    assert found == [("joined-lines", dash), ("bad-indentation", word)]


def test_an_expression_is_named_as_it_was_written(parser):
    assert only("[$((x[0]) + (1)), 3]").problem == UnquotedExpression("$((x[0]) + (1))")
    assert only('["a", ${ b }]').problem == BracedVariable("b")


def test_the_length_of_a_key_is_counted_from_its_begin(parser):
    assert only("a: 1\n" + "k" * 2000 + ": 1").problem == KeyTooLong(2000, 256)


def test_an_unclosed_bracket_marks_its_opening(parser):
    assert [mark.place for mark in only("a: [1, 2").marks] == [Place(1, 4, 1, 5)]


def test_all_duplicate_keys_are_found(parser):
    assert codes("a: 1\na: 2\nb: {c: 1, c: 2}\na: 3") == ["duplicate-key"] * 3


def test_the_first_of_two_equal_keys_stays():
    assert parse_text(Source("t", "a: 1\na: {b: [2]}\nc: 3"))[0] == {"a": 1, "c": 3}


def test_of_a_refused_key_only_the_anchor_stays(parser):
    assert parse_text(Source("t", "&x 1: [a]\nb: *x"))[0] == {"b": "1"}
    assert parse_text(Source("t", "&x <<: {c: 1}\nb: *x"))[0] == {"b": "<<"}
    assert parse_text(Source("t", "a: &x 1\n*x : {c: 1}\nb: 3"))[0] == {"a": 1, "b": 3}


def test_what_stands_for_a_key_is_named():
    written = ("true: x", "? [1, 2]\n: x", "a: &x 1\n*x : 2")
    assert [only(text).problem for text in written] == [KeyNotText("true"), KeyNotText(""), KeyNotText("*x")]


@pytest.mark.parametrize(
    ("text", "value"),
    [
        ("a: |#c\n  b\n\n", "b\n"),
        ("a: |-#c\n  b\n\n", "b"),
        ("a: |+#c\n  b\n\n", "b\n\n"),
        ("a: |1#c\n  b\n", " b\n"),
        ("a: >1+#c\n  b\n\n", " b\n\n"),
        ("a: |-1#c\n  b\n", " b"),
        ("a: >\t\n  b\n", "b\n"),
        ("a: |-\t #c\n  b\n", "b"),
        ("a: |1 \t#c\n  b", " b"),
        ("a: |2\n\n  \tb\n", "\n\tb\n"),
    ],
)
def test_a_comment_or_a_tab_may_follow_the_sign_of_a_block_of_text_at_once(parser, text, value):
    assert tree(text) == {"a": value}


def test_a_key_of_256_characters_is_the_longest(parser):
    assert tree("k" * 256 + ": 1") == {"k" * 256: 1}


@pytest.mark.parametrize(
    "words",
    [
        "［练习］VGG",
        "2024、2025",
        "1，2，3",
        "x，y：z",
        "Net、v2：final",
        "A；b：c",
        "$（abc）",
        "［美］古德费洛，深度学习",
    ],
)
def test_a_name_and_what_is_about_a_network_may_hold_any_of_them(words):
    assert tree(f"name: {words}") == {"name": words}
    assert tree(f"about:\n  source: {words}\ninput: 3") == {"about": {"source": words}, "input": 3}
    assert tree(f"about: {{source: {words}}}") == {"about": {"source": words}}


@pytest.mark.parametrize(
    "text",
    ["LeNet：手写数字，十类", "第 1、2 层", "“甲”", "（beta）v2", "A；B", "版本 2。", "【重要】3", "号，k 步"],
)
def test_full_width_signs_in_a_text_of_ones_own_are_no_problem(text):
    assert tree(f"name: {text}") == {"name": text}


@pytest.mark.parametrize(
    "line", ["a: 标题，甲: 乙", "- {a: 名称，甲 b: 2}", '- {a: "，" b: 2}', "- {a: 1 b: 2}  # 注，k: 3"]
)
def test_full_width_signs_are_not_blamed_for_what_is_wrong_beside_them(parser, line):
    assert only(line).problem.code() in ("two-colons", "missing-comma")


@pytest.mark.parametrize(
    ("text", "wanted"),
    [
        ("- conv: （c: 8）", "{"),
        ("k: （3, 3）", "["),
        ("k: $（w）", "("),
        ("- conv: {c: 8）", "}"),
        ("k: [3, 3）", "]"),
        ("k: 【3】", "["),
        ("k: 3；4", ","),
        ("- conv: {c: 8、k: 3}", ","),
        ("k: “3”", '"'),
        ("－ relu\nb: 1", "-"),
    ],
)
def test_the_plain_sign_that_is_meant_is_named(parser, text, wanted):
    problem = only(text).problem
    assert problem.wanted == wanted
    assert wanted in problem.hints()[0]


def test_a_pair_within_braces_that_needs_a_blank_is_read_as_it_was_meant(parser):
    value, findings = parse_text(Source("t.yaml", "{out:8, bias:false, name:a, 'k:1', out:9, p::1}"))
    assert value == {"out": 8, "bias": False, "name": "a", "k:1": None, "out:9": None, "p::1": None}
    assert value.keys_at["bias"] == Place(1, 9, 1, 13)
    assert value.values_at["bias"] == Place(1, 14, 1, 19)
    assert [finding.code for finding in findings] == ["missing-space"] * 3


# (the text; what is said of each value that a comma cuts: code, where it begins and ends; what to write; the tree)
CUT = [
    ("{a: (3, 3), b: 1}", [("cut-at-comma", 5, 11, "[3, 3]")], {"a": [3, 3], "b": 1}),
    ("{a: (3,3,3)}", [("cut-at-comma", 5, 12, "[3, 3, 3]")], {"a": [3, 3, 3]}),
    ("{a: ( 3 , 5 ) }", [("cut-at-comma", 5, 14, "[3, 5]")], {"a": [3, 5]}),
    ("{a: (3,)}", [("cut-at-comma", 5, 9, "[3]")], {"a": [3]}),
    ("{a: ($k, $k)}", [("cut-at-comma", 5, 13, "[$k, $k]")], {"a": ["$k", "$k"]}),
    ("{a: (1,), b=2}", [("cut-at-comma", 5, 9, "[1]"), ("equals-sign", 11, 14, "`b: 2`")], {"a": [1], "b": 2}),
    ("{a: 3, 3}", [("cut-at-comma", 5, 9, "[3, 3]")], {"a": [3, 3]}),
    ("{a: 3, 4, 5, b: 1}", [("cut-at-comma", 5, 12, "[3, 4, 5]")], {"a": [3, 4, 5], "b": 1}),
    ("{a: 1,000, b: 1}", [("cut-at-comma", 5, 10, "1000")], {"a": 1000, "b": 1}),
    ("{a: 0,1}", [("cut-at-comma", 5, 8, "[0, 1] or 0.1")], {"a": None}),
    ("{a: 3,5}", [("cut-at-comma", 5, 8, "[3, 5] or 3.5")], {"a": None}),
    ("{a=16}", [("equals-sign", 2, 6, "`a: 16`")], {"a": 16}),
    ("{a = 16, b='x'}", [("equals-sign", 2, 8, "`a: 16`"), ("equals-sign", 10, 15, "`b: 'x'`")], {"a": 16, "b": "x"}),
    ("{a=(3 , 3) , b: 1}", [("equals-sign", 2, 11, "`a: [3, 3]`")], {"a": [3, 3], "b": 1}),
]  # fmt: skip


@pytest.mark.parametrize(("text", "said", "read"), CUT)
def test_a_value_within_braces_that_was_meant_otherwise_is_said_once_and_read_so(parser, text, said, read):
    value, findings = parse_text(Source("t.yaml", text))
    assert value == read
    assert [(one.code, one.place) for one in findings] == [
        (code, Place(1, start, 1, end)) for code, start, end, _instead in said
    ]
    assert [one.all_help() for one in findings] == [(f"write {instead}",) for *_place, instead in said]
    _code, start, end, instead = said[0]
    for one in instead.strip("`").split(" or "):
        again = f"{text[: start - 1]}{one}{text[end - 1 :]}"
        assert len(parse_text(Source("t.yaml", again))[1]) == len(said) - 1
    key = next(iter(read))
    assert value.keys_at[key] == Place(1, 2, 1, 3)
    assert value.values_at[key].end_column == said[0][2]


def test_a_tuple_of_several_lines_is_one_value(parser):
    finding = only("{a: (3,\n  5), b: 1}")
    assert (finding.code, finding.place) == ("cut-at-comma", Place(1, 5, 2, 5))


@pytest.mark.parametrize("text", ["{a: 3, 3: 5}", "{3}", "{a: x, 3}", "{3: 1, 3}", "{a: [1], 3}"])
def test_another_number_for_a_key_is_no_rest_of_a_value(parser, text):
    assert set(codes(text)) == {"key-not-text"}


def test_a_number_that_stands_alone_within_braces_is_no_name(parser):
    assert [one.all_help() for one in parse_text(Source("t.yaml", "{a: {3, 3}}"))[1]] == [
        ("put the numbers of a list in square brackets, as in [3, 3]",)
    ] * 2
    assert only("{3: a}").all_help() == ('put it in quotes: "3"',)


def test_outside_braces_a_comma_cuts_nothing(parser):
    assert tree("a: (3, 3)\nb: 1,000\nc: a = b") == {"a": "(3, 3)", "b": "1,000", "c": "a = b"}


@pytest.mark.parametrize(
    ("text", "items"),
    [
        ("- relu\n  - flatten", ["relu", "flatten"]),
        ("- relu\n  - tanh\n  -sigmoid\n- flatten", ["relu", "tanh", "sigmoid", "flatten"]),
        ("- two\n  words\n   - relu", ["two words", "relu"]),
    ],
)
def test_items_that_are_indented_too_far_are_read_as_items(parser, text, items):
    value, findings = parse_text(Source("t.yaml", text))
    assert value == items
    assert len(findings) == 1


def test_an_item_that_was_joined_has_its_place(parser):
    value, _findings = parse_text(Source("t.yaml", "- relu\n  - flatten\n"))
    assert value.items_at == [Place(1, 3, 1, 7), Place(2, 5, 2, 12)]


def test_a_question_mark_is_a_letter_within_brackets(parser):
    assert tree("[a?, b?c, {d? : 1}]") == ["a?", "b?c", {"d?": 1}]


def test_an_output_of_a_layer_is_no_missing_space():
    assert tree("from: [split:0, split:1]") == {"from": ["split:0", "split:1"]}


def test_an_alias_is_the_same_value(parser):
    read = tree("a: &x [1, 2]\nb: *x\n")
    assert read["b"] is read["a"]


def test_an_alias_of_a_word_is_the_word(parser):
    assert tree("&k a: &x 1\nb: [*x, *k]") == {"a": 1, "b": [1, "a"]}


def test_the_place_of_an_anchored_word_is_the_words(parser):
    assert tree("a: &x b").values_at["a"] == Place(1, 7, 1, 8)
    assert tree("&k a: 1").keys_at["a"] == Place(1, 4, 1, 5)


@pytest.mark.parametrize(
    ("text", "place"),
    [('a: &x "b"', (1, 4, 1, 10)), ("a: &x [1]", (1, 4, 1, 10)), ("a: &x b\n  c", (1, 4, 2, 4))],
)
def test_the_place_of_what_has_quotes_brackets_or_lines_begins_at_its_anchor(parser, text, place):
    assert tree(text).values_at["a"] == Place(*place)


def test_what_safe_dump_writes_is_read_back(parser):
    shared = [3, 3]
    plain = {"a": shared, "b": [shared, {"c": None, "d": "no", "e": 1.5, "f": True}]}
    assert tree(yaml.safe_dump(plain)) == plain


def test_aliases_of_aliases_are_counted_and_not_written_out(parser):
    lines = ["a: &a [x, x, x, x, x, x, x, x, x, x]"]
    lines += [f"{b}: &{b} [{', '.join(['*' + a] * 10)}]" for a, b in zip("abcdefg", "bcdefgh", strict=True)]
    assert codes("\n".join(lines)) == ["alias-bomb"]


def test_aliases_can_not_nest_deeper_than_brackets(parser):
    lines = ["a: &a " + "[" * 40 + "]" * 40, "b: &b " + "[" * 40 + "*a" + "]" * 40]
    assert codes("\n".join(lines)) == ["too-deep"]


def nested(lists, inner=""):
    return "[" * lists + inner + "]" * lists


def test_an_alias_is_as_deep_as_what_it_names(parser):
    anchored = f"a: &a {nested(40)}\nb: &b [*a]\n"
    assert tree(anchored + f"c: {nested(23, '*a')}")["c"]  # a mapping, 23 lists, 40 lists
    assert codes(anchored + f"c: {nested(24, '*a')}") == ["too-deep"]
    assert tree(anchored + f"c: {nested(22, '*b')}")["c"]
    assert codes(anchored + f"c: {nested(23, '*b')}") == ["too-deep"]
    assert codes(f"a: &a {nested(63)}\nb: *a") == []
    assert codes(f"a: &a x\nb: {nested(63, '*a')}") == []
    assert codes(f"a: {nested(64)}") == ["too-deep"]


COUNTED = [
    ("[1, 2]", 3, "too-many-values", (1, 5, 1, 6)),
    ("[[], {}]", 3, "too-many-values", (1, 6, 1, 7)),
    ("{a: 1}", 3, "too-many-values", (1, 5, 1, 6)),
    ("a: &x 1\nb: *x", 5, "alias-bomb", (2, 4, 2, 6)),
    ("a: &x [1]\nb: *x", 7, "alias-bomb", (2, 4, 2, 6)),
    ("[&x [[1], 2], *x]", 9, "alias-bomb", (1, 15, 1, 17)),
]


@pytest.mark.parametrize(("text", "values", "code", "place"), COUNTED)
def test_keys_values_and_aliases_are_counted(monkeypatch, parser, text, values, code, place):
    monkeypatch.setattr("cnncalc.spec.yaml_text.MOST_VALUES", values)
    assert codes(text) == []
    monkeypatch.setattr("cnncalc.spec.yaml_text.MOST_VALUES", values - 1)
    assert (only(text).code, only(text).place) == (code, Place(*place))


def test_a_million_values_are_the_most():
    assert codes("[" + "1," * 1_000_000 + "]") == ["too-many-values"]


def test_reading_stops_after_ten_thousand_problems():
    found = codes("a: 1\n" * 20_000)
    assert (len(found), found[-1]) == (10_001, "too-many-problems")


def test_the_name_of_an_alias_ends_at_a_bracket(parser):
    assert tree("{a: &x 1, b: [*x], c: *x}") == {"a": 1, "b": [1], "c": 1}


@pytest.mark.parametrize("end", ["\n", "\r\n", "\r"])
def test_every_line_end_counts_as_one(parser, end):
    assert tree(f"a: 1{end}b:{end}- c{end}").values_at["b"] == Place(3, 1, 3, 4)


@pytest.mark.parametrize("end", ["\n", "\r\n", "\r"])
def test_a_comment_and_a_word_end_with_their_line(parser, end):
    assert tree(f"a: 1 # c{end}# d{end}b: 2") == {"a": 1, "b": 2}
    assert tree(f"a: b{end}  c{end}{end}  d") == {"a": "b c\nd"}


@pytest.mark.parametrize(
    ("text", "value"), [("a\n...\n", "a"), ("a\n---b", "a ---b"), ("a\n...b", "a ...b"), ("a\n --- b", "a --- b")]
)
def test_three_signs_end_a_document_only_where_a_line_begins(parser, text, value):
    assert tree(text) == value


def test_libyaml_reads_where_it_is_there(parser):
    assert isinstance(open_events("a"), yaml.SafeLoader) is not yaml.__with_libyaml__


def test_a_tab_may_stand_behind_a_colon(parser):
    assert tree("a:\tb") == {"a": "b"}


def test_a_block_ends_behind_its_last_word(parser):
    assert tree("a:\n  b: 1\n  c: 2\n\n# comment\nd: 3").values_at["a"] == Place(2, 3, 3, 7)


def test_a_flow_mapping_ends_behind_its_bracket(parser):
    assert tree("a: {b: 1}").values_at["a"] == Place(1, 4, 1, 10)


def test_a_byte_order_mark_moves_no_column():
    source, findings = decode(b"\xef\xbb\xbfa: 1", "t")
    assert (findings, parse_text(source)[0].keys_at["a"]) == ([], Place(1, 1, 1, 2))


BYTES = [
    ("a: 1\n".encode("utf-16"), "not-utf8", (1, 1, 1, 2), "UTF-16"),
    ("a: 1\n".encode("utf-16-le"), "not-utf8", (1, 1, 1, 2), "UTF-16-LE"),
    ("a: 1\n".encode("utf-16-be"), "not-utf8", (1, 1, 1, 2), "UTF-16-BE"),
    ("a: 1\nname: 卷积网络\n".encode("gbk"), "not-utf8", (2, 7, 2, 8), "GBK"),
    ("name: Müller".encode("latin-1"), "not-utf8", (1, 8, 1, 9), ""),
]


@pytest.mark.parametrize(("data", "code", "place", "encoding"), BYTES)
def test_other_encodings_are_named_and_not_guessed_at(data, code, place, encoding):
    source, (finding,) = decode(data, "t")
    assert source is None
    assert (finding.code, finding.place, finding.problem.encoding) == (code, Place(*place), encoding)


def test_a_nul_byte_is_found_in_the_bytes():
    source, findings = decode(b"a: 1\nb: \x00", "t")
    assert (source, findings[0].code, findings[0].place) == (None, "control-character", Place(2, 4, 2, 5))


def test_a_file_over_eight_mebibytes_is_not_read(tmp_path):
    path = tmp_path / "big.yaml"
    path.write_bytes(b" " * (8 * 1024 * 1024 + 1))
    data, (finding,) = read_bytes(path)
    assert (data, finding.code) == (None, "too-large")


def test_a_file_of_eight_mebibytes_is_read(tmp_path):
    path = tmp_path / "big.yaml"
    path.write_bytes(b" " * (8 * 1024 * 1024))
    assert len(read_bytes(path)[0]) == 8 * 1024 * 1024


@pytest.mark.parametrize("path", ["no/such/file.yaml", "a\0b", "/"])
def test_what_can_not_be_opened_raises_an_os_error(path):
    with pytest.raises(OSError, match=r"(?i)no such|invalid|directory"):
        read_bytes(path)


INDICATORS = "-?:,[]{}#&*!|>'\"%@`~ \n\t\r\\ab01.é：　\u00a0<="


@settings(max_examples=400, deadline=None)
@given(st.text(INDICATORS, max_size=40))
def test_no_text_raises(text):
    value, findings = parse_text(Source("t", text))
    assert value is not None or findings


@settings(max_examples=150, deadline=None)
@given(st.text(INDICATORS, max_size=25))
def test_no_text_raises_in_the_pure_parser(text):
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(yaml, "__with_libyaml__", False)
        value, findings = parse_text(Source("t", text))
    assert value is not None or findings


QUOTED = {"null", "true", "false", "yes", "no", "on", "off", "y", "n"}  # YAML 1.1 writes these in quotes
words = st.from_regex(r"[a-z][a-z0-9_]{0,6}", fullmatch=True).filter(lambda word: word not in QUOTED)
plain_trees = st.recursive(
    words | st.integers(-999, 999),
    lambda inner: st.lists(inner, max_size=3) | st.dictionaries(words, inner, max_size=3),
    max_leaves=12,
)


def said_places(value, place):
    """Every plain word in a tree with the place it claims."""
    if isinstance(value, PlacedMapping):
        for key in value:
            yield key, value.keys_at[key]
            yield from said_places(value[key], value.values_at[key])
    elif isinstance(value, PlacedList):
        for item, item_place in zip(value, value.items_at, strict=True):
            yield from said_places(item, item_place)
    elif place is not None:
        yield str(value), place


@settings(max_examples=50, deadline=None)
@given(plain_trees.filter(lambda value: isinstance(value, dict | list)), st.sampled_from([None, True, False]))
def test_every_place_points_at_the_word_it_claims(plain, flow):
    source = Source("t", yaml.safe_dump(plain, default_flow_style=flow))
    for written, place in said_places(parse_text(source)[0], None):
        assert source.line(place.line)[place.column - 1 : place.end_column - 1] == written


@given(st.floats(allow_nan=False, allow_infinity=False))
def test_a_number_is_the_one_that_was_written(number):
    assert math.isclose(tree(f"a: {number!r}")["a"], number)
