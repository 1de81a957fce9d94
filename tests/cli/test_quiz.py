"""`cnncalc quiz`: a session over a pipe and on a terminal, files that check themselves, and refusals."""

import json
import os
import pty
import re
import select
import subprocess
import sys
import time

import pytest

from cnncalc.teach.practice.quiz import quiz
from tests.cli.running import environment, process, rows, run

THREE = ("quiz", "--topic", "output-size", "--seed", "12", "--questions", "3")
FIRST, SECOND, THIRD = quiz(["output-size"], 1, 3, 12).questions
RIGHT = [FIRST.answer, SECOND.answer, THIRD.answer]
SLIPS = [{wrong.code: wrong.written for wrong in one.wrong} for one in (FIRST, SECOND, THIRD)]
FORGOT = [slips["dropped_plus_one"] for slips in SLIPS]


def typed(*answers):
    return run(*THREE, stdin="".join(f"{answer}\n" for answer in answers))


@pytest.mark.parametrize(
    ("written", "topics"),
    [
        ("池化", ["pooling"]),
        ("池化，感受野", ["pooling", "receptive-field"]),
        ("填充、手算", ["padding", "by-hand"]),
        ("参数量", ["parameters"]),
        ("Receptive_Field", ["receptive-field"]),
        ("全连接,fully-connected", ["fully-connected"]),
    ],
)
def test_a_topic_may_be_named_in_chinese(written, topics):
    chinese = run("quiz", "--topic", written, "--seed", "5", "--questions", "4", "--export", "-", "--format", "json")
    english = [word for topic in topics for word in ("--topic", topic)]
    assert chinese.code == 0
    assert chinese.out == run("quiz", *english, "--seed", "5", "-n", "4", "--export", "-", "--format", "json").out


def test_the_topics_are_listed_under_either_word():
    assert run("quiz", "--topic", "列表").out == run("quiz", "--topic", "list").out


def test_an_unknown_chinese_topic_is_near_to_others():
    done = run("quiz", "--topic", "感受视野")
    assert done.code == 2
    assert "感受野" in done.err


def test_all_right():
    done = typed(RIGHT[0], f"{RIGHT[1]}+7-7", RIGHT[2])
    assert (done.code, done.err) == (0, "")
    assert done.out.count("✓ output size is") == 3
    assert "3 of 3 answers right" in done.out
    assert "to revise" not in done.out


def test_a_wrong_answer_is_traced_to_its_slip_and_comes_back_in_the_score():
    done = typed(FORGOT[0], FORGOT[1], RIGHT[2])
    assert "The + 1 was forgotten: the first window counts too (dropped_plus_one)." in done.out
    assert "1 of 3 answers right" in done.out
    assert "output size of a convolution: 2 of 3 wrong" in done.out
    assert "slips: dropped_plus_one (2×)" in done.out


def test_hints_come_one_after_the_other_and_cost_nothing():
    done = typed("?", "h", "?", *RIGHT)
    shown = [" ".join(row) for row in rows(done.out)]
    first, second = (shown.index(f"hint {number} {FIRST.hints[number - 1]}") for number in (1, 2))
    assert first < second
    assert "There is no further hint; s skips the question." in done.out
    assert "3 of 3 answers right" in done.out


def test_what_cannot_be_read_is_asked_again():
    done = typed("six", "", RIGHT[0], "q")
    assert "that cannot be read; a number is asked for" in done.out
    assert "1 of 1 answer right" in done.out


def test_a_skipped_question_is_solved_and_counts_neither_way():
    done = typed("s", *RIGHT[1:])
    assert f"skipped; the answer is {RIGHT[0]}" in done.out
    assert "2 of 2 answers right" in done.out
    assert "1 skipped" in done.out


@pytest.mark.parametrize("end", [["q"], ["QUIT"], []])
def test_the_score_so_far_when_it_ends_early(end):
    done = typed(RIGHT[0], *end)
    assert done.code == 0
    assert "1 of 1 answer right" in done.out


def test_without_any_input_there_is_a_score_too():
    done = process(*THREE)
    assert done.returncode == 0
    assert b"nothing answered" in done.stdout
    assert done.stderr == b""


def test_the_last_line_names_the_command_that_asks_the_same_again():
    done = run("quiz", "-t", "padding", "-t", "shapes", "-n", "2", "-l", "2", "--seed", "3", stdin="")
    again = done.out.split("once more")[1].split()
    assert again == [
        "cnncalc",
        "quiz",
        "--topic",
        "padding",
        "--topic",
        "shapes",
        "--level",
        "2",
        "--questions",
        "2",
        "--seed",
        "3",
    ]
    assert run(*again[1:], stdin="").out == done.out


