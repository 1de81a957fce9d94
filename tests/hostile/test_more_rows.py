"""Rows that are no text of a spec: files that are no files, `--set`, questions, surroundings, many files, writers."""

import os
import subprocess
import sys
import threading

import pytest
import yaml

from cnncalc.spec.read import decode, parse_text
from tests.cli.running import environment, process, run
from tests.cli.specs import SMALL
from tests.hostile import rows
from tests.hostile.bounded import MEBIBYTE, bounded

WORDS = "".join(chr(97 + n % 26) for n in range(40))


def poured(path, data, times=1):
    """Write into a pipe, from a thread of its own, until all is written or nobody reads any more."""
    os.mkfifo(path)

    def pour():
        try:
            with open(path, "wb") as pipe:
                for _ in range(times):
                    pipe.write(data)
        except BrokenPipeError:
            pass

    thread = threading.Thread(target=pour, daemon=True)
    thread.start()
    return thread


def test_16_an_endless_file():
    done = bounded("summary", "/dev/zero")
    assert (done.code, "error[too-large]" in done.err) == (1, True)


def test_16_an_endless_pipe(tmp_path):
    poured(tmp_path / "pipe.yaml", b" " * MEBIBYTE, 1000)
    done = bounded("summary", tmp_path / "pipe.yaml")
    assert (done.code, "error[too-large]" in done.err) == (1, True)


def test_16_an_endless_standard_input():
    script = f"head -c 1000000000 /dev/zero | {sys.executable} -m cnncalc summary -"
    done = subprocess.run(["sh", "-c", script], env=environment(), capture_output=True, timeout=60)
    assert (done.returncode, done.stderr.startswith(b"error[too-large]")) == (1, True)


def test_17_a_zero_byte_in_a_path():
    done = run("summary", "a\0b.yaml")
    assert (done.code, done.out) == (4, "")
    assert done.err.startswith("cnncalc: ")
    assert "\0" not in done.err


def test_18_a_file_is_read_once(tmp_path):
    # What has been read from a pipe cannot be read again: not for the problem, not for the lines shown with it.
    poured(tmp_path / "pipe.yaml", f"{rows.HEAD}- conv2d: {{out_channels: 2, kernel_size: 9}}\n".encode())
    done = bounded("summary", tmp_path / "pipe.yaml")
    assert (done.code, "error[kernel-exceeds-input]" in done.err) == (1, True)
    assert "- conv2d: {out_channels: 2, kernel_size: 9}" in done.err


def test_46_as_many_values_as_fit_into_a_file():
    done = bounded("summary", "-", stdin="[" + "1," * 4_000_000 + "]", seconds=6, mebibytes=400)
    assert (done.code, "error[too-many-values]" in done.err) == (1, True)


def test_47_ten_thousand_problems():
    text = f"{rows.HEAD}" + "- conv2d: {out_channels: 0, kernel_size: 1}\n" * 12_000
    done = bounded("summary", "-", stdin=text, seconds=6, mebibytes=150)
    assert done.err.count("error[") == 100
    assert "and 9,901 more that are not shown" in done.err  # the last one says that there are others
    found = bounded("summary", "-", "--format", "json", stdin=text, seconds=8, mebibytes=250).problems
    assert len(found) == 10_001
    assert found[-1]["code"] == "too-many-problems"


PARSED = {name: data for name, data, *_rest in rows.BYTES + rows.YAML + rows.MEANING if name != "16-too-long"}


@pytest.mark.parametrize("name", PARSED)
def test_48_both_parsers_of_pyyaml_give_the_same_verdicts(name, monkeypatch):
    data = PARSED[name] if isinstance(PARSED[name], bytes) else PARSED[name].encode()

    def verdict():
        source, findings = decode(data, "t.yaml")
        value, found = (None, []) if source is None else parse_text(source)
        return value, [(one.code, one.place, one.problem.message()) for one in (*findings, *found)]

    swift = verdict()
    monkeypatch.setattr(yaml, "__with_libyaml__", False)
    assert verdict() == swift


@pytest.mark.parametrize(("ending", "text"), [("yaml", '{"input": [1, 4, 4], "layers": ["relu"]}'), ("json", SMALL)])
def test_56_a_spec_under_the_other_name(tmp_path, ending, text):
    file = tmp_path / f"net.{ending}"
    file.write_text(text)
    done = bounded("summary", file)
    if ending == "yaml":  # JSON is YAML
        assert (done.code, done.err) == (0, "")
    else:
        assert (done.code, "net.json:1:1" in done.err) == (1, True)


def test_59_ten_thousand_names_that_nearly_fit():
    names = "".join(f"- relu: {{name: {WORDS}{n:05}}}\n" for n in range(5_000))
    wrong = "".join(f"- relu: {{from: {WORDS}x{n:04}}}\n" for n in range(5_000))
    done = bounded("summary", "-", stdin=rows.HEAD + names + wrong, seconds=6, mebibytes=200)
    assert (done.code, "error[unknown-source]" in done.err) == (1, True)


@pytest.mark.parametrize(
    "text",
    ['[budgets."*.yaml"]\nparams = -5', '[budgets."*.yaml"]\nparams = {max = "-3k"}', "[budgets", "\x00", "a = " * 900,
     '[budgets."*.yaml"]\nparams = {max = 9e999}', "budgets = 3", "x = " + "[" * 3000],
)  # fmt: skip
def test_68_a_budget_that_is_none(tmp_path, text):
    (tmp_path / "net.yaml").write_text(SMALL)
    (tmp_path / "cnncalc.toml").write_text(text)
    assert bounded("validate", "net.yaml", cwd=tmp_path).code == 2


