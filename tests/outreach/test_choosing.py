"""Who fits, and why; and that every facility looked at is counted once."""

from datetime import date
from decimal import Decimal

import pytest
from campaigns import COMMUNE, OTHER_COMMUNE, certified, drafted, exported, maker, sent, villager
from stage import opened

from apps.dossiers.models import Entry
from apps.dossiers.states import EntryState
from apps.facilities.models import Facility, Standing
from apps.facilities.services import add_product
from apps.outreach.criteria import Criteria, Reason
from apps.outreach.queries import choice_for

pytestmark = pytest.mark.usefixtures("in_daklak")


@pytest.fixture
def stage():
    return opened()


def chosen(stage, *reasons, left_out=(), **filters):
    return choice_for(stage.round, Criteria(reasons=reasons, **filters), province_code="66", left_out=left_out)


def names(choice):
    return {one.facility.name[-1]: one.reasons for one in choice.fitting}


def test_without_reasons_every_registered_facility_fits(stage):
    maker(0, actor=stage.officer)
    maker(1, actor=stage.officer)

    assert set(names(chosen(stage))) == {"0", "1"}


@pytest.mark.parametrize("standing", [Standing.PROPOSED, Standing.REFUSED])
def test_who_is_not_on_the_register_is_not_invited(stage, standing):
    facility = maker(0, actor=stage.officer)
    Facility.objects.filter(pk=facility.pk).update(standing=standing)

    assert names(chosen(stage)) == {}


def test_who_never_entered_is_told_apart_from_who_did(stage):
    maker(0, actor=stage.officer)
    entered = maker(1, actor=stage.officer)
    certified(maker(2, actor=stage.officer), 500)
    entry = drafted(stage, entered)
    Entry.objects.filter(pk=entry.pk).update(state=EntryState.WITHDRAWN, submitted_at="2025-01-01T00:00:00Z")

    assert names(chosen(stage, Reason.NEVER_ENTERED)) == {"0": ["Chưa từng dự bình chọn"]}


def test_a_certificate_that_ends_is_a_reason_and_the_last_one_counts(stage):
    over, soon, long, renewed = (maker(n, actor=stage.officer) for n in range(4))
    certified(over, -10, "1")
    certified(soon, 300, "2")
    certified(long, 400, "3")
    certified(renewed, -10, "4")
    certified(renewed, 700, "5")

    found = names(chosen(stage, Reason.CERTIFICATE_ENDS))

    assert set(found) == {"0", "1"}
    assert found["0"][0].startswith("Giấy chứng nhận đã hết hạn ngày ")
    assert found["1"][0].startswith("Giấy chứng nhận sẽ hết hạn ngày ")


def test_a_revoked_certificate_is_no_reason(stage):
    certificate = certified(maker(0, actor=stage.officer), -10)
    certificate.state = "revoked"
    certificate.save()

    assert names(chosen(stage, Reason.CERTIFICATE_ENDS)) == {}


def test_exports_are_those_of_the_last_year_that_says_anything(stage):
    now, before, silent = (maker(n, actor=stage.officer) for n in range(3))
    exported(now, 2023, 0)
    exported(now, 2024, Decimal("1250.5"))
    exported(before, 2023, 900)
    exported(before, 2024, 0)
    exported(silent, 2024, None)

    assert names(chosen(stage, Reason.EXPORTS)) == {"0": ["Xuất khẩu 1.250,5 triệu đồng năm 2024"]}


def test_a_craft_village_counts_while_it_is_recognised(stage):
    villager(maker(0, actor=stage.officer))
    villager(maker(1, actor=stage.officer), ended_on=date(2020, 1, 1), name="Làng cũ")

    assert names(chosen(stage, Reason.CRAFT_VILLAGE)) == {"0": ["Thuộc làng nghề Làng gốm"]}


def test_any_reason_will_do_and_all_that_hold_are_told(stage):
    both = maker(0, actor=stage.officer)
    villager(both)
    exported(both, 2024, 5)
    maker(1, actor=stage.officer)

    found = names(chosen(stage, Reason.CRAFT_VILLAGE, Reason.EXPORTS))

    assert found == {"0": ["Thuộc làng nghề Làng gốm", "Xuất khẩu 5 triệu đồng năm 2024"]}


def test_filters_narrow_by_commune_kind_and_group(stage):
    there = maker(0, actor=stage.officer, commune_code=OTHER_COMMUNE)
    company = maker(1, actor=stage.officer, kind="company")
    potter = maker(2, actor=stage.officer)
    add_product(potter, name="Bình gốm", group="1")
    add_product(potter, name="Chén gốm", group="1")

    assert set(names(chosen(stage, communes=(OTHER_COMMUNE,)))) == {there.name[-1]}
    assert set(names(chosen(stage, kinds=("company",)))) == {company.name[-1]}
    assert set(names(chosen(stage, groups=("1",)))) == {potter.name[-1]}
    assert names(chosen(stage, communes=(OTHER_COMMUNE,), groups=("1",))) == {}


def test_what_is_said_of_a_merged_facility_is_said_of_the_one_that_stands_for_it(stage):
    old, new = maker(0, actor=stage.officer), maker(1, actor=stage.officer)
    exported(old, 2024, 7)
    certified(old, -5)
    add_product(old, name="Bình gốm", group="1")
    Facility.objects.filter(pk=old.pk).update(standing=Standing.MERGED, merged_into=new)

    found = names(chosen(stage, Reason.EXPORTS, Reason.CERTIFICATE_ENDS, Reason.NEVER_ENTERED, groups=("1",)))

    assert set(found) == {"1"}
    assert len(found["1"]) == 2


def test_every_facility_looked_at_is_counted_once(stage):
    invited, entered, left, free = (maker(n, actor=stage.officer) for n in range(4))
    sent(stage, kinds=("cooperative",))
    Facility.objects.exclude(pk=invited.pk).update(is_demo=False)
    stage.round.campaigns.get().invitations.exclude(facility=invited).delete()
    drafted(stage, entered)

    choice = chosen(stage, left_out=[str(left.pk)])

    assert set(names(choice)) == {free.name[-1]}
    assert [one.facility for one in choice.left_out] == [left]
    assert (choice.entered, choice.invited, choice.considered) == (1, 1, 4)


def test_whoever_withdrew_may_be_invited_again(stage):
    entry = drafted(stage, maker(0, actor=stage.officer))
    Entry.objects.filter(pk=entry.pk).update(state=EntryState.WITHDRAWN)

    assert set(names(chosen(stage))) == {"0"}


def test_a_communes_round_invites_the_communes_own(stage):
    maker(0, actor=stage.officer)
    maker(1, actor=stage.officer, commune_code=OTHER_COMMUNE)
    stage.round.level, stage.round.area_code = "commune", COMMUNE

    assert set(names(chosen(stage))) == {"0"}


@pytest.mark.parametrize("count", [1, 50])
def test_choosing_asks_the_same_questions_for_one_as_for_fifty(stage, count, django_assert_num_queries):
    for number in range(count):
        villager(maker(number, actor=stage.officer), name=f"Làng {number}")

    with django_assert_num_queries(11):
        assert len(chosen(stage, *Reason).fitting) == count
