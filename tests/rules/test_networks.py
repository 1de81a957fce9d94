"""The rules on whole networks: sound ones, broken ones, unusual ones, hostile ones."""

from pathlib import Path

import pytest

from cnncalc.engine.walk import analyze
from cnncalc.render.terminal import render
from cnncalc.rules import Settings, broken, every
from cnncalc.spec import shipped
from cnncalc.spec.load import load, parse
from cnncalc.views.problems import problems
from tests.rules.asking import ask, codes, net
from tests.rules.published import NETWORKS

SHIPPED = {
    "bias-before-norm": ["vgg11_bn", "vgg13_bn", "vgg16_bn", "vgg19_bn"],
    "collapsing-layers": ["mobilenet_v3_small"],
    "dominant-linear": [
        *("alexnet", "speech", "yolo_v1_detector"),
        *("vgg11", "vgg11_bn", "vgg13", "vgg13_bn", "vgg16", "vgg16_bn", "vgg19", "vgg19_bn"),
    ],
    "field-far-beyond-input": ["densenet201"],
    "kernel-larger-than-input": ["c3d", "deeplabv3_resnet50", "deeplabv3_resnet50_aux"],
    "stride-skips-places": ["nasnet_mobile"],
    "wide-bottleneck": ["regnet_x_8gf", "wide_resnet101_2", "wide_resnet50_2"],
    "window-drops-places": [
        "filter-demo",
        "nasnet_mobile",
        "nin_imagenet",
        "pilotnet",
        "squeezenet1_0",
        "squeezenet1_1",
    ],
}
"""What a reviewer would say about the shipped networks, and about which; nothing about the others."""

PUBLISHED = {
    "SqueezeNet": ["window-drops-places"],
    "DeepLab-LargeFOV": ["gridding"],
    "C3D": ["dominant-linear"],
}


@pytest.mark.parametrize("name", shipped.names())
def test_a_shipped_network(name):
    network = load(shipped.find(name))
    found = broken(network, analyze(network))
    assert sorted({*codes(found)}) == [code for code, names in SHIPPED.items() if name in names]
    assert not any(finding.severity == "error" for finding in found)


@pytest.mark.parametrize("name", NETWORKS)
def test_a_published_network(name):
    network = parse(NETWORKS[name])
    result = analyze(network)
    assert (result.status, result.problems) == ("complete", ())
    found = broken(network, result)
    assert codes(found) == PUBLISHED.get(name, [])
    assert not any(finding.severity == "error" for finding in found)


BROKEN = [
    "layers: []\n",
    "input: [3, 8, 8]\nlayers: []\n",
    "input: [3, 8, 8]\nlayers:\n- nonsense\n- relu\n- relu\n",
    "input: nothing\nlayers:\n- conv2d: {out_channels: 4, kernel_size: 3}\n- batch_norm2d\n- relu\n- flatten\n",
    net("conv2d: {out_channels: 4}", "batch_norm2d", "max_pool2d: {kernel_size: 2}", "linear: {out_features: 3}"),
    net("conv2d: {out_channels: 4, kernel_size: 99}", "batch_norm2d", "max_pool2d: {kernel_size: 2}", "softmax"),
    net("add: {from: [nobody, input]}", "dropout: {p: 1}", "softmax", more="outputs: nobody"),
    net("relu: {name: a}", "relu: {name: a}", "add: {from: [a, a]}"),
    net("max_pool2d: {kernel_size: 2}", "conv1d: {out_channels: 3, kernel_size: 3}", "conv3d: 4"),
    "just text",
    "",
]


@pytest.mark.parametrize("text", BROKEN, ids=range(len(BROKEN)))
def test_a_broken_network_is_looked_at_as_far_as_it_is_known(text):
    assert isinstance(ask(text), list)


def test_what_is_known_above_a_problem_is_still_judged():
    found = ask(net("relu", "relu", "conv2d: {out_channels: 4, kernel_size: 99}", "softmax", "softmax"), "default")
    assert codes(found) == ["activation-twice"]


def test_a_layer_is_not_called_unused_where_a_source_is_missing():
    text = net("relu: {name: a}", "tanh: {name: b, from: input}", "add: {from: [b, nobody]}", more="outputs: b")
    assert "unused-layer" not in codes(ask(text))


def test_several_inputs():
    text = (
        "input: {left: [3, 8, 8], right: [3, 8, 8]}\n"
        "layers:\n- relu: {from: left, name: a}\n- relu: {from: right, name: b}\n- concat: {from: [a, b]}\n"
    )
    assert ask(text, "default") == []


def test_several_outputs_are_all_used():
    text = net("relu: {name: a}", "tanh: {name: b}", "flatten: {name: c, from: a}", more="outputs: [b, c]")
    assert ask(text, "unused-layer", "unused-input") == []


