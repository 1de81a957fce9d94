"""Every kind keeps the contract: its manual, its fields, its roles, its names, and its worked cases."""

import re
from collections import Counter

import pytest

from cnncalc.kinds import every, files, find
from cnncalc.kinds._contract import Cost, Kind, Role, Weights
from cnncalc.spec.fields import OF_EVERY_LAYER, read_kind
from cnncalc.spec.problems import WrongValue
from tests.kinds.cases import KINDS, family

FAMILIES = {file: [kind for kind in KINDS.values() if family(kind) == file] for file in files()}
EXAMPLES = [example for kinds in FAMILIES.values() for example in kinds[0].examples]


@pytest.mark.parametrize("example", EXAMPLES, ids=lambda example: example.kind)
def test_a_worked_case_comes_out_as_stated(example):
    kind = find(example.kind).model_validate(dict(example.fields))
    output = kind.output(example.inputs)
    found = {
        "output": output,
        **kind.weights(example.inputs)._asdict(),
        **kind.cost(example.inputs, output)._asdict(),
    }
    assert example.expected
    assert {name: found[name] for name in example.expected} == dict(example.expected)


def test_every_file_has_kinds_and_every_kind_a_file():
    assert all(FAMILIES.values())
    assert len(KINDS) == len(list(every()))


@pytest.mark.parametrize("file", FAMILIES)
def test_every_file_has_a_worked_case_of_its_own(file):
    examples = FAMILIES[file][0].examples
    assert examples
    assert {example.kind for example in examples} <= {kind.name for kind in FAMILIES[file]}


@pytest.mark.parametrize("name", KINDS)
def test_a_kind_is_named_like_its_file(name):
    assert family(KINDS[name]) == re.sub("[123]d$", "", name)
    assert find(name) is KINDS[name]


@pytest.mark.parametrize("name", KINDS)
def test_the_number_in_a_name_is_its_number_of_axes(name):
    digit = re.search("([123])d$", name)
    # Without a number in its name a kind takes any number of axes, or height and width as PyTorch's does.
    assert KINDS[name].rank in ((int(digit[1]), 0) if digit else (0, 2))


@pytest.mark.parametrize("name", KINDS)
def test_a_kind_has_a_manual_with_a_line_to_copy(name):
    manual = KINDS[name].manual()
    assert re.match(r".+[.:].+\.\n", manual, re.DOTALL)
    assert re.search(rf"^ *- {family(KINDS[name])}", manual, re.MULTILINE)


@pytest.mark.parametrize("name", KINDS)
def test_every_field_is_described(name):
    for field, info in KINDS[name].model_fields.items():
        assert info.description, field
        assert not info.description.endswith("."), field


@pytest.mark.parametrize("name", KINDS)
def test_every_field_says_in_words_what_it_takes(name):
    # `semantics` is read for every layer alike, before its kind is asked.
    found, fields = [], [field for field in KINDS[name].model_fields if field not in OF_EVERY_LAYER]
    read_kind(KINDS[name], {key: {"no": "value"} for key in fields}, lambda problem, place: found.append(problem), None)
    assert [complaint.field for complaint in found] == list(fields)
    for complaint in found:
        assert isinstance(complaint, WrongValue)
        assert re.search(r" must be \w.*, not a mapping$", complaint.message())


@pytest.mark.parametrize("name", KINDS)
def test_roles_are_declared_and_known(name):
    above = KINDS[name].__mro__[: KINDS[name].__mro__.index(Kind)]
    assert any("roles" in vars(one) for one in above)
    assert set(Role) >= KINDS[name].roles


@pytest.mark.parametrize("name", KINDS)
def test_other_frameworks_fields_lead_to_fields_that_exist(name):
    kind = KINDS[name]
    assert set(kind.foreign_fields.values()) <= set(kind.model_fields)
    assert not set(kind.foreign_fields) & set(kind.model_fields)


def test_every_file_knows_what_others_call_its_kinds():
    assert [file for file, kinds in FAMILIES.items() if not kinds[0].foreign] == []


def test_a_foreign_name_leads_to_one_file_and_is_no_name_of_ours():
    words = Counter(word for kinds in FAMILIES.values() for word in kinds[0].foreign)
    assert [word for word, times in words.items() if times > 1 or word in KINDS] == []


@pytest.mark.parametrize(
    "name", ["", "Conv2D", "conv", "conv4d", "../conv", "_pool", "contract", "_contract", "a" * 99]
)
def test_what_is_no_kind_is_not_found(name):
    assert find(name) is None


def test_the_fields_of_weights_and_cost_are_what_examples_may_name():
    assert (*Weights._fields, *Cost._fields) == (
        "weights", "biases", "buffers", "frozen",
        "multiplications", "additions", "macs", "comparisons", "divisions", "transcendentals",
    )  # fmt: skip
