"""JSON text -> the same tree with places as YAML gives."""

import json

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from cnncalc.source import Place, PlacedList, PlacedMapping, Source
from cnncalc.spec.read import parse_text
from cnncalc.spec.reading_problems import UnclosedQuote


def tree(text):
    value, findings = parse_text(Source("t.json", text), is_json=True)
    assert findings == []
    return value


def found(text):
    (finding,) = parse_text(Source("t.json", text), is_json=True)[1]
    return finding.code, finding.place


PROBLEMS = [
    ("", "no-spec", (1, 1, 1, 1)),
    ("null", "no-spec", (1, 1, 1, 1)),
    ('{"a": 1,\n "a": 2}', "duplicate-key", (2, 2, 2, 5)),
    ("[1, 2,]", "extra-comma", (1, 6, 1, 7)),
    ('{"a": 1,}', "extra-comma", (1, 8, 1, 9)),
    ("[1,, 2]", "extra-comma", (1, 4, 1, 5)),
    ("{'a': 1}", "not-double-quoted", (1, 2, 1, 3)),
    ("{a: 1}", "not-double-quoted", (1, 2, 1, 3)),
    ('{"a": 1，"b": 2}', "full-width-punctuation", (1, 8, 1, 9)),
    ('{"a"：1}', "full-width-punctuation", (1, 5, 1, 6)),
    ('{"a": 【1】}', "full-width-punctuation", (1, 7, 1, 8)),
    ('{"a": （1）}', "full-width-punctuation", (1, 7, 1, 8)),
    ("{“a”: 1}", "full-width-punctuation", (1, 2, 1, 3)),
    ('{"a": [３]}', "full-width-punctuation", (1, 8, 1, 9)),
    ("｛}", "full-width-punctuation", (1, 1, 1, 2)),
    ('{"a": 1｝', "full-width-punctuation", (1, 8, 1, 9)),
    ('{"a，b": 1 2}', "missing-comma", (1, 11, 1, 12)),
    ("// x\n{}", "comment-in-json", (1, 1, 1, 2)),
    ('{"a": 1 # b\n}', "comment-in-json", (1, 9, 1, 10)),
    ("[1 2]", "missing-comma", (1, 4, 1, 5)),
    ("[1", "unclosed-bracket", (1, 2, 1, 3)),
    ("[1}", "unclosed-bracket", (1, 3, 1, 4)),
    ("[1]]", "stray-bracket", (1, 4, 1, 5)),
    ('{"a"}', "missing-colon", (1, 5, 1, 6)),
    ('["abc', "unclosed-quote", (1, 5, 1, 6)),
    ('["a\nb"]', "unclosed-quote", (1, 3, 1, 4)),
    ('["\\q"]', "bad-escape", (1, 3, 1, 5)),
    ('["\\ud800"]', "lone-surrogate", (1, 2, 1, 10)),
    ("[NaN]", "not-a-number", (1, 2, 1, 5)),
    ("[-Infinity]", "not-a-number", (1, 2, 1, 11)),
    ("[1e400]", "not-a-number", (1, 2, 1, 7)),
    ("[" + "9" * 5000 + "]", "number-too-large", (1, 2, 1, 5002)),
    ("[1] 2", "text-after-value", (1, 5, 1, 6)),
    ("name: x", "not-json", (1, 1, 1, 2)),
    ("[" * 100_000, "too-deep", (1, 65, 1, 66)),
    ("[" * 65 + "]" * 65, "too-deep", (1, 65, 1, 66)),
    ('{"' + "k" * 257 + '": 1}', "key-too-long", (1, 2, 1, 261)),
    ('["\x1b"]', "control-character", (1, 3, 1, 4)),
    ('["a\tb"]', "control-character", (1, 4, 1, 5)),
    (" \t\r\n", "no-spec", (1, 1, 1, 1)),
    ('{"a": ' * 65 + "1" + "}" * 65, "too-deep", (1, 6 * 64 + 1, 1, 6 * 64 + 2)),
    ('{"é": 1,\n "e\u0301": 2}', "look-alike-keys", (2, 2, 2, 6)),
    ("'a'", "not-double-quoted", (1, 1, 1, 2)),
    ("['a', 2]", "not-double-quoted", (1, 2, 1, 3)),
    ("[tru, 2]", "not-double-quoted", (1, 2, 1, 3)),
    ("{1: 2}", "not-double-quoted", (1, 2, 1, 3)),
    ('{"a": 1, b: 2}', "not-double-quoted", (1, 10, 1, 11)),
    ("[+1]", "not-written-so", (1, 2, 1, 4)),
    ('{"a": +1}', "not-written-so", (1, 7, 1, 9)),
    ("[True]", "not-written-so", (1, 2, 1, 6)),
    ("[1, None, 2]", "not-written-so", (1, 5, 1, 9)),
    ("[03, 4]", "not-written-so", (1, 2, 1, 4)),
    ("[.5]", "not-written-so", (1, 2, 1, 4)),
    ("[2, 1.]", "not-written-so", (1, 5, 1, 7)),
    ("{true: 1}", "not-double-quoted", (1, 2, 1, 3)),
    ("[Nonesense]", "not-double-quoted", (1, 2, 1, 3)),
    ("[-x]", "syntax-problem", (1, 2, 1, 3)),
    ('{"a": [1]], "b": 2}', "stray-bracket", (1, 10, 1, 11)),
    ('{"a": [1}', "unclosed-bracket", (1, 9, 1, 10)),
    ("[1 \t\r\n", "unclosed-bracket", (1, 2, 1, 3)),
    ('{"a": 1] ', "unclosed-bracket", (1, 8, 1, 9)),
    ('{"a"] ', "unclosed-bracket", (1, 5, 1, 6)),
    ("[1,\t]", "extra-comma", (1, 3, 1, 4)),
    ("[1]] 2", "stray-bracket", (1, 4, 1, 5)),
    ("] 1", "stray-bracket", (1, 1, 1, 2)),
    ("} 1", "stray-bracket", (1, 1, 1, 2)),
    ("# x", "comment-in-json", (1, 1, 1, 2)),
    ("[1] 23", "text-after-value", (1, 5, 1, 6)),
    ("\\a", "not-double-quoted", (1, 1, 1, 2)),
    ('{"a" } ', "missing-colon", (1, 6, 1, 7)),
    ('{"a" "b"}', "missing-colon", (1, 6, 1, 7)),
    ('{"a", "b": 1}', "missing-colon", (1, 5, 1, 6)),
    ('{"a": } ', "missing-colon", (1, 7, 1, 8)),
    ('[1, "b" 2]', "missing-comma", (1, 9, 1, 10)),
    ('["a\rb"]', "unclosed-quote", (1, 3, 1, 4)),
    ('"', "unclosed-quote", (1, 1, 1, 2)),
    ('["\\u12"]', "bad-escape", (1, 3, 1, 7)),
    ('["\\uabg"]', "bad-escape", (1, 3, 1, 7)),
    ('["\\uABG"]', "bad-escape", (1, 3, 1, 7)),
    ('["\\u\\n000"]', "bad-escape", (1, 3, 1, 5)),
    ('["\\n\\uxabc"]', "bad-escape", (1, 5, 1, 7)),
]


