"""Which facilities look like one written twice."""

import random

import pytest

from apps.facilities import likeness
from apps.facilities.likeness import ALIKE, Card, bare_name, compared, likely_same
from tieubieu.lib.text import fold


def card(key, name="Cơ sở", tax_code="", **fields):
    return Card(key, fold(name), tax_code or f"{key:010}", **fields)


@pytest.mark.parametrize(
    ("name", "bare"),
    [
        ("Công ty TNHH Cacao Nam Trường Sơn", "cacao nam truong son"),
        ("Công ty Trách nhiệm hữu hạn một thành viên Cacao Nam Trường Sơn", "cacao nam truong son"),
        ("CTY CP SX-TM Gốm Thử", "gom thu"),
        ("HTX Mật ong Rừng Đôn (cơ sở 2)", "mat ong rung don"),
        ("Hộ kinh doanh Nguyễn Văn An", "nguyen van an"),
        ("Liên hiệp hợp tác xã Cà phê", "ca phe"),
        ("Công ty Cổ phần", "cong ty co phan"),
    ],
)
def test_the_words_of_the_legal_form_do_not_count(name, bare):
    assert bare_name(fold(name)) == bare


@pytest.mark.parametrize(
    ("one", "other"),
    [
        ("Công ty TNHH Cacao Nam Trường Sơn", "Cty Ca cao Nam Truong Son"),
        ("HTX Mật ong Rừng Đôn", "Hợp tác xã mật ong rừng đôn"),
        ("Cơ sở Dệt Hoà Phú", "Cơ sở dệt Hòa Phú"),
        ("HTX Hồ tiêu Cư M'gar", "HTX Hồ tiêu Cư Mgar"),
        ("HTX Nam Trường Sơn", "HTX Nam Trường Sơm"),
        ("Công ty Sơn Nam Trường", "Công ty Nam Trường Sơn"),
    ],
)
def test_the_same_name_written_otherwise_is_found(one, other):
    assert compared(card(1, one), card(2, other)) is not None


@pytest.mark.parametrize(
    ("one", "other"),
    [
        ("HTX Cà phê Ea Mây", "HTX Cà phê Ea Tu"),
        ("Công ty CP Cà phê Buôn Ma Thuột", "Công ty Cà phê Buôn Gió"),
        ("Hộ kinh doanh Nguyễn Văn An", "Hộ kinh doanh Trần Thị Bình"),
        ("Hợp tác xã Gốm", "Hợp tác xã Mây"),
    ],
)
def test_two_names_of_one_trade_are_two(one, other):
    assert compared(card(1, one), card(2, other)) is None


@pytest.mark.parametrize(
    ("first", "second", "reason"),
    [
        ({"tax_code": "0100112437"}, {"tax_code": "0100112437-001"}, "cùng mã số thuế gốc"),
        ({"phone": "0905000111"}, {"phone": "0905000111"}, "cùng số điện thoại"),
        ({"email": "A@example.vn"}, {"email": "a@example.vn"}, "cùng thư điện tử"),
    ],
)
def test_a_code_a_telephone_or_an_address_speaks_for_a_pair(first, second, reason):
    (pair,) = likely_same([card(1, "Gốm", **first), card(2, "Mây", **second), card(3, "Chè")])

    assert pair.reasons == (reason,)


def test_what_is_unknown_is_nothing_in_common():
    assert likely_same([card(1, "Gốm"), card(2, "Mây")]) == []


def test_a_telephone_that_half_the_province_shares_tells_nothing():
    many = [card(n, f"{chr(97 + n % 26) * 9}{n}", phone="0262380000") for n in range(60)]

    assert [pair for pair in likely_same(many) if "cùng số điện thoại" in pair.reasons] == []


def test_the_strongest_pair_comes_first_and_each_pair_once():
    cards = [
        card(1, "Gốm Hai Lúa", phone="0905000111", email="a@example.vn"),
        card(2, "Gốm Hai Lúa", phone="0905000111", email="a@example.vn"),
        card(3, "Gốm Hai Luá"),
    ]

    pairs = likely_same(cards)

    assert {pairs[0].first.key, pairs[0].second.key} == {1, 2}
    assert len(pairs) == 3


def test_five_thousand_are_compared_in_a_moment(monkeypatch):
    dice = random.Random(1)
    words = [
        "cà",
        "phê",
        "mật",
        "ong",
        "hồ",
        "tiêu",
        "sầu",
        "riêng",
        "dệt",
        "thổ",
        "cẩm",
        "gốm",
        "gỗ",
        "mây",
        "tre",
        "đan",
        "rượu",
        "cần",
        "chè",
        "bánh",
        "nước",
        "mắm",
        "muối",
        "yến",
        "sào",
    ]
    cards = [card(n, "HTX " + " ".join(dice.choices(words, k=4)), phone=f"09{n:08}") for n in range(5000)]
    compare, asked = likeness.compared, []
    monkeypatch.setattr(likeness, "compared", lambda *pair: asked.append(1) or compare(*pair))

    likely_same(cards)

    assert 0 < len(asked) < 100 * len(cards)  # each with each would be 12.5 million
    assert 0 < ALIKE < 1
