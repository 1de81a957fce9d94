"""`cnncalc summary`: the pages as drawn, the JSON contract, and every option."""

import csv
import json
from io import StringIO
from pathlib import Path

import pytest

from tests.cli.running import page, rows, run
from tests.cli.specs import MNIST, SMALL, SMALL_JSON, SMALL_MULTIPLICATIONS, SMALL_PARAMETERS, TWO_INPUTS

COUNTS = ["weights", "biases", "parameters", "trainable", "buffers", "multiplications", "additions", "macs", "flops"]
COUNTS += ["comparisons", "divisions", "transcendentals"]


def document(*argv, **options):
    return json.loads(run("summary", *argv, "--format", "json", **options).out)


@pytest.fixture
def net(tmp_path, monkeypatch):
    monkeypatch.chdir(tmp_path)
    (tmp_path / "net.yaml").write_text(SMALL)
    return "net.yaml"


class TestPages:
    def test_lenet5_at_80_columns(self):
        assert run("summary", "lenet5") == (0, page("lenet5"), "")

    def test_the_table_of_vgg16_fills_80_columns_exactly(self):
        assert run("summary", "vgg16").out.startswith(page("vgg16_table"))

    def test_a_broken_network_shows_what_could_be_calculated(self, tmp_path, monkeypatch):
        monkeypatch.chdir(tmp_path)
        (tmp_path / "mnist.yaml").write_text(MNIST)
        done = run("summary", "mnist.yaml")
        assert done.code == 1
        assert done.out.startswith(page("mnist_table"))
        assert done.err == page("mnist_problem")

    def test_all_problems_are_said_at_once_from_the_first_line_down(self):
        layers = ["conv2d: {out_channels: 2, kernel_size: 30}", "rellu", "conv2d: {out_channels: 2, kernel: 3}"]
        done = run("summary", "-", stdin="input: [1, 8, 8]\nlayers:\n" + "".join(f"- {layer}\n" for layer in layers))
        places = [line.split()[1] for line in done.err.splitlines() if line.lstrip().startswith("--> ")]
        lines = [place.split(":")[1] for place in places]
        assert (done.code, sorted(set(lines)), lines) == (1, ["3", "4", "5"], sorted(lines))

    def test_rows_that_fit_into_80_columns_are_not_shortened(self):
        out = run("summary", "resnet18").out
        for row in [" batch_norm2d_1 + relu ", " layer1.0.add_1 + relu ← max_pool2d_1 "]:
            assert f"\n{row}" in out
        assert "  1,814,073,344 of the multiplications; the rest is batch norm\n" in out

    def test_several_sources_are_counted_where_their_names_do_not_fit(self):
        assert "\n concat_1 +1 ← 3 layers " in run("summary", "textcnn").out

    def test_several_sources_are_named_where_there_is_room(self):
        out = run("summary", "textcnn", COLUMNS="160").out
        assert "\n concat_1 + dropout ← global_max_pool_1, global_max_pool_2 " in out

    @pytest.mark.parametrize("net", ["lenet5", "vgg16", "resnet18", "textcnn", "alphago-policy", "speech"])
    @pytest.mark.parametrize("width", [80, 100, 140])
    def test_no_line_is_wider_than_the_terminal(self, net, width):
        assert max(map(len, run("summary", net, COLUMNS=str(width)).out.splitlines())) <= width

    @pytest.mark.parametrize("width", ["20", "60", "200"])
    def test_no_width_loses_a_number(self, width):
        out = run("summary", "lenet5", COLUMNS=width).out
        for number in ["156", "117,600", "48,120", "61,706", "416,520"]:
            assert number in out


