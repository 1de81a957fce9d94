"""`cnncalc check FILE`: verdicts, problems with their places, formats, exit codes, and the answers of a class."""

import csv
import io
import json
import xml.etree.ElementTree as ElementTree

import pytest
from typer.testing import CliRunner

from cnncalc.cli.app import app
from cnncalc.cli.check import add_to

add_to(app)

QUESTIONS = """questions:
- {id: size, kind: conv2d, given: {n: 7, k: 3, p: 1, s: 2}, ask: output_size, answer: 4}
- {id: params, spec: lenet5, layer: conv2d_1, ask: parameters, answer: "6*(25+1)"}
- {id: mults, kind: linear, given: {in_features: 784, out_features: 512}, ask: multiplications, answer: 314703872}
"""


@pytest.fixture
def run(tmp_path, monkeypatch):
    monkeypatch.chdir(tmp_path)

    def checked(*arguments, files=(), stdin=None):
        for name, content in dict(files).items():
            (tmp_path / name).write_bytes(content if isinstance(content, bytes) else content.encode())
        return CliRunner().invoke(app, ["check", *arguments], input=stdin)

    return checked


SIZE_ALONE = QUESTIONS[: QUESTIONS.index("- {id: params")]


def verdicts(result):
    return {one["id"]: one for one in json.loads(result.stdout)["verdicts"]}


def test_a_file_with_a_wrong_answer(run):
    result = run("q.yaml", "-f", "json", files={"q.yaml": QUESTIONS})
    document = json.loads(result.stdout)
    assert result.exit_code == 1
    assert document["score"] == {"right": 2, "wrong": 1, "unreadable": 0, "unanswered": 0, "total": 3}
    wrong = verdicts(result)["mults"]
    assert (wrong["verdict"], wrong["expected"], wrong["given_answer"]) == ("wrong", 784 * 512, "314703872")
    assert [slip["code"] for slip in wrong["slips"]] == ["squared_inputs"]
    assert wrong["derivation"] == "784·512 = 401,408"


def test_all_right_is_exit_code_0(run):
    assert run("q.yaml", files={"q.yaml": QUESTIONS.replace("314703872", "401408")}).exit_code == 0


def test_the_lectures_questions_are_right_with_their_own_answers(run):
    result = run("lectures", "-f", "json")
    assert result.exit_code == 0
    score = json.loads(result.stdout)["score"]
    assert score["right"] == score["total"] >= 75


def test_json_and_csv_say_the_same_as_yaml(run):
    row = {"id": "size", "kind": "conv2d", "given": {"n": 7, "k": 3, "p": 1, "s": 2}, "answer": 4}
    table = "id,kind,given,ask,answer\nsize,conv2d,n=7 k=3 p=1 s=2,output_size,4\n"
    assert run("q.json", files={"q.json": json.dumps({"questions": [row]})}).exit_code == 0
    assert run("q.csv", files={"q.csv": table}).exit_code == 0
    assert run("-", stdin=QUESTIONS).exit_code == 1


def test_a_spec_is_looked_for_beside_the_file(run, tmp_path):
    (tmp_path / "deep").mkdir()
    (tmp_path / "deep" / "net.yaml").write_text(
        "input: [1, 8, 8]\nlayers:\n- conv2d: {out_channels: 2, kernel_size: 3}\n"
    )
    question = "- {spec: net.yaml, layer: conv2d_1, ask: output_shape, answer: 2x6x6}\n"
    (tmp_path / "deep" / "q.yaml").write_text(question)
    assert run("deep/q.yaml").exit_code == 0


def test_the_receptive_field_is_that_of_the_network(run):
    question = "- {spec: tinyvgg, layer: max_pool2d_2, ask: receptive_field, answer: 15}\n"
    (verdict,) = verdicts(run("q.yaml", "-f", "json", files={"q.yaml": question})).values()
    assert verdict["expected"] == 16
    assert verdict["derivation"].endswith("= 16")


