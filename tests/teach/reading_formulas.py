"""A written-out formula evaluated by other means: its text as Python's own arithmetic."""

import math
import re

NAMES = {
    "max": lambda *values: max(values),
    "min": lambda *values: min(values),
    "exp": math.exp,
    "ln": math.log,
    "tanh": math.tanh,
    "erf": math.erf,
    "inf": math.inf,
    "__builtins__": {},
}


def evaluated(text):
    """The value of a formula such as `max(1·2 + (−3)·0.5, e^0.1)`."""
    python = text.replace("−", "-").replace("·", "*")
    python = re.sub(r"\be\^\(", "exp(", python)
    python = re.sub(r"\be\^([0-9.]+(?:e-?[0-9]+)?)", r"exp(\1)", python).replace("^", "**")
    return eval(python, NAMES)  # the text comes from the program under test
