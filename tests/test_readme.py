"""Both READMEs are true: commands, outputs, files, links, the picture, and every number in the prose."""

import doctest
import os
import re
import signal
import subprocess
import sys
import tomllib
from collections import Counter
from contextlib import redirect_stderr, redirect_stdout
from functools import cache
from io import StringIO
from math import prod
from typing import NamedTuple

import pytest

from cnncalc import analyze, load, loads, parse
from cnncalc.kinds import find
from cnncalc.render import stream
from cnncalc.render.cells import cells
from cnncalc.result import COUNTS
from cnncalc.shape import elements
from cnncalc.spec import expansion, limits, scalars
from cnncalc.spec.shipped import find as found
from tests.pages import BLOCK, CHINESE, CODE, LINK, README, ROOT, numbers, page, prose, script

BOTH = pytest.mark.parametrize("name", [README, CHINESE])
SET_UP = ["pip install . && cnncalc summary specs/tinyvgg.yaml\n", 'pip install -e ".[test]" && pytest\n']


@pytest.fixture(scope="module")
def both():
    """What every command of each page prints, run once."""
    outputs = script("outputs")
    return {
        name: outputs.run(outputs.commands(page(name)), outputs.files(page(name)), language)
        for name, language in outputs.READMES.items()
    }


@pytest.fixture(scope="module")
def ran(both):
    """What every command of the English page prints."""
    return both[README]


class Done(NamedTuple):
    """What a run left behind."""

    returncode: int
    stdout: str
    stderr: str


def cnncalc(*words, cwd=ROOT):
    """Run the program in this process, which takes a tenth of the time of one of its own."""
    from cnncalc.cli.app import run

    out, err, handler = StringIO(), StringIO(), signal.getsignal(signal.SIGTERM)
    with pytest.MonkeyPatch.context() as patch, redirect_stdout(out), redirect_stderr(err):
        patch.setattr(sys, "argv", ["cnncalc", *words])
        patch.setenv("COLUMNS", "80")
        patch.chdir(cwd)
        try:
            run()
            code = 0
        except SystemExit as ended:
            code = ended.code or 0
        finally:
            signal.signal(signal.SIGTERM, handler)
    return Done(code, out.getvalue(), err.getvalue())


def process(*words, before="", **more):
    """Run the program in a process of its own, after some lines of Python."""
    lines = f"import sys\n{before}\nsys.argv = {['cnncalc', *words]!r}\nfrom cnncalc.__main__ import main\nmain()"
    environ = {**os.environ, "PYTHONPATH": str(ROOT), "COLUMNS": "80", "PYTHONIOENCODING": "utf-8"}
    options = {"stdout": subprocess.PIPE, "stderr": subprocess.PIPE, "cwd": ROOT, "env": environ, **more}
    return subprocess.run([sys.executable, "-c", lines], encoding="utf-8", **options)


@cache
def shipped(name):
    return analyze(load(found(name)))


def layer(kind, shape, **fields):
    """One layer on one input."""
    result = analyze(parse({"input": list(shape), "layers": [{kind: fields}]}))
    assert result.problems == ()
    return result.layers[0]


def codes(text):
    """The codes of the problems of a spec's text."""
    try:
        return [finding.code for finding in analyze(loads(text)).problems]
    except ValueError as error:
        return [finding.code for finding in error.problems]


def spec_of(line, shape="[1, 8, 8]"):
    return f"input: {shape}\nlayers:\n- {line}\n"


class TestTheTwoLanguagesSayTheSame:
    def test_the_blocks_are_the_same_but_for_what_commands_answer(self):
        english, chinese = (BLOCK.findall(page(name)) for name in (README, CHINESE))
        assert len(english) == len(chinese)
        for one, other in zip(english, chinese, strict=True):
            if one.startswith("```console"):
                commands = [re.findall(r"(?m)^\$ .*", block) for block in (one, other)]
                assert commands[0] == commands[1]
            else:
                assert one == other

    def test_the_numbers_are_the_same(self):
        assert Counter(numbers(README)) == Counter(numbers(CHINESE))

    def test_the_code_in_the_text_is_the_same(self):
        assert Counter(CODE.findall(prose(README))) == Counter(CODE.findall(prose(CHINESE)))

    def test_the_headings_are_as_many_and_as_deep(self):
        depths = [re.findall(r"(?m)^(#+) ", BLOCK.sub("", page(name))) for name in (README, CHINESE)]
        assert depths[0] == depths[1]

    def test_the_links_are_the_same_but_for_the_other_language(self):
        links = [Counter(LINK.findall(page(name))) for name in (README, CHINESE)]
        assert links[0] - Counter([CHINESE]) == links[1] - Counter([README])


