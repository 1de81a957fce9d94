"""Variables, repetition, conditions, blocks, variants: what they expand to."""

import pytest

from cnncalc.api import SpecError, analyze, loads, parse
from cnncalc.cli.nets import settings
from cnncalc.spec.dump import text_of
from tests.cli.running import run
from tests.recorded import SPECS


def wired(layers, **more):
    """Each layer's name with the names of what feeds it."""
    spec = {"input": [4, 8, 8], "layers": layers, **more}
    return {layer.name: [str(source) for source in layer.sources] for layer in parse(spec).layers}


def names(layers, **more):
    return list(wired(layers, **more))


def codes(text):
    with pytest.raises(SpecError) as refusal:
        loads(text)
    return [finding.code for finding in refusal.value.problems]


def linear(written, **variables):
    """The out_features that a value stands for."""
    spec = {"input": 8, "vars": variables, "layers": [{"linear": {"out_features": written}}]}
    return analyze(parse(spec)).layers[0].output_shape[0]


class TestValues:
    @pytest.mark.parametrize(
        ("written", "value"),
        [("$w", 6), ("$(w)", 6), ("$(w * 2)", 12), ("$(w // 4)", 1), ("$(7 / 2 * 2)", 7), ("$(round(w * f))", 3)],
    )
    def test_a_variable_or_an_expression_stands_for_a_value(self, written, value):
        assert linear(written, w=6, f=0.5) == value

    def test_a_float_that_comes_out_whole_is_a_whole_number(self):
        assert linear("$(64 * width)", width=0.75) == 48

    def test_a_fraction_is_no_count(self):
        assert codes("input: 8\nlayers:\n- linear: {out_features: $(7 / 2)}") == ["wrong-value"]

    def test_a_fraction_may_stand_where_a_number_may(self):
        kind = parse({"input": 8, "vars": {"p": 1}, "layers": [{"dropout": {"p": "$(p / 4)"}}]}).layers[0].kind
        assert kind.p == 0.25

    def test_a_list_is_a_value_and_has_items(self):
        layers = [{"conv2d": {"out_channels": "$(w[1])", "kernel_size": "$k"}}]
        found = analyze(parse({"input": [1, 8, 8], "vars": {"w": [4, 5], "k": [1, 3]}, "layers": layers}))
        assert found.layers[0].output_shape == (5, 8, 8 - 3 + 1)

    def test_true_false_and_texts_are_values(self):
        layers = [{"conv2d": {"out_channels": 2, "kernel_size": 3, "bias": "$b", "padding": "$p"}}, "$act"]
        found = analyze(parse({"input": [1, 8, 8], "vars": {"b": False, "p": "same", "act": "tanh"}, "layers": layers}))
        assert (found.totals["biases"].value, found.layers[0].output_shape) == (0, (2, 8, 8))
        assert found.layers[1].kind == "tanh"

    @pytest.mark.parametrize(("value", "kinds"), [(None, ["relu"]), ("tanh", ["tanh"])])
    def test_what_is_left_open_can_be_asked_for(self, value, kinds):
        layers = [{"relu": {"when": "$(act == null)"}}, {"when": "$(act != null)", "layers": ["$act"]}]
        found = parse({"input": 8, "vars": {"act": value}, "layers": layers})
        assert [layer.kind_name for layer in found.layers] == kinds

    def test_true_and_false_stand_in_expressions(self):
        assert names([{"relu": {"when": "$(b == false)"}}, {"tanh": {"when": "$(b == true)"}}], vars={"b": False}) == [
            "relu_1"
        ]

    @pytest.mark.parametrize("expression", ["null + 1", "[1][null]", "max(null)", "1 if null else 2", "null < 1"])
    def test_nothing_is_no_number_and_no_condition(self, expression):
        with pytest.raises(SpecError, match="wrong-operand"):
            parse({"input": 8, "layers": [{"relu": {"name": f"$({expression})"}}]})

    def test_inside_a_text_a_value_is_put_in_as_text(self):
        layers = [{"relu": {"name": "a$n-$(n + 1)$$"}}]
        assert names(layers, vars={"n": 2}) == ["a2-3$"]

    def test_every_part_of_a_spec_takes_variables(self):
        text = (
            "name: net $n\nvars: {n: 3, size: [3, 8, 8], out: r, year: 2020}\ninput: $size\n"
            "layers:\n- relu: {name: $out}\n- tanh\noutputs: [$out, tanh_1]\nabout: {year: $year}\n"
            "expect: {params: {max: $(n - 3)}}\n"
        )
        network = loads(text)
        assert (network.name, network.inputs, network.about) == ("net 3", (("input", (3, 8, 8)),), (("year", "2020"),))
        assert [str(output) for output in network.outputs] == ["r", "tanh_1"]
        assert [line.met for line in analyze(network).expectations] == [True]

    def test_a_variable_may_use_those_above_it(self):
        assert linear("$c", a=2, b="$(a * 3)", c="$(a + b)") == 8

    def test_what_is_wrong_once_is_said_once(self):
        layers = "- linear: {out_features: $b}\n- linear: {out_features: $a}"
        text = "input: 8\nvars: {a: $(1 / 0), b: $(a + 1)}\nlayers:\n" + layers
        assert codes(text) == ["divided-by-zero"]

    def test_the_caret_stands_under_the_word_inside_the_value(self):
        text = 'input: 8\nvars: {a: 1}\nlayers:\n- linear: {out_features: "$(a + nope)"}'
        with pytest.raises(SpecError) as refusal:
            loads(text)
        place = refusal.value.problems[0].place
        assert text.splitlines()[place.line - 1][place.column - 1 : place.end_column - 1] == "nope"


