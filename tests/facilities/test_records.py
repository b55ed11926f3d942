"""What a facility took part in and what it holds: on its page, and as a filter of the register."""

from datetime import date, timedelta

import pytest
from browsers import at
from django.utils import timezone
from makers import made, merged
from stage import PAPER, TAX_CODES, acting_for, commune_officer, concluded, decided, facility, filed, opened, person

from apps.accounts.models import Role
from apps.dossiers.models import Entry
from apps.dossiers.services import draft_entry
from apps.facilities import records
from apps.facilities.models import Facility
from apps.facilities.services import add_product
from apps.recognition.models import Certificate
from apps.recognition.services import issue_certificates, publish_results, record_decision

pytestmark = pytest.mark.usefixtures("in_daklak")


def paper(holder, number, days, **fields):
    """A certificate of the time before the platform, valid until so many days from now."""
    until = timezone.localdate() + timedelta(days=days)
    plain = {"level": "province", "year": 2022, "product_name": f"Sản phẩm {number}", "holder_name": holder.name}
    return Certificate.objects.create(
        number=number, facility=holder, issued_on=date(2022, 8, 1), valid_until=until, **{**plain, **fields}
    )


def listed(who, past):
    page = at("daklak", who).get("/co-so/", {"da_du": past}).content.decode()
    return {name for name in Facility.objects.values_list("name", flat=True) if f">{name}<" in page}


def page_of(who, one):
    return " ".join(at("daklak", who).get(f"/co-so/{one.pk}/").content.decode().split())


@pytest.fixture
def officer():
    return person("chuyen-vien-khac", Role.OFFICER)


def test_the_register_is_narrowed_by_what_facilities_hold(officer):
    holding, expired, never, revoked, both = (
        made(f"Cơ sở {name}", code)
        for name, code in zip(["còn", "hết", "chưa", "thu hồi", "cả hai"], TAX_CODES, strict=False)
    )
    paper(holding, "1", 0)
    paper(expired, "2", -1)
    paper(revoked, "3", 100, state="revoked")
    paper(both, "4", -900)
    paper(both, "5", 100)

    assert listed(officer, "con") == {holding.name, both.name}
    assert listed(officer, "het") == {expired.name}
    assert listed(officer, "chua") == {never.name}
    assert len(listed(officer, "la")) == 5


def test_whoever_filed_has_entered_and_a_draft_is_not_entering(officer):
    stage = filed(1)
    maker = made("Chỉ soạn dở", TAX_CODES[1])
    draft_entry(stage.round.pk, products=[add_product(maker, name="Sản phẩm", group="2")], name="Sản phẩm",
                actor=stage.officer)  # fmt: skip

    assert listed(officer, "chua") == {"Chỉ soạn dở"}


def test_what_a_merged_facility_held_is_held_by_the_one_that_stands_for_it(officer):
    survivor, gone = made("Còn lại", TAX_CODES[0]), made("Đã gộp", TAX_CODES[1])
    paper(gone, "GCN-CU", 100)
    merged(gone, survivor)

    assert listed(officer, "con") == {"Còn lại"}
    assert "GCN-CU" in page_of(officer, survivor)


def test_the_page_tells_every_entry_with_its_state_and_result(officer):
    stage = concluded(1)
    record_decision(stage.round.pk, PAPER, actor=stage.officer)
    issue_certificates(stage.round.pk, actor=stage.officer)
    maker, entry = stage.entries[0].facility, stage.entries[0]
    paper(maker, "GCN-2022", -1)

    words = page_of(officer, maker)

    number = entry.certificates.get().number
    assert f"Giấy chứng nhận số {number}" in words
    assert stage.round.name in words
    assert f"/kiem-tra/{entry.pk}/" in words or str(entry.pk) in words
    assert "Giấy chứng nhận số GCN-2022" in words
    assert "Trước khi dùng hệ thống" in words


def test_the_owner_learns_the_result_when_it_is_published_and_not_before():
    stage = decided(1)
    issue_certificates(stage.round.pk, actor=stage.officer)
    maker = stage.entries[0].facility
    owner = person("chu-co-so")
    acting_for(maker, owner)
    number = stage.entries[0].certificates.get().number

    before = page_of(owner, maker)
    publish_results(stage.round.pk, actor=stage.officer)
    after = page_of(owner, maker)

    assert stage.entries[0].name in before
    assert (number in before, number in after) == (False, True)


def test_nobody_reads_of_another_facilitys_entries_and_drafts_are_the_facilitys_own(officer):
    stage = opened()
    mine, other = facility(0, actor=stage.officer), facility(1, actor=stage.officer)
    owner = person("chu-co-so")
    acting_for(mine, owner)
    for maker, name in ((mine, "Bản nháp của mình"), (other, "Bản nháp hàng xóm")):
        draft_entry(stage.round.pk, products=[add_product(maker, name=name, group="2")], name=name, actor=owner)
    Entry.objects.update(is_assisted=False)
    url = f'href="/ho-so/{Entry.objects.get(name="Bản nháp của mình").pk}/"'

    assert url in page_of(owner, mine)
    assert "Bản nháp hàng xóm" not in page_of(owner, mine)
    assert url not in page_of(officer, mine)
    assert at("daklak", owner).get(f"/co-so/{other.pk}/").status_code == 404


def test_a_communes_officer_reads_what_the_own_facilities_filed():
    stage = filed(1)
    maker = stage.entries[0].facility
    Facility.objects.filter(pk=maker.pk).update(commune_code="24169")

    assert str(stage.entries[0].pk) in page_of(commune_officer("24169"), maker)


def test_without_a_room_above_nobody_took_part_in_anything(monkeypatch, officer):
    monkeypatch.setattr(records, "_records", records._Nothing())
    one = made("Một mình")

    assert "Chưa dự kỳ bình chọn nào" in page_of(officer, one)
    assert listed(officer, "chua") == {"Một mình"}
    assert listed(officer, "con") == set()


@pytest.mark.parametrize("past", ["con", "het", "chua"])
@pytest.mark.parametrize("count", [1, 50])
def test_the_narrowed_list_asks_the_same_questions_for_one_as_for_fifty(
    officer, past, count, django_assert_num_queries
):
    for number in range(count):
        one = made(f"Cơ sở {number}", f"{number:010}")
        if past != "chua":
            paper(one, str(number), 9 if past == "con" else -9)
    client = at("daklak", officer)

    with django_assert_num_queries(10):
        client.get("/co-so/", {"da_du": past})


@pytest.mark.parametrize("count", [1, 50])
def test_the_page_asks_the_same_questions_for_one_entry_as_for_fifty(officer, count, django_assert_num_queries):
    stage = filed(1)
    maker, model = stage.entries[0].facility, stage.entries[0]
    Entry.objects.bulk_create(
        [
            Entry(round=stage.round, facility=maker, name=f"Sản phẩm {n}", group="2", submitted_at=model.submitted_at)
            for n in range(10, 9 + count)
        ]
    )
    client = at("daklak", officer)

    with django_assert_num_queries(19):
        client.get(f"/co-so/{maker.pk}/")
