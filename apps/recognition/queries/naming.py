"""Whether a text names somebody of whom a facility should learn nothing. Pure."""

import re
from collections.abc import Iterable

from tieubieu.lib.text import fold

WORD = re.compile(r"\w+")


def names_any(text: str, names: Iterable[str]) -> bool:
    """Whether one of the names stands in the text, whole words only, whatever the diacritics and the punctuation."""
    there = _words(text)
    return any(known in there for name in names if (known := _words(name)).strip())


def _words(text: str) -> str:
    return f" {' '.join(WORD.findall(fold(text)))} "