class TestSettings:
    TEXT = "input: 8\nvars: {width: 1.0, n: $(8 * width), act: relu}\nlayers:\n- linear: {out_features: $n}\n- $act\n"

    def test_a_setting_takes_the_place_of_a_value(self):
        assert loads(self.TEXT, variables={"width": 0.5}).layers[0].kind.out_features == 4

    def test_an_unknown_one_gets_a_hint(self):
        with pytest.raises(SpecError) as refusal:
            loads(self.TEXT, variables={"widht": 2})
        assert refusal.value.problems[0].all_help() == ("did you mean `width`?",)

    @pytest.mark.parametrize(
        ("written", "value"),
        [("a=3", 3), ("a=0.5", 0.5), ("a=[1, 2]", [1, 2]), ("a=relu", "relu"), ("a=true", True), ("a='3'", "3")],
    )
    def test_the_command_line_writes_values_as_a_spec_does(self, written, value):
        assert settings([written]) == {"a": value}

    def test_what_is_expected_of_the_file_is_not_expected_of_other_values(self):
        text = "input: 8\nvars: {n: 2}\nlayers:\n- linear: {out_features: $n}\nexpect: {output: [2]}\n"
        assert len(analyze(loads(text)).expectations) == 1
        assert analyze(loads(text, variables={"n": 3})).expectations == ()


