"""The syntax of the evaluator's expressions: a text -> tokens -> a tree."""

from __future__ import annotations

import re
from typing import Any, NamedTuple

from cnncalc.arithmetic_problems import ExpressionTooDeep, ExpressionTooLong, NotArithmetic, refuse

LONGEST, DEEPEST = 256, 64


class Node(NamedTuple):
    """A part of an expression: what is done, with what, and where it is written."""

    what: str
    column: int
    parts: tuple[Any, ...]


def parsed(text: str, loose: bool) -> Node:
    """The tree of an expression.

    Raises:
        NotCalculable: it is none, too long, or too deep.
    """
    if len(text) > LONGEST:
        refuse(ExpressionTooLong(LONGEST + 1, len(text), LONGEST))
    return _Parser(_tokens(text, loose)).whole()


class _Token(NamedTuple):
    kind: str  # number, name, word, value, text, sign, end
    text: str
    column: int


_FULL_WIDTH = {code: code - 0xFEE0 for code in range(0xFF01, 0xFF5F)} | {0x3000: 0x20}
_LOOSE = str.maketrans({"·": "*", "⋅": "*", "∙": "*", "×": "*", "÷": "/", "−": "-", "–": "-"})
_RAISED = str.maketrans("⁰¹²³⁴⁵⁶⁷⁸⁹", "0123456789")
_NUMBER = re.compile(r"(?:[0-9]+(?:\.[0-9]*)?|\.[0-9]+)(?:[eE][+-]?[0-9]+)?")
_THOUSANDS = re.compile(r"[0-9]{1,3}(?:,[0-9]{3})+(?![0-9])(?:\.[0-9]+)?")
_TIMES = re.compile(r"[xX](?=\s*[0-9(])")
_POWER = re.compile("[⁰¹²³⁴⁵⁶⁷⁸⁹]+")
_NAME = re.compile(r"[^\W\d]\w*")
_TEXT = re.compile("\"[^\"]*\"|'[^']*'")
_SIGN = re.compile(r"\*\*|//|[<>=!]=|[-+*/%^<>()\[\],]")

_OR, _AND, _NOT, _COMPARISON, _SUM, _PRODUCT, _NEGATIVE, _POWER_OF, _ITEM = range(1, 10)
_WORDS = frozenset({"and", "or", "not", "if", "else"})
VALUES = {"true": True, "false": False, "null": None}
"""What specs have besides numbers, texts and lists; in a student's arithmetic these are no words."""

_BINDS = {
    "or": _OR,
    "and": _AND,
    **dict.fromkeys(("<", ">", "<=", ">=", "==", "!="), _COMPARISON),
    **dict.fromkeys(("+", "-"), _SUM),
    **dict.fromkeys(("*", "/", "//", "%"), _PRODUCT),
    "**": _POWER_OF,
    "[": _ITEM,
}


def _tokens(text: str, loose: bool) -> list[_Token]:
    """The numbers, names, texts and signs of an expression, each with its column."""
    found: list[_Token] = []
    separating: list[bool] = []  # for each open bracket, whether commas in it separate
    at = 0
    if loose:
        text = text.translate(_FULL_WIDTH).translate(_LOOSE)
    while at < len(text):
        if text[at].isspace():
            at += 1
            continue
        factor = bool(found) and (found[-1].kind == "number" or found[-1].text in (")", "]"))
        match = None
        if loose and factor and (match := _TIMES.match(text, at)):
            found.append(_Token("sign", "*", at + 1))
        elif loose and factor and (match := _POWER.match(text, at)):
            found += [_Token("sign", "**", at + 1), _Token("number", match[0].translate(_RAISED), at + 1)]
        elif loose and not any(separating[-1:]) and (match := _THOUSANDS.match(text, at)):
            found.append(_Token("number", match[0].replace(",", ""), at + 1))
        elif match := _NUMBER.match(text, at):
            found.append(_Token("number", match[0], at + 1))
        elif match := _NAME.match(text, at):
            kind = "word" if match[0] in _WORDS else "value" if match[0] in VALUES and not loose else "name"
            found.append(_Token(kind, match[0], at + 1))
        elif match := _TEXT.match(text, at):
            found.append(_Token("text", match[0][1:-1], at + 1))
        elif match := _SIGN.match(text, at):
            sign = match[0]
            if sign == "^" and not loose:
                refuse(NotArithmetic(at + 1, sign))
            if sign in "([":
                separating.append(sign == "[" or (bool(found) and found[-1].kind == "name"))
            elif sign in ")]" and separating:
                separating.pop()
            found.append(_Token("sign", "**" if sign == "^" else sign, at + 1))
        else:
            refuse(NotArithmetic(at + 1, text[at]))
        at = match.end()
    return [*found, _Token("end", "", len(text) + 1)]


