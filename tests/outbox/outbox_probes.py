"""Errands that do nothing but leave a mark, in the tests' own process and in workers that the tests start."""

import time

from tieubieu.binding import current
from tieubieu.celery import queues
from tieubieu.errors import DomainError
from tieubieu.outbox.errands import errand
from tieubieu.progress.models import Job

QUEUE = queues()[-1]
SHORTEST_LEASE = 9


class NotNow(DomainError):
    status = 503


def mark(key: str) -> None:
    Job.objects.create(kind="mark", subject_kind="probe", subject_id=key, label=current().slug, total=0)


def marks(key: str) -> list[str]:
    """The slug under which each mark of that key was left, in the bound tenant."""
    return list(Job.objects.filter(kind="mark", subject_id=key).values_list("label", flat=True))


@errand("probes.mark_each_time", queue=QUEUE, lease=SHORTEST_LEASE)
def mark_each_time(*, key: str) -> None:
    mark(key)


@errand("probes.mark_once", queue=QUEUE, lease=SHORTEST_LEASE)
def mark_once(*, key: str, seconds: str = "0") -> None:
    time.sleep(float(seconds))
    if not marks(key):
        mark(key)


def mark_parked(error: str, *, key: str) -> None:
    mark(f"{key}: {error}")


@errand("probes.break", queue=QUEUE, tries=2, parked=mark_parked)
def break_down(*, key: str) -> None:
    raise RuntimeError("hỏng")


@errand("probes.refuse", queue=QUEUE, parked=mark_parked)
def refuse(*, key: str) -> None:
    raise DomainError("trái quy định")


@errand("probes.not_now", queue=QUEUE, tries=1)
def not_now(*, key: str) -> None:
    raise NotNow("hôm nay đóng cửa")
