"""One byte form for one meaning, so that a digest can be computed again by anybody, anywhere.

The form: JSON in UTF-8, no white space, object keys sorted by code point, every string (keys too) in Unicode NFC,
nothing escaped but what JSON requires. Binary floats have no place in a record and are refused: write decimal strings.
"""

import hashlib
import json
import unicodedata

DEEPEST = 100


class NotCanonical(ValueError):
    """The value has no canonical form: a float, an unknown type, a lone surrogate, clashing keys, endless nesting."""


def canonical_json(obj: object) -> bytes:
    """The canonical bytes of a value built of dict, list, tuple, str, int, bool and None.

    Equal values give equal bytes, whatever the order of keys and whether text came as NFC or NFD.
    Raises `NotCanonical`; never changes `obj`.
    """
    plain = _plain(obj, DEEPEST)
    try:
        text = json.dumps(plain, ensure_ascii=False, sort_keys=True, separators=(",", ":"))
        return text.encode("utf-8")
    except ValueError as error:  # an integer beyond the interpreter's digit limit, or a lone surrogate
        raise NotCanonical(f"not writable as JSON: {error}") from error


def digest(obj: object) -> str:
    """`sha256:` and 64 hexadecimal digits over the canonical bytes of `obj`."""
    return "sha256:" + hashlib.sha256(canonical_json(obj)).hexdigest()


def _plain(value: object, depth: int) -> object:
    """`value` with every string in NFC, at most `depth` more levels deep."""
    if isinstance(value, str):
        return unicodedata.normalize("NFC", value)
    if value is None or isinstance(value, int):
        return value
    if depth == 0:
        raise NotCanonical(f"nested deeper than {DEEPEST} levels")
    if isinstance(value, dict):
        return _object(value, depth - 1)
    if isinstance(value, list | tuple):
        return [_plain(item, depth - 1) for item in value]
    raise NotCanonical(f"a value of type {type(value).__name__} has no canonical form")


def _object(value: dict[object, object], depth: int) -> dict[str, object]:
    plain: dict[str, object] = {}
    for key, item in value.items():
        if not isinstance(key, str):
            raise NotCanonical(f"a key of type {type(key).__name__} is not a string")
        name = unicodedata.normalize("NFC", key)
        if name in plain:
            raise NotCanonical(f"two keys are the same after NFC: {name!r}")
        plain[name] = _plain(item, depth)
    return plain
