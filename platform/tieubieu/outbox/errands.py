"""Errands: Celery tasks that run in the tenant they were asked for, once, whatever happens to the broker.

A delivery carries only the message's id and its tenant; what to do is read from the message. So
nothing that stands in Redis can make a worker do what no tenant asked for.
"""

import logging
import os
import socket
from collections.abc import Callable
from datetime import timedelta
from typing import Any, ClassVar, NoReturn
from uuid import UUID

from celery import Task
from django.conf import settings
from django.utils.module_loading import import_string

from tieubieu.binding import PUBLIC, Scope, bound
from tieubieu.celery import LONGEST_LEASE_SECONDS, app, queues
from tieubieu.errors import DomainError
from tieubieu.outbox import services
from tieubieu.outbox.clock import Rhythm, schedule
from tieubieu.outbox.models import Message

logger = logging.getLogger(__name__)

Body = Callable[..., None]

# Between the polite end of a task and its kill, and between its kill and the end of its claim.
GRACE_SECONDS = 3
CLOSED_FOR_NOW = 503


class Unaddressed(Exception):
    """A delivery that names no message, or a message of another tenant or errand. It runs nowhere."""


class Errand(Task):
    """The base of every errand: address, claim, enter the tenant, do, and say how it ended."""

    abstract = True
    queue_name: ClassVar[str]
    lease: ClassVar[timedelta]
    tries: ClassVar[int]
    parked: ClassVar[Body | None]

    def __call__(self, message: str = "", tenant: str | None = None) -> None:
        """Do the errand of one message; a message that is done or in other hands is left alone."""
        with bound(PUBLIC):
            asked = self._take(self._address(message, tenant), tenant)
        if asked is not None:
            self._carry_out(asked)

    def apply_async(self, *args: Any, **kwargs: Any) -> NoReturn:
        """Refused: an errand that is not in the outbox can be lost, and belongs to no tenant."""
        raise Unaddressed(f"{self.name}: ask for it with emit()")

    def _address(self, message: str, tenant: str | None) -> UUID:
        if tenant is None:
            self._refuse("no tenant")
        try:
            return UUID(message)
        except (ValueError, AttributeError, TypeError):
            self._refuse(f"no message id in {message!r}")

    def _take(self, message_id: UUID, tenant: str | None) -> Message | None:
        asked = Message.objects.filter(pk=message_id).first()
        if asked is None:
            self._refuse(f"no message {message_id}")
        if (asked.tenant, asked.errand) != (tenant, self.name):
            self._refuse(f"message {message_id} is {asked.errand} of {asked.schema}, not {self.name} of {tenant!r}")
        if asked.attempts >= self.tries and asked.claimed_until is not None:
            self._give_up(asked)
            return None
        taken = services.claim(message_id, lease=self.lease, by=f"{socket.gethostname()}:{os.getpid()}")
        if taken is None:
            logger.info("%s %s: bỏ qua, đã xong hoặc có tiến trình khác đang làm", self.name, message_id)
        return taken

    def _give_up(self, asked: Message) -> None:
        """Its last worker never came back: killed each time, so the errand itself may be the killer."""
        if services.claim(asked.pk, lease=self.lease, by="") is not None:
            self._park(asked, f"Tiến trình làm việc chết đột ngột {asked.attempts} lần khi làm việc này.")

    def _carry_out(self, asked: Message) -> None:
        try:
            with bound(scope_of(asked)):
                self.run(**asked.args)
        except Exception as error:
            self._fail(asked, error)
        else:
            with bound(PUBLIC):
                services.finish(asked.pk)

    def _fail(self, asked: Message, error: Exception) -> None:
        told = str(error) if isinstance(error, DomainError) else f"{type(error).__name__}: {error}"
        if self._is_final(asked, error):
            self._park(asked, told, error)
            return
        logger.warning("%s %s (%s): sẽ thử lại, %s", self.name, asked.pk, asked.schema, told, exc_info=error)
        with bound(PUBLIC):
            services.put_back(asked, told)

    def _is_final(self, asked: Message, error: Exception) -> bool:
        """A rule of the business stays in the way however often one tries; a closed door may open."""
        if isinstance(error, DomainError):
            return error.status != CLOSED_FOR_NOW
        return asked.attempts >= self.tries

    def _park(self, asked: Message, told: str, error: Exception | None = None) -> None:
        logger.error("%s %s (%s): dừng hẳn, %s", self.name, asked.pk, asked.schema, told, exc_info=error)
        try:
            if self.parked is not None:
                with bound(scope_of(asked)):
                    self.parked(told, **asked.args)
        except Exception:
            logger.exception("%s %s: không báo được là đã dừng", self.name, asked.pk)
        with bound(PUBLIC):
            services.park(asked.pk, told)

    def _refuse(self, reason: str) -> NoReturn:
        logger.error("%s: từ chối chạy: %s", self.name, reason)
        raise Unaddressed(f"{self.name}: {reason}")


def errand(
    name: str,
    /,
    *,
    queue: str = "",
    lease: int = 30,
    tries: int = 5,
    every: Rhythm | None = None,
    parked: Body | None = None,
) -> Callable[[Body], Body]:
    """Register a function as the errand of that name.

    The body runs in the tenant that asked, with the arguments of `emit`. It must be idempotent: it is
    repeated when its worker dies, up to `tries` attempts. After `lease` seconds it counts as
    dead, so it is stopped a little earlier. A `DomainError` parks the message at once, unless its
    status is 503. `parked(error, **args)` runs in the tenant before that, to tell who waits; it too may
    be repeated. The queue is the body's module unless named. `every` has the clock ask for the errand,
    in the public scope. Returns the body itself: calling it does the work here and now.
    """

    def register(body: Body) -> Body:
        chosen = queue or body.__module__.rpartition(".")[2]
        _check(name, chosen, lease)
        # The one whose claim ran out must be gone before another takes over.
        limits = {"soft_time_limit": lease - 2 * GRACE_SECONDS, "time_limit": lease - GRACE_SECONDS}
        kept = {"name": name, "queue_name": chosen, "lease": timedelta(seconds=lease), "tries": tries}
        verbs = {"run": staticmethod(body), "parked": parked and staticmethod(parked)}
        app.register_task(type("Errand", (Errand,), {**kept, **limits, **verbs})())
        if every is not None:
            schedule(name, every)
        return body

    return register


def queue_of(name: str) -> str | None:
    """The queue of a registered errand, or None when no module of this installation knows it."""
    task = app.tasks.get(name)
    return task.queue_name if isinstance(task, Errand) else None


def scope_of(asked: Message) -> Scope:
    """The way into the tenant of a message; raises for one that is unknown or may not work now."""
    if asked.schema == PUBLIC.schema:
        return PUBLIC
    scope: Scope = import_string(settings.SCOPE_FINDER)(asked.tenant)
    if scope.schema != asked.schema:
        raise Unaddressed(f"{asked.pk}: {asked.tenant} is {scope.schema}, but {asked.schema} asked")
    return scope


def _check(name: str, queue: str, lease: int) -> None:
    if name in app.tasks:
        raise ValueError(f"two errands are called {name}")
    if queue not in queues():
        raise ValueError(f"{name}: no worker serves the queue {queue!r}")
    if not 3 * GRACE_SECONDS <= lease <= LONGEST_LEASE_SECONDS:
        raise ValueError(f"{name}: a lease of {lease} s is not within {3 * GRACE_SECONDS} and {LONGEST_LEASE_SECONDS}")
