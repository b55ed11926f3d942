import dataclasses

import pytest

from apps.dossiers.fieldbook import (
    BadValue,
    Field,
    FieldBook,
    Form,
    Kind,
    NotAllowedInForm,
    changes_between,
    fault,
    national_book,
    read,
    relaxed,
    shown,
    text_of,
)

OWN = Field("women", Form.REGISTRATION, "business", "Số lao động nữ", Kind.WHOLE, "Ví dụ: 9.", unit="người")


def field(kind, **words):
    return Field("x", Form.DESCRIPTION, "product", "Ô thử", kind, "Ví dụ.", **words)


def test_the_national_forms_ask_for_what_the_two_annexes_are_about_and_each_field_helps_with_an_example():
    book = national_book()

    assert {section.form for section in book.sections} == set(Form)
    assert [one.code for one in book if not one.help] == []
    assert len({one.code for one in book}) == len(book.fields)
    assert {"facility_name", "revenue", "summary", "materials"} <= {one.code for one in book if one.is_required}


def test_a_book_comes_back_from_its_stored_form_as_it_was():
    assert FieldBook.from_json(national_book().as_json()).as_json() == national_book().as_json()


@pytest.mark.parametrize(
    ("kind", "typed", "kept", "words"),
    [
        (Kind.TEXT, "  Buôn   Ma Thuột ", "Buôn Ma Thuột", "Buôn Ma Thuột"),
        (Kind.LONG_TEXT, "dòng một \r\ndòng hai\n", "dòng một\ndòng hai", "dòng một\ndòng hai"),
        (Kind.LONG_TEXT, "cà\u00ad phê\u200b", "cà phê", "cà phê"),
        (Kind.MONEY, "1.200.000,5", "1200000.5", "1.200.000,5 triệu đồng"),
        (Kind.MONEY, "3200", "3200", "3.200 triệu đồng"),
        (Kind.NUMBER, "6,50", "6.5", "6,5 triệu đồng"),
        (Kind.WHOLE, "18", "18", "18 triệu đồng"),
        (Kind.WHOLE, "0", "0", "0 triệu đồng"),
        (Kind.YEAR, "2018", "2018", "2018"),
        (Kind.DATE, "5-1-2018", "2018-01-05", "05/01/2018"),
        (Kind.YES_NO, "no", "no", "Không"),
        (Kind.EMAIL, " cacao@eakar.vn ", "cacao@eakar.vn", "cacao@eakar.vn"),
        (Kind.EMAIL, "cacao@eakar", "cacao@eakar", "cacao@eakar"),
        (Kind.PHONE, "+84 905.123.456", "0905 123 456", "0905 123 456"),
        (Kind.PHONE, "090512345", "090512345", "090512345"),
        (Kind.TEXT, " ", "", ""),
    ],
)
def test_what_is_typed_is_kept_in_one_form_and_shown_in_words(kind, typed, kept, words):
    asked = field(kind, unit="triệu đồng" if kind.is_figure else "")

    assert read(asked, typed) == kept
    assert shown(asked, kept) == words
    assert read(asked, text_of(asked, kept)) == kept


@pytest.mark.parametrize(
    ("kind", "typed", "told"),
    [
        (Kind.MONEY, "1.200", "1200 nếu dấu chấm ngăn hàng nghìn, hoặc 1,2 nếu là số lẻ"),
        (Kind.MONEY, "ba tỷ", "không phải là số"),
        (Kind.MONEY, "-5", "không phải là số"),
        (Kind.MONEY, "9" * 13, "Số quá lớn"),
        (Kind.WHOLE, "3,5", "số nguyên"),
        (Kind.YEAR, "18", "bốn chữ số"),
        (Kind.YEAR, "2999", "bốn chữ số"),
        (Kind.DATE, "31/02/2020", "Không có ngày này"),
        (Kind.DATE, "tháng giêng", "đủ ngày, tháng, năm"),
        (Kind.YES_NO, "maybe", "Có hoặc Không"),
        (Kind.TEXT, "a" * 301, "nhiều nhất 300"),
    ],
)
def test_what_cannot_be_kept_is_told_with_what_to_type(kind, typed, told):
    with pytest.raises(BadValue, match=told):
        read(field(kind), typed)


@pytest.mark.parametrize(
    ("kind", "good"),
    [
        (Kind.EMAIL, ["cacao@eakar.vn", "a.b+c@mail.example.com", "Hoa@EaKar.vn", ""]),
        (Kind.PHONE, ["0905 123 456", "02623800100", "19001234", "+84905123456", ""]),
        (Kind.TEXT, ["gì cũng được"]),
    ],
)
def test_a_good_address_has_no_fault(kind, good):
    assert [value for value in good if fault(field(kind), read(field(kind), value))] == []


