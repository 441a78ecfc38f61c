"""Products of finite fields, as far as difference matrices need them.

Elements are integers: digit strings, the digits counting in the primes of ``radices`` (first digit
least significant). Addition works digit by digit, without carry.
"""

from __future__ import annotations

from dataclasses import dataclass
from functools import lru_cache
from itertools import product

import numpy as np
from numpy.typing import NDArray

Ints = NDArray[np.int64]


@dataclass(frozen=True, slots=True)
class AbelianGroup:
    """The direct product of cyclic groups of the given orders."""

    radices: tuple[int, ...]

    @property
    def order(self) -> int:
        """Number of elements."""
        return int(np.prod(self.radices))

    def add(self, first: Ints, second: Ints) -> Ints:
        """Return the sums of elements, element by element."""
        return self._combine(first, second, 1)

    def subtract(self, first: Ints, second: Ints) -> Ints:
        """Return the differences of elements, element by element."""
        return self._combine(first, second, -1)

    def _combine(self, first: Ints, second: Ints, sign: int) -> Ints:
        if len(self.radices) == 1:
            return np.asarray((first + sign * second) % self.radices[0])
        total = np.zeros(np.broadcast(first, second).shape, dtype=np.int64)
        place = 1
        for radix in self.radices:
            digit = (first // place % radix + sign * (second // place % radix)) % radix
            total += digit * place
            place *= radix
        return total


def prime_powers(number: int) -> tuple[tuple[int, int], ...]:
    """Return the prime powers that multiply to ``number``, as (prime, exponent)."""
    found = []
    rest, prime = number, 2
    while rest > 1:
        exponent = 0
        while rest % prime == 0:
            rest //= prime
            exponent += 1
        if exponent:
            found.append((prime, exponent))
        prime += 1 if prime * prime <= rest else max(1, rest - prime)
    return tuple(found)


def smallest_prime_power(number: int) -> int:
    """Return the smallest of the prime powers that multiply to ``number``; 1 for 1."""
    return min((prime**exponent for prime, exponent in prime_powers(number)), default=1)


def field_group(order: int) -> AbelianGroup:
    """Return the additive group of the product of fields whose sizes multiply to ``order``."""
    return AbelianGroup(tuple(p for p, exponent in prime_powers(order) for _ in range(exponent)))


def multiplication(order: int, rows: int, columns: int) -> Ints:
    """Return m * c for the first ``rows`` and ``columns`` elements, componentwise in the fields.

    The shorter side runs over the diagonal (c, c, ...), so that differences of two of its elements
    are units as long as it is no longer than the smallest field; the other side runs over all.
    """
    if rows < columns:
        return multiplication(order, columns, rows).T
    result = np.zeros((rows, columns), dtype=np.int64)
    place = 1
    for prime, exponent in prime_powers(order):
        size = prime**exponent
        table = _field_table(prime, exponent, columns)
        result += place * table[(np.arange(rows) // place) % size]
        place *= size
    return result


def _field_table(prime: int, exponent: int, columns: int) -> Ints:
    size = prime**exponent
    if exponent == 1:
        return np.asarray(np.outer(np.arange(size), np.arange(columns)) % prime)
    modulus = _irreducible(prime, exponent)
    digits = [_digits(x, prime, exponent) for x in range(size)]
    return np.array(
        [
            [_number(_times(digits[x], digits[y], modulus, prime), prime) for y in range(columns)]
            for x in range(size)
        ],
        dtype=np.int64,
    ).reshape(size, columns)


def _digits(number: int, prime: int, count: int) -> tuple[int, ...]:
    return tuple(number // prime**i % prime for i in range(count))


def _number(digits: tuple[int, ...], prime: int) -> int:
    return sum(digit * prime**i for i, digit in enumerate(digits))


def _times(
    first: tuple[int, ...], second: tuple[int, ...], modulus: tuple[int, ...], prime: int
) -> tuple[int, ...]:
    """Return the product of two polynomials (lowest coefficient first) modulo a monic one."""
    degree = len(modulus) - 1
    total = [0] * (len(first) + len(second) - 1)
    for (i, a), (j, b) in product(enumerate(first), enumerate(second)):
        total[i + j] += a * b
    for top in range(len(total) - 1, degree - 1, -1):
        lead = total[top]
        for i, coefficient in enumerate(modulus):
            total[top - degree + i] -= lead * coefficient
    return tuple(x % prime for x in total[:degree])


@lru_cache(maxsize=64)
def _irreducible(prime: int, degree: int) -> tuple[int, ...]:
    """Return the first monic polynomial of a degree without a divisor of half that degree."""
    return next(
        candidate
        for number in range(prime**degree)
        if not _has_divisor(candidate := (*_digits(number, prime, degree), 1), prime)
    )


def _has_divisor(polynomial: tuple[int, ...], prime: int) -> bool:
    half = (len(polynomial) - 1) // 2
    divisors = (
        (*_digits(number, prime, degree), 1)
        for degree in range(1, half + 1)
        for number in range(prime**degree)
    )
    return any(not any(_times(polynomial, (1,), divisor, prime)) for divisor in divisors)
