"""Vietnamese order, folding and names without tricks."""

import random
import unicodedata
from collections.abc import Callable

import pytest
from hypothesis import given
from hypothesis import strategies as st

from tieubieu.lib.text import (
    KEY_GROWTH,
    UnsafeText,
    clean_name,
    fold,
    nfc,
    person_sort_key,
    short_words,
    slugify_vn,
    sort_key,
)

ALPHABET = list("aăâbcdđeêfghijklmnoôơpqrstuưvwxyz")


def put_in_order(words: list[str], key: Callable[[str], str] = sort_key) -> list[str]:
    return sorted(random.Random(1).sample(words, len(words)), key=key)


def test_the_letters_stand_in_the_order_of_the_alphabet() -> None:
    assert put_in_order(ALPHABET) == ALPHABET


def test_the_tones_stand_in_the_order_of_dictionaries() -> None:
    tones = ["ba", "bà", "bả", "bã", "bá", "bạ"]

    assert put_in_order(tones) == tones


def test_a_syllable_is_finished_before_the_next_begins() -> None:
    words = ["ba", "ba ba", "ba bị", "bà", "bà ba", "bác", "bạc", "băng", "bẳng", "bâng"]

    assert put_in_order(words) == words


def test_provinces_stand_as_a_clerk_would_list_them() -> None:
    provinces = [
        "An Giang", "Bắc Ninh", "Cà Mau", "Cao Bằng", "Cần Thơ", "Đà Nẵng", "Đắk Lắk", "Điện Biên",
        "Đồng Nai", "Đồng Tháp", "Gia Lai", "Hà Nội", "Hà Tĩnh", "Hải Phòng", "Huế", "Hưng Yên", "Khánh Hòa",
        "Lai Châu", "Lạng Sơn", "Lào Cai", "Lâm Đồng", "Nghệ An", "Ninh Bình", "Phú Thọ", "Quảng Ngãi",
        "Quảng Ninh", "Quảng Trị", "Sơn La", "Tây Ninh", "Thái Nguyên", "Thanh Hóa", "Tuyên Quang", "Vĩnh Long",
    ]  # fmt: skip
    expected = sorted(provinces, key=sort_key)

    assert expected.index("Cà Mau") < expected.index("Cao Bằng") < expected.index("Cần Thơ")
    assert expected.index("Lạng Sơn") > expected.index("Lai Châu")
    assert expected.index("Đà Nẵng") > expected.index("Cần Thơ")
    assert expected.index("Đắk Lắk") > expected.index("Đà Nẵng")
    assert expected.index("Lâm Đồng") > expected.index("Lào Cai")


def test_numbers_count_as_numbers() -> None:
    names = ["Tổ 2", "Tổ 10", "Tổ 010a", "Tổ 11", "Tổ hợp tác"]

    assert put_in_order(names) == names


@pytest.mark.parametrize(("one", "other"), [("Hòa", "Hoà"), ("ĐẮK LẮK", "đắk  lắk"), ("Cà phê", "Cà-phê")])
def test_spelling_habits_do_not_move_a_name(one: str, other: str) -> None:
    assert sort_key(one) == sort_key(other)


def test_decomposed_text_sorts_like_composed_text() -> None:
    assert sort_key(unicodedata.normalize("NFD", "Nguyễn Thị Thoả")) == sort_key("Nguyễn Thị Thoả")


def test_letters_of_the_highlands_sort_by_their_base() -> None:
    assert sort_key("Čư Mgar").startswith("c0")


@given(st.text(max_size=60))
def test_a_key_is_ascii_and_fits_a_column_four_times_as_wide(text: str) -> None:
    key = sort_key(text)

    assert key.isascii()
    assert len(key) <= KEY_GROWTH * len(nfc(text))


def test_people_stand_by_given_name() -> None:
    people = ["Trần Văn An", "Lê Thị Ánh", "Nguyễn Bình", "Đặng Văn Đức", "Lê Văn Đức"]

    assert put_in_order(people, person_sort_key) == people
    assert person_sort_key("") == ""


@pytest.mark.parametrize(
    ("text", "folded"),
    [("  Đắk   Lắk ", "dak lak"), ("Hợp tác xã Ướt", "hop tac xa uot"), ("ĐỨC\u00a0Cơ", "duc co"), ("", "")],
)
def test_search_ignores_diacritics_case_and_spacing(text: str, folded: str) -> None:
    assert fold(text) == folded
    assert fold(unicodedata.normalize("NFD", text)) == folded


@given(st.text(alphabet=st.characters(categories=["L", "M", "N", "P", "Z"]), max_size=60))
def test_folding_twice_changes_nothing_more(text: str) -> None:
    assert fold(fold(text)) == fold(text)


def test_a_name_comes_back_composed_and_with_single_spaces() -> None:
    assert clean_name("  Cà\u00a0phê   " + unicodedata.normalize("NFD", "Đắk Lắk ")) == "Cà phê Đắk Lắk"


@pytest.mark.parametrize("name", ["Buôn Ma Thuột", "Čư Mgar", "Ea H’leo", "Rượu cần Y Miên – 35°", "Mật ong (500 ml)"])
def test_honest_names_pass(name: str) -> None:
    assert clean_name(name) == nfc(name)


@pytest.mark.parametrize(
    ("trick", "code"),
    [
        ("Cà\u200bphê", "U+200B"),
        ("Cà\u202ephê", "U+202E"),
        ("Cà\u2066phê", "U+2066"),
        ("Cà\u00adphê", "U+00AD"),
        ("Cà\ufeffphê", "U+FEFF"),
        ("Cà\x00phê", "U+0000"),
        ("Cà\tphê", "U+0009"),
        ("Cà\nphê", "U+000A"),
        ("Cà\u2028phê", "U+2028"),
        ("Cà\u3164phê", "U+3164"),
        ("Cà\ufe0fphê", "U+FE0F"),
        ("Cà\U000e0061phê", "U+E0061"),
        ("Cà\ud800phê", "U+D800"),
    ],
)
def test_hidden_characters_are_refused_by_name_and_place(trick: str, code: str) -> None:
    with pytest.raises(UnsafeText, match=f"vị trí 3 .*{code.replace('+', '[+]')}"):
        clean_name(trick)


@pytest.mark.parametrize("empty", ["", "   ", "\u00a0"])
def test_an_empty_name_is_refused(empty: str) -> None:
    with pytest.raises(UnsafeText, match="không được để trống"):
        clean_name(empty)


def test_piled_up_marks_are_refused() -> None:
    with pytest.raises(UnsafeText, match="dấu chồng"):
        clean_name("Z\u0336\u0337\u0338\u0335")


@pytest.mark.parametrize(
    ("text", "slug"), [("Đắk Lắk", "dak-lak"), ("Cà phê & Ca cao (500 g)", "ca-phe-ca-cao-500-g"), ("—", "")]
)
def test_slugs_are_plain_words(text: str, slug: str) -> None:
    assert slugify_vn(text) == slug


@pytest.mark.parametrize(
    ("most", "cut"), [(40, "Hợp tác xã Ea Tu"), (12, "Hợp tác xã…"), (11, "Hợp tác xã…"), (10, "Hợp tác…"), (4, "Hợp…")]
)
def test_long_text_is_cut_between_words(most: int, cut: str) -> None:
    assert short_words("Hợp tác  xã Ea Tu", most) == cut
