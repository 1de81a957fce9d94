"""Derivations and verdicts as they are drawn; the pages are written by hand."""

import pytest

from cnncalc.document import (
    Derivation,
    Document,
    Entry,
    Fact,
    Facts,
    Heading,
    Pair,
    Paragraph,
    Picture,
    Prose,
    Span,
    Step,
    Verdict,
    bold,
    plain,
)
from cnncalc.render.terminal import render

OUTPUT_SIZE = Derivation(
    (
        Entry(
            "output size",
            (
                Step(plain("⌊(n + 2p − k)/s⌋ + 1"), "m"),
                Step(plain("⌊(7 + 2·1 − 3)/2⌋ + 1")),
                Step(plain("3 + 1")),
                Step(bold("4"), note="height and width alike"),
            ),
        ),
    )
)
WEIGHTS = Derivation(
    (
        Entry(
            "weights",
            (
                Step(plain("C_in · C_out · k · k"), equals=False),
                Step(plain("3·10·3·3")),
                Step(bold("270"), note="3·3·3 = 27 in each kernel"),
            ),
        ),
        Entry("biases", (Step((Span("C_out = "), Span("10", "bold")), equals=False),)),
    )
)
SAME_MAPS = Derivation(
    (Entry("the same maps", (Pair("fully connected", "23,520", "weights"), Pair("locally connected", "4,320"))),)
)


def test_a_derivation_has_one_equals_sign_under_the_other():
    heading = Heading((Span("conv2d", "bold"), Span(" · 3×7×7 → 10×4×4")), "10 kernels of 3×3×3, k 3, s 2, p 1")
    assert (
        render(Document((heading, OUTPUT_SIZE, WEIGHTS, SAME_MAPS)), 80)
        == """\
 conv2d · 3×7×7 → 10×4×4                     10 kernels of 3×3×3, k 3, s 2, p 1

 output size     m = ⌊(n + 2p − k)/s⌋ + 1
                   = ⌊(7 + 2·1 − 3)/2⌋ + 1
                   = 3 + 1
                   = 4                      height and width alike

 weights           C_in · C_out · k · k
                   = 3·10·3·3
                   = 270                    3·3·3 = 27 in each kernel
 biases            C_out = 10

 the same maps     fully connected     23,520 weights
                   locally connected    4,320
"""
    )


def test_words_and_a_picture_in_a_derivation():
    entry = Entry(
        "why 4",
        (
            Prose("The padded side has 9 places. The first window takes 3 and leaves 6."),
            Picture(("p 1 2 3", "└───┘"), "nothing left over"),
        ),
    )
    assert (
        render(Document((Derivation((entry,)),)), 50)
        == """\
 why 4   The padded side has 9 places. The first
         window takes 3 and leaves 6.

         p 1 2 3
         └───┘  nothing left over
"""
    )


VERDICT = Document(
    (
        Verdict(False, "output size is 16, not 14"),
        Paragraph(plain("The padding was left out (ignored_padding)."), indent=3),
        Facts(
            (
                Fact("yours", plain("⌊(32 + 2·0 − 5)/2⌋ + 1 = ⌊27/2⌋ + 1 = 13 + 1 = 14")),
                Fact("right", plain("⌊(32 + 2·2 − 5)/2⌋ + 1 = ⌊31/2⌋ + 1 = 15 + 1 = 16"), mark=(9, 1)),
            ),
            indent=3,
            gap=3,
        ),
    )
)


def test_a_verdict_with_a_caret_where_two_lines_part():
    assert (
        render(VERDICT, 80)
        == """\
 ✗ output size is 16, not 14

   The padding was left out (ignored_padding).

   yours   ⌊(32 + 2·0 − 5)/2⌋ + 1 = ⌊27/2⌋ + 1 = 13 + 1 = 14
   right   ⌊(32 + 2·2 − 5)/2⌋ + 1 = ⌊31/2⌋ + 1 = 15 + 1 = 16
                    ^
"""
    )


@pytest.mark.parametrize("width", [40, 60, 80])
@pytest.mark.parametrize("ascii", [False, True])
def test_a_marked_line_is_wrapped_with_its_caret_under_the_marked_part(width, ascii):
    value = "1 + (7 − 1)·1 + (3 − 1)·2 + (1 − 1)·2·2 + (3 − 1)·9·2 = 1 + 6·1 + 2·2 + 0·2·2 + 2·9·2 = 47"
    block = Facts((Fact("right", plain(value), mark=(value.index("9"), 1)),), indent=3, gap=3)
    lines = render(Document((block,)), width, ascii=ascii).splitlines()
    assert max(map(len, lines)) < width
    (under,) = (number for number, line in enumerate(lines) if line.strip() == "^")
    assert lines[under - 1][lines[under].index("^")] == "9"


def test_the_caret_follows_when_signs_are_exchanged():
    lines = render(VERDICT, 80, ascii=True).split("\n")
    assert lines[0] == " wrong: output size is 16, not 14"
    assert lines[5][lines[6].index("^")] == "2"
    assert lines[5][: lines[6].index("^")].endswith("floor((32 + 2*")


def test_facts_share_their_label_column_across_blocks_and_labels_may_stand_alone():
    first = Facts((Fact("counted once"), Fact("", plain("a = 15"))), indent=3, gap=3)
    second = Facts((Fact("right", plain("b = 16")),), indent=3, gap=3)
    assert (
        render(Document((first, second)), 80)
        == """\
   counted once
           a = 15

   right   b = 16
"""
    )


def test_aligned_facts_set_their_parts_under_each_other():
    product = (Span("784 · 784 · 512"), Span(" = "), Span("314,703,872"))
    right = (Span("784 · 512"), Span(" = "), Span("401,408"))
    facts = Facts((Fact("你的算法", product), Fact("正确算法", right)), indent=3, gap=3, aligned=True)
    assert (
        render(Document((facts,)), 80)
        == """\
   你的算法   784 · 784 · 512 = 314,703,872
   正确算法         784 · 512 =     401,408
"""
    )


def test_the_dot_of_a_heading_is_no_product():
    heading = Heading((*bold("LeNet-5"), *plain(" · 1×28×28 → 10")))
    assert render(Document((heading,)), 40, ascii=True) == " LeNet-5: 1x28x28 -> 10\n"


def test_a_narrow_heading_takes_two_lines():
    heading = Heading(plain("LeNet-5 · 1×28×28 → 10"), "one image, forward pass")
    assert render(Document((heading,)), 40) == " LeNet-5 · 1×28×28 → 10\n one image, forward pass\n"
