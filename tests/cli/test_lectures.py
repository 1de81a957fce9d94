"""Every number of the lectures through the command line: right answers, and the wrong ones that are in print."""

import json

import pytest

from tests.cli.running import run

X = "1 2 3 0 / 0 1 2 3 / 3 0 1 2 / 2 3 0 1"
Y = "1 0 3 2 3 / 0 1 2 3 0 / 2 0 1 2 3 / 3 3 0 1 2 / 0 2 3 0 1"
K = "2 0 1 / 0 1 2 / 1 0 2"

RIGHT = """
linear in=784 out=512                  | weights         | 401,408; 784*512; 401408
linear in=784 out=512                  | multiplications | 401,408; 28*28*512
linear in=180000 out=512               | weights         | 92,160,000; 300*200*3*512; 9.2e7; 9.2·10⁷; 92.16M; 9216万
linear in=180000 out=512               | multiplications | 92,160,000; 9.2*10^7
linear in=784 out=1 bias=false         | weights         | 784
linear in=784 out=1                    | multiplications | 784
linear in=784 out=512 bias=true        | parameters      | 401,920; 401408+512
linear in=512 out=512 bias=true        | parameters      | 262,656
linear in=512 out=10 bias=true         | parameters      | 5,130
linear in=512 out=512                  | multiplications | 262,144
linear in=512 out=10                   | multiplications | 5,120
conv2d 3x64x64 out=10 k=3              | fully_connected_weights         | 3*64*64*10*62*62
conv2d 3x64x64 out=10 k=3              | fully_connected_multiplications | 3*64*64*10*62*62
conv2d 3x64x64 out=10 k=3              | locally_connected_weights       | 3*3*3*10*62*62
conv2d 3x64x64 out=10 k=3              | weights                         | 3*3*3*10; 270
conv2d 3x64x64 out=10 k=3              | multiplications                 | 3*3*3*10*62*62
conv2d n=28 k=5                        | output_size | 28-5+1; 24
conv2d n=28 k=5 p=1                    | output_size | 28+2*1-5+1
conv2d n=28 k=5 p=1 s=3                | output_size | (28+2-5-1)/3+1; 9
conv2d n=19 k=3                        | padding     | 1; (3-1)/2
conv2d n=19 k=5                        | padding     | 2
conv2d n=19 k=7                        | padding     | 3
conv2d n=19 k=3 padding=same           | output_size | 19
conv2d n=20 k=3 d=4                    | receptive_field | 4*(3-1)+1; 9
conv2d 8x5x5 out=12 k=3 groups=4 bias=false | weights | 8/4*12*3*3
conv2d 3x9x9 out=20 k=5 bias=true      | parameters  | 3*20*5*5+20
conv2d 3x9x11 out=20 k=5               | output_shape | 20x5x7; (N, 20, 5, 7)
conv2d n=4 k=3                         | output_size | 2
conv2d n=4 k=3 p=1                     | output_size | 4
conv2d n=5 k=3                         | output_size | 3
conv2d n=5 k=3 s=2                     | output_size | 2
conv2d n=6 k=3                         | output_size | 4
conv2d n=7 k=3 p=1 s=2                 | output_size | 4; 4x4; (7+2*1-3)/2+1
conv2d 3x6x6 out=1 k=3                 | output_shape | 1x4x4; 4x4x1; (N, 1, 4, 4)
conv2d 3x6x6 out=1 k=3 bias=false      | weights     | 27; 3*3*3
conv2d 3x6x6 out=2 k=3                 | output_shape | 2x4x4; 4×4×2
conv2d 3x32x32 out=1 k=5 bias=false    | weights     | 75; 5*5*3
conv2d 3x32x32 out=1 k=5 bias=true     | parameters  | 76; 75+1
conv2d 3x32x32 out=20 k=5              | output_shape | 20x28x28; 28x28x20
conv2d 3x64x64 out=10 k=3              | weights     | 270; 30*9
conv2d 3x64x64 out=10 k=3              | biases      | 10
conv2d 3x4x4 out=1 k=3                 | output_shape | (N, 1, 2, 2); N×1×2×2; 1x2x2
max_pool2d n=26 k=2                    | output_size | 13; 26/2
max_pool2d n=28 k=2 s=2                | output_size | 14
max_pool2d n=55 k=3 s=2 p=1            | output_size | 28; (55+2-3)/2+1
max_pool2d 10x60x60 k=2                | output_shape | 10x30x30
max_pool2d 10x60x60 k=2                | parameters  | 0
avg_pool2d 10x60x60 k=2                | parameters  | 0
relu 6x5x5                             | parameters  | 0
softmax 10                             | parameters  | 0
flatten 2x5x5                          | output_size | 50; 5*5*2
flatten 2x5x5                          | parameters  | 0
dropout 512                            | output_shape | 512
dropout 512                            | parameters  | 0
conv2d 1x28x28 out=4 k=4 bias=false    | output_shape | 4x25x25
conv2d 1x28x28 out=4 k=4 bias=false    | weights     | 4*4*4
max_pool2d 4x25x25 k=2                 | output_shape | 4x12x12
conv2d n=19 k=5 p=2                    | output_size | 19; 19x19
flatten 1x19x19                        | output_size | 361; 19*19
conv2d 48x19x19 out=192 k=5 p=2        | output_shape | 192x19x19
conv2d 192x19x19 out=1 k=1             | output_shape | 1x19x19
"""