@pytest.mark.parametrize(
    ("kind", "bad", "told"),
    [
        (
            Kind.EMAIL,
            ["cacao", "cacao@eakar", "ca cao@eakar.vn", "a@b.vn, c@d.vn", "@eakar.vn", "hoà@eakar.vn"],
            "ví dụ",
        ),
        (Kind.PHONE, ["090512345", "không có", "0905 123 456, 0905 123 457", "1234567890"], "ví dụ 0905 123 456"),
    ],
)
def test_a_bad_address_is_kept_and_told_with_an_example(kind, bad, told):
    asked = field(kind)

    for typed in bad:
        kept = read(asked, typed)
        assert kept == typed
        assert told in fault(asked, kept)


def test_a_book_of_an_earlier_release_asks_its_national_fields_as_this_one_does_and_keeps_the_provinces_ways():
    kinds = {"email": Kind.TEXT, "phone": Kind.TEXT}
    today = national_book()
    earlier = dataclasses.replace(
        today, fields=tuple(dataclasses.replace(one, kind=kinds.get(one.code, one.kind)) for one in today.fields)
    )
    own = earlier.with_own(OWN).with_required("email", True).moved("email", -1)

    new = own.brought_up_to(today)

    assert (new.field("email").kind, new.field("phone").kind) == (Kind.EMAIL, Kind.PHONE)
    assert new.field("email").is_required
    assert new.field("women").is_own
    assert [one.code for one in new] == [one.code for one in own]
    assert today.brought_up_to(today) == today


def test_a_choice_is_one_of_those_offered():
    asked = field(Kind.CHOICE, choices=("Thủ công", "Máy"))

    assert read(asked, "Máy") == "Máy"
    with pytest.raises(BadValue):
        read(asked, "Robot")


def test_text_comes_in_composed_letters_however_it_was_typed():
    assert read(field(Kind.TEXT), "Ho\u0300a") == "Hòa"


# --- What a province may do ----------------------------------------------------------------------


def test_a_province_adds_requires_reorders_and_takes_out_its_own_fields():
    book = national_book().with_own(OWN).with_required("women", True).moved("women", -1)

    codes = [one.code for one in book.of("business")]
    assert codes == ["capital", "revenue", "workers", "women", "taxes"]
    assert book.field("women").is_own
    assert book.requires("women")
    assert [one.code for one in book.without("women").of("business")] == ["capital", "revenue", "workers", "taxes"]


def test_a_province_may_require_what_the_nation_leaves_open_but_never_the_other_way():
    book = national_book()

    assert book.with_required("website", True).requires("website")
    with pytest.raises(NotAllowedInForm, match="bắt buộc"):
        book.with_required("summary", False)
    with pytest.raises(NotAllowedInForm, match="không bỏ được"):
        book.without("website")
    with pytest.raises(NotAllowedInForm, match="không sửa được"):
        book.reworded("summary", label="Khác", help="Khác")


@pytest.mark.parametrize(
    "changes",
    [
        {"code": "Có dấu"},
        {"label": " "},
        {"help": ""},
        {"kind": Kind.CHOICE},
        {"kind": Kind.TEXT, "is_yearly": True},
        {"section": "nowhere"},
        {"code": "summary"},
    ],
)
def test_a_field_that_asks_badly_is_not_added(changes):
    with pytest.raises(NotAllowedInForm):
        national_book().with_own(dataclasses.replace(OWN, **changes))


def test_at_the_edge_of_its_section_a_field_stays():
    book = national_book()

    assert [one.code for one in book.moved("facility_name", -1)] == [one.code for one in book]


def test_a_comparison_says_what_is_new_gone_required_and_moved():
    old = national_book().with_own(OWN)
    new = national_book().with_required("website", True).moved("taxes", -1)

    told = {(one.field.code, one.sentence) for one in changes_between(old, new)}

    assert told == {
        ("women", "Bỏ ô này"),
        ("website", "Chuyển thành bắt buộc"),
        ("capital", "Đổi thứ tự các ô của mục “Kết quả sản xuất, kinh doanh”"),
    }
    assert changes_between(old, old) == []


def test_a_draft_is_freed_by_a_newer_form_but_nothing_new_is_demanded_of_it():
    begun = national_book().with_own(OWN).with_required("website", True)
    latest = national_book().with_own(dataclasses.replace(OWN, code="later")).with_required("email", True)

    under = relaxed(begun, latest)

    codes = {one.code for one in under}
    assert "women" not in codes
    assert "later" not in codes
    assert not under.requires("website")
    assert not under.requires("email")