@pytest.mark.parametrize(("text", "code", "place"), PROBLEMS, ids=lambda value: str(value)[:20])
def test_a_problem_has_its_code_and_its_place(text, code, place):
    got, at = found(text)
    assert (got, at) == (code, Place(*place))


MARKED = [
    ("[[1] 2", (1, 1, 1, 2)),
    ("[{} 2]", (1, 1, 1, 2)),
    ('[{"a": [1 2]}]', (1, 8, 1, 9)),
    ('[["b', (1, 3, 1, 4)),
    ('{"a": 1]', (1, 1, 1, 2)),
    ("[{}", (1, 1, 1, 2)),
]


@pytest.mark.parametrize(("text", "place"), MARKED)
def test_what_is_open_is_marked(text, place):
    (finding,) = parse_text(Source("t.json", text), is_json=True)[1]
    assert [mark.place for mark in finding.marks] == [Place(*place)]


@pytest.mark.parametrize(
    ("written", "meant"),
    [
        ("False", "false"),
        ("TRUE", "true"),
        ("None", "null"),
        ("+3", "3"),
        ("-03", "-3"),
        ("00", "0"),
        (".50", "0.50"),
        ("-7.", "-7.0"),
    ],
)
def test_what_other_languages_write_is_written_as_json_does(written, meant):
    (finding,) = parse_text(Source("t.json", f"[1, {written}]"), is_json=True)[1]
    assert (finding.problem.word, finding.problem.meant) == (written, meant)
    assert parse_text(Source("t.json", f"[1, {meant}]"), is_json=True)[1] == []


def test_brackets_side_by_side_are_not_deep():
    assert tree("[" + "{}, []," * 70 + "1]") == [{}, []] * 70 + [1]


