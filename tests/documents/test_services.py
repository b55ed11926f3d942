"""One row for the same words, and bytes that can be trusted."""

import hashlib
import threading
import uuid
from datetime import date

import pytest
from django.core.files.base import ContentFile
from django.core.files.storage import default_storage
from django.db import connection, transaction

from tieubieu.binding import carried
from tieubieu.documents import services
from tieubieu.documents.errors import CannotPrint, DocumentDamaged
from tieubieu.documents.models import Document
from tieubieu.documents.services import make_document, open_document
from tieubieu.progress.models import Job

SUBJECT = Job(id=uuid.UUID("7c0f3d6e-3a0c-4a51-9a0e-2f4f1f6f5f10"))


def make(data, subject=SUBJECT) -> Document:
    return make_document("certificate", subject, "certificate", data)


@pytest.mark.usefixtures("in_daklak")
class TestOneTenant:
    def test_a_document_is_a_row_and_a_file(self, certificate):
        made = make(certificate())

        pdf = open_document(made.pk)
        assert pdf.startswith(b"%PDF-1.7")
        assert made.storage_name == f"documents/certificate/{hashlib.sha256(pdf).hexdigest()}.pdf"
        assert (made.size, made.pages, made.is_demo) == (len(pdf), 1, False)
        assert (made.subject_kind, made.subject_id) == ("progress.job", str(SUBJECT.pk))
        assert made.template == "certificate"
        assert made.made_at is not None

    def test_the_same_words_give_the_same_row_and_print_once(self, certificate, monkeypatch):
        first = make(certificate())
        monkeypatch.setattr(services.ink, "render", None)

        assert make(certificate()) == first
        assert Document.objects.count() == 1

    def test_other_words_another_subject_or_another_look_give_another_row(self, certificate, monkeypatch):
        first = make(certificate())
        other_words = make(certificate(valid_until=date(2028, 12, 31)))
        other_subject = make(certificate(), Job(id=uuid.uuid4()))
        monkeypatch.setattr(services.ink, "layout_version", lambda name: "another look")
        other_look = make(certificate())

        assert len({first.pk, other_words.pk, other_subject.pk, other_look.pk}) == 4
        assert first.content_hash == other_subject.content_hash
        assert first.storage_name == other_subject.storage_name

    def test_a_demonstration_stays_one(self, certificate):
        assert make(certificate(is_demo=True)).is_demo is True

    def test_what_cannot_be_printed_leaves_nothing_behind(self, certificate):
        with pytest.raises(CannotPrint, match="phông chữ") as caught:
            make(certificate(product_name="漢字"))

        assert caught.value.status == 422
        assert Document.objects.count() == 0
        assert not default_storage.exists("documents")

    def test_a_changed_or_missing_file_is_not_handed_out(self, certificate):
        made = make(certificate())
        default_storage.delete(made.storage_name)
        with pytest.raises(DocumentDamaged):
            open_document(made.pk)

        default_storage.save(made.storage_name, ContentFile(b"%PDF-1.7 another"))
        with pytest.raises(DocumentDamaged):
            open_document(made.pk)

    def test_a_torn_file_of_a_crash_is_not_trusted(self, certificate):
        whole = make(certificate())
        pdf = open_document(whole.pk)
        default_storage.delete(whole.storage_name)
        default_storage.save(whole.storage_name, ContentFile(pdf[:100]))

        second = make(certificate(), Job(id=uuid.uuid4()))

        assert second.storage_name != whole.storage_name
        assert open_document(second.pk) == pdf

    def test_a_rolled_back_attempt_leaves_a_file_that_the_next_one_uses(self, certificate):
        with transaction.atomic():
            lost = make(certificate())
            transaction.set_rollback(True)

        again = make(certificate())

        assert again.pk != lost.pk
        assert again.storage_name == lost.storage_name
        assert len(default_storage.listdir("documents/certificate")[1]) == 1

    def test_a_lost_race_keeps_the_callers_transaction_whole(self, certificate, monkeypatch):
        winner = make(certificate())
        monkeypatch.setattr(services.Document.objects, "filter", lambda **place: Document.objects.none())

        with transaction.atomic():
            loser = make(certificate())
            assert Job.objects.count() == 0

        assert loser == winner


def test_the_neighbour_has_its_own_rows_and_files(daklak, khanhhoa, certificate):
    from tenants.gateways import inside

    with inside(daklak):
        made = make(certificate())
    with inside(khanhhoa):
        assert not default_storage.exists(made.storage_name)
        with pytest.raises(Document.DoesNotExist):
            open_document(made.pk)
        assert make(certificate()).pk != made.pk


@pytest.fixture
def committing(django_db_setup, django_db_blocker):
    """Đắk Lắk with real commits, which other connections see; the test's documents are removed afterwards."""
    from tenants.gateways import inside

    with django_db_blocker.unblock(), inside("daklak"):
        yield
        Document.objects.all().delete()
        connection.close()


def test_four_at_once_make_one_document(committing, certificate):
    made: list[uuid.UUID] = []
    gate = threading.Barrier(4)

    @carried
    def work() -> None:
        connection.ensure_connection()
        gate.wait()
        with transaction.atomic():
            made.append(make(certificate()).pk)
        connection.close()

    threads = [threading.Thread(target=work) for _ in range(4)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()

    [row] = Document.objects.all()
    assert made == [row.pk] * 4
    assert open_document(row.pk).startswith(b"%PDF")
