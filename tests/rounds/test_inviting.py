"""Whoever is added at an appointment gets in by a printed letter; nobody is taken over by one."""

import re
from datetime import timedelta

import pytest
from browsers import at
from django.core.cache import cache
from django.utils import timezone
from setups import page, shown
from stage import commune_officer, facility, person

from apps.accounts.models import OneTimeCode, Person, Role
from apps.accounts.services import NewPerson, add_person, use_code
from apps.facilities.models import FacilityAgent
from apps.rounds.models import Body, Level, Post
from apps.rounds.services import appoint, invite_members, plan_round
from tieubieu.audit.models import Event
from tieubieu.errors import DomainError
from tieubieu.notices.models import Mail

pytestmark = pytest.mark.usefixtures("in_daklak")
CODE = re.compile(r"\b(?:[2-9A-Z]{4}-){3}[2-9A-Z]{4}\b")
PASSWORD = "mot-mat-khau-rat-moi"


@pytest.fixture(autouse=True)
def fresh_throttle():
    cache.clear()


def newcomer(draft, officer, name, body=Body.COUNCIL, seat=1, **known):
    added = add_person(NewPerson(name, **known), actor=officer)
    appoint(draft.pk, added, body=body, post=Post.MEMBER, seat=seat, actor=officer)
    return added


def letters_of(answer):
    return CODE.findall(answer.content.decode())


def test_a_whole_round_gets_its_letters_on_one_sheet_and_everybody_gets_in(client, draft, officer):
    people = [newcomer(draft, officer, f"Trần Văn {n}", seat=n) for n in range(1, 4)]
    people.append(newcomer(draft, officer, "Giám Khảo", body=Body.PANEL))
    appoint(draft.pk, people[0], body=Body.SUPPORT, actor=officer)
    appoint(draft.pk, person("da-co"), body=Body.PANEL, seat=2, actor=officer)
    assert "Có thành viên chưa đăng nhập được" in shown(client.get(page(draft.code)))

    sheet = client.post(page(draft.code, "giay-moi/"))

    codes, words = letters_of(sheet), shown(sheet)
    assert len(codes) == 4
    assert "Thành viên, Hội đồng bình chọn; Thành viên, Tổ chuyên môn giúp việc" in words
    assert "no-store" in sheet.headers["cache-control"]
    assert words.count("<svg") >= 4
    for one, code in zip(sorted(people, key=lambda p: words.index(f">{p.login}<")), codes, strict=True):
        use_code(one.login, code, password=PASSWORD)
        assert Person.objects.get(pk=one.pk).check_password(PASSWORD)
    assert "chưa đăng nhập được" not in shown(client.get(page(draft.code)))


def test_a_body_is_asked_for_alone_and_says_who_can_come_in(client, draft, officer):
    newcomer(draft, officer, "Hội Đồng")
    newcomer(draft, officer, "Giám Khảo", body=Body.PANEL)
    body = page(draft.code, "to-chuc/hoi-dong/")
    before = shown(client.get(body))

    sheet = client.post(f"{body}giay-moi/")

    after = shown(client.get(body))
    assert len(letters_of(sheet)) == 1
    assert "Chưa có mật khẩu" in before
    assert "Có mã đến" in after
    assert "Có người chưa đăng nhập được" not in after


def test_the_sheet_sent_again_makes_no_second_codes(client, draft, officer):
    newcomer(draft, officer, "Hội Đồng")
    client.post(page(draft.code, "giay-moi/"))
    kept = OneTimeCode.objects.get().code_hash

    again = client.post(page(draft.code, "giay-moi/"), follow=True)

    assert "Không còn ai chờ cấp mã" in shown(again)
    assert OneTimeCode.objects.get().code_hash == kept


def test_a_lost_letter_is_made_anew_for_one_member_and_the_old_code_is_dead(client, draft, officer):
    added = newcomer(draft, officer, "Hội Đồng")
    (first,) = letters_of(client.post(page(draft.code, "giay-moi/")))
    seat = draft.appointments.get()

    (second,) = letters_of(client.post(page(draft.code, f"thanh-vien/{seat.pk}/giay-moi/")))

    with pytest.raises(DomainError):
        use_code(added.login, first, password=PASSWORD)
    assert use_code(added.login, second, password=PASSWORD) == added


def test_the_code_lives_fourteen_days_and_stands_in_no_mail_and_no_log(client, draft, officer):
    newcomer(draft, officer, "Lê Thị Thu Hà", email="ha@example.vn")

    (code,) = letters_of(client.post(page(draft.code, "giay-moi/")))

    life = OneTimeCode.objects.get().expires_at - timezone.now()
    assert timedelta(days=13, hours=23) < life <= timedelta(days=14)
    (mail,) = Mail.objects.all()
    assert (mail.address, "ha@example.vn" in mail.body, code in mail.body) == ("ha@example.vn", True, False)
    assert code not in " ".join(str(event.facts) for event in Event.objects.all())
    assert Event.objects.filter(tag="rounds.member.invited").count() == 1


def _has_password(one, officer):
    one.set_password(PASSWORD)
    one.save()


def _came_in(one, officer):
    Person.objects.filter(pk=one.pk).update(last_login=timezone.now())


def _holds_a_role(one, officer):
    one.grants.create(role=Role.ADMINISTRATOR)


def _serves_a_facility(one, officer):
    FacilityAgent.objects.create(facility=facility(actor=officer), person=one, approved_at=timezone.now())


def _is_closed(one, officer):
    Person.objects.filter(pk=one.pk).update(is_active=False)


@pytest.mark.parametrize("change", [_has_password, _came_in, _holds_a_role, _serves_a_facility, _is_closed])
def test_an_account_that_is_somebodys_is_not_taken_over_by_a_letter(client, draft, officer, change):
    added = newcomer(draft, officer, "Hội Đồng")
    change(added, officer)
    seat = draft.appointments.get()

    everybody = client.post(page(draft.code, "giay-moi/"))
    alone = client.post(page(draft.code, f"thanh-vien/{seat.pk}/giay-moi/"), follow=True)
    with pytest.raises(DomainError, match="xin người quản trị"):
        invite_members(draft.pk, [seat.pk], actor=officer)

    assert letters_of(everybody) == letters_of(alone) == []
    assert not OneTimeCode.objects.exists()


def test_a_seat_of_another_round_is_not_there(client, draft, officer):
    other = plan_round(code="KHAC", level=Level.PROVINCE, year=2025, ordinal=1, name="B", area_code="66", actor=officer)
    newcomer(other, officer, "Kỳ Khác")

    assert client.post(page(draft.code, f"thanh-vien/{other.appointments.get().pk}/giay-moi/")).status_code == 404
    assert letters_of(client.post(page(draft.code, "giay-moi/"))) == []


@pytest.mark.parametrize(("role", "status"), [(Role.LEADER, 403), (Role.ADMINISTRATOR, 403), (None, 404)])
def test_only_who_runs_the_round_hands_out_letters(draft, officer, role, status):
    newcomer(draft, officer, "Hội Đồng")
    client = at("daklak", person("nguoi-khac", *([role] if role else [])))

    assert client.post(page(draft.code, "giay-moi/")).status_code == status
    assert at("daklak", commune_officer()).post(page(draft.code, "giay-moi/")).status_code == 404
    assert not OneTimeCode.objects.exists()
