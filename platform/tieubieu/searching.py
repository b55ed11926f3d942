"""One way to search by words for every list: diacritics, the place of a tone, the order of the words, and how a name
is spaced and signed (Ca cao, Cacao; Cư M'gar, Cu Mgar) do not count."""

import re
from collections.abc import Callable
from typing import TypeVar

from django.db.models import CharField, F, Func, Model, Q, QuerySet, Value

from tieubieu.lib.text import fold

RowT = TypeVar("RowT", bound=Model)
MOST_WORDS = 12
SIGNS = "[^a-z0-9]+"


def _nothing(word: str) -> Q:
    return Q(pk__in=[])


def with_words(
    rows: QuerySet[RowT], typed: str, *columns: str, others: Callable[[str], Q] = _nothing
) -> QuerySet[RowT]:
    """Those rows of which each word stands in one of the columns (kept folded) or fits one of the `others`."""
    words = words_of(typed)
    if not words:
        return rows
    squeezed = {f"squeezed_{place}": _squeezed(column) for place, column in enumerate(columns)}
    found = rows.alias(**squeezed)
    for word in words:
        found = found.filter(_held(word, columns, squeezed) | others(word))
    return found


def fits(typed: str, *texts: str) -> bool:
    """The same for a short list in hand: whether each word stands in one of the texts."""
    folded = [fold(text) for text in texts]
    squeezed = [bare(text) for text in folded]
    return all(_stands_in(word, folded, squeezed) for word in words_of(typed))


def words_of(typed: str) -> list[str]:
    """What is looked for: the folded words."""
    return fold(typed).split()[:MOST_WORDS]


def bare(folded: str) -> str:
    """The letters and digits alone."""
    return re.sub(SIGNS, "", folded)


def _held(word: str, columns: tuple[str, ...], squeezed: dict[str, Func]) -> Q:
    found = _nothing(word)
    for column in columns:
        found |= Q(**{f"{column}__contains": word})
    if letters := bare(word):
        for name in squeezed:
            found |= Q(**{f"{name}__contains": letters})
    return found


def _stands_in(word: str, folded: list[str], squeezed: list[str]) -> bool:
    letters = bare(word)
    return any(word in text for text in folded) or (bool(letters) and any(letters in text for text in squeezed))


def _squeezed(column: str) -> Func:
    return Func(F(column), Value(SIGNS), Value(""), Value("g"), function="regexp_replace", output_field=CharField())