WRONG = """
linear in=784 out=512                  | multiplications | 314,703,872 | squared_inputs
linear in=784 out=512                  | multiplications | 784*784*512 | squared_inputs
linear in=784 out=512                  | multiplications | 3.1·10⁸     | squared_inputs
linear in=180000 out=512               | weights         | 9·10⁸       | power_of_ten
linear in=180000 out=512               | weights         | 9e8         | power_of_ten
linear in=180000 out=512               | multiplications | 1.6·10¹³    | squared_inputs
linear in=180000 out=512               | multiplications | 1.6*10^13   | squared_inputs
linear in=784 out=512 bias=true        | parameters      | 401,408     | forgot_bias
conv2d n=28 k=3 padding=valid          | output_size     | 28          | same_for_valid
conv2d n=28 k=3                        | output_size     | 28          | same_for_valid
conv2d n=28 k=3                        | padding         | 0           | valid_for_same
conv2d n=28 k=3 padding=same           | output_size     | 26          | ignored_padding
conv2d n=28 k=3                        | padding         | 2           | padding_of_both_sides
conv2d 3x64x64 out=10 k=3              | weights         | 90          | forgot_input_channels
conv2d 3x32x32 out=20 k=5              | weights         | 500         | forgot_input_channels
conv2d 3x32x32 out=20 k=5              | weights         | 75          | forgot_output_channels
conv2d 3x32x32 out=1 k=5               | weights         | 25          | forgot_input_channels
conv2d 3x64x64 out=10 k=3              | output_shape    | 30x62x62    | multiplied_channels
conv2d 3x64x64 out=10 k=3              | output_shape    | 3x62x62     | swapped_channels
conv2d 3x64x64 out=10 k=3 bias=true    | parameters      | 270         | forgot_bias
conv2d 3x64x64 out=10 k=3              | multiplications | 270         | weights_as_multiplications
conv2d n=7 k=3 p=1 s=2                 | output_size     | 3           | ignored_padding
conv2d n=7 k=3 p=1 s=2                 | output_size     | 7           | ignored_stride
conv2d n=5 k=3 s=2                     | output_size     | 1           | dropped_plus_one
conv2d n=6 k=3 s=2                     | output_size     | 2.5         | not_rounded_down
conv2d n=6 k=3 s=2                     | output_size     | 3           | rounded_up
max_pool2d n=28 k=2                    | output_size     | 27          | convolution_rule
max_pool2d n=25 k=2                    | output_size     | 12.5        | not_rounded_down
max_pool2d n=25 k=2                    | output_size     | 13          | rounded_up
conv2d n=28 k=3 s=2                    | output_size     | 14          | pooling_rule
"""

