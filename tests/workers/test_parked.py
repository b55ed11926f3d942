import pytest
from stage import decided, scoring

from apps.recognition.models import Certificate
from apps.recognition.services import issue_certificates
from tieubieu.progress.models import JobState
from tieubieu.progress.queries import failures_of, progress_of
from tieubieu.progress.services import start_job
from workers import documents
from workers import scoring as scoring_worker

pytestmark = pytest.mark.usefixtures("in_daklak")


def test_a_certificate_that_was_given_up_is_told_to_whoever_waits():
    stage = decided()
    job = issue_certificates(stage.round.pk, actor=stage.officer)
    certificate = Certificate.objects.get()

    documents._say_failed("Không in được", certificate_id=str(certificate.pk), job_id=str(job))

    assert progress_of(job).state == JobState.FAILED
    assert [(item.key, item.error) for item in failures_of(job)] == [(str(certificate.pk), "Không in được")]


def test_a_scoring_that_was_given_up_is_told_to_whoever_waits():
    stage = scoring()
    job = start_job("scoring", stage.round, [stage.round.pk], label="Tính", actor=stage.officer)

    scoring_worker._say_failed("Không tính được", round_id=str(stage.round.pk), job_id=str(job.pk))

    assert progress_of(job.pk).failed == 1