def test_a_seed_nobody_gave_is_said():
    done = run("quiz", "-n", "1", stdin="")
    seed = done.out.splitlines()[0].split("seed ")[1]
    assert done.out.rstrip().endswith(f"--seed {seed}")


def test_topics_may_stand_in_one_word():
    several = run("quiz", "-t", "padding", "-t", "shapes", "--seed", "3", stdin="").out
    assert run("quiz", "-t", "padding,shapes", "--seed", "3", stdin="").out == several


def test_hostile_answers_do_nothing():
    lines = b"\xff\xfe\n" + b"9" * 100_000 + b"\n\x1b[2J\x00\n9**9**9**9\n" + RIGHT[0].encode() + b"\n"
    done = process(*THREE, stdin=lines)
    assert (done.returncode, done.stderr) == (0, b"")
    assert b"\x1b" not in done.stdout
    assert f"✓ output size is {RIGHT[0]}".encode() in done.stdout


def test_signs_are_exchanged_for_a_weak_stream():
    done = process(*THREE, stdin=b"?\n4\n", PYTHONIOENCODING="ascii")
    assert done.returncode == 0
    assert done.stdout.isascii()
    assert b"floor((n + 2p - k)/s) + 1" in done.stdout
    assert b"\\u" not in done.stdout


def test_a_reader_that_leaves_is_no_fault():
    line = [sys.executable, "-m", "cnncalc", *THREE]
    pipes = dict.fromkeys(("stdin", "stdout", "stderr"), subprocess.PIPE)
    with subprocess.Popen(line, **pipes, env=environment()) as one:
        one.stdout.close()
        one.stdin.close()
        assert b"Traceback" not in one.stderr.read()
        assert one.wait(60) in (0, 141)


def on_a_terminal(*keys):
    """Type at a terminal of its own; what was shown, and the exit code."""
    own, other = pty.openpty()
    line = [sys.executable, "-m", "cnncalc", *THREE]
    one = subprocess.Popen(
        line,
        stdin=other,
        stdout=other,
        stderr=other,
        env=environment(NO_COLOR="1"),
        start_new_session=True,
        preexec_fn=lambda: __import__("fcntl").ioctl(0, __import__("termios").TIOCSCTTY, 0),
    )
    os.close(other)
    shown = b""
    for key in keys:
        shown += until_prompt(own)
        os.write(own, key)
    end = time.monotonic() + 30
    while one.poll() is None and time.monotonic() < end:
        shown += some(own)
    shown += some(own)
    os.close(own)
    return shown.decode(), one.wait(5)


def some(own):
    if not select.select([own], [], [], 0.2)[0]:
        return b""
    try:
        return os.read(own, 65536)
    except OSError:  # the other end is closed
        return b""


def until_prompt(own):
    shown, end = b"", time.monotonic() + 30
    while not shown.endswith(b" > ") and time.monotonic() < end:
        shown += some(own)
    return shown


@pytest.mark.parametrize("last", [b"\x04", b"\x03", b"q\n"], ids=["ctrl-d", "ctrl-c", "q"])
def test_on_a_terminal_with_a_wrong_answer_and_a_hint(last):
    shown, code = on_a_terminal(b"?\n", f"{FORGOT[0]}\n".encode(), last)
    assert code == 0
    assert f"hint 1   {FIRST.hints[0]}" in shown
    assert "dropped_plus_one" in shown
    assert "0 of 1 answer right" in shown
    assert "Traceback" not in shown
    assert "Aborted" not in shown


def test_an_exported_quiz_checked_with_its_own_answers_is_all_right(tmp_path):
    for level in (1, 2, 3):
        file = tmp_path / f"{level}.json"
        assert run("quiz", "--seed", level, "-l", level, "-n", "30", "--export", file).code == 0
        done = run("check", file, "-f", "json")
        assert done.code == 0
        assert done.json["score"] == {"right": 30, "wrong": 0, "unreadable": 0, "unanswered": 0, "total": 30}