def test_an_input_that_is_an_output_is_used():
    text = "input: {left: [3], right: [3]}\nlayers:\n- relu: {from: left, name: a}\noutputs: [a, right]\n"
    assert ask(text, "unused-input") == []


@pytest.mark.parametrize(
    ("shape", "kinds"),
    [
        ("[8, 32]", ("conv1d", "batch_norm1d", "max_pool1d")),
        ("[8, 32, 32, 32]", ("conv3d", "batch_norm3d", "max_pool3d")),
    ],
)
def test_one_and_three_dimensions(shape, kinds):
    conv, norm, pool = kinds
    layers = [f"{conv}: {{out_channels: 8, kernel_size: 3}}", norm, "relu", "relu", f"{pool}: {{kernel_size: 4}}"]
    found = codes(ask(net(*layers, shape=shape), "default"))
    assert found == ["bias-before-norm", "activation-twice", "window-drops-places"]


def test_numbers_beyond_all_measure_take_no_time():
    huge = 10**15
    layers = [
        f"conv2d: {{out_channels: 4, kernel_size: {huge}, padding: {huge}, dilation: {huge}}}",
        f"conv_transpose2d: {{out_channels: 4, kernel_size: {huge}, stride: {huge - 1}}}",
        f"max_pool2d: {{kernel_size: {huge}, padding: {huge // 2}, dilation: 1, stride: {huge}}}",
        f"conv2d: {{out_channels: 4, kernel_size: 1, stride: {huge}, padding: {huge}}}",
    ]
    for layer in layers:
        assert isinstance(ask(net(layer, shape=f"[4, {huge}, {huge}]")), list)
        assert isinstance(ask(net(layer)), list)


def test_a_long_network_takes_linear_time():
    layers = ["conv2d: {out_channels: 4, kernel_size: 3, padding: 2, dilation: 2}", "relu"] * 1000
    found = ask(net(*layers), "default")
    assert {finding.code for finding in found} == {"gridding", "field-far-beyond-input"}


def test_many_layers_on_one_long_chain_take_linear_time():
    chain = ["dropout: {p: 0.1}"] * 1000 + ["identity: {name: end}"]
    many = [f"{kind}: {{from: end}}" for kind in ["softmax", "relu", "batch_norm2d"] * 1000]
    assert isinstance(ask(net("relu", *chain, *many)), list)


def test_a_layer_that_stands_for_many_is_said_once():
    pair = "&p [relu, relu]"
    text = f"input: [3, 8, 8]\nlayers:\n- parallel: {{merge: add, paths: [{pair}, *p, *p]}}\n"
    assert codes(ask(text, "activation-twice")) == ["activation-twice"]


HOSTILE = ["\x1b[31mred", "a\nerror fake", "%0Aerror", "[bold]x", "=cmd()", "]]>", "\u202egnp"]


@pytest.mark.parametrize("name", HOSTILE)
def test_names_are_inert_in_every_sentence(name):
    mapping = {
        "input": [3, 32, 32],
        "layers": [
            {"conv2d": {"out_channels": 4, "kernel_size": 3, "name": name}},
            {"batch_norm2d": {"name": name + "n"}},
            {"batch_norm2d": {"name": name + "m"}},
            {"relu": {"name": name + "r"}},
            {"relu": {"name": name + "s"}},
            {"conv2d": {"out_channels": 4, "kernel_size": 3, "dilation": 2, "name": name + "c"}},
            {"conv2d": {"out_channels": 4, "kernel_size": 3, "dilation": 2, "name": name + "d"}},
            {"softmax": {"name": name + "t"}},
            {"softmax": {"name": name + "u"}},
        ],
        "about": {"loss": "cross_entropy"},
    }
    network = parse(mapping)
    found = broken(network, analyze(network), Settings(select=("all",)))
    assert len(found) >= 5
    acting = {"\x1b", "\n", "\u202e"}
    for finding in found:
        said = [finding.problem.message(), finding.layer or "", *finding.all_help(), *(m.text for m in finding.marks)]
        assert not acting & set("".join(said))
    shown = render(problems(found), width=100)
    assert not {"\x1b", "\u202e"} & set(shown)
    assert "\nerror fake" not in shown


def test_findings_stand_in_the_order_of_the_file():
    found = ask(net("softmax", "softmax", "relu", "relu"))
    assert [finding.place for finding in found] == sorted(finding.place for finding in found)


def test_no_rule_names_a_kind():
    from cnncalc.kinds import every as kinds

    names = {kind.name for kind in kinds()}
    import ast

    import cnncalc.rules

    for path in Path(cnncalc.rules.__file__).parent.glob("*.py"):
        tree = ast.parse(path.read_text(encoding="utf-8"))
        said = {node.value for node in ast.walk(tree) if isinstance(node, ast.Constant) and isinstance(node.value, str)}
        assert not said & names, path.name


def test_the_rules_are_looked_for_once():
    assert every() is every()
