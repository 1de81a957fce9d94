"""The Chinese catalogue is complete, fits the sentences, and is what is said when somebody asks for Chinese."""

import json
import re
import string
import subprocess
import sys
from pathlib import Path

import pytest
import typer

from cnncalc import language, translation
from cnncalc.cli import app
from cnncalc.render.cells import cells
from tests.cli.running import cnncalc, environment, process, run
from tests.pages import ROOT, script

babel = pytest.importorskip("babel.messages.pofile")

FOLDER = translation.FOLDER / "zh" / "LC_MESSAGES"
TABLES = (
    "summary vgg16",
    "summary lenet5",
    "compare lenet5",
    "layer conv2d 3x7x7 out=10 k=3 p=1 s=2",
    "explain tinyvgg",
    "solve conv2d n=224 m=112 k=7",
    "check conv2d n=32 k=5 p=2 s=2 --answer 14",
    "trace --example",
    "check lectures",
    "specs",
)


def catalog(name):
    with (FOLDER / name).open("rb") as file:
        return babel.read_po(file)


def written(message):
    """The forms of a message in both languages, side by side: the last English form is the one for many."""
    one = (message.id,) if isinstance(message.id, str) else message.id
    other = (message.string,) if isinstance(message.string, str) else message.string
    return one[-1], other[-1]


@pytest.fixture(scope="module")
def said():
    """The sentences in the sources, gathered in a process of its own: tests define problems too."""
    lines = (
        "import json, runpy\nscript = runpy.run_path('docs/translate.py')\n"
        "print(json.dumps([one.id for one in script['sentences']() if one.id]))"
    )
    done = subprocess.run([sys.executable, "-c", lines], cwd=ROOT, capture_output=True, check=True, env=environment())
    return {one if isinstance(one, str) else one[1] for one in json.loads(done.stdout)}


def test_no_sentence_is_missing_and_none_is_unused(said):
    known = {written(message)[0] for message in catalog("cnncalc.po") if message.id}
    assert said - known == set()
    assert known - said == set()


def test_every_sentence_is_translated():
    assert [written(one)[0] for one in catalog("cnncalc.po") if one.id and not written(one)[1].strip()] == []
    assert [one.id for one in catalog("cnncalc.po") if one.fuzzy] == []


def fields(text):
    return sorted({name for _text, name, _spec, _conversion in string.Formatter().parse(text) if name is not None})


def test_a_translation_has_the_fields_of_its_sentence():
    for message in catalog("cnncalc.po"):
        english, chinese = written(message)
        if english and re.search(r"\{\w+\}", english):
            assert fields(english) == fields(chinese), english


def test_a_translation_names_the_same_commands_and_codes():
    for message in catalog("cnncalc.po"):
        english, chinese = written(message)
        if english:
            assert sorted(re.findall(r"`[^`\n]+`", english)) == sorted(re.findall(r"`[^`\n]+`", chinese)), english


@pytest.mark.parametrize("name", ["cnncalc", "typer"])
def test_what_the_program_reads_is_what_people_edit(name):
    assert (FOLDER / f"{name}.mo").read_bytes() == script("translate").compiled(catalog(f"{name}.po"))


def test_a_sentence_without_translation_is_noticed():
    known = catalog("cnncalc.po")
    known.add("a sentence that nobody has translated")
    assert script("translate").missing(known) == ["a sentence that nobody has translated"]


def numbers(text):
    """The numbers in a text, without the marks of a table."""
    return sorted(re.findall(r"\d[\d,.]*\d|\d", text))


@pytest.mark.parametrize("line", TABLES)
def test_numbers_are_the_same_in_both_languages(line):
    english, chinese = (cnncalc(*line.split(), "--lang", name) for name in ("en", "zh"))
    assert (english.code, numbers(english.out)) == (chinese.code, numbers(chinese.out))
    assert re.search("[\u4e00-\u9fff]", chinese.out)


@pytest.mark.parametrize("line", ["summary vgg16", "compare lenet5", "specs", "check lectures"])
def test_tables_stay_within_the_terminal_and_their_rules_end_together(line):
    out = cnncalc(*line.split(), "--lang", "zh").out.splitlines()
    rules = {cells(one) for one in out if set(one.strip()) == {"─"}}
    assert max(map(cells, out)) <= 80
    assert len(rules) <= 2


@pytest.mark.parametrize(
    ("surroundings", "spoken"),
    [
        ({}, "en"),
        ({"LANG": "zh_CN.UTF-8"}, "zh"),
        ({"LANG": "zh_TW"}, "zh"),
        ({"LANG": "de_DE.UTF-8"}, "en"),
        ({"LANG": "zh_CN.UTF-8", "LC_ALL": "en_US.UTF-8"}, "en"),
        ({"LANG": "en_US.UTF-8", "LC_MESSAGES": "zh_CN.UTF-8"}, "zh"),
        ({"LANG": "en_US.UTF-8", "LANGUAGE": "zh_CN:en"}, "zh"),
        ({"LANG": "en_US.UTF-8", "LANGUAGE": "fr:zh"}, "zh"),
        ({"LANG": "zh_CN.UTF-8", "LANGUAGE": "en"}, "en"),
        ({"LANG": "C.UTF-8", "LANGUAGE": "zh"}, "en"),
        ({"LC_ALL": "C", "LANG": "zh_CN.UTF-8"}, "en"),
        ({"CNNCALC_LANG": "zh", "LC_ALL": "C"}, "zh"),
        ({"CNNCALC_LANG": "EN", "LANG": "zh_CN.UTF-8"}, "en"),
        ({"CNNCALC_LANG": "klingon", "LANG": "zh_CN.UTF-8"}, "zh"),
    ],
)
def test_the_surroundings_choose_the_language(surroundings, spoken):
    assert translation.usual(surroundings, "utf-8") == spoken


