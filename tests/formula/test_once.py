"""Each rule is written once, in formula/rules.py: nobody else spells out its arithmetic."""

import ast
from pathlib import Path

import pytest

import cnncalc

PACKAGE = Path(cnncalc.__file__).parent
STRIDES = {"s", "stride", "step"}
PADDINGS = {"p", "pad", "padding"}


def word(node):
    """The last word of a name: `s`, `self.stride`, `stride[axis]`."""
    match node:
        case ast.Name(id=name) | ast.Attribute(attr=name):
            return name
        case ast.Subscript(value=value):
            return word(value)
    return ""


def is_less_one(node):
    match node:
        case ast.BinOp(left=left, op=ast.Sub(), right=ast.Constant(value=1)):
            return word(left)
    return ""


def is_window(node):
    """… // s + 1"""
    match node:
        case ast.BinOp(left=ast.BinOp(op=ast.FloorDiv(), right=divisor), op=ast.Add(), right=ast.Constant(value=1)) if (
            word(divisor) in STRIDES
        ):
            return True
    return False


def is_symmetric_padding(node):
    """2 * p"""
    match node:
        case ast.BinOp(left=ast.Constant(value=2), op=ast.Mult(), right=side) if word(side) in PADDINGS:
            return True
    return False


def is_effective_kernel(node):
    """d * (k - 1) + 1"""
    match node:
        case ast.BinOp(left=ast.BinOp(op=ast.Mult(), right=right), op=ast.Add(), right=ast.Constant(value=1)) if (
            is_less_one(right)
        ):
            return True
    return False


def is_spread_or_field(node):
    """(n - 1) * s, and (k - 1) * jump: what transposed sizes, window starts and receptive fields are made of"""
    match node:
        case ast.BinOp(left=left, op=ast.Mult(), right=right) if is_less_one(left) and word(right) in {
            *STRIDES,
            "jump",
        }:
            return True
    return False


def is_adaptive_start(node):
    """i * n // m"""
    match node:
        case ast.BinOp(left=ast.BinOp(left=ast.Name(id="i"), op=ast.Mult()), op=ast.FloorDiv()):
            return True
    return False


SHAPES = [is_window, is_symmetric_padding, is_effective_kernel, is_spread_or_field, is_adaptive_start]


def places(shape):
    return [
        f"{path.relative_to(PACKAGE)}:{node.lineno}"
        for path in sorted(PACKAGE.rglob("*.py"))
        for node in ast.walk(ast.parse(path.read_text(encoding="utf-8")))
        if shape(node)
    ]


@pytest.mark.parametrize("shape", SHAPES, ids=lambda shape: shape.__name__)
def test_a_rule_is_spelled_out_in_the_file_of_rules_alone(shape):
    found = places(shape)
    assert found
    assert [place for place in found if not place.startswith("formula/rules.py:")] == []
