"""What `trace` reads: matrices in every way of writing one, and pictures."""

from fractions import Fraction

import pytest

from cnncalc.problem import Refused
from cnncalc.source import Source
from cnncalc.teach import matrix, picture


def read(text):
    return matrix.read(Source("m.txt", text))


def found(text):
    with pytest.raises(matrix.NotAMatrix) as error:
        read(text)
    return [(one.code, one.place and one.place[:2]) for one in error.value.findings]


@pytest.mark.parametrize(
    "text",
    [
        "1 2\n3 4",
        "1,2\n3,4",
        "1, 2 / 3, 4",
        "1 2/3 4",
        "1 2; 3 4",
        "[[1, 2], [3, 4]]",
        "1\t2\r\n3\t4\r\n",
        "# a map\n1 2\n3 4 # row",
    ],
)
def test_rows_are_read_in_every_way_of_writing_them(text):
    assert (read(text).shape, read(text).values) == ((2, 2), [1, 2, 3, 4])


@pytest.mark.parametrize("text", ["1 2\n3 4\n\n5 6\n7 8\n", "[[[1,2],[3,4]],[[5,6],[7,8]]]", "1 2/3 4\n\n\n5 6/7 8"])
def test_a_blank_line_stands_between_channels(text):
    assert (read(text).shape, read(text).values) == ((2, 2, 2), [1, 2, 3, 4, 5, 6, 7, 8])


def test_numbers_are_exact():
    assert read("0.1 −2 1e2 .5").values == [Fraction(1, 10), -2, 100, Fraction(1, 2)]
    assert read("[0.1, -2]").values == [Fraction(1, 10), -2]


@pytest.mark.parametrize(
    ("text", "problems"),
    [
        ("1 2\n3 x", [("matrix-number", (2, 3))]),
        ("1 2\n3 4 5", [("ragged-matrix", (2, 1))]),
        ("1 2/3", [("ragged-matrix", (1, 5))]),
        ("1 2\n3 4\n\n5 6", [("ragged-matrix", (4, 1))]),
        ("", [("no-matrix", (1, 1))]),
        ("\n / \n", [("no-matrix", (1, 1))]),
        ("[]", [("no-matrix", (1, 1))]),
        ("[[1, 2], [3]]", [("ragged-matrix", (1, 10))]),
        ('[[1, "a"]]', [("matrix-number", (1, 6))]),
        ("[[1, true]]", [("matrix-number", (1, 6))]),
        ("[[1, 2], 3]", [("too-deep-matrix", (1, 10))]),
        ("[[[[1]]]]", [("too-deep-matrix", (1, 1))]),
        ("[[1, 2]", [("unclosed-bracket", (1, 7))]),
        ("1e999999999", [("matrix-number", (1, 1))]),
        ("1 nan inf", [("matrix-number", (1, 3)), ("matrix-number", (1, 7))]),
    ],
)
def test_what_is_wrong_is_said_with_its_place(text, problems):
    assert found(text) == problems


GREY = bytes([0, 50, 100, 150, 200, 250])


@pytest.mark.parametrize(
    "data",
    [
        b"P5\n3 2\n255\n" + GREY,
        b"P5 3 2 255\n" + GREY,
        b"P5\n# by hand\n3 2\n# deep\n255\n" + GREY,
        b"P2\n3 2\n255\n0 50 100\n150 200 250\n",
        b"P2\n3 2\n255\n0 50 100 # first row\n150 200 250\n",
        b"P5\n3 2\n65535\n" + bytes(byte for grey in GREY for byte in (grey, grey)),
    ],
)
def test_a_grey_picture_is_read(data):
    found = picture.read(data)
    assert (found.width, found.height, found.channels, list(found.values)) == (3, 2, 1, list(GREY))


def test_a_coloured_picture_is_read_and_made_grey_as_the_eye_sees_it():
    found = picture.read(b"P6\n2 1\n255\n" + bytes([255, 0, 0, 0, 255, 0]))
    assert picture.as_input(found, (3, 1, 2)).values == [255, 0, 0, 255, 0, 0]
    assert picture.as_input(found, (1, 1, 2)).values == [76, 150]
    assert picture.read(b"P3\n1 1\n255\n1 2 3").values == [1, 2, 3]


def test_a_picture_is_scaled_by_the_nearest_pixel():
    found = picture.read(b"P5\n3 2\n255\n" + GREY)
    assert picture.as_input(found, (1, 4, 6)).values == [
        *(0, 0, 50, 50, 100, 100), *(0, 0, 50, 50, 100, 100), *(150, 150, 200, 200, 250, 250),
        *(150, 150, 200, 200, 250, 250),
    ]  # fmt: skip
    assert picture.as_input(found, (1, 1, 1)).values == [200]


@pytest.mark.parametrize(
    "data",
    [
        b"P5\n3 2\n255\n" + GREY[:4],
        b"P5\n0 2\n255\n",
        b"P5\n3\n",
        b"P5 999999999 999999999 255\n",
        b"P2\n1 1\n255\nx\n",
    ],
)
def test_a_damaged_picture_is_a_problem(data):
    with pytest.raises(Refused):
        picture.read(data)


def test_a_picture_goes_into_an_input_of_one_or_three_channels():
    found = picture.read(b"P5\n3 2\n255\n" + GREY)
    with pytest.raises(Refused, match="4×2×2"):
        picture.as_input(found, (4, 2, 2))


@pytest.mark.parametrize("data", [b"", b"\x89PNG\r\n\x1a\n" + b"\0" * 40, b"GIF89a\xff\xff\xff\xff", b"no picture"])
def test_a_foreign_file_that_is_no_picture_is_a_problem(data):
    pytest.importorskip("PIL")
    with pytest.raises(Refused):
        picture.read(data)