ANSWERS = {
    "": 1, " ": 1, "nan": 1, "inf": 1, "1e999": 1, "-0": 1, "１２": 1, "12 345": 1, "0x10": 1, "1/0": 1, "9" * 5000: 1,
    "\x1b[31m4": 1, "4\n::error::x": 1, "４": 0, "四": 0, " 4 ": 0, "4.0": 0,
}  # fmt: skip


@pytest.mark.parametrize("answer", ANSWERS)
def test_69_an_answer_that_is_hardly_a_number(answer):
    done = bounded("check", "conv2d", "n=7", "k=3", "p=1", "s=2", "--answer", answer)
    assert done.code == ANSWERS[answer]


@pytest.mark.parametrize("home", [None, "", "/", "/nowhere", "/tmp/a folder/\u7f51\u7edc", "relative"])
def test_106_any_home(home):
    done = process("summary", "lenet5", HOME=home, TMPDIR=None, XDG_CONFIG_HOME=home)
    assert (done.returncode, done.stderr) == (0, b"")


def test_106_any_mask_of_new_files(tmp_path):
    (tmp_path / "net.yaml").write_text(SMALL)
    first = ("import os; os.umask(0o777)",)
    assert bounded("summary", "net.yaml", "-o", "page.txt", cwd=tmp_path, first=first).code == 0
    assert (tmp_path / "page.txt").stat().st_size > 500


def test_108_few_open_files():
    assert bounded("summary", "-", stdin=SMALL, files=16).code == 0


@pytest.mark.parametrize(
    "text", [SMALL, "[" * 50_000, rows.HEAD + "- relu\n" * 100_000, rows.HEAD + "- " + "{layers: [" * 20_000]
)
def test_108_little_memory_is_a_word_and_no_crash(text):
    done = bounded("summary", "-", stdin=text, memory=160 * MEBIBYTE, seconds=30, mebibytes=200)
    assert done.code in (0, 1, 4)
    assert (done.code == 4) == done.err.startswith("cnncalc: out of memory")


def test_108_a_small_stack(tmp_path):
    (tmp_path / "deep.yaml").write_text("[" * 50_000)
    script = f"ulimit -s 256; exec {sys.executable} -m cnncalc summary deep.yaml"
    done = subprocess.run(["bash", "-c", script], cwd=tmp_path, env=environment(), capture_output=True, timeout=60)
    assert (done.returncode, done.stderr.startswith(b"error[too-deep]")) == (1, True)


def test_110_two_writers_leave_one_whole_page(tmp_path):
    (tmp_path / "net.yaml").write_text(SMALL)
    line = [sys.executable, "-m", "cnncalc", "summary", "net.yaml", "-o", "page.txt"]
    both = [subprocess.Popen(line, cwd=tmp_path, env=environment()) for _ in range(2)]
    assert [one.wait(60) for one in both] == [0, 0]
    assert sorted(os.listdir(tmp_path)) == ["net.yaml", "page.txt"]
    assert (tmp_path / "page.txt").read_text().startswith(" small · 3×8×8 → 10 ")


@pytest.mark.parametrize("format", ["terminal", "json", "csv", "html"])
def test_111_no_output_knows_the_time(format):
    command = ("validate", "lenet5", "-f", format) if format == "html" else ("summary", "lenet5", "-f", format)
    pages = {
        process(*command, TZ=zone, SOURCE_DATE_EPOCH=when, PYTHONHASHSEED=seed).stdout
        for zone, when, seed in ((None, None, "1"), ("Asia/Shanghai", "0", "2"), ("nonsense/zone", "99999999999", "3"))
    }
    assert len(pages) == 1


def test_112_many_files_are_one_pass_in_one_order(tmp_path):
    for number in range(1500):
        (tmp_path / f"net{number:04}.yaml").write_text(SMALL.replace("kernel_size: 3", "kernel_size: 9", number % 2))
    before = bounded("validate", tmp_path / "net0000.yaml")
    done = bounded("validate", tmp_path, "-f", "concise", seconds=12)
    assert done.mebibytes - before.mebibytes < 8
    places = [line.split(":")[0] for line in done.out.splitlines() if "net" in line and ":" in line]
    assert places == sorted(places)
    assert len(set(places)) >= 750


@pytest.mark.parametrize(
    "value", ["\x1b[31m", "$(9**9**9)", "::error::x", "[" * 5000, "9" * 400, "!!python/name:os.system", "$w$w", ""]
)
def test_set_is_data(tmp_path, value):
    (tmp_path / "net.yaml").write_text(f"vars: {{w: 3}}\n{SMALL}")
    bounded("summary", tmp_path / "net.yaml", "--set", f"w={value}")


@pytest.mark.parametrize(
    "question",
    ["7" * 5000, "7x" * 2000, "k=" * 2000, "a " * 4000, "(" * 3000, "1," * 3000 + "?", "\x1b]0;x\x07 7x7, k=3"],
)
def test_a_question_takes_no_longer_than_it_is_long(question):
    bounded("ask", question, seconds=2)
