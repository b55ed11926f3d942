"""The repair of kombu, and the proof that it is still needed."""

from types import SimpleNamespace

import pytest
import redis
from kombu.transport import redis as stock

from tieubieu.outbox import broker


@pytest.mark.parametrize("verb", ["ack", "reject"])
@pytest.mark.parametrize(("qos", "asks_again"), [(broker.QoS, True), (stock.QoS, False)])
def test_an_acknowledgement_that_redis_never_got_frees_its_place_and_does_not_in_the_stock_library(
    monkeypatch, qos, asks_again, verb
):
    held = qos(SimpleNamespace(do_restore=False), prefetch_count=1)
    held._delivered["tag"] = "message"

    def unreachable(*args, **kwargs):
        raise redis.ConnectionError

    monkeypatch.setattr(held, "_remove_from_indices", unreachable)

    with pytest.raises(redis.ConnectionError):
        getattr(held, verb)("tag")

    assert held.can_consume() is asks_again


def test_the_house_uses_the_repaired_one():
    from tieubieu import celery

    assert celery.app is not None
    assert stock.Channel.QoS is broker.QoS
