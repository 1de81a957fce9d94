"""`cnncalc schema`: what it takes and what it refuses, held against what the program reads."""

import pytest
from jsonschema import Draft202012Validator

from cnncalc.kinds import every
from cnncalc.source import Source
from cnncalc.spec import shipped
from cnncalc.spec.load import loads
from cnncalc.spec.network import SpecError
from cnncalc.spec.read import parse_text
from cnncalc.spec.schema import schema
from tests.cli.running import run
from tests.cli.specs import SMALL, TWO_INPUTS

HEAD = "input: [3, 8, 8]\nlayers:\n"


@pytest.fixture(scope="module")
def checked():
    return Draft202012Validator(schema())


def tree(text):
    found, _problems = parse_text(Source("<text>", text))
    return found


def test_the_schema_is_a_schema():
    Draft202012Validator.check_schema(schema())


def test_the_command_prints_it(tmp_path):
    assert run("schema").json == schema()
    run("schema", "-o", tmp_path / "a.json")
    assert (tmp_path / "a.json").read_text() == run("schema").out


@pytest.mark.parametrize("name", shipped.names())
def test_every_shipped_spec_passes(name, checked):
    checked.validate(tree(shipped.file_of(name).read_text(encoding="utf-8")))


@pytest.mark.parametrize("kind", list(every()), ids=lambda kind: kind.name)
def test_every_worked_case_passes(kind, checked):
    for example in kind.examples:
        checked.validate({"input": [1], "layers": [{example.kind: dict(example.fields)}]})