class TestRepeat:
    def test_a_layer_comes_several_times(self):
        assert wired([{"relu": {"repeat": 3}}, "tanh"]) == {
            "relu_1": ["input"],
            "relu_2": ["relu_1"],
            "relu_3": ["relu_2"],
            "tanh_1": ["relu_3"],
        }

    def test_so_do_the_layers_below_it(self):
        assert names([{"repeat": 2, "layers": ["relu", "tanh"]}]) == ["relu_1", "tanh_1", "relu_2", "tanh_2"]

    def test_none_are_left_out_and_pass_on_what_came(self):
        assert wired([{"repeat": 0, "layers": ["relu"]}, "tanh"]) == {"tanh_1": ["input"]}

    def test_the_index_runs_from_0(self):
        layers = [{"linear": {"repeat": 3, "out_features": "$(2 ** i)"}}]
        found = parse({"input": 8, "layers": layers}).layers
        assert [layer.kind.out_features for layer in found] == [1, 2, 4]

    def test_a_name_gets_the_number_of_the_round(self):
        layers = [{"relu": {"repeat": 2, "name": "r"}}, {"tanh": {"from": "r"}}, {"tanh": {"from": "r.0"}}]
        assert wired(layers) == {"r.0": ["input"], "r.1": ["r.0"], "tanh_1": ["r.1"], "tanh_2": ["r.0"]}

    def test_or_holds_the_index_itself(self):
        assert names([{"relu": {"repeat": 2, "name": "r$(i + 1)"}}]) == ["r1", "r2"]

    def test_an_index_may_have_another_name(self):
        inner = {"repeat": 2, "layers": [{"relu": {"name": "r$stage-$i"}}]}
        assert names([{"repeat": 2, "index": "stage", "layers": [inner]}]) == ["r0-0", "r0-1", "r1-0", "r1-1"]

    def test_from_is_meant_for_the_first_round(self):
        layers = [{"relu": {"name": "a"}}, "tanh", {"gelu": {"from": "a", "repeat": 2}}]
        assert wired(layers)["gelu_1"] == ["a"]
        assert wired(layers)["gelu_2"] == ["gelu_1"]

    def test_a_billion_rounds_are_refused_soon(self):
        assert codes("input: 8\nlayers:\n- relu: {repeat: 1000000000}") == ["too-many-steps"]


class TestWhen:
    def test_a_layer_is_there_or_not(self):
        layers = [{"relu": {"when": "$on"}}, {"tanh": {"when": "$(not on)"}}]
        assert (names(layers, vars={"on": True}), names(layers, vars={"on": False})) == (["relu_1"], ["tanh_1"])

    def test_so_are_all_layers_below_it(self):
        assert names([{"when": "$(i < 1)", "repeat": 2, "layers": ["relu", "tanh"]}]) == ["relu_1", "tanh_1"]

    @pytest.mark.parametrize(("gone", "there"), [({"when": "$(n > 1)"}, "b"), ({"repeat": "$(n - 1)"}, "b.0")])
    def test_the_name_of_what_is_left_out_stands_for_what_would_have_come_in(self, gone, there):
        layers = [{"relu": {"name": "a"}}, {"tanh": {"name": "b", **gone}}, "gelu", {"add": {"from": ["b", "gelu_1"]}}]
        assert wired(layers, vars={"n": 1})["add_1"] == ["a", "gelu_1"]
        assert wired(layers, vars={"n": 2})["add_1"] == [there, "gelu_1"]

    def test_which_is_what_its_from_says(self):
        layers = ["relu", {"tanh": {"name": "b", "when": False, "from": "$which"}}, {"add": {"from": ["relu_1", "b"]}}]
        assert wired(layers, vars={"which": "input"})["add_1"] == ["relu_1", "input"]

    def test_another_layer_may_have_the_name(self):
        two = [{"tanh": {"name": "b", "when": "$on"}}, {"gelu": {"name": "b", "when": "$(not on)", "from": "input"}}]
        for on in (True, False):
            found = parse({"input": 8, "vars": {"on": on}, "layers": ["relu", *two, {"sigmoid": {"from": "b"}}]})
            assert [layer.kind_name for layer in found.layers] == ["relu", "tanh" if on else "gelu", "sigmoid"]
            assert [str(source) for source in found.layers[2].sources] == ["b"]

    @pytest.mark.parametrize("wrong", [{"from": ["relu_1", "input"]}, {"from": "nothing"}, {"name": "$(1 / 0)"}])
    def test_what_has_no_one_input_has_no_meaning_and_is_not_judged(self, wrong):
        layers = ["relu", {"tanh": {"name": "b", "when": False, **wrong}}]
        assert names(layers) == ["relu_1"]
        with pytest.raises(SpecError, match="unknown-source"):
            parse({"input": 8, "layers": [*layers, {"gelu": {"from": "b"}}]})