class TestCommands:
    @BOTH
    def test_every_output_is_what_the_command_prints(self, name, both):
        assert script("outputs").fresh(page(name), both[name]) == page(name)

    @BOTH
    def test_a_command_ends_with_0_unless_its_exit_code_is_shown(self, name, both):
        outputs = script("outputs")
        ran = both[name]
        for block in outputs.blocks(page(name), "console"):
            asked = [command for command, _text in outputs.steps(block)]
            for command, after in zip(asked, [*asked[1:], ""], strict=True):
                if command != outputs.EXIT_CODE:
                    assert (ran[command].code != 0) == (after == outputs.EXIT_CODE), command

    @BOTH
    def test_no_output_is_wider_than_80_columns(self, name):
        outputs = script("outputs")
        shown = [step for block in outputs.blocks(page(name), "console") for step in outputs.steps(block)]
        lines = [line for command, text in shown if "specs show" not in command for line in text.splitlines()]
        assert max(map(cells, lines)) <= 80

    @BOTH
    def test_the_two_set_up_commands_stand_alone_word_for_word(self, name):
        assert script("outputs").blocks(page(name), "sh") == SET_UP

    def test_what_the_set_up_runs_runs(self):
        words = SET_UP[0].strip().partition(" && cnncalc ")[2].split()
        assert cnncalc(*words).returncode == 0

    def test_commands_in_the_text_run(self):
        found = [code.strip("`") for code in CODE.findall(prose(README)) if code.startswith("`cnncalc ")]
        assert found
        done = script("outputs").run([re.sub(r"\b(NAME|NET)\b", "lenet5", command) for command in found], {})
        assert [command for command, one in done.items() if one.code] == []

    @pytest.mark.parametrize("options", ["--units si --dtype float16", "--units zh --all-rows --batch 3"])
    def test_options_of_a_summary_in_the_text_are_known(self, options):
        assert all(f"`{word}" in page(README) for word in options.split() if word.startswith("--"))
        assert cnncalc("summary", "lenet5", *options.split()).returncode == 0

    @pytest.mark.parametrize("form", ["json", "csv", "markdown", "latex"])
    def test_every_format_is_written_into_a_file(self, form, tmp_path):
        assert f"`{form}`" in page(README)
        assert cnncalc("summary", "lenet5", "--format", form, "-o", str(tmp_path / "out")).stdout == ""
        assert "48120" in (tmp_path / "out").read_text(encoding="utf-8").replace("48,120", "48120")

    def test_several_networks_and_a_directory_give_a_line_each(self):
        shown = cnncalc("summary", "specs", "lenet5").stdout.splitlines()
        assert len([line for line in shown if re.match(r" (LeNet-5|TinyVGG) ", line)]) == 3

    def test_a_short_detail_takes_one_line_for_each_quantity(self):
        assert "m = ⌊(7 + 2·1 − 3)/2⌋ + 1 = 4" in cnncalc(
            "layer", "conv2d", "7x7", "k=3", "p=1", "s=2", "--detail", "short"
        ).stdout  # fmt: skip

    def test_no_other_option_is_named(self):
        checked = {"all-rows", "units", "dtype", "format", "batch", "detail", "mlp", "lang"}
        checked |= {"fix", "write-baseline", "baseline", "watch", "set", "semantics"}
        assert set(re.findall(r"--([a-z][a-z-]+)", prose(README))) == checked


