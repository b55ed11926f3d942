"""What a certificate says, read without printing it."""

from datetime import date

import pytest

from tieubieu.documents.ink.certificate import certificate_batch, long_date


@pytest.mark.parametrize(
    ("day", "words"),
    [
        (date(2026, 1, 5), "ngày 05 tháng 01 năm 2026"),
        (date(2026, 2, 28), "ngày 28 tháng 02 năm 2026"),
        (date(2026, 3, 9), "ngày 09 tháng 3 năm 2026"),
        (date(2026, 12, 31), "ngày 31 tháng 12 năm 2026"),
    ],
)
def test_dates_are_written_as_decree_30_says(day, words):
    assert long_date(day) == words


def test_a_certificate_says_by_whom_what_to_whom_and_until_when(certificate):
    [page] = certificate(place="Đắk Lắk").as_data()["certificates"]

    assert page | {"qr": ""} == {
        "authority": "ỦY BAN NHÂN DÂN TỈNH ĐẮK LẮK",
        "award": "SẢN PHẨM CÔNG NGHIỆP NÔNG THÔN TIÊU BIỂU CẤP TỈNH",
        "lead": "Sản phẩm",
        "product": "Bộ ấm chén gốm men lam",
        "holder": "Hợp tác xã Gốm Yang Tao",
        "address": "Buôn Dơng Bắk, xã Liên Sơn Lắk, tỉnh Đắk Lắk",
        "recognised": "được công nhận là sản phẩm công nghiệp nông thôn tiêu biểu cấp tỉnh năm 2026\n"
        "theo Quyết định số 0218/QĐ-UBND ngày 05 tháng 02 năm 2026",
        "number": "07/2026/GCN-UBND",
        "validity": "Có giá trị đến hết ngày 31/12/2029",
        "dated": "Đắk Lắk, ngày 05 tháng 02 năm 2026",
        "signer_title": "KT. CHỦ TỊCH\nPHÓ CHỦ TỊCH",
        "signer": "Nguyễn Thị Hồng Nhung",
        "qr": "",
        "is_demo": False,
    }


@pytest.mark.parametrize("level", ["cấp xã", "cấp tỉnh", "cấp khu vực", "cấp quốc gia"])
def test_one_form_serves_all_levels(certificate, level):
    [page] = certificate(level=level).as_data()["certificates"]

    assert page["award"].endswith(level.upper())


def test_a_date_without_a_place_stands_alone(certificate):
    assert certificate().dated == "Ngày 05 tháng 02 năm 2026"


def test_a_paper_older_than_the_platform_names_its_year_only(certificate):
    old = certificate(decision_number="", decision_on=None)

    assert old.recognised == "được công nhận là sản phẩm công nghiệp nông thôn tiêu biểu cấp tỉnh năm 2026"


def test_a_set_is_called_a_set(certificate):
    assert certificate(is_set=True).as_data()["certificates"][0]["lead"] == "Bộ sản phẩm"


def test_a_batch_is_dated_by_its_latest_and_marked_by_any(certificate):
    batch = certificate_batch([certificate(issued_on=date(2026, 11, 20)), certificate(is_demo=True)])

    assert batch["dated"] == "2026-11-20"
    assert batch["is_demo"] is True
    assert [page["is_demo"] for page in batch["certificates"]] == [False, True]
    assert batch["title"] == "2 giấy chứng nhận sản phẩm công nghiệp nông thôn tiêu biểu"
