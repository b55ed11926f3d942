import io
from datetime import date

import pytest
from pypdf import PdfReader
from stage import decided

from apps.catalogue.models import IssuerKey, RegisteredCertificate
from apps.catalogue.queries import verify_token
from apps.recognition.making import make_certificate
from apps.recognition.models import Certificate, NumberBook, SigningKey
from apps.recognition.services import issue_certificates, last_valid_day
from tieubieu.binding import PUBLIC, bound
from tieubieu.documents.models import Document
from tieubieu.documents.services import open_document
from tieubieu.outbox.models import Message
from tieubieu.progress.models import Job, JobState
from workers import catalogue

pytestmark = pytest.mark.usefixtures("in_daklak")


def issued(entries=1):
    stage = decided(entries)
    job = issue_certificates(stage.round.pk, actor=stage.officer)
    return stage, job


def test_every_selected_entry_gets_the_next_number():
    issued(3)

    assert list(Certificate.objects.order_by("number").values_list("number", flat=True)) == [
        "01/2026/GCN-THU",
        "02/2026/GCN-THU",
        "03/2026/GCN-THU",
    ]
    assert NumberBook.objects.get().last == 3


def test_asking_again_numbers_nothing_twice():
    stage, _ = issued(2)

    issue_certificates(stage.round.pk, actor=stage.officer)

    assert Certificate.objects.count() == 2
    with bound(PUBLIC):
        assert Message.objects.filter(errand="documents.make_certificate").count() == 2


def test_a_refused_issue_leaves_no_gap_in_the_book(monkeypatch):
    stage = decided(2)
    monkeypatch.setattr("apps.recognition.services.decisions.start_job", _out_of_luck)

    with pytest.raises(RuntimeError):
        issue_certificates(stage.round.pk, actor=stage.officer)
    monkeypatch.undo()
    issue_certificates(stage.round.pk, actor=stage.officer)

    assert sorted(Certificate.objects.values_list("number", flat=True))[0] == "01/2026/GCN-THU"


def _out_of_luck(*args, **kwargs):
    raise RuntimeError


def test_a_certificate_is_made_once_however_often_it_is_asked_for():
    _, job = issued()
    certificate = Certificate.objects.get()

    make_certificate(certificate.pk, job_id=job)
    first = Certificate.objects.get()
    make_certificate(certificate.pk, job_id=job)

    assert Certificate.objects.get().token == first.token
    assert Document.objects.count() == 1
    assert Job.objects.get(pk=job).state == JobState.DONE


def test_the_paper_says_what_was_decided():
    _, job = issued()
    made = make_certificate(Certificate.objects.get().pk, job_id=job)

    words = PdfReader(io.BytesIO(open_document(made.document_id))).pages[0].extract_text()

    for expected in ("GIẤY CHỨNG NHẬN", "Sản phẩm 0", "Hợp tác xã số 0", "01/2026/GCN-THU", "2150/QĐ-UBND"):
        assert expected in words


def test_the_register_and_the_code_agree():
    _, job = issued()
    made = make_certificate(Certificate.objects.get().pk, job_id=job)
    key = SigningKey.objects.get()

    catalogue.key(key_id=str(key.pk))
    for _ in range(2):  # an errand may run twice
        catalogue.certificate(certificate_id=str(made.pk))

    with bound(PUBLIC):
        assert (RegisteredCertificate.objects.count(), IssuerKey.objects.count()) == (1, 1)
        assert verify_token(made.token, date(2026, 12, 1)).state == "valid"
        assert verify_token(made.token, date(2030, 1, 1)).state == "expired"
        assert verify_token(made.token[:-4] + "AAAA", date(2026, 12, 1)).state == "unknown"


def test_an_older_line_loses_on_the_register():
    _, job = issued()
    made = make_certificate(Certificate.objects.get().pk, job_id=job)
    Certificate.objects.update(state="revoked", version=2)
    catalogue.certificate(certificate_id=str(made.pk))
    Certificate.objects.update(state="valid", version=1)

    catalogue.certificate(certificate_id=str(made.pk))

    with bound(PUBLIC):
        assert RegisteredCertificate.objects.get().state == "revoked"


@pytest.mark.parametrize(
    ("validity", "last"),
    [
        ({"years": 4, "inclusive": True}, date(2029, 12, 31)),
        ({"years": 3, "inclusive": True}, date(2028, 12, 31)),
        ({"years": 4, "inclusive": False}, date(2030, 12, 31)),
    ],
)
def test_a_certificate_lives_to_the_end_of_the_legal_year(validity, last):
    assert last_valid_day(date(2026, 8, 3), validity) == last
