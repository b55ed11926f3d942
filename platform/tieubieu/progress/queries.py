"""What the waiting page shows."""

from dataclasses import dataclass
from uuid import UUID

from django.db import models
from django.db.models import Count, Q

from tieubieu.progress.models import ItemState, Job, JobItem, JobState


@dataclass(frozen=True)
class Progress:
    """One job at one moment. `done + failed + waiting == total`, always."""

    id: UUID
    kind: str
    label: str
    state: JobState
    done: int
    failed: int
    total: int

    @property
    def waiting(self) -> int:
        return self.total - self.done - self.failed

    @property
    def percent(self) -> int:
        """How much has ended, 0 to 100, rounded down: 100 only when nothing waits."""
        return (self.done + self.failed) * 100 // self.total if self.total else 100

    @property
    def is_running(self) -> bool:
        """Whether the page should ask again."""
        return self.state == JobState.RUNNING

    @property
    def state_label(self) -> str:
        return str(self.state.label)


def progress_of(job_id: UUID | str) -> Progress:
    """Count the items of a job, in one query. Raises `Job.DoesNotExist`."""
    job = Job.objects.annotate(
        done=Count("items", filter=Q(items__state=ItemState.DONE)),
        failed=Count("items", filter=Q(items__state=ItemState.FAILED)),
    ).get(pk=job_id)
    return Progress(job.pk, job.kind, job.label, JobState(job.state), job.done, job.failed, job.total)


def latest_job(kind: str, subject: models.Model) -> Job | None:
    """The newest job of this kind about the subject, for the page one comes back to."""
    about = Job.objects.filter(kind=kind, subject_kind=subject._meta.label_lower, subject_id=str(subject.pk))
    return about.order_by("-created_at").first()


def failures_of(job_id: UUID | str) -> models.QuerySet[JobItem]:
    """The items that failed, with their reasons."""
    return JobItem.objects.filter(job_id=job_id, state=ItemState.FAILED).order_by("key")


def is_running(job_id: UUID | str) -> bool:
    """Whether the job is still wanted."""
    return Job.objects.filter(pk=job_id, state=JobState.RUNNING).exists()
