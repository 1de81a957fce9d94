"""Faults: the exit code says whose they are, one line says what they are, and nothing is half written."""

import errno
import json
import os
import signal
import stat
import subprocess
import sys
import time
from io import StringIO

import pytest

from cnncalc.cli.nets import say
from tests.cli.running import ROOT, environment, process, run, scripted
from tests.cli.specs import MNIST, SMALL


def line(done):
    """The one line on standard error."""
    said = done.err if isinstance(done.err, str) else done.err.decode()
    assert said.startswith("cnncalc: ")
    assert said.count("\n") == 1
    return said


class Terminal(StringIO):
    def isatty(self):
        return True


def test_a_long_line_is_broken_in_a_terminal_and_nowhere_else(monkeypatch):
    monkeypatch.setenv("COLUMNS", "60")
    sentence = "/no/such/place/net.yaml: no such file, and no shipped spec of that name; `cnncalc specs` lists them"
    for stream in (Terminal(), StringIO()):
        monkeypatch.setattr(sys, "stderr", stream)
        say(sentence)
        said = stream.getvalue()
        assert " ".join(said.split()) == f"cnncalc: {sentence}"
        assert (max(map(len, said.splitlines())) <= 60) is stream.isatty()


@pytest.fixture
def folder(tmp_path, monkeypatch):
    monkeypatch.chdir(tmp_path)
    (tmp_path / "mnist.yaml").write_text(MNIST)
    (tmp_path / "net.yaml").write_text(SMALL)
    return tmp_path


class TestExitCodes:
    @pytest.mark.parametrize(
        ("argv", "code"),
        [
            (["summary", "net.yaml"], 0),
            (["summary", "mnist.yaml"], 1),
            (["summary"], 2),
            (["no-such-command"], 2),
            (["summary", "nothing.yaml"], 4),
            (["--version"], 0),
        ],
    )
    def test_of_the_process(self, folder, argv, code):
        done = process(*argv)
        assert done.returncode == code
        assert b"Traceback" not in done.stderr

    def test_a_bug_of_ours_is_one_line_without_the_spec(self, folder, monkeypatch):
        def broken(*_arguments, **_named):
            raise RuntimeError("conv2d_1 of the secret network")

        monkeypatch.setattr("cnncalc.views.summary.summary", broken)
        done = run("summary", "net.yaml")
        assert (done.code, done.out) == (3, "")
        assert "RuntimeError" in line(done)
        assert "secret" not in done.err

    def test_no_memory_left_is_nobodys_bug(self, folder, monkeypatch):
        def greedy(*_arguments, **_named):
            raise MemoryError

        monkeypatch.setattr("cnncalc.views.summary.summary", greedy)
        done = run("summary", "net.yaml")
        assert (done.code, line(done)) == (4, "cnncalc: out of memory\n")


