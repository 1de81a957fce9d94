"""What may not stand in the program: code that runs what somebody hands in, and files that nobody named."""

import ast
from pathlib import Path

import pytest

import cnncalc

PACKAGE = Path(cnncalc.__file__).parent
MODULES = {
    "pickle",
    "marshal",
    "shelve",
    "dill",
    "socket",
    "ssl",
    "http",
    "urllib",
    "ftplib",
    "importlib.util",
}
CALLS = {"eval", "exec", "compile", "__import__"}


def banned(text):
    """The banned names that a module imports or calls."""
    found = set()
    for node in ast.walk(ast.parse(text)):
        if isinstance(node, ast.Import):
            found |= {name.name for name in node.names} & MODULES
        elif isinstance(node, ast.ImportFrom):
            found |= {node.module} & MODULES
        elif isinstance(node, ast.Call) and isinstance(node.func, ast.Name):
            found |= {node.func.id} & CALLS
    return found


@pytest.mark.parametrize(
    ("text", "found"),
    [
        ("eval('1')", "eval"),
        ("def f():\n    exec('1')", "exec"),
        ("import pickle", "pickle"),
        ("from marshal import loads", "marshal"),
        ("import socket as s", "socket"),
    ],
)
def test_the_ban_bites(text, found):
    assert banned(text) == {found}


def test_the_package_keeps_it():
    assert {path.name: found for path in PACKAGE.rglob("*.py") if (found := banned(path.read_text("utf-8")))} == {}


def test_a_process_is_started_only_to_ask_git():
    users = {path.name for path in PACKAGE.rglob("*.py") if "import subprocess" in path.read_text("utf-8")}
    assert users == {"revisions.py"}
