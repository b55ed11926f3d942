"""Open a job, end its items, close it once."""

from collections.abc import Iterable
from uuid import UUID

from django.db import models, transaction
from django.db.models.functions import Now

from tieubieu.progress.models import ItemState, Job, JobItem, JobState

LONGEST_ERROR = 2000


@transaction.atomic
def start_job(kind: str, subject: models.Model, keys: Iterable[object], *, label: str, actor: object | None) -> Job:
    """Open a job with one item per distinct key; a job without items is done from the start."""
    distinct = list(dict.fromkeys(str(key) for key in keys))
    job = Job.objects.create(
        kind=kind, subject_kind=subject._meta.label_lower, subject_id=str(subject.pk), label=label,
        asked_by="" if actor is None else str(actor), total=len(distinct),
    )  # fmt: skip
    JobItem.objects.bulk_create([JobItem(job=job, key=key) for key in distinct], batch_size=1000)
    _close_if_ended(job)
    return job


def finish_item(job_id: UUID | str, key: object) -> None:
    """Say that the item is done; idempotent. An item that had failed may still succeed."""
    _end_item(job_id, key, ItemState.DONE, "", ends=(ItemState.WAITING, ItemState.FAILED))


def fail_item(job_id: UUID | str, key: object, error: str) -> None:
    """Say that the item failed, and why, in words for the person who waits; a done item stays done."""
    _end_item(job_id, key, ItemState.FAILED, error[:LONGEST_ERROR], ends=(ItemState.WAITING, ItemState.FAILED))


@transaction.atomic
def open_again(job_id: UUID | str) -> list[str]:
    """Have what failed waited for again, and return its keys, for whoever asks for the work anew; [] when nothing
    failed."""
    job = Job.objects.select_for_update(no_key=True).get(pk=job_id)
    failed = job.items.filter(state=ItemState.FAILED)
    keys = list(failed.order_by("key").values_list("key", flat=True))
    if job.state == JobState.FAILED and keys:
        failed.update(state=ItemState.WAITING, error="")
        job.state, job.finished_at = JobState.RUNNING, None
        job.save(update_fields=["state", "finished_at"])
        return keys
    return []


@transaction.atomic
def cancel_job(job_id: UUID | str) -> bool:
    """Stop a running job: workers ask `is_running` before each item. False when it had ended before."""
    running = Job.objects.filter(pk=job_id, state=JobState.RUNNING)
    return bool(running.update(state=JobState.CANCELLED, finished_at=Now()))


@transaction.atomic
def _end_item(job_id: UUID | str, key: object, state: ItemState, error: str, *, ends: tuple[ItemState, ...]) -> None:
    # Two last items that end at the same time must not each see the other one waiting.
    job = Job.objects.select_for_update(no_key=True).get(pk=job_id)
    if JobItem.objects.filter(job=job, key=str(key), state__in=ends).update(state=state, error=error):
        _close_if_ended(job)


def _close_if_ended(job: Job) -> None:
    """Give the job the state of its items when none waits; the moment of its end is set once."""
    if job.state == JobState.CANCELLED or job.items.filter(state=ItemState.WAITING).exists():
        return
    failed = job.items.filter(state=ItemState.FAILED).exists()
    job.state = JobState.FAILED if failed else JobState.DONE
    if job.finished_at is None:
        job.finished_at = Now()  # type: ignore[assignment]
    job.save(update_fields=["state", "finished_at"])
