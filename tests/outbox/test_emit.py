"""What is asked for is asked for with the transaction, in the tenant of that moment, and nobody reads it."""

from datetime import date
from uuid import UUID, uuid4

import outbox_probes
import pytest
from django.db import Error, connection, transaction

from tieubieu.binding import PUBLIC, NoTenantBound, bound, current
from tieubieu.outbox.models import Message
from tieubieu.outbox.services import emit

pytestmark = pytest.mark.usefixtures("here")


def messages() -> list[Message]:
    with bound(PUBLIC):
        return list(Message.objects.all())


def test_asking_outside_a_transaction_is_refused(here):
    with bound(here), pytest.raises(transaction.TransactionManagementError):
        emit("probes.mark_once", key="ngoài")

    assert messages() == []


def test_asking_without_a_tenant_is_refused(here):
    with bound(here), transaction.atomic():
        from tieubieu.binding import scope

        token = scope._bound.set(None)
        with pytest.raises(NoTenantBound):
            emit("probes.mark_once", key="không tỉnh")
        scope._bound.reset(token)


def test_a_rollback_takes_the_request_back(here):
    with bound(here), transaction.atomic():
        emit("probes.mark_once", key="lùi")
        transaction.set_rollback(True)

    assert messages() == []


def test_the_tenant_is_the_one_of_the_moment_of_asking_not_of_the_commit(here, there):
    with bound(there), transaction.atomic():
        with bound(here):
            emit("probes.mark_once", key="giữa chừng")
        at_commit = current()

    [message] = messages()
    assert (message.tenant, message.schema) == (here.slug, here.schema)
    assert at_commit == there  # who reads the binding at the commit would send the errand there


def test_the_errand_asked_for_in_one_tenant_and_committed_in_another_runs_in_the_first(here, there):
    from tieubieu.celery import app

    with bound(there), transaction.atomic(), bound(here):
        asked = emit("probes.mark_once", key="chạy đâu")
    app.tasks["probes.mark_once"](message=str(asked), tenant=here.slug)

    with bound(here):
        assert outbox_probes.marks("chạy đâu") == [here.slug]
    with bound(there):
        assert outbox_probes.marks("chạy đâu") == []


def test_arguments_are_ids_and_strings(here):
    known = uuid4()

    with bound(here), transaction.atomic():
        emit("probes.mark_once", key=known, numbers=[1, "hai"], nothing=None)

    assert messages()[0].args == {"key": str(known), "numbers": [1, "hai"], "nothing": None}


@pytest.mark.parametrize("value", [1.5, date(2026, 1, 1), object(), {"a": 1}, [1.5]])
def test_data_is_not_an_argument(here, value):
    with bound(here), transaction.atomic(), pytest.raises(TypeError):
        emit("probes.mark_once", key=value)


@pytest.mark.parametrize(
    "statement",
    [
        "SELECT * FROM outbox_message",
        "UPDATE outbox_message SET tenant = ''",
        "DELETE FROM outbox_message",
        "TRUNCATE outbox_message",
        "SELECT * FROM outbox_tick",
    ],
)
def test_a_tenant_can_neither_read_nor_change_the_outbox(here, statement):
    with bound(here), pytest.raises(Error, match="permission denied"), connection.cursor() as cursor:
        cursor.execute(statement)


def test_a_tenant_cannot_ask_in_the_name_of_another(here, there):
    with bound(here), transaction.atomic(), pytest.raises(Error, match="row-level security"):
        forge(there.slug, there.schema)

    assert messages() == []


def test_a_letter_with_the_right_schema_and_a_foreign_slug_is_carried_nowhere(here, there):
    from tieubieu.celery import app

    with bound(here), transaction.atomic():
        asked = forge(there.slug, here.schema)
    app.tasks["probes.mark_once"](message=str(asked), tenant=there.slug)

    for place in (here, there):
        with bound(place):
            assert outbox_probes.marks("giả") == []
    assert "Unaddressed" in messages()[0].error


def forge(slug: str, schema: str) -> UUID:
    from django.db.models.functions import Now

    letter = Message(tenant=slug, schema=schema, errand="probes.mark_once", args={"key": "giả"})
    letter.asked_at = letter.available_at = Now()
    letter.save(force_insert=True)
    return letter.pk
