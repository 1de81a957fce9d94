"""Small dense arrays of any kind of number, for calculations that are shown or counted step by step."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from itertools import product
from math import prod
from typing import Any

Index = tuple[int, ...]


@dataclass(slots=True)
class Tensor:
    """Values in row-major order under a shape. The numbers may be of any type with arithmetic."""

    shape: tuple[int, ...]
    values: list[Any]

    def __post_init__(self) -> None:
        if prod(self.shape) != len(self.values):
            raise ValueError(f"{len(self.values)} values do not fill the shape {self.shape}")

    def __getitem__(self, index: Index) -> Any:
        return self.values[self.offset(index)]

    def __setitem__(self, index: Index, value: Any) -> None:
        self.values[self.offset(index)] = value

    def offset(self, index: Index) -> int:
        """Where the value at `index` stands in `values`."""
        position = 0
        for size, step in zip(self.shape, index, strict=True):
            if not 0 <= step < size:
                raise IndexError(f"{index} lies outside {self.shape}")
            position = position * size + step
        return position

    def get(self, index: Index, outside: Any) -> Any:
        """The value at `index`, or `outside` beyond the border."""
        if all(0 <= step < size for size, step in zip(self.shape, index, strict=True)):
            return self[index]
        return outside


def indices(shape: Sequence[int]) -> Iterator[Index]:
    """Every index of a shape, in row-major order."""
    return product(*map(range, shape))


def filled(shape: tuple[int, ...], values: Iterable[Any]) -> Tensor:
    """A tensor of this shape, filled from `values` in row-major order."""
    return Tensor(shape, list(values))


def total(values: Iterable[Any]) -> Any:
    """The sum of one value or more, with one addition fewer than values."""
    iterator = iter(values)
    result = next(iterator)
    for value in iterator:
        result = result + value
    return result
