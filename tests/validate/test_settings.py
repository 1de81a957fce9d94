"""The configuration: what may stand in it, what is wrong with it and where, and what it does."""

import pytest

from cnncalc.validate import settings
from cnncalc.validate.settings import WrongSettings
from tests.cli.running import run
from tests.validate.trees import BIASED, ERROR, ODD, SMALL, plant


def load(folder, text, name="cnncalc.toml"):
    data = text if isinstance(text, bytes) else text.encode()
    (folder / name).write_bytes(data)
    return settings.load(str(folder / name))


def wrong(folder, text, name="cnncalc.toml"):
    with pytest.raises(WrongSettings) as refused:
        load(folder, text, name)
    return refused.value.findings


WRONG = [
    ('select = "all"', "wrong-setting", 1, 1, "a list of codes is wanted", ""),
    ('select = ["all", "unsuited-chanels"]', "wrong-setting", 1, 19, "no rule unsuited-chanels", "unsuited-channels"),
    ('ignore = [5]', "wrong-setting", 1, 1, "a list of codes", ""),
    ('fail-on = "loud"', "wrong-setting", 1, 1, "one of error, warning, never", ""),
    ("channel-multiple = 0", "wrong-setting", 1, 1, "from 1 up", ""),
    ("channel-multiple = true", "wrong-setting", 1, 1, "from 1 up", ""),
    ("chanel-multiple = 8", "unknown-setting", 1, 1, "no setting chanel-multiple", "channel-multiple"),
    ("severity = 5", "wrong-setting", 1, 1, "a table is wanted: [severity]", ""),
    ('[severity]\nbias-before-norm = "loud"', "wrong-setting", 2, 1, "one of error, warning, advice", ""),
    ('[severity]\nbias-before-nrom = "error"', "wrong-setting", 2, 1, "no rule bias-before-nrom", "bias-before-norm"),
    ('[per-path-ignores]\n"a/*" = 5', "wrong-setting", 2, 2, "a list of codes", ""),
    ('[per-path-ignores]\n"a/*" = ["nonsense"]', "wrong-setting", 2, 11, "no code nonsense", ""),
    ('[per-path-ignores]\n"a/*" = ["in-features-mismatch"]', "wrong-setting", 2, 11, "cannot be silenced", ""),
    ('[per-path-ignores]\n"a/*" = ["expectation-missed"]', "wrong-setting", 2, 11, "cannot be silenced", ""),
    ('[budgets."*.yaml"]\nparms = 5', "unknown-expectation", 2, 1, "knows no parms", "`params`"),
    ('[budgets."*.yaml"]\nparams = "many"', "wrong-value", 2, 1, "a number (61706, 61.1M)", ""),
    ('[budgets."*.yaml"]\nparams = {min = 5, max = 3}', "empty-bounds", 2, 1, "at least 5 and at most 3", ""),
    ('[budgets]\n"*.yaml" = 5', "wrong-setting", 2, 2, "a table is wanted", ""),
    ('# select\nfail-on = "never"\n[x]', "unknown-setting", 3, 2, "no setting x", ""),
    ("select = [", "not-toml", None, None, "this is no TOML", ""),
    ("a = 1\na = 2\n", "not-toml", 2, 6, "this is no TOML", ""),
    ("a = \0", "not-toml", 1, 5, "this is no TOML", ""),
    (b"a = '\xff'", "not-toml", None, None, "this is no TOML", ""),
    ("a = " + "[" * 100_000, "not-toml", None, None, "this is no TOML", ""),
    ("a = " + "9" * 10_000, "not-toml", None, None, "this is no TOML", ""),
    ("#" * 300_000, "not-toml", None, None, "more than 262,144 bytes", ""),
]  # fmt: skip


@pytest.mark.parametrize(("text", "code", "line", "column", "message", "hint"), WRONG)
def test_what_is_wrong_says_where_and_what_to_do(tmp_path, text, code, line, column, message, hint):
    (finding,) = wrong(tmp_path, text)
    assert finding.code == code
    if line is not None:
        assert (finding.place.line, finding.place.column) == (line, column)
    assert message in finding.problem.message()
    assert hint in "\n".join(finding.all_help())


