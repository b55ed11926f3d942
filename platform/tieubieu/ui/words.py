"""Numbers, dates and times as Vietnamese writes them. Exact: a float is taken by its shortest decimal form."""

import zlib
from datetime import date, datetime, time, timedelta
from decimal import Decimal
from fractions import Fraction

NOTHING = "–"
Number = int | float | str | Decimal | Fraction


def exact(value: Number) -> Fraction:
    """The number itself, from any of its forms (`"244/3"` too); `ValueError` when it is none."""
    try:
        return Fraction(str(value)) if isinstance(value, (float, Decimal)) else Fraction(value)
    except (ZeroDivisionError, TypeError) as error:
        raise ValueError(f"not a number: {value!r}") from error


def rounded(value: Fraction, digits: int) -> int:
    """`value` × 10^digits, half away from zero, as a whole number."""
    scaled = abs(value) * 10**digits
    whole = (2 * scaled.numerator + scaled.denominator) // (2 * scaled.denominator)
    return -whole if value < 0 else whole


def written(value: Fraction, digits: int) -> str:
    """`1.234,50` with exactly `digits` after the comma."""
    scaled = rounded(value, digits)
    whole, part = divmod(abs(scaled), 10**digits)
    text = f"{whole:,}".replace(",", ".")
    tail = f",{part:0{digits}d}" if digits else ""
    return f"{'−' if scaled < 0 else ''}{text}{tail}"


def is_exact_in(value: Fraction, digits: int) -> bool:
    return (value * 10**digits).denominator == 1


def number(value: Number, digits: int | None = None) -> str:
    """`1.234,5`: all digits it has (at most 6), or exactly `digits`, half away from zero."""
    whole = exact(value)
    if digits is not None:
        return written(whole, digits)
    return written(whole, next((n for n in range(6) if is_exact_in(whole, n)), 6))


def score(value: Number, digits: int = 2) -> str:
    """`81,5` stays as it is; what needs more than `digits` is rounded and keeps them all: `81,33`, `70,00`.

    So a rounded score never looks like a whole one.
    """
    whole = exact(value)
    return number(whole) if is_exact_in(whole, digits) else written(whole, digits)


def score_against(value: Number, mark: Number) -> str:
    """A score with as many digits as it takes to be seen on its own side of `mark`: 69,996 is not shown as 70,00."""
    whole, line = exact(value), exact(mark)
    for digits in range(2, 7):
        seen = Fraction(rounded(whole, digits), 10**digits)
        if (seen >= line) == (whole >= line):
            return score(whole, digits)
    return f"dưới {number(line)}" if whole < line else score(whole, 6)


def percent(part: Number, digits: int = 1) -> str:
    """`12,5%` from 0.125."""
    whole = exact(part) * 100
    return f"{number(whole) if is_exact_in(whole, digits) else written(whole, digits)}%"


def day(value: date | datetime) -> str:
    """`05/01/2025`; the caller has brought a datetime to local time."""
    return f"{value:%d/%m/%Y}"


def hour(value: datetime | time) -> str:
    """`14 giờ 30`."""
    return f"{value:%H} giờ {value:%M}"


def moment(value: datetime) -> str:
    """`14 giờ 30, ngày 05/01/2025`."""
    return f"{hour(value)}, ngày {day(value)}"


def deadline(value: datetime) -> str:
    """A moment at which something closes: `17 giờ 00, ngày 05/01/2025`, and at midnight `hết ngày 04/01/2025`."""
    if value.time() == time():
        return f"hết ngày {day(value - timedelta(days=1))}"
    return moment(value)


def days_left(until: date, today: date) -> str:
    """`còn 3 ngày`, `hôm nay là hạn cuối`, `quá hạn 2 ngày`."""
    left = (until - today).days
    if left == 0:
        return "hôm nay là hạn cuối"
    return f"còn {number(left)} ngày" if left > 0 else f"quá hạn {number(-left)} ngày"


def short_name(text: str) -> str:
    """An HTML id from any text: stable, ASCII, not for reading."""
    return f"{zlib.crc32(text.encode()):08x}"