class _Parser:
    """Precedence climbing over the tokens; `depth` counts how far it has gone down."""

    def __init__(self, tokens: list[_Token]) -> None:
        self.tokens, self.at, self.depth = tokens, 0, 0

    def whole(self) -> Node:
        """The one expression that the tokens are."""
        tree = self.choice()
        self.expect("end", "")
        return tree

    @property
    def next(self) -> _Token:
        """The token that comes next."""
        return self.tokens[self.at]

    def take(self, kind: str, text: str) -> _Token | None:
        """The next token if it is this one."""
        token = self.next
        if token.kind != kind or token.text != text:
            return None
        self.at += 1
        return token

    def expect(self, kind: str, text: str) -> None:
        """Refuse anything but this token."""
        if self.take(kind, text) is None:
            refuse(NotArithmetic(self.next.column, self.next.text))

    def choice(self) -> Node:
        """An expression, with `x if c else y` on the outside."""
        tree = self.operation(_OR)
        if token := self.take("word", "if"):
            condition = self.operation(_OR)
            self.expect("word", "else")
            tree = Node("if", token.column, (condition, tree, self.choice()))
        return tree

    def operation(self, least: int) -> Node:
        """Operators that bind at least as tightly as `least`."""
        self.depth += 1
        if self.depth > DEEPEST:
            refuse(ExpressionTooDeep(self.next.column, DEEPEST))
        tree = self.operand()
        while self.next.kind in ("sign", "word") and (binds := _BINDS.get(self.next.text, 0)) >= least:
            token = self.next
            self.at += 1
            if binds == _ITEM:
                tree = Node("item", token.column, (tree, self.choice()))
                self.expect("sign", "]")
            elif binds == _COMPARISON:
                # a < b < c means a < b and b < c.
                right = self.operation(_SUM)
                before = tree if tree.what == "compare" else Node("compare", token.column, (tree,))
                tree = Node("compare", token.column, (*before.parts, token, right))
            else:
                # 2**-1 and 2**3**2: the right side of a power takes a sign and further powers.
                right = self.operation(_NEGATIVE if binds == _POWER_OF else binds + 1)
                tree = Node(token.text, token.column, (tree, right))
        self.depth -= 1
        return tree

    def operand(self) -> Node:
        """A number, a name, a text, a list, a call, something in parentheses, or any of them behind a sign."""
        token = self.next
        self.at += token.kind != "end"
        if token.kind == "number":
            return Node("number", token.column, (token.text,))
        if token.kind == "text":
            return Node("text", token.column, (token.text,))
        if token.kind == "value":
            return Node("value", token.column, (VALUES[token.text],))
        if token.kind == "name":
            if self.take("sign", "("):
                return Node("call", token.column, (token.text, *self.items(")")))
            return Node("name", token.column, (token.text,))
        if token.text == "not" and token.kind == "word":
            return Node("not", token.column, (self.operation(_NOT),))
        if token.kind == "sign" and token.text in "+-":
            return Node(f"unary {token.text}", token.column, (self.operation(_NEGATIVE),))
        if token == (token.kind, "[", token.column):
            return Node("list", token.column, self.items("]"))
        if token.text == "(" and token.kind == "sign":
            tree = self.choice()
            self.expect("sign", ")")
            return Node("group", token.column, (tree,))
        refuse(NotArithmetic(token.column, token.text))

    def items(self, closing: str) -> tuple[Node, ...]:
        """Expressions between commas, up to the closing bracket."""
        found: list[Node] = []
        while not self.take("sign", closing):
            if found:
                self.expect("sign", ",")
            found.append(self.choice())
        return tuple(found)
