"""What a question gives, put together from words."""

import pytest

from cnncalc.teach.given import NotUnderstood, read


@pytest.mark.parametrize(
    ("kind", "words", "inputs"),
    [
        ("conv2d", ["H=7", "W=9", "k=3"], ((1, 7, 9),)),
        ("conv2d", ["W=9", "H=7", "k=3"], ((1, 7, 9),)),
        ("conv2d", ["3x7x7", "n=7", "c_in=3", "k=3"], ((3, 7, 7),)),
        ("conv2d", ["input size=7", "filter size=3"], ((1, 7, 7),)),
        ("add", ["3x7x9 3x1x9"], ((3, 7, 9), (3, 1, 9))),
        ("conv2d", ["输入=7", "通道数=3", "卷积核大小=3", "步幅=2"], ((3, 7, 7),)),
        ("linear", ["输入通道=784", "输出通道=10"], ((784,),)),
    ],
)
def test_words_that_agree(kind, words, inputs):
    assert read(kind, words).inputs == inputs


@pytest.mark.parametrize(
    ("kind", "words", "code"),
    [
        ("conv2d", ["7x7", "k=3", "k=5"], "given-twice"),
        ("conv2d", ["7x7", "k=3", "kernel_size=5"], "given-twice"),
        ("conv2d", ["3x7x7", "n=9", "k=3"], "given-twice"),
        ("conv2d", ["3x7x7", "c_in=4", "k=3"], "given-twice"),
        ("conv2d", ["n=7", "W=9", "k=3"], "given-twice"),
        ("conv2d", ["3x7x7", "1x5x5", "k=3", "out=2"], "wrong-number-of-inputs"),
        ("relu", ["3x4x4", "3x5x5"], "wrong-number-of-inputs"),
    ],
)
def test_words_that_contradict_each_other(kind, words, code):
    with pytest.raises(NotUnderstood) as error:
        read(kind, words)
    assert [problem.code() for problem in error.value.problems] == [code]


def test_chinese_words_name_the_same_fields():
    chinese = read("conv2d", ["3x9x9", "输出通道=10", "核=3", "步幅=2", "补零=1", "膨胀率=2", "分组数=1"]).kind
    assert chinese == read("conv2d", ["3x9x9", "out_channels=10", "k=3", "s=2", "p=1", "d=2", "g=1"]).kind
