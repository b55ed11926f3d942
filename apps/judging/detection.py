"""What speaks for a conflict of interest between members and facilities. Pure: plain cards in, signs in words out.

Nothing here is a verdict. A sign is what a person would see who laid both papers side by side: the same tax code, a
representative of the member's name, one telephone. Names are compared without diacritics and without the words of
legal forms. Facilities are looked up by what they show, so the cost grows with members plus facilities.
"""

import re
from collections import defaultdict
from collections.abc import Hashable, Iterable, Iterator, Mapping
from dataclasses import dataclass, field
from typing import Any

from apps.facilities.likeness import ALIKE, Card, likeness, words_of
from tieubieu.lib.phones import InvalidPhone, normal_phone, shown_phone
from tieubieu.lib.text import fold

NOT_A_LETTER = re.compile(r"[^a-z0-9]+")
TITLES = frozenset({"ong", "ba", "anh", "chi", "ts", "ths", "pgs", "gs", "ks", "cn", "bs", "ds", "luat", "su"})
# Words of an address that one writes and another leaves out.
OF_PLACES = frozenset({
    "so", "nha", "duong", "pho", "thon", "buon", "to", "dan", "khoi", "ap", "khu", "phuong", "p", "xa", "tp", "thanh",
    "tinh", "huyen", "quan", "q", "tx", "thi", "tran", "viet", "nam",
})  # fmt: skip
SHORTEST_NAME, SHORTEST_ADDRESS = 2, 3  # in words
SHORTEST_BARE = 4  # in letters: two such short names are alike only when they are the same


@dataclass(frozen=True)
class Tie:
    """Where a member works or worked, or their own enterprise."""

    name: str
    tax_code: str = ""
    is_own: bool = False
    period: str = ""


@dataclass(frozen=True)
class Member:
    key: Hashable
    name: str
    phone: str = ""
    email: str = ""
    address: str = ""
    ties: tuple[Tie, ...] = ()


@dataclass(frozen=True)
class Firm:
    """A facility as it is known from the register, from its agents and from its dossiers in the round."""

    key: Hashable
    names: frozenset[str]
    tax_codes: frozenset[str] = frozenset()
    people: frozenset[str] = frozenset()
    phones: frozenset[str] = frozenset()
    emails: frozenset[str] = frozenset()
    addresses: frozenset[str] = frozenset()
    agents: frozenset[Hashable] = frozenset()


@dataclass(frozen=True, order=True)
class Sign:
    """`value` is the normal form of what was the same, so that the same sign is known again; `kind` says what it
    speaks for."""

    name: str
    value: str
    words: str = field(compare=False)
    kind: str = field(compare=False)


Found = Mapping[tuple[Any, Any], tuple[Sign, ...]]


def signs_between(members: Iterable[Member], firms: Iterable[Firm]) -> Found:
    """Every pair of member and facility that something speaks for, with all that does."""
    known = _Known(firms)
    found: dict[tuple[Hashable, Hashable], set[Sign]] = defaultdict(set)
    for member in members:
        for firm, sign in known.shared_with(member):
            found[member.key, firm.key].add(sign)
    return {pair: tuple(sorted(signs)) for pair, signs in found.items()}


class _Known:
    """The facilities by everything that a member could have in common with them."""

    def __init__(self, firms: Iterable[Firm]) -> None:
        self.by_mark: dict[tuple[str, Hashable], list[Firm]] = defaultdict(list)
        self.by_word: dict[str, list[tuple[Firm, Card]]] = defaultdict(list)
        for firm in firms:
            for mark in set(_marks_of(firm)):
                self.by_mark[mark].append(firm)
            for card in (Card(name, fold(name), "") for name in firm.names):
                for word in {card.bare, *words_of(card.name)}:
                    self.by_word[word].append((firm, card))

    def shared_with(self, member: Member) -> Iterator[tuple[Firm, Sign]]:
        for mark, sign in _signs_of(member):
            for firm in self.by_mark.get(mark, ()):
                if sign.name != "address" or any(_in_one_place(member.address, other) for other in firm.addresses):
                    yield firm, sign
        for tie in member.ties:
            for firm in self._named_like(tie):
                yield firm, _sign_of_name(tie)

    def _named_like(self, tie: Tie) -> Iterator[Firm]:
        card = Card(None, fold(tie.name), "")
        near = {
            (firm.key, other.key): (firm, other)
            for word in {card.bare, *words_of(card.name)}
            for firm, other in self.by_word.get(word, ())
        }
        for firm, other in near.values():
            if card.bare == other.bare or (len(card.bare) >= SHORTEST_BARE and likeness(card, other) >= ALIKE):
                yield firm


