"""Every sign that cnncalc's own texts use can be exchanged for what any stream carries."""

import ast
import unicodedata
from pathlib import Path

import pytest

import cnncalc
from cnncalc.render.signs import FAMILIES, SUBSTITUTES
from tests.cli.running import process

PACKAGE = Path(cnncalc.__file__).parent


ONLY_READ = "•▪●◦✕✖х—–‘’⇒➔²“”´⋅∙≃\u034f\u1160\u17b4\u17b5\uffa0\ue000\ufffd\U00010000"
"""Signs that are recognised in what people write, and never written."""


def literals():
    """Every string literal of the package, those inside f-strings too, with the file it stands in."""
    for file in sorted(PACKAGE.rglob("*.py")):
        for node in ast.walk(ast.parse(file.read_text(encoding="utf-8"))):
            if isinstance(node, ast.Constant) and isinstance(node.value, str) and not node.value.isascii():
                yield file.relative_to(PACKAGE).as_posix(), node.value


def foreign(sign):
    """Chinese with its full-width signs, which words of its own stand for; and what is only ever read, never shown."""
    return unicodedata.east_asian_width(sign) in "WF" or unicodedata.category(sign) in {
        "Cc",
        "Cf",
        "Cn",
        "Cs",
        "Zs",
    } | {
        "Zl",
        "Zp",
    }


def test_every_sign_of_ours_is_in_the_table():
    found = [
        (file, sign, hex(ord(sign)))
        for file, text in literals()
        for sign in sorted(set(text))
        if not sign.isascii() and sign not in SUBSTITUTES and sign not in ONLY_READ and not foreign(sign)
    ]
    assert not found


def test_what_stands_for_a_sign_is_ascii():
    assert all(substitute.isascii() and substitute for substitute in SUBSTITUTES.values())


def test_every_sign_of_a_family_is_in_the_table():
    assert set("".join(FAMILIES)) <= set(SUBSTITUTES)


@pytest.mark.parametrize("argv", [["layer", "conv2d"], ["layer", "max_pool2d"], ["rules", "wrong-value"], ["--help"]])
@pytest.mark.parametrize("encoding", ["ascii", "utf-8"])
def test_no_manual_has_an_escape(argv, encoding):
    own = [] if encoding == "ascii" or argv == ["--help"] else ["--ascii"]
    done = process(*argv, *own, PYTHONIOENCODING=encoding)
    assert done.returncode == 0
    assert b"\\u" not in done.stdout
    assert done.stdout.isascii() or argv == ["--help"]