class TestReading:
    def test_a_missing_file_is_met_with_the_nearest(self, folder):
        done = run("summary", "mist.yaml")
        assert done.code == 4
        assert "did you mean `mnist.yaml`" in line(done)

    def test_a_missing_name_is_met_with_the_nearest_shipped_one(self, folder):
        assert "did you mean `resnet18`" in line(run("summary", "resnet19"))

    def test_a_directory_without_specs(self, folder):
        (folder / "empty").mkdir()
        done = run("summary", "empty")
        assert done.code == 4
        assert "no specs" in line(done)

    @pytest.mark.parametrize("text", ["", "# nothing\n", "---\n"])
    def test_a_file_in_which_nothing_is_written(self, folder, text):
        (folder / "empty.yaml").write_text(text)
        done = run("summary", "empty.yaml")
        assert (done.code, done.out) == (1, "")
        assert done.err.startswith("error[no-spec]: ")
        assert "cnncalc specs show" in done.err

    @pytest.mark.parametrize("ending", ["py", "onnx", "pt", "pth", "ckpt", "keras", "h5"])
    def test_a_foreign_file_is_not_opened_and_the_way_is_shown(self, folder, ending):
        (folder / f"model.{ending}").write_bytes(b"\x80\x04cposix\nsystem\n.")
        done = run("summary", f"model.{ending}")
        assert done.code == 1
        assert "as a spec" in line(done)

    @pytest.mark.parametrize(
        ("path", "number"),
        [
            ("mnist.yaml/net.yaml", errno.ENOTDIR),
            ("a" * 300, errno.ENAMETOOLONG),
            ("loop.yaml", errno.ELOOP),
            ("dangling.yaml", errno.ENOENT),
            ("/proc/self/mem", errno.EIO),
        ],
    )
    def test_what_the_system_refuses_is_said_in_its_words(self, folder, path, number):
        (folder / "loop.yaml").symlink_to("loop.yaml")
        (folder / "dangling.yaml").symlink_to("nowhere.yaml")
        done = run("summary", path)
        assert done.code == 4
        assert line(done) == f"cnncalc: {path}: {os.strerror(number)}\n"

    @pytest.mark.parametrize("command", ["summary", "compare"])
    @pytest.mark.parametrize(
        ("net", "code", "word"),
        [
            ("nothing.yaml", 4, "unreadable-file"),
            ("a" * 300, 4, "unreadable-file"),
            ("empty", 4, "unreadable-file"),
            ("loop.yaml", 4, "unreadable-file"),
            ("model.onnx", 1, "other-format"),
        ],
    )
    def test_what_cannot_be_read_is_a_document_too(self, folder, command, net, code, word):
        (folder / "model.onnx").write_bytes(b"onnx")
        (folder / "empty").mkdir()
        (folder / "loop.yaml").symlink_to("loop.yaml")
        done = run(command, net, "--format", "json")
        found = json.loads(done.out)
        assert (done.code, found["layers"], found["status"]) == (code, [], "unknown")
        (problem,) = found["problems"]
        assert (problem["code"], problem["severity"], problem["file"]) == (word, "error", net)
        assert line(done) == f"cnncalc: {problem['message']}\n"
        assert run(command, net).err == done.err

    @pytest.mark.parametrize("ending", ["pt", "pth", "ckpt", "bin", "pkl", "pickle", "h5", "onnx", "SafeTensors"])
    @pytest.mark.parametrize("command", ["summary", "validate"])
    def test_models_of_others_are_refused_by_what_they_are(self, folder, command, ending):
        (folder / f"model.{ending}").write_bytes(b"\x80\x04}q\x00.")
        done = run(command, f"model.{ending}")
        said = " ".join((done.out + done.err).split())
        assert done.code == 1
        assert f"model.{ending}: this " in said
        assert "write the network as a spec" in said
        assert "not-utf8" not in said

    def test_what_cannot_be_read_does_not_take_the_others_with_it(self, folder):
        done = run("summary", "net.yaml", "nothing.yaml", "mnist.yaml", "--format", "json")
        found = json.loads(done.out)["networks"]
        assert done.code == 4
        assert [one["status"] for one in found] == ["complete", "unknown", "lower_bound"]
        assert [[problem["code"] for problem in one["problems"]] for one in found] == [
            [],
            ["unreadable-file"],
            ["in-features-mismatch"],
        ]

    @pytest.mark.parametrize("command", ["summary", "compare"])
    def test_standard_input_is_read_only_once(self, command):
        done = run(command, "-", "-", stdin=SMALL)
        assert (done.code, done.out) == (2, "")
        assert "only once" in done.err

    def test_an_endless_file_is_read_to_the_limit_only(self):
        started = time.monotonic()
        done = process("summary", "/dev/zero")
        assert time.monotonic() - started < 5
        assert done.returncode == 1
        assert done.stderr.startswith(b"error[too-large]: ")

    def test_the_problems_of_all_files_are_said_at_once(self, folder):
        done = run("summary", "mnist.yaml", "net.yaml", "mnist.yaml")
        assert done.code == 1
        assert done.err.count("error[in-features-mismatch]") == 2


