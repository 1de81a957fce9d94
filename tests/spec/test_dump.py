"""The flat form of a spec: the same network, and the same text when it is made again."""

import json

import pytest

from cnncalc.api import analyze, load, loads, parse
from cnncalc.spec import shipped
from cnncalc.spec.dump import spec_of, text_of
from tests.cli.running import run


def told(network):
    """Everything that is calculated of a network, but for the places in its text."""
    result = analyze(network).to_dict()
    return {**result, "layers": [{**layer, "place": None} for layer in result["layers"]]}


@pytest.mark.parametrize("name", shipped.names())
def test_the_flat_form_of_every_shipped_network_is_the_same_network(name):
    network = load(shipped.find(name))
    text = text_of(network)
    again = loads(text)
    assert told(again) == told(network)
    assert text_of(again) == text
    assert "$" not in text.replace("$$", "")


ODD = """
name: "a $$5 net"
input: {left: [4, 8, 8], right: [4, 8, 8]}
layers:
- relu: {name: tanh_1, from: left}
- tanh
- tanh: {from: right, name: "1: odd, \\u0007 name", trainable: false}
- add: {from: [tanh_1, "1: odd, \\u0007 name"]}
- conv2d: {out_channels: 2, kernel_size: [3, 1], padding: same, kernel: [[[1], [0.5], [-1]]], name: "yes"}
- batch_norm2d: {name: "no", trainable: false}
- relu: {name: conv2d_1}
outputs: [tanh_2, conv2d_1]
about: {year: 2020, source: "costs $$3: 100 %"}
""".replace("\\\\u", "\\u").replace(": odd", " odd")


def test_odd_names_texts_and_wires_survive():
    network = loads(ODD)
    assert told(loads(text_of(network))) == told(network)
    assert told(parse(spec_of(network))) == told(network)
    assert text_of(loads(text_of(network))) == text_of(network)


def test_the_command_prints_it():
    done = run("expand", "vgg11")
    first = "- conv2d: {out_channels: 64, kernel_size: 3, padding: 1}"
    assert done.out.splitlines()[:5] == ["name: VGG-11", "input: [3, 224, 224]", "layers:", first, "- relu"]
    assert json.loads(run("expand", "vgg11", "--format", "json").out)["layers"][1] == "relu"


def test_what_is_set_is_written_out_and_expects_nothing_more():
    done = run("expand", "mobilenet_v2", "--set", "width=0.5")
    assert "- conv2d: {out_channels: 16, " in done.out
    assert "expect" not in done.out


def test_a_broken_spec_has_no_flat_form():
    done = run("expand", "-", stdin="input: 8\nlayers: [nope]\n")
    assert (done.code, done.out) == (1, "")