def test_64_brackets_are_the_deepest():
    read = tree("[" * 64 + "]" * 64)
    for _ in range(63):
        (read,) = read
    assert read == []


def test_a_key_of_256_characters_is_the_longest():
    assert tree('{"' + "k" * 256 + '": 1}') == {"k" * 256: 1}


def test_the_quote_that_is_missing_is_a_double_one():
    (finding,) = parse_text(Source("t.json", '["abc'), is_json=True)[1]
    assert finding.problem == UnclosedQuote('"')


@pytest.mark.parametrize("end", ["\n", "\r\n", "\r"])
def test_every_line_end_counts_as_one(end):
    read = tree(f'{end}[{end}{end} "a",{end}  2]')
    assert (read.place, read.items_at) == (Place(2, 1, 5, 5), [Place(4, 2, 4, 5), Place(5, 3, 5, 4)])


def test_values_are_counted(monkeypatch):
    monkeypatch.setattr("cnncalc.spec.json_text.MOST_VALUES", 3)
    assert tree("[1, 2]") == [1, 2]
    assert found("[1, 2, 3]") == ("too-many-values", Place(1, 8, 1, 9))


def test_a_trailing_backslash_and_no_end_is_an_unclosed_quote():
    assert found('"\\')[0] == "unclosed-quote"


def test_a_pair_of_surrogate_escapes_is_one_character():
    assert tree('["\\ud83d\\ude00", "\\/"]') == ["😀", "/"]


def test_percent_signs_and_merge_keys_are_ordinary_text():
    assert tree('{"<<":\n1}') == {"<<": 1}


def test_keys_and_values_have_places():
    read = tree('{"a": [1, {"b": null}],\r\n "c": "x"}')
    assert read.values_at["a"] == Place(1, 7, 1, 23)
    assert read["a"].items_at == [Place(1, 8, 1, 9), Place(1, 11, 1, 22)]
    assert read.keys_at["c"] == Place(2, 2, 2, 5)
    assert read.place == Place(1, 1, 2, 11)


def test_the_value_of_a_refused_key_is_forgotten():
    assert parse_text(Source("t", '{"a": 1, "a": {"a": [2]}, "b": 3}'), is_json=True)[0] == {"a": 1, "b": 3}


@settings(max_examples=300, deadline=None)
@given(st.text("{}[]\",:'\\/#u01eE+-. \n\ttrue", max_size=30))
def test_no_text_raises_and_the_library_agrees(text):
    value, findings = parse_text(Source("t", text), is_json=True)
    try:
        expected = json.loads(text)
    except ValueError:
        assert findings
        return
    if not findings:
        assert value == expected


trees = st.recursive(
    st.text(st.characters(codec="utf-8", exclude_categories=["Cc", "Cf", "Zl", "Zp", "Co", "Cn"]), max_size=8)
    | st.integers(-(10**15), 10**15)
    | st.floats(allow_nan=False, allow_infinity=False)
    | st.booleans()
    | st.none(),
    lambda inner: st.lists(inner, max_size=4) | st.dictionaries(st.from_regex("[a-z]{1,5}", fullmatch=True), inner),
    max_leaves=15,
).filter(lambda value: value is not None)


@settings(deadline=None)
@given(trees, st.sampled_from([None, 2]))
def test_json_and_yaml_give_equal_trees(plain, indent):
    text = json.dumps(plain, ensure_ascii=False, indent=indent)
    assert tree(text) == plain
    as_yaml, findings = parse_text(Source("t.yaml", text))
    assert (as_yaml, findings) == (plain, [])


@settings(deadline=None)
@given(trees.filter(lambda value: isinstance(value, dict | list)), st.sampled_from([None, 2]))
def test_every_place_points_at_what_it_claims(plain, indent):
    text = json.dumps(plain, indent=indent)
    source = Source("t", text)
    waiting = [tree(text)]
    while waiting:
        value = waiting.pop()
        if isinstance(value, PlacedMapping):
            entries = [(value[key], value.values_at[key]) for key in value]
            entries += [(key, value.keys_at[key]) for key in value]
        elif isinstance(value, PlacedList):
            entries = list(zip(value, value.items_at, strict=True))
        else:
            continue
        waiting += [entry for entry, _ in entries]
        for entry, place in entries:
            if place.line == place.end_line:
                assert json.loads(source.line(place.line)[place.column - 1 : place.end_column - 1]) == entry
