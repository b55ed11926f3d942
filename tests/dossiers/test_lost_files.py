"""A file whose bytes are gone: whoever asks for it reads what that means, and the operator's log names it."""

import pytest
from browsers import at
from django.core.files.base import ContentFile
from django.core.files.storage import default_storage
from portal import photo

from apps.dossiers.making import make_receipt
from apps.dossiers.models import Paper
from tieubieu.documents.models import Document
from tieubieu.uploads.models import StoredFile

pytestmark = pytest.mark.usefixtures("in_daklak")


@pytest.mark.parametrize("spoil", ["gone", "other bytes"])
def test_a_file_whose_bytes_are_lost_is_told_and_the_operator_finds_which(at_the_portal, caplog, spoil):
    entry = at_the_portal.draft()
    browser = at("daklak", at_the_portal.owner)
    browser.post(f"/ho-so/{entry.pk}/tep/", {"muc": "photo_front", "tep": photo()})
    file = StoredFile.objects.get(pk=Paper.objects.get().file_id)
    address = f"/ho-so/{entry.pk}/tep/{Paper.objects.get().pk}/"
    assert browser.get(address).status_code == 200

    default_storage.delete(file.storage_name)
    if spoil == "other bytes":
        default_storage.save(file.storage_name, ContentFile(b"khac"))
    answer = browser.get(address)

    assert answer.status_code == 503
    assert "Tạm thời chưa mở được tệp" in answer.content.decode()
    assert "bị mất hoặc đã bị thay đổi" in answer.content.decode()
    assert [line for line in caplog.messages if file.storage_name in line and str(file.pk) in line]
    assert browser.get(f"/ho-so/{entry.pk}/anh/").status_code == 200


def test_a_document_whose_bytes_are_lost_is_told_alike(at_the_portal, caplog):
    filing = at_the_portal.filed().filings.get()
    make_receipt(filing.pk)
    filing.refresh_from_db()
    document = Document.objects.get(pk=filing.document_id)
    default_storage.delete(document.storage_name)

    answer = at("daklak", at_the_portal.owner).get(f"/ho-so/bien-nhan/{filing.receipt_code}/ban-in.pdf")

    assert answer.status_code == 503
    assert "Tạm thời chưa mở được tệp" in answer.content.decode()
    assert [line for line in caplog.messages if document.storage_name in line]
