"""Every errand, delivered twice through its task, has its effect once. A new errand without a scene here fails.

What an errand may leave behind is compared row by row: the tenants of the tests, the nation's register, the mail that
left, and the errands that it asked for in turn. Each scene must give its errand something to do the first time.
"""

from collections.abc import Callable
from contextlib import nullcontext
from datetime import date, timedelta
from decimal import Decimal
from importlib import import_module
from typing import Any

import pytest
from campaigns import drafted, maker, sent
from cases import Case
from communes import COMMUNE
from desks import owner
from django.conf import settings
from django.core import mail as post
from django.db import connection, transaction
from django.utils import timezone
from interests import accepted, knows
from stage import MARKS, concluded, decided, facility, filed, opened, scoring
from verdicts import decided as made_verdicts
from verdicts import published

from apps.dossiers.models import Entry, Supplement
from apps.dossiers.services import draft_entry
from apps.dossiers.services.supplements import Asked, ask_supplement
from apps.facilities.services import add_product
from apps.judging.models import Sheet
from apps.judging.services import close_scoring, lock_sheet, save_marks
from apps.judging.services.paper import ask_for_paper
from apps.nominations.services import Letter, nominate, propose
from apps.outreach.services import ask_for_letters
from apps.recognition.making import make_certificate
from apps.recognition.models import Certificate
from apps.recognition.services import issue_certificates, publish_results
from apps.rounds.models import Body, Level, Window
from apps.rounds.services import Grounds, set_window
from tenants.gateways import as_owner
from tieubieu.binding import PUBLIC, bound
from tieubieu.celery import app
from tieubieu.notices.models import Audience, Mail, MailState
from tieubieu.notices.services import write_mail
from tieubieu.outbox.errands import Errand
from tieubieu.outbox.models import Message
from tieubieu.outbox.services import emit

for module in settings.ERRAND_MODULES:
    import_module(module)

pytestmark = pytest.mark.usefixtures("in_daklak", "national")

SCHEMAS = ("daklak", "khanhhoa", "quocgia")
Args = dict[str, Any]


# --- Something to do, for each errand --------------------------------------------------------------


def asked_for(name: str) -> Args:
    """The arguments with which a service asked for the errand."""
    with bound(PUBLIC):
        found = Message.objects.filter(errand=name).latest("asked_at").args
    return dict(found)


def certificate_to_make() -> Args:
    stage = decided()
    issue_certificates(stage.round.pk, actor=stage.officer)
    return asked_for("documents.make_certificate")


def minutes_to_make() -> Args:
    concluded()
    return asked_for("documents.make_minutes")


def certificate_made() -> Any:
    stage = decided()
    job = issue_certificates(stage.round.pk, actor=stage.officer)
    make_certificate(Certificate.objects.get().pk, job_id=job)
    return stage


def certificate_to_register() -> Args:
    certificate_made()
    return asked_for("catalogue.register_certificate")


def results_to_tell() -> Args:
    verdicts = made_verdicts(2)
    publish_results(verdicts.stage.round.pk, actor=verdicts.stage.officer)
    return asked_for("notifications.tell_results")


def marks_to_rank_anew() -> Args:
    Case(published()).received().assigned().locked()
    return asked_for("scoring.revise_snapshot")


def key_to_register() -> Args:
    certificate_made()
    return asked_for("catalogue.register_key")


def packet_to_deliver() -> Args:
    stage = certificate_made()
    letter = Letter("99/UBND-CN", date(2026, 9, 1))
    chosen = [entry.pk for entry in stage.entries]
    nominate(stage.round.pk, chosen, target="quocgia", target_level=Level.REGION, letter=letter, actor=stage.officer)
    return asked_for("nominations.deliver")


def letters_to_print() -> Args:
    stage, campaign = campaign_sent()
    ask_for_letters(campaign.pk, only_paper=True, actor=stage.officer)
    return asked_for("documents.print_letters")


def campaign_sent(**fields: Any) -> Any:
    stage = opened()
    maker(0, actor=stage.officer, **fields)
    return stage, sent(stage)


def invitations_to_write() -> Args:
    campaign_sent(email="a@example.vn")
    return asked_for("notifications.post_invitations")


def proposal_to_list() -> Args:
    stage = opened()
    stage.refreshed()
    made = facility(3, actor=stage.officer)
    made.commune_code = COMMUNE
    made.save()
    product = add_product(made, name="Cà phê", group="2")
    entry = draft_entry(stage.round.pk, products=[product], name=product.name, actor=stage.officer)
    proposal = propose(stage.round.pk, COMMUNE, [entry.pk], actor=stage.officer)
    return {"proposal_id": str(proposal.pk)}