def test_a_number_keeps_the_precision_that_it_states(run):
    question = "- {kind: linear, given: {in: 180000, out: 512}, ask: weights, answer: 9.2e+7}\n"
    assert run("q.yaml", files={"q.yaml": question}).exit_code == 0


HAND = [
    ("answer: 15 16 / 6 15", "right", None),
    ("answer: [[15, 16], [6, 15]]", "right", None),
    ("padding: 1, padding_value: 1, answer: 11 15 13 9 / 7 15 16 15 / 13 6 15 11 / 13 13 7 9", "right", None),
    ("padding: 1, answer: 15 16 / 6 15", "wrong", "ignored_padding"),
    ("answer: 14 13 / 10 14", "wrong", None),
    ("answer: many", "unreadable", None),
]


@pytest.mark.parametrize(("rest", "ruling", "slip"), HAND)
def test_a_calculation_by_hand(run, rest, ruling, slip):
    x, k = "1 2 3 0 / 0 1 2 3 / 3 0 1 2 / 2 3 0 1", "2 0 1 / 0 1 2 / 1 0 2"
    question = f"- {{ask: values, matrix: {x}, kernel: {k}, {rest}}}\n"
    (verdict,) = verdicts(run("q.yaml", "-f", "json", files={"q.yaml": question})).values()
    assert verdict["verdict"] == ruling
    assert slip is None or slip in [one["code"] for one in verdict["slips"]]


def test_a_kernel_turned_round_is_recognised(run):
    question = "- {ask: values, matrix: [[1, 2], [3, 4]], kernel: [[1, 0], [0, 2]], answer: 6}\n"
    (verdict,) = verdicts(run("q.yaml", "-f", "json", files={"q.yaml": question})).values()
    assert [one["code"] for one in verdict["slips"]] == ["flipped_kernel"]


@pytest.mark.parametrize(("answer", "ruling"), [("b", "right"), ("(B)", "right"), ("two", "right"), ("A", "wrong")])
def test_a_choice(run, answer, ruling):
    question = f"- {{ask: choice, options: {{A: one, B: two}}, key: B, answer: {answer}}}\n"
    (verdict,) = verdicts(run("q.yaml", "-f", "json", files={"q.yaml": question})).values()
    assert (verdict["verdict"], verdict["expected"]) == (ruling, "B")


def one(run, question):
    """The verdict on a single question."""
    (found,) = verdicts(run("q.json", "-f", "json", files={"q.json": json.dumps([question])})).values()
    return found


E = "0.0900305731 0.2447284710 0.6652409557"

DECIMALS = [
    ("softmax", [[1, 2, 3]], "0.09 0.24 0.67", "right"),
    ("softmax", [[1, 2, 3]], "0.090 0.245 0.665", "right"),
    ("softmax", [[1, 2, 3]], E, "right"),
    ("softmax", [[1, 2, 3]], "0.1 0.3 0.6", "wrong"),
    ("softmax", [[1000, 998]], "0.88 0.11", "right"),
    ("sigmoid", [[0, 1]], "0.5 0.73", "right"),
    ("sigmoid", [[0, 1]], "1/2 0.7311", "right"),
    ("sigmoid", [[0, 1]], "0.5 0.74", "wrong"),
    ("tanh", [[0, -1]], "0 -0.76", "right"),
    ("tanh", [[0, -1]], "0 0.76", "wrong"),
]


@pytest.mark.parametrize(("kind", "matrix", "answer", "ruling"), DECIMALS)
def test_decimals_are_right_when_the_stated_digits_are(run, kind, matrix, answer, ruling):
    given = {"dim": 2} if kind == "softmax" else {}
    question = {"ask": "values", "kind": kind, "matrix": matrix, "given": given, "answer": answer}
    assert one(run, question)["verdict"] == ruling


WRITTEN_OUT = [
    ("max_pool2d", "row 1, column 1: max(1, 2, 0, 1) = 2"),
    ("avg_pool2d", "row 1, column 1: (1 + 2 + 0 + 1)/4 = 1"),
]