class TestJson:
    def test_tinyvgg_as_promised(self):
        found = document("tinyvgg")
        assert {name: found[name] for name in ("schema_version", "name", "batch", "inputs", "outputs", "status")} == {
            "schema_version": 1,
            "name": "TinyVGG",
            "batch": 1,
            "inputs": [[3, 64, 64]],
            "outputs": [[10]],
            "status": "complete",
        }
        first = found["layers"][0]
        assert isinstance(first.pop("name"), str)
        assert isinstance(first.pop("inputs")[0], str)
        assert set(first.pop("place")) >= {"line", "column"}
        assert first == {
            "kind": "conv2d",
            "input_shapes": [[3, 64, 64]],
            "output_shapes": [[10, 62, 62]],
            "weights": 270,
            "biases": 10,
            "parameters": 280,
            "trainable": 280,
            "buffers": 0,
            "multiplications": 1037880,
            "additions": 1037880,
            "macs": 1037880,
            "flops": 2075760,
            "comparisons": 0,
            "divisions": 0,
            "transcendentals": 0,
            "receptive_field": [3, 3],
            "jump": [1, 1],
            "status": "complete",
        }
        promised = {"weights": 19870, "biases": 50, "parameters": 19920, "trainable": 19920, "buffers": 0}
        promised |= {"multiplications": 5608780, "additions": 5608789, "macs": 5608780, "flops": 11217569}
        assert {name: found["totals"][name] for name in promised} == promised
        assert list(found["totals"]) == COUNTS
        assert found["problems"] == []

    def test_a_problem_has_a_code_a_place_and_a_layer(self):
        found = document("-", stdin=MNIST)
        (problem,) = found["problems"]
        assert (problem["code"], problem["severity"]) == ("in-features-mismatch", "error")
        assert (problem["line"], problem["column"], problem["layer"]) == (11, 25, "linear_1")
        assert problem["message"] == "in_features is 400, but flatten_1 gives 256 values"
        assert {"hint", "file"} <= set(problem)

    def test_what_is_unknown_is_null_and_totals_are_lower_bounds(self):
        found = document("-", stdin=MNIST)
        last = found["layers"][-1]
        assert (last["parameters"], last["output_shapes"], last["status"]) == (None, [None], "unknown")
        assert (found["status"], found["totals"]["parameters"]) == ("lower_bound", 2572)

    @pytest.mark.parametrize("text", ["", "# nothing\n", "layers: [", "a: &x [*x]", "\0"])
    def test_a_document_comes_out_of_a_text_that_cannot_be_read(self, text):
        done = run("summary", "-", "--format", "json", stdin=text)
        found = json.loads(done.out)
        assert (done.code, found["layers"], found["status"]) == (1, [], "unknown")
        assert found["problems"]

    def test_several_networks_are_a_list(self):
        found = document("lenet5", "tinyvgg")
        assert [one["totals"]["parameters"] for one in found["networks"]] == [61706, 19920]

    def test_batch_multiplies_operations_and_neither_shapes_nor_parameters(self):
        found = document("tinyvgg", "--batch", 8)
        assert found["batch"] == 8
        assert found["outputs"] == [[10]]
        assert found["totals"]["parameters"] == 19920
        assert found["totals"]["multiplications"] == 8 * 5608780