def receipt_to_print() -> Args:
    filed()
    return asked_for("documents.make_receipt")


def paper_sheets_to_print() -> Args:
    stage = scoring()
    ask_for_paper(stage.round.appointments.filter(body=Body.PANEL).first().pk, actor=stage.officer)
    return asked_for("documents.print_paper_sheets")


def person_like_a_facility() -> Args:
    stage = accepted()
    knows(stage)
    return {"person_id": str(stage.judges[0].pk)}


def facility_like_a_person() -> Args:
    stage = accepted()
    knows(stage)
    return {"facility_ids": [str(stage.entries[0].facility_id)]}


def letter_to_send() -> Args:
    write_mail("co-so@example.vn", audience=Audience.FACILITIES, subject="Thư mời", text="Kính gửi cơ sở,")
    return asked_for("notifications.send_mail")


def draft_before_closing() -> Args:
    stage = opened()
    drafted(stage, maker(0, actor=stage.officer, email="a@example.vn"))
    Window.objects.filter(round=stage.round, kind="filing").update(closes_at=timezone.now() + timedelta(hours=30))
    return {}


def duty_of_an_officer() -> Args:
    stage = opened()
    Window.objects.filter(round=stage.round, kind="filing").update(closes_at=timezone.now() + timedelta(hours=30))
    return {}


def window_that_moved() -> Args:
    stage = filed()
    owner(stage.entries[0].facility)
    window = stage.round.windows.get(kind="filing")
    set_window(
        stage.round.pk, "filing", opens_at=window.opens_at, closes_at=window.closes_at + timedelta(days=7),
        officer=stage.officer, grounds=Grounds("Mưa lũ", "231/TB-SCT", date(2026, 7, 1)), actor=stage.officer,
    )  # fmt: skip
    return asked_for("notifications.tell_filers_of_window")


def sheets_to_rank() -> Args:
    stage = scoring()
    for sheet in Sheet.objects.select_related("judge__person"):
        save_marks(
            sheet.pk, {code: Decimal(value) for code, value in MARKS.items()}, remark="", actor=sheet.judge.person
        )
        lock_sheet(sheet.pk, actor=sheet.judge.person)
    close_scoring(stage.round.pk, actor=stage.officer)
    return asked_for("scoring.compute_snapshot")


def supplement_nearly_due() -> Args:
    stage = filed()
    owner(stage.entries[0].facility)
    due = timezone.localdate() + timedelta(days=3)
    points = [Asked("paper:photo_front", "incorrect")]
    ask_supplement(stage.entries[0].pk, points=points, text="Xin bổ sung", due_on=due, actor=stage.officer)
    Supplement.objects.update(asked_at=timezone.now() - timedelta(days=4))
    return {}


def day_of_an_officer() -> Args:
    stage = filed()
    stage.officer.email = "chuyen-vien@so.vn"
    stage.officer.save()
    Entry.objects.update(officer=stage.officer, submitted_at=timezone.now() - timedelta(days=1))
    return {}


def log_with_a_head() -> Args:
    opened()
    return {}


def old_messages() -> Args:
    filed()
    with bound(PUBLIC):
        Message.objects.update(done_at=timezone.now() - timedelta(days=40))
    return {}


SCENES: dict[str, Callable[[], Args]] = {
    "catalogue.register_certificate": certificate_to_register,
    "catalogue.register_key": key_to_register,
    "documents.make_certificate": certificate_to_make,
    "documents.make_minutes": minutes_to_make,
    "documents.make_proposal_list": proposal_to_list,
    "documents.make_receipt": receipt_to_print,
    "documents.print_letters": letters_to_print,
    "documents.print_paper_sheets": paper_sheets_to_print,
    "judging.compare_facilities": facility_like_a_person,
    "judging.compare_person": person_like_a_facility,
    "nominations.deliver": packet_to_deliver,
    "notifications.post_invitations": invitations_to_write,
    "notifications.remind_before_closing": draft_before_closing,
    "notifications.remind_officers": duty_of_an_officer,
    "notifications.send_mail": letter_to_send,
    "notifications.tell_filers_of_window": window_that_moved,
    "notifications.tell_results": results_to_tell,
    "scoring.compute_snapshot": sheets_to_rank,
    "scoring.revise_snapshot": marks_to_rank_anew,
    "screening.remind_supplements": supplement_nearly_due,
    "screening.send_digests": day_of_an_officer,
    "upkeep.anchor_head": log_with_a_head,
    "upkeep.forget_messages": old_messages,
}
# They do nothing themselves but ask every tenant, each day or hour anew: here the same message comes twice.
ASKERS = {
    "notifications.remind_tenants": "notifications.remind_before_closing",
    "notifications.remind_officers_of_tenants": "notifications.remind_officers",
    "screening.remind_tenants": "screening.remind_supplements",
    "screening.digest_tenants": "screening.send_digests",
    "upkeep.anchor_heads": "upkeep.anchor_head",
}
# Asked for in the public scope.
PUBLIC_ONES = {*ASKERS, "upkeep.forget_messages"}