@pytest.mark.parametrize(("kind", "said"), WRITTEN_OUT)
def test_the_windows_of_a_pooling_are_written_out(run, kind, said):
    question = {"ask": "values", "kind": kind, "kernel_size": 2, "matrix": [[1, 2], [0, 1]], "answer": "7"}
    assert one(run, question)["derivation"] == said


def test_only_the_places_that_are_wrong_are_written_out(run):
    question = {"ask": "values", "kind": "relu", "matrix": [[1, -2], [0, 1]], "answer": "1 -2 / 0 1"}
    assert one(run, question)["derivation"] == "row 1, column 2: max(0, −2) = 0"


@pytest.mark.parametrize("answer", ["4/3", "1.33", "1.34", "1.3"])
def test_a_fraction_by_hand(run, answer):
    question = {"ask": "values", "kind": "avg_pool1d", "kernel_size": 3, "matrix": [[1, 2, 1]], "answer": answer}
    assert one(run, question)["verdict"] == ("wrong" if answer == "1.34" else "right")


PROBLEMS = [
    ("- {kind: conv2d, given: {n: 7, k: 3}, ask: outputs, answer: 4}\n", "unknown-ask", 1, 44),
    ("- {given: {n: 7, k: 3}, answer: 4}\n", "missing-in-question", 1, 3),
    ("- {kind: conf2d, given: {n: 7, k: 3}, answer: 4}\n", "unknown-kind", 1, 10),
    ("- {kind: conv2d, given: {n: 7, q: 3}, answer: 4}\n", "unknown-field", 1, 32),
    ("- {kind: conv2d, given: {n: 7, k: 9}, answer: 4}\n", "kernel-exceeds-input", 1, 25),
    ("- {kind: conv2d, given: {n: 7, k: 4}, ask: padding, answer: 4}\n", "not-whole", 1, 25),
    ("- {kind: conv2d, given: {n: 7, k: 3}, answr: 4}\n", "unknown-question-key", 1, 39),
    ("- {kind: linear, given: {in: 7, out: 3}, answer: 4}\n", "ask-missing", 1, 3),
    ("- {spec: nowhere, layer: a, ask: weights, answer: 4}\n", "spec-not-found", 1, 10),
    ("- {spec: lenet5, layer: conf2d_1, ask: weights, answer: 4}\n", "no-such-layer", 1, 25),
    ("- {ask: values, matrix: [[1, 2], [3]], kernel: 1, answer: 4}\n", "wrong-in-question", 1, 25),
    ("- {ask: choice, options: {A: 1}, answer: C}\n", "wrong-in-question", 1, 42),
    ("- 7\n", "not-a-question", 1, 3),
    ("- {id: a, ask: choice, answer: A}\n- {id: a, ask: choice, answer: A}\n", "repeated-question", 2, 8),
    ("questions: 3\n", "no-questions", 1, 1),
    ("- {kind: [\n", "syntax-problem", None, None),
]


@pytest.mark.parametrize(("text", "code", "line", "column"), PROBLEMS, ids=[case[1] for case in PROBLEMS])
def test_what_is_wrong_with_a_file_is_said_with_its_place(run, text, code, line, column):
    result = run("q.yaml", "-f", "json", files={"q.yaml": text})
    assert result.exit_code == 1
    found = json.loads(result.stdout)["problems"]
    assert code in [one["code"] for one in found]
    if line is not None:
        problem = next(one for one in found if one["code"] == code)
        assert (problem["line"], problem["column"]) == (line, column)


def test_a_broken_table_has_its_place(run):
    result = run("q.csv", "-f", "json", files={"q.csv": 'id,kind\n"a,conv2d\n'})
    (problem,) = json.loads(result.stdout)["problems"]
    assert (result.exit_code, problem["code"], problem["line"]) == (1, "table-broken", 2)


CLASS = "Name,size,params,comment\nLi,4,156,good\nWang,3,150,\nZhao,1e999,,\n"