def test_everything_that_is_wrong_is_said_at_once_with_exit_code_2(tmp_path):
    plant(tmp_path, a_yaml=SMALL, cnncalc_toml='fail-on = 5\n[severity]\nx = "error"\n')
    done = run("validate", tmp_path / "a.yaml", "--config", tmp_path / "cnncalc.toml")
    assert (done.code, done.out) == (2, "")
    assert done.err.count("error[wrong-setting]") == 2
    assert "cnncalc.toml:3:1" in done.err


def test_the_place_is_that_of_our_own_table_in_a_pyproject(tmp_path):
    text = '[tool.ruff.lint]\nselect = ["ALL"]\n[tool.cnncalc]\nselect = ["ALL"]\n'
    (finding,) = wrong(tmp_path, text, "pyproject.toml")
    assert (finding.place.line, finding.place.column) == (4, 12)


def test_a_table_of_ours_must_be_a_table(tmp_path):
    (finding,) = wrong(tmp_path, "[tool]\ncnncalc = 5\n", "pyproject.toml")
    assert "a table is wanted" in finding.problem.message()


def test_a_byte_order_mark_is_no_mistake(tmp_path):
    assert load(tmp_path, b'\xef\xbb\xbffail-on = "never"\n').fail_on == "never"


def test_every_number_of_the_rules_is_a_setting(tmp_path):
    names = ("channel-multiple", "object-size", "field-reach", "largest-share", "least-parameters", "small-input")
    rules = load(tmp_path, "".join(f"{name} = {100 + i}\n" for i, name in enumerate(names))).rules
    assert [getattr(rules, name.replace("-", "_")) for name in names] == [100, 101, 102, 103, 104, 105]


class TestTheNearest:
    def test_is_taken_and_cnncalc_toml_before_pyproject(self, tmp_path, monkeypatch):
        plant(tmp_path, cnncalc_toml="", a__pyproject_toml="[tool.cnncalc]\n", a__cnncalc_toml="", a__b__c_yaml=SMALL)
        monkeypatch.chdir(tmp_path / "a" / "b")
        assert settings.find() == "../cnncalc.toml"
        (tmp_path / "a" / "cnncalc.toml").unlink()
        assert settings.find() == "../pyproject.toml"

    @pytest.mark.parametrize("text", ["[project]\nname = 'cnncalc'\n", "[tool.ruff]\n", "cnncalc = [", ""])
    def test_passes_a_pyproject_that_says_nothing(self, tmp_path, monkeypatch, text):
        plant(tmp_path, cnncalc_toml="", a__pyproject_toml=text)
        monkeypatch.chdir(tmp_path / "a")
        assert settings.find() == "../cnncalc.toml"

    def test_a_broken_pyproject_that_speaks_of_us_is_reported(self, tmp_path, monkeypatch):
        plant(tmp_path, a_yaml=SMALL, pyproject_toml="[tool.cnncalc]\nselect = [\n")
        monkeypatch.chdir(tmp_path)
        done = run("validate", "a.yaml")
        assert (done.code, "error[not-toml]" in done.err) == (2, True)


def test_a_config_that_is_not_there_is_one_line_and_exit_code_4(tmp_path):
    plant(tmp_path, a_yaml=SMALL)
    done = run("validate", tmp_path / "a.yaml", "--config", tmp_path / "no.toml")
    assert (done.code, done.out) == (4, "")
    assert done.err.count("\n") == 1
    assert "no.toml: No such file or directory" in done.err


