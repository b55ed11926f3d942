"""Which facilities are likely one and the same, written twice. Pure, and in Python alone: no extension of the
database is needed, and the answer is the same everywhere.

Names are compared without the words of their legal form, without diacritics, spaces and signs, by the groups of three
letters that they share (as trigram indexes do), so another tone placement or a slip of the finger does not hide a twin.
Only facilities that share something rare are compared at all.
"""

import re
from collections import defaultdict
from collections.abc import Hashable, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from itertools import combinations, pairwise

# Longest first, so that “công ty trách nhiệm hữu hạn” goes as a whole. Folded as names are.
FORM_WORDS = (
    "cong ty trach nhiem huu han", "trach nhiem huu han", "doanh nghiep tu nhan", "lien hiep hop tac xa",
    "mot thanh vien", "hai thanh vien tro len", "hai thanh vien", "ho kinh doanh", "co so san xuat", "xuat nhap khau",
    "hop tac xa", "to hop tac", "nha may", "san xuat", "thuong mai", "dich vu", "dau tu", "phat trien", "co phan",
    "chi nhanh", "xi nghiep", "cong ty", "che bien", "co so", "tnhh", "dntn", "cty", "htx", "mtv", "hkd", "tht", "xnk",
    "cp", "sx", "tm", "dv", "va",
)  # fmt: skip
FORM = re.compile(r"\b(?:" + "|".join(FORM_WORDS) + r")\b")
BRACKETS = re.compile(r"\([^)]*\)")
SIGNS = re.compile(r"[^a-z0-9]+")
ALIKE = 0.70
REORDERED = 0.95
# A word, a telephone that more than these share tells nothing of them.
RARE = 30
SHORTEST_WORD = 3


@dataclass(frozen=True)
class Card:
    """What is compared of a facility. `name` is folded; the rest in its normal form, "" when unknown."""

    key: Hashable
    name: str
    tax_code: str
    phone: str = ""
    email: str = ""
    bare: str = field(init=False)
    words: tuple[str, ...] = field(init=False, repr=False)
    thirds: frozenset[str] = field(init=False, repr=False)

    def __post_init__(self) -> None:
        words = bare_name(self.name).split()
        bare = "".join(words)
        object.__setattr__(self, "bare", bare)
        object.__setattr__(self, "words", tuple(sorted(words)))
        object.__setattr__(self, "thirds", frozenset(_thirds(bare)))


@dataclass(frozen=True)
class Pair:
    """Two cards that look like one facility: why, and how much the names are alike (0 to 1)."""

    first: Card
    second: Card
    reasons: tuple[str, ...]
    likeness: float


def bare_name(folded: str) -> str:
    """The name without legal form and without what stands in brackets: `cong ty tnhh cacao x` gives `cacao x`."""
    name = " ".join(FORM.sub(" ", SIGNS.sub(" ", BRACKETS.sub(" ", folded))).split())
    return name or " ".join(SIGNS.sub(" ", folded).split())


def likeness(first: Card, second: Card) -> float:
    """How many groups of three letters the bare names share: 1 for the same, 0 for nothing in common.

    The same words in another order are nearly the same.
    """
    if first.words == second.words:
        return 1.0 if first.bare == second.bare else REORDERED
    return 2 * len(first.thirds & second.thirds) / (len(first.thirds) + len(second.thirds))


def compared(first: Card, second: Card) -> Pair | None:
    """The pair when anything speaks for it."""
    alike = likeness(first, second)
    reasons = [
        words
        for words, holds in (
            ("cùng mã số thuế gốc", first.tax_code[:10] == second.tax_code[:10]),
            ("tên giống nhau" if alike == 1 else "tên gần giống", alike >= ALIKE),
            ("cùng số điện thoại", first.phone and first.phone == second.phone),
            ("cùng thư điện tử", first.email and first.email.lower() == second.email.lower()),
        )
        if holds
    ]
    return Pair(first, second, tuple(reasons), alike) if reasons else None


def likely_same(cards: Sequence[Card]) -> list[Pair]:
    """Every pair that something speaks for, the strongest first."""
    found: dict[frozenset[Hashable], Pair] = {}
    for block in _blocks(cards).values():
        for first, second in combinations(block, 2) if 1 < len(block) <= RARE else ():
            key = frozenset({first.key, second.key})
            if key not in found and (pair := compared(first, second)):
                found[key] = pair
    return sorted(found.values(), key=lambda pair: (-len(pair.reasons), -pair.likeness, pair.first.name))


def words_of(folded: str) -> list[str]:
    """The words of a bare name that are long enough to find it by."""
    return [word for word in bare_name(folded).split() if len(word) >= SHORTEST_WORD]


def _blocks(cards: Iterable[Card]) -> Mapping[str, list[Card]]:
    blocks: dict[str, list[Card]] = defaultdict(list)
    for card in cards:
        for name in set(_marks(card)):
            blocks[name].append(card)
    return blocks


def _marks(card: Card) -> Iterator[str]:
    yield f"tax {card.tax_code[:10]}"
    yield f"name {card.bare}"
    if card.phone:
        yield f"phone {card.phone}"
    if card.email:
        yield f"email {card.email.lower()}"
    words = bare_name(card.name).split()
    yield from (f"word {word}" for word in words if len(word) >= SHORTEST_WORD)
    # Two common words side by side are rarer than each alone.
    yield from (f"words {a}{b}" for a, b in pairwise(words))


def _thirds(bare: str) -> Iterator[str]:
    padded = f"  {bare} "
    return (padded[start : start + 3] for start in range(len(padded) - 2))
