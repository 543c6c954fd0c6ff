"""Numbers for what the source leaves open: small, distinct, the same for the same symbol; and what is too large to run."""

from collections.abc import Iterable, Sequence
from math import prod

from lstm_lint.records import dataclass, field
from lstm_lint.values.dims import Dim, Quotient, Size, Symbol
from lstm_lint.values.unknown import Unknown

BATCH, TIMESTEPS = 3, 5
"""What data have on an axis that Keras leaves open: the first one, any other."""

SERIES: tuple[tuple[int, ...], ...] = ((12, 8, 20, 16, 28, 24, 36, 32), (7, 5, 11, 9, 13, 15, 17, 19))
"""Even ones, for what must be halved; odd ones, so that two draws have little in common."""

STEPS = (0, 60, 240)
MOST_ELEMENTS = 20_000_000
MOST_STEPS = 10_000
"""Of the second axis of what a model is run on: a recurrent layer takes a millisecond for each."""


SHRINKS = (1, 100, 10_000)
MANY_ROWS = 5_000
"""From so many rows on, data that are too large may have fewer, one for so many."""


class Unfit(Exception):
    """No program can be written, for this reason."""


class TooLarge(Unfit):
    """Data are, as they are written."""


@dataclass
class Draw:
    """One choice of numbers. `lift` is added to each where smaller ones leave a size below 1; `shrink`: see SHRINKS."""

    series: Sequence[int]
    lift: int = 0
    shrink: int = 1
    numbers: dict[object, int] = field(default_factory=dict)
    said: dict[str, int | None] = field(default_factory=dict)

    def number(self, size: int | Size) -> int:
        if isinstance(size, int):
            return size
        value = sum(factor * prod(self._atom(atom) for atom in monomial) for monomial, factor in size.terms)
        name = str(size)
        if "?" not in name:
            self.said[name] = value if self.said.get(name, value) == value else None  # two of one name
        return value

    def _atom(self, atom: Symbol | Quotient) -> int:
        if isinstance(atom, Quotient):
            divisor = self.number(atom.denominator)
            if divisor == 0:
                raise Unfit("its sizes cannot be drawn")
            return self.number(atom.numerator) // divisor
        rounds, place = divmod(len(self.numbers), len(self.series))
        return self.numbers.setdefault(atom.key, self.series[place] + 40 * rounds + self.lift)

    def shape(self, dims: Iterable[Dim]) -> list[int | None]:
        """Numbers where the sizes are known, None where Keras leaves them open, fresh numbers elsewhere."""
        return [None if dim is None else self.number(_named(dim)) for dim in dims]

    def data(self, dims: Sequence[Dim]) -> list[int]:
        """The shape of data: every axis has a size."""
        sizes = [
            size if size is not None else TIMESTEPS if axis else BATCH for axis, size in enumerate(self.shape(dims))
        ]
        return [*map(self.rows, sizes[:1]), *sizes[1:]]

    def rows(self, count: int) -> int:
        """Fewer, and still other numbers for other numbers."""
        many = count >= MANY_ROWS and self.shrink > 1
        return count // self.shrink + count % self.shrink if many else count


def _named(dim: int | Size | Unknown) -> int | Size:
    if not isinstance(dim, Unknown):
        return dim
    return Size((((Symbol("?", dim.key if dim.key is not None else id(dim)),), 1),))


def fits(shape: Sequence[int]) -> bool:
    """All sizes at least 1; raises if it is too large to run."""
    if all(size >= 0 for size in shape) and prod(shape) > MOST_ELEMENTS:
        raise TooLarge(f"too large to run: {' x '.join(map(str, shape))}")
    return all(size >= 1 for size in shape)
