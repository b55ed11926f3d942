"""A job counts its items, closes once, and hides nothing."""

import threading
from contextlib import suppress
from uuid import uuid4

import pytest
from django.db import connection, transaction
from django.db.models import QuerySet
from stage import person

from tieubieu.binding import Scope, bound
from tieubieu.progress import services
from tieubieu.progress.models import Job, JobItem, JobState
from tieubieu.progress.queries import failures_of, is_running, latest_job, progress_of
from tieubieu.progress.services import cancel_job, fail_item, finish_item, start_job


@pytest.fixture
def subject(in_daklak):
    return person("nguoi-yeu-cau", name="Nguyễn Văn Yêu")


def started(subject, *keys):
    return start_job("thử", subject, keys, label="Việc thử", actor=subject)


def counts(job):
    now = progress_of(job.pk)
    return now.state, now.done, now.failed, now.waiting, now.percent


def test_a_job_remembers_what_it_is_about_and_who_asked(subject):
    job = started(subject, "a", "b")

    assert (job.subject_kind, job.subject_id, job.asked_by) == ("accounts.person", str(subject.pk), "Nguyễn Văn Yêu")
    assert counts(job) == (JobState.RUNNING, 0, 0, 2, 0)
    assert latest_job("thử", subject) == job


def test_a_job_closes_with_its_last_item_and_not_before(subject):
    job = started(subject, "a", "b", "c")

    finish_item(job.pk, "a")
    finish_item(job.pk, "b")
    before = counts(job)
    finish_item(job.pk, "c")

    assert before == (JobState.RUNNING, 2, 0, 1, 66)
    assert counts(job) == (JobState.DONE, 3, 0, 0, 100)


def test_an_item_that_ends_again_changes_nothing(subject):
    job = started(subject, "a", "b")
    finish_item(job.pk, "a")
    finish_item(job.pk, "a")
    middle = counts(job)
    finish_item(job.pk, "b")
    closed_at = Job.objects.get(pk=job.pk).finished_at
    finish_item(job.pk, "b")
    fail_item(job.pk, "b", "muộn")

    assert middle == (JobState.RUNNING, 1, 0, 1, 50)
    assert counts(job) == (JobState.DONE, 2, 0, 0, 100)
    assert Job.objects.get(pk=job.pk).finished_at == closed_at


def test_a_failed_item_is_shown_with_its_reason_and_may_still_succeed(subject):
    job = started(subject, "a", "b")
    finish_item(job.pk, "a")
    fail_item(job.pk, "b", "thiếu phông chữ")
    failed = counts(job)
    reasons = list(failures_of(job.pk).values_list("key", "error"))
    finish_item(job.pk, "b")

    assert failed == (JobState.FAILED, 1, 1, 0, 100)
    assert reasons == [("b", "thiếu phông chữ")]
    assert counts(job) == (JobState.DONE, 2, 0, 0, 100)


def test_a_job_without_items_is_done(subject):
    assert counts(started(subject)) == (JobState.DONE, 0, 0, 0, 100)


def test_a_key_twice_is_one_item(subject):
    assert started(subject, "a", "a", "b").total == 2


def test_an_unknown_key_or_job_ends_nothing(subject):
    job = started(subject, "a")

    finish_item(job.pk, "khác")

    assert counts(job) == (JobState.RUNNING, 0, 0, 1, 0)
    with pytest.raises(Job.DoesNotExist):
        finish_item(uuid4(), "a")


def test_a_cancelled_job_stays_cancelled(subject):
    job = started(subject, "a")

    assert cancel_job(job.pk)
    finish_item(job.pk, "a")

    assert progress_of(job.pk).state == JobState.CANCELLED
    assert not cancel_job(job.pk)
    assert not is_running(job.pk)


def test_the_page_asks_one_question(subject, django_assert_num_queries):
    job = started(subject, *map(str, range(50)))

    with django_assert_num_queries(1):
        progress_of(job.pk)


@pytest.fixture(scope="module")
def place(django_db_setup, django_db_blocker):
    from throwaway import thrown_away

    with django_db_blocker.unblock(), thrown_away("tien-do") as [scope]:
        yield scope


# Seconds in which the two must meet: under the lock they cannot, without it even a slow machine brings them together.
@pytest.mark.parametrize(
    ("is_locked", "patience", "state"), [(True, 0.5, JobState.DONE), (False, 60, JobState.RUNNING)]
)
def test_two_last_items_that_end_together_close_the_job_and_leave_it_open_without_the_lock(
    place: Scope, monkeypatch, is_locked, patience, state
):
    with bound(place):
        job = Job.objects.create(kind="đua", subject_kind="x", subject_id="x", label="Đua", total=2)
        JobItem.objects.bulk_create(JobItem(job=job, key=key) for key in "ab")
    if not is_locked:
        monkeypatch.setattr(QuerySet, "select_for_update", lambda self, *args, **kwargs: self)
    both_ended = threading.Barrier(2)
    close = services._close_if_ended

    def close_when_both_have_ended(job):
        with suppress(threading.BrokenBarrierError):  # under the lock the other cannot come
            both_ended.wait(timeout=patience)
        close(job)
        with suppress(threading.BrokenBarrierError):  # neither says so before both have looked
            both_ended.wait(timeout=patience)

    monkeypatch.setattr(services, "_close_if_ended", close_when_both_have_ended)

    def end(key):
        with bound(place), transaction.atomic():
            finish_item(job.pk, key)
        connection.close()

    threads = [threading.Thread(target=end, args=(key,)) for key in "ab"]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()

    with bound(place):
        assert Job.objects.get(pk=job.pk).state == state
