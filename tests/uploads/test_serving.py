"""A kept file reaches a browser as what it is, runs nothing there, and is asked for again each time."""

import pytest
import specimens as made
from django.test import RequestFactory

from tieubieu.uploads.services import take_in
from tieubieu.uploads.serving import serve

pytestmark = pytest.mark.usefixtures("in_daklak")


def served(data, variant="", **words):
    file = take_in(data, name="Ảnh mặt trước.jpg", actor=None)
    return serve(RequestFactory().get("/", **words.pop("headers", {})), file, variant, **words)


def test_a_photo_is_shown_in_place_and_sandboxed():
    answer = served(made.photo())

    assert answer["Content-Type"] == "image/jpeg"
    assert answer["Content-Disposition"].startswith("inline; filename*=utf-8''%E1%BA%A2nh")
    assert "sandbox" in answer["Content-Security-Policy"]
    assert "script" not in answer["Content-Security-Policy"]


def test_a_pdf_is_shown_in_place_and_may_load_nothing():
    answer = served(made.pdf())

    assert answer["Content-Type"] == "application/pdf"
    assert answer["Content-Disposition"].startswith("inline")
    assert "default-src 'none'" in answer["Content-Security-Policy"]


@pytest.mark.parametrize("data", [made.docx(), made.xlsx()], ids=["docx", "xlsx"])
def test_office_files_are_only_downloaded(data):
    assert served(data)["Content-Disposition"].startswith("attachment")


def test_anything_can_be_downloaded():
    assert served(made.photo(), download=True)["Content-Disposition"].startswith("attachment")


@pytest.mark.parametrize("data", [made.photo(), made.pdf(), made.docx()], ids=["photo", "pdf", "docx"])
def test_a_browser_may_not_guess_nor_keep_it_for_others(data):
    answer = served(data)

    assert answer["X-Content-Type-Options"] == "nosniff"
    assert answer["Cache-Control"] == "private, no-cache"
    assert answer["Cross-Origin-Resource-Policy"] == "same-origin"


def test_what_the_browser_has_is_not_sent_again():
    file = take_in(made.photo(), name="a.jpg", actor=None)
    first = serve(RequestFactory().get("/"), file, "thumb")

    again = serve(RequestFactory().get("/", headers={"if-none-match": first["ETag"]}), file, "thumb")
    other = serve(RequestFactory().get("/", headers={"if-none-match": first["ETag"]}), file)

    assert (again.status_code, again.content) == (304, b"")
    assert other.status_code == 200


def test_a_variant_is_the_smaller_picture():
    assert len(served(made.photo(), "thumb").content) < len(served(made.photo()).content)