class TestWriting:
    @pytest.mark.parametrize(
        "argv",
        [
            ["--version"],
            ["--help"],
            ["summary", "--help"],
            ["summary", "lenet5"],
            ["summary", "lenet5", "--format", "json"],
            ["specs", "show", "lenet5"],
        ],
    )
    def test_a_full_disk(self, argv):
        with open("/dev/full", "wb") as full:
            done = process(*argv, stdout=full)
        assert done.returncode == 4
        assert done.stderr.decode() == f"cnncalc: {os.strerror(errno.ENOSPC)}\n"

    @pytest.mark.parametrize("argv", ["--version", "--help", "summary lenet5", "specs show lenet5"])
    def test_a_closed_output(self, argv):
        command = f"exec {sys.executable} -m cnncalc {argv} >&-"
        done = subprocess.run(["sh", "-c", command], stderr=subprocess.PIPE, env=environment(), timeout=60)
        assert done.returncode == 4
        assert done.stderr == b"cnncalc: standard output is closed\n"

    @pytest.mark.parametrize(
        ("argv", "code"), [("summary lenet5", 0), ("summary nothing", 4), ("summary mnist.yaml", 1)]
    )
    def test_a_closed_standard_error_changes_no_code(self, folder, argv, code):
        command = f"exec {sys.executable} -m cnncalc {argv} 2>&-"
        assert subprocess.run(["sh", "-c", command], stdout=subprocess.PIPE, env=environment()).returncode == code

    @pytest.mark.parametrize("argv", [["--version"], ["--help"], ["summary", "-h"], ["summary", "-"], ["compare", "-"]])
    def test_a_broken_pipe_is_silent(self, argv):
        reader, writer = os.pipe()
        os.close(reader)
        try:
            done = process(*argv, stdin=SMALL.encode(), stdout=writer)
        finally:
            os.close(writer)
        assert (done.returncode, done.stderr) == (141, b"")


class TestOutputFile:
    @pytest.fixture
    def old(self, folder):
        target = folder / "page.txt"
        target.write_text("old")
        return target

    def test_it_is_replaced_and_keeps_its_mode(self, old):
        old.chmod(0o640)
        assert run("summary", "net.yaml", "-o", old) == (0, "", "")
        assert old.read_text().startswith(" small · 3×8×8 → 10 ")
        assert stat.S_IMODE(old.stat().st_mode) == 0o640

    def test_behind_a_link_the_target_is_replaced(self, old, folder):
        link = folder / "link.txt"
        link.symlink_to(old)
        run("summary", "net.yaml", "-o", link)
        assert link.is_symlink()
        assert old.read_text().startswith(" small ")

    def test_a_circle_of_links_leads_nowhere(self, folder):
        (folder / "one.txt").symlink_to("other.txt")
        (folder / "other.txt").symlink_to("one.txt")
        done = run("summary", "net.yaml", "-o", "one.txt")
        assert (done.code, line(done)) == (4, f"cnncalc: one.txt: {os.strerror(errno.ELOOP)}\n")
        assert (folder / "one.txt").is_symlink()

    def test_a_missing_directory(self, folder):
        done = run("summary", "net.yaml", "-o", "nowhere/page.txt")
        assert (done.code, line(done)) == (4, f"cnncalc: nowhere/page.txt: {os.strerror(errno.ENOENT)}\n")

    def test_a_directory_is_no_file(self, folder):
        (folder / "inside").mkdir()
        done = run("summary", "net.yaml", "-o", "inside")
        assert (done.code, line(done)) == (4, f"cnncalc: inside: {os.strerror(errno.EISDIR)}\n")

    def test_a_full_disk_leaves_the_old_file(self, old, folder):
        failing = "import os\ndef full(_): raise OSError(28, os.strerror(28))\nos.fsync = full"
        done = scripted(failing, "summary", "net.yaml", "-o", "page.txt")
        assert done.returncode == 4
        assert done.stderr.decode() == f"cnncalc: page.txt: {os.strerror(errno.ENOSPC)}\n"
        assert old.read_text() == "old"
        assert sorted(os.listdir(folder)) == ["mnist.yaml", "net.yaml", "page.txt"]

    @pytest.mark.parametrize(("name", "code"), [("SIGTERM", 143), ("SIGINT", 130)])
    def test_a_signal_leaves_the_old_file_and_nothing_beside_it(self, old, folder, name, code):
        struck = f"import os, signal\nos.fsync = lambda _: os.kill(os.getpid(), signal.{name})"
        done = scripted(struck, "summary", "net.yaml", "-o", "page.txt")
        assert (done.returncode, b"Traceback" in done.stderr) == (code, False)
        assert old.read_text() == "old"
        assert sorted(os.listdir(folder)) == ["mnist.yaml", "net.yaml", "page.txt"]

    @pytest.mark.parametrize("command", ["summary", "compare"])
    @pytest.mark.parametrize("target", ["net.yaml", "./net.yaml", "link.yaml"])
    def test_a_spec_is_never_written_over(self, folder, command, target):
        (folder / "link.yaml").symlink_to("net.yaml")
        done = run(command, "net.yaml", "-o", target)
        assert (done.code, done.out) == (2, "")
        assert "--output-file" in done.err
        assert (folder / "net.yaml").read_text() == SMALL

    def test_a_device_is_written_to(self, folder):
        assert run("summary", "net.yaml", "-o", "/dev/null") == (0, "", "")

    def test_a_broken_network_is_written_as_far_as_it_goes(self, old):
        done = run("summary", "mnist.yaml", "--format", "json", "-o", old)
        assert done.code == 1
        assert json.loads(old.read_text())["status"] == "lower_bound"


