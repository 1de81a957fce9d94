"""A call that is not understood: said in the reader's language, and in English by the parser's own words."""

import re

import pytest

from cnncalc.cli import app
from cnncalc.cli.options import Units
from tests.cli.running import LOADED, process, run

CHINESE = re.compile("[\u4e00-\u9fff]")
WRONG = {
    "a missing argument": (["summary"], ["NET"]),
    "the second one missing": (["diff", "lenet5"], ["NEW"]),
    "a missing answer's kind": (["check"], ["KIND|FILE"]),
    "an unknown command": (["sumary"], ["sumary", "`summary`"]),
    "an unknown option": (["summary", "lenet5", "--unitz", "si"], ["--unitz", "`--units`"]),
    "an unknown short option": (["summary", "lenet5", "-q"], ["-q"]),
    "an option for the command": (["--", "--foo"], ["--foo"]),
    "a wrong choice": (["summary", "lenet5", "--units", "foo"], ["--units", "'foo'", *Units]),
    "no number": (["summary", "lenet5", "--batch", "x"], ["--batch", "'x'"]),
    "too small a number": (["summary", "lenet5", "--batch", "0"], ["--batch", "'0'", "1"]),
    "too large a number": (["quiz", "--level", "9"], ["--level", "'9'", "3"]),
    "no value": (["summary", "--batch"], ["--batch"]),
    "one value instead of two": (["solve", "vgg16", "--input-between", "3"], ["--input-between", "2"]),
    "a value for a flag": (["summary", "lenet5", "--ascii=3"], ["--ascii"]),
    "too many arguments": (["rules", "a", "b"], ["b"]),
    "one of ours": (["layer", "conv2d", "n=7", "--format", "csv"], ["--format"]),
    "one of ours about nothing": (["specs", "show"], ["cnncalc specs"]),
}


def sentence(err):
    """What stands in the box, as one line."""
    return " ".join(line.strip("│ ") for line in err.splitlines() if line.startswith("│"))


@pytest.mark.parametrize(("argv", "named"), WRONG.values(), ids=WRONG)
def test_what_is_wrong_is_said_in_chinese_with_what_it_is_about(argv, named):
    done = run("--lang", "zh", *argv)
    assert done.code == 2
    assert CHINESE.search(sentence(done.err))
    assert [word for word in named if word not in sentence(done.err)] == []
    rest = sentence(done.err)
    for word in named:
        rest = rest.replace(word, "")
    assert set(re.findall("[A-Za-z]{3,}", rest)) <= {"csv", "summary", "compare", "NAME", "PART", "show", "lenet"}


@pytest.mark.parametrize(("argv", "named"), WRONG.values(), ids=WRONG)
def test_in_english_the_parser_speaks_for_itself(argv, named):
    done = run(*argv)
    assert done.code == 2
    assert not CHINESE.search(done.err)
    assert "Value error" not in done.err
    assert named[0] in sentence(done.err)


@pytest.mark.parametrize("command", app.COMMANDS)
def test_an_unknown_option_of_each_command_is_named_in_chinese(command):
    done = run("--lang", "zh", command, "--xyzzy")
    assert done.code == 2
    assert CHINESE.search(sentence(done.err))
    assert "No such" not in done.err


@pytest.mark.parametrize("command", app.COMMANDS)
def test_a_missing_argument_of_each_command_is_named_in_chinese(command):
    wanted = [one.metavar or one.name.upper() for one in LOADED.commands[command].params if one.required]
    if wanted:
        done = run("--lang", "zh", command)
        assert wanted[0] in sentence(done.err)
        assert "Missing" not in done.err


def test_no_escape_of_a_terminal_comes_back():
    for argv in (["--units", "\x1b[31m"], ["--\x1b[31m"], ["--depth", "\x1b[31m"]):
        err = run("--lang", "zh", "summary", "lenet5", *argv).err
        assert "\x1b" not in err
        assert "\\x1b[31m" in err
    assert "\x1b" not in run("--lang", "zh", "\x1b[31m").err


def test_the_first_line_is_in_chinese_too():
    err = process("summary", CNNCALC_LANG="zh", PYTHONIOENCODING="utf-8").stderr.decode()
    assert err.startswith("用法：cnncalc summary [选项]")
    assert not re.search("Usage|OPTIONS", err)


@pytest.mark.parametrize(
    ("value", "said"),
    [("0", "'0' is less than 1, the least"), ("x", "'x' is no whole number"), ("9999999999999", "the most")],
)
def test_numbers_of_options_are_judged_in_our_words(value, said):
    done = run("summary", "lenet5", "--batch", value)
    assert done.code == 2
    assert said in " ".join(done.err.replace("│", " ").split())
    assert "Input should" not in done.err
