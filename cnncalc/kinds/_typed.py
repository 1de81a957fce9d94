"""What a user types as an expression (`c * (h // 2)`), as a number or as the formula that an explanation shows.

The one evaluator says what it comes to and refuses what has no value. The formula is read off the same tree: where a
condition, `min` or `abs` chooses, the chosen part is shown; what formulas have no sign for is shown as its value.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from functools import lru_cache
from typing import Any

from cnncalc.arithmetic import value_of
from cnncalc.arithmetic_syntax import Node, parsed
from cnncalc.formula.expression import (
    Constant,
    Naming,
    Number,
    Symbol,
    as_expression,
    ceil_divide,
    larger,
    part_of,
    plain,
    product,
)
from cnncalc.formula.letters import Letter

LARGEST_POWER = 4
"""Up to here a power is written as a product, `k·k·k`."""

Names = Mapping[str, Any]
"""What each name stands for: a number, or a list of numbers."""


@lru_cache(maxsize=1024)
def tree(expression: str) -> Node:
    """The expression's tree; the same few recur in every layer of a block.

    Raises:
        NotCalculable: it is no expression.
    """
    return parsed(expression, False)


def typed(written: int | str, names: Names, letters: Mapping[str, Letter], name: Naming = plain) -> Any:
    """What the expression comes to: a number or a list; called with `traced`, the formula of it.

    Raises:
        NotCalculable: it has no value.
    """
    if isinstance(written, int):
        return written
    value = value_of(tree(written), names)
    return value if name is plain else _Formula(names, letters, name).of(tree(written), value)


class _Formula:
    """Turns trees that have a value into formulas."""

    def __init__(self, names: Names, letters: Mapping[str, Letter], name: Naming) -> None:
        self.names, self.letters, self.name = names, letters, name

    def of(self, node: Node, value: Any) -> Any:
        """The formula of a tree, or a list of formulas; its value where formulas have no sign for it."""
        if isinstance(value, list):
            return self._list(node, value)
        if node.what == "number":
            return Constant(value)
        if node.what == "name":
            return self.name(self.letters[node.parts[0]], value)
        if node.what in ("group", "if"):
            return self._inner(self._chosen(node))
        if node.what == "call":
            return self._called(node, value)
        if node.what in _OPERATIONS:
            left, right = (as_expression(self._inner(part)) for part in node.parts)
            return _OPERATIONS[node.what](left, right)
        if node.what in ("**", "%"):
            return self._short(node, value)
        return self._item(node, value) if node.what == "item" else value

    def _inner(self, node: Node) -> Any:
        return self.of(node, value_of(node, self.names))

    def _chosen(self, node: Node) -> Node:
        """What is in parentheses, or the branch of a condition that holds."""
        if node.what == "group":
            inside: Node = node.parts[0]
            return inside
        condition, then, otherwise = node.parts
        chosen: Node = then if value_of(condition, self.names) else otherwise
        return chosen

    def _list(self, node: Node, value: list[Any]) -> list[Any]:
        """A list, its items formulas where they are written out."""
        if node.what in ("group", "if"):
            return self._list(self._chosen(node), value)
        if node.what == "name":
            return [self._side(node.parts[0], axis, side) for axis, side in enumerate(value)]
        if node.what == "list":
            return [self._inner(part) for part in node.parts]
        if node.what == "+":
            return [one for part in node.parts for one in self._inner(part)]
        return value

    def _side(self, name: str, axis: int, side: int) -> Number:
        """One side of a shape: `in0[1]`."""
        letter = self.letters[name]
        return self.name(Letter(f"{letter.name}[{axis}]", letter.meaning), side)

    def _item(self, node: Node, value: Any) -> Any:
        whole, index = node.parts
        items = self._inner(whole)
        return items[value_of(index, self.names)] if isinstance(items, list) else value

    def _short(self, node: Node, value: Any) -> Any:
        """A power or a remainder of single numbers; of longer parts only its value, or the formula could double and
        double again."""
        left, right = (self._inner(part) for part in node.parts)
        if not isinstance(left, Symbol | Constant):
            return value
        if node.what == "%":
            return left - right * (left // right) if isinstance(right, Symbol | Constant) else value
        power = value_of(node.parts[-1], self.names)
        return product((left,) * power) if power in range(1, LARGEST_POWER + 1) else value

    def _called(self, node: Node, value: Any) -> Any:
        name, *inside = node.parts
        if name == "len" or not inside:
            return value
        if name in ("floor", "ceil"):
            division = _bare(inside[0])
            if division.what == "/":
                left, right = (as_expression(self._inner(part)) for part in division.parts)
                return left // right if name == "floor" else ceil_divide(left, right)
            return self._inner(inside[0]) if value_of(inside[0], self.names) == value else value
        items = [one for part in inside for one in _flat(self._inner(part))]
        if name == "max":
            found = items[0]
            for item in items[1:]:
                found = larger(found, item)
            return found
        if name == "min":
            numbers = [one for part in inside for one in _flat(value_of(part, self.names))]
            return items[numbers.index(value)]
        return items[0] if name == "abs" and value_of(inside[0], self.names) == value else value


_OPERATIONS: dict[str, Callable[[Any, Any], Any]] = {
    "+": lambda a, b: a + b,
    "-": lambda a, b: a - b,
    "*": lambda a, b: a * b,
    "//": lambda a, b: a // b,
    "/": part_of,
}


def _flat(term: Any) -> list[Any]:
    return term if isinstance(term, list) else [term]


def _bare(node: Node) -> Node:
    while node.what == "group":
        node = node.parts[0]
    return node