SPECS = """
mnist-mlp   |              | parameters      | 669,706; 401920+262656+5130
mnist-mlp   |              | multiplications | 668,672; 401408+262144+5120
tinyvgg     |              | parameters      | 19,920; 280+910+910+910+16910
tinyvgg     |              | multiplications | 5,608,780; 5.6M
tinyvgg     | conv2d_1     | output_size     | 62
tinyvgg     | conv2d_2     | output_size     | 60
tinyvgg     | max_pool2d_1 | output_size     | 30
tinyvgg     | conv2d_3     | output_size     | 28
tinyvgg     | conv2d_4     | output_size     | 26
tinyvgg     | max_pool2d_2 | output_size     | 13
tinyvgg     | flatten_1    | output_size     | 1690; 10*13*13
tinyvgg     | conv2d_1     | parameters      | 280
tinyvgg     | conv2d_2     | parameters      | 910
tinyvgg     | conv2d_3     | parameters      | 910
tinyvgg     | conv2d_4     | parameters      | 910
tinyvgg     | linear_1     | parameters      | 16,910
tinyvgg     | linear_1     | output_shape    | 10
filter-demo | conv2d_1     | output_shape    | 4x25x25
filter-demo | max_pool2d_1 | output_shape    | 4x12x12
alphago-policy | conv2d_1  | output_size     | 19
"""

BY_HAND = [
    ({"kind": "conv2d", "matrix": X, "kernel": K}, "15 16 / 6 15"),
    ({"kind": "conv2d", "matrix": X, "kernel": K, "padding": 1}, "7 12 10 2 / 4 15 16 10 / 10 6 15 6 / 8 10 4 3"),
    (
        {"kind": "conv2d", "matrix": X, "kernel": K, "padding": 1, "padding_value": 1},
        "11 15 13 9 / 7 15 16 15 / 13 6 15 11 / 13 13 7 9",
    ),
    ({"kind": "conv2d", "matrix": Y, "kernel": K}, "14 14 19 / 7 15 16 / 14 6 15"),
    ({"kind": "conv2d", "matrix": Y, "kernel": K, "stride": 2}, "14 19 / 14 15"),
    ({"kind": "max_pool2d", "matrix": X, "kernel_size": 2}, "2 3 / 3 2"),
    ({"kind": "avg_pool2d", "matrix": X, "kernel_size": 2}, "1 2 / 2 1"),
    ({"kind": "relu", "matrix": [[2.24]]}, "2.24"),
    ({"kind": "softmax", "matrix": [[1, 1]], "given": {"dim": 2}}, "0.5 0.5"),
]

SLIPS_BY_HAND = [
    ({"kind": "conv2d", "matrix": X, "kernel": K, "padding": 1}, "15 16 / 6 15", "ignored_padding"),
    (
        {"kind": "conv2d", "matrix": X, "kernel": K, "padding": 1, "padding_value": 1},
        "7 12 10 2 / 4 15 16 10 / 10 6 15 6 / 8 10 4 3",
        "ignored_padding_value",
    ),
    ({"kind": "conv2d", "matrix": Y, "kernel": K, "stride": 2}, "14 14 19 / 7 15 16 / 14 6 15", "ignored_stride"),
    ({"kind": "max_pool2d", "matrix": X, "kernel_size": 2}, "1 2 / 2 1", "other_pooling"),
    ({"kind": "avg_pool2d", "matrix": X, "kernel_size": 2}, "2 3 / 3 2", "other_pooling"),
]

CHOICES = {"q9": "A", "q10-local": "B", "q10-sharing": "C", "q11": "A", "q12": "B", "q13": "C", "q14": "A"}

FIRST = ["layer", "conv2d", "3x64x64", "out_channels=10", "k=3", "--detail", "why"]