class TestSpecs:
    @BOTH
    def test_every_yaml_block_loads_unless_the_text_shows_its_problem(self, name, ran):
        outputs = script("outputs")
        refused = {command.split()[-1] for command, one in ran.items() if one.code}
        for block in outputs.blocks(page(name), "yaml"):
            file = re.match(r"# (\S+)\n", block)
            result = analyze(loads(block))
            wrong = bool(result.problems) or any(line.met is False for line in result.expectations)
            assert wrong == bool(file and file[1] in refused)

    @BOTH
    def test_the_python_block_runs(self, name, tmp_path, monkeypatch):
        outputs = script("outputs")
        (block,) = outputs.blocks(page(name), "pycon")
        for file, text in outputs.files(page(name)).items():
            (tmp_path / file).write_text(text, encoding="utf-8")
        monkeypatch.chdir(tmp_path)
        test = doctest.DocTestParser().get_doctest(block, {}, name, name, 0)
        assert doctest.DocTestRunner().run(test).failed == 0

    def test_every_kind_and_field_of_the_text_exists(self):
        text = prose(README)
        part = text[text.index("**Layers**") : text.index("**Sides**")]
        words = [code.strip("`") for code in CODE.findall(part)]
        fields = {"in_channels", "in_features", "num_features"}
        assert [word for word in words if word not in fields and find(word) is None] == []
        assert all(field in find(kind).model_fields for field, kind in
                   zip(sorted(fields), ("conv2d", "linear", "batch_norm2d"), strict=True))  # fmt: skip

    @pytest.mark.parametrize("shape", ["[3, 64, 64]", "3x64x64", "{channels: 3, height: 64, width: 64}"])
    def test_the_three_ways_to_write_a_shape(self, shape):
        assert analyze(loads(spec_of("relu", shape))).inputs == (("input", (3, 64, 64)),)

    def test_one_number_is_a_list_of_features(self):
        assert analyze(loads(spec_of("relu", "7"))).layers[0].output_shape == (7,)

    @pytest.mark.parametrize("last", [1, 3, 4])
    def test_channels_that_seem_to_stand_last_are_asked_about(self, last):
        assert codes(spec_of("relu", f"[64, 64, {last}]")) == ["channels-last"]
        assert codes(spec_of("relu", "[64, 64, 2]")) == []

    def test_padding_takes_a_pair_for_each_axis_and_two_words(self):
        conv = "conv2d: {{out_channels: 1, kernel_size: 3, padding: {}}}"
        shapes = [analyze(loads(spec_of(conv.format(p)))).layers[0].output_shape
                  for p in ("[[1, 0], [2, 2]]", "same", "valid")]  # fmt: skip
        assert shapes == [(1, 8 + 1 - 3 + 1, 8 + 4 - 3 + 1), (1, 8, 8), (1, 6, 6)]

    def test_same_needs_stride_1(self):
        conv = "conv2d: {out_channels: 1, kernel_size: 3, padding: same, stride: 2}"
        assert codes(spec_of(conv)) == ["same-needs-stride-one"]

    def test_a_name_has_at_most_256_characters_and_no_colon(self):
        assert codes(spec_of(f"relu: {{name: {'a' * 256}}}")) == []
        assert codes(spec_of(f"relu: {{name: {'a' * 257}}}")) == ["not-a-name"]
        assert codes(spec_of("relu: {name: a:b}")) == ["not-a-name"]

    def test_axis_0_is_refused_and_negative_ones_count_from_the_end(self):
        assert codes(spec_of("softmax: {dim: 0}")) == ["batch-axis"]
        assert codes(spec_of("softmax: {dim: -1}")) == []

    def test_linear_on_a_map_is_refused_unless_the_features_are_written(self):
        assert codes(spec_of("linear: {out_features: 2}")) == ["forgotten-flatten"]
        assert codes(spec_of("linear: {out_features: 2, in_features: 8}")) == []

    def test_global_pooling_gives_features_or_a_map_of_size_1(self):
        assert layer("global_avg_pool", [3, 8, 8]).output_shape == (3,)
        assert layer("global_avg_pool", [3, 8, 8], keepdim=True).output_shape == (3, 1, 1)

    def test_a_merge_may_have_fields_and_paths_may_be_nested(self):
        inner = "parallel: {merge: add, paths: [[relu], []]}"
        text = spec_of(f"parallel: {{merge: {{concat: {{dim: 2}}}}, name: x, paths: [[{{{inner}}}], []]}}")
        last = analyze(loads(text)).layers[-1]
        assert (last.name, last.output_shape) == ("x", (1, 8 + 8, 8))

    @pytest.mark.parametrize(
        "line",
        [
            "params: 61706", "params: 61.7k", "params: 6.17万", "params: {min: 60000, max: 62k}", "mults: 416520",
            "params: {value: 61k, tolerance: 2%}", "rf: 16", "depth: 5", "output: [10]", "comparisons: 0",
        ],
    )  # fmt: skip
    def test_an_expectation_can_be_written_so(self, line):
        text = re.sub(r"(?m)^expect: .*", f"expect: {{{line}}}", page("specs/lenet5.yaml"))
        (judged,) = analyze(loads(text)).expectations
        assert judged.met is True

    def test_expectations_hold_for_one_image_and_the_own_input(self):
        network = load(ROOT / "specs" / "lenet5.yaml")
        assert analyze(network, batch=2).expectations == analyze(network, inputs=(1, 32, 32)).expectations == ()

    def test_an_unmet_expectation_changes_no_exit_code(self, tmp_path):
        (tmp_path / "net.yaml").write_text(spec_of("relu") + "expect: {params: 3}\n", encoding="utf-8")
        done = cnncalc("summary", "net.yaml", cwd=tmp_path)
        assert (done.returncode, "not met" in done.stdout) == (0, True)

    @pytest.mark.parametrize(
        ("value", "code"),
        [("1e1", "wrong-value"), ("3.0", "wrong-value"), ('"3"', "wrong-value"), ("true", "wrong-value"),
         ("010", "leading-zero"), ("1000000000000000", None), ("1000000000000001", "number-too-large")],
    )  # fmt: skip
    def test_numbers_are_yaml_1_2_and_strict(self, value, code):
        found = codes(spec_of(f"conv2d: {{kernel_size: 1, out_channels: {value}}}"))
        assert found[:1] == ([] if code is None else [code])

    def test_010_is_10(self):
        network = loads(spec_of("conv2d: {kernel_size: 1, out_channels: 010}"))
        assert analyze(network).layers[0].output_shape == (10, 8, 8)

    def test_yes_is_a_text(self):
        assert scalars.read_plain("yes") == ("yes", None)

    def test_aliases_work(self):
        text = spec_of("conv2d: &c {out_channels: 1, kernel_size: 3}") + "- conv2d: *c\n"
        assert [one.output_shape for one in analyze(loads(text)).layers] == [(1, 6, 6), (1, 4, 4)]

    @pytest.mark.parametrize(
        ("text", "code"),
        [
            (spec_of("relu") + "extra: 1\n", "unknown-key"),
            (spec_of("rleu"), "unknown-kind"),
            (spec_of("relu: {nothing: 1}"), "unknown-field"),
            (spec_of("relu") + "input: [1]\n", "duplicate-key"),
            (spec_of("relu: {name: a}") + "- relu: {name: a}\n", "duplicate-name"),
            (spec_of("relu: {from: b}") + "- relu: {name: b}\n", "later-source"),
            (spec_of("!a relu"), "tag-not-allowed"),
            (spec_of("relu: {<<: 1}"), "merge-key"),
            (spec_of("relu") + "---\na: 1\n", "several-documents"),
            ("input: [1, 8, 8]\nlayers:\n\t- relu\n", "tab-indentation"),
            ("input：[1, 8, 8]\nlayers: [relu]\n", "full-width-punctuation"),
            (spec_of("relu\u200b"), "invisible-character"),
            (spec_of("relu\x07"), "control-character"),
        ],
    )
    def test_what_the_text_calls_refused_is_found(self, text, code):
        assert code in codes(text)

    @pytest.mark.parametrize(
        ("foreign", "ours"),
        [("Conv2D: {filters: 3}", "conv2d"), ("conv2d: {filters: 3}", "out_channels"), ("conv2d: {步长: 3}", "stride")],
    )
    def test_names_from_elsewhere_are_understood(self, foreign, ours):
        with pytest.raises(ValueError) as caught:  # noqa: PT011
            loads(spec_of(foreign))
        assert any(ours in hint for finding in caught.value.problems for hint in finding.all_help())


