"""The documents of `solve`: tables, marks, what is cut, and the words where nothing fits."""

from cnncalc.document import Table
from cnncalc.render.terminal import render
from cnncalc.teach.asked import read
from cnncalc.teach.mirroring import adapted, keeping
from cnncalc.teach.solving import solve
from cnncalc.views import solve as view
from cnncalc.views.passing import passing


def shown(kind, *words):
    question = read(kind, words)
    return view.solved(question, solve(question.template, question.unknown, question.n, question.m))


def table(document):
    return next(block for block in document.blocks if isinstance(block, Table))


def test_only_unknown_letters_have_columns():
    heads = [column.key for column in table(shown("conv2d", "n=224", "m=112", "k=7")).columns]
    assert heads == ["s", "p", "d", "rule", "usual"]


def test_at_most_fifty_are_shown():
    document = shown("conv_transpose2d", "n=7", "m=14")
    assert len(table(document).rows) == 50
    assert "more that are not shown" in render(document)


def test_what_was_tried_is_said():
    assert "tried: s 1–16, p 0–32, d 1–3;" in render(shown("conv2d", "n=224", "m=112", "k=7"), 120)


def test_sides_that_differ_have_a_line_each():
    lines = render(shown("conv2d", "n=224x200", "m=112x100", "k=3", "d=1"), 120)
    assert "⌊(224 + 2·1 − 3)/2⌋ + 1 = 112" in lines
    assert "⌊(200 + 2·1 − 3)/2⌋ + 1 = 100" in lines


def test_a_refusal_is_the_reason():
    assert "the kernel covers 5 places" in render(shown("conv2d", "n=3", "m=4", "s=1", "k=5", "p=0", "d=1"))


def test_padding_same_is_named_only_where_it_exists():
    for kind, there in (("conv2d", True), ("max_pool2d", False)):
        question = read(kind, ["k=4"], any_kernel=True)
        text = render(view.keeping(question, keeping(question.template, [(4, 4)], None)))
        assert ("padding: same" in text) == there


def test_adaptive_windows_that_do_not_divide_are_told():
    question = read("adaptive_avg_pool2d", ["n=11", "m=4"])
    text = render(view.adapted(question, adapted(question.template, question.n, question.m)))
    assert "of 3 or 4 places, since 4 does not divide 11" in text


def test_sizes_are_collapsed():
    text = render(passing("net", (3, 8, 8), (1, 300), [32, 64, 96, 128, 200, 201, 202, 300], [], None))
    assert "8 sizes: every 32 from 32 to 128, 200–202, 300" in text
