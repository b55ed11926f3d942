"""A dossier is begun once: what there is already is offered first, and two tabs make one."""

import threading
from contextlib import suppress

import pytest
from browsers import at
from django.db import IntegrityError, connection
from portal import agent, filing_is_over
from stage import facility, opened
from throwaway import thrown_away

from apps.dossiers.models import Entry
from apps.dossiers.services import Subject, begin_entry, entries, submit_entry
from apps.facilities.models import Facility
from apps.facilities.services import add_product
from tieubieu.binding import bound
from tieubieu.errors import WrongState


def begin_page(portal, who, maker: Facility | None = None):
    browser = at("daklak", who)
    return browser.get(f"/ho-so/moi/{portal.stage.round.pk}/?co-so={(maker or portal.maker).pk}").content.decode()


def test_what_is_drafted_already_is_offered_before_a_new_one(at_the_portal):
    entry = at_the_portal.draft("Sô-cô-la Ea Kar")

    page = begin_page(at_the_portal, at_the_portal.owner)

    assert "Cơ sở đang có hồ sơ soạn dở" in page
    assert page.index(f'href="/ho-so/{entry.pk}/"') < page.index("Đăng ký một sản phẩm hay một bộ?")
    assert "Bắt đầu hồ sơ mới" in at("daklak", at_the_portal.owner).get("/ho-so/").content.decode()


def test_without_a_draft_nothing_is_offered(at_the_portal):
    at_the_portal.filed()

    page = begin_page(at_the_portal, at_the_portal.owner)

    assert "soạn dở" not in page
    assert "Hoặc chép từ hồ sơ trước" in page


def test_a_colleagues_draft_is_offered_too_and_a_neighbours_is_not(at_the_portal):
    at_the_portal.draft("Sô-cô-la Ea Kar")
    colleague = agent(at_the_portal.maker, "ke-toan", kind="staff")
    other = facility(1, actor=at_the_portal.stage.officer)
    neighbour = agent(other, "chu-hang-xom")

    assert "Soạn tiếp “Sô-cô-la Ea Kar”" in begin_page(at_the_portal, colleague)
    assert "Sô-cô-la Ea Kar" not in begin_page(at_the_portal, neighbour, other)


def test_an_official_who_helps_is_not_shown_what_the_facility_drafts_by_itself(at_the_portal):
    own = at_the_portal.draft("Bí mật của cơ sở")
    helped = at_the_portal.draft("Soạn giúp", by=at_the_portal.stage.officer)
    at_the_portal.filed("Đã gửi")

    page = begin_page(at_the_portal, at_the_portal.stage.officer)

    assert "Bí mật của cơ sở" not in page
    assert str(own.pk) not in page
    assert f'href="/ho-so/{helped.pk}/"' in page
    assert "Đã gửi" in page


def test_the_same_name_again_names_the_dossier_that_there_is(at_the_portal):
    first = at_the_portal.draft()

    with pytest.raises(WrongState, match="Xin mở hồ sơ đó") as told:
        at_the_portal.draft()

    assert told.value.facts["entry"] == str(first.pk)
    assert Entry.objects.count() == 1


def test_a_second_tab_of_the_last_question_is_led_back_with_the_reason(at_the_portal):
    browser, start = at("daklak", at_the_portal.owner), f"/ho-so/moi/{at_the_portal.stage.round.pk}/"
    told = {"co-so": at_the_portal.maker.pk, "cau": "nhom", "loai": "mot", "ten": "Cacao", "nhom": "2"}

    answers = [browser.post(start, told, follow=True) for _ in range(2)]

    assert [answer.status_code for answer in answers] == [200, 422]
    assert "Cơ sở đã có hồ sơ “Cacao” trong kỳ này" in answers[1].content.decode()
    assert Entry.objects.count() == 1


@pytest.fixture
def place(django_db_setup, django_db_blocker):
    with django_db_blocker.unblock(), thrown_away("cung-luc") as [scope]:
        yield scope


def begun_twice_at_once(place, monkeypatch, patience=0.5):
    """Two people begin the same; both have found the name free before either has written, unless one waits.

    `patience`: seconds in which they must meet.
    """
    with bound(place):
        stage = opened()
        maker = facility(actor=stage.officer)
        add_product(maker, name="Cacao", group="2")  # a new product's own row would make the second wait
    found_free, free = threading.Barrier(2), entries.require_free_name
    outcomes = []

    def and_wait(*args, **kwargs):
        free(*args, **kwargs)
        with suppress(threading.BrokenBarrierError):
            found_free.wait(patience)

    def begin():
        with bound(place):
            try:
                begin_entry(stage.round.pk, maker, Subject("Cacao", "2"), actor=stage.officer)
                outcomes.append("begun")
            except (WrongState, IntegrityError) as refused:
                outcomes.append(type(refused).__name__)
        connection.close()

    monkeypatch.setattr(entries, "require_free_name", and_wait)
    people = [threading.Thread(target=begin) for _ in range(2)]
    for one in people:
        one.start()
    for one in people:
        one.join()
    return sorted(outcomes)


def test_two_people_who_begin_the_same_at_once_make_one_dossier_and_the_second_is_told(place, monkeypatch):
    assert begun_twice_at_once(place, monkeypatch) == ["WrongState", "begun"]


def test_without_the_facilitys_lock_the_second_would_be_broken(place, monkeypatch):
    """A control."""
    monkeypatch.setattr(entries, "lock_facility", lambda facility_id: None)

    assert begun_twice_at_once(place, monkeypatch, patience=60) == ["IntegrityError", "begun"]


def test_nothing_is_begun_after_the_window_and_the_page_says_whom_to_call(at_the_portal):
    filing_is_over(at_the_portal.stage)

    answer = at("daklak", at_the_portal.owner).get(
        f"/ho-so/moi/{at_the_portal.stage.round.pk}/?co-so={at_the_portal.maker.pk}"
    )

    assert answer.status_code == 409
    assert "đã kết thúc vào" in answer.content.decode()
    assert str(at_the_portal.stage.officer) in answer.content.decode()
    with pytest.raises(WrongState):
        submit_entry(at_the_portal.draft(whole=True).pk, is_declared=True, actor=at_the_portal.owner)