class TestExitCodes:
    def test_an_error_in_the_input_is_1(self, tmp_path):
        (tmp_path / "net.yaml").write_text(spec_of("rleu"), encoding="utf-8")
        assert cnncalc("summary", "net.yaml", cwd=tmp_path).returncode == 1

    @pytest.mark.parametrize(
        "words",
        [("summary", "lenet5", "--nothing"), ("summary", "lenet5", "--columns", "x"), ("rules", "no-such-code")],
    )
    def test_wrong_usage_is_2(self, words):
        assert cnncalc(*words).returncode == 2

    def test_a_bug_is_3_in_one_line(self):
        done = process("summary", "lenet5", before="import cnncalc.engine.walk as w\nw.analyze = None")
        assert (done.returncode, len(done.stderr.splitlines())) == (3, 1)

    def test_a_file_that_cannot_be_read_or_written_is_4(self, tmp_path):
        assert cnncalc("summary", "no-such-net").returncode == 4
        assert cnncalc("summary", "lenet5", "-o", str(tmp_path / "none" / "x")).returncode == 4

    @pytest.mark.parametrize(("name", "code"), [("SIGINT", 130), ("SIGTERM", 143)])
    def test_signals(self, name, code):
        if sys.platform == "win32":
            pytest.skip("Windows has no such signals")
        before = (
            "import os, signal, cnncalc.engine.walk as w\n"
            f"w.analyze = lambda *a, **b: os.kill(os.getpid(), signal.{name})"
        )
        assert process("summary", "lenet5", before=before).returncode == code

    def test_a_reader_that_has_gone_is_141(self):
        reading, writing = os.pipe()
        os.close(reading)
        try:
            assert process("specs", stdout=writing).returncode == 141
        finally:
            os.close(writing)


