"""Exact numbers, rounded only where asked. All numbers of the ranking are zero or more."""

from fractions import Fraction

SHOWN_DIGITS = 6


def half_up(value: Fraction, digits: int) -> Fraction:
    """`value` to `digits` decimals; a half goes up, which for numbers of zero or more is away from zero."""
    scale = 10**digits
    return Fraction((2 * value.numerator * scale + value.denominator) // (2 * value.denominator), scale)


def plain(value: Fraction) -> str:
    """Six decimals at most, half up, without trailing zeros: 244/3 is "81.333333" and 81 is "81"."""
    scale = 10**SHOWN_DIGITS
    units, rest = divmod(int(half_up(value, SHOWN_DIGITS) * scale), scale)
    return f"{units}.{rest:0{SHOWN_DIGITS}d}".rstrip("0").rstrip(".")


def exact(value: Fraction) -> str:
    """The fraction in lowest terms, "244/3"; a whole number without denominator, "81"."""
    return str(value)