UNIT = {"args": ["n", {"act": "relu"}], "layers": [{"linear": {"out_features": "$n"}}, "$act"]}


class TestBlocks:
    def test_a_block_is_used_like_a_kind(self):
        found = wired([{"unit": {"n": 3}}, {"unit": {"n": 4, "act": "tanh", "name": "last"}}], blocks={"unit": UNIT})
        assert found == {
            "unit_1.linear_1": ["input"],
            "unit_1.relu_1": ["unit_1.linear_1"],
            "last.linear_1": ["unit_1.relu_1"],
            "last.tanh_1": ["last.linear_1"],
        }

    def test_an_argument_or_a_layer_may_be_called_like_a_block(self):
        blocks = {"a": {"args": ["c", "b"], "layers": [{"linear": {"name": "b", "out_features": "$(b * c)"}}]}}
        blocks |= {"b": [{"a": {"b": 2, "c": 3}}], "c": ["tanh", {"add": {"from": ["a", "b"]}}]}
        layers = [{"b": {"name": "a"}}, {"relu": {"name": "b"}}, "c"]
        made = wired(layers, blocks=blocks, input=[8])
        assert made["c_1.add_1"] == ["a.a_1.b", "b"]

    def test_its_rounds_are_numbered_in_its_name(self):
        layers = [{"relu": {}}, {"unit": {"n": "$(i + 1)", "name": "layer2", "repeat": 2}}]
        assert names(layers, blocks={"unit": UNIT})[1:] == [
            "layer2.0.linear_1",
            "layer2.0.relu_1",
            "layer2.1.linear_1",
            "layer2.1.relu_1",
        ]

    def test_blocks_use_blocks_and_pass_arguments_on(self):
        outer = {"args": ["n"], "layers": [{"unit": {"n": "$(2 * n)", "act": "gelu"}}]}
        found = parse({"input": 8, "blocks": {"unit": UNIT, "outer": outer}, "layers": [{"outer": {"n": 3}}]}).layers
        assert [layer.name for layer in found] == ["outer_1.unit_1.linear_1", "outer_1.unit_1.gelu_1"]
        assert found[0].kind.out_features == 6

    def test_a_default_may_use_the_arguments_before_it(self):
        block = {"args": ["n", {"m": "$(2 * n)"}], "layers": [{"linear": {"out_features": "$m"}}]}
        found = parse({"input": 8, "blocks": {"b": block}, "layers": [{"b": {"n": 3}}]}).layers
        assert found[0].kind.out_features == 6

    def test_inside_names_are_those_inside_and_input_is_what_came(self):
        block = ["relu", {"tanh": {"from": "input"}}, {"add": {"from": ["relu_1", "tanh_1"]}}]
        found = wired(["relu", {"b": None}, {"b": None}], blocks={"b": block})
        assert found["b_2.tanh_1"] == ["b_1.add_1"]
        assert found["b_2.add_1"] == ["b_2.relu_1", "b_2.tanh_1"]

    def test_the_name_of_a_block_is_what_leaves_it(self):
        found = wired(
            [{"b": {"name": "enc"}}, "gelu", {"add": {"from": ["enc", "gelu_1"]}}], blocks={"b": ["relu", "tanh"]}
        )
        assert found["add_1"] == ["enc.tanh_1", "gelu_1"]

    def test_a_skip_leaves_a_block_by_name(self):
        layers = [{"b": {"name": "enc1"}}, "gelu", {"add": {"from": ["gelu_1", "enc1.relu_1"]}}]
        assert wired(layers, blocks={"b": ["relu", "tanh"]})["add_1"] == ["gelu_1", "enc1.relu_1"]

    def test_a_name_that_is_passed_means_what_it_means_outside(self):
        up = {"args": ["skip"], "layers": ["tanh", {"add": {"from": ["tanh_1", "$skip"]}}]}
        layers = ["tanh", "relu", {"up": {"skip": "tanh_1"}}]
        assert wired(layers, blocks={"up": up})["up_1.add_1"] == ["up_1.tanh_1", "tanh_1"]

    def test_a_u_net(self):
        down = {
            "args": ["c"],
            "layers": [{"conv2d": {"repeat": 2, "out_channels": "$c", "kernel_size": 3, "padding": 1}}],
        }
        up = {
            "args": ["c", "skip"],
            "layers": [
                {"conv_transpose2d": {"out_channels": "$c", "kernel_size": 2, "stride": 2}},
                {"concat": {"from": ["$skip", "conv_transpose2d_1"]}},
                {"down": {"c": "$c"}},
            ],
        }
        pool = {"max_pool2d": {"kernel_size": 2}}
        layers = [
            {"down": {"name": "enc$i", "c": "$(8 * 2**i)"}},
            pool,
        ]
        spec = {
            "input": [1, 16, 16],
            "blocks": {"down": down, "up": up},
            "layers": [
                {"repeat": 2, "layers": layers},
                {"down": {"c": 32}},
                {"repeat": 2, "layers": [{"up": {"c": "$(16 // 2**i)", "skip": "enc$(1 - i).conv2d_2"}}]},
            ],
        }
        found = {layer.name: layer for layer in analyze(parse(spec)).layers}
        assert found["up_1.concat_1"].inputs == ("enc1.conv2d_2", "up_1.conv_transpose2d_1")
        assert found["up_2.concat_1"].output_shape == (8 + 8, 16, 16)

    def test_a_problem_in_a_block_shows_the_block_and_the_use(self):
        text = (
            "input: 8\nblocks:\n  b:\n    args: [n]\n    layers:\n    - linear: {out_features: $n}\n"
            "layers:\n- relu\n- b: {n: 0, repeat: 3}\n"
        )
        with pytest.raises(SpecError) as refusal:
            loads(text)
        (finding,) = refusal.value.problems
        assert (finding.place.line, [mark.place.line for mark in finding.marks]) == (6, [9])

    def test_so_does_a_layer_that_refuses_what_comes(self):
        text = "input: [1, 4, 4]\nblocks:\n  b:\n  - conv2d: {out_channels: 1, kernel_size: 3}\nlayers:\n- b\n- b\n"
        (finding,) = analyze(loads(text)).problems
        assert (finding.layer, finding.place.line) == ("b_2.conv2d_1", 4)
        assert 7 in [mark.place.line for mark in finding.marks]

    def test_a_deep_expression_fits_into_the_deepest_block(self):
        deep = "$(" + "(" * 60 + "n" + ")" * 60 + ")"
        blocks = {f"b{n}": [f"b{n + 1}"] for n in range(31)} | {"b31": [{"linear": {"out_features": deep}}]}
        spec = {"input": 8, "vars": {"n": 3}, "blocks": blocks, "layers": ["b0"]}
        assert parse(spec).layers[0].kind.out_features == 3

    def test_more_than_32_blocks_in_each_other_are_refused(self):
        blocks = {f"b{n}": [f"b{n + 1}"] for n in range(100)} | {"b100": ["relu"]}
        with pytest.raises(SpecError) as refusal:
            parse({"input": 8, "blocks": blocks, "layers": ["b0"]})
        assert [finding.code for finding in refusal.value.problems] == ["blocks-too-deep"]

    def test_blocks_that_double_again_and_again_are_bounded(self):
        blocks = {f"b{n}": [f"b{n + 1}"] * 4 for n in range(30)} | {"b30": [{"relu": {"when": False}}]}
        with pytest.raises(SpecError) as refusal:
            parse({"input": 8, "blocks": blocks, "layers": ["b0"]})
        assert [finding.code for finding in refusal.value.problems] == ["too-many-steps"]