class TestJSON:
    def keys(self, row):
        line = next(line for line in page(README).splitlines() if line.startswith(f"| `{row}`"))
        return {code.strip("`") for code in CODE.findall(line.split("|")[2])}

    def test_the_top_level(self):
        table = page(README).partition("## JSON")[2].partition("## ")[0]
        rows = [line.split("|")[1] for line in table.splitlines() if line.startswith("| `")]
        named = {code.strip("`") for row in rows for code in CODE.findall(row)}
        assert named == shipped("lenet5").to_dict().keys()

    def test_a_layer(self):
        assert self.keys("layers") | set(COUNTS) == shipped("lenet5").layers[0].to_dict().keys()

    def test_the_schema_version(self):
        assert shipped("lenet5").to_dict()["schema_version"] == 1

    def test_an_expectation_and_a_problem(self):
        assert self.keys("expect") == shipped("lenet5").to_dict()["expect"][0].keys()
        broken = analyze(parse({"input": [1, 2, 2], "layers": [{"linear": {"out_features": 1}}]}))
        assert self.keys("problems") == broken.to_dict()["problems"][0].keys()

    def test_a_document_comes_out_for_a_text_that_cannot_be_read(self, tmp_path):
        (tmp_path / "net.yaml").write_text("- [", encoding="utf-8")
        assert '"status": "unknown"' in cnncalc("summary", "net.yaml", "--format", "json", cwd=tmp_path).stdout

    def test_a_comparison(self):
        one = cnncalc("compare", "lenet5", "--mlp", "8", "--format", "json").stdout
        assert all(
            f'"{key}"' in one for key in ("fully_connected", "locally_connected", "convolution", "mlp", "totals")
        )


