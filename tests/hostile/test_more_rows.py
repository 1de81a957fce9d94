"""Rows that are no text of a spec: endless inputs, `--set`, questions that are made to take long, two writers."""

import os
import subprocess
import sys

import pytest

from tests.cli.running import environment
from tests.cli.specs import SMALL
from tests.hostile.bounded import bounded


def test_16_an_endless_file():
    done = bounded("summary", "/dev/zero")
    assert (done.code, "error[too-large]" in done.err) == (1, True)


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


def test_108_few_open_files():
    assert bounded("summary", "-", stdin=SMALL, files=16).code == 0


def test_110_two_writers_leave_one_whole_page(tmp_path):
    (tmp_path / "net.yaml").write_text(SMALL)
    line = [sys.executable, "-m", "cnncalc", "summary", "net.yaml", "-o", "page.txt"]
    both = [subprocess.Popen(line, cwd=tmp_path, env=environment()) for _ in range(2)]
    assert [one.wait(60) for one in both] == [0, 0]
    assert sorted(os.listdir(tmp_path)) == ["net.yaml", "page.txt"]
    assert (tmp_path / "page.txt").read_text().startswith(" small · 3×8×8 → 10 ")
