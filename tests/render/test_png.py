"""The PNG files: valid by the format's own rules, and the greys that they should show."""

import struct
import zlib

from cnncalc.render import png


def read(data):
    """The rows of a grey PNG without filters; every chunk's checksum is checked."""
    assert data.startswith(b"\x89PNG\r\n\x1a\n")
    chunks, position = [], 8
    while position < len(data):
        length = int.from_bytes(data[position : position + 4], "big")
        kind, body = data[position + 4 : position + 8], data[position + 8 : position + 8 + length]
        assert zlib.crc32(kind + body) == int.from_bytes(data[position + 8 + length : position + 12 + length], "big")
        chunks.append((kind, body))
        position += 12 + length
    assert [kind for kind, _ in chunks] == [b"IHDR", b"IDAT", b"IEND"]
    width, height, depth, colour, *rest = struct.unpack(">IIBBBBB", chunks[0][1])
    assert (depth, colour, rest) == (8, 0, [0, 0, 0])
    pixels = zlib.decompress(chunks[1][1])
    assert len(pixels) == height * (width + 1)
    rows = [pixels[y * (width + 1) : (y + 1) * (width + 1)] for y in range(height)]
    assert {row[0] for row in rows} == {0}
    return [row[1:] for row in rows]


def test_a_picture_comes_back_as_it_went_in():
    rows = [bytes([0, 128, 255]), bytes([1, 2, 3])]
    assert read(png.render(rows)) == rows


def test_a_map_goes_from_black_to_white():
    rows = png.grid([[[-3, 0], [3, 3]]])
    assert {rows[png.GAP][png.GAP], rows[-png.GAP - 1][-png.GAP - 1]} == {0, 255}
    assert rows[png.GAP][-png.GAP - 1] == 128


def test_all_maps_stand_in_a_grid_of_equal_rows():
    maps = [[[number, number + 1]] * 2 for number in range(5)]
    rows = png.grid(maps)
    assert len({len(row) for row in rows}) == 1
    assert (len(rows[0]) - png.GAP) % (png.SMALLEST + png.GAP) == 0


def test_a_flat_map_and_one_with_huge_numbers_are_drawn():
    assert set(png.grid([[[7, 7], [7, 7]]])[png.GAP]) == {0, 128}
    read(png.render(png.grid([[[10**400, 0]], [[1.5, float("inf")]]])))


def test_pillow_reads_it_too():
    import io

    import pytest

    image = pytest.importorskip("PIL.Image")
    opened = image.open(io.BytesIO(png.render([bytes([0, 255])])))
    assert (opened.size, opened.mode, list(opened.tobytes())) == ((2, 1), "L", [0, 255])
