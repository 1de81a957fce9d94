"""Small dense arrays of any kind of number, for calculations that are shown or counted step by step."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from itertools import product
from math import prod
from typing import Any

Index = tuple[int, ...]


class Tensor:
    """Values in row-major order under a shape. The numbers may be of any type with arithmetic."""

    __slots__ = ("shape", "values")

    def __init__(self, shape: tuple[int, ...], values: list[Any]) -> None:
        if prod(shape) != len(values):
            raise ValueError(f"{len(values)} values do not fill the shape {shape}")
        self.shape, self.values = shape, values

    def __eq__(self, other: object) -> bool:
        return isinstance(other, Tensor) and (self.shape, self.values) == (other.shape, other.values)

    __hash__ = None  # type: ignore[assignment]  # its values change

    def __repr__(self) -> str:
        return f"Tensor({self.shape}, {self.values})"

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
