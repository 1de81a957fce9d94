"""What a project can say about the design rules: which of them count, how much, and from which numbers on."""

from __future__ import annotations

from collections.abc import Mapping

from cnncalc.problem import Severity
from cnncalc.record import Record

NOTHING: Mapping[str, Severity] = {}


class Settings(Record):
    """Which rules are asked, and their numbers.

    `select` and `ignore` hold codes; `all` and `default` stand for every rule and for those that are on by themselves.
    `severities` gives rules another severity.
    """

    select: tuple[str, ...] = ("default",)
    ignore: tuple[str, ...] = ()
    severities: Mapping[str, Severity] = NOTHING
    channel_multiple: int = 8
    """What the channels should be a multiple of, for `unsuited-channels`."""
    object_size: int | None = None
    """The side of what is to be recognised, in places of the input; half of each side when it is not said."""
    field_reach: int = 16
    """So many times the input's side a receptive field may reach, before `field-far-beyond-input` speaks."""
    largest_share: int = 50
    """Percent of all parameters that one fully connected layer may hold, for `dominant-linear`."""
    least_parameters: int = 100_000
    """Networks with fewer parameters than this are too small for `dominant-linear` to matter."""
    small_input: int = 64
    """Inputs up to this side should not be shrunk early, for `early-downsampling`."""


DEFAULT = Settings()
