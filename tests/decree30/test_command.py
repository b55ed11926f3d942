"""`tieubieu lint-document`: what it prints, how it ends, and files that mean harm."""

import io
import json

import pytest
import specimens as made
from django.core.management import call_command
from paperwork import Decision

from tieubieu.processes.around import needs_engines

SWOLLEN = made.docx(**{"word/media/a.bin": b"0" * 40_000_000})
MACRO = made.docx(**{"word/vbaProject.bin": b"x"})


def linted(path, *words):
    """The status, what was printed and what was said of a failure."""
    out, err = io.StringIO(), io.StringIO()
    try:
        call_command("lint_document", str(path), *words, stdout=out, stderr=err)
    except SystemExit as ended:
        return ended.code, out.getvalue(), err.getvalue()
    return 0, out.getvalue(), err.getvalue()


def kept(folder, data, name="van-ban.docx"):
    path = folder / name
    path.write_bytes(data)
    return path


def test_a_right_document_ends_with_zero(tmp_path):
    status, out, err = linted(kept(tmp_path, Decision().bytes()))

    assert (status, err) == (0, "")
    assert "không tìm thấy điểm nào trái thể thức" in out


def test_findings_stand_under_their_place_with_their_clause(tmp_path):
    it = Decision()
    it.text("number", "Số: 5/QĐ-UBND")

    status, out, _ = linted(kept(tmp_path, it.bytes()))

    assert status == 1
    assert out.splitlines()[2:5] == [
        "Số, ký hiệu",
        "  - [sai] Số nhỏ hơn 10 phải ghi thêm số 0 phía trước. (Phụ lục I, Phần I, Mục II, khoản 3, điểm c)",
        "      “Số: 5/QĐ-UBND”",
    ]


def test_findings_as_json(tmp_path):
    it = Decision()
    it.text("number", "Số: 5/QĐ-UBND")

    status, out, _ = linted(kept(tmp_path, it.bytes()), "--json")
    whole = json.loads(out)

    assert status == 1
    assert whole["is_clean"] is False
    assert [(each["rule"], each["found"], each["wanted"]) for each in whole["findings"]] == [
        ("number-leading-zero", "5", "05")
    ]


@pytest.mark.parametrize(
    ("data", "told"),
    [
        (made.pdf(), "chỉ kiểm tra tệp Word"),
        (b"", "rỗng"),
        (b"hello", "không phải loại"),
        (made.old_office(), "Word, Excel cũ"),
        (made.xlsx(), "không phải loại"),
        (MACRO, "macro"),
        (SWOLLEN, "phình to"),
        (Decision().bytes()[:-200], "hỏng"),
    ],
    ids=["pdf", "empty", "text", "doc", "xlsx", "macro", "bomb", "cut off"],
)
def test_a_file_that_cannot_be_read_ends_with_two_and_one_sentence(tmp_path, data, told):
    status, out, err = linted(kept(tmp_path, data))

    assert (status, out) == (2, "")
    assert told in err
    assert "Traceback" not in err


def test_a_file_that_is_not_there_ends_with_two(tmp_path):
    status, _, err = linted(tmp_path / "khong-co.docx")

    assert status == 2
    assert "Không mở được tệp" in err


def test_it_needs_no_engines():
    assert not needs_engines(["lint_document", "a.docx"])
