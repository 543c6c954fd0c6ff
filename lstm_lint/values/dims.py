"""Sizes of axes: integers, symbols, and polynomials over them in normal form.

A dim is an int, a `Size` (a polynomial with integer coefficients, never a plain constant), None (an axis whose size
is left open until data come: batch, or timesteps) or an `Unknown`. Questions are answered True, False or None: maybe.
"""

from collections.abc import Callable, Iterable, Mapping
from functools import reduce
from math import gcd, lcm, prod
from typing import TypeAlias

from lstm_lint.records import dataclass
from lstm_lint.values.unknown import Unknown


@dataclass(frozen=True)
class Symbol:
    """A size that the source leaves open; two are the same size only if their keys are the same object or number.

    One with a `least` is an axis of data: some size from there on.
    """

    name: str
    key: object
    least: int | None = None

    def __str__(self) -> str:
        return self.name


@dataclass(frozen=True)
class Quotient:
    """numerator // denominator, where the division does not come out even."""

    numerator: "Size"
    denominator: "int | Size"

    def __str__(self) -> str:
        return f"({self.numerator})//{_inner(self.denominator)}"


Atom: TypeAlias = Symbol | Quotient
Monomial: TypeAlias = tuple[Atom, ...]


@dataclass(frozen=True)
class Size:
    """A polynomial: monomials (sorted atoms) with their coefficients, sorted; () is the constant's monomial."""

    terms: tuple[tuple[Monomial, int], ...]

    def __str__(self) -> str:
        text = ""
        for monomial, factor in sorted(self.terms, key=lambda term: -len(term[0])):
            body = "*".join(map(str, monomial)) or str(abs(factor))
            if monomial and abs(factor) != 1:
                body = f"{abs(factor)}*{body}"
            sign = "-" if factor < 0 else "+"
            text += (f" {sign} " if text else "-" if factor < 0 else "") + body
        return text


Dim: TypeAlias = int | Size | Unknown | None
Known: TypeAlias = int | Size


def symbol(name: str, key: object = None, least: int | None = None) -> Size:
    """A fresh size with this name; `key` says when two of them are the same (by default never)."""
    return Size((((Symbol(name, object() if key is None else key, least),), 1),))


def add(left: Dim, right: Dim) -> Dim:
    return _known(left, right, _plus)


def subtract(left: Dim, right: Dim) -> Dim:
    return _known(left, right, _minus)


def multiply(left: Dim, right: Dim) -> Dim:
    return _known(left, right, _product)


def divide(left: Dim, right: Dim) -> Dim:
    """Floor division; by zero Unknown."""
    return _known(left, right, _quotient)


def modulo(left: Dim, right: Dim) -> Dim:
    if isinstance(left, int) and isinstance(right, int) and right:
        return left % right
    whole = divide(left, right)
    if isinstance(whole, Size) and any(isinstance(atom, Quotient) for monomial, _ in whole.terms for atom in monomial):
        return Unknown("a remainder of unknown sizes")
    return subtract(left, multiply(whole, right))


def product(dims: Iterable[Dim]) -> Dim:
    start: Dim = 1
    return reduce(multiply, dims, start)


def same(left: Dim, right: Dim) -> bool | None:
    """Are both always, never, or perhaps the same size? None may be anything."""
    if left is None or right is None or isinstance(left, Unknown) or isinstance(right, Unknown):
        return None
    rest = _sum(left, right, -1)
    if isinstance(rest, int):
        return rest == 0
    constant = dict(rest.terms).get((), 0)
    uneven = constant % gcd(*(factor for monomial, factor in rest.terms if monomial))
    return False if uneven or positive(rest) or positive(_sum(0, rest, -1)) else None


def apart(left: Dim, right: Dim) -> bool:
    """Are these never the same, where both are numbers or sizes of data?"""
    return same(left, right) is False and all(isinstance(dim, int) or of_data(dim) for dim in (left, right))


def uneven(dim: Dim, divisor: int) -> bool:
    """Is it never a multiple of that number?"""
    if isinstance(dim, int):
        return bool(divisor and dim % divisor)
    if not isinstance(dim, Size) or not of_data(dim):
        return False
    return bool(dict(dim.terms).get((), 0) % gcd(divisor, *(factor for monomial, factor in dim.terms if monomial)))


def of_data(dim: Dim) -> bool:
    """Is it made of sizes of data alone?"""
    return isinstance(dim, Size) and all(
        atom.least is not None if isinstance(atom, Symbol) else of_data(atom.numerator)
        for monomial, _ in dim.terms
        for atom in monomial
    )


