"""Work that failed for good is told on its page, which stops polling; asked for again, only what failed is done."""

import pytest
from browsers import at
from stage import decided, person, scored

from apps.accounts.models import Role
from apps.judging.services import compute_again, compute_snapshot
from apps.recognition.models import Certificate
from apps.recognition.services import issue_certificates
from tieubieu.binding import PUBLIC, bound
from tieubieu.outbox.models import Message
from tieubieu.progress.models import JobState
from tieubieu.progress.queries import progress_of
from tieubieu.progress.services import fail_item, finish_item, start_job

pytestmark = pytest.mark.usefixtures("in_daklak")

POLLS, AGAIN = "every 2s", "Làm lại phần chưa xong"


def asked(name):
    with bound(PUBLIC):
        return [message.args for message in Message.objects.filter(errand=name)]


@pytest.fixture
def half_made():
    """Two certificates asked for: one made, one given up."""
    stage = decided(2)
    job = issue_certificates(stage.round.pk, actor=stage.officer)
    made, failed = Certificate.objects.order_by("number")
    finish_item(job, made.pk)
    fail_item(job, failed.pk, "Không in được")
    return stage, job, failed


def test_the_cockpit_tells_what_failed_without_polling_and_offers_to_do_it_again(half_made):
    stage, job, _ = half_made
    client = at("daklak", stage.officer)

    for page in (client.get(f"/ky-binh-chon/{stage.round.code}/"), client.get(f"/ky-binh-chon/viec/{job}/")):
        told = page.content.decode()
        assert "Việc này đã dừng vì có phần chưa làm được" in told
        assert (AGAIN in told, POLLS in told) == (True, False)


def test_asked_again_only_what_failed_is_asked_for_and_the_page_polls_anew(half_made):
    stage, job, failed = half_made
    client = at("daklak", stage.officer)

    for _ in range(2):
        assert client.post(f"/ky-binh-chon/viec/{job}/lam-lai/").status_code == 302

    again = [args for args in asked("documents.make_certificate") if args["certificate_id"] == str(failed.pk)]
    assert len(asked("documents.make_certificate")) == 3
    assert len(again) == 2
    assert progress_of(job).state == JobState.RUNNING
    assert POLLS in client.get(f"/ky-binh-chon/viec/{job}/").content.decode()


def test_who_only_reads_is_told_but_may_not_ask(half_made):
    _, job, _ = half_made
    client = at("daklak", person("lanh-dao", Role.LEADER))

    told = client.get(f"/ky-binh-chon/viec/{job}/").content.decode()
    answer = client.post(f"/ky-binh-chon/viec/{job}/lam-lai/")

    assert "Việc này đã dừng" in told
    assert AGAIN not in told
    assert answer.status_code == 403
    assert progress_of(job).state == JobState.FAILED


def test_a_result_that_was_not_computed_is_computed_when_asked_again():
    stage = scored()
    job = start_job("scoring", stage.round, [str(stage.round.pk)], label="Tính", actor=stage.officer)
    fail_item(job.pk, stage.round.pk, "Không tính được")

    asked_for = compute_again(stage.round.pk, job_id=job.pk, actor=stage.officer)
    again = compute_again(stage.round.pk, job_id=job.pk, actor=stage.officer)
    compute_snapshot(stage.round.pk, job_id=job.pk)

    assert (asked_for, again) == (1, 0)
    assert progress_of(job.pk).state == JobState.DONE