class TestParallel:
    def test_without_merging_there_are_several_outputs(self):
        layers = [{"parallel": {"name": "heads", "merge": "none", "paths": [["relu"], ["tanh"], []]}}]
        network = parse({"input": 8, "layers": layers})
        assert [str(output) for output in network.outputs] == ["relu_1", "tanh_1"]

    def test_they_are_named_by_number(self):
        layers = [
            {"parallel": {"name": "heads", "merge": "none", "paths": [["relu"], ["tanh"], []]}},
            {"gelu": {"from": "heads:1"}},
            {"add": {"from": ["heads", "heads:2"]}},
        ]
        assert wired(layers)["gelu_1"] == ["tanh_1"]
        assert wired(layers)["add_1"] == ["relu_1", "input"]

    def test_a_merging_layer_below_takes_them_all(self):
        layers = [{"parallel": {"merge": "none", "paths": [["relu"], []]}}, "concat"]
        assert wired(layers)["concat_1"] == ["relu_1", "input"]

    def test_merging_multiplies_inside_a_block_too(self):
        gate = [{"parallel": {"merge": "mul", "paths": [["sigmoid"], []]}}]
        assert wired(["relu", {"gate": {"name": "g"}}], blocks={"gate": gate})["g.mul_1"] == ["g.sigmoid_1", "relu_1"]

    def test_outputs_may_name_a_block_and_its_outputs(self):
        heads = [{"parallel": {"merge": "none", "paths": [["relu"], ["tanh"]]}}]
        network = parse({"input": 8, "blocks": {"h": heads}, "layers": ["h"], "outputs": ["h_1:1", "h_1"]})
        assert [str(output) for output in network.outputs] == ["h_1.tanh_1", "h_1.relu_1"]