@pytest.mark.parametrize(
    "content",
    [
        CLASS.encode(),
        b"\xef\xbb\xbf" + CLASS.encode(),
        CLASS.replace(",", ";").encode(),
        CLASS.replace(",", "\t").encode(),
        CLASS.replace("\n", "\r\n").encode(),
    ],
)
def test_a_class_is_graded_however_its_table_is_written(run, content):
    result = run("q.yaml", "--answers", "a.csv", "-f", "json", files={"q.yaml": QUESTIONS, "a.csv": content})
    document = json.loads(result.stdout)
    assert result.exit_code == 1
    assert document["score"] == {"right": 2, "wrong": 2, "unreadable": 1, "unanswered": 1 + 3, "total": 3 * 3}
    assert [one["student"] for one in document["students"]] == ["Li", "Wang", "Zhao"]
    assert document["ignored_columns"] == ["comment"]
    assert document["missing_questions"] == ["mults"]
    size = document["questions"][0]
    assert (size["right"], size["slips"]) == (1, {"ignored_padding": 1})


def test_a_table_in_gb18030(run):
    table = "姓名,size\n李雷,4\n".encode("gb18030")
    files = {"q.yaml": SIZE_ALONE, "a.csv": table}
    result = run("q.yaml", "--answers", "a.csv", "--encoding", "gb18030", "-f", "json", files=files)
    assert result.exit_code == 0
    assert json.loads(result.stdout)["students"][0]["student"] == "李雷"
    refused = run("q.yaml", "--answers", "a.csv", files=files)
    assert refused.exit_code == 1
    assert "--encoding gb18030" in refused.output
    assert run("q.yaml", "--answers", "a.csv", "--encoding", "klingon").exit_code == 2
    assert run("q.yaml", "--answers", "a.csv", "--encoding", "ascii").exit_code == 1


def test_a_table_in_utf_16_is_told_so(run):
    files = {"q.yaml": SIZE_ALONE, "a.csv": "name,size\nLi,4\n".encode("utf-16")}
    refused = run("q.yaml", "--answers", "a.csv", files=files)
    assert "--encoding utf-16" in refused.output
    assert "gb18030" not in refused.output
    assert run("q.yaml", "--answers", "a.csv", "--encoding", "utf-16", files=files).exit_code == 0


def students(result):
    return [one["student"] for one in json.loads(result.stdout)["students"]]


WHO = [
    ("Timestamp,Username,q1\n2024/1/1,a@b.c,4\n", ["a@b.c"]),
    ("ID,Start time,Email,Name,q1\n1,8:00,a@b.c,Li,4\n", ["Li"]),
    ("提交时间,姓名,学号,q1\n8:00,李雷,001,4\n9:00,,002,4\n", ["李雷", "002"]),
    ("Name,Name,q1\nLi,Wang,4\n", ["Li"]),
    ("when,q1\n8:00,4\n", ["8:00"]),
    ("q1\n4\n4\n", ["1", "2"]),
]


@pytest.mark.parametrize(("table", "names"), WHO)
def test_students_are_called_by_the_column_that_says_who_they_are(run, table, names):
    files = {"q.yaml": QUESTIONS.replace("id: size", "id: q1"), "a.csv": table}
    assert students(run("q.yaml", "--answers", "a.csv", "-f", "json", files=files)) == names


def test_the_marks_of_a_form_beside_its_questions_are_no_answers(run):
    table = "Name,size. How large?,size. How large? [Score],size. How large? [Feedback]\nLi,4,0 / 1,--\n"
    result = run("q.yaml", "--answers", "a.csv", files={"q.yaml": SIZE_ALONE, "a.csv": table})
    assert result.exit_code == 0
    assert "repeated-column" not in result.output


def test_a_column_that_is_there_twice_counts_once(run):
    files = {"q.yaml": SIZE_ALONE, "a.csv": "Name,size,size\nLi,4,5\n"}
    result = run("q.yaml", "--answers", "a.csv", files=files)
    assert result.exit_code == 0
    assert "repeated-column" in result.output