@pytest.mark.parametrize(("encoding", "spoken"), [("gbk", "zh"), ("ascii", "en"), ("cp1252", "en"), (None, "en")])
def test_a_stream_without_chinese_gets_english(encoding, spoken):
    assert translation.usual({"LANG": "zh_CN.UTF-8"}, encoding) == spoken


@pytest.mark.parametrize(
    ("words", "language"),
    [
        (["summary", "vgg16", "--lang", "zh"], "zh"),
        (["--lang=ZH", "summary"], "zh"),
        (["--lang", "zh", "summary", "--lang", "en"], "en"),
        (["summary", "--lang", "fr"], None),
        (["summary", "--lang"], None),
        (["summary", "--", "--lang", "zh"], None),
        ([], None),
    ],
)
def test_the_command_line_names_the_language(words, language):
    assert translation.asked(words) == language


def test_windows_own_language_counts_where_no_variable_is_set(monkeypatch):
    monkeypatch.setattr(translation, "_of_windows", lambda: "zh_CN")
    assert translation.usual({}, "utf-8") == "zh"
    assert translation.usual({"LANG": "en_US"}, "utf-8") == "en"


def test_a_language_that_is_not_there_is_refused():
    with pytest.raises(ValueError, match="none of en, zh"):
        translation.speak("fr")
    done = run("summary", "lenet5", "--lang", "fr")
    assert done.code == 2


def test_the_environment_and_the_option_say_the_same():
    by_option = process("summary", "lenet5", "--lang", "zh", PYTHONIOENCODING="utf-8").stdout
    by_environment = process("summary", "lenet5", CNNCALC_LANG="zh", PYTHONIOENCODING="utf-8").stdout
    assert by_option == by_environment
    assert "层" in by_option.decode()


def test_the_help_is_in_chinese_down_to_the_parser_s_own_words():
    out = process("check", "--help", CNNCALC_LANG="zh", PYTHONIOENCODING="utf-8").stdout.decode()
    assert "选项" in out
    assert max(map(cells, out.splitlines())) <= 80


@pytest.fixture(scope="module", params=["", *app.COMMANDS])
def chinese_help(request):
    """The help of a command, and the list of commands."""
    words = [request.param] if request.param else []
    return process(*words, "--help", CNNCALC_LANG="zh", PYTHONIOENCODING="utf-8").stdout.decode()


def test_no_option_s_text_is_cut_off_in_chinese(chinese_help):
    meant = ("rf …", "parameters …")  # lists that go on
    cut = [line for line in chinese_help.splitlines() if re.search(r"… *│$", line)]
    assert [line for line in cut if not line.rstrip("│ ").endswith(meant)] == []


def test_no_blank_stands_behind_chinese_punctuation(chinese_help):
    assert [line for line in chinese_help.splitlines() if re.search(r"[，。；：、] +[^ │─╮]", line)] == []


def test_lines_of_chinese_help_fill_the_page_and_show_no_joints(chinese_help):
    """They are broken inside sentences; what marks the places goes no further."""
    assert {cells(line) for line in chinese_help.splitlines()} <= {0, 80}
    assert not re.search("[\x1f\ue000]", chinese_help)


def test_no_line_of_chinese_help_is_in_english(chinese_help):
    shown = re.sub(r"<[^>]*>", "", chinese_help)  # types
    assert not re.search(r"\b(Usage|OPTIONS|COMMAND|for|the|of)\b", re.sub(r"(?m)^ +cnncalc .*$", "", shown))


def test_the_parser_s_own_words_are_in_the_parser():
    sources = "".join(file.read_text(encoding="utf-8") for file in Path(typer.__file__).parent.glob("*.py"))
    known = [message.id for message in catalog("typer.po") if message.id]
    assert len(known) > 10
    assert [one for one in known if one.replace("'", "\\'") not in sources and one not in sources] == []


def test_json_has_the_same_keys_and_codes_in_both_languages():
    english, chinese = (
        run("check", "conv2d", "n=32", "k=5", "p=2", "s=2", "--answer", "14", "--format", "json", "--lang", name).json
        for name in ("en", "zh")
    )
    assert english.keys() == chinese.keys()
    one, other = english["verdicts"][0], chinese["verdicts"][0]
    assert [slip["code"] for slip in one["slips"]] == [slip["code"] for slip in other["slips"]] == ["ignored_padding"]
    assert one["slips"][0]["message"] != other["slips"][0]["message"]
    assert one["derivation"] == other["derivation"]


def test_no_language_is_left_behind_by_these_tests():
    assert language._("layer") == "layer"