# --- Done twice ---------------------------------------------------------------------------------


def deliver(name: str, args: Args) -> Message:
    """Ask for the errand and have its task do it; a failure would rest in the message, so it is raised."""
    with bound(PUBLIC) if name in PUBLIC_ONES else nullcontext(), transaction.atomic():
        asked = emit(name, **args)
    return redeliver(name, asked)


def redeliver(name: str, asked: Any) -> Message:
    tenant = "" if name in PUBLIC_ONES else "daklak"
    app.tasks[name](message=str(asked), tenant=tenant)
    with bound(PUBLIC):
        message = Message.objects.get(pk=asked)
    assert message.done_at is not None, message.error
    return message


def left_behind(own: set[Any]) -> dict[str, object]:
    """Everything that an errand can have an effect on, but for its own messages."""
    with bound(PUBLIC):
        others = sorted((m.errand, m.tenant, str(m.args)) for m in Message.objects.exclude(pk__in=own))
    return {**rows(), "messages": others, "mail": [letter.message()["Message-ID"] for letter in post.outbox]}


def rows() -> dict[str, str]:
    """A digest of every table of the tenants and of the nation's register."""
    with as_owner(), connection.cursor() as cursor:
        cursor.execute(
            "SELECT schemaname || '.' || tablename FROM pg_tables WHERE schemaname = ANY(%s)"
            " OR schemaname = 'public' AND tablename LIKE 'catalogue_%%' ORDER BY 1",
            [list(SCHEMAS)],
        )
        tables = [name for (name,) in cursor.fetchall()]
        words = " UNION ALL ".join(
            f"SELECT '{name}', md5(string_agg(t::text, ',' ORDER BY t::text)) FROM {name} t" for name in tables
        )
        cursor.execute(words)
        return {name: digest or "" for name, digest in cursor.fetchall()}


def changed(before: dict[str, object], after: dict[str, object]) -> set[str]:
    return {name for name in after if before.get(name) != after[name]}


def test_every_errand_of_the_workers_has_a_scene():
    ours = {name for name, task in app.tasks.items() if isinstance(task, Errand) and not name.startswith("probes.")}

    assert ours == {*SCENES, *ASKERS}


@pytest.mark.parametrize("name", sorted(SCENES))
def test_delivered_twice_and_asked_for_twice_it_has_its_effect_once(name):
    args = SCENES[name]()
    before = left_behind(set())

    first = deliver(name, args)
    once = left_behind({first.pk})
    redeliver(name, first.pk)
    delivered_twice = left_behind({first.pk})
    second = deliver(name, args)
    asked_twice = left_behind({first.pk, second.pk})

    assert changed(before, once), "the scene gave the errand nothing to do"
    assert changed(once, delivered_twice) == set()
    assert changed(once, asked_twice) == set()


@pytest.mark.parametrize(("name", "asks"), sorted(ASKERS.items()))
def test_who_asks_every_tenant_asks_once_when_delivered_twice(name, asks):
    first = deliver(name, {})
    redeliver(name, first.pk)

    with bound(PUBLIC):
        told = sorted(Message.objects.filter(errand=asks).values_list("tenant", flat=True))
    assert told == sorted(SCHEMAS)


def test_an_errand_that_does_it_again_would_be_seen():
    """A control: a letter that forgets that it was sent leaves twice."""
    args = letter_to_send()
    first = deliver("notifications.send_mail", args)
    once = left_behind({first.pk})

    Mail.objects.update(state=MailState.WAITING)
    second = deliver("notifications.send_mail", args)

    assert "mail" in changed(once, left_behind({first.pk, second.pk}))
