"""No command opens a socket, starts a process or opens a file that it has nothing to do with: an audit hook watches."""

import json
import os
import site
import subprocess
import sys
import sysconfig

import pytest

from tests.cli.running import ROOT, environment
from tests.cli.specs import SMALL

HOOK = """
import json, os, sys
seen = []
def watch(event, arguments):
    if event.split(".")[0] in ("socket", "subprocess", "pickle", "marshal", "ctypes", "shutil", "urllib", "ftplib"):
        if event != "marshal.loads" and event != "marshal.load":
            seen.append([event, ""])
    elif event.startswith(("os.system", "os.exec", "os.fork", "os.posix_spawn", "os.spawn", "os.remove", "os.rename")):
        seen.append([event, str(arguments[:2])])
    elif event == "open" and isinstance(arguments[0], (str, bytes)):
        seen.append(["open", os.path.realpath(os.fsdecode(arguments[0]))])
sys.addaudithook(watch)
from cnncalc.__main__ import main
try:
    main()
finally:
    target, did = os.environ["SEEN"], list(seen)
    with os.fdopen(os.open(target, os.O_WRONLY | os.O_CREAT), "w") as file:
        json.dump(did, file)
"""
COMMANDS = [
    ["summary", "net.yaml", "--format", "html"],
    ["summary", "resnet18", "--depth", "1", "--color", "always"],
    ["compare", "net.yaml", "lenet5"],
    ["layer", "conv2d", "3x7x7", "out=10", "k=3"],
    ["explain", "net.yaml", "conv2d_1"],
    ["solve", "conv2d", "n=224", "m=112", "k=7"],
    ["check", "conv2d", "n=7", "k=3", "--answer", "5"],
    ["ask", "7x7, k=3, s=2: output size?"],
    ["trace", "--example"],
    ["validate", "net.yaml"],
    ["diff", "net.yaml", "lenet5"],
    ["expand", "net.yaml"],
    ["rules"],
    ["specs"],
    ["schema"],
    ["summary", "model.pt"],
]


def watched(folder, *argv):
    """What a command did, as far as Python tells."""
    seen = folder / "seen.json"
    line = [sys.executable, "-c", HOOK, *argv]
    subprocess.run(line, cwd=folder, capture_output=True, env=environment(SEEN=str(seen)), timeout=120)
    return [tuple(one) for one in json.loads(seen.read_text())]


def is_pythons(path):
    """Whether a file belongs to Python, to the package, or to the terminal and the locale."""
    installed = [*sysconfig.get_paths().values(), *site.getsitepackages(), sys.prefix, sys.base_prefix, str(ROOT)]
    system = ["/dev/null", "/etc/localtime", "/usr/share/terminfo", "/usr/share/zoneinfo", "/usr/share/locale"]
    return path.startswith((*map(os.path.realpath, installed), *system))


@pytest.fixture
def folder(tmp_path):
    (tmp_path / "net.yaml").write_text(SMALL)
    (tmp_path / "model.pt").write_bytes(b"\x80\x04cposix\nsystem\n(S'touch pwned'\ntR.")
    return tmp_path


@pytest.mark.parametrize("argv", COMMANDS, ids=lambda argv: argv[0])
def test_only_its_own_files(folder, argv):
    did = watched(folder, *argv)
    assert [event for event, _about in did if event != "open"] == []
    spec = os.path.realpath(folder / "net.yaml")
    assert {path for _event, path in did if not is_pythons(path)} <= {spec}


def test_a_file_to_write_and_nothing_else(folder):
    did = watched(folder, "summary", "net.yaml", "-o", "page.txt")
    opened = {os.path.basename(path) for event, path in did if event == "open" and not is_pythons(path)}
    assert {name.split(".")[1 if name.startswith(".") else 0] for name in opened} == {"net", "page"}
    assert {event for event, _about in did} - {"open"} <= {"os.rename", "os.remove"}


def test_git_is_the_one_process(folder):
    did = watched(folder, "diff", "git:HEAD:net.yaml", "net.yaml")
    assert {event for event, _about in did if event != "open"} & {"subprocess.Popen"} == {"subprocess.Popen"}
    assert not [event for event, _about in did if event.startswith(("socket", "os.system", "os.exec"))]
