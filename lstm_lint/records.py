"""Dataclasses that cost little to make: a start makes about a hundred of them, most of its time beside libcst's.

`dataclasses.dataclass` writes and compiles six functions for each class. Here a class has its `__init__` written, and shares
the rest. That a frozen one stays as it is, the type checker alone sees to.
"""

from dataclasses import field, replace
from operator import attrgetter
from typing import TYPE_CHECKING, Any

__all__ = ["dataclass", "field", "replace"]

if TYPE_CHECKING:
    from dataclasses import dataclass
else:
    from dataclasses import dataclass as _dataclass

    def dataclass(cls=None, /, *, frozen=False, eq=True, **options):
        """As `dataclasses.dataclass`; always with slots."""
        if cls is None:
            return lambda cls: dataclass(cls, frozen=frozen, eq=eq, **options)
        if "order" in options:
            return _dataclass(cls, frozen=frozen, eq=eq, slots=True, **options)
        own = vars(cls)
        cls.__doc__ = cls.__doc__ or cls.__name__  # else the signature is looked up to write one
        made = _dataclass(cls, eq=False, repr=False, **{**options, "slots": True})
        if "__repr__" not in own:
            made.__repr__ = _repr
        if eq and "__eq__" not in own:
            _compared(made, frozen and "__hash__" not in own)
        return made


def _repr(self: Any) -> str:
    names = [each.name for each in self.__dataclass_fields__.values() if each.repr]
    shown = (f"{each}={getattr(self, each)!r}" for each in names)
    return f"{type(self).__name__}({', '.join(shown)})"


def _compared(made: Any, hashed: bool) -> None:
    """By their fields, in order, as a tuple's."""
    names = [each.name for each in made.__dataclass_fields__.values() if each.compare]
    key: Any = attrgetter(*names) if names else lambda self: ()

    def same(self: Any, other: Any) -> Any:
        return key(self) == key(other) if other.__class__ is self.__class__ else NotImplemented

    def hashes(self: Any) -> int:
        return hash(key(self))

    made.__eq__ = same
    made.__hash__ = hashes if hashed else None
