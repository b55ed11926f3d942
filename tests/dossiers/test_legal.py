"""What the law asks at the desk: what a register finds wrong blocks, an officer may lift some of it, never all."""

from datetime import date, timedelta

import pytest
from desks import EA_KAO, file
from django.utils import timezone
from stage import filed

from apps.dossiers.models import Check, Entry
from apps.dossiers.queries.legal import Finding, legal_lines, obstacles
from apps.dossiers.services import accept_entry
from apps.facilities.models import Facility
from apps.recognition.models import Certificate
from apps.rounds.models import Level, Round
from apps.rounds.states import Phase
from tieubieu.errors import DomainError

pytestmark = pytest.mark.usefixtures("in_daklak")


def found(entry):
    entry = Entry.objects.select_related("round", "facility").get(pk=entry.pk)
    return {line.place.partition(":")[2]: line.finding for line in legal_lines(entry)}


def lift(stage, place):
    Check.objects.create(entry=stage.entries[0], place=place, verdict="good", note="Đã xem", checked_by=stage.officer)


def certify(entry, level=Level.PROVINCE, **fields):
    words = {
        "number": "01/2025/GCN", "level": level, "year": 2025, "product_name": entry.name, "facility": entry.facility,
        "holder_name": entry.facility.name, "holder_address": "Buôn Thử", "issued_on": date(2025, 1, 1),
        "valid_until": timezone.localdate() + timedelta(days=300),
    }  # fmt: skip
    return Certificate.objects.create(**{**words, **fields})


def with_commune_round(stage):
    """The facility's commune held a round of its own, so its certificate comes first."""
    Facility.objects.update(commune_code=EA_KAO)
    Round.objects.create(
        code="XA-2026",
        level=Level.COMMUNE,
        year=stage.round.year,
        name="Kỳ xã",
        area_code=EA_KAO,
        phase=Phase.PUBLISHED,
    )


def test_a_sound_entry_meets_no_obstacle():
    stage = filed()

    assert obstacles(Entry.objects.get()) == []
    assert found(stage.entries[0])["standing"] == Finding.GOOD
    assert found(stage.entries[0])["eligibility"] == Finding.GOOD


def test_a_facility_that_only_proposed_itself_blocks_whatever_an_officer_marks():
    stage = filed()
    Facility.objects.update(standing="proposed")
    lift(stage, "legal:standing")

    with pytest.raises(DomainError, match="chưa được duyệt vào danh sách"):
        accept_entry(stage.entries[0].pk, actor=stage.officer)


def test_a_ward_of_a_central_city_is_not_eligible_until_an_officer_says_so_with_a_note():
    stage = filed()
    Facility.objects.update(province_code="48", commune_code="")

    with pytest.raises(DomainError, match="Cơ sở công nghiệp nông thôn"):
        accept_entry(stage.entries[0].pk, actor=stage.officer)

    lift(stage, "legal:eligibility")
    assert accept_entry(stage.entries[0].pk, actor=stage.officer).code


def test_an_assisted_filing_waits_for_the_owners_yes():
    stage = filed()
    number = stage.entries[0].filings.count() + 1
    filing = file(stage.entries[0], {}, stage.officer, number=number, is_assisted=True)

    with pytest.raises(DomainError, match="chưa xác nhận"):
        accept_entry(stage.entries[0].pk, actor=stage.officer)

    filing.owner_confirmed_at = timezone.now()
    filing.save()
    assert accept_entry(stage.entries[0].pk, actor=stage.officer).code


def test_a_product_with_a_valid_certificate_of_this_level_is_a_warning_and_no_more():
    stage = filed()
    certify(stage.entries[0])

    assert found(stage.entries[0])["certified"] == Finding.WARNING
    assert accept_entry(stage.entries[0].pk, actor=stage.officer).code


@pytest.mark.parametrize(
    "fields",
    [
        {"valid_until": date(2020, 12, 31)},
        {"state": "revoked"},
        {"level": Level.COMMUNE},
        {"product_name": "Sản phẩm khác"},
    ],
)
def test_a_certificate_that_is_over_or_of_something_else_warns_of_nothing(fields):
    stage = filed()
    certify(stage.entries[0], **fields)

    assert found(stage.entries[0])["certified"] == Finding.GOOD


def test_without_a_commune_round_the_lower_certificate_is_left_to_the_officer():
    stage = filed()

    assert found(stage.entries[0])["lower"] == Finding.BY_HAND
    assert obstacles(Entry.objects.get()) == []


def test_where_the_commune_held_a_round_its_certificate_is_required():
    stage = filed()
    with_commune_round(stage)

    assert found(stage.entries[0])["lower"] == Finding.BAD
    with pytest.raises(DomainError, match="cấp xã"):
        accept_entry(stage.entries[0].pk, actor=stage.officer)

    certify(stage.entries[0], level=Level.COMMUNE)
    assert found(stage.entries[0])["lower"] == Finding.GOOD


@pytest.mark.parametrize(
    "fields",
    [
        {"valid_until": date(2020, 12, 31)},
        {"state": "suspended"},
        {"state": "revoked"},
        {"level": Level.PROVINCE},
        {"facility": None},
        {"product_name": "Sản phẩm khác"},
    ],
)
def test_a_lower_certificate_named_in_the_form_must_be_valid_and_the_entrys_own(fields):
    stage = filed()
    with_commune_round(stage)
    entry = stage.entries[0]
    Entry.objects.update(lower_certificate="01/2025/GCN")
    certify(entry, **{"level": Level.COMMUNE, **fields})

    assert found(entry)["lower"] == Finding.BAD


def test_a_number_that_no_register_knows_is_compared_with_the_paper():
    stage = filed()
    with_commune_round(stage)
    Entry.objects.update(lower_certificate="12/GCN-UBND")

    assert found(stage.entries[0])["lower"] == Finding.BAD
    lift(stage, "legal:lower")
    assert accept_entry(stage.entries[0].pk, actor=stage.officer).code


def test_a_line_that_an_officer_found_wrong_blocks_until_it_is_mended():
    stage = filed()
    line = Check.objects.create(
        entry=stage.entries[0], place="legal:own_make", verdict="wrong", checked_by=stage.officer
    )

    with pytest.raises(DomainError, match="1 mục"):
        accept_entry(stage.entries[0].pk, actor=stage.officer)

    line.verdict = "good"
    line.save()
    assert accept_entry(stage.entries[0].pk, actor=stage.officer).code


def test_a_neighbours_certificate_of_the_same_name_counts_for_nobody_here():
    stage = filed(2)
    certify(stage.entries[1], product_name=stage.entries[0].name)

    assert found(stage.entries[0])["certified"] == Finding.GOOD