GOOD = {
    "a bare name": HEAD + "- relu",
    "a key without fields": HEAD + "- relu:",
    "names and sources": HEAD + "- relu: {name: a}\n- relu: {from: a}\n- add: {from: [a, relu_1]}",
    "one number per axis": HEAD + "- conv2d: {out_channels: 4, kernel_size: [3, 1], padding: [[1, 0], 2]}",
    "a word for the padding": HEAD + "- conv2d: {out_channels: 4, kernel_size: 3, padding: same}",
    "a stride of its own": HEAD + "- max_pool2d: {kernel_size: 2, stride: 1, padding: [1, 0]}",
    "a size that is kept": HEAD + "- adaptive_avg_pool2d: {output_size: [null, 2]}",
    "paths": HEAD + "- parallel: {merge: {concat: {dim: 1}}, paths: [[relu], []]}",
    "a kernel": HEAD + "- conv2d: {out_channels: 2, kernel_size: 3, kernel: [sobel_x, blur]}",
    "a matrix": HEAD + "- conv2d: {out_channels: 1, kernel_size: 2, kernel: [[1, 0], [0.5, -1]]}",
    "a written shape": "input: 3x8x8\nlayers: [relu]",
    "named axes": "input: {channels: 3, height: 8, width: 8}\nlayers: [relu]",
    "several inputs": TWO_INPUTS,
    "a contract": SMALL + "expect: {output: [10], params: {max: 30k}, rf: 3, macs: {value: 1M, tolerance: 99%}}\n",
    "same for a pooling, where that is known": "semantics: keras\n"
    + HEAD
    + "- max_pool2d: {kernel_size: 2, padding: same}",
    "variables": "vars: {k: 3, w: [4], o: true}\n"
    + HEAD
    + "- conv2d: {out_channels: '$(w[0])', kernel_size: [$k, 3], bias: $o}",
    "repetition": HEAD + "- relu: {repeat: 3, index: n, when: $(n > 0)}\n- repeat: 2\n  layers: [relu, sigmoid]",
    "a block": "blocks: {b: {args: [c, k: 3], layers: [conv2d: {out_channels: $c, kernel_size: $k}]}, a: [relu]}\n"
    + HEAD
    + "- b: {c: 4, name: first}\n- a\n- parallel: {merge: none, paths: [[a], [{layers: [a, relu]}]]}\n- add",
    "variants": "vars: {c: 3, act: relu}\nvariants: {small: {c: 2}, base: {}}\ntrainable: {conv2d_1: false}\n"
    + HEAD
    + "- conv2d: {out_channels: $c, kernel_size: 3, semantics: caffe}\n- $act\n- $act: {trainable: false}",
    "shared weights": "input: [3, 8]\nlayers:\n"
    + "- linear: {name: a, out_features: 8}\n- linear: {out_features: 8, weights_of: a}",
    "outputs": HEAD + "- relu: {name: a}\n- relu\noutputs: [a, relu_1]",
}
BAD = {
    "no input": "layers: [relu]",
    "no layers": "input: [3, 8, 8]",
    "an empty list": "input: [3, 8, 8]\nlayers: []",
    "an unknown key": HEAD + "- relu\nlayer: 1",
    "an unknown kind": HEAD + "- Conv2D: {out_channels: 4, kernel_size: 3}",
    "an unknown bare kind": HEAD + "- reelu",
    "an unknown field": HEAD + "- conv2d: {filters: 4, kernel_size: 3}",
    "a missing field": HEAD + "- conv2d: {out_channels: 4}",
    "a bare kind that needs fields": HEAD + "- conv2d",
    "a key that needs fields": HEAD + "- linear:",
    "two keys": HEAD + "- relu:\n  conv2d: {out_channels: 4, kernel_size: 3}",
    "a text for a number": HEAD + "- linear: {out_features: '10'}",
    "a share for a number": HEAD + "- conv2d: {out_channels: 4, kernel_size: 2.5}",
    "nothing at all": HEAD + "- conv2d: {out_channels: 0, kernel_size: 3}",
    "less than nothing": HEAD + "- max_pool2d: {kernel_size: 2, padding: -1}",
    "too many axes": HEAD + "- conv2d: {out_channels: 4, kernel_size: [3, 3, 3]}",
    "a word for a flag": HEAD + "- conv2d: {out_channels: 4, kernel_size: 3, bias: no}",
    "an unknown padding": HEAD + "- conv2d: {out_channels: 4, kernel_size: 3, padding: full}",
    "a bare kind that needs fields, beside blocks": "blocks: {a: [relu]}\n" + HEAD + "- conv2d",
    "an unknown field, beside blocks": "blocks: {a: [relu]}\n" + HEAD + "- conv2d: {filters: 4, kernel_size: 3}",
    "repetition by a word": HEAD + "- relu: {repeat: twice}",
    "a condition that is none": HEAD + "- relu: {when: 3}",
    "unknown semantics": HEAD + "- relu: {semantics: tensorflow}",
    "weights for a group": "blocks: {a: [relu]}\n" + HEAD + "- layers: [relu]\n  weights_of: a",
    "a block without layers": "blocks: {a: {args: [c]}}\n" + HEAD + "- a: {c: 3}",
    "a name with a colon": HEAD + "- relu: {name: 'a:b'}",
    "a number as a name": HEAD + "- relu: {name: 3}",
    "no source": HEAD + "- add: {from: []}",
    "a merge that merges nothing": HEAD + "- parallel: {merge: relu, paths: [[relu], []]}",
    "no paths": HEAD + "- parallel: {merge: add}",
    "an unknown kernel": HEAD + "- conv2d: {out_channels: 1, kernel_size: 3, kernel: sobel_q}",
    "a side of nothing": "input: [3, 0, 8]\nlayers: [relu]",
    "an unknown axis": "input: {channels: 3, high: eight}\nlayers: [relu]",
    "an unknown expectation": SMALL + "expect: {prams: 3}\n",
    "an unknown bound": SMALL + "expect: {params: {at_most: 3}}\n",
}


@pytest.mark.parametrize("case", GOOD)
def test_what_is_read_passes(case, checked):
    loads(GOOD[case])
    assert [error.message for error in checked.iter_errors(tree(GOOD[case]))] == []


@pytest.mark.parametrize("case", BAD)
def test_what_is_refused_does_not_pass(case, checked):
    with pytest.raises(SpecError):
        loads(BAD[case])
    assert not checked.is_valid(tree(BAD[case]))


def test_every_field_has_a_description():
    kinds = {kind.name for kind in every()}
    for name, made in schema()["$defs"].items():
        assert made.get("description") or name in ("name", "source")
        for field, inner in made.get("properties", {}).items() if name in kinds else ():
            assert inner.get("description") or inner.get("$ref", "").startswith("#/$defs/"), (name, field)