def person_name(raw: str) -> str:
    """A person's name as it is compared: without titles, diacritics and signs; "" when too short to say anything."""
    words = [word for word in NOT_A_LETTER.sub(" ", fold(raw)).split() if word not in TITLES]
    return " ".join(words) if len(words) >= SHORTEST_NAME else ""


def plain_address(raw: str) -> str:
    """House and street as they are compared; "" without a number, for a village alone is the address of many."""
    words = _address_words(raw)
    has_number = any(char.isdigit() for word in words[:2] for char in word)
    return " ".join(words[:SHORTEST_ADDRESS]) if has_number and len(words) >= SHORTEST_ADDRESS else ""


def _in_one_place(first: str, second: str) -> bool:
    """Of two addresses with the same house and street: whether nothing says that they are in different places."""
    rests = [set(_address_words(raw)[SHORTEST_ADDRESS:]) for raw in (first, second)]
    return plain_address(first) == plain_address(second) and (not all(rests) or bool(rests[0] & rests[1]))


def _address_words(raw: str) -> list[str]:
    return [word for word in NOT_A_LETTER.sub(" ", fold(raw)).split() if word not in OF_PLACES]


def plain_phone(raw: str) -> str:
    """The number in its normal form, or ""."""
    try:
        return normal_phone(raw)
    except InvalidPhone:
        return ""


def tax_root(code: str) -> str:
    """The code of the enterprise itself when a dependent unit's is given; a personal number stays whole."""
    return code.split("-", maxsplit=1)[0]


def _marks_of(firm: Firm) -> Iterator[tuple[str, Hashable]]:
    yield from (("agent", agent) for agent in firm.agents)
    for name, values, plain in (
        ("tax_code", firm.tax_codes, tax_root),
        ("person", firm.people, person_name),
        ("phone", firm.phones, plain_phone),
        ("email", firm.emails, str.lower),
        ("address", firm.addresses, plain_address),
    ):
        yield from ((name, found) for value in values if (found := plain(value)))


def _signs_of(member: Member) -> Iterator[tuple[tuple[str, Hashable], Sign]]:
    """What to look a facility up by, and what it means when one is there."""
    yield (
        ("agent", member.key),
        Sign("agent", "", "Thành viên làm việc, hoặc xin làm việc, cho cơ sở này.", "employment"),
    )
    if name := person_name(member.name):
        words = f"Người đại diện, chủ hoặc người liên hệ của cơ sở có cùng họ tên “{member.name}”."
        yield ("person", name), Sign("person", name, words, "ownership")
    if phone := plain_phone(member.phone):
        yield ("phone", phone), Sign("phone", phone, f"Cùng số điện thoại {shown_phone(phone)}.", "business")
    if email := member.email.lower():
        yield ("email", email), Sign("email", email, f"Cùng thư điện tử {email}.", "business")
    if address := plain_address(member.address):
        words = f"Cùng địa chỉ: thành viên khai “{member.address}”."
        yield ("address", address), Sign("address", address, words, "family")
    for tie in member.ties:
        if root := tax_root(tie.tax_code):
            words = f"{_tie_words(tie)} có mã số thuế {root}, là mã của cơ sở này."
            yield ("tax_code", root), Sign("tax_code", root, words, _kind_of(tie))


def _sign_of_name(tie: Tie) -> Sign:
    card = Card(None, fold(tie.name), "")
    return Sign("name", card.bare, f"{_tie_words(tie)} có tên giống cơ sở này.", _kind_of(tie))


def _tie_words(tie: Tie) -> str:
    period = f" ({tie.period})" if tie.period else ""
    what = "Doanh nghiệp của thành viên" if tie.is_own else "Nơi thành viên đã hoặc đang làm việc"
    return f"{what}, “{tie.name}”{period},"


def _kind_of(tie: Tie) -> str:
    return "ownership" if tie.is_own else "employment"