def test_a_class_that_answers_with_letters_is_graded_with_its_slips(tmp_path):
    sheet, key, answers = tmp_path / "sheet.json", tmp_path / "key.json", tmp_path / "class.csv"
    assert run(*THREE, "--export", sheet, "--key", key).code == 0
    assert "answers" not in json.loads(sheet.read_text())
    document = json.loads(key.read_text())
    first = document["questions"][0]
    letter = next(letter for letter, text in first["options"].items() if text == FORGOT[0])
    answers.write_text(f"student,{first['id']}\nLi,{letter}\nWu,{RIGHT[0]}\n")
    done = run("check", key, "--answers", answers, "-f", "json")
    assert [one["verdict"] for one in done.json["verdicts"]] == ["wrong", "right"]
    assert [slip["code"] for slip in done.json["verdicts"][0]["slips"]] == ["dropped_plus_one"]


def test_the_answers_of_a_worksheet_stand_at_its_end_or_apart(tmp_path):
    whole, sheet, key = tmp_path / "whole.md", tmp_path / "sheet.md", tmp_path / "key.md"
    run(*THREE, "--export", whole)
    run(*THREE, "--export", sheet, "--key", key)
    assert whole.read_text().split("## Answers")[0].strip() == sheet.read_text().strip()
    assert "dropped_plus_one" not in sheet.read_text()
    assert "dropped_plus_one" in key.read_text()
    assert "Answers" not in sheet.read_text()


def test_the_answers_are_numbered_like_the_questions(tmp_path):
    sheet, key = tmp_path / "sheet.md", tmp_path / "key.md"
    run(*THREE, "--export", sheet, "--key", key)
    numbers = [re.findall("^## ([0-9]+)$", file.read_text(), re.MULTILINE) for file in (sheet, key)]
    assert numbers == [["1", "2", "3"]] * 2


@pytest.mark.parametrize("ending", ["md", "json", "gift", "txt", "xml", "tsv"])
def test_the_same_seed_gives_the_same_bytes_in_any_process(tmp_path, ending):
    written = []
    for hashes in ("1", "2"):
        file = tmp_path / f"{hashes}.{ending}"
        done = process("quiz", "--seed", "5", "-l", "3", "-n", "20", "--export", file, PYTHONHASHSEED=hashes)
        assert (done.returncode, done.stdout, done.stderr) == (0, b"", b"")
        written.append(file.read_bytes())
    assert written[0] == written[1]


def test_an_export_can_be_shown_and_names_the_seed_it_chose():
    done = run("quiz", "-n", "1", "--export", "-", "--format", "gift")
    seed = done.err.split("seed of this quiz is ")[1].strip()
    assert f"[tag:seed-{seed}]" in done.out


def test_fewer_questions_than_were_asked_for_are_said():
    done = run("quiz", "-t", "concepts", "-n", "500", "--seed", "1", "--export", "-", "-f", "tsv")
    count = sum(not line.startswith("#") for line in done.out.splitlines())
    assert f"there are {count} different questions on this, no more" in done.err


def test_the_topics_are_listed():
    done = run("quiz", "--topic", "list")
    assert done.code == 0
    assert "receptive-field" in done.out
    assert "…" not in done.out


REFUSED = [
    (["--questions", "0"], "less than 1"),
    (["--questions", "-1"], "less than 1"),
    (["--questions", "1000000000"], "the most that is allowed"),
    (["--level", "0"], "less than"),
    (["--seed", "-1"], "less than 0"),
    (["--topic", "poolng"], "did you mean `pooling`?"),
    (["--topic", "output_sise"], "did you mean `output-size`?"),
    (["--topic", "\x1b[2J"], "is no topic"),
    (["--export", "quiz"], "does not say in which format"),
    (["--export", ""], "does not say in which format"),
    (["--export", "q.md", "--format", "anky"], "did you mean `anki`?"),
    (["--export", "q.md", "--key", "q.md"], "a file of their own"),
    (["--export", "q.gift", "--key", "k.gift"], "stand beside the questions"),
    (["--key", "k.md"], "belongs to --export"),
    (["--format", "md"], "belongs to --export"),
]


@pytest.mark.parametrize(
    ("argv", "said"), REFUSED, ids=lambda value: " ".join(value) if isinstance(value, list) else ""
)
def test_what_is_refused(argv, said, tmp_path, monkeypatch):
    monkeypatch.chdir(tmp_path)
    done = run("quiz", *argv)
    assert done.code == 2
    assert said in " ".join(done.err.replace("│", " ").split())
    assert "\x1b" not in done.err
    assert list(tmp_path.iterdir()) == []


def test_a_file_that_cannot_be_written(tmp_path):
    (tmp_path / "folder.md").mkdir()
    for file in (tmp_path / "folder.md", tmp_path / "none" / "q.md"):
        done = run("quiz", "--seed", "1", "--export", file)
        assert done.code == 4
        assert str(file) in done.err