class TestWhatItDoes:
    def found(self, folder, text, monkeypatch, *argv, **files):
        plant(folder, cnncalc_toml=text, **files)
        monkeypatch.chdir(folder)
        done = run("validate", ".", "-f", "json", *argv)
        return done.code, {
            (file["file"], one["code"], one["severity"]) for file in done.json["files"] for one in file["findings"]
        }

    def test_severities(self, tmp_path, monkeypatch):
        code, found = self.found(tmp_path, '[severity]\nwindow-drops-places = "error"\n', monkeypatch, a_yaml=ODD)
        assert (code, found) == (1, {("a.yaml", "window-drops-places", "error")})

    def test_select_and_ignore(self, tmp_path, monkeypatch):
        text = 'select = ["all"]\nignore = ["window-drops-places", "activation-before-max-pool", "unsuited-channels"]\n'
        assert self.found(tmp_path, text, monkeypatch, a_yaml=ODD) == (0, set())

    def test_the_command_line_comes_first(self, tmp_path, monkeypatch):
        text = 'ignore = ["window-drops-places"]\nfail-on = "never"\n'
        code, found = self.found(
            tmp_path, text, monkeypatch, "--ignore", "bias-before-norm", "--fail-on", "warning", a_yaml=ODD
        )
        assert (code, {one[1] for one in found}) == (1, {"window-drops-places"})

    def test_fail_on(self, tmp_path, monkeypatch):
        assert self.found(tmp_path, 'fail-on = "warning"\n', monkeypatch, a_yaml=ODD)[0] == 1
        assert self.found(tmp_path, 'fail-on = "error"\n', monkeypatch, a_yaml=ODD)[0] == 0
        assert self.found(tmp_path, 'fail-on = "never"\n', monkeypatch, a_yaml=ERROR)[0] == 0

    def test_per_path_ignores(self, tmp_path, monkeypatch):
        text = '[per-path-ignores]\n"old/**" = ["window-drops-places"]\n"*.yaml" = ["all"]\n'
        _code, found = self.found(
            tmp_path, text, monkeypatch, a_yaml=ODD, old__a_yaml=ODD, old__deep__a_yaml=ODD, new__a_yaml=ODD
        )
        assert {one[0] for one in found} == {"new/a.yaml"}

    def test_a_note_of_reading_can_be_ignored_by_path(self, tmp_path, monkeypatch):
        text = '[per-path-ignores]\n"a.yaml" = ["leading-zero"]\n'
        spec = SMALL.replace("features: 10", "features: 010")
        _code, found = self.found(tmp_path, text, monkeypatch, a_yaml=spec, b_yaml=spec)
        assert {one[:2] for one in found} == {("b.yaml", "leading-zero")}

    def test_budgets_hold_for_what_the_pattern_means(self, tmp_path, monkeypatch):
        text = '[budgets."edge/*.yaml"]\nparams = {max = "20k"}\nlayers = {"conv2d_*" = {params = {max = 100}}}\n'
        code, found = self.found(tmp_path, text, monkeypatch, a_yaml=SMALL, edge__a_yaml=SMALL, edge__b__c_yaml=SMALL)
        assert (code, found) == (1, {("edge/a.yaml", "expectation-missed", "error")})

    def test_a_budget_that_means_no_file_is_a_warning_in_its_line(self, tmp_path, monkeypatch):
        text = 'fail-on = "warning"\n[budgets."nothing*"]\nparams = 1\n'
        plant(tmp_path, cnncalc_toml=text, a_yaml=SMALL)
        monkeypatch.chdir(tmp_path)
        done = run("validate", ".", "-f", "json")
        (_spec, settings) = done.json["files"]
        (found,) = settings["findings"]
        assert (done.code, settings["file"], settings["status"]) == (1, "cnncalc.toml", "configuration")
        assert (found["code"], found["line"], found["column"]) == (
            "budget-without-file",
            2,
            text.split("\n")[1].index("nothing") + 1,
        )
        assert run("validate", ".").out.splitlines()[-1] == " ✗ 1 warning in cnncalc.toml"

    def test_a_budget_for_files_that_are_not_checked_this_time_is_none(self, tmp_path, monkeypatch):
        plant(tmp_path, cnncalc_toml='[budgets."edge/**/*.yaml"]\nparams = 1\n', a_yaml=SMALL, edge__deep__b_yaml=SMALL)
        monkeypatch.chdir(tmp_path)
        assert run("validate", "a.yaml", "-f", "json").json["summary"]["warnings"] == 0

    def test_patterns_start_at_the_folder_of_the_configuration(self, tmp_path, monkeypatch):
        plant(tmp_path, cnncalc_toml='[budgets."edge/*.yaml"]\nparams = 1\n', edge__a_yaml=SMALL)
        monkeypatch.chdir(tmp_path / "edge")
        done = run("validate", "a.yaml", COLUMNS="140")
        assert done.code == 1
        assert "parameters: 20,714 instead of 1, the budget for edge/*.yaml, 20,713 too many" in done.out


def test_codes_on_the_command_line_are_checked(tmp_path):
    plant(tmp_path, a_yaml=BIASED)
    done = run("validate", tmp_path / "a.yaml", "--select", "bias-before-nrom")
    assert (done.code, "did you mean `bias-before-norm` or" in done.err) == (2, True)