class TestVariants:
    TEXT = "input: 8\nvars: {n: 2}\nvariants: {small: {}, big: {n: 4}}\nlayers:\n- linear: {out_features: $n}\n"

    @pytest.mark.parametrize(("variant", "value"), [(None, 2), ("small", 2), ("big", 4)])
    def test_a_variant_has_values_of_its_own(self, variant, value):
        assert loads(self.TEXT, variant=variant).layers[0].kind.out_features == value

    def test_an_unknown_one_gets_a_hint(self):
        with pytest.raises(SpecError) as refusal:
            loads(self.TEXT, variant="bigg")
        (finding,) = refusal.value.problems
        assert (finding.code, finding.all_help()) == ("unknown-variant", ("did you mean `big`?",))

    def test_a_setting_comes_before_a_variant(self):
        assert loads(self.TEXT, variant="big", variables={"n": 7}).layers[0].kind.out_features == 7


FC = {"linear": {"out_features": 2}}


class TestTraining:
    def frozen(self, layers, **more):
        """The names of the layers whose weights do not learn."""
        found = analyze(parse({"input": 8, "layers": layers, **more})).layers
        return [layer.name for layer in found if layer.trainable == 0 < layer.parameters]

    def test_a_layer_is_frozen(self):
        assert self.frozen([FC, {"linear": {"out_features": 2, "trainable": False}}]) == ["linear_2"]

    def test_a_block_is_frozen_with_everything_in_it(self):
        layers = [{"b": {"trainable": False}}, {"b": None}]
        assert self.frozen(layers, blocks={"b": [FC]}) == ["b_1.linear_1"]

    def test_names_are_frozen_by_patterns_the_last_one_decides(self):
        layers = [FC, FC, {"b": None}]
        patterns = {"*": False, "linear_2": True}
        assert self.frozen(layers, blocks={"b": [FC]}, trainable=patterns) == ["linear_1", "b_1.linear_1"]
        assert self.frozen(layers, blocks={"b": [FC]}, trainable={"b_1": False}) == ["b_1.linear_1"]

    def test_the_rest_still_counts(self):
        found = analyze(parse({"input": 8, "layers": [FC], "trainable": False})).totals
        assert (found["parameters"].value, found["trainable"].value) == (8 * 2 + 2, 0)


