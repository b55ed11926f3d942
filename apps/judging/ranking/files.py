"""Reading a document from bytes, more strictly than JSON: no name may occur twice in one object."""

import json
from collections import Counter

from apps.judging.ranking.errors import RankingRefused, Spot, shown

LARGEST = 64 * 1024 * 1024
LONGEST_INTEGER = 19

Pairs = list[tuple[str, object]]


def parse(content: bytes) -> object:
    """The JSON value in `content`, UTF-8 with or without a byte order mark; raises `RankingRefused`."""
    if len(content) > LARGEST:
        raise _refusal(f"tệp lớn hơn {LARGEST >> 20} MiB", f"the file is larger than {LARGEST >> 20} MiB")
    try:
        return _strict(content.decode("utf-8-sig"))
    except UnicodeDecodeError as error:
        raise _refusal("tệp không phải văn bản UTF-8", "the file is not UTF-8 text") from error
    except json.JSONDecodeError as error:
        raise _refusal(
            f"JSON không hợp lệ ở dòng {error.lineno}, cột {error.colno}",
            f"invalid JSON at line {error.lineno}, column {error.colno}: {error.msg}",
        ) from error
    except RecursionError as error:
        raise _refusal("JSON lồng quá sâu", "the JSON is nested too deeply") from error


def _strict(content: str) -> object:
    repeated: list[tuple[object, str]] = []

    def once(pairs: Pairs) -> dict[str, object]:
        named = dict(pairs)
        if len(named) < len(pairs):
            repeated.append((named, _first_repeat(pairs)))
        return named

    value = json.loads(content, object_pairs_hook=once, parse_int=_integer)
    if repeated:
        # Inner objects are finished first, so the last one found cannot itself have been overwritten.
        culprit, name = repeated[-1]
        spot = _spot_of(culprit, value).key(name)
        raise spot.refusal(f"tên {shown(name)} xuất hiện hai lần", f"the name {shown(name)} occurs twice")
    return value


def _integer(digits: str) -> int | float:
    """A very long integer, which the interpreter would not read, becomes a float, which is refused where it stands."""
    return int(digits) if len(digits) <= LONGEST_INTEGER else float(digits)


def _first_repeat(pairs: Pairs) -> str:
    times = Counter(name for name, _ in pairs)
    return next(name for name in times if times[name] > 1)


def _spot_of(wanted: object, value: object) -> Spot:
    """Where in `value` the very object `wanted` stands."""
    waiting = [(value, Spot())]
    while True:
        here, spot = waiting.pop()
        if here is wanted:
            return spot
        if isinstance(here, dict):
            waiting.extend((item, spot.key(name)) for name, item in here.items())
        elif isinstance(here, list):
            waiting.extend((item, spot.item(index)) for index, item in enumerate(here))


def _refusal(vietnamese: str, english: str) -> RankingRefused:
    return Spot().refusal(vietnamese, english)
