"""What the shells are told while a word is being typed, as the scripts of bash, zsh and fish ask for it."""

import pytest

from cnncalc import catalogue
from cnncalc.cli import completing, reporting
from cnncalc.kinds import every
from cnncalc.rules import every as every_rule
from cnncalc.spec import shipped
from tests.cli.running import process, scripted

REPORT = "import atexit, sys; atexit.register(lambda: sys.stderr.write(' '.join(sys.modules)))"


def bash(line, cwd=None):
    """The words that bash gets; what is being typed is the last word of the line, nothing behind a blank."""
    words = line.split(" ")
    done = process(cwd=cwd, _CNNCALC_COMPLETE="complete_bash", COMP_WORDS=line, COMP_CWORD=str(len(words) - 1))
    assert (done.returncode, done.stderr) == (0, b"")
    return done.stdout.decode().splitlines()


@pytest.fixture
def folder(tmp_path):
    (tmp_path / "specs").mkdir()
    for name in ("specs/inner.yaml", "own.yaml", "own.json", "other.txt", ".hidden.yaml"):
        (tmp_path / name).touch()
    return tmp_path


@pytest.mark.parametrize(
    ("line", "wanted"),
    [
        ("cnncalc su", {"summary"}),
        ("cnncalc summary --all", {"--all-rows"}),
        ("cnncalc summary alex", {"alexnet"}),
        ("cnncalc compare vgg16 lenet", {"lenet5"}),
        ("cnncalc diff vgg16 lenet", {"lenet5"}),
        ("cnncalc summary ow", {"own.yaml", "own.json"}),
        ("cnncalc summary specs/", {"specs/inner.yaml"}),
        ("cnncalc summary spec", {"specs/inner.yaml"}),
        ("cnncalc layer max_", {"max_pool1d", "max_pool2d", "max_pool3d"}),
        ("cnncalc solve conv_t", {"conv_transpose1d", "conv_transpose2d", "conv_transpose3d"}),
        ("cnncalc rules in-f", {"in-features-mismatch"}),
        ("cnncalc validate --select gridding,norm-t", {"gridding,norm-twice"}),
        ("cnncalc summary vgg16 --format la", {"latex"}),
        ("cnncalc specs alex", {"alexnet"}),
    ],
)
def test_bash_gets_the_words_that_fit(line, wanted, folder):
    assert set(bash(line, folder)) == wanted


def test_all_shipped_networks_and_files_are_offered(folder):
    assert set(bash("cnncalc summary ", folder)) == {*shipped.names(), "specs/", "own.yaml", "own.json"}


def test_every_format_of_validate_is_offered(folder):
    assert set(bash("cnncalc validate own.yaml --format ", folder)) == set(reporting.FORMATS)


def test_zsh_gets_its_own_form(folder):
    done = process(cwd=folder, _CNNCALC_COMPLETE="complete_zsh", _TYPER_COMPLETE_ARGS="cnncalc summary alex")
    assert done.stdout.decode().strip() == """_arguments '*: :(("alexnet"))'"""


def test_fish_gets_its_own_form(folder):
    line = {"_CNNCALC_COMPLETE": "complete_fish", "_TYPER_COMPLETE_ARGS": "cnncalc summary alex"}
    assert process(cwd=folder, **line, _TYPER_COMPLETE_FISH_ACTION="is-args").returncode == 0
    assert process(cwd=folder, **line, _TYPER_COMPLETE_FISH_ACTION="get-args").stdout.decode().split() == ["alexnet"]


def test_every_kind_is_offered():
    assert set(completing.kinds("")) == {kind.name for kind in every()}


def test_every_code_is_offered():
    codes = {*catalogue.problems(), *catalogue.design(), *catalogue.slips()}
    assert set(completing.codes("")) == {"design", "slips", *codes}
    assert set(completing.rules("")) == set(every_rule())


@pytest.mark.parametrize("incomplete", ["nowhere/x", "\0", "x" * 5000])
def test_a_path_that_cannot_be_is_no_fault(incomplete):
    assert completing.files(incomplete) == []


def test_a_name_that_would_act_on_the_terminal_is_not_offered(tmp_path, monkeypatch):
    (tmp_path / "a\n\x1b[31mb.yaml").touch()
    monkeypatch.chdir(tmp_path)
    assert completing.files("") == []


@pytest.mark.parametrize("words", ["summary vg", "layer max_", "rules in-f", "validate --select gr"])
def test_completion_loads_neither_kinds_nor_the_engine_nor_other_commands(words):
    line = f"cnncalc {words}"
    done = scripted(REPORT, _CNNCALC_COMPLETE="complete_bash", COMP_WORDS=line, COMP_CWORD=str(len(line.split()) - 1))
    loaded = {name for name in done.stderr.decode().split() if name.startswith("cnncalc.")}
    assert not {name for name in loaded if name.startswith(("cnncalc.kinds", "cnncalc.engine", "cnncalc.rules"))}
    assert "cnncalc.cli.quiz" not in loaded
