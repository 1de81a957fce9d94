"""A picture as a tensor: PGM and PPM are read here, other formats by Pillow where it is installed."""

from __future__ import annotations

import re
from collections.abc import Sequence

from cnncalc.language import _
from cnncalc.problem import Problem, Refused
from cnncalc.record import Record
from cnncalc.shape import Shape
from cnncalc.shape import text as shape_text
from cnncalc.tensor import Tensor

MOST_PIXELS = 50_000_000
MOST_BYTES = 256 * 1024 * 1024
_HEADER = re.compile(rb"(P[2356])" + rb"(?:\s|#[^\n]*\n)+([0-9]{1,9})" * 3 + rb"(?:#[^\n]*\n)?\s")


class UnreadablePicture(Problem):
    """A picture that cannot be decoded: it is cut off, damaged, or too large.

    PGM and PPM (P2, P3, P5, P6) are read as they are; PNG, JPEG and others with Pillow. At most 50 million pixels.
    """

    reason: str

    def message(self) -> str:
        return _("this picture cannot be read: {reason}").format(reason=self.reason)


class PictureChannels(Problem):
    """A picture has one channel (grey) or three (red, green, blue), and the network's input must have as many."""

    shape: Shape

    def message(self) -> str:
        return _("a picture is 1×H×W or 3×H×W, but the network's input is {shape}").format(shape=shape_text(self.shape))


class PillowMissing(ImportError):
    """Pillow is needed for this picture and is not installed."""


class Picture(Record):
    """Pixels row by row: 1 (grey) or 3 (red, green, blue) values from 0 to 255 for each."""

    width: int
    height: int
    channels: int
    values: Sequence[int]


def read(data: bytes) -> Picture:
    """The picture of a file's bytes.

    Raises:
        Refused: it cannot be decoded.
        PillowMissing: it is neither PGM nor PPM, and Pillow is not installed.
    """
    return _from_text_header(data) if re.match(rb"P[2356][\s#]", data) else _by_pillow(data)


def _from_text_header(data: bytes) -> Picture:
    header = _HEADER.match(data)
    if header is None:
        raise Refused(UnreadablePicture(_("its header is not that of a PGM or PPM file")))
    width, height, largest = (int(header[group]) for group in (2, 3, 4))
    if not (width and height and 0 < largest < 65536 and width * height <= MOST_PIXELS):
        raise Refused(UnreadablePicture(_("{width}×{height} pixels").format(width=width, height=height)))
    channels = 3 if header[1] in (b"P3", b"P6") else 1
    count = width * height * channels
    if header[1] in (b"P2", b"P3"):
        words = re.sub(rb"#[^\n]*", b"", data[header.end() - 1 :]).split()[:count]
        if not all(word.isdigit() and len(word) <= 5 for word in words):
            raise Refused(UnreadablePicture(_("not all of its values are numbers")))
        values: Sequence[int] = [int(word) for word in words]
    else:
        values = data[header.end() : header.end() + count * (2 if largest > 255 else 1)]
        if largest > 255:
            values = [values[i] * 256 + values[i + 1] for i in range(0, len(values) - 1, 2)]
    if len(values) < count:
        raise Refused(UnreadablePicture(_("it holds {found} values of {count}").format(found=len(values), count=count)))
    if largest != 255:
        values = [min(value, largest) * 255 // largest for value in values]
    return Picture(width, height, channels, values)


def _by_pillow(data: bytes) -> Picture:
    try:
        from PIL import Image
    except ImportError:
        raise PillowMissing from None
    from io import BytesIO
    from warnings import catch_warnings, simplefilter

    try:
        with catch_warnings():
            simplefilter("error")
            image: Image.Image = Image.open(BytesIO(data))
            if image.width * image.height > MOST_PIXELS:
                raise ValueError(_("{width}×{height} pixels").format(width=image.width, height=image.height))
            grey = image.mode in ("1", "L", "I;16", "LA")
            image = image.convert("L" if grey else "RGB")
            raw = image.tobytes()
    except Exception as error:  # a decoder of a foreign format may raise anything at all on a damaged file
        reason = str(error) if type(error) is ValueError else _("no format that Pillow knows, or damaged")
        raise Refused(UnreadablePicture(reason)) from None
    return Picture(image.width, image.height, 1 if grey else 3, raw)


def as_input(picture: Picture, shape: Shape) -> Tensor:
    """The picture as the network's input: scaled by the nearest pixel, grey or in colours as the channels ask.

    Raises:
        Refused: the input is no picture's.
    """
    if len(shape) != 3 or shape[0] not in (1, 3):
        raise Refused(PictureChannels(shape))
    channels, height, width = shape
    values: list[int] = []
    rows = [(2 * y + 1) * picture.height // (2 * height) for y in range(height)]
    columns = [(2 * x + 1) * picture.width // (2 * width) for x in range(width)]
    for channel in range(channels):
        for y in rows:
            values += [_value(picture, y, x, channel, channels) for x in columns]
    return Tensor(shape, values)


def _value(picture: Picture, y: int, x: int, channel: int, channels: int) -> int:
    pixel = (y * picture.width + x) * picture.channels
    if picture.channels == 1:
        return picture.values[pixel]
    if channels == 3:
        return picture.values[pixel + channel]
    red, green, blue = picture.values[pixel : pixel + 3]
    return (299 * red + 587 * green + 114 * blue + 500) // 1000  # how bright a colour looks