@pytest.mark.parametrize("table", ["", "\n", "Name,size\n"])
def test_a_table_without_answers_cannot_be_graded(run, table):
    result = run("q.yaml", "--answers", "a.csv", files={"q.yaml": QUESTIONS, "a.csv": table})
    assert result.exit_code == 1
    assert "no-rows" in result.output


CHOICE = "- {id: size, options: {A: 3, B: 4}, key: B}\n"
HAND_MADE = "- {id: size, ask: values, matrix: [[1, 3]], kernel: [[1, 1]]}\n"


@pytest.mark.parametrize("question", [SIZE_ALONE, CHOICE, HAND_MADE])
def test_an_empty_answer_is_none_and_one_that_cannot_be_read_is_another_thing(run, question):
    answers = {"q.yaml": question, "a.csv": "Name,size\nLi,\nMei,\u3000\nHan,%\nWang,4\n"}
    document = json.loads(run("q.yaml", "--answers", "a.csv", "-f", "json", files=answers).stdout)
    assert [one["verdict"] for one in document["verdicts"]] == ["unanswered", "unanswered", "unreadable", "right"]
    assert document["score"] == {"right": 1, "wrong": 0, "unreadable": 1, "unanswered": 2, "total": 4}


def test_what_cannot_be_read_is_listed_with_student_question_and_words(run):
    files = {"q.yaml": QUESTIONS, "a.csv": "Name,size,params,mults\nLi,4,76O,401408\nWang,4,,ten\n"}
    shown = run("q.yaml", "--answers", "a.csv", files=files).stdout
    listed = shown[shown.index("2 answers cannot be read") :].splitlines()
    assert [line.split() for line in listed[4:]] == [["Li", "params", "76O"], ["Wang", "mults", "ten"]]
    assert "not answered 1 of 6 answers" in " ".join(shown.split())


def test_two_rows_with_one_name_are_said_with_their_lines(run):
    files = {"q.yaml": SIZE_ALONE, "a.csv": "Name,size\nAnn,4\nBob,4\nAnn,3\nAnn,4\n"}
    result = run("q.yaml", "--answers", "a.csv", files=files)
    assert "warning[repeated-student]: `Ann` stands in lines 2, 4, 5" in result.output
    assert "Bob`" not in result.output


MISTYPED = [("q2", "q3", True), ("params", "parms", True), ("q2", "comment", False), ("q", "x", False)]


@pytest.mark.parametrize(("question", "column", "near"), MISTYPED)
def test_a_question_without_a_column_counts_as_not_answered_and_the_column_meant_is_named(run, question, column, near):
    files = {
        "q.yaml": QUESTIONS.replace("id: params", f"id: {question}"),
        "a.csv": f"Name,size,mults,{column}\nLi,4,401408,156\nWang,4,401408,156\n",
    }
    result = run("q.yaml", "--answers", "a.csv", files=files)
    assert result.exit_code == 1
    assert f"warning[questions-without-column]: no column for {question};" in result.output
    assert (f"did you mean `{column}`?" in result.output) == near
    assert f"{2 * 2} of {2 * 3} answers right" in result.stdout
    scores = json.loads(run("q.yaml", "--answers", "a.csv", "-f", "json").stdout)["students"]
    assert [(one["right"], one["unanswered"], one["total"]) for one in scores] == [(2, 1, 3)] * 2


def test_columns_without_questions_stand_above_the_scores(run):
    shown = run("q.yaml", "--answers", "a.csv", files={"q.yaml": QUESTIONS, "a.csv": CLASS}).stdout
    assert shown.index("comment") < shown.index("ignored_padding")


