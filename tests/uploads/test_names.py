"""A file's name is shown, stored and handed out again: it must not hide, disguise or lead elsewhere."""

import unicodedata

import pytest

from tieubieu.uploads.names import LONGEST, safe_file_name


@pytest.mark.parametrize(
    ("given", "kept"),
    [
        ("Đơn đăng ký.pdf", "Đơn đăng ký.pdf"),
        (unicodedata.normalize("NFD", "Đơn đăng ký.pdf"), "Đơn đăng ký.pdf"),
        ("../../etc/passwd", "passwd.pdf"),
        ("C:\\Users\\A\\anh.jpg", "anh.pdf"),
        ("a\0b.pdf", "ab.pdf"),
        ("anh\u202egpj.exe", "anhgpj.pdf"),
        ("a\r\nSet-Cookie: x.pdf", "a Set-Cookie_ x.pdf"),
        ("", "tep.pdf"),
        ("...", "tep.pdf"),
        (".htaccess", "htaccess.pdf"),
        ("con.pdf", "_con.pdf"),
        ("NUL", "_NUL.pdf"),
        ("a<b>|c?*\".pdf", "a_b__c___.pdf"),
        ("\u200b\u2060.pdf", "tep.pdf"),
        ("ảnh   chụp .JPG", "ảnh chụp.pdf"),
        ("giấy.phép.2026.pdf", "giấy.phép.2026.pdf"),
    ],
)  # fmt: skip
def test_a_name_is_made_safe(given, kept):
    assert safe_file_name(given, "pdf") == kept


def test_a_long_name_keeps_its_ending():
    name = safe_file_name("dài " * 200 + ".pdf", "pdf")

    assert len(name) <= LONGEST + 4
    assert name.endswith(".pdf")