def positive(dim: Dim) -> bool:
    """Is it above 0 whatever the sizes of data are? A quotient is less than 1 below the fraction."""
    for _ in range(MOST_NESTED):
        dim = _without_quotients(dim) if isinstance(dim, Size) else dim
    if not isinstance(dim, Size):
        return isinstance(dim, int) and dim > 0
    total = 0
    for monomial, factor in dim.terms:
        least = [atom.least if isinstance(atom, Symbol) else None for atom in monomial]
        if None in least or monomial and factor < 0:
            return False
        total += factor * prod(each or 0 for each in least)
    return total > 0


def _without_quotients(dim: Size) -> Dim:
    """What is no more than a multiple of it, its quotients by numbers taken for fractions."""
    rest, divided = dict(dim.terms), list[tuple[Quotient, int, int]]()
    for monomial, factor in dim.terms:
        atom = monomial[0] if len(monomial) == 1 else None
        if isinstance(atom, Quotient) and isinstance(atom.denominator, int) and atom.denominator > 0:
            divided.append((atom, atom.denominator, rest.pop(monomial)))
    scale = lcm(*(divisor for _, divisor, _ in divided))
    found = multiply(_normal(rest), scale)
    for quotient, divisor, factor in divided:
        least = _sum(quotient.numerator, divisor - 1, -1) if factor > 0 else quotient.numerator
        found = add(found, multiply(least, factor * scale // divisor))
    return found


def join(left: Dim, right: Dim) -> Dim:
    """One dim for both: itself if they agree, else Unknown."""
    if left is None and right is None:
        return None
    return left if same(left, right) else Unknown("sizes differ between branches")


def _known(left: Dim, right: Dim, both: Callable[[Known, Known], Dim]) -> Dim:
    for dim in (left, right):
        if isinstance(dim, Unknown):
            return dim
    if isinstance(left, (int, Size)) and isinstance(right, (int, Size)):
        return both(left, right)
    return Unknown("a size that is left open")


def _terms(dim: Known) -> Mapping[Monomial, int]:
    return {(): dim} if isinstance(dim, int) else dict(dim.terms)


def _normal(terms: Mapping[Monomial, int]) -> Known:
    kept = {monomial: factor for monomial, factor in terms.items() if factor}
    if not kept.keys() - {()}:
        return kept.get((), 0)
    return Size(tuple(sorted(kept.items(), key=lambda term: [_order(atom) for atom in term[0]])))


def _order(atom: Atom) -> tuple[str, int]:
    return str(atom), id(atom.key) if isinstance(atom, Symbol) else 0


def _plus(left: Known, right: Known) -> Known:
    return _sum(left, right, 1)


def _minus(left: Known, right: Known) -> Known:
    return _sum(left, right, -1)


def _sum(left: Known, right: Known, sign: int) -> Known:
    terms = dict(_terms(left))
    for monomial, factor in _terms(right).items():
        terms[monomial] = terms.get(monomial, 0) + sign * factor
    return _normal(terms)


MOST_TERMS = 24
MOST_NESTED = 6


def _product(left: Known, right: Known) -> Dim:
    ours, theirs = _terms(left), _terms(right)
    if len(ours) * len(theirs) > MOST_TERMS:
        return Unknown("a size too long to follow")
    terms: dict[Monomial, int] = {}
    for one, a in ours.items():
        for other, b in theirs.items():
            monomial = tuple(sorted(one + other, key=_order))
            terms[monomial] = terms.get(monomial, 0) + a * b
    return _normal(terms)


def _quotient(left: Known, right: Known) -> Dim:
    if right == 0:
        return Unknown("a division by zero")
    if isinstance(left, int) and isinstance(right, int):
        return left // right
    if isinstance(right, int):
        even = {monomial: factor for monomial, factor in _terms(left).items() if factor % right == 0}
        odd = _normal({m: f for m, f in _terms(left).items() if m not in even})
        whole = _normal({monomial: factor // right for monomial, factor in even.items()})
        rest = odd // right if isinstance(odd, int) else Size((((Quotient(odd, right),), 1),))
        return _sum(whole, rest, 1)
    if len(right.terms) == 1:
        exact = _cancel(left, *right.terms[0])
        if exact is not None:
            return exact
    return Size((((Quotient(left, right),), 1),)) if isinstance(left, Size) else Unknown("a quotient of unknown sizes")


def _cancel(left: Known, atoms: Monomial, factor: int) -> Known | None:
    """left / (factor * atoms) if each term of left holds them."""
    terms: dict[Monomial, int] = {}
    for monomial, ours in _terms(left).items():
        rest = list(monomial)
        for atom in atoms:
            if atom not in rest:
                return None
            rest.remove(atom)
        if ours % factor:
            return None
        terms[tuple(rest)] = ours // factor
    return _normal(terms)


def _inner(dim: Known) -> str:
    return str(dim) if isinstance(dim, int) or len(dim.terms) == 1 else f"({dim})"


def rounds(several: range) -> int:
    """How many numbers a range holds, also where `len` cannot tell it."""
    return max(0, -((several.start - several.stop) // several.step))
