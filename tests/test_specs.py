"""The shipped specs: each is complete, says where it comes from, and keeps the totals that it promises."""

import re

import pytest

from cnncalc.api import analyze, load
from cnncalc.spec import shipped
from tests.recorded import SPECS, spec

NAMES = shipped.names()
FILES = [path.stem for path in sorted(SPECS.glob("*.yaml"))]
THE_LECTURES = {"tinyvgg", "mnist-mlp", "filter-demo", "alphago-policy", "speech", "textcnn", "lenet5"}
CLASSIC = {"alexnet", "vgg16", "resnet18"}


def result(name):
    return analyze(load(spec(name)))


def test_the_networks_of_the_lectures_and_the_classic_ones_are_shipped():
    assert set(NAMES) >= THE_LECTURES | CLASSIC


@pytest.mark.parametrize("name", [*NAMES, *FILES])
def test_a_network_is_called_in_lower_case(name):
    assert re.fullmatch(r"[a-z0-9]+([-_][a-z0-9]+)*", name)


@pytest.mark.parametrize("name", NAMES)
def test_every_number_is_known(name):
    assert result(name).status == "complete"


@pytest.mark.parametrize("name", NAMES)
def test_nothing_is_wrong_or_doubtful(name):
    assert result(name).problems == ()


@pytest.mark.parametrize("name", NAMES)
def test_what_is_expected_comes_out(name):
    assert [line for line in result(name).expectations if not line.met] == []


@pytest.mark.parametrize("name", NAMES)
def test_an_output_and_the_learned_numbers_are_expected(name):
    expected = {line.name for line in result(name).expectations}
    assert "output" in expected
    assert expected & {"parameters", "weights"}


@pytest.mark.parametrize("name", NAMES)
def test_its_source_its_year_and_its_family_are_told(name):
    about = dict(result(name).about)
    assert about["source"]
    assert about["family"]
    assert 1980 <= int(about["year"]) <= 2100


@pytest.mark.parametrize("name", NAMES)
def test_it_has_a_name_of_its_own(name):
    assert result(name).name not in {"", name}


@pytest.mark.parametrize("name", FILES)
def test_a_line_fits_into_120_columns(name):
    lines = (SPECS / f"{name}.yaml").read_text(encoding="utf-8").splitlines()
    assert [line for line in lines if len(line) > 120] == []