class TestOtherFormats:
    def test_csv_has_a_row_for_every_layer_under_the_json_names(self):
        table = list(csv.DictReader(StringIO(run("summary", "lenet5", "--format", "csv").out)))
        assert list(table[0])[:17] == ["name", "kind", "inputs", "input_shapes", "output_shapes", *COUNTS]
        assert len(table) == 12
        first = table[0]
        assert [first[name] for name in ("name", "kind", "input_shapes", "output_shapes", "parameters")] == [
            "conv2d_1",
            "conv2d",
            "1×28×28",
            "6×28×28",
            "156",
        ]
        assert sum(int(row["multiplications"]) for row in table) == 416_520

    def test_csv_leaves_the_problems_to_standard_error(self, net):
        (Path(net)).write_text(MNIST)
        done = run("summary", net, "--format", "csv")
        assert (done.code, done.out.startswith("name,kind,")) == (1, True)
        assert "error[in-features-mismatch]" in done.err

    @pytest.mark.parametrize("format", ["json", "csv", "terminal"])
    def test_an_unknown_column_is_refused_in_every_format(self, format):
        done = run("summary", "lenet5", "--columns", "nope", "--format", format)
        assert (done.code, done.out, "no column is called nope" in done.err) == (2, "", True)

    def test_csv_of_several_networks_is_a_line_each(self):
        table = list(csv.DictReader(StringIO(run("summary", "lenet5", "tinyvgg", "--format", "csv").out)))
        assert [(row["name"], row["parameters"]) for row in table] == [("LeNet-5", "61706"), ("TinyVGG", "19920")]

    def test_markdown_is_a_table_with_the_same_numbers(self):
        lines = [line for line in run("summary", "lenet5", "--format", "markdown").out.splitlines() if "|" in line]
        cells = [[cell.strip() for cell in line.strip("|").split("|")] for line in lines]
        assert len({len(row) for row in cells}) == 1
        assert set("".join(cells[1])) <= set("-: ")
        first = next(row for row in cells if row[0] == "conv2d_1 + tanh")
        assert {"5", "2", "6×28×28", "156", "117,600"} <= set(first)
        assert {"**61,706**", "**416,520**"} <= set(cells[-1])

    def test_latex_is_a_tabular_with_the_same_numbers(self):
        lines = run("summary", "lenet5", "--format", "latex").out.splitlines()
        table = lines[lines.index(next(line for line in lines if "begin{tabular}" in line)) :]
        table = table[1 : table.index(r"\end{tabular}")]
        assert len({line.count(" & ") for line in table if line != r"\hline"}) == 1
        assert any(line.startswith(r"conv2d\_1 + tanh & 5 & 1 & 2 & 6$\times$28$\times$28") for line in table)
        assert r"\textbf{61,706}" in table[-1]


class TestOptions:
    def test_columns_by_json_name_and_short_word(self):
        heads = rows(run("summary", "lenet5", "--columns", "k,s,output,params,additions,rf").out)[2]
        assert heads == ["layer", "k", "s", "output", "parameters", "additions", "RF"]

    def test_a_column_by_every_json_name_of_a_layer(self):
        for name in document("lenet5")["layers"][0]:
            assert run("summary", "lenet5", "--columns", name).code == 0, name

    def test_the_name_is_always_there_and_asked_for_it_comes_once(self):
        heads = rows(run("summary", "lenet5", "--columns", "name,kind,inputs,output_shapes,status").out)
        assert heads[2] == ["layer", "kind", "inputs", "output", "status"]
        assert heads[5] == ["conv2d_1", "+", "tanh", "conv2d", "input", "6×28×28", "complete"]
        assert "conv2d_1" in run("summary", "lenet5", "--columns", "name").out

    @pytest.mark.parametrize("columns", ["", "k,,s", " "])
    def test_an_empty_word_is_no_column(self, columns):
        done = run("summary", "lenet5", "--columns", columns, COLUMNS="200")
        assert (done.code, done.out) == (2, "")
        assert "a column has an empty name" in done.err

    def test_every_layer_has_a_row_with_all_rows(self):
        folded, unfolded = (run("summary", "lenet5", *option).out for option in ([], ["--all-rows"]))
        assert "\n tanh_1 " not in folded
        assert "\n tanh_1 " in unfolded
        assert unfolded.count("\n") == folded.count("\n") + 4

    def test_batch_is_named_in_the_heading(self):
        out = run("summary", "lenet5", "--batch", 8).out
        assert out.splitlines()[0].endswith("8 images, forward pass")
        assert f"{8 * 416_520:,}" in out

    def test_another_input(self, net):
        assert run("summary", net, "--input", "3x128x128").out.startswith(" small · 3×128×128 → 10 ")

    def test_an_input_by_its_name(self):
        done = run("summary", "-", "--input", "left=1x9x9", "--input", "right=1×9×9", stdin=TWO_INPUTS)
        assert done.out.startswith(" two · 1×9×9, 1×9×9 → 2×7×7 ")

    @pytest.mark.parametrize(
        ("dtype", "size"), [("float32", "241.0 KiB"), ("float16", "120.5 KiB"), ("int8", "60.3 KiB")]
    )
    def test_dtype(self, dtype, size):
        assert f"{size} as {dtype}" in run("summary", "lenet5", "--dtype", dtype).out

    @pytest.mark.parametrize(("units", "parameters", "macs"), [("si", "61.7 k", "417 k"), ("zh", "6.17 万", "41.7 万")])
    def test_units(self, units, parameters, macs):
        out = run("summary", "lenet5", "--units", units).out
        total = next(line for line in out.splitlines() if line.startswith(" total"))
        assert parameters in total
        assert macs in total

    def test_several_networks_are_a_line_each(self):
        found = [row for row in rows(run("summary", "lenet5", "vgg16").out) if row]
        assert [row[0] for row in found[2:]] == ["LeNet-5", "VGG-16"]
        assert found[2][-3:] == ["61,706", "416,520", "416,520"]

    def test_ascii_signs_only(self):
        assert run("summary", "lenet5", "--ascii").out.isascii()

    def test_written_to_a_file_it_is_the_same_page(self, tmp_path):
        target = tmp_path / "page.txt"
        assert run("summary", "lenet5", "-o", target) == (0, "", "")
        assert target.read_text(encoding="utf-8") == page("lenet5")

    @pytest.mark.parametrize(
        "argv",
        [
            ["--columns", "outpt"],
            ["--dtype", "float31"],
            ["--input", "3y"],
            ["--input", "nowhere=3x8x8"],
            ["--batch", "0"],
            ["--units", "miles"],
            ["--format", "pdf"],
            ["--nonsense"],
        ],
    )
    def test_a_wrong_option_is_a_usage_error(self, argv):
        done = run("summary", "lenet5", *argv)
        assert (done.code, done.out) == (2, "")
        assert argv[0] in done.err


