"""A set made while the council sat stands on the sheets of its products; so do its result and its complaint."""

from decimal import Decimal

import pytest
from browsers import at
from stage import PAPER, acting_for, person, scored

from apps.accounts.models import Person
from apps.councils.services import Votes, conclude_session, convene
from apps.dossiers.models import Entry
from apps.dossiers.services.merging import merge_entries
from apps.facilities.models import Product
from apps.recognition.queries.complaints import counted_sheets
from apps.recognition.queries.results import result_of
from apps.recognition.services import (
    Claim,
    assign_reviews,
    compute_revision,
    file_complaint,
    lock_review,
    publish_results,
    receive_complaint,
    record_decision,
    save_review,
)
from apps.rounds.models import Body

pytestmark = pytest.mark.usefixtures("in_daklak")


def published_set() -> tuple[Entry, Person, Person]:
    stage = scored(2, choices={"tell_scores": True})
    maker = stage.entries[0].facility
    Entry.objects.update(facility=maker)
    Product.objects.update(facility=maker)
    present = [member.pk for member in stage.round.appointments.filter(body=Body.COUNCIL)]
    session = convene(stage.round.pk, present=present, actor=stage.officer)
    made = merge_entries([one.pk for one in stage.entries], name="Bộ quà", set_case="c", actor=stage.officer)
    conclude_session(session.pk, {made.pk: Votes(7)}, actor=stage.officer)
    record_decision(stage.round.pk, PAPER, actor=stage.officer)
    publish_results(stage.round.pk, actor=stage.officer)
    owner = person("chu-co-so")
    acting_for(maker, owner)
    return Entry.objects.select_related("round__decision", "facility").get(pk=made.pk), owner, stage.officer


def test_the_set_shows_the_averages_of_its_products_and_they_lead_to_it():
    made, owner, _ = published_set()
    member = made.members.first()

    told = result_of(made)

    assert [one.name for one in told.averages] == ["Sản phẩm 0", "Sản phẩm 1"]
    assert at("daklak", owner).get(f"/ho-so/{member.pk}/ket-qua/").url == f"/ho-so/{made.pk}/ket-qua/"


def test_each_judge_marks_each_product_anew():
    made, owner, officer = published_set()
    complaint = file_complaint(made.pk, Claim("Chưa đúng", ("C3",)), actor=owner)
    receive_complaint(made.round, complaint.pk, actor=officer)
    sheets = counted_sheets(made)

    assign_reviews(made.round, complaint.pk, {one.pk: one.judge_id for one in sheets}, actor=officer)
    for review in complaint.reviews.select_related("member__person"):
        save_review(review.pk, {"C3": Decimal(10)}, remark="", actor=review.member.person)
        lock_review(review.pk, actor=review.member.person)
    compute_revision(complaint.pk)

    complaint.refresh_from_db()
    assert len(sheets) == 6
    assert {line["total"] for line in complaint.revised.body["results"]} == {"82"}
