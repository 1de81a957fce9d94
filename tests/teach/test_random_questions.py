"""Ten thousand random questions: a right answer is never called wrong, and a slip is always recognised."""

import random
from decimal import Decimal

from cnncalc.formula.expression import NotExact, evaluate
from cnncalc.formula.slips import slips
from cnncalc.formula.write import text
from cnncalc.problem import Refused
from cnncalc.teach import given as givens
from cnncalc.teach.check import check
from cnncalc.teach.fitting import Fitting
from cnncalc.teach.given import NotUnderstood
from cnncalc.teach.quantities import NAMES, expressions

QUESTIONS = 10_000


def window(draw, name, rank, *rest):
    n = draw.randint(9, 40)
    sides = [n] * rank if draw.random() < 0.8 else [draw.randint(9, 40) for _axis in range(rank)]
    words = [f"k={draw.randint(1, 7)}", f"p={draw.randint(0, 3)}", f"s={draw.randint(1, 4)}"]
    words = [word for word in words if word[0] == "k" or draw.random() < 0.7]
    shape = "x".join(map(str, [draw.choice((1, 3, 4, 6, 8, 12)), *sides]))
    return [f"{name}{rank}d", shape, *words, *[word for word in rest if draw.random() < 0.4]]


def convolution(draw):
    out, groups = draw.choice((1, 4, 8, 10, 12, 16)), draw.choice((1, 2, 4))
    rest = (f"d={draw.randint(1, 3)}", f"groups={groups}", draw.choice(("bias=true", "bias=false")))
    return [*window(draw, "conv", draw.choice((1, 2, 2, 2, 3)), *rest), f"out_channels={out}"]


def transposed(draw):
    words = window(draw, "conv_transpose", draw.choice((1, 2)), draw.choice(("bias=true", "bias=false")))
    return [*words, f"out_channels={draw.choice((1, 4, 10, 16))}"]


def pooling(draw):
    return window(draw, draw.choice(("max_pool", "avg_pool")), draw.choice((1, 2, 2, 3)), "ceil_mode=true")


def size_alone(draw):
    words = convolution(draw)
    sizes = [word for word in words[2:] if not word.startswith(("out", "groups"))]
    return [words[0], f"n={draw.randint(9, 60)}", *sizes]


def linear(draw):
    words = ["linear", f"in={draw.randint(2, 2000)}", f"out={draw.randint(2, 2000)}"]
    return words + draw.choice(([], ["bias=true"], ["bias=false"]))


def other(draw):
    kind = draw.choice(("relu", "batch_norm2d", "flatten", "dropout", "softmax", "global_avg_pool", "sigmoid"))
    return [kind, f"{draw.randint(1, 32)}x{draw.randint(1, 20)}x{draw.randint(1, 20)}"]


DRAWN = (convolution, convolution, transposed, pooling, size_alone, linear, other)


def questions(seed, count):
    """Random questions that have an answer: what is given, what is asked, the right calculations, their values."""
    draw = random.Random(seed)
    found = 0
    while found < count:
        kind, *words = draw.choice(DRAWN)(draw)
        ask = draw.choice(list(NAMES))
        try:
            given = givens.read(kind, words)
            truth = expressions(given, ask)
            values = tuple(map(evaluate, truth))
        except (NotUnderstood, Refused, NotExact):
            continue
        found += 1
        yield draw, given, ask, truth, values


UNITS = (("k", 3), ("M", 6), ("G", 9), ("万", 4), ("亿", 8))


def stated(draw, value):
    """A large number with a unit or a power of ten, rounded half up or cut off."""
    power = len(str(value)) - draw.randint(1, 4)
    step = 10**power
    head = draw.choice((value // step, (2 * value + step) // (2 * step)))
    forms = [f"{head}e{power}", f"{head}*10^{power}", f"{head}·10^{power}"]
    for sign, unit in UNITS:
        if unit >= power > 0:
            forms.append(f"{Decimal(head).scaleb(power - unit):f}{sign}")
    return draw.choice(forms)


def arithmetic(expression):
    """The right calculation as one would type it."""
    said = text(expression, values=True).replace(",", "")
    for sign, word in (("⌊", "floor("), ("⌋", ")"), ("⌈", "ceil("), ("⌉", ")")):
        said = said.replace(sign, word)
    return said


def written(draw, ask, truth, values):
    """A right answer in one of the forms that are accepted."""
    if len(values) == 1:
        (value,) = values
        forms = [str(value), f"{value:,}", f"{value} + 0", f"({value})", f"m = {value}", f"{2 * value}/2"]
        forms.append(arithmetic(truth[0]))
        if isinstance(value, int) and value > 9999:
            forms += [stated(draw, value), stated(draw, value)]
        return draw.choice(forms)
    if ask == "output_shape":
        sides = ", ".join(map(str, values))
        extra = [f"(N, {sides})", f"[N, {sides}]", "N×" + "×".join(map(str, values)), f"({sides})", f"(1, {sides})"]
    else:
        extra = []
    return draw.choice(["x".join(map(str, values)), "×".join(map(str, values)), " * ".join(map(str, values)), *extra])


def test_a_right_answer_is_never_called_wrong():
    wrong = []
    for draw, given, ask, truth, values in questions(20, QUESTIONS):
        answer = written(draw, ask, truth, values)
        if check(given, ask, answer).ruling != "right":
            wrong.append((given, ask, values, answer))
    assert wrong == []


def test_an_answer_made_by_one_slip_is_recognised_as_that_or_as_a_tie():
    missed, checked = [], 0
    for draw, given, ask, truth, values in questions(30, QUESTIONS):
        axis = draw.randrange(len(truth))
        possible = [(one.codes[0], one.value) for one in Fitting(given, ask, truth).single[axis]]
        if len(values) > 1:
            possible = [(code, value) for code, value in possible if type(value) is int and value > 0]
        if not possible:
            continue
        code, value = draw.choice(possible)
        answer = [value if place == axis else right for place, right in enumerate(values)]
        verdict = check(given, ask, "x".join(map(str, answer)))
        checked += 1
        # A convention that the question leaves open (biases, channels last) makes an answer right, and says so.
        named = [slip.code for slip in verdict.slips if not slip.second]
        if verdict.ruling == "wrong" and code in named:
            continue
        if verdict.ruling == "right_by_convention" and verdict.slips:
            continue
        missed.append((given, ask, values, answer, code, verdict.ruling, named))
    assert checked > QUESTIONS * 0.6
    assert missed == []


def test_slips_that_come_of_the_formula_are_among_those_that_are_looked_for():
    for _draw, given, ask, truth, _values in questions(40, 300):
        for expression, outcomes in zip(truth, Fitting(given, ask, truth).single, strict=True):
            looked_for = {(one.codes[0], one.value) for one in outcomes}
            assert {(slip.code, slip.value) for slip in slips(expression)} <= looked_for
