"""One repair of the broker's library, without which a worker does not survive a restart of Redis.

A worker may hold as many unacknowledged messages as it has processes. When an acknowledgement cannot be
delivered because Redis is down, kombu (seen in 5.7.0) logs it and counts the message as held for ever:
after as many as there are processes the worker never asks for messages again, never notices that its
connection is dead, and turns idly at full speed. What was done is written in the outbox, so an
acknowledgement may be lost: Redis hands the message out once more and the claim turns it away.
"""

from typing import Any

from kombu.transport import redis, virtual


class QoS(redis.QoS):  # type: ignore[misc]
    """Gives back the place of a message also when Redis could not be told."""

    def ack(self, delivery_tag: Any) -> None:
        try:
            super().ack(delivery_tag)
        finally:
            virtual.QoS.ack(self, delivery_tag)

    def reject(self, delivery_tag: Any, requeue: bool = False) -> None:
        try:
            super().reject(delivery_tag, requeue=requeue)
        finally:
            virtual.QoS.ack(self, delivery_tag)


def repair() -> None:
    """Have every Redis channel of this process use it; idempotent."""
    redis.Channel.QoS = QoS
