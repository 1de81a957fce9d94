"""Every rule there is, found by inspection, called with integers and with symbols alike."""

import inspect

from hypothesis import strategies as st

from cnncalc.formula import letters, rules
from cnncalc.formula.expression import traced
from cnncalc.formula.letters import Letter

RULES = {
    name: rule for name, rule in vars(rules).items() if inspect.isfunction(rule) and rule.__module__ == rules.__name__
}
OWN = {letter.name: letter for letter in vars(letters).values() if isinstance(letter, Letter)}
SIDES = ("tuple[Number, ...]",)


def numbers(rule, integers):
    """Arguments for a rule: one integer each, or one to three for a tuple of sides."""
    many = st.lists(integers, min_size=1, max_size=3).map(tuple)
    signature = inspect.signature(rule)
    return st.fixed_dictionaries(
        {name: many if argument.annotation in SIDES else integers for name, argument in signature.parameters.items()}
    )


def symbolic(arguments):
    """The same arguments as symbols that carry them."""

    def named(name, value):
        return traced(OWN.get(name, Letter(name, name)), value)

    return {
        name: tuple(named(name, side) for side in value) if isinstance(value, tuple) else named(name, value)
        for name, value in arguments.items()
    }