class TestSignals:
    @pytest.mark.parametrize(("number", "code"), [(signal.SIGINT, 130), (signal.SIGTERM, 143)])
    def test_while_reading(self, folder, number, code):
        os.mkfifo("pipe.yaml")
        argv = [sys.executable, "-m", "cnncalc", "summary", "pipe.yaml"]
        running = subprocess.Popen(argv, stdout=subprocess.PIPE, stderr=subprocess.PIPE, env=environment())
        with running, open("pipe.yaml", "wb"):  # opens when it is opened for reading
            running.send_signal(number)
            out, err = running.communicate(timeout=60)
        assert (running.returncode, out) == (code, b"")
        assert b"Traceback" not in err

    def test_while_modules_are_imported(self):
        struck = "import sys\nclass Struck:\n    def find_spec(self, name, *_):\n"
        struck += "        if name == 'typer': raise KeyboardInterrupt\nsys.meta_path.insert(0, Struck())"
        done = scripted(struck, "summary", "lenet5")
        assert (done.returncode, done.stdout, done.stderr) == (130, b"", b"")


class TestEncodings:
    @pytest.mark.parametrize("encoding", ["ascii", "cp1252", "gbk", "latin-1", "cp437"])
    def test_signs_that_a_stream_cannot_carry_are_exchanged(self, encoding):
        done = process("layer", "conv2d", "n=7", "k=3", "--detail", "why", PYTHONIOENCODING=encoding)
        assert (done.returncode, done.stderr) == (0, b"")
        assert "\\u" not in done.stdout.decode(encoding)

    @pytest.mark.parametrize("encoding", ["ascii", "cp1252", "latin-1"])
    def test_names_that_a_stream_cannot_carry_are_escaped(self, encoding):
        spec = SMALL.replace("small", "卷积").encode()
        done = process("summary", "-", stdin=spec, PYTHONIOENCODING=encoding)
        assert done.stdout.decode(encoding).startswith(" \\u5377\\u79ef")

    def test_json_keeps_such_names_whole(self):
        spec = SMALL.replace("small", "卷积").encode()
        done = process("summary", "-", "--format", "json", stdin=spec, PYTHONIOENCODING="ascii")
        assert json.loads(done.stdout.decode("ascii"))["name"] == "卷积"

    def test_a_locale_of_nothing(self):
        done = process("summary", "lenet5", LC_ALL="C", PYTHONUTF8="0", PYTHONCOERCECLOCALE="0")
        assert (done.returncode, done.stderr) == (0, b"")

    def test_a_file_is_always_utf8(self, folder):
        process("summary", "net.yaml", "-o", "page.txt", PYTHONIOENCODING="ascii", LC_ALL="C")
        assert (folder / "page.txt").read_bytes().startswith(" small · 3×8×8 → 10 ".encode())


