"""Records: immutable values whose fields are the annotations of their class.

They are what `dataclass(frozen=True)` makes, without the methods that it compiles for every single class. That takes
more than half a millisecond a class, and this program has far more than a hundred of them: they would cost as much time
as all the rest of a short run.
"""

from __future__ import annotations

from typing import Any, ClassVar, TypeVar, dataclass_transform

_R = TypeVar("_R", bound="Record")


@dataclass_transform(frozen_default=True)
class Record:
    """A value with named fields; equal to another of its class with equal fields. Defaults stand in the class."""

    _fields: ClassVar[tuple[str, ...]] = ()
    _least: ClassVar[int] = 0
    """So many fields from the first on must be given: the last of them has no default."""

    def __init_subclass__(cls, **options: Any) -> None:
        super().__init_subclass__(**options)
        own = [name for name, kind in cls.__annotations__.items() if "ClassVar" not in str(kind)]
        cls._fields = tuple(dict.fromkeys((*cls._fields, *own)))
        needed = [place for place, name in enumerate(cls._fields, 1) if not hasattr(cls, name)]
        cls._least = needed[-1] if needed else 0
        cls.__match_args__ = cls._fields  # type: ignore[attr-defined,misc]

    def __init__(self, *values: Any, **named: Any) -> None:
        cls = type(self)
        if not named and cls._least <= len(values) <= len(cls._fields):  # by far the commonest way
            self.__dict__.update(zip(cls._fields, values, strict=False))
            return
        state = dict(zip(cls._fields, values, strict=False))
        if len(values) > len(cls._fields) or not named.keys().isdisjoint(state):
            raise TypeError(f"{cls.__name__} takes {', '.join(cls._fields)}, each once")
        state.update(named)
        for name in cls._fields:
            if name not in state and not hasattr(cls, name):
                raise TypeError(f"{cls.__name__} needs {name}")
        if len(state) > len(cls._fields) or not state.keys() <= set(cls._fields):
            raise TypeError(f"{cls.__name__} takes {', '.join(cls._fields)} only")
        self.__dict__.update(state)

    def _values(self) -> tuple[Any, ...]:
        return tuple([getattr(self, name) for name in self._fields])

    def __eq__(self, other: object) -> bool:
        return type(other) is type(self) and self._values() == other._values()

    def __hash__(self) -> int:
        return hash((type(self), self._values()))

    def __repr__(self) -> str:
        fields = ", ".join(f"{name}={getattr(self, name)!r}" for name in self._fields)
        return f"{type(self).__name__}({fields})"

    def __setattr__(self, name: str, value: Any) -> None:
        raise AttributeError(f"{type(self).__name__} does not change; {name} cannot be set")

    def __delattr__(self, name: str) -> None:
        raise AttributeError(f"{type(self).__name__} does not change; {name} cannot be deleted")


def changed(record: _R, **changes: Any) -> _R:
    """The record with other values for some of its fields."""
    return type(record)(**{**dict(zip(record._fields, record._values(), strict=True)), **changes})
