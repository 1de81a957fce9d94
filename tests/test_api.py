"""`import cnncalc`: the same objects that the command line uses."""

import inspect
import json
import typing
from html.parser import HTMLParser
from pathlib import Path

import pytest

import cnncalc
from tests.cli.running import ROOT, run
from tests.cli.specs import MNIST, SMALL, SMALL_JSON, SMALL_PARAMETERS
from tests.recorded import spec

MAPPING = json.loads(SMALL_JSON)
PUBLIC = ["Layer", "LayerResult", "Network", "Quantity", "Result", "SpecError", "analyze", "load", "loads", "parse"]
LENET = ROOT / "specs" / "lenet5.yaml"


@pytest.mark.parametrize("path", [LENET, str(LENET)])
def test_load_reads_a_file(path):
    assert cnncalc.analyze(cnncalc.load(path)).totals["parameters"].value == 61_706


@pytest.mark.parametrize("text", [SMALL, SMALL_JSON])
def test_loads_reads_a_text(text):
    assert cnncalc.analyze(cnncalc.loads(text)).totals["parameters"].value == SMALL_PARAMETERS


def test_parse_takes_a_mapping_and_leaves_it_alone():
    before = json.dumps(MAPPING)
    assert cnncalc.analyze(cnncalc.parse(MAPPING)).totals["parameters"].value == SMALL_PARAMETERS
    assert json.dumps(MAPPING) == before


def test_yaml_json_and_mapping_give_the_same_numbers():
    results = [
        cnncalc.analyze(made) for made in (cnncalc.loads(SMALL), cnncalc.loads(SMALL_JSON), cnncalc.parse(MAPPING))
    ]
    assert len({json.dumps(result.to_dict()["totals"]) for result in results}) == 1


def test_what_is_wrong_is_raised_with_the_readable_part():
    with pytest.raises(cnncalc.SpecError) as caught:
        cnncalc.loads(SMALL.replace("relu", "rellu"))
    assert [finding.code for finding in caught.value.problems] == ["unknown-kind"]
    assert caught.value.network.layers[0].name == "conv2d_1"
    assert cnncalc.analyze(caught.value.network).layers[0].parameters == 4 * 3 * 3 * 3 + 4


def test_a_mapping_of_anything_is_refused_by_our_own_error():
    for mapping in [{}, {"input": [1], "layers": 3}, {"layers": [object()]}, {"input": "x\ud800", "layers": [{1: 2}]}]:
        with pytest.raises(cnncalc.SpecError):
            cnncalc.parse(mapping)


@pytest.mark.parametrize("path", ["nowhere.yaml", "/", "a" * 300, "a\0b"])
def test_a_file_that_cannot_be_read_is_the_systems_error(path):
    with pytest.raises(OSError, match=r".+"):
        cnncalc.load(path)


def test_analyze_has_problems_in_its_result_and_raises_none():
    network = cnncalc.loads(MNIST)
    result = cnncalc.analyze(network)
    assert [finding.code for finding in result.problems] == ["in-features-mismatch"]
    assert result.status == "lower_bound"


def test_analyze_takes_a_batch_and_other_inputs():
    network = cnncalc.loads(SMALL)
    result = cnncalc.analyze(network, batch=2, inputs=(3, 16, 16))
    assert result.outputs[0][1] == (10,)
    assert result.totals["multiplications"].value == 2 * (4 * 16 * 16 * 27 + 4 * 16 * 16 * 10)
    assert (
        cnncalc.analyze(network, inputs={"input": (3, 16, 16)}).layers
        == cnncalc.analyze(network, inputs=(3, 16, 16)).layers
    )


@pytest.mark.parametrize("arguments", [{"batch": 0}, {"inputs": {"nowhere": (1,)}}])
def test_an_argument_that_means_nothing_is_pythons_error(arguments):
    with pytest.raises(ValueError, match=r".+"):
        cnncalc.analyze(cnncalc.loads(SMALL), **arguments)


@pytest.mark.parametrize("name", ["tinyvgg", "resnet18"])
def test_to_dict_is_the_document_of_the_command_line(name):
    own = cnncalc.analyze(cnncalc.load(spec(name))).to_dict()
    assert own == json.loads(run("summary", name, "--format", "json").out)


def test_in_a_notebook_a_result_is_a_table():
    page = cnncalc.analyze(cnncalc.loads(SMALL.replace("small", '"<script>alert(1)</script>"')))._repr_html_()
    tags = []
    parser = HTMLParser()
    parser.handle_starttag = lambda tag, _attributes: tags.append(tag)
    parser.feed(page)
    assert {"table", "td"} <= set(tags)
    assert "script" not in tags
    assert f"{SMALL_PARAMETERS:,}" in page
    assert "http" not in page


def test_dir_lists_what_there_is():
    assert set(PUBLIC) <= set(dir(cnncalc))
    assert sorted(name for name in cnncalc.__all__ if name != "__version__") == PUBLIC


def test_a_name_that_is_none():
    with pytest.raises(AttributeError, match="module 'cnncalc' has no attribute 'sumary'"):
        _ = cnncalc.sumary


def test_it_is_typed_and_documented():
    assert (Path(cnncalc.__file__).parent / "py.typed").is_file()
    for name in ("analyze", "load", "loads", "parse"):
        function = getattr(cnncalc, name)
        hints = typing.get_type_hints(function)
        assert "return" in hints
        assert set(inspect.signature(function).parameters) <= set(hints)
    for name in PUBLIC:
        assert inspect.getdoc(getattr(cnncalc, name))
