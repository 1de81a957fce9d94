"""docs/language.md: its specs are networks, its commands print what is shown, its figures are the program's."""

import re

import pytest

from cnncalc import arithmetic, arithmetic_syntax
from cnncalc.api import analyze, loads
from cnncalc.arithmetic import FUNCTIONS
from cnncalc.spec import expand, expansion, values, variables
from cnncalc.spec.dump import text_of
from tests.pages import page, script

PAGE = page("docs/language.md")
OUTPUTS = script("outputs")
SPECS = OUTPUTS.blocks(PAGE, "yaml")


@pytest.mark.parametrize("text", SPECS, ids=lambda text: text.splitlines()[0])
def test_every_spec_is_a_network_and_so_is_its_flat_form(text):
    network = loads(text)
    assert analyze(network).problems == ()
    assert analyze(loads(text_of(network))).totals == analyze(network).totals


def test_the_commands_print_what_is_shown():
    shown = [step for block in OUTPUTS.blocks(PAGE, "console") for step in OUTPUTS.steps(block)]
    ran = OUTPUTS.run([command for command, _text in shown], {})
    assert shown
    assert [(command, ran[command].text.rstrip("\n")) for command, _text in shown] == shown


def test_the_functions_are_those_that_there_are():
    assert f"`{' '.join(FUNCTIONS)}`" in " ".join(PAGE.split())


def test_the_u_net_joins_what_stands_at_the_same_height():
    (text,) = [text for text in SPECS if "conv_transpose2d" in text]
    joined = {layer.name: layer.inputs for layer in analyze(loads(text)).layers if layer.kind == "concat"}
    assert joined == {
        "dec0.concat_1": ("enc1.relu_2", "dec0.conv_transpose2d_1"),
        "dec1.concat_1": ("enc0.relu_2", "dec1.conv_transpose2d_1"),
    }


def test_the_limits_are_those_that_are_kept():
    limits = dict(re.findall(r"(?m)^\| ([^|]+) \| ([0-9,]+) \|$", PAGE))
    assert limits == {
        "layers": f"{expansion.MOST_LAYERS:,}",
        "entries that repetition and blocks lead through": f"{expansion.MOST_STEPS:,}",
        "variables": f"{variables.MOST_VARIABLES:,}",
        "blocks, repetitions and paths in each other": f"{expand.MOST_NESTED}",
    }


def test_so_are_the_limits_of_texts_and_expressions():
    limits = dict(re.findall(r"(?m)^\| ([^|]+) \| (.+) \|$", PAGE))
    assert limits["a text, a list that variables are put into"] == (
        f"{values.LONGEST_MADE:,} characters, {values.MOST_MADE:,} values"
    )
    power = str(len(str(arithmetic.LARGEST)) - 1).translate(str.maketrans("0123456789", "⁰¹²³⁴⁵⁶⁷⁸⁹"))
    assert limits["an expression"] == (
        f"{arithmetic_syntax.LONGEST} characters, {arithmetic_syntax.DEEPEST} parentheses deep, "
        f"numbers up to 10{power}, lists of {arithmetic.MOST_ITEMS:,} items"
    )
    assert limits["a name in full"] == f"{expansion.LONGEST_NAME} characters"