class TestColours:
    @pytest.mark.parametrize(
        ("settings", "coloured"),
        [
            ({}, False),
            ({"NO_COLOR": "1"}, False),
            ({"NO_COLOR": "", "FORCE_COLOR": "1"}, True),
            ({"NO_COLOR": "1", "FORCE_COLOR": "1"}, False),
            ({"TERM": "dumb", "FORCE_COLOR": "1"}, False),
            ({"CLICOLOR_FORCE": "1"}, True),
            ({"FORCE_COLOR": "0"}, False),
        ],
    )
    def test_by_the_environment(self, settings, coloured):
        assert ("\x1b[" in run("summary", "lenet5", **settings).out) is coloured

    @pytest.mark.parametrize(("asked", "coloured"), [("always", True), ("never", False)])
    def test_by_the_option_first(self, asked, coloured):
        for settings in [{"NO_COLOR": "1"}, {"FORCE_COLOR": "1"}]:
            assert ("\x1b[" in run("summary", "lenet5", "--color", asked, **settings).out) is coloured

    def test_without_the_colours_it_is_the_same_text(self):
        painted = run("summary", "lenet5", "--color", "always").out
        for code in ("0", "1", "2", "36"):
            painted = painted.replace(f"\x1b[{code}m", "")
        assert painted == run("summary", "lenet5").out


class TestSurroundings:
    @pytest.mark.parametrize("columns", ["1", "0", "-5", "abc", "100000", ""])
    def test_any_number_of_columns(self, columns):
        done = run("summary", "lenet5", COLUMNS=columns)
        assert (done.code, done.err) == (0, "")
        assert "416,520" in done.out

    @pytest.mark.parametrize("columns", ["1", "0"])
    def test_help_in_a_terminal_without_columns(self, columns):
        done = process("--help", COLUMNS=columns)
        assert (done.returncode, done.stderr) == (0, b"")
        assert b"summary" in done.stdout

    @pytest.mark.parametrize("flags", [["-OO"], ["-X", "dev", "-W", "error"]])
    @pytest.mark.parametrize("argv", ["summary lenet5", "rules no-spec"])
    def test_any_way_to_start_python(self, flags, argv):
        done = process(*argv.split(), flags=flags)
        assert (done.returncode, done.stderr) == (0, b"")

    def test_in_isolation(self):
        isolated = f"import sys\nsys.path.insert(0, {str(ROOT)!r})\nfrom cnncalc.__main__ import main\nmain()"
        done = subprocess.run([sys.executable, "-I", "-c", isolated, "summary", "lenet5"], capture_output=True)
        assert (done.returncode, done.stderr) == (0, b"")

    def test_without_a_home(self):
        done = process("summary", "lenet5", HOME=None, TMPDIR=None)
        assert (done.returncode, done.stderr) == (0, b"")

    def test_in_a_directory_that_is_gone(self, tmp_path):
        gone = tmp_path / "gone"
        gone.mkdir()
        leave = f"import os\nos.chdir({str(gone)!r})\nos.rmdir({str(gone)!r})"
        assert scripted(leave, "summary", "lenet5").returncode == 0
        gone.mkdir()
        missing = scripted(leave, "summary", "net.yaml")
        assert (missing.returncode, missing.stderr.count(b"\n")) == (4, 1)

    def test_arguments_that_are_no_text(self):
        done = subprocess.run(
            [sys.executable, "-m", "cnncalc", "summary", b"\xff\xfe.yaml"], capture_output=True, env=environment()
        )
        assert done.returncode == 4
        assert done.stderr.startswith(b"cnncalc: ")
        assert b"Traceback" not in done.stderr

    def test_nothing_is_written_anywhere(self, folder):
        before = sorted(os.listdir(folder))
        process("summary", "net.yaml", HOME=str(folder), XDG_CACHE_HOME=None)
        assert sorted(os.listdir(folder)) == before
