"""What speaks for a conflict, whatever the diacritics, the legal form, the way a number is written."""

import pytest

from apps.judging.detection import Firm, Member, Tie, person_name, plain_address, signs_between, tax_root


def firm(**known):
    names = known.pop("names", {"Công ty TNHH Ca cao Trường Sơn"})
    return Firm("F", frozenset(names), **{field: frozenset(values) for field, values in known.items()})


def names_of(member, *firms):
    found = signs_between([member], firms)
    return sorted({sign.name for signs in found.values() for sign in signs})


@pytest.mark.parametrize(
    ("member", "known", "sign"),
    [
        ({"name": "Trần Văn Hùng"}, {"people": {"Ông TRẦN VĂN HÙNG"}}, "person"),
        ({"name": "Trần Văn Hùng"}, {"people": {"Tran Van Hung"}}, "person"),
        ({"name": "A", "phone": "+84 905 123 456"}, {"phones": {"0905.123.456"}}, "phone"),
        ({"name": "A", "email": "hung@cacao.vn"}, {"emails": {"Hung@CaCao.vn"}}, "email"),
        ({"name": "A", "address": "Số 12 đường Lê Lợi, P. Ba"}, {"addresses": {"12 Lê Lợi, phường Ba"}}, "address"),
        ({"name": "A", "ties": (Tie("X", "6000123456"),)}, {"tax_codes": {"6000123456-001"}}, "tax_code"),
        ({"name": "A", "ties": (Tie("Cty CP Cacao Trường Sơn"),)}, {}, "name"),
        ({"name": "A", "ties": (Tie("CONG TY TNHH CA CAO TRUONG SON"),)}, {}, "name"),
        ({"name": "A", "ties": (Tie("Doanh nghiệp tư nhân Trường Sơn ca cao"),)}, {}, "name"),
        ({"name": "A"}, {"agents": {"M"}}, "agent"),
    ],
)  # fmt: skip
def test_a_sign_is_found_however_it_is_written(member, known, sign):
    assert names_of(Member("M", **member), firm(**known)) == [sign]


@pytest.mark.parametrize(
    ("member", "known"),
    [
        ({"name": "Trần Văn Hùng"}, {"people": {"Trần Văn Hưởng", "Hùng", "Nguyễn Văn Hùng"}}),
        ({"name": "Hùng"}, {"people": {"Hùng"}}),
        ({"name": "A", "phone": "0905123456"}, {"phones": {"0905123457", ""}}),
        ({"name": "A", "phone": ""}, {"phones": {""}}),
        ({"name": "A", "phone": "máy lẻ 12"}, {"phones": {"máy lẻ 12"}}),
        ({"name": "A", "address": "Buôn Thử, tỉnh Đắk Lắk"}, {"addresses": {"Buôn Thử, tỉnh Đắk Lắk"}}),
        ({"name": "A", "address": "12 Lê Lợi, phường Tân Lập"}, {"addresses": {"12 Lê Lợi, xã Ea Kao"}}),
        ({"name": "A", "ties": (Tie("Công ty TNHH Gốm Bát Tràng"),)}, {}),
        ({"name": "A", "ties": (Tie("X", "066090012345"),)}, {"tax_codes": {"066090012399"}}),
        ({"name": "A", "ties": (Tie("X", ""),)}, {"tax_codes": {""}}),
        ({"name": "A"}, {"agents": {"N"}}),
    ],
)
def test_what_only_looks_alike_is_no_sign(member, known):
    assert names_of(Member("M", **member), firm(**known)) == []


def test_all_signs_of_a_pair_stand_together_and_only_there():
    member = Member("M", "Trần Văn Hùng", phone="0905123456")
    near = Firm("F", frozenset({"Gốm"}), people=frozenset({"Trần Văn Hùng"}), phones=frozenset({"0905 123 456"}))
    far = Firm("G", frozenset({"Mây tre"}), people=frozenset({"Lê Thị Mai"}))

    found = signs_between([member, Member("N", "Y Thử Niê")], [near, far])

    assert {pair: [sign.name for sign in signs] for pair, signs in found.items()} == {("M", "F"): ["person", "phone"]}


def test_an_own_enterprise_speaks_for_ownership_and_an_employer_for_employment():
    own = signs_between([Member("M", "A", ties=(Tie("Ca cao Trường Sơn", is_own=True, period="2015–2019"),))], [firm()])
    employer = signs_between([Member("M", "A", ties=(Tie("Ca cao Trường Sơn"),))], [firm()])

    (owned,), (employed,) = own.values(), employer.values()
    assert (owned[0].kind, employed[0].kind) == ("ownership", "employment")
    assert "“Ca cao Trường Sơn” (2015–2019)" in owned[0].words


def test_the_former_name_of_a_merged_facility_is_a_sign_too():
    member = Member("M", "A", ties=(Tie("HTX Mây tre Ea Kao"),))

    assert names_of(member, firm(names={"Công ty TNHH Ea Kao Xanh Việt", "Hợp tác xã Mây tre Ea Kao"})) == ["name"]


def test_names_codes_and_addresses_have_one_form():
    assert person_name("TS. Nguyễn Thị  Đào") == "nguyen thi dao"
    assert tax_root("0100112437-001") == "0100112437"
    assert plain_address("Số nhà 45/2 Phan Chu Trinh, TP. Buôn Ma Thuột") == "45 2 phan"
