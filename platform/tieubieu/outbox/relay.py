"""The relay: carries due messages from PostgreSQL to the broker, and again until they have an effect.

It marks first and publishes then, in that order: nothing is locked while the broker is slow, and
what was marked by a relay that died is due again when its patience is over. Several relays may run.
"""

import logging
import time
from collections.abc import Iterator, Sequence
from datetime import timedelta
from itertools import groupby
from threading import Event
from typing import Any
from uuid import UUID

from django.db import Error, close_old_connections, transaction
from django.db.models import F
from django.db.models.functions import Now
from kombu import Connection
from kombu.exceptions import KombuError

from tieubieu.binding import PUBLIC, bound
from tieubieu.celery import app
from tieubieu.outbox import clock, services
from tieubieu.outbox.errands import queue_of
from tieubieu.outbox.models import OPEN, Message
from tieubieu.processes import heartbeats

logger = logging.getLogger(__name__)

BATCH = 100
PATIENCE = timedelta(seconds=30)
LONGEST_PATIENCE = timedelta(hours=1)
LONGEST_PAUSE_SECONDS = 5.0
CLOCK_SECONDS = 5.0
# A key in the broker. It is gone exactly when everything else in there is gone too.
MARK = "tieubieu:relay"
UNKNOWN = "Không tiến trình nào của phiên bản này biết việc này."


class Relay:
    """One relaying loop with its connection to the broker."""

    def __init__(self, *, interval: float = 0.2) -> None:
        self.interval = interval
        self._broker: Connection = app.connection_for_write()
        self._trouble = (Error, KombuError, OSError, *self._broker.connection_errors, *self._broker.channel_errors)
        self._failures = 0
        self._clock_due = 0.0

    def run(self, stop: Event) -> None:
        """Relay until told to stop; the absence of broker or database is waited out, not died of."""
        while not stop.is_set():
            full = self._attempt() == BATCH
            heartbeats.beat("relay")
            stop.wait(0 if full else self._pause())
        self._broker.release()

    def turn(self) -> int:
        """Publish what is due now, at most one batch; returns how many messages were due."""
        with bound(PUBLIC):
            self._watch_the_clock()
            _recall_if_forgotten(self._broker)
            due = take()
            self._publish(due)
        return len(due)

    def _attempt(self) -> int:
        close_old_connections()
        try:
            count = self.turn()
        except self._trouble as error:
            self._note_trouble(error)
            return 0
        if self._failures:
            logger.warning("Bộ chuyển việc làm việc trở lại.")
            self._failures = 0
        return count

    def _note_trouble(self, error: BaseException) -> None:
        if not self._failures:
            logger.error("Bộ chuyển việc tạm dừng, sẽ tự thử lại: %s: %s", type(error).__name__, error)
        self._failures += 1
        self._broker.release()
        self._broker = app.connection_for_write()

    def _pause(self) -> float:
        return min(self.interval * 2**self._failures, LONGEST_PAUSE_SECONDS) if self._failures else self.interval

    def _watch_the_clock(self) -> None:
        if time.monotonic() >= self._clock_due:
            clock.strike()
            self._clock_due = time.monotonic() + CLOCK_SECONDS

    def _publish(self, due: Sequence[Message]) -> None:
        """Send each; what could not be sent is due again at once."""
        sent = 0
        try:
            producer = app.amqp.Producer(self._broker, auto_declare=False) if due else None
            for message in due:
                if message.queue:
                    app.send_task(
                        message.errand, kwargs={"message": str(message.pk), "tenant": message.tenant},
                        task_id=str(message.pk), queue=message.queue, producer=producer, retry=False,
                    )  # fmt: skip
                sent += 1
        finally:
            services.hand_back([message.pk for message in due[sent:]])


def take() -> list[Message]:
    """Mark one batch of due messages as published; other relays pass over them."""
    with transaction.atomic():
        due = list(
            Message.objects.select_for_update(no_key=True, skip_locked=True)
            .filter(OPEN, available_at__lte=Now())
            .order_by("available_at")[:BATCH]
        )
        for message in due:
            message.queue = queue_of(message.errand) or ""
        for (queue, publications), ids in _alike(due):
            Message.objects.filter(pk__in=ids).update(
                queue=queue, published_at=Now(), publications=F("publications") + 1,
                available_at=services.later(patience_after(publications)), error=F("error") if queue else UNKNOWN,
            )  # fmt: skip
    return due


def patience_after(publications: int) -> timedelta:
    """How long a publication may go without effect. It doubles, or a long queue would drown in its repetitions."""
    return min(PATIENCE * 2 ** min(publications, 10), LONGEST_PATIENCE)


def _alike(messages: list[Message]) -> Iterator[tuple[tuple[str, int], list[UUID]]]:
    def kind(message: Message) -> tuple[str, int]:
        return message.queue, message.publications

    for key, group in groupby(sorted(messages, key=kind), key=kind):
        yield key, [message.pk for message in group]


def _recall_if_forgotten(broker: Connection) -> None:
    """A broker without our mark has lost its data: publish again what it was to hand out, without waiting."""
    if broker.transport.driver_type != "redis":
        return
    client: Any = broker.default_channel.client  # type: ignore[attr-defined]
    if client.exists(MARK):
        return
    recalled = services.recall()
    client.set(MARK, 1)
    if recalled:
        logger.warning("Hàng đợi đã mất dữ liệu; phát lại %s việc từ cơ sở dữ liệu.", recalled)