ELSEWHERE = [
    (FIRST, "C_in · C_out = 3·10 = 30"),
    (FIRST, "C_in · k · k = 3·3·3 = 27"),
    (FIRST, "fully connected     472,350,720 weights"),
    (["layer", "conv2d", "3x32x32", "out_channels=20", "k=5", "--detail", "why"], "C_in · k · k = 3·5·5 = 75"),
    (["layer", "max_pool2d", "4x26x26", "k=2", "--detail", "why"], "75 %"),
    (["layer", "max_pool2d", "4x25x25", "k=2"], "row 25 and column 25 are dropped"),
    (["layer", "max_pool2d", "4x25x25", "k=2"], "25/2 = 12.5"),
    (["trace", "--example"], "15 16"),
    (["summary", "alphago-policy"], "1×19×19"),
    (["summary", "speech"], "64×33×1"),
    (["summary", "textcnn"], "100×54×1"),
    (["summary", "mnist-mlp"], "669,706"),
    (["summary", "tinyvgg"], "5,608,780"),
]


def cells(table):
    return [[cell.strip() for cell in line.split("|")] for line in table.strip().splitlines()]


def each(table):
    """A case for every answer of a row that accepts several."""
    return [(*row[:-1], answer.strip()) for row in cells(table) for answer in row[-1].split(";")]


def verdict(row):
    """What is said about the answer in a file of one question, and the exit code."""
    done = run("check", "-", "-f", "json", stdin=json.dumps({"questions": [row]}))
    (found,) = done.json["verdicts"]
    return done.code, found["verdict"], [slip["code"] for slip in found["slips"]]


@pytest.mark.parametrize(("given", "ask", "answer"), each(RIGHT))
def test_a_right_answer(given, ask, answer):
    done = run("check", *given.split(), "--ask", ask, "--answer", answer)
    assert (done.code, done.out[:3]) == (0, " ✓ "), done.out + done.err


@pytest.mark.parametrize(("given", "ask", "answer", "slip"), cells(WRONG))
def test_a_wrong_answer_and_its_slip(given, ask, answer, slip):
    done = run("check", *given.split(), "--ask", ask, "--answer", answer, "-f", "json")
    (found,) = done.json["verdicts"]
    assert (done.code, found["verdict"]) == (1, "wrong")
    assert slip in [one["code"] for one in found["slips"]]
    assert not any("together" in one for one in found["slips"])


@pytest.mark.parametrize(("spec", "layer", "ask", "answer"), each(SPECS))
def test_a_number_of_a_network(spec, layer, ask, answer):
    row = {"spec": spec, "ask": ask, "answer": answer} | ({"layer": layer} if layer else {})
    assert verdict(row) == (0, "right", [])


@pytest.mark.parametrize(("question", "answer"), BY_HAND)
def test_a_calculation_by_hand(question, answer):
    assert verdict({"ask": "values", "answer": answer} | question) == (0, "right", [])


@pytest.mark.parametrize(("question", "answer", "slip"), SLIPS_BY_HAND)
def test_a_slip_by_hand(question, answer, slip):
    code, ruling, slips = verdict({"ask": "values", "answer": answer} | question)
    assert (code, ruling) == (1, "wrong")
    assert slip in slips


@pytest.mark.parametrize("letter", ["A", "B", "C"])
def test_questions_in_words_have_one_right_choice(letter, tmp_path):
    table = tmp_path / "class.csv"
    table.write_text(f"Name,{','.join(CHOICES)}\nLi{f',{letter}' * len(CHOICES)}\n", encoding="utf-8")
    done = run("check", "lectures", "--answers", table, "-f", "json")
    rulings = {one["id"]: one["verdict"] == "right" for one in done.json["verdicts"]}
    assert rulings == {name: right == letter for name, right in CHOICES.items()}
    assert done.code == 1


@pytest.mark.parametrize(("argv", "said"), ELSEWHERE)
def test_numbers_that_other_commands_say(argv, said):
    done = run(*argv)
    assert done.code == 0
    assert said in done.out