class TestWhatIsCounted:
    conv = staticmethod(lambda **more: layer("conv2d", [4, 9, 9], out_channels=6, kernel_size=3, **more))
    outputs = 6 * 7 * 7

    def test_parameters_are_weights_and_biases(self):
        assert (self.conv().weights, self.conv().biases, self.conv().parameters) == (4 * 6 * 9, 6, 4 * 6 * 9 + 6)

    def test_batch_norm(self):
        norm = layer("batch_norm2d", [5, 8, 8])
        assert (norm.weights, norm.biases, norm.buffers, norm.multiplications) == (5, 5, 2 * 5 + 1, 5 * 8 * 8)

    def test_multiplications(self):
        assert self.conv(groups=2).multiplications == self.outputs * (4 // 2) * 9
        assert layer("linear", [7], out_features=3).multiplications == 7 * 3

    def test_zeros_of_the_padding_count(self):
        assert self.conv(padding=1).multiplications == 6 * 9 * 9 * 4 * 9

    def test_additions(self):
        products = self.outputs * 4 * 9
        assert (self.conv().additions, self.conv(bias=False).additions) == (products, products - self.outputs)

    def test_macs_and_flops(self):
        assert (self.conv().macs, self.conv().flops) == (self.outputs * 36, 2 * self.outputs * 36)
        assert layer("batch_norm2d", [5, 8, 8]).macs == 0

    def test_the_other_operations(self):
        assert layer("relu", [10]).comparisons == 10
        assert layer("max_pool2d", [2, 8, 8], kernel_size=2).comparisons == 2 * 4 * 4 * (4 - 1)
        average = layer("avg_pool2d", [2, 8, 8], kernel_size=2)
        assert (average.divisions, average.additions) == (2 * 4 * 4, 2 * 4 * 4 * (4 - 1))
        soft = layer("softmax", [10])
        assert (soft.divisions, soft.transcendentals) == (10, 10)
        assert layer("tanh", [10]).transcendentals == 10

    def test_the_equivalents(self):
        found = self.conv(groups=2).connections
        assert found.fully_connected.weights == 4 * 9 * 9 * self.outputs
        assert found.locally_connected.weights == (4 // 2) * 9 * self.outputs

    def test_a_transposed_convolution(self):
        up = layer("conv_transpose2d", [4, 5, 5], out_channels=6, kernel_size=3, groups=2)
        assert up.multiplications == 4 * 5 * 5 * (6 // 2) * 9

    def test_a_receptive_field_is_not_cut_and_linear_layers_see_all(self):
        assert shipped("resnet18").receptive_field[0] > 224
        assert shipped("lenet5").layers[-1].sees_all

    def test_the_depth_of_resnet_18(self):
        assert shipped("resnet18").depth == 18

    def test_a_batch_multiplies_operations_and_no_parameters(self):
        one, eight = analyze(load(ROOT / "specs/lenet5.yaml")), analyze(load(ROOT / "specs/lenet5.yaml"), batch=8)
        assert eight.totals["macs"].value == 8 * one.totals["macs"].value
        assert eight.totals["parameters"] == one.totals["parameters"]

    def test_what_is_unknown_is_null(self):
        broken = analyze(parse({"input": [1, 2, 2], "layers": [{"linear": {"out_features": 1}}]}))
        assert broken.to_dict()["layers"][0]["parameters"] is None


class TestLinksAndPicture:
    @BOTH
    def test_every_link_leads_to_a_file(self, name):
        links = [link for link in LINK.findall(page(name)) if "://" not in link]
        assert links
        assert [link for link in links if not (ROOT / link).is_file()] == []

    @BOTH
    def test_no_link_leads_out_of_the_project(self, name):
        assert "://" not in page(name)

    @pytest.mark.parametrize("name", script("pictures").PICTURES)
    def test_a_picture_is_what_its_script_draws_and_needs_nothing_from_elsewhere(self, name):
        pictures = script("pictures")
        text = (pictures.IMAGES / name).read_text(encoding="utf-8")
        assert text == pictures.draw(pictures.PICTURES[name])
        assert re.findall(r"https?://[^\"]*|@import|url\(|<script|<image", text) == ["http://www.w3.org/2000/svg"]
        assert f"docs/images/{name}" in page(README)


def lenet(per_layer):
    """A total over LeNet-5's layers with weights, as another tool adds it up."""
    return sum(per_layer(one) for one in shipped("lenet5").layers if one.macs)


def reckoned():
    """The right side of the reckoning in LeNet-5's comment, and what its left side comes to."""
    line = next(line for line in page("specs/lenet5.yaml").splitlines() if re.match(r"#\s+61,706", line))
    left, right = line.lstrip("# ").replace(",", "").replace("−", "-").split(" = ")
    signs = re.findall(r"([-+(]?)\s*(\d+)", left.replace("- (", "-").replace(" - 1516)", " + 1516"))
    return sum(int(n) * (-1 if sign == "-" else 1) for sign, n in signs), int(right)


PROOFS = {
    "3.11": lambda: tomllib.loads(page("pyproject.toml"))["project"]["requires-python"] == ">=3.11",
    "80": lambda: stream.USUAL == 80,
    "256": lambda: expansion.LONGEST_NAME == limits.MOST_KEY == 256,
    "1.2": lambda: scalars.read_plain("no") == ("no", None) and scalars.read_plain("0o17") == (15, None),
    "10": lambda: scalars.read_plain("010")[0] == 10,
    "10¹⁵": lambda: scalars.LARGEST == 10**15,
    "8": lambda: limits.MOST_BYTES == 8 * 1024 * 1024,
    "100,000": lambda: expansion.MOST_LAYERS == 100_000,
    "1,000,000": lambda: limits.MOST_VALUES == 1_000_000,
    "64": lambda: limits.MOST_DEPTH == 64,
    "18": lambda: shipped("resnet18").depth == 18,
    "1,024": lambda: f"{61_706 * 4 / 1024:.1f} KiB" in page(README),
    "5": lambda: shipped("lenet5").name == "LeNet-5",
    "416,520": lambda: shipped("lenet5").totals["macs"].value == 416_520,
    "423,038": lambda: lenet(lambda one: one.macs + elements(one.output_shape) * bool(one.biases)) == 423_038,
    "833,040": lambda: lenet(lambda one: 2 * one.macs) == 833_040,
    "61,706": lambda: shipped("lenet5").totals["parameters"].value == 61_706,
    "60,000": lambda: reckoned() == (60_000, 60_000),
}
"""What shows each number of the prose to be true."""

SHOWN_ABOVE = {"0", "1", "2", "3", "4", "130", "141", "143"}
"""Exit codes, axes, sizes and the schema's version: their tests stand above."""

VERSIONS = {"1.8.0", "2.15.0"}
"""Releases of other tools whose totals were measured; how they come about is proved under the totals."""


@pytest.mark.parametrize("number", PROOFS)
def test_a_number_of_the_prose_is_true(number):
    assert PROOFS[number]()


@BOTH
def test_no_number_of_the_prose_goes_unproved(name):
    assert set(numbers(name)) == PROOFS.keys() | SHOWN_ABOVE | VERSIONS


def test_in_lenet_most_parameters_are_linear_and_most_multiplications_are_not():
    layers = shipped("lenet5").layers
    first = next(one for one in layers if one.kind == "linear")
    assert first.parameters * 2 > shipped("lenet5").totals["parameters"].value
    convolutions = sum(one.multiplications for one in layers if one.kind == "conv2d")
    assert convolutions * 2 > shipped("lenet5").totals["multiplications"].value


def test_every_help_under_the_problem_removes_it(ran):
    text = script("outputs").files(page(README))["mnist.yaml"].splitlines()
    shown = ran["cnncalc summary mnist.yaml"].text
    changes = re.findall(r"mnist\.yaml:(\d+) +(?:\S+ +)?(padding|input): (.+)", shown)
    assert len(changes) == 3
    for line, field, value in changes:
        lines = list(text)
        old = lines[int(line) - 1]
        lines[int(line) - 1] = f"input: {value}" if field == "input" else old.replace("}", f", {field}: {value}}}")
        assert analyze(loads("\n".join(lines))).problems == ()
        assert prod([16, 5, 5]) == 400


@pytest.mark.parametrize("kind", ["multihead_attention", "lstm", "upsample", "group_norm", "zero_pad2d"])
def test_what_the_answers_call_there_is_there(kind):
    assert find(kind) is not None
