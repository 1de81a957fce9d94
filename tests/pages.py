"""The project's pages and the scripts in `docs/` that make parts of them."""

import importlib.util
import re
import sys
from functools import cache
from pathlib import Path

ROOT = Path(__file__).parent.parent
README, CHINESE = "README.md", "README.zh-CN.md"

BLOCK = re.compile(r"(?ms)^```\w*\n.*?^```$")
CODE = re.compile(r"`[^`\n]+`")
LINK = re.compile(r"\]\(([^)\s]+)\)")
NUMBER = re.compile(r"(?:\d[\d,.]*\d|\d)[⁰¹²³⁴⁵⁶⁷⁸⁹]*")


@cache
def page(name):
    """A page's text."""
    return (ROOT / name).read_text(encoding="utf-8")


@cache
def script(name):
    """A script of `docs/`, as a module."""
    spec = importlib.util.spec_from_file_location(f"docs_{name}", ROOT / "docs" / f"{name}.py")
    module = importlib.util.module_from_spec(spec)
    sys.modules[spec.name] = module
    spec.loader.exec_module(module)
    return module


def prose(name):
    """The page without its blocks and without the targets of its links."""
    return LINK.sub("]", BLOCK.sub("", page(name)))


def numbers(name):
    """Every number of the prose, as written, in order; code between back quotes left out."""
    return NUMBER.findall(CODE.sub("", prose(name)))
