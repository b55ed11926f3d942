"""Every kind of refusal, word for word, as the person at the keyboard reads it."""

import pytest

from apps.judging.ranking.files import LARGEST, parse

SCORES = ("entries", 0, "sheets", 0, "scores")


@pytest.mark.parametrize(
    ("path", "value", "message"),
    [
        (("rules", "criteria"), None, "cần một danh sách, không phải giá trị null / expected a list, not null"),
        (("rules", "rounding"), [], "cần một đối tượng, không phải danh sách / expected an object, not a list"),
        (("rules", "extra"), 1, "tên này không có trong định dạng / this name is not part of the format"),
        (("rules", "rounding"), {}, "thiếu giá trị bắt buộc / a required value is missing"),
        (
            ("rules", "criteria", 0, "code"),
            True,
            "cần một chuỗi ký tự, không phải giá trị đúng/sai / expected a string, not a boolean",
        ),
        (
            ("rules", "criteria", 0, "code"),
            (),
            "cần một chuỗi ký tự, không phải kiểu dữ liệu lạ / expected a string, not a foreign type",
        ),
        (("rules", "criteria", 0, "code"), "C2", 'tiêu chí "C2" đã có / the criterion "C2" occurs twice'),
        (("rules", "criteria", 0, "max"), "0", "điểm tối đa phải lớn hơn 0 / the maximum must be above zero"),
        (
            ("rules", "criteria"),
            [],
            "cần ít nhất một tiêu chí có hệ số trên 0 / at least one weight above zero is needed",
        ),
        (("rules", "tie_break"), ["C1", "C1"], 'tiêu chí "C1" đã có / the criterion "C1" occurs twice'),
        (
            ("rules", "tie_break"),
            ["C9"],
            'không có tiêu chí "C9" trong bộ quy định / the rules know no criterion "C9"',
        ),
        (
            ("rules", "aggregate", "over"),
            {},
            "cần một trong sheet, criterion, không phải đối tượng / expected one of sheet, criterion, not an object",
        ),
        (
            ("rules", "rounding", "digits"),
            "2",
            "cần một số nguyên, không phải chuỗi ký tự / expected an integer, not a string",
        ),
        (
            ("rules", "rounding", "digits"),
            21,
            "số nguyên phải từ 0 đến 20 / the integer must be from 0 to 20",
        ),
        (
            ("rules", "pass_mark"),
            70,
            'cần số thập phân viết trong ngoặc kép như "35.5", không phải số'
            ' / expected a decimal string such as "35.5", not a number',
        ),
        (("rules", "pass_mark"), "-70", "số -70 nhỏ hơn 0 / the number -70 is below zero"),
        *(
            (
                ("rules", "pass_mark"),
                odd,
                f'"{odd}" không phải số thập phân thường (chỉ gồm chữ số và nhiều nhất một dấu chấm)'
                f' / "{odd}" is not a plain decimal (digits and at most one point)',
            )
            for odd in ("70,5", "+70", "--70", "-")
        ),
        (("rules", "pass_mark"), "7" * 65, "số dài quá 64 ký tự / a number longer than 64 characters"),
        (("entries", 0, "id"), "x" * 201, "chuỗi dài quá 200 ký tự / text longer than 200 characters"),
        (
            ("entries", 0, "id"),
            " A",
            '" A" trống hoặc có khoảng trắng ở đầu hay cuối / " A" is empty or padded with spaces',
        ),
        (
            ("entries", 0, "id"),
            "A\tB",
            '"A\\tB" chứa ký tự điều khiển hoặc vô hình / "A\\tB" holds a control or invisible character',
        ),
        (
            SCORES,
            {"é": "1", "e\u0301": "1"},
            'tên này xuất hiện hai lần (sản phẩm "A", giám khảo "J1") / this name occurs twice (entry "A", judge "J1")',
        ),
        (
            SCORES,
            {"C1": "1"},
            'phiếu đã khóa nhưng chưa chấm tiêu chí này (sản phẩm "A", giám khảo "J1")'
            ' / the sheet is locked but this criterion has no mark (entry "A", judge "J1")',
        ),
    ],
    ids=lambda value: ascii(value)[:40],
)
def test_the_message(whole, refused, path, value, message):
    body = whole
    for step in path[:-1]:
        body = body[step]
    body[path[-1]] = value

    assert refused(whole).message == message


def test_the_message_for_a_file_that_is_too_large():
    with pytest.raises(ValueError, match=r"^\$: tệp lớn hơn 64 MiB / the file is larger than 64 MiB$"):
        parse(bytes(LARGEST + 1))