class TestWhatNetMeans:
    @pytest.mark.parametrize(("name", "text"), [("net.yaml", SMALL), ("net.yml", SMALL), ("net.json", SMALL_JSON)])
    def test_a_file(self, tmp_path, name, text):
        (tmp_path / name).write_text(text)
        totals = document(tmp_path / name)["totals"]
        assert (totals["parameters"], totals["multiplications"]) == (SMALL_PARAMETERS, SMALL_MULTIPLICATIONS)

    def test_standard_input(self):
        assert document("-", stdin=SMALL)["totals"]["parameters"] == SMALL_PARAMETERS

    def test_a_directory_stands_for_the_specs_in_it(self, tmp_path):
        for name in ["b.yaml", "a.json", "notes.txt"]:
            (tmp_path / name).write_text((SMALL_JSON if name.endswith("json") else SMALL).replace("small", name[0]))
        assert [one["name"] for one in document(tmp_path)["networks"]] == ["a", "b"]

    def test_a_shipped_name_from_anywhere(self, tmp_path, monkeypatch):
        monkeypatch.chdir(tmp_path)
        assert run("summary", "lenet5").out == page("lenet5")

    def test_a_file_wins_over_a_shipped_name(self, tmp_path, monkeypatch):
        monkeypatch.chdir(tmp_path)
        (tmp_path / "lenet5").write_text(SMALL)
        assert document("lenet5")["name"] == "small"


class TestClosingLine:
    def test_marks_are_explained_where_there_are_some(self):
        assert run("summary", "-", stdin=MNIST).err.endswith("? follows from it, ≥ leaves it out.\n")

    def test_marks_are_not_explained_where_there_are_none(self):
        for end in ["expect: {foo: 3}\n", "outputs: [nowhere]\n", "input: [3, 8, 8]\n"]:
            done = run("summary", "-", stdin=SMALL + end)
            assert done.code == 1
            assert done.err.endswith("1 error in <stdin>.\n")

    def test_the_footer_keeps_its_lines(self):
        sound, broken = (run("summary", "-", stdin=SMALL + end).out for end in ["", "expect: {foo: 3}\n"])
        assert broken == sound


def test_another_input_with_its_channels_last_is_noted():
    done = run("summary", "vgg11", "--input", "64x64x3")
    assert "note[channels-last]: read as 64 channels of 64×3; meant 3x64x64?" in done.err
    assert "channels-last" not in run("summary", "vgg11", "--input", "3x64x64").err
