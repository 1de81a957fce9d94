"""Written formulas read back as arithmetic, by translation of the signs alone: it knows nothing of expressions."""

import re
from fractions import Fraction
from math import ceil, floor

NAMES = {
    "__builtins__": {},
    "F": Fraction,
    "floor": lambda value: Fraction(floor(value)),  # whole numbers, which Python would divide into a float
    "ceil": lambda value: Fraction(ceil(value)),
    "max": max,
}


def value_of_text(written):
    """What `⌊(7 + 2·1 − 3)/2⌋ + 1` comes to."""
    python = re.sub(r"(?<=\d),(?=\d{3})", "", written)
    for sign, meaning in (("·", "*"), ("−", "-"), ("⌊", "floor("), ("⌈", "ceil("), ("⌋", ")"), ("⌉", ")")):
        python = python.replace(sign, meaning)
    return _value(python)


def value_of_latex(written):
    r"""What `\left\lfloor \frac{7 + 2 \cdot 1 - 3}{2} \right\rfloor + 1` comes to."""
    python = written.replace("{,}", "").replace(r"\left", "").replace(r"\right", "")
    # \frac{a}{b} is ((a)/(b)): its three braces are the only ones left.
    braces = {r"\frac{": "((", "}{": ")/(", "}": "))"}
    python = re.sub(r"\\frac\{|\}\{|\}", lambda brace: braces[brace[0]], python)
    for sign, meaning in (
        (r"\cdot", "*"), (r"\times", "*"), (r"\max", "max"),
        (r"\lfloor", "floor("), (r"\lceil", "ceil("), (r"\rfloor", ")"), (r"\rceil", ")"),
    ):  # fmt: skip
        python = python.replace(sign, meaning)
    return _value(python)


def _value(python):
    numbers_exact = re.sub(r"\d+(\.\d+)?", lambda number: f"F('{number[0]}')", python)
    return eval(numbers_exact, NAMES)


def balanced(latex):
    r"""Whether braces and \left … \right pairs close in the order in which they opened."""
    waiting = []
    for sign in re.findall(r"\\left\b|\\left(?=\\|\()|\\right|[{}]", latex):
        if sign in ("{", r"\left"):
            waiting.append(sign)
        elif not waiting or waiting.pop() != {"}": "{", r"\right": r"\left"}[sign]:
            return False
    return not waiting