def test_a_shipped_family_is_found_by_its_variants_without_reading_others(monkeypatch):
    from cnncalc.spec import shipped

    assert shipped.find("resnet50") == f"{SPECS / 'resnet.yaml'}@resnet50"
    assert shipped.find("resnet.yaml@resnet50") == f"{SPECS / 'resnet.yaml'}@resnet50"
    assert "wide_resnet50_2" in shipped.names()
    assert "resnet" not in shipped.names()


def test_a_comment_may_stand_behind_the_word_variants(tmp_path):
    from cnncalc.spec import shipped

    file = tmp_path / "net.yaml"
    file.write_text("variants:  # depth\n  net_small: {depth: 2}  # 1\n  # 2\n  net_large: {depth: 4}\nlayers: []\n")
    assert shipped.variants(file) == ("net_small", "net_large")


class TestSemantics:
    LAYERS = (
        "- conv2d: {out_channels: 4, kernel_size: 3, stride: 2, padding: same}\n- batch_norm2d\n"
        "- max_pool2d: {kernel_size: 2, stride: 2}\n"
    )
    TEXT = "input: [3, 10, 10]\nlayers:\n" + LAYERS

    def test_same_with_a_stride_is_refused_by_torch_alone(self):
        assert [finding.code for finding in analyze(loads(self.TEXT)).problems] == ["same-needs-stride-one"]
        assert analyze(loads(self.TEXT, semantics="keras")).layers[0].output_shape == (4, -(-10 // 2), 5)

    def test_the_extra_row_comes_behind(self):
        window = analyze(loads(self.TEXT, semantics="keras")).layers[0].geometry
        total = (5 - 1) * 2 + 3 - 10
        assert window.padding == ((total // 2, total - total // 2),) * 2 == ((0, 1), (0, 1))

    def test_keras_counts_four_numbers_a_channel_and_trains_two(self):
        layer = analyze(loads(self.TEXT, semantics="keras")).layers[1]
        assert (layer.parameters, layer.trainable, layer.buffers) == (4 * 4, 2 * 4, 0)

    @pytest.mark.parametrize(("semantics", "size"), [("torch", (5 - 2) // 2 + 1), ("caffe", -(-(5 - 2) // 2) + 1)])
    def test_caffe_rounds_up_when_it_pools(self, semantics, size):
        layers = [{"max_pool2d": {"kernel_size": 2, "stride": 2}}]
        found = analyze(parse({"input": [1, 5, 5], "semantics": semantics, "layers": layers}))
        assert found.layers[0].output_shape == (1, size, size)

    def test_caffe_drops_a_window_in_the_padding_only_if_there_is_padding(self):
        pool = {"kernel_size": 2, "stride": 3, "semantics": "caffe"}
        padded = {**pool, "kernel_size": 2, "stride": 2, "padding": 1}
        sizes = [
            analyze(parse({"input": [1, n], "layers": [{"max_pool1d": fields}]})).layers[0].output_shape[1]
            for n, fields in ((6, pool), (5, padded))
        ]
        assert sizes == [-(-(6 - 2) // 3) + 1, -(-(5 + 2 - 2) // 2) + 1 - 1]

    def test_defaults_are_those_of_the_framework(self):
        layers = ["batch_norm1d", {"conv1d": {"out_channels": 1, "kernel_size": 1}}]
        keras, onnx = (parse({"input": [2, 8], "semantics": one, "layers": layers}).layers for one in ("keras", "onnx"))
        assert (keras[0].kind.eps, keras[1].kind.bias) == (1e-3, True)
        assert (onnx[0].kind.eps, onnx[1].kind.bias) == (1e-5, False)

    def test_a_layer_may_follow_other_rules_than_its_file(self):
        layers = [{"batch_norm1d": {"semantics": "torch"}}, "batch_norm1d"]
        found = analyze(parse({"input": [2, 8], "semantics": "keras", "layers": layers})).layers
        assert [layer.parameters for layer in found] == [2 * 2, 4 * 2]

    def test_what_is_asked_for_comes_before_the_file_and_behind_a_layer(self):
        text = "input: [2, 8]\nsemantics: onnx\nlayers:\n- batch_norm1d\n- batch_norm1d: {semantics: torch}\n"
        assert [layer.parameters for layer in analyze(loads(text, semantics="keras")).layers] == [8, 4]

    def test_the_flat_form_keeps_them(self):
        network = loads("semantics: keras\n" + self.TEXT)
        assert analyze(loads(text_of(network))).totals == analyze(network).totals

    def test_the_command_lists_what_differs(self):
        done = run("summary", "-", "--semantics", "keras", stdin=self.TEXT)
        assert done.code == 0
        below = done.out.partition("what differs")[2]
        rows = [line.split() for line in below.splitlines()]
        assert ["conv2d_1", "output", "?", "4×5×5"] in rows
        assert ["padding", "?", "0/1"] in rows

    def test_of_many_only_those_that_differ_by_themselves_are_listed(self):
        done = run("summary", "resnet50", "--semantics", "caffe")
        below = done.out.partition("what differs")[2].splitlines()
        assert [line.split() for line in below[2:4]] == [["max_pool2d_1", "output", "64×56×56", "64×57×57"], []]
        # 175 layers; not conv2d_1, its batch norm and relu, and neither what is behind the average.
        assert "168 more layers differ because of what arrives there" in below[4]
        assert "layer4.2.relu_3" in run("summary", "resnet50", "--semantics", "caffe", "--all-rows").out

    def test_blocks_are_folded_there_too(self):
        out = run("summary", "resnet18", "--semantics", "keras", "--depth", "1").out.partition("what differs")[2]
        rows = [line.split() for line in out.splitlines()]
        # Of layer1 the four batch norms of 64 channels count 2·64 more each.
        assert ["layer1", "parameters", f"{147_968:,}", f"{147_968 + 4 * 2 * 64:,}"] in rows

    def test_of_a_layer_that_is_refused_there_the_size_is_enough(self):
        out = run("summary", "mobilenet", "--semantics", "caffe").out.partition("what differs")[2]
        assert [line.split()[:2] for line in out.splitlines()[2:4]] == [["conv2d_1", "output"], []]

    def test_and_says_when_nothing_does(self):
        assert "every layer has the same size" in run("summary", "vgg11", "--semantics", "keras").out
        assert "4×5×5" not in run("summary", "vgg11", "--semantics", "caffe").out


EVIL = "\x1b[31mx\n\u202e"


@pytest.mark.parametrize(
    "spec",
    [
        {"vars": {EVIL: 1}},
        {"vars": {"a": f"${{{EVIL}}}"}},
        {"vars": {"a": f"$({EVIL}"}},
        {"vars": {"a": f"$('{EVIL}' + 1)"}},
        {"variants": {EVIL: {"w": 1}}},
        {"variants": {"a": {EVIL: 1}}, "vars": {}},
        {"variants": {EVIL: 3}},
        {"blocks": {EVIL: 3}},
        {"blocks": {EVIL: [EVIL]}},
        {
            "blocks": {EVIL: {"args": ["a", EVIL], EVIL: 2, "layers": [EVIL]}},
            "layers": [EVIL, {EVIL: {EVIL: 3, "a": 1}}],
        },
        {"blocks": {"b": ["relu"]}, "layers": [{"b": {EVIL: 3, "name": EVIL, "from": EVIL}}]},
        {"layers": [{"relu": {"repeat": EVIL, "index": EVIL}}, {"relu": {"when": EVIL}}, {"layers": EVIL, EVIL: 3}]},
        {"trainable": {EVIL: False}},
        {"semantics": EVIL},
    ],
)
def test_hostile_words_cannot_act_in_a_message(spec):
    with pytest.raises(SpecError) as refusal:
        parse({"input": 8, "layers": ["relu"], **spec})
    for finding in refusal.value.problems:
        said = [finding.problem.message(), finding.problem.caret(), finding.layer or "", *finding.all_help()]
        assert all(line.isprintable() for line in said)