@pytest.mark.parametrize("format", ["terminal", "markdown", "csv", "junit", "json"])
def test_questions_without_answers_are_not_called_wrong_nor_solved(run, format):
    question = "- {id: a, kind: linear, given: {in: 784, out: 512}, ask: weights}\n"
    result = run("q.yaml", "-f", format, files={"q.yaml": question})
    assert result.exit_code == 1
    assert "✗" not in result.stdout
    assert 'wrong"' not in result.stdout.replace('"wrong": 0', "")
    assert "401" not in result.stdout
    if format == "terminal":
        assert "1 question has no answer; give it with --answers FILE" in result.stdout


def test_each_students_slips_stand_in_a_line_of_the_report(run):
    table = "Name,size,params,mults\nLi,4,156,401408\nWang,3,x,77\n"
    shown = run("q.yaml", "--answers", "a.csv", files={"q.yaml": QUESTIONS, "a.csv": table}).stdout
    of_students = " ".join(shown[shown.index("what was done") : shown.index("have a look")].split())
    assert "Li 3/3 100 % Wang 0/3 0 % size ignored_padding, params unreadable, mults unexplained" in of_students


def test_a_table_without_any_question_cannot_be_graded(run):
    result = run("q.yaml", "--answers", "a.csv", files={"q.yaml": QUESTIONS, "a.csv": "a,b\n1,2\n"})
    assert result.exit_code == 1
    assert "no-answers-found" in result.output


def test_the_terminal_shows_questions_and_students(run):
    text = run("q.yaml", "--answers", "a.csv", files={"q.yaml": QUESTIONS, "a.csv": CLASS}).stdout
    assert "ignored_padding (once)" in text
    assert "comment" in text
    assert "Wang" in text


def test_markdown_csv_and_junit(run):
    files = {"q.yaml": QUESTIONS}
    assert "| ✗ | mults |" in run("q.yaml", "-f", "markdown", files=files).stdout
    rows = list(csv.DictReader(io.StringIO(run("q.yaml", "-f", "csv").stdout)))
    assert [row["verdict"] for row in rows] == ["right", "right", "wrong"]
    assert rows[2]["expected"] == "401408"
    suite = ElementTree.fromstring(run("q.yaml", "-f", "junit").stdout)
    assert (suite.get("tests"), suite.get("failures")) == ("3", "1")
    assert "squared_inputs" in suite.find("testcase/failure").text


def test_the_report_is_written_to_a_file(run, tmp_path):
    assert run("q.yaml", "-f", "json", "-o", "out.json", files={"q.yaml": QUESTIONS}).exit_code == 1
    assert json.loads((tmp_path / "out.json").read_text())["score"]["total"] == 3


def test_an_existing_file_wins_over_a_kind(run):
    assert run("conv2d", files={"conv2d": QUESTIONS}).exit_code == 1


@pytest.mark.parametrize(
    ("arguments", "code"),
    [
        (["nowhere.yaml"], 4),
        (["conv2d", "n=7", "k=3"], 2),
        (["q.yaml", "--answer", "3"], 2),
        (["q.yaml", "n=7"], 2),
        (["conv2d", "n=7", "k=3", "--answers", "a.csv"], 2),
        (["q.yaml", "--answers", "nowhere.csv"], 4),
        (["."], 4),
        (["conv2d", "n=7", "k=3", "--answer", "5"], 0),
        (["conv2d", "n=7", "k=3", "--answer", "６"], 1),
        (["conv2d", "n=7", "k=3", "--answer", ""], 1),
    ],
)
def test_exit_codes(run, arguments, code):
    assert run(*arguments, files={"q.yaml": QUESTIONS}).exit_code == code


@pytest.mark.parametrize("text", ["\0", "=1+1", "<b>&\x1b[31m", "'", '"x', "1,2", "٣"])
def test_hostile_answers_are_graded_and_shown_harmlessly(run, text):
    question = {"questions": [{"kind": "conv2d", "given": {"n": 7, "k": 3}, "answer": text}]}
    for format in ("terminal", "markdown", "csv", "junit", "json"):
        result = run("q.json", "-f", format, files={"q.json": json.dumps(question)})
        assert result.exit_code == 1
        assert "\x1b" not in result.output
